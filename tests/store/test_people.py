"""Accounts, links, sessions and seats, on every kind of database."""

from __future__ import annotations

from codesign.store import people
from codesign.store.database import Database
from codesign.store.people import Account


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
