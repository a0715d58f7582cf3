"""Rehearsals: which workshops are copies, of which, and whether a server still holds them."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.tables import rehearsals


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A copy, and the workshop it is of."""

    workshop: str
    of: str
    began: int
    #: When the server that holds it last said so.
    alive: int


async def rehearsal(db: Database, copy: str) -> Rehearsal | None:
    return await _one(db, rehearsals.c.workshop == copy)


async def rehearsal_of(db: Database, workshop: str) -> Rehearsal | None:
    """The one that is on, of this workshop."""
    return await _one(db, rehearsals.c.of == workshop)


async def every_rehearsal(db: Database) -> list[Rehearsal]:
    async with db.read() as connection:
        rows = await connection.execute(sa.select(rehearsals).order_by(rehearsals.c.began))
        return [Rehearsal(*row) for row in rows]


async def still_there(db: Database, copy: str, now: int) -> bool:
    """Says that its server lives. False: somebody else has ended it."""
    change = rehearsals.update().where(rehearsals.c.workshop == copy).values(alive=now)
    return await db.write(lambda c: c.execute(change).rowcount == 1)


async def _one(db: Database, where: sa.ColumnElement[bool]) -> Rehearsal | None:
    async with db.read() as connection:
        row = (await connection.execute(sa.select(rehearsals).where(where))).first()
    return Rehearsal(*row) if row else None
