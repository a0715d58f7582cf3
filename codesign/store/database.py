"""The open database: its epoch, one way to read and one way to write. The two bodies are in their own files.

The hot path of the journal goes past SQLAlchemy (journal_sqlite.py, journal_postgres.py) but through the same door.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from codesign.store.errors import CannotOpen, Unavailable

T = TypeVar("T")


class HasUrl(Protocol):
    @property
    def database_url(self) -> str: ...


class Database(ABC):
    """Made by `open`; `close` it, or the threads of its readers keep the process alive."""

    kind: Literal["sqlite", "postgresql"]
    #: One life of this database (P1.5).
    epoch: str
    _readers: AsyncEngine

    @staticmethod
    async def open(settings: HasUrl, *, read_only: bool = False) -> Database:
        """Migrated and ready. `read_only` takes no lock and changes nothing: for commands beside a running server."""
        url = make_url(settings.database_url)
        match url.get_backend_name():
            case "sqlite":
                from codesign.store.database_sqlite import SqliteDatabase

                return await SqliteDatabase.begin(url, read_only=read_only)
            case "postgresql":
                try:
                    from codesign.store.database_postgres import PostgresDatabase
                except ModuleNotFoundError:
                    raise CannotOpen(
                        "PostgreSQL needs one more package: pip install 'codesign[cluster]'."
                    ) from None
                return await PostgresDatabase.begin(url, read_only=read_only)
            case other:
                raise CannotOpen(
                    f"Codesign keeps its data in SQLite or PostgreSQL, not in {other}."
                )

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One view of the data for as long as the block lasts; it cannot write."""
        async with unavailable_when_broken(), self._readers.connect() as connection:
            yield connection

    @abstractmethod
    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        """Run a plain function in one transaction of its own. It is not cancelled with whoever waits for it."""

    @abstractmethod
    async def scrub(self, *tables: str) -> None:
        """Overwrites what was deleted from these tables, wherever the database still keeps it.

        Raises Unavailable while somebody reads what was there before; then it is to be asked again.
        """

    @abstractmethod
    async def close(self) -> None: ...


@asynccontextmanager
async def unavailable_when_broken() -> AsyncIterator[None]:
    """What a driver says of locked files, full disks and lost servers, in one word of ours."""
    try:
        yield
    except sa.exc.IntegrityError:
        raise  # the asker's own doing, and for the asker to read
    except (DBAPIError, sa.exc.TimeoutError, OSError) as error:  # TimeoutError is an OSError
        raise Unavailable(str(error.orig if isinstance(error, DBAPIError) else error)) from error


def name_of(url: URL) -> str:
    """What a person calls this database: its file, or its address without the password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.set(drivername="postgresql").render_as_string()
