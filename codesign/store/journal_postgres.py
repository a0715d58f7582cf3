"""Appending on PostgreSQL: each room by itself, one statement, which is one transaction and one round trip.

The statement takes the stream's row, writes only if the head is where the room thought, and commits. Any process may
append to any stream: whoever comes second finds the head moved.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg

from codesign.core.stream import kind_of
from codesign.store.database import Database
from codesign.store.database_postgres import (
    ANSWER_SECONDS,
    PostgresDatabase,
    as_unavailable,
)
from codesign.store.errors import Corrupt, HeadMoved, OpKnown, Unavailable
from codesign.store.journal import Append, Journal, check_append
from codesign.store.journal_sql import SqlJournal
from codesign.store.rows import dump_op, values_of

#: Two appends that touch the same clients or dues can wait for each other; PostgreSQL then ends one, which goes again.
TRIES = 3

# `held` is the stream's row, made or raised; without it, nothing else finds anything to do. Clients and dues are taken
# in the order of their names, so that two rooms wait for each other as seldom as can be.
_APPEND = """
WITH held AS (
  INSERT INTO streams AS s (stream, kind, workshop, head)
  SELECT $1, $2, $3, $5::bigint
  WHERE $4::bigint = 0 OR EXISTS (SELECT 1 FROM streams WHERE stream = $1)
  ON CONFLICT (stream) DO UPDATE SET head = excluded.head WHERE s.head = $4::bigint
  RETURNING 1
), written AS (
  INSERT INTO entries (stream, seq, "by", at, client, n, digest, base, workshop_seq, changes, inverse)
  SELECT $1, e.* FROM held, unnest(
    $6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::bigint[], $11::text[], $12::bigint[], $13::bigint[],
    $14::text[], $15::text[]
  ) AS e
), asked AS (
  INSERT INTO clients AS c (client, person, last_n)
  SELECT a.client, a.person, a.n FROM held, unnest($16::text[], $17::text[], $18::bigint[]) AS a (client, person, n)
  ORDER BY 1
  ON CONFLICT (client) DO UPDATE SET last_n = greatest(c.last_n, excluded.last_n)
), later AS (
  INSERT INTO due (id, at, stream, effect, made)
  SELECT d.*, $23::bigint FROM held, unnest($19::text[], $20::bigint[], $21::text[], $22::text[]) AS d (id)
  ORDER BY 1
  ON CONFLICT DO NOTHING
), done AS (
  UPDATE due SET done = $23::bigint FROM held WHERE id = ANY ($24::text[]) AND done IS NULL
)
SELECT count(*) FROM held
"""

#: The connection went away, before or after the commit: the head will tell.
_LOST = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)


class PostgresJournal(SqlJournal):
    def __init__(self, database: PostgresDatabase) -> None:
        super().__init__(database)
        self._postgres = database

    async def append(self, appends: Sequence[Append]) -> list[Exception | None]:
        if not self._postgres.may_write:
            return [Unavailable("the database is open for reading only")] * len(appends)
        return await self._postgres.shielded(self._append_all(appends))

    async def _append_all(self, appends: Sequence[Append]) -> list[Exception | None]:
        """Streams side by side, the appends of one stream in their order."""
        outcomes: list[Exception | None] = [None] * len(appends)

        async def one_after_the_other(numbers: list[int]) -> None:
            for number in numbers:
                outcomes[number] = await self._append(appends[number])

        by_stream: dict[str, list[int]] = {}
        for number, append in enumerate(appends):
            by_stream.setdefault(append.stream, []).append(number)
        await asyncio.gather(*map(one_after_the_other, by_stream.values()))
        return outcomes

    async def _append(self, append: Append) -> Exception | None:
        try:
            check_append(append)
            values = _values(append)
        except Exception as error:  # a row that cannot be written out; its room hears of it
            return error
        for tries_left in reversed(range(TRIES)):
            try:
                # The timeout holds for giving it back as well, when it does not answer.
                async with self._postgres.pool.acquire(timeout=ANSWER_SECONDS) as connection:
                    held = await connection.fetchval(_APPEND, *values)
                return None if held else HeadMoved(append.stream, append.head)
            except asyncpg.DeadlockDetectedError as error:
                if not tries_left:
                    return as_unavailable(error)
            except asyncpg.UniqueViolationError as error:
                return _taken(error, append.stream)
            except asyncpg.DataError as error:
                return error
            except _LOST as error:
                return as_unavailable(error)
        raise AssertionError  # the last try returns


def _values(append: Append) -> tuple[Any, ...]:
    columns = list(zip(*map(values_of, append.entries), strict=True)) or [()] * 10
    clients = sorted((client, *rest) for client, rest in append.clients.items())
    dues = sorted((due.id, due.at, due.stream, dump_op(due.op)) for due in append.dues)
    return (
        append.stream,
        kind_of(append.stream),
        append.workshop,
        append.head,
        append.new_head,
        *columns,
        *(list(zip(*clients, strict=True)) or [()] * 3),
        *(list(zip(*dues, strict=True)) or [()] * 4),
        append.at,
        list(append.done),
    )


def _taken(error: asyncpg.UniqueViolationError, stream: str) -> Exception:
    if error.constraint_name == "uq_entries_client_n":
        return OpKnown(stream)
    return Corrupt(stream, "an entry lies beyond the head")


def open_postgres_journal(database: Database) -> Journal:
    if not isinstance(database, PostgresDatabase):
        raise TypeError(database.kind)
    return PostgresJournal(database)
