"""Until when programmes are kept; and of those that ended, that they did, what they came to, and their archive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.tables import (
    ending_readers,
    endings,
    people,
    rehearsals,
    retention,
    workshops,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """`failed`: when its archive could not be made, so that nothing was deleted. Times in ms."""

    programme: str
    until: int
    failed: int | None


@dataclass(frozen=True, slots=True)
class Ending:
    """`title` and `kept_until` go with the archive; id, time and figures stay."""

    id: str
    ended: int
    totals: Mapping[str, int]
    title: str | None
    kept_until: int | None


async def kept(db: Database, programme: str) -> Kept | None:
    async with db.read() as connection:
        query = sa.select(retention).where(retention.c.programme == programme)
        row = (await connection.execute(query)).first()
    return Kept(*row) if row else None


async def keep_until(db: Database, programme: str, until: int | None) -> bool:
    """None: for as long as the server is there. False when it is ending already."""

    def work(connection: sa.Connection) -> bool:
        if _is_ending(connection, programme):
            return False
        connection.execute(retention.delete().where(retention.c.programme == programme)).close()
        if until is not None:
            connection.execute(retention.insert().values(programme=programme, until=until)).close()
        return True

    return await db.write(work)


async def say_failed(db: Database, one: Kept, at: int) -> None:
    """Of that day; of another that was said meanwhile nothing has failed."""
    mine = (retention.c.programme == one.programme) & (retention.c.until == one.until)
    await db.write(lambda c: c.execute(retention.update().where(mine).values(failed=at)).close())


async def over(db: Database, now: int) -> list[Kept]:
    query = sa.select(retention).where(retention.c.until <= now).order_by(retention.c.until)
    async with db.read() as connection:
        return [Kept(*row) for row in await connection.execute(query)]


async def accounts_in(db: Database, programme: str) -> list[tuple[str, str, str]]:
    """Workshop, account and person of everybody with an account there; an owner who never came in has no person.

    An owner who did come in is who they are there now, as on every page: maybe somebody else leads it since.
    """
    known = sa.select(people.c.workshop, people.c.account, people.c.id).join(workshops)
    known = known.where(workshops.c.programme == programme, people.c.account.is_not(None))
    owners = sa.select(workshops.c.id, workshops.c.owner_account).where(
        workshops.c.programme == programme, workshops.c.owner_account.is_not(None)
    )
    async with db.read() as connection:
        found = [(one, who, person) for one, who, person in await connection.execute(known)]
        seated = {(one, who) for one, who, _ in found}
        rows = [(one, who) for one, who in await connection.execute(owners)]
    return found + [(*row, "") for row in rows if row not in seated]


async def begin_ending(
    db: Database, new: Ending, until: int, readers: Iterable[str], archived: Iterable[str]
) -> bool:
    """Before the first row goes. Where it was begun already, what was said then stays.

    False when it is not kept until `until` any more, or has a workshop that is not among those `archived`: somebody
    said otherwise, or opened one, while its archive was made.
    """
    who, inside = sorted(set(readers)), set(archived)

    def work(connection: sa.Connection) -> bool:
        if _is_ending(connection, new.id):
            return True
        day = sa.select(retention.c.until).where(retention.c.programme == new.id)
        real = sa.select(workshops.c.id).where(
            workshops.c.programme == new.id,
            workshops.c.id.not_in(sa.select(rehearsals.c.workshop)),
        )
        if connection.scalar(day) != until or not inside.issuperset(connection.scalars(real)):
            return False
        row = {"id": new.id, "ended": new.ended, "totals": json.dumps(dict(new.totals))}
        row |= {"title": new.title, "kept_until": new.kept_until}
        connection.execute(endings.insert().values(row)).close()
        if who:
            rows = [{"ending": new.id, "account": one} for one in who]
            connection.execute(ending_readers.insert(), rows).close()
        return True

    return await db.write(work)


async def ended_at(db: Database, programme: str) -> int | None:
    """When its ending began, which may not be over."""
    async with db.read() as connection:
        query = sa.select(endings.c.ended).where(endings.c.id == programme)
        return (await connection.execute(query)).scalar()


def _is_ending(connection: sa.Connection, programme: str) -> bool:
    there = sa.select(endings.c.id).where(endings.c.id == programme)
    return connection.execute(there).first() is not None


async def endings_of(db: Database, account: str) -> list[Ending]:
    """Those whose archive this account may fetch, the newest first."""
    mine = sa.select(ending_readers.c.ending).where(ending_readers.c.account == account)
    query = sa.select(endings).where(endings.c.id.in_(mine), endings.c.kept_until.is_not(None))
    async with db.read() as connection:
        rows = await connection.execute(query.order_by(endings.c.ended.desc(), endings.c.id))
        return [_read(row) for row in rows]


async def archives_over(db: Database, now: int) -> list[str]:
    async with db.read() as connection:
        query = sa.select(endings.c.id).where(endings.c.kept_until <= now)
        return list((await connection.execute(query)).scalars())


async def forget_archive(db: Database, id: str) -> None:
    """After the file has gone: with it go the title and who could fetch it."""

    def work(connection: sa.Connection) -> None:
        connection.execute(ending_readers.delete().where(ending_readers.c.ending == id)).close()
        change = endings.update().where(endings.c.id == id).values(title=None, kept_until=None)
        connection.execute(change).close()

    await db.write(work)


def _read(row: sa.Row[*tuple[Any, ...]]) -> Ending:
    id, ended, totals, title, kept_until = row
    return Ending(id, ended, json.loads(totals), title, kept_until)
