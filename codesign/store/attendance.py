"""When people were there: from coming to going, written late and in one go. What is known is never erased."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from codesign.store.database import Database
from codesign.store.tables import attendance, entries

_KEEP = sa.text(
    "INSERT INTO attendance (workshop, person, came, went) VALUES (:workshop, :person, :came, :went)"
    " ON CONFLICT (workshop, person, came) DO UPDATE SET went = excluded.went"
)


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to when (ms) somebody was there; `went` is None while they are."""

    workshop: str
    person: str
    came: int
    went: int | None = None


async def keep(db: Database, stays: Iterable[Stay]) -> None:
    rows = [
        {"workshop": one.workshop, "person": one.person, "came": one.came, "went": one.went}
        for one in stays
    ]
    if rows:
        await db.write(lambda c: c.execute(_KEEP, rows).close())


async def end_open(db: Database, at: int) -> None:
    """After a server that died: who was there then was there until it was last known to live."""
    still = attendance.c.went.is_(None)
    went = sa.case((attendance.c.came > at, attendance.c.came), else_=at)
    await db.write(lambda c: c.execute(attendance.update().where(still).values(went=went)))


async def stays_of(db: Database, workshop: str) -> list[Stay]:
    query = sa.select(attendance).where(attendance.c.workshop == workshop)
    async with db.read() as connection:
        rows = await connection.execute(query.order_by(attendance.c.came, attendance.c.person))
        return [Stay(row.workshop, row.person, row.came, row.went) for row in rows]


async def steps_begun(db: Database, workshop: str) -> list[tuple[int, str | None]]:
    """When which step began, as the workshop's journal has it; None: when none was on any more."""
    of = entries.c.stream == f"workshop:{workshop}"
    query = sa.select(entries.c.at, entries.c.changes).where(
        of, entries.c.changes.like('%"step":%')
    )
    async with db.read() as connection:
        rows = (await connection.execute(query.order_by(entries.c.seq))).all()
    found: list[tuple[int, str | None]] = []
    for at, changes in rows:
        for change in json.loads(changes):
            fields = change.get("stream", {}).get("fields", {})
            if "step" in fields:
                found.append((int(at), fields["step"]))
    return found
