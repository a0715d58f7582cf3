"""A workshop that came in a file: all of its rows in one transaction, or none.

Past the rooms, which are the only writers of what is open: nobody can have these streams open yet, and a stream that
is there already ends the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from codesign.core.stream import kind_of
from codesign.store.database import Database
from codesign.store.files import File
from codesign.store.tables import (
    attendance,
    entries,
    files,
    people,
    programmes,
    reports,
    streams,
    vote_keys,
    workshops,
)
from codesign.store.workshops import Workshop


@dataclass(frozen=True, slots=True)
class Arriving:
    """What is to be written. `streams`: name and the changes of its entries, as JSON; `people`: id and return hash."""

    workshop: Workshop
    programme_title: str
    streams: Sequence[tuple[str, Sequence[str]]]
    people: Sequence[tuple[str, str]]
    files: Sequence[File]
    attendance: Sequence[tuple[str, int, int]]
    #: The report's, as JSON.
    plan: str


async def ids_in_use(db: Database) -> list[str]:
    """Every id of this server by which something of one workshop could be reached from another."""
    async with db.read() as connection:
        found: list[str] = []
        for column in (workshops.c.id, programmes.c.id, people.c.id, files.c.id, vote_keys.c.vote):
            found += (await connection.execute(sa.select(column))).scalars()
        for stream in (await connection.execute(sa.select(streams.c.stream))).scalars():
            found += stream.split(":")[1:]
    return sorted(set(found))


async def take_in(db: Database, new: Arriving) -> bool:
    """False where some of it was here already: then nothing is written."""
    try:
        await db.write(lambda connection: _write(connection, new))
    except sa.exc.IntegrityError:
        return False
    return True


def _write(connection: sa.Connection, new: Arriving) -> None:
    row, at = new.workshop, new.workshop.created
    programme = {"id": row.programme, "title": new.programme_title, "created": at}
    connection.execute(programmes.insert().values(programme))
    connection.execute(
        workshops.insert().values({c.name: getattr(row, c.name) for c in workshops.columns})
    )
    for stream, changes in new.streams:
        head = {"stream": stream, "kind": kind_of(stream), "workshop": row.id, "head": len(changes)}
        connection.execute(streams.insert().values(head))
        _insert(
            connection,
            entries,
            (_entry(stream, seq, one, at) for seq, one in enumerate(changes, 1)),
        )
    known = (
        {"id": id, "workshop": row.id, "created": at, "return_hash": hash}
        for id, hash in new.people
    )
    _insert(connection, people, known)
    _insert(
        connection,
        files,
        ({c.name: getattr(one, c.name) for c in files.columns} for one in new.files),
    )
    stays = (
        {"workshop": row.id, "person": who, "came": came, "went": went}
        for who, came, went in new.attendance
    )
    _insert(connection, attendance, stays)
    connection.execute(reports.insert().values(workshop=row.id, plan=new.plan))


def _entry(stream: str, seq: int, changes: str, at: int) -> dict[str, object]:
    """Nobody asked it and nobody can undo it."""
    return {"stream": stream, "seq": seq, "at": at, "changes": changes, "inverse": "[]"}


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, object]]) -> None:
    if found := list(rows):
        connection.execute(table.insert(), found)
