"""A journal of each kind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from codesign.store.database import Database
from codesign.store.journal import Journal, open_journal
from codesign.store.memory import MemoryJournal


@pytest.fixture(params=["memory", "sqlite"])
async def journal(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Journal]:
    if request.param == "memory":
        yield MemoryJournal()
        return

    class S:
        database_url = f"sqlite+aiosqlite:///{tmp_path}/codesign.db"

    database = await Database.open(S)
    yield open_journal(database)
    await database.close()
