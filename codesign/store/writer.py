"""The one thread that writes to SQLite: one connection, one piece of work after the other.

The journal's ticks and the pages' few writes queue here alike; nothing awaits while a transaction is open.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from codesign.store.errors import AlreadyServed, CannotOpen, Unavailable

T = TypeVar("T")

#: How long a write waits for another program that holds the file (a copy being made by hand, say).
BUSY_MS = 2_000

_PRAGMAS = (
    f"busy_timeout = {BUSY_MS}",
    "journal_mode = WAL",
    # An ack means: on disk. NORMAL would lose the last commits with the power.
    "synchronous = FULL",
    "foreign_keys = ON",
    # What is erased is overwritten, not just unlinked.
    "secure_delete = ON",
)


class Writer:
    """Runs work on the connection, in its thread, in the order it was asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path.with_name(path.name + ".lock"))
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="codesign-writer")
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        self._lock.take()
        try:
            self._connection = await self.run(lambda: _connect(self._path))
        except BaseException:
            await self.close()
            raise

    @property
    def connection(self) -> sqlite3.Connection:
        """Only for work that `run` runs."""
        if self._connection is None:
            raise Unavailable("the database is closed")
        return self._connection

    async def run(self, work: Callable[[], T]) -> T:
        """Cancelling whoever waits does not cancel the work: a commit half awaited is still a commit."""
        try:
            running = self._thread.submit(work)
        except RuntimeError:
            raise Unavailable("the database is closed") from None
        running.add_done_callback(_heard)
        return await asyncio.shield(asyncio.wrap_future(running))

    async def close(self) -> None:
        if self._connection is not None:
            await self.run(self._connection.close)  # the last one out checkpoints
            self._connection = None
        self._thread.shutdown()
        self._lock.release()


def _heard(running: Future[T]) -> None:
    """Looks at the failure of work nobody waits for any more, so that it is not reported as forgotten."""
    if not running.cancelled():
        running.exception()


def _connect(path: Path) -> sqlite3.Connection:
    try:
        # Made by us, so that nobody else on the machine reads it; SQLite gives -wal and -shm the same mode.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master")
    except OSError as error:
        raise CannotOpen(f"The database {path} cannot be opened: {error.strerror}.") from None
    except sqlite3.Error as error:
        raise CannotOpen(f"The database {path} cannot be opened: {error}.") from None
    return connection


class FileLock:
    """Held by whoever may write; the system lets go of it when the process dies, however it dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CannotOpen(
                f"The folder {self._path.parent} cannot be written: {error.strerror}."
            ) from None
        try:
            _lock(file)
        except OSError:
            os.close(file)
            raise AlreadyServed(
                f"Another process is already writing to {self._path.with_suffix('')}. "
                "A SQLite database is served by one process: stop the other one, or use PostgreSQL."
            ) from None
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lock(file: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
