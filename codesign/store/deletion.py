"""Taking a workshop away, with everything that is of it alone: in one transaction, and not a byte stays.

Whoever holds it open lets go first (live/rooms.py); the bytes of its pictures are the caller's (their ids come back).
"""

from __future__ import annotations

import asyncio
import json

import sqlalchemy as sa

from codesign.core.stream import kind_of
from codesign.store.database import Database
from codesign.store.errors import Unavailable
from codesign.store.journal_sql import forget_streams
from codesign.store.tables import (
    api_tokens,
    attendance,
    ballots,
    clients,
    entries,
    files,
    links,
    people,
    programme_tokens,
    programmes,
    rehearsals,
    reports,
    retention,
    seats,
    sessions,
    streams,
    vote_keys,
    workshops,
)

#: Readers are quick; a long one (a backup) is waited for, and the erasing is tried again after it.
SCRUB_TRIES, SCRUB_PAUSE = 20, 0.1
#: Rows beside the streams, each before the row it refers to.
_OF_IT = (attendance, reports, links, api_tokens, files, rehearsals)


async def delete_workshop(db: Database, id: str) -> list[str]:
    """The ids of its pictures, whose bytes nobody shows any more. Asked again, it does nothing."""
    return await db.write(lambda connection: _delete(connection, id))


async def scrub_deleted(db: Database) -> None:
    """SQLite: the log that had the rows is emptied, the pages are overwritten already (`secure_delete`).

    PostgreSQL: its own vacuum decides when the space is used again (docs/hosting.md).
    """
    for tries_left in reversed(range(SCRUB_TRIES)):
        try:
            return await db.scrub()
        except Unavailable:  # somebody reads what was before
            if not tries_left:
                raise
        await asyncio.sleep(SCRUB_PAUSE)
    return None


def _delete(connection: sa.Connection, id: str) -> list[str]:
    _delete_votes(connection, id)
    programme = connection.scalar(sa.select(workshops.c.programme).where(workshops.c.id == id))
    is_last = programme is not None and not _others(connection, programme, id)
    gone = _streams(connection, id, with_registers=is_last)
    if is_last:  # the registers were made with a workshop that may have gone before
        gone += [f"register:{programme}", f"closed:{programme}"]
    forget_streams(connection, gone)
    _delete_people(connection, id)
    pictures = list(connection.scalars(sa.select(files.c.id).where(files.c.workshop == id)))
    for table in _OF_IT:
        connection.execute(table.delete().where(table.c.workshop == id)).close()
    connection.execute(workshops.delete().where(workshops.c.id == id)).close()
    if is_last:
        for table in (programme_tokens, retention):
            connection.execute(table.delete().where(table.c.programme == programme)).close()
        connection.execute(programmes.delete().where(programmes.c.id == programme)).close()
    return pictures


def _others(connection: sa.Connection, programme: str, id: str) -> bool:
    """Whether the programme has further workshops: then its registers and it itself stay."""
    others = sa.select(workshops.c.id).where(
        workshops.c.programme == programme, workshops.c.id != id
    )
    return connection.execute(others.limit(1)).first() is not None


def _streams(connection: sa.Connection, id: str, *, with_registers: bool) -> list[str]:
    names = connection.scalars(sa.select(streams.c.stream).where(streams.c.workshop == id))
    return [name for name in names if with_registers or kind_of(name) not in ("register", "closed")]


def _delete_votes(connection: sa.Connection, id: str) -> None:
    """Ballots name their vote and nothing else; which votes there were the journal knows."""
    of = sa.and_(entries.c.stream == f"workshop:{id}", entries.c.changes.like('%"kind":"vote"%'))
    votes = {
        str(change["put"]["id"])
        for changes in connection.scalars(sa.select(entries.c.changes).where(of))
        for change in json.loads(changes)
        if change.get("put", {}).get("kind") == "vote"
    }
    for vote in sorted(votes):
        for table in (ballots, vote_keys):
            connection.execute(table.delete().where(table.c.vote == vote)).close()


def _delete_people(connection: sa.Connection, id: str) -> None:
    """With the browsers of guests who were nowhere else; whoever has an account stays signed in."""
    theirs = sa.select(people.c.id).where(people.c.workshop == id)
    connection.execute(clients.delete().where(clients.c.person.in_(theirs))).close()
    here = sa.select(seats.c.session).where(seats.c.workshop == id)
    elsewhere = sa.select(seats.c.session).where(seats.c.workshop != id)
    only_here = list(
        connection.scalars(
            sa.select(sessions.c.hash).where(
                sessions.c.account.is_(None),
                sessions.c.hash.in_(here),
                sessions.c.hash.not_in(elsewhere),
            )
        )
    )
    connection.execute(seats.delete().where(seats.c.workshop == id)).close()
    for hash in only_here:
        connection.execute(sessions.delete().where(sessions.c.hash == hash)).close()
    connection.execute(people.delete().where(people.c.workshop == id)).close()
