"""A database of each kind, and a journal of each kind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from codesign.store.database import Database
from codesign.store.journal import Journal, open_journal
from codesign.store.memory import MemoryJournal
from tests.services import Postgres
from tests.store.builders import At
from tests.store.prepared import lay_sqlite, postgres_database


@pytest.fixture
def prepared_sqlite_url(sqlite_url: str, tmp_path: Path) -> str:
    lay_sqlite(tmp_path / "codesign.db")
    return sqlite_url


@pytest.fixture
async def prepared_pg_url(postgres: Postgres) -> AsyncIterator[str]:
    async with postgres_database(postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def prepared_url(request: pytest.FixtureRequest) -> str:
    """A database for one test, which runs once on each kind: migrated, so that opening it is quick."""
    name = {"sqlite": "prepared_sqlite_url", "postgresql": "prepared_pg_url"}[request.param]
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
async def database(prepared_url: str) -> AsyncIterator[Database]:
    database = await Database.open(At(prepared_url))
    yield database
    await database.close()


@pytest.fixture(params=["memory", "prepared_sqlite_url", "prepared_pg_url"])
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
