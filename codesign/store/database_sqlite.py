"""SQLite: one writer thread, and readers that can neither write nor checkpoint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from codesign.store import schema
from codesign.store.database import Database, unavailable_when_broken
from codesign.store.errors import CannotOpen, Unavailable
from codesign.store.writer import BUSY_MS, Writer

T = TypeVar("T")


class SqliteDatabase(Database):
    kind = "sqlite"

    def __init__(self, path: Path, writer: Writer | None) -> None:
        self.path = path
        self._writer = writer
        self._engine: sa.Engine | None = None
        self._readers = _readers(path)

    @classmethod
    async def begin(cls, url: URL, *, read_only: bool) -> SqliteDatabase:
        path = path_of(url)
        if read_only and not path.is_file():
            raise CannotOpen(f"There is no database at {path}.")
        database = cls(path, None if read_only else Writer(path))
        try:
            await database._start()
        except BaseException:
            await database.close()
            raise
        return database

    @property
    def may_write(self) -> bool:
        return self._writer is not None

    @property
    def writer(self) -> Writer:
        if self._writer is None:
            raise CannotOpen("This database is open for reading only.")
        return self._writer

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        def in_one_transaction() -> T:
            with self._engine_of_the_writer().begin() as connection:
                return work(connection)

        async with unavailable_when_broken():
            return await self.writer.run(in_one_transaction)

    async def scrub(self, *tables: str) -> None:
        """The pages themselves are overwritten at once (`secure_delete`); here goes the log that had them."""
        truncate = "PRAGMA wal_checkpoint(TRUNCATE)"
        async with unavailable_when_broken():
            row = await self.writer.run(lambda: self.writer.connection.execute(truncate).fetchone())
        if row[0]:
            raise Unavailable("somebody is reading what was there before")

    async def close(self) -> None:
        # aiosqlite's threads are not daemons: a reader that is not disposed of keeps the process from ending.
        await self._readers.dispose()
        if self._writer is not None:
            await self._writer.close()

    async def _start(self) -> None:
        if self._writer is not None:
            await self._writer.open()
            await self._writer.run(self._migrate)
        async with self.read() as connection:
            await connection.run_sync(schema.expect_current)
            self.epoch = await connection.run_sync(schema.read_epoch)

    def _migrate(self) -> None:
        raw = self.writer.connection
        raw.execute(
            "PRAGMA foreign_keys = OFF"
        )  # has no effect within a transaction; copying a table needs it off
        try:
            with self._engine_of_the_writer().begin() as connection:
                schema.prepare(connection)
        finally:
            raw.execute("PRAGMA foreign_keys = ON")

    def _engine_of_the_writer(self) -> sa.Engine:
        """SQLAlchemy over the writer's own connection. Called in the writer's thread only."""
        if self._engine is None:
            raw = self.writer.connection
            self._engine = sa.create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
            # The driver leaves transactions to us; taking the write lock at once means BUSY comes first or never.
            sa.event.listen(self._engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
        return self._engine


def path_of(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise CannotOpen("Codesign needs a file for SQLite; a database in memory would forget.")
    return Path(url.database).absolute()


def _readers(path: Path) -> AsyncEngine:
    url = URL.create(
        "sqlite+aiosqlite", database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"}
    )
    engine = create_async_engine(url, pool_size=4, max_overflow=4)
    sa.event.listen(engine.sync_engine, "connect", _set_up_reader)
    sa.event.listen(engine.sync_engine, "begin", lambda c: c.exec_driver_sql("BEGIN"))
    return engine


def _set_up_reader(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA query_only = ON")
    cursor.close()
