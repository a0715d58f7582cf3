"""What is known of uploaded pictures. Where their bytes lie, and how they are made safe, is said elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.tables import files


@dataclass(frozen=True, slots=True)
class File:
    id: str
    workshop: str
    media_type: str
    width: int
    height: int
    bytes: int
    created: int


async def add_file(db: Database, new: File) -> None:
    row = {column.name: getattr(new, column.name) for column in files.columns}
    await db.write(lambda c: c.execute(files.insert().values(row)))


async def file(db: Database, id: str) -> File | None:
    async with db.read() as connection:
        row = (await connection.execute(sa.select(files).where(files.c.id == id))).first()
    return File(*row) if row else None


async def files_of(db: Database, workshop: str) -> list[File]:
    async with db.read() as connection:
        rows = await connection.execute(sa.select(files).where(files.c.workshop == workshop))
        return [File(*row) for row in rows]


async def every_file(db: Database) -> list[File]:
    async with db.read() as connection:
        return [File(*row) for row in await connection.execute(sa.select(files))]


async def forget_files(db: Database, ids: Sequence[str]) -> None:
    """Their rows; a picture without a row is shown to nobody."""
    if ids:
        gone = files.delete().where(files.c.id.in_(ids))
        await db.write(lambda c: c.execute(gone).close())


async def bytes_of(db: Database, workshop: str) -> int:
    """How much a workshop's pictures take up."""
    query = sa.select(sa.func.coalesce(sa.func.sum(files.c.bytes), 0))
    async with db.read() as connection:
        return int(
            (await connection.execute(query.where(files.c.workshop == workshop))).scalar_one()
        )
