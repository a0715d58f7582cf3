"""How a workshop's report is to be told, and the link by which others read it. What it tells is in the streams."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.tables import reports


@dataclass(frozen=True, slots=True)
class Kept:
    """`version` counts changes of the plan; `link` those of the link, of which only the last is one."""

    plan: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    link: int = 0
    is_shared: bool = False
    names: bool = False
    passphrase: str | None = None


async def report(db: Database, workshop: str) -> Kept:
    query = sa.select(
        *(reports.c.plan, reports.c.version, reports.c.link),
        *(reports.c.is_shared, reports.c.names, reports.c.passphrase),
    )
    async with db.read() as connection:
        row = (await connection.execute(query.where(reports.c.workshop == workshop))).first()
    if row is None:
        return Kept()
    return Kept(json.loads(row[0]), row[1], row[2], bool(row[3]), bool(row[4]), row[5])


async def keep_plan(db: Database, workshop: str, plan: dict[str, Any], version: int) -> bool:
    """False where somebody else has changed it since `version`: then nothing is changed."""

    def work(connection: sa.Connection) -> bool:
        _begin(connection, workshop)
        change = reports.update().where(reports.c.workshop == workshop)
        change = change.where(reports.c.version == version)
        words = json.dumps(plan, ensure_ascii=False)
        return connection.execute(change.values(plan=words, version=version + 1)).rowcount == 1

    return await db.write(work)


async def share(db: Database, workshop: str, *, names: bool, passphrase: str | None) -> None:
    """A new link, with or without names; the one before opens nothing any more."""
    await _change(
        db,
        workshop,
        {"is_shared": 1, "names": int(names), "passphrase": passphrase, "link": reports.c.link + 1},
    )


async def revoke(db: Database, workshop: str) -> None:
    gone = {"is_shared": 0, "passphrase": None, "link": reports.c.link + 1}
    await _change(db, workshop, gone)


async def _change(db: Database, workshop: str, values: dict[str, Any]) -> None:
    def work(connection: sa.Connection) -> None:
        _begin(connection, workshop)
        connection.execute(reports.update().where(reports.c.workshop == workshop).values(**values))

    await db.write(work)


def _begin(connection: sa.Connection, workshop: str) -> None:
    """The row, where there is none yet."""
    known = connection.execute(sa.select(reports.c.workshop).where(reports.c.workshop == workshop))
    if known.first() is None:
        connection.execute(reports.insert().values(workshop=workshop, plan="{}"))
