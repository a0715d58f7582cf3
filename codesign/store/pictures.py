"""Uploaded pictures that nothing shows any more go: first what is known of them, a sweep later their bytes.

One that an undo could still bring back stays (docs/decisions.md).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path

from codesign.core import limits
from codesign.core.changes import Change, PutItem
from codesign.store import files, reports
from codesign.store.database import Database
from codesign.store.errors import StoreError
from codesign.store.files import File
from codesign.store.journal import Journal

log = logging.getLogger(__name__)

DAY_MS = 24 * 60 * 60 * 1000
#: As long as a page may take until the op that shows its picture arrives.
GRACE_MS = 7 * DAY_MS


async def sweep(database: Database, journal: Journal, folder: Path, now: int) -> None:
    """One round: what was found unused the last time leaves the disk, and what is unused now is forgotten.

    Not both at once: a backup copies the database first, and the files it names after that.
    """
    known = await files.every_file(database)
    await asyncio.to_thread(_clear, folder, {file.id for file in known}, now)
    old: dict[str, list[File]] = {}
    for file in known:
        if file.created < now - GRACE_MS:
            old.setdefault(file.workshop, []).append(file)
    for workshop, candidates in old.items():
        try:
            used = await _used_in(database, journal, workshop)
        except (
            StoreError
        ) as error:  # cannot be read just now, or not believed: nothing is taken from it
            log.warning("pictures were not looked through: %s", type(error).__name__)
            continue
        await files.forget_files(database, [f.id for f in candidates if f.id not in used])


async def _used_in(database: Database, journal: Journal, workshop: str) -> set[str]:
    """Files that a stream of the workshop shows, or has shown as far back as undo reaches, and logos of its report."""
    used: set[str] = set()
    for stream, of, _head in await journal.streams():
        if of != workshop:
            continue
        loaded = await journal.load(stream, tail=limits.UNDO_ENTRIES)
        if loaded is None:
            continue
        used.update(str(item["file"]) for item in loaded.state.all() if "file" in item)
        for row in loaded.tail:
            used |= _named_in((*row.entry.changes, *row.entry.inverse))
    # Logos of the report, in no stream.
    kept = await reports.report(database, workshop)
    used.update(str(one["file"]) for one in kept.plan.get("logos", ()))
    return used


def _named_in(changes: Iterable[Change]) -> set[str]:
    return {
        str(change.item["file"])
        for change in changes
        if isinstance(change, PutItem) and "file" in change.item
    }


def _clear(folder: Path, known: set[str], now: int) -> None:
    """Bytes nobody knows of, and drafts of uploads that were broken off, once they are a day old."""
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        is_old = path.is_file() and path.stat().st_mtime * 1000 < now - DAY_MS
        if is_old and path.name not in known:
            path.unlink(missing_ok=True)
