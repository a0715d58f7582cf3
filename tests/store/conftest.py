"""A database of each kind, and a journal of each kind."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from codesign.store.database import Database
from codesign.store.journal import Journal, open_journal
from codesign.store.memory import MemoryJournal
from tests.store.builders import At


@pytest.fixture
async def database(any_database_url: str) -> AsyncIterator[Database]:
    database = await Database.open(At(any_database_url))
    yield database
    await database.close()


@pytest.fixture(params=["memory", "sqlite_url", "pg_url"])
def journal_url(request: pytest.FixtureRequest) -> str | None:
    """None: in memory. Not an async fixture, which could not ask for another one by name."""
    return None if request.param == "memory" else request.getfixturevalue(request.param)


@pytest.fixture
async def journal(journal_url: str | None) -> AsyncIterator[Journal]:
    if journal_url is None:
        yield MemoryJournal()
        return
    database = await Database.open(At(journal_url))
    yield open_journal(database)
    await database.close()
