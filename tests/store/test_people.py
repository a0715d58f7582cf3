"""Accounts, links, sessions and seats, on every kind of database."""

from __future__ import annotations

import asyncio

from codesign.store import people, workshops
from codesign.store.database import Database
from codesign.store.people import Account, Person, Session
from codesign.store.workshops import Workshop


async def test_a_one_time_link_opens_once(database: Database) -> None:
    await people.add_account(database, Account("ana", "Ana", None, None, 1))
    await people.add_one_time_link(database, "hash", "ana", 10)
    assert await people.link_account(database, "hash", 5) == "ana"
    assert await people.use_link(database, "hash", 5) == "ana"
    assert await people.use_link(database, "hash", 5) is None
    assert await people.link_account(database, "hash", 5) is None


async def test_a_one_time_link_runs_out(database: Database) -> None:
    await people.add_account(database, Account("ana", "Ana", None, None, 1))
    await people.add_one_time_link(database, "hash", "ana", 10)
    assert await people.link_account(database, "hash", 10) is None
    assert await people.use_link(database, "hash", 10) is None


async def test_a_seat_can_be_taken_twice_at_once(database: Database) -> None:
    """A button pressed twice: on PostgreSQL both are on their way at the same time."""
    await workshops.add_workshop(database, Workshop("w", "p", 1, 1, 1, None), "Trees")
    for name in ("ana", "bo"):
        await people.add_person(database, Person(name, "w", None), 1, f"return {name}")
    await people.open_session(database, Session("s", None, 1, 1, 9))
    await asyncio.gather(*(people.take_seat(database, "s", "w", "ana") for _ in range(8)))
    assert await people.seat(database, "s", "w") == "ana"
    await people.take_seat(database, "s", "w", "bo")
    assert await people.seat(database, "s", "w") == "bo"
