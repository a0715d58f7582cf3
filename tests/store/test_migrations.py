"""The schema: as the tables say, made in one piece, and never read by code that is too old for it."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from codesign.store import schema
from codesign.store.database import Database
from codesign.store.errors import SchemaTooNew, SchemaTooOld
from codesign.store.journal import open_journal
from codesign.store.tables import metadata
from tests.store.builders import BOARD, At, append

MIGRATIONS = Path(schema.__file__).parent / "migrations"


def differences(connection: sa.Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_the_migrations_make_the_tables(database: Database) -> None:
    assert await database.write(differences) == []


async def test_migrating_again_changes_nothing(any_database_url: str) -> None:
    epochs = set()
    for _ in range(2):
        database = await Database.open(At(any_database_url))
        epochs.add(database.epoch)
        await database.close()
    assert len(epochs) == 1


def test_the_newest_migration_is_the_one_that_a_start_looks_for() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_current_head() == schema.HEAD
    # They are compared as text, to tell newer from older.
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert sorted(revisions, reverse=True) == revisions


async def test_old_code_refuses_new_data(any_database_url: str) -> None:
    database = await Database.open(At(any_database_url))
    await database.write(lambda c: _set_revision(c, "9999"))
    await database.close()
    for read_only in (True, False):
        with pytest.raises(SchemaTooNew, match=r"newer Codesign \(schema 9999"):
            await Database.open(At(any_database_url), read_only=read_only)


async def test_who_only_reads_says_what_to_do_about_an_old_schema(any_database_url: str) -> None:
    database = await Database.open(At(any_database_url))
    await database.write(lambda c: _set_revision(c, "0000"))
    await database.close()
    with pytest.raises(SchemaTooOld, match="codesign migrate"):
        await Database.open(At(any_database_url), read_only=True)


# Kills itself just before the statement of this number.
CODE = """
import asyncio, os, signal, sys
import sqlalchemy as sa
from codesign.store.database import Database
from tests.store.builders import At
left = int(sys.argv[2])
def one_less(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
sa.event.listen(sa.Engine, "before_cursor_execute", one_less)
sa.event.listen(sa.Engine, "commit", one_less)
async def main():
    await (await Database.open(At(sys.argv[1]))).close()
asyncio.run(main())
"""


def migrate_and_die(url: str, statement: int) -> int:
    return subprocess.run([sys.executable, "-c", CODE, url, str(statement)], timeout=60).returncode


@pytest.mark.parametrize("statement", [2, 7, 20, 33])
async def test_a_migration_killed_anywhere_starts_again(
    any_database_url: str, statement: int
) -> None:
    assert await asyncio.to_thread(migrate_and_die, any_database_url, statement) == -signal.SIGKILL
    database = await Database.open(At(any_database_url))
    assert await database.write(differences) == []
    assert await open_journal(database).append([append(BOARD, 0)]) == [None]
    await database.close()


async def test_two_that_start_at_once_on_postgresql_migrate_once(pg_url: str) -> None:
    databases = await asyncio.gather(*(Database.open(At(pg_url)) for _ in range(3)))
    assert len({database.epoch for database in databases}) == 1
    for database in databases:
        await database.close()


def _set_revision(connection: sa.Connection, revision: str) -> None:
    connection.execute(
        sa.text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision}
    )
