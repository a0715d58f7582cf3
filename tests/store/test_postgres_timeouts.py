"""A PostgreSQL that is blocked, or does not answer at all, is a refusal in time; when it is well again, so are we."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from codesign.store import database_postgres, journal_postgres
from codesign.store.database import Database
from codesign.store.database_postgres import dsn_of
from codesign.store.errors import Unavailable
from codesign.store.journal import Journal, open_journal
from tests.services import Postgres
from tests.store.builders import BOARD, At, append


@pytest.fixture
async def database(pg_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """With the patience of a test."""
    short = {"STATEMENT_SECONDS": 1.0, "LOCK_SECONDS": 0.3, "ANSWER_SECONDS": 1.5}
    for name, seconds in short.items():
        monkeypatch.setattr(database_postgres, name, seconds)
    monkeypatch.setattr(journal_postgres, "ANSWER_SECONDS", short["ANSWER_SECONDS"])
    database = await Database.open(At(pg_url))
    yield database
    await database.close()


async def test_what_waits_for_somebody_elses_lock_is_refused_in_time(
    database: Database, pg_url: str
) -> None:
    journal = open_journal(database)
    assert await journal.append([append(BOARD, 0)]) == [None]
    other = await asyncpg.connect(dsn_of(make_url(pg_url)))
    async with other.transaction():
        await other.execute("LOCK TABLE streams IN ACCESS EXCLUSIVE MODE")
        await everything_is_refused(database, journal, 2)
    await other.close()
    assert await journal.append([append(BOARD, 1)]) == [None]
    assert await journal.streams() == [(BOARD, "w", 2)]


async def test_a_statement_that_takes_too_long_is_ended(database: Database) -> None:
    with pytest.raises(Unavailable):
        await database.write(lambda c: c.execute(sa.text("SELECT pg_sleep(20)")).close())
    await database.write(lambda c: c.execute(sa.text("SELECT 1")).close())


async def test_a_server_that_does_not_answer_is_no_reason_to_wait_for_ever(
    database: Database, postgres: Postgres
) -> None:
    journal = open_journal(database)
    assert await journal.append([append(BOARD, 0, client="c")]) == [None]
    with stopped(postgres):
        await everything_is_refused(database, journal, 4)
    head = await until_it_answers(journal)
    # Of what nobody was told, PostgreSQL may have done what had reached it.
    assert head in (1, 2)
    for _ in range(6):
        (outcome,) = await journal.append([append(BOARD, head)])
        if outcome is None:
            break
        head = await until_it_answers(journal)
    assert outcome is None
    assert [row.entry.seq for row in await journal.entries(BOARD, 0)] == [*range(1, head + 2)]


async def test_closing_does_not_wait_for_a_server_that_does_not_answer(
    database: Database, postgres: Postgres
) -> None:
    await open_journal(database).append([append(BOARD, 0)])
    with stopped(postgres):
        before = time.monotonic()
        await database.close()
        assert time.monotonic() - before < 5


async def everything_is_refused(database: Database, journal: Journal, seconds: float) -> None:
    """An append, a read and a write side by side: each hears of it in time."""
    before = time.monotonic()
    write = database.write(lambda c: c.execute(sa.text("SELECT head FROM streams")).close())
    outcomes = await asyncio.gather(
        journal.append([append(BOARD, 1)]), journal.streams(), write, return_exceptions=True
    )
    assert time.monotonic() - before < seconds
    appended, *others = outcomes
    assert isinstance(appended, list)
    assert [type(one) for one in (*appended, *others)] == [Unavailable] * 3


async def until_it_answers(journal: Journal) -> int:
    async with asyncio.timeout(20):
        while True:
            try:
                ((_, _, head),) = await journal.streams()
                return head
            except Unavailable:
                continue


@contextmanager
def stopped(postgres: Postgres) -> Iterator[None]:
    """The server and all its processes stand still, as when the machine they are on does."""
    assert postgres._process is not None
    first = postgres._process.pid
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    processes = [first, *map(int, children)]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)
