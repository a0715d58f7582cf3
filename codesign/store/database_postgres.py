"""PostgreSQL: SQLAlchemy for pages and reads, and a small pool of plain asyncpg for the journal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import asyncpg
import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from codesign.store import schema
from codesign.store.database import Database, name_of, unavailable_when_broken
from codesign.store.errors import CannotOpen, Unavailable

T = TypeVar("T")

APPLICATION = "codesign"
#: An ack means: on disk, whatever the server's own configuration says.
SERVER_SETTINGS = {"synchronous_commit": "on", "application_name": APPLICATION}
CONNECT_SECONDS = 10
#: One process migrates, the others wait for it. Any number of our own.
_MIGRATING = 7_237_001


class PostgresDatabase(Database):
    kind = "postgresql"

    def __init__(self, url: URL, pool: asyncpg.Pool, *, read_only: bool) -> None:
        self.pool = pool
        self.may_write = not read_only
        connect_args = {"server_settings": SERVER_SETTINGS, "timeout": CONNECT_SECONDS}
        self._engine = create_async_engine(
            url, pool_size=4, max_overflow=4, connect_args=connect_args
        )
        self._readers = _reading(self._engine)
        self._running: set[asyncio.Task[Any]] = set()

    @classmethod
    async def begin(cls, url: URL, *, read_only: bool) -> PostgresDatabase:
        try:
            pool = await asyncpg.create_pool(
                dsn_of(url),
                min_size=1,
                max_size=4,
                timeout=CONNECT_SECONDS,
                server_settings=SERVER_SETTINGS,
            )
        except (OSError, TimeoutError, asyncpg.PostgresError) as error:
            raise CannotOpen(f"The database {name_of(url)} cannot be reached: {error}.") from None
        database = cls(url, pool, read_only=read_only)
        try:
            await database._start()
        except BaseException:
            await database.close()
            raise
        return database

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        if not self.may_write:
            raise CannotOpen("This database is open for reading only.")

        async def in_one_transaction() -> T:
            async with unavailable_when_broken(), self._engine.begin() as connection:
                return await connection.run_sync(work)

        return await self.shielded(in_one_transaction())

    async def shielded(self, work: Coroutine[Any, Any, T]) -> T:
        """Cancelling whoever waits does not cancel the work: a commit half awaited is still a commit."""
        task = asyncio.create_task(work)
        self._running.add(task)  # the loop itself keeps only a weak hold on it
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    async def close(self) -> None:
        if self._running:
            await asyncio.wait(self._running)
        await self._engine.dispose()
        await self.pool.close()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that a failure nobody waits for is not reported as forgotten

    async def _start(self) -> None:
        if self.may_write:
            await self.write(_migrate)
        async with self.read() as connection:
            await connection.run_sync(schema.expect_current)
            self.epoch = await connection.run_sync(schema.read_epoch)


def dsn_of(url: URL) -> str:
    """The address as PostgreSQL's own programs and asyncpg write it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _migrate(connection: sa.Connection) -> None:
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:ours)"), {"ours": _MIGRATING})
    schema.prepare(connection)


def _reading(engine: AsyncEngine) -> AsyncEngine:
    """The same pool, for transactions that see one moment and cannot write."""
    return engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True, postgresql_deferrable=False
    )


def as_unavailable(error: BaseException) -> Unavailable:
    return Unavailable(str(error) or type(error).__name__)
