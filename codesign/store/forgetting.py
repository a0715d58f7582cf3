"""Entries rewritten so that one person is no longer in them, and the rows beside the journal that knew them.

Seqs stay, and so do authors' ids, which say nothing any more. SQLite overwrites what is let go of (`secure_delete`);
whoever calls empties the log after it (`Database.scrub`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from codesign.core import limits
from codesign.core.forgetting import Forgetting
from codesign.store.database import Database
from codesign.store.rows import dump_json
from codesign.store.tables import (
    due,
    entries,
    files,
    people,
    seats,
    sessions,
    snapshots,
    streams,
    workshops,
)

#: Tables in which something was overwritten.
TABLES = ("entries", "snapshots", "due", "people", "seats", "sessions", "files", "streams")
_ID = re.compile(rf"[A-Za-z0-9_-]{{{limits.ID_LETTERS}}}")


async def streams_of(db: Database, workshop: str) -> list[str]:
    """The workshop's own, and those of its programme that words go on to: its registers, and all its boards."""
    programme = sa.select(workshops.c.programme).where(workshops.c.id == workshop)
    near = sa.select(workshops.c.id).where(workshops.c.programme == programme.scalar_subquery())
    kinds = ("board", "register", "closed")
    chosen = sa.select(streams.c.stream).where(
        (streams.c.workshop == workshop) | streams.c.workshop.in_(near) & streams.c.kind.in_(kinds)
    )
    async with db.read() as connection:
        return sorted((await connection.execute(chosen)).scalars())


async def rewrite(db: Database, stream: str, who: Forgetting) -> int:
    """All of a stream in one transaction; how many entries are others now. Done twice, it finds nothing more."""

    def work(connection: sa.Connection) -> int:
        chosen = sa.select(entries.c.seq, entries.c.changes, entries.c.inverse)
        found = connection.execute(chosen.where(entries.c.stream == stream)).all()
        for row in found:
            if who.person in row.changes:
                who.learn(json.loads(row.changes))
        changed = 0
        for seq, changes, inverse in found:
            new = [_rewritten(text, who) for text in (changes, inverse)]
            if new != [changes, inverse]:
                where = (entries.c.stream == stream) & (entries.c.seq == seq)
                # The digest was made of what was asked, words and all.
                values = {"changes": new[0], "inverse": new[1], "digest": None}
                connection.execute(entries.update().where(where).values(values)).close()
                changed += 1
        if changed:
            connection.execute(snapshots.delete().where(snapshots.c.stream == stream)).close()
        return changed

    return await db.write(work)


def _rewritten(text: str, who: Forgetting) -> str:
    """Most entries are about somebody else, and are not even read."""
    if not who.concerns(_ID.findall(text), text):
        return text
    before: list[dict[str, Any]] = json.loads(text)
    after = who.rewrite(before)
    return text if after == before else dump_json(after)


async def forget_rows(db: Database, person: str) -> list[str]:
    """The way back, the seats, and browsers that were nobody else anywhere; those sessions are returned."""

    def work(connection: sa.Connection) -> list[str]:
        # An effect that was carried out is kept for its id alone.
        named = due.c.done.is_not(None) & due.c.effect.contains(person, autoescape=True)
        connection.execute(due.update().where(named).values(effect="{}")).close()
        row = people.update().where(people.c.id == person)
        connection.execute(row.values(return_hash=None, account=None)).close()
        theirs = list(
            connection.execute(sa.select(seats.c.session).where(seats.c.person == person)).scalars()
        )
        connection.execute(seats.delete().where(seats.c.person == person)).close()
        elsewhere = sa.select(seats.c.session).where(seats.c.session == sessions.c.hash)
        idle = sessions.c.account.is_(None) & ~elsewhere.exists()
        gone = sessions.delete().where(sessions.c.hash.in_(theirs) & idle)
        connection.execute(gone).close()
        return theirs

    return await db.write(work)


async def forget_files(db: Database, workshop: str, ids: Sequence[str]) -> list[str]:
    """Rows of pictures of this workshop; the ids whose bytes can go now."""
    mine = files.c.id.in_(ids) & (files.c.workshop == workshop)

    def work(connection: sa.Connection) -> list[str]:
        found = list(connection.execute(sa.select(files.c.id).where(mine)).scalars())
        connection.execute(files.delete().where(mine)).close()
        return found

    return await db.write(work)
