"""Brings a database to the schema of this release, or says in a sentence why not.

Each migration is one transaction on SQLite and on PostgreSQL alike: killed anywhere, it starts again from before.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from codesign.core.stream import new_id
from codesign.store.errors import SchemaTooNew, SchemaTooOld

#: The newest file in migrations/versions. Known here so that an ordinary start need not load Alembic.
HEAD = "0008"


def revision_of(connection: Connection) -> str | None:
    """None: nothing is in this database yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def prepare(connection: Connection) -> None:
    """Migrate to HEAD and see to it that there is an epoch. Inside the caller's transaction."""
    refuse_newer(connection)
    if revision_of(connection) != HEAD:
        _upgrade(connection)
    connection.execute(
        text("INSERT INTO meta (key, value) VALUES ('epoch', :epoch) ON CONFLICT DO NOTHING"),
        {"epoch": new_id(os.urandom(16))},
    )


def refuse_newer(connection: Connection) -> None:
    """Old code refuses new data."""
    revision = revision_of(connection)
    if revision is not None and revision > HEAD:
        raise SchemaTooNew(
            f"This database was written by a newer Codesign (schema {revision}; this one knows {HEAD}). "
            "Install that version, or restore a backup made with this one."
        )


def expect_current(connection: Connection) -> None:
    """For those who only read, and so cannot migrate."""
    refuse_newer(connection)
    revision = revision_of(connection)
    if revision is None:
        raise SchemaTooOld("There is nothing in this database yet. `codesign migrate` prepares it.")
    if revision != HEAD:
        raise SchemaTooOld(
            f"This database is at schema {revision}, and this Codesign needs {HEAD}. Run `codesign migrate`."
        )


def read_epoch(connection: Connection) -> str:
    return str(connection.execute(text("SELECT value FROM meta WHERE key = 'epoch'")).scalar_one())


def renew_epoch(connection: Connection) -> str:
    """After a restore: what browsers knew of the old life is fetched again (P1.5)."""
    epoch = new_id(os.urandom(16))
    connection.execute(text("UPDATE meta SET value = :epoch WHERE key = 'epoch'"), {"epoch": epoch})
    return epoch


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).parent / "migrations").replace("%", "%%")
    )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
