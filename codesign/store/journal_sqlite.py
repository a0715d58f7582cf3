"""Appending on SQLite: all rooms of a tick in one transaction, on the writer's own connection.

Plain sqlite3 and prepared statements: a third of what SQLAlchemy costs here, and this is where the product waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Sequence
from itertools import chain

from codesign.core.stream import kind_of
from codesign.store.database import Database
from codesign.store.database_sqlite import SqliteDatabase
from codesign.store.errors import Corrupt, HeadMoved, OpKnown, Unavailable
from codesign.store.journal import Append, Journal, check_append
from codesign.store.journal_sql import SqlJournal
from codesign.store.rows import dump_op, values_of

# Makes the stream or raises its head, and touches no row when the head is elsewhere.
_RAISE_HEAD = """
INSERT INTO streams (stream, kind, workshop, head)
SELECT :stream, :kind, :workshop, :new_head
WHERE :head = 0 OR EXISTS (SELECT 1 FROM streams WHERE stream = :stream)
ON CONFLICT (stream) DO UPDATE SET head = excluded.head WHERE streams.head = :head
"""
# In the order of rows.COLUMNS.
_ENTRIES = (
    'INSERT INTO entries (stream, seq, "by", at, client, n, digest, base, workshop_seq, changes, inverse) VALUES ',
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "",
)
_DUE = (
    "INSERT INTO due (id, at, stream, effect, made) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_DONE = "UPDATE due SET done = ? WHERE id = ? AND done IS NULL"
_CLIENTS = (
    "INSERT INTO clients (client, person, last_n) VALUES ",
    "(?, ?, ?)",
    " ON CONFLICT (client) DO UPDATE SET last_n = max(last_n, excluded.last_n)",
)
#: Rows that one statement takes. Powers of two, so that few statements have to be kept prepared.
_ROWS_AT_ONCE = (64, 32, 16, 8, 4, 2, 1)

#: Readers are quick; a long one (a backup) is waited for, and the erasing is tried again after it.
CHECKPOINT_TRIES, CHECKPOINT_PAUSE = 20, 0.1


class SqliteJournal(SqlJournal):
    def __init__(self, database: SqliteDatabase) -> None:
        super().__init__(database)
        self._writer = database.writer if database.may_write else None

    async def append(self, appends: Sequence[Append]) -> list[Exception | None]:
        if self._writer is None:
            return [Unavailable("the database is open for reading only")] * len(appends)
        writer = self._writer
        return await writer.run(lambda: _append(writer.connection, appends))

    async def forget(self, streams_: Sequence[str]) -> None:
        """Deleted bytes are overwritten (`secure_delete`); the log that still holds them is emptied into the file."""
        await super().forget(streams_)
        if (writer := self._writer) is None:
            return
        for _ in range(CHECKPOINT_TRIES):
            if await writer.run(lambda: _empty_the_log(writer.connection)):
                return
            await asyncio.sleep(CHECKPOINT_PAUSE)  # somebody reads what was before
        raise Unavailable("the log could not be emptied")


def _empty_the_log(connection: sqlite3.Connection) -> bool:
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _append(connection: sqlite3.Connection, appends: Sequence[Append]) -> list[Exception | None]:
    """Together; and when one of them cannot be written but the disk is well, each alone."""
    error = _commit(connection, appends)
    if error is None or len(appends) == 1 or isinstance(error, Unavailable):
        return [error] * len(appends)
    return [_commit(connection, [append]) for append in appends]


def _commit(connection: sqlite3.Connection, appends: Sequence[Append]) -> Exception | None:
    try:
        _write(connection, appends)
    except sqlite3.Error as error:
        return _as_ours(error, appends[0].stream)
    except Exception as error:  # a row that cannot be written out; its room hears of it
        return error
    return None


def _write(connection: sqlite3.Connection, appends: Sequence[Append]) -> None:
    for append in appends:
        check_append(append)
    entries = [(a.stream, *values_of(row)) for a in appends for row in a.entries]
    dues = [(d.id, d.at, d.stream, dump_op(d.op), a.at) for a in appends for d in a.dues]
    done = [(a.at, due_id) for a in appends for due_id in a.done]
    clients = [(client, *rest) for a in appends for client, rest in a.clients.items()]
    connection.execute("BEGIN IMMEDIATE")
    try:
        raised = connection.executemany(_RAISE_HEAD, [_head_of(append) for append in appends])
        if raised.rowcount != len(appends):
            raise _moved(connection, appends)
        _insert(connection, _ENTRIES, entries)
        connection.executemany(_DUE, dues)
        connection.executemany(_DONE, done)
        _insert(connection, _CLIENTS, clients)
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _moved(connection: sqlite3.Connection, appends: Sequence[Append]) -> HeadMoved:
    """Which of them it is, and where its head is; only the first is told of, since each is tried alone after that."""
    heads = dict(connection.execute("SELECT stream, head FROM streams"))
    wrong = [a for a in appends if heads.get(a.stream) != a.new_head] or appends
    return HeadMoved(wrong[0].stream, wrong[0].head, heads.get(wrong[0].stream))


def _insert(
    connection: sqlite3.Connection,
    statement: tuple[str, str, str],
    rows: Sequence[tuple[object, ...]],
) -> None:
    """Many rows with few statements.

    Each step of a statement lets go of Python's lock, and has to get it back from an event loop that is busy: with
    one step for each row, a tick of eighty ops waits for it 160 times.
    """
    head, row, end = statement
    at = 0
    for count in _ROWS_AT_ONCE:
        while len(rows) - at >= count:
            values = list(chain.from_iterable(rows[at : at + count]))
            connection.execute(head + ", ".join([row] * count) + end, values)
            at += count


def _roll_back(connection: sqlite3.Connection) -> None:
    # SQLite has rolled back by itself after some errors. A rollback that fails too adds nothing to what went wrong.
    with contextlib.suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _head_of(append: Append) -> dict[str, object]:
    return {
        "stream": append.stream,
        "kind": kind_of(append.stream),
        "workshop": append.workshop,
        "head": append.head,
        "new_head": append.new_head,
    }


def _as_ours(error: sqlite3.Error, stream: str) -> Exception:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_CONSTRAINT_UNIQUE":
        return OpKnown(stream)
    if name == "SQLITE_CONSTRAINT_PRIMARYKEY":
        return Corrupt(stream, "an entry lies beyond the head")
    if isinstance(error, sqlite3.OperationalError):
        return Unavailable(str(error))
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return Corrupt(stream, str(error))
    return error


def open_sqlite_journal(database: Database) -> Journal:
    if not isinstance(database, SqliteDatabase):
        raise TypeError(database.kind)
    return SqliteJournal(database)
