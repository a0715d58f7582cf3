"""Databases that are migrated already: migrating is most of what opening an empty one costs; few tests are about it.

They have no epoch yet, so that each gets its own when it is opened.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from codesign.store import schema
from tests.services import Postgres


def lay_sqlite(path: Path) -> None:
    """Unless there is one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o600)
        path.write_bytes(_sqlite())


@functools.cache
def _sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "prepared.db"
        engine = sa.create_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            _prepare(connection)
        engine.dispose()
        return path.read_bytes()


@asynccontextmanager
async def postgres_database(server: Postgres) -> AsyncIterator[str]:
    """As `server.database()`, migrated."""
    async with server.database(prepare=_prepare_postgres) as url:
        yield url


async def _prepare_postgres(url: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(_prepare)
    await engine.dispose()


def _prepare(connection: sa.Connection) -> None:
    schema.prepare(connection)
    connection.execute(sa.text("DELETE FROM meta WHERE key = 'epoch'"))
