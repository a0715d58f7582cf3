"""Ballots until their vote closes, under names that only the vote's key makes of people.

The key comes with the first ballot and goes with the last: after `forget` nobody can tell who chose what, neither here
nor in what SQLite keeps of its past. Backups hold none of it (backup.py).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Literal

import sqlalchemy as sa

from codesign.core.ballots import Ballot, voter_name
from codesign.store.database import Database
from codesign.store.tables import ballots, vote_keys

KEY_BYTES = 32
Cast = Literal["counted", "closed", "own"]


async def cast(
    db: Database,
    vote: str,
    person: str,
    dots: Mapping[str, int],
    *,
    page: str,
    n: int,
    given: bool = False,
) -> Cast:
    """`counted` once it is on disk, in place of that person's last one; `closed` when it came too late.

    What one page says counts in its order (`n`): a ballot that was sent again late changes nothing. One that is
    `given` for somebody never replaces their own.
    """

    def work(connection: sa.Connection) -> Cast:
        key = _open_key(connection, vote)
        if key is None:
            return "closed"
        voter, hidden_page = voter_name(key, person), voter_name(key, page)
        where = (ballots.c.vote == vote) & (ballots.c.voter == voter)
        known = connection.execute(sa.select(ballots).where(where)).first()
        if known is not None and given and not known.given:
            return "own"
        if known is not None and known.page == hidden_page and known.n >= n:
            return "counted"
        row = {
            "dots": json.dumps(dict(sorted(dots.items()))),
            "given": int(given),
            "page": hidden_page,
            "n": n,
        }
        if known is None:
            connection.execute(ballots.insert().values(vote=vote, voter=voter, **row))
        else:
            connection.execute(ballots.update().where(where).values(**row))
        return "counted"

    return await db.write(work)


async def mine(db: Database, vote: str, person: str) -> dict[str, int]:
    """Where this person's dots lie; nowhere where they have not voted, or the vote is over."""
    async with db.read() as connection:
        key = await connection.scalar(sa.select(vote_keys.c.key).where(vote_keys.c.vote == vote))
        if key is None:
            return {}
        where = (ballots.c.vote == vote) & (ballots.c.voter == voter_name(key, person))
        found = await connection.scalar(sa.select(ballots.c.dots).where(where))
    return {} if found is None else dict(json.loads(found))


async def cast_so_far(db: Database, vote: str) -> list[Ballot]:
    async with db.read() as connection:
        return await connection.run_sync(_all, vote)


async def close(db: Database, vote: str, now: int) -> tuple[bytes, list[Ballot]]:
    """No ballot comes after this; it may be asked again. The key, and every ballot there is.

    Without a key nobody has voted, or all is forgotten already.
    """

    def work(connection: sa.Connection) -> tuple[bytes, list[Ballot]]:
        where = vote_keys.c.vote == vote
        connection.execute(_insert_once(vote, None, now))
        connection.execute(vote_keys.update().where(where).values(closed=now))
        key = connection.scalar(sa.select(vote_keys.c.key).where(where))
        return key or b"", _all(connection, vote)

    return await db.write(work)


async def forget(db: Database, vote: str) -> None:
    """Ballots and key are overwritten, in the file and in its write-ahead log."""

    def work(connection: sa.Connection) -> None:
        connection.execute(ballots.delete().where(ballots.c.vote == vote))
        connection.execute(vote_keys.update().where(vote_keys.c.vote == vote).values(key=None))

    await db.write(work)
    await db.scrub("ballots", "vote_keys")


def _open_key(connection: sa.Connection, vote: str) -> bytes | None:
    """Held until the transaction ends, so that a close waits for it (SQLite: there is one writer)."""
    where = vote_keys.c.vote == vote
    wanted = sa.select(vote_keys.c.key, vote_keys.c.closed).where(where).with_for_update(read=True)
    row = connection.execute(wanted).first()
    if row is None:
        connection.execute(_insert_once(vote, os.urandom(KEY_BYTES), None))
        row = connection.execute(wanted).one()
    return None if row.closed is not None else bytes(row.key)


def _insert_once(vote: str, key: bytes | None, closed: int | None) -> sa.TextClause:
    """Both databases know this sentence; SQLAlchemy has it once for each."""
    text = sa.text(
        "INSERT INTO vote_keys (vote, key, closed) VALUES (:vote, :key, :closed)"
        " ON CONFLICT (vote) DO NOTHING"
    )
    return text.bindparams(
        sa.bindparam("vote", vote, sa.Text()),
        sa.bindparam("key", key, sa.LargeBinary()),
        sa.bindparam("closed", closed, sa.BigInteger()),
    )


def _all(connection: sa.Connection, vote: str) -> list[Ballot]:
    """In an order that says nothing about when they came."""
    wanted = sa.select(ballots).where(ballots.c.vote == vote).order_by(ballots.c.voter)
    return [
        Ballot(row.voter, json.loads(row.dots), bool(row.given))
        for row in connection.execute(wanted)
    ]
