"""Reading and writing: one writer, readers that only read, and failures that leave everything as it was."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.database_sqlite import SqliteDatabase
from codesign.store.errors import AlreadyServed, CannotOpen, Unavailable
from codesign.store.journal import Journal, open_journal
from codesign.store.tables import programmes, workshops
from tests.store.builders import BOARD, OTHER, At, append, why


def run_python(code: str, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)


def run_and_kill(code: str, url: str, lines: int) -> int:
    """Kill it after it has printed so many numbers; the last one it did print."""
    command = [sys.executable, "-c", code, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        seen = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        return int([*seen, *process.stdout.read().split()][-1])


def add(name: str, connection: sa.Connection) -> None:
    connection.execute(programmes.insert().values(id=name, title=name, created=1))


async def names(database: Database) -> list[str]:
    async with database.read() as connection:
        found = await connection.execute(sa.select(programmes.c.id).order_by(programmes.c.id))
        return list(found.scalars())


async def test_what_is_written_is_read_after_it(database: Database) -> None:
    assert await database.write(lambda c: add("a", c) or "done") == "done"
    assert await names(database) == ["a"]


async def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    def work(connection: sa.Connection) -> None:
        add("a", connection)
        raise LookupError("half way")

    with pytest.raises(LookupError):
        await database.write(work)
    assert await names(database) == []


async def test_references_are_kept(database: Database) -> None:
    lost = workshops.insert().values(id="w", programme="nowhere", created=1)
    with pytest.raises(sa.exc.IntegrityError):
        await database.write(lambda c: c.execute(lost))


async def test_writes_side_by_side_all_arrive(database: Database) -> None:
    expected = [f"p{number:02}" for number in range(20)]
    await asyncio.gather(*(database.write(lambda c, name=name: add(name, c)) for name in expected))
    assert await names(database) == expected


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(Unavailable):
        async with database.read() as connection:
            await connection.execute(programmes.insert().values(id="a", title="a", created=1))
    assert await names(database) == []


async def test_a_reader_sees_one_moment(database: Database) -> None:
    count = sa.select(sa.func.count()).select_from(programmes)
    async with database.read() as connection:
        assert await connection.scalar(count) == 0
        await database.write(lambda c: add("a", c))
        assert await connection.scalar(count) == 0
    assert await names(database) == ["a"]


async def test_a_write_nobody_waits_for_any_more_is_still_done(database: Database) -> None:
    waiting = asyncio.ensure_future(database.write(lambda c: add("a", c)))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await database.write(lambda c: add("b", c))
    while await names(database) != ["a", "b"]:
        pass


async def test_the_epoch_and_the_work_outlast_the_process(any_database_url: str) -> None:
    first = await Database.open(At(any_database_url))
    await open_journal(first).append([append(BOARD, 0, 3, client="c")])
    await first.close()
    second = await Database.open(At(any_database_url))
    assert second.epoch == first.epoch
    assert len(second.epoch) == 22
    loaded = await open_journal(second).load(BOARD)
    assert loaded is not None
    assert loaded.head == 3
    await second.close()


async def test_beside_a_running_server_others_read_only(
    database: Database, prepared_url: str
) -> None:
    await open_journal(database).append([append(BOARD, 0)])
    beside = await Database.open(At(prepared_url), read_only=True)
    journal = open_journal(beside)
    assert await journal.streams() == [(BOARD, "w", 1)]
    assert why(await journal.append([append(BOARD, 1)])) == [Unavailable]
    with pytest.raises(CannotOpen):
        await beside.write(lambda c: add("a", c))
    await beside.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://somewhere/x", "not in mysql"),
        ("sqlite+aiosqlite://", "would forget"),
        ("sqlite+aiosqlite:////proc/nowhere/codesign.db", "cannot be written"),
        ("postgresql+asyncpg://nobody:pw@127.0.0.1:1/x", "cannot be reached"),
    ],
)
async def test_what_cannot_be_opened_is_said_in_a_sentence(url: str, said: str) -> None:
    with pytest.raises(CannotOpen, match=said) as raised:
        await Database.open(At(url))
    assert "pw" not in str(raised.value)
    assert str(raised.value).endswith(".")


# SQLite alone


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[SqliteDatabase]:
    database = await Database.open(At(sqlite_url))
    assert isinstance(database, SqliteDatabase)
    yield database
    await database.close()


@pytest.fixture
async def impatient(sqlite: SqliteDatabase) -> Journal:
    """A journal whose writer does not wait for a locked file."""
    await sqlite.writer.run(lambda: sqlite.writer.connection.execute("PRAGMA busy_timeout = 0"))
    return open_journal(sqlite)


async def test_the_writer_is_durable_and_strict(sqlite: SqliteDatabase) -> None:
    def pragma(name: str) -> object:
        return sqlite.writer.connection.execute(f"PRAGMA {name}").fetchone()[0]

    named = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    found = await sqlite.writer.run(lambda: [pragma(name) for name in named])
    assert found == ["wal", 2, 1, 1]


async def test_a_database_of_ours_is_for_nobody_else_to_read(sqlite: SqliteDatabase) -> None:
    files = list(sqlite.path.parent.glob("codesign.db*"))
    assert len(files) == 4
    assert {file.stat().st_mode & 0o077 for file in files} == {0}


async def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "codesign.db").write_text("A letter to the council, not a database. " * 40)
    with pytest.raises(CannotOpen, match="not a database"):
        await Database.open(At(f"sqlite+aiosqlite:///{tmp_path}/codesign.db"))


async def test_readers_cannot_checkpoint(sqlite: SqliteDatabase) -> None:
    await sqlite.write(lambda c: add("a", c))
    wal = sqlite.path.with_name("codesign.db-wal")
    size = wal.stat().st_size
    assert size > 0
    with pytest.raises(Unavailable):
        async with sqlite.read() as connection:
            await connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    assert wal.stat().st_size == size


async def test_a_second_process_cannot_write(sqlite: SqliteDatabase, sqlite_url: str) -> None:
    with pytest.raises(AlreadyServed, match="served by one process"):
        await Database.open(At(sqlite_url))
    code = (
        "import asyncio, sys; from codesign.store.database import Database\n"
        "class At: database_url = sys.argv[1]\n"
        "try: asyncio.run(Database.open(At))\n"
        "except Exception as error: print(type(error).__name__)"
    )
    done = await asyncio.to_thread(run_python, code, sqlite_url)
    assert done.stdout == "AlreadyServed\n"


async def test_while_another_program_holds_the_file_nothing_is_acked(
    sqlite: SqliteDatabase, impatient: Journal
) -> None:
    await impatient.append([append(BOARD, 0)])
    other = sqlite3.connect(sqlite.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    tick = [append(BOARD, 1, client="c"), append(OTHER, 0)]
    assert why(await impatient.append(tick)) == [Unavailable, Unavailable]
    with pytest.raises(Unavailable):
        await sqlite.write(lambda c: add("a", c))
    other.execute("ROLLBACK")
    other.close()
    assert await impatient.streams() == [(BOARD, "w", 1)]
    assert await impatient.append(tick) == [None, None]
    assert await impatient.streams() == [(BOARD, "w", 2), (OTHER, "w", 1)]


async def test_when_the_disk_is_full_nothing_is_acked_and_nothing_is_lost(
    sqlite: SqliteDatabase, impatient: Journal
) -> None:
    def limit(pages: int) -> None:
        sqlite.writer.connection.execute(f"PRAGMA max_page_count = {pages}")

    await sqlite.writer.run(lambda: limit(1))  # SQLite takes the size it has
    head = 0
    while await impatient.append([append(BOARD, head, client="c", n=head + 1)]) == [None]:
        head += 1
    assert why(await impatient.append([append(BOARD, head, 20), append(OTHER, 0, 20)])) == [
        Unavailable,
        Unavailable,
    ]
    loaded = await impatient.load(BOARD)
    assert loaded is not None
    assert loaded.head == head
    await sqlite.writer.run(lambda: limit(1 << 20))
    assert await impatient.append([append(BOARD, head, client="c", n=head + 1)]) == [None]


async def test_killed_at_any_moment_it_keeps_what_it_acked(sqlite_url: str, tmp_path: Path) -> None:
    code = (
        "import asyncio, sys; from codesign.store.database import Database\n"
        "from codesign.store.journal import open_journal\n"
        "from tests.store.builders import BOARD, At, append\n"
        "async def main():\n"
        "    journal = open_journal(await Database.open(At(sys.argv[1])))\n"
        "    loaded = await journal.load(BOARD)\n"
        "    head = loaded.head if loaded else 0\n"
        "    while [None] == await journal.append([append(BOARD, head, 2, client='c', n=head + 1)]):\n"
        "        head += 2\n"
        "        print(head, flush=True)\n"
        "asyncio.run(main())"
    )
    for acks in (1, 7, 40, 90):
        acked = await asyncio.to_thread(run_and_kill, code, sqlite_url, acks)
        database = await Database.open(At(sqlite_url))
        rows = await open_journal(database).entries(BOARD, 0)
        assert acked == 0 or len(rows) - acked in (
            0,
            2,
        )  # a commit may have been done and not yet told
        await database.close()


# PostgreSQL alone


async def test_when_postgresql_drops_us_nothing_is_acked_and_we_come_back(pg_url: str) -> None:
    database = await Database.open(At(pg_url))
    journal = open_journal(database)
    await journal.append([append(BOARD, 0)])
    others = sa.text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    )
    others = sa.text(f"{others} AND datname = current_database()")
    await database.write(lambda c: c.execute(others).close())
    head = 1
    for _ in range(10):
        (outcome,) = await journal.append([append(BOARD, head)])
        assert outcome is None or isinstance(outcome, Unavailable)
        head += outcome is None
    assert head > 1
    assert await journal.streams() == [(BOARD, "w", head)]
    await database.close()
