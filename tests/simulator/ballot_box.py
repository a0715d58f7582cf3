"""Where the ballots of a world lie: the product's own statements on a SQLite in memory, which may fail on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import StaticPool

from codesign.store.database import Database
from codesign.store.errors import Unavailable
from codesign.store.tables import ballots, metadata, vote_keys

if TYPE_CHECKING:
    from tests.simulator.server import Server

T = TypeVar("T")


class BallotBox:
    """What lasts when a server is killed. No backup holds it. Many worlds never need it."""

    @cached_property
    def engine(self) -> sa.Engine:
        engine = sa.create_engine("sqlite://", poolclass=StaticPool)
        metadata.create_all(engine, [ballots, vote_keys], checkfirst=False)
        return engine

    def rows(self, vote: str) -> tuple[bytes | None, list[Any]]:
        """The key of a vote, and what lies under it."""
        with self.engine.connect() as connection:
            key = connection.scalar(sa.select(vote_keys.c.key).where(vote_keys.c.vote == vote))
            mine = sa.select(ballots).where(ballots.c.vote == vote)
            return key, list(connection.execute(mine))


class FlakyBox(Database):
    """The box as one server sees it."""

    kind = "sqlite"

    def __init__(
        self,
        box: BallotBox,
        server: Server,
        random: Random,
        fails: int,
        is_quiet: Callable[[], bool],
    ) -> None:
        self.is_quiet = is_quiet
        self._box = box
        self._server = server
        self._random = random
        #: In a thousand writes: so many are not written, and as many are, but say that they failed.
        self.fails = fails

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        await asyncio.sleep(0)  # as long as it takes to reach the writer's thread
        drawn = 1_000 if self.is_quiet() else self._random.randrange(1_000)
        if not self._server.alive or drawn < self.fails:
            raise Unavailable("the box fails")
        with self._box.engine.begin() as connection:
            done = work(connection)
        if drawn < 2 * self.fails:
            raise Unavailable("the box says that it failed")
        return done

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        await asyncio.sleep(0)
        with self._box.engine.connect() as connection:
            yield cast("AsyncConnection", _Plain(connection))

    async def scrub(self, *tables: str) -> None:
        pass

    async def close(self) -> None:
        pass


class _Plain:
    """What store/ballots.py asks of an asynchronous connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    async def scalar(self, statement: Any) -> Any:
        return self._connection.scalar(statement)

    async def run_sync(self, work: Callable[..., T], *args: Any) -> T:
        return work(self._connection, *args)
