"""What both SQL journals read in the same way. Appending is each one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from codesign.core import limits
from codesign.core.effects import Due
from codesign.core.stream import State
from codesign.store.database import Database
from codesign.store.errors import Corrupt
from codesign.store.journal import Journal, Loaded, put_together
from codesign.store.rows import (
    COLUMNS,
    Row,
    copy_of,
    dump_copy,
    read_op,
    read_state,
    row_of,
    rows_of,
)
from codesign.store.tables import clients, due, entries, snapshots, streams

_ENTRY = tuple(entries.c[name] for name in COLUMNS)

_SAVE = sa.text(
    "INSERT INTO snapshots (stream, seq, state, digest)"
    " SELECT :stream, :seq, :state, :digest FROM streams WHERE stream = :stream AND head >= :seq"
    " ON CONFLICT (stream) DO UPDATE"
    " SET seq = excluded.seq, state = excluded.state, digest = excluded.digest"
    " WHERE excluded.seq > snapshots.seq"
)


class SqlJournal(Journal):
    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, stream: str, *, tail: int = limits.TAIL_ENTRIES) -> Loaded | None:
        # One view for the three reads: another process may append meanwhile.
        async with self._database.read() as connection:
            head = await connection.scalar(
                sa.select(streams.c.head).where(streams.c.stream == stream)
            )
            if head is None:
                return None
            kept = (
                await connection.execute(sa.select(snapshots).where(snapshots.c.stream == stream))
            ).one_or_none()
            after = min(kept.seq if kept else 0, max(head - tail, 0))
            found = (await connection.execute(_select(stream, after, head))).all()

        def read() -> Loaded:
            snapshot = kept and (kept.seq, read_state(stream, kept.state, kept.digest))
            return put_together(
                stream, head, snapshot, rows_of(stream, found, after=after), tail=tail
            )

        # Thousands of entries take longer than the boards that are open should wait.
        return await asyncio.to_thread(read)

    async def entries(self, stream: str, after: int, to: int | None = None) -> list[Row]:
        async with self._database.read() as connection:
            found = (await connection.execute(_select(stream, after, to))).all()
        return await asyncio.to_thread(rows_of, stream, found, after=after)

    async def find(self, client: str, n: int) -> tuple[str, Row] | None:
        async with self._database.read() as connection:
            found = (
                await connection.execute(
                    sa.select(entries.c.stream, *_ENTRY).where(
                        entries.c.client == client, entries.c.n == n
                    )
                )
            ).one_or_none()
        return found and (found.stream, row_of(found.stream, found[1:]))

    async def acks(
        self, clients: Mapping[str, int], *, limit: int = 2_000
    ) -> list[tuple[str, int, str, int]]:
        if not clients:
            return []
        asked = sa.or_(
            *(
                sa.and_(entries.c.client == client, entries.c.n >= n)
                for client, n in clients.items()
            )
        )
        columns = (entries.c.client, entries.c.n, entries.c.stream, entries.c.seq)
        async with self._database.read() as connection:
            found = await connection.execute(
                sa.select(*columns).where(asked).order_by(columns[0], columns[1]).limit(limit)
            )
            return [(client, n, stream, seq) for client, n, stream, seq in found]

    async def last(self, clients_: Sequence[str]) -> dict[str, tuple[str | None, int]]:
        async with self._database.read() as connection:
            found = await connection.execute(
                sa.select(clients).where(clients.c.client.in_(clients_))
            )
            return {row.client: (row.person, row.last_n) for row in found}

    async def save_snapshot(self, stream: str, seq: int, state: State) -> None:
        # Copied here, written out there: the room goes on changing its own.
        text, digest = await asyncio.to_thread(dump_copy, copy_of(state))
        values = {"stream": stream, "seq": seq, "state": text, "digest": digest}
        await self._database.write(lambda connection: connection.execute(_SAVE, values).close())

    async def snapshot(self, stream: str) -> tuple[int, State] | None:
        async with self._database.read() as connection:
            kept = (
                await connection.execute(sa.select(snapshots).where(snapshots.c.stream == stream))
            ).one_or_none()
        return kept and (kept.seq, read_state(stream, kept.state, kept.digest))

    async def due(self, now: int, *, limit: int = 100) -> list[Due]:
        waiting = (
            sa.select(due)
            .where(due.c.done.is_(None), due.c.at <= now)
            .order_by(due.c.at, due.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            found = (await connection.execute(waiting)).all()
        dues, unreadable = [], []
        for row in found:
            try:
                dues.append(Due(row.id, row.at, row.stream, read_op(row.stream, row.effect)))
            except Corrupt:
                unreadable.append(row.id)
        if (
            unreadable
        ):  # set aside, so that it holds nobody else up; `codesign check` still finds it
            await self.mark_done(unreadable, now)
        return dues

    async def next_due(self) -> int | None:
        async with self._database.read() as connection:
            at: int | None = await connection.scalar(
                sa.select(sa.func.min(due.c.at)).where(due.c.done.is_(None))
            )
            return at

    async def mark_done(self, ids: Sequence[str], now: int) -> None:
        done = due.update().where(due.c.id.in_(ids), due.c.done.is_(None)).values(done=now)
        await self._database.write(lambda connection: connection.execute(done).close())

    async def streams(self) -> list[tuple[str, str, int]]:
        columns = (streams.c.stream, streams.c.workshop, streams.c.head)
        async with self._database.read() as connection:
            found = await connection.execute(sa.select(*columns).order_by(streams.c.stream))
            return [(stream, workshop, head) for stream, workshop, head in found]

    async def heads(self, workshop: str) -> dict[str, int]:
        chosen = sa.select(streams.c.stream, streams.c.head).where(streams.c.workshop == workshop)
        async with self._database.read() as connection:
            return {stream: head for stream, head in await connection.execute(chosen)}

    async def lanes(self, workshop: str) -> list[str]:
        chosen = sa.select(streams.c.stream).where(
            streams.c.workshop == workshop, streams.c.kind == "lane"
        )
        async with self._database.read() as connection:
            return sorted((await connection.execute(chosen)).scalars())

    async def forget(self, streams_: Sequence[str]) -> None:
        await self._database.write(lambda connection: forget_streams(connection, streams_))


def forget_streams(connection: sa.Connection, gone: Sequence[str]) -> None:
    """Clients that asked nothing else go with the streams; dues are named after the stream they follow from."""
    for stream in gone:
        asked = sa.select(entries.c.client).where(
            entries.c.stream == stream, entries.c.client.is_not(None)
        )
        names = list(connection.execute(asked.distinct()).scalars())
        for table in (entries, snapshots, streams):
            connection.execute(table.delete().where(table.c.stream == stream)).close()
        elsewhere = sa.select(entries.c.client).where(entries.c.client == clients.c.client)
        for client in names:
            known = clients.c.client == client
            connection.execute(clients.delete().where(known, ~elsewhere.exists())).close()
        # Ids hold letters, digits, `-`, `_` and `:`; `0` is the letter after `/`.
        of_it = sa.and_(due.c.id >= f"{stream}/", due.c.id < f"{stream}0")
        connection.execute(due.delete().where(of_it)).close()


def _select(stream: str, after: int, to: int | None) -> sa.Select[tuple[object, ...]]:
    chosen = sa.select(*_ENTRY).where(entries.c.stream == stream, entries.c.seq > after)
    if to is not None:
        chosen = chosen.where(entries.c.seq <= to)
    return chosen.order_by(entries.c.seq)
