"""One file that holds everything: the database as it is now, and the uploads. Made while people work.

The file is a tar.gz: `about.json`, then `codesign.db` (SQLite) or `codesign.pgdump` (PostgreSQL), then `files/`.
The secret is not in it, so that who takes a backup cannot sign links.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import URL, make_url

from codesign import __version__
from codesign.store import schema
from codesign.store.database import Database, HasUrl
from codesign.store.database_sqlite import path_of
from codesign.store.disk import created, sync_folder
from codesign.store.errors import StoreError

#: Who chose what, while a vote is open. A backup that is stolen must not say it; votes under way begin anew.
LEFT_OUT = ("ballots", "vote_keys")
ABOUT, FILES = "about.json", "files"
INNER = {"sqlite": "codesign.db", "postgresql": "codesign.pgdump"}


class BackupError(StoreError):
    """A backup could not be made or used; the message is for the person at the terminal."""


class HasData(HasUrl, Protocol):
    """The settings that say where everything is."""

    @property
    def data(self) -> Path: ...


async def back_up(settings: HasData, target: Path) -> None:
    """Every entry that was acked before this began is in the file, and no half transaction."""
    url = make_url(settings.database_url)
    database = await Database.open(settings, read_only=True)  # says in a sentence what is wrong
    await database.close()
    about = {
        "kind": database.kind,
        "schema": schema.HEAD,
        "epoch": database.epoch,
        "version": __version__,
        "made": time.time_ns() // 1_000_000,
    }
    await asyncio.to_thread(_write, url, settings.data / FILES, target, about)


def _write(url: URL, files: Path, target: Path, about: dict[str, object]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".codesign-") as folder:
            copy = Path(folder) / INNER[url.get_backend_name()]
            _copy_database(url, copy)
            (Path(folder) / ABOUT).write_text(json.dumps(about))
            with (
                created(draft) as file,
                tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar,
            ):
                tar.add(Path(folder) / ABOUT, ABOUT)
                tar.add(copy, copy.name)
                # After the database: a file is written before the row that names it.
                _add_files(tar, files)
        draft.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise BackupError(f"The backup {target} cannot be written: {error.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)


def _add_files(tar: tarfile.TarFile, files: Path) -> None:
    """What is complete; drafts (.…part) of a running server come and go while we look."""
    for path in sorted(files.rglob("*")) if files.is_dir() else ():
        if path.name.startswith(".") or not path.is_file():
            continue
        with suppress(FileNotFoundError):
            tar.add(path, f"{FILES}/{path.relative_to(files).as_posix()}")


def _copy_database(url: URL, copy: Path) -> None:
    if url.get_backend_name() == "postgresql":
        without = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        run_postgres("pg_dump", url, "--format=custom", *without, f"--file={copy}")
        return
    try:
        source = sqlite3.connect(f"{path_of(url).as_uri()}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(copy)) as target:
            # In one step: in smaller ones each commit of the server would make it start again.
            source.backup(target)
            target.execute("PRAGMA secure_delete = ON")
            for table in LEFT_OUT:
                target.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            target.commit()
    except sqlite3.Error as error:
        raise BackupError(f"The database cannot be copied: {error}.") from None


def run_postgres(program: str, url: URL, *options: str) -> None:
    """One of PostgreSQL's own programs. The password goes by the environment: a command line is seen by everyone."""
    found = shutil.which(program)
    if not found:
        raise BackupError(
            f"{program} is not installed. It comes with PostgreSQL's client programs, in the server's version."
        )
    environment = {
        **os.environ,
        "PGPASSWORD": str(url.password or os.environ.get("PGPASSWORD", "")),
    }
    bare = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    done = subprocess.run(
        [found, f"--dbname={bare}", *options], env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise BackupError(f"{program} did not succeed: {done.stderr.strip()}")
