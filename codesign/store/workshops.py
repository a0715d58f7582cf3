"""Which workshops there are, whose they are, and how often their links and codes were made anew.

Everything else about a workshop is in its stream.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.tables import meta, people, programmes, rehearsals, workshops


@dataclass(frozen=True, slots=True)
class Workshop:
    id: str
    programme: str
    created: int
    link_generation: int
    code_generation: int
    owner_account: str | None
    #: A keyed hash of the word at the door, which is asked for while the door says so.
    passphrase: str | None = None


async def workshop(db: Database, id: str) -> Workshop | None:
    async with db.read() as connection:
        row = (await connection.execute(_ALL.where(workshops.c.id == id))).first()
    return Workshop(*row) if row else None


async def every_workshop(db: Database) -> list[Workshop]:
    """All of them: to find the one that a link or a code opens."""
    async with db.read() as connection:
        return [Workshop(*row) for row in (await connection.execute(_ALL)).all()]


async def workshops_since(db: Database, created: int) -> list[Workshop]:
    """Those made at `created` or later."""
    async with db.read() as connection:
        found = await connection.execute(_ALL.where(workshops.c.created >= created))
        return [Workshop(*row) for row in found.all()]


async def workshops_of(db: Database, account: str) -> list[Workshop]:
    """Those the account owns or is a person in, the newest first; rehearsals are none of them."""
    mine = sa.select(people.c.workshop).where(people.c.account == account)
    query = _ALL.where(sa.or_(workshops.c.owner_account == account, workshops.c.id.in_(mine)))
    query = query.where(_IS_REAL).order_by(workshops.c.created.desc(), workshops.c.id)
    async with db.read() as connection:
        rows = await connection.execute(query)
        return [Workshop(*row) for row in rows.all()]


async def workshops_in(db: Database, programme: str, *, limit: int | None = 100) -> list[Workshop]:
    """Those of a programme, the oldest first."""
    query = _ALL.where(workshops.c.programme == programme, _IS_REAL)
    query = query.order_by(workshops.c.created, workshops.c.id).limit(limit)
    async with db.read() as connection:
        return [Workshop(*row) for row in (await connection.execute(query)).all()]


async def programme_title(db: Database, programme: str) -> str | None:
    async with db.read() as connection:
        query = sa.select(programmes.c.title).where(programmes.c.id == programme)
        return (await connection.execute(query)).scalar()


async def add_workshop(
    db: Database, new: Workshop, programme_title: str | None, *, rehearsal_of: str | None = None
) -> None:
    """A workshop made alone gets a programme of its own; without a title it joins the one that is there.

    `rehearsal_of`: it is a copy that is to go again, from its first moment on; of one workshop there is one at a time,
    and a second one raises IntegrityError.
    """

    def work(connection: sa.Connection) -> None:
        if programme_title is not None:
            programme = {"id": new.programme, "title": programme_title, "created": new.created}
            connection.execute(programmes.insert().values(programme))
        row = {column.name: getattr(new, column.name) for column in workshops.columns}
        connection.execute(workshops.insert().values(row))
        if rehearsal_of is not None:
            marked = {"workshop": new.id, "of": rehearsal_of}
            mark = rehearsals.insert().values(**marked, began=new.created, alive=new.created)
            connection.execute(mark)

    await db.write(work)


async def rotate(db: Database, id: str) -> None:
    """New link and new code; the old ones open nothing from now on."""
    change = workshops.update().where(workshops.c.id == id)
    change = change.values(
        link_generation=workshops.c.link_generation + 1,
        code_generation=workshops.c.code_generation + 1,
    )
    await db.write(lambda c: c.execute(change))


async def set_passphrase(db: Database, id: str, hash: str) -> None:
    change = workshops.update().where(workshops.c.id == id).values(passphrase=hash)
    await db.write(lambda c: c.execute(change))


async def adopt(db: Database, account: str) -> None:
    """Workshops without an owner, such as the demo, become those of the server's first account."""
    change = workshops.update().where(workshops.c.owner_account.is_(None), _IS_REAL)
    await db.write(lambda c: c.execute(change.values(owner_account=account)))


async def note(db: Database, key: str) -> str | None:
    """A word the product keeps about this database as a whole."""
    async with db.read() as connection:
        query = sa.select(meta.c.value).where(meta.c.key == key)
        return (await connection.execute(query)).scalar()


async def keep_note(db: Database, key: str, value: str) -> None:
    def work(connection: sa.Connection) -> None:
        connection.execute(meta.delete().where(meta.c.key == key))
        connection.execute(meta.insert().values(key=key, value=value))

    await db.write(work)


_IS_REAL = workshops.c.id.not_in(sa.select(rehearsals.c.workshop))

_ALL = sa.select(
    workshops.c.id,
    workshops.c.programme,
    workshops.c.created,
    workshops.c.link_generation,
    workshops.c.code_generation,
    workshops.c.owner_account,
    workshops.c.passphrase,
)
