"""Whether what is stored can be believed: replayed from the first entry, and compared."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import sqlalchemy as sa

from codesign.core.hashing import state_hash
from codesign.core.stream import State
from codesign.store.database import Database
from codesign.store.errors import Corrupt
from codesign.store.journal import Journal, replay
from codesign.store.rows import read_op
from codesign.store.tables import due, entries, streams

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Replayed:
    """One stream played from its first entry, beside what rooms open it from (snapshot and tail)."""

    stream: str
    seq: int
    hash: str
    opened_hash: str
    #: The seq and hash of the snapshot by itself, and of the replay at that seq; None without a snapshot.
    snapshot: tuple[int, str, str] | None

    @property
    def is_equal(self) -> bool:
        same = self.snapshot is None or self.snapshot[1] == self.snapshot[2]
        return same and self.hash == self.opened_hash


async def replay_stream(journal: Journal, stream: str) -> Replayed | None:
    """None: there is no such stream. Raises Corrupt."""
    snapshot = await journal.snapshot(
        stream
    )  # first: a running server may save a newer one meanwhile
    loaded = await journal.load(stream, tail=0)
    if loaded is None:
        return None
    at = snapshot[0] if snapshot else 0
    state, seq, then = State(), 0, ""
    for to in sorted({*range(_AT_ONCE, loaded.head, _AT_ONCE), at, loaded.head} - {0}):
        replay(state, await journal.entries(stream, seq, to))
        seq = to
        if seq == at:
            then = state_hash(state)
    beside = snapshot and (snapshot[0], state_hash(snapshot[1]), then)
    return Replayed(stream, loaded.head, state_hash(state), state_hash(loaded.state), beside)


async def faults_of(database: Database, journal: Journal) -> AsyncIterator[str]:
    """A sentence for everything that is wrong; nothing when all is well."""
    async for fault in _faults_of_the_file(database):
        yield fault
    async for fault in _strays(database):
        yield fault
    for stream, _workshop, _head in await journal.streams():
        try:
            replayed = await replay_stream(journal, stream)
        except Corrupt as error:
            yield f"{error}."
            continue
        if replayed and not replayed.is_equal:
            yield f"{stream}: its snapshot is not what its journal adds up to."


async def _strays(database: Database) -> AsyncIterator[str]:
    beyond = (
        sa.select(entries.c.stream, sa.func.count())
        .outerjoin(streams, streams.c.stream == entries.c.stream)
        .where(sa.or_(streams.c.head.is_(None), entries.c.seq > streams.c.head))
        .group_by(entries.c.stream)
    )
    async with database.read() as connection:
        for stream, count in await connection.execute(beyond):
            yield f"{stream}: {count} entries lie beyond its head."
        for stream, effect in await connection.execute(sa.select(due.c.stream, due.c.effect)):
            try:
                read_op(stream, effect)
            except Corrupt as error:
                yield f"{error}."


async def _faults_of_the_file(database: Database) -> AsyncIterator[str]:
    """What SQLite knows of its own pages and references; PostgreSQL looks after its own."""
    if database.kind != "sqlite":
        return
    async with database.read() as connection:
        for (said,) in await connection.execute(sa.text("PRAGMA integrity_check")):
            if said != "ok":
                yield f"The database file is damaged: {said}."
        for table, *_ in await connection.execute(sa.text("PRAGMA foreign_key_check")):
            yield f"A row of {table} refers to one that is not there."
