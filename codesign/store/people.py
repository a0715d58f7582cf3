"""Accounts, the browsers they and guests use, and which person a browser is in a workshop.

Tokens never come here: only their hashes do.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.tables import accounts, one_time_links, people, seats, sessions

_TAKE_SEAT = sa.text(
    "INSERT INTO seats (session, workshop, person) VALUES (:session, :workshop, :person)"
    " ON CONFLICT (session, workshop) DO UPDATE SET person = excluded.person"
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who prepares workshops. Without a name yet when nobody has signed in with it."""

    id: str
    name: str
    email: str | None
    password_hash: str | None
    created: int


@dataclass(frozen=True, slots=True)
class Session:
    """One browser, signed in when it has an account."""

    hash: str
    account: str | None
    created: int
    seen: int
    expires: int


@dataclass(frozen=True, slots=True)
class Person:
    """An identity within one workshop; the name and the rest are in the workshop's stream."""

    id: str
    workshop: str
    account: str | None


# Accounts


async def account(db: Database, id: str) -> Account | None:
    return await _one_account(db, accounts.c.id == id)


async def first_account(db: Database) -> Account | None:
    """The oldest one: whoever the server belongs to."""
    return await _one_account(db, sa.true())


async def accounts_named(db: Database, login: str) -> list[Account]:
    """Accounts with this name or e-mail address, whatever the case. Names may be shared."""
    wanted = login.casefold()
    async with db.read() as connection:
        rows = (await connection.execute(sa.select(accounts).order_by(accounts.c.created))).all()
    # In Python: SQLite lowers ASCII only, and a server has few accounts.
    found = (_account(row) for row in rows)
    return [
        a for a in found if wanted and wanted in (a.name.casefold(), (a.email or "").casefold())
    ]


async def add_account(db: Database, new: Account) -> None:
    await db.write(lambda c: c.execute(accounts.insert().values(_values(new))))


async def name_account(db: Database, id: str, name: str, email: str | None) -> bool:
    """False when another account has this address."""
    change = accounts.update().where(accounts.c.id == id).values(name=name, email=email)
    try:
        await db.write(lambda c: c.execute(change))
    except sa.exc.IntegrityError:
        return False
    return True


async def set_password(
    db: Database, id: str, password_hash: str, *, keep: str | None = None
) -> list[str]:
    """The account's sessions but the one to `keep` end with the old password; they are returned, for their sockets."""
    change = accounts.update().where(accounts.c.id == id).values(password_hash=password_hash)
    others = (sessions.c.account == id) & (sessions.c.hash != (keep or ""))

    def work(connection: sa.Connection) -> list[str]:
        connection.execute(change)
        ended = list(connection.execute(sa.select(sessions.c.hash).where(others)).scalars())
        connection.execute(seats.delete().where(seats.c.session.in_(ended)))
        connection.execute(sessions.delete().where(sessions.c.hash.in_(ended)))
        return ended

    return await db.write(work)


# One-time links


async def add_one_time_link(db: Database, hash: str, account: str, expires: int) -> None:
    row = {"hash": hash, "account": account, "expires": expires}
    await db.write(lambda c: c.execute(one_time_links.insert().values(row)))


async def link_account(db: Database, hash: str, now: int) -> str | None:
    """Whose link this is, while it can still be used."""
    query = sa.select(one_time_links.c.account).where(*_usable(hash, now))
    async with db.read() as connection:
        return (await connection.execute(query)).scalar()


async def use_link(db: Database, hash: str, now: int) -> str | None:
    """The same, and nobody can use it again: of two who try at once one gets it."""

    def work(connection: sa.Connection) -> str | None:
        found = connection.execute(
            one_time_links.update()
            .where(*_usable(hash, now))
            .values(used=now)
            .returning(one_time_links.c.account)
        )
        return found.scalar()

    return await db.write(work)


# Sessions


async def session(db: Database, hash: str, now: int) -> Session | None:
    query = sa.select(sessions).where(sessions.c.hash == hash, sessions.c.expires > now)
    async with db.read() as connection:
        row = (await connection.execute(query)).first()
    return Session(*row) if row else None


async def open_session(db: Database, new: Session, instead_of: str | None = None) -> None:
    """A new session; the seats of the one it replaces move over, and that one is gone."""

    def work(connection: sa.Connection) -> None:
        row = {c.name: getattr(new, c.name) for c in sessions.columns}
        connection.execute(sessions.insert().values(row))
        if instead_of is not None:
            moved = seats.update().where(seats.c.session == instead_of).values(session=new.hash)
            connection.execute(moved)
            connection.execute(sessions.delete().where(sessions.c.hash == instead_of))

    await db.write(work)


async def keep_session(db: Database, hash: str, seen: int, expires: int) -> None:
    change = sessions.update().where(sessions.c.hash == hash).values(seen=seen, expires=expires)
    await db.write(lambda c: c.execute(change))


async def close_session(db: Database, hash: str) -> None:
    def work(connection: sa.Connection) -> None:
        connection.execute(seats.delete().where(seats.c.session == hash))
        connection.execute(sessions.delete().where(sessions.c.hash == hash))

    await db.write(work)


# People and seats


async def add_person(db: Database, new: Person, created: int, return_hash: str) -> None:
    """Added once: a form that is sent twice makes one person."""
    row = {
        "id": new.id,
        "workshop": new.workshop,
        "account": new.account,
        "created": created,
        "return_hash": return_hash,
    }

    def work(connection: sa.Connection) -> None:
        known = connection.execute(sa.select(people.c.id).where(people.c.id == new.id)).first()
        if known is None:
            connection.execute(people.insert().values(row))

    with suppress(sa.exc.IntegrityError):  # another process was first
        await db.write(work)


async def person(db: Database, id: str) -> Person | None:
    query = sa.select(people.c.id, people.c.workshop, people.c.account).where(people.c.id == id)
    async with db.read() as connection:
        row = (await connection.execute(query)).first()
    return Person(*row) if row else None


async def person_of_account(db: Database, account: str, workshop: str) -> str | None:
    query = sa.select(people.c.id).where(people.c.account == account, people.c.workshop == workshop)
    async with db.read() as connection:
        return (await connection.execute(query.order_by(people.c.created))).scalar()


async def returning(db: Database, return_hash: str) -> Person | None:
    """Whose personal return link this is."""
    query = sa.select(people.c.id, people.c.workshop, people.c.account)
    async with db.read() as connection:
        row = (await connection.execute(query.where(people.c.return_hash == return_hash))).first()
    return Person(*row) if row else None


async def take_seat(db: Database, session: str, workshop: str, person: str) -> None:
    """This browser is this person in the workshop from now on. A form sent twice at once is no error."""
    row = {"session": session, "workshop": workshop, "person": person}
    await db.write(lambda c: c.execute(_TAKE_SEAT, row).close())


async def leave_seat(db: Database, session: str, workshop: str) -> None:
    mine = (seats.c.session == session) & (seats.c.workshop == workshop)
    await db.write(lambda c: c.execute(seats.delete().where(mine)))


async def seats_of(db: Database, session: str) -> list[tuple[str, str]]:
    """Every workshop this browser has a seat in, and who it is there."""
    query = sa.select(seats.c.workshop, seats.c.person).where(seats.c.session == session)
    async with db.read() as connection:
        rows = await connection.execute(query.order_by(seats.c.workshop))
        return [(str(workshop), str(person)) for workshop, person in rows]


async def seat(db: Database, session: str, workshop: str) -> str | None:
    """Who this browser is in the workshop."""
    query = sa.select(seats.c.person).where(
        seats.c.session == session, seats.c.workshop == workshop
    )
    async with db.read() as connection:
        return (await connection.execute(query)).scalar()


async def sessions_of(db: Database, person: str) -> list[str]:
    """The browsers somebody uses, as hashes: to close their sockets."""
    async with db.read() as connection:
        query = sa.select(seats.c.session).where(seats.c.person == person)
        return list((await connection.execute(query)).scalars())


async def _one_account(db: Database, where: sa.ColumnElement[bool]) -> Account | None:
    query = sa.select(accounts).where(where).order_by(accounts.c.created, accounts.c.id).limit(1)
    async with db.read() as connection:
        row = (await connection.execute(query)).first()
    return _account(row) if row else None


def _account(row: sa.Row[tuple[str, str, str | None, str | None, int]]) -> Account:
    return Account(row.id, row.name, row.email, row.password_hash, row.created)


def _values(new: Account) -> dict[str, object]:
    return {column.name: getattr(new, column.name) for column in accounts.columns}


def _usable(hash: str, now: int) -> list[sa.ColumnElement[bool]]:
    return [
        one_time_links.c.hash == hash,
        one_time_links.c.used.is_(None),
        one_time_links.c.expires > now,
    ]
