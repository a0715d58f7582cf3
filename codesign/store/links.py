"""Links that were given out for a role or a table. Their addresses never come here: only their hashes do."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.tables import links

_ALL = sa.select(links.c.id, links.c.workshop, links.c.role, links.c.at_table, links.c.created)


@dataclass(frozen=True, slots=True)
class Link:
    id: str
    workshop: str
    role: str
    table: str | None
    created: int


async def add_links(db: Database, new: list[tuple[Link, str]]) -> None:
    """Each with the hash of its address."""
    rows = [
        {
            "id": link.id,
            "hash": hash,
            "workshop": link.workshop,
            "role": link.role,
            "at_table": link.table,
            "created": link.created,
        }
        for link, hash in new
    ]
    await db.write(lambda c: c.execute(links.insert(), rows))


async def link(db: Database, hash: str) -> Link | None:
    """What an address opens."""
    async with db.read() as connection:
        row = (await connection.execute(_ALL.where(links.c.hash == hash))).first()
    return Link(*row) if row else None


async def links_of(db: Database, workshop: str) -> list[Link]:
    query = _ALL.where(links.c.workshop == workshop).order_by(links.c.created, links.c.id)
    async with db.read() as connection:
        return [Link(*row) for row in (await connection.execute(query)).all()]


async def end_link(db: Database, workshop: str, id: str) -> None:
    """It opens nothing from now on. Whoever came in by it stays in."""
    mine = (links.c.id == id) & (links.c.workshop == workshop)
    await db.write(lambda c: c.execute(links.delete().where(mine)))
