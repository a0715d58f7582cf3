"""PostgreSQL: SQLAlchemy for pages and reads, and a small pool of plain asyncpg for the journal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import asyncpg
import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from codesign.store import schema
from codesign.store.database import Database, name_of, unavailable_when_broken
from codesign.store.errors import CannotOpen, Unavailable

T = TypeVar("T")

APPLICATION = "codesign"
CONNECT_SECONDS = 10.0
#: How long a statement may take, and how much of that it may wait for somebody else's lock: PostgreSQL ends it then.
STATEMENT_SECONDS, LOCK_SECONDS = 8.0, 4.0
#: When PostgreSQL does not even do that, having been stopped, say, or behind a cable that was pulled: we end it.
ANSWER_SECONDS = 10.0
#: How long closing waits for those who answer no more.
CLOSE_SECONDS = 1.0
#: An ack means: on disk, whatever the server's own configuration says.
SERVER_SETTINGS = {"synchronous_commit": "on", "application_name": APPLICATION}
#: One process migrates, the others wait for it. Any number of our own.
_MIGRATING = 7_237_001


class PostgresDatabase(Database):
    kind = "postgresql"

    def __init__(self, url: URL, pool: asyncpg.Pool, *, read_only: bool) -> None:
        self.pool = pool
        self.may_write = not read_only
        self._url = url
        # Commands beside a server read whole journals, and somebody waits for them who can end them.
        self._seconds = None if read_only else ANSWER_SECONDS
        connect_args = {"server_settings": _settings(read_only), "timeout": CONNECT_SECONDS}
        self._engine = create_async_engine(
            url, pool_size=4, max_overflow=4, pool_timeout=ANSWER_SECONDS, connect_args=connect_args
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
                command_timeout=ANSWER_SECONDS,
                server_settings=_settings(read_only),
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
            in_time = asyncio.timeout(self._seconds)
            async with unavailable_when_broken(), in_time, self._engine.begin() as connection:
                return await connection.run_sync(work)

        return await self.shielded(in_one_transaction())

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        in_time = asyncio.timeout(self._seconds)
        async with unavailable_when_broken(), in_time, self._readers.connect() as connection:
            yield connection

    async def shielded(self, work: Coroutine[Any, Any, T]) -> T:
        """Cancelling whoever waits does not cancel the work: a commit half awaited is still a commit."""
        task = asyncio.create_task(work)
        self._running.add(task)  # the loop itself keeps only a weak hold on it
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    async def scrub(self, *tables: str) -> None:
        """The rows leave the table; PostgreSQL's own log keeps them until it is reused (docs/hosting.md)."""
        async with unavailable_when_broken(), self.pool.acquire() as connection:
            for table in tables:
                await connection.execute(f"VACUUM {table}")

    async def close(self) -> None:
        if self._running:
            await asyncio.wait(self._running)  # each ends in ANSWER_SECONDS, whatever happens
        for end in (self._engine.dispose, self.pool.close):
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await end()
        self.pool.terminate()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that a failure nobody waits for is not reported as forgotten

    async def _start(self) -> None:
        if self.may_write:
            await self._prepare()
        async with self.read() as connection:
            await connection.run_sync(schema.expect_current)
            self.epoch = await connection.run_sync(schema.read_epoch)

    async def _prepare(self) -> None:
        """On a connection of its own: migrations take as long as they take, and wait for each other."""
        connect_args = {"server_settings": SERVER_SETTINGS, "timeout": CONNECT_SECONDS}
        engine = create_async_engine(self._url, poolclass=sa.NullPool, connect_args=connect_args)
        try:
            async with unavailable_when_broken(), engine.begin() as connection:
                await connection.run_sync(_migrate)
        finally:
            await engine.dispose()


def _settings(read_only: bool) -> dict[str, str]:
    """What every connection of a server begins with."""
    if read_only:
        return SERVER_SETTINGS
    statement, lock = int(STATEMENT_SECONDS * 1000), int(LOCK_SECONDS * 1000)
    return SERVER_SETTINGS | {
        "statement_timeout": f"{statement}",
        "lock_timeout": f"{lock}",
        # Of a server of ours that was stopped in the middle: others wait for its locks no longer than this.
        "idle_in_transaction_session_timeout": f"{2 * statement}",
    }


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
