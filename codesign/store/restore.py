"""Putting a backup in place: all of it or nothing, under a new epoch.

Files come first and go last, so that whenever it is broken off, the database that is there finds its files.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from codesign.core.stream import new_id
from codesign.store import schema
from codesign.store.backup import ABOUT, FILES, INNER, BackupError, HasData, run_postgres
from codesign.store.database import Database, name_of
from codesign.store.database_sqlite import path_of
from codesign.store.disk import created, make_folder, sync_folder
from codesign.store.errors import AlreadyServed, CannotOpen
from codesign.store.tables import streams, workshops
from codesign.store.writer import FileLock

#: What was there before keeps this ending.
_ASIDE = ".before-restore"
_OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1
"""
#: A server that has just ended is listed for a moment longer.
_TRIES = 20
_FILE_NAME = re.compile(r"files/[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")


async def restore(settings: HasData, source: Path, *, force: bool = False) -> str:
    """Put what the file holds in place, under a new epoch, which it returns. All of it or nothing.

    A database that holds work already is left alone, unless `force`; on SQLite it is then kept beside the new one.
    """
    url = make_url(settings.database_url)
    if not force and await _holds_work(settings):
        raise BackupError(
            f"The database {name_of(url)} holds work already. --force replaces it with the backup."
        )
    if url.get_backend_name() == "postgresql":
        await _refuse_while_served(url)
    await asyncio.to_thread(_unpack, url, settings.data, source)
    database = await Database.open(settings)  # migrates a backup of an older release
    try:
        return await database.write(schema.renew_epoch)
    finally:
        await database.close()


async def _holds_work(settings: HasData) -> bool:
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not path_of(url).exists():
        return False
    database = await Database.open(settings)
    try:
        async with database.read() as connection:
            for table in (streams, workshops):
                if await connection.scalar(sa.select(sa.func.count()).select_from(table)):
                    return True
        return False
    finally:
        await database.close()


async def _refuse_while_served(url: URL) -> None:
    """PostgreSQL would let us; SQLite's lock file would not."""
    import asyncpg

    from codesign.store.database_postgres import APPLICATION, dsn_of

    connection = await asyncpg.connect(dsn_of(url))
    try:
        for _ in range(_TRIES):
            others = await connection.fetchval(_OTHERS, APPLICATION)
            if not others:
                return
            await asyncio.sleep(0.1)
    finally:
        await connection.close()
    raise AlreadyServed(f"Codesign is running on {name_of(url)}: stop it first.")


def _unpack(url: URL, data: Path, source: Path) -> None:
    kind = url.get_backend_name()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with (
            tempfile.TemporaryDirectory(dir=data, prefix=".restoring-") as folder,
            tarfile.open(source, "r:gz") as tar,
        ):
            _believe(tar, kind)
            _extract(tar, Path(folder))
            if not (Path(folder) / INNER[kind]).is_file():
                raise BackupError(f"The backup {source} holds no database. Nothing was changed.")
            names = _add_files(Path(folder) / FILES, data / FILES)
            (_put_sqlite if kind == "sqlite" else _put_postgres)(url, Path(folder) / INNER[kind])
            _set_others_aside(names, data / FILES)
    except OSError as error:
        raise BackupError(
            f"The backup {source} cannot be restored: {error.strerror or error}."
        ) from None
    except (tarfile.TarError, zlib.error, EOFError, ValueError, KeyError) as error:
        raise BackupError(f"The backup {source} cannot be read: {error}.") from None


def _believe(tar: tarfile.TarFile, kind: str) -> None:
    file = tar.extractfile(ABOUT)
    about = json.loads(file.read(65_536)) if file else {}
    if about["kind"] != kind:
        raise BackupError(
            f"This is a backup of {about['kind']}, and this server keeps its data in {kind}."
        )
    if about["schema"] > schema.HEAD:
        raise BackupError(
            f"This backup was made by a newer Codesign ({about['version']}). Install that version first."
        )


def _extract(tar: tarfile.TarFile, folder: Path) -> None:
    """Plain files with names of ours; links, devices and paths that lead elsewhere are left where they are."""
    for member in tar:
        if not member.isreg() or not (
            member.name in INNER.values() or _FILE_NAME.fullmatch(member.name)
        ):
            continue
        path = folder / member.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content := tar.extractfile(member):
            with content, created(path) as file:
                shutil.copyfileobj(content, file)


def _put_sqlite(url: URL, new: Path) -> None:
    path = path_of(url)
    try:
        with closing(sqlite3.connect(new)) as copy:
            is_sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            # Already in its new life when it is put in place, even if we are killed right after.
            copy.execute("UPDATE meta SET value = ? WHERE key = 'epoch'", (new_id(os.urandom(16)),))
            copy.commit()
            # One file, with no -wal that would have to move with it.
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError:
        is_sound = False
    if not is_sound:
        raise BackupError("The database in this backup is damaged. Nothing was changed.")
    lock = FileLock(path.with_name(path.name + ".lock"))
    lock.take()
    try:
        _set_aside(path)
        new.replace(path)
        sync_folder(path.parent)
    finally:
        lock.release()


def _set_aside(path: Path) -> None:
    """Keep the old database under another name. Its -wal must not meet the new file: SQLite would replay it there."""
    if not path.exists():
        return
    # A damaged one is set aside as it is; that may be why someone restores.
    with contextlib.suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as old:
        (is_busy, *_) = old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise CannotOpen(f"The database {path} is in use by another program.")
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(path.with_name(path.name + _ASIDE + suffix))
    # Under both names until the new one takes its place: there is a database at every moment.
    aside = path.with_name(path.name + _ASIDE)
    aside.unlink(missing_ok=True)
    try:
        os.link(path, aside)
    except OSError:  # a file system without links
        shutil.copyfile(path, aside)
    sync_folder(path.parent)


def _put_postgres(url: URL, dump: Path) -> None:
    run_postgres(
        "pg_restore", url, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(dump)
    )


def _add_files(new: Path, place: Path) -> set[Path]:
    """The backup's files beside those that are there, on disk. Their names, relative to the folder."""
    names = {path.relative_to(new) for path in new.rglob("*") if path.is_file()}
    for name in sorted(names):
        make_folder((place / name).parent)
        (new / name).replace(place / name)
    for folder in {(place / name).parent for name in names}:
        sync_folder(folder)
    return names


def _set_others_aside(names: set[Path], place: Path) -> None:
    """What the backup does not hold is kept beside it, as the old database is."""
    aside = place.with_name(FILES + _ASIDE)
    shutil.rmtree(aside, ignore_errors=True)
    for path in list(place.rglob("*")) if place.is_dir() else []:
        name = path.relative_to(place)
        if path.is_file() and name not in names:
            make_folder((aside / name).parent)
            path.replace(aside / name)
