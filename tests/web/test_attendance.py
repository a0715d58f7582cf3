"""Attendance: what is written of coming and going, across restarts, and what those who lead are shown."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from codesign.live.attendance import ALIVE, GRACE_MS, Attendance
from codesign.store import attendance, workshops
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from tests.web.browsing import Walk, walking

MINUTE = 60_000


def book(walk: Walk) -> Attendance:
    found = walk.house.rooms.pages.attendance
    assert found is not None
    return found


async def pass_time(walk: Walk, ms: int) -> None:
    """The clock moves, and what is due then is done."""
    walk.clock.ms += ms
    walk.house.rooms.schedule.run_due()
    await walk.house.rooms.settle()
    walk.clock.ms += 4_000
    walk.house.rooms.schedule.run_due()
    await walk.house.rooms.settle()
    walk.clock.ms -= 4_000


async def stays(walk: Walk, opened: Opened) -> list[tuple[int, int | None]]:
    found = await attendance.stays_of(walk.house.database, opened.workshop)
    return [(one.came, one.went) for one in found]


async def test_who_is_back_in_a_moment_has_not_been_away(walk: Walk) -> None:
    opened = await walk.workshop(None)
    start = walk.clock.ms
    book(walk).come(opened.workshop, "nino")
    await pass_time(walk, MINUTE)
    assert await stays(walk, opened) == [(start, None)]
    book(walk).go(opened.workshop, "nino")
    await pass_time(walk, GRACE_MS - 30_000)
    book(walk).come(opened.workshop, "nino")
    await pass_time(walk, 10 * MINUTE)
    assert await stays(walk, opened) == [(start, None)]
    book(walk).go(opened.workshop, "nino")
    went = walk.clock.ms
    await pass_time(walk, GRACE_MS)
    assert await stays(walk, opened) == [(start, went)]


async def test_nothing_is_written_for_pages_that_come_and_go(walk: Walk) -> None:
    opened = await walk.workshop(None)
    kept: list[int] = []
    real = attendance.keep

    async def counting(db: object, rows: object) -> None:
        kept.append(len(list(rows)))  # type: ignore[call-overload]

    attendance.keep = counting  # type: ignore[assignment]
    try:
        for at in range(300):
            book(walk).come(opened.workshop, f"guest {at}")
        for _ in range(50):
            book(walk).go(opened.workshop, "guest 1")
            book(walk).come(opened.workshop, "guest 1")
        await pass_time(walk, 4_000)
    finally:
        attendance.keep = real
    assert kept == [300]


async def test_a_clean_stop_and_a_kill_both_leave_the_truth(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        opened = await walk.workshop(None)
        start = walk.clock.ms
        book(walk).come(opened.workshop, "nino")
        walk.clock.ms += MINUTE
        await walk.house.rooms.settle()
    async with walking(tmp_path) as walk:
        assert await stays(walk, opened) == [(start, start + MINUTE)]
        # As a server that died leaves it: open, with its last sign of life.
        await attendance.keep(
            walk.house.database, [attendance.Stay(opened.workshop, "nino", start + 2 * MINUTE)]
        )
        await workshops.keep_note(walk.house.database, ALIVE, str(start + 9 * MINUTE))
        await walk.house.rooms.settle()
    async with walking(tmp_path) as walk:
        assert (await stays(walk, opened))[-1] == (start + 2 * MINUTE, start + 9 * MINUTE)


async def test_those_who_lead_see_who_was_there_by_step_and_by_city(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    lead = await walk.person(opened, "Elira Hoxha")
    page = f"/workshops/{opened.workshop}/attendance"
    await elira.get(page)
    assert "Nobody has been in the room yet." in elira.text
    await walk.guest(opened, "Nino", 0)
    await walk.guest(opened, "=Luka", 1)
    nino, luka = [await walk.person(opened, name) for name in ("Nino", "=Luka")]
    welcome, vote = make_id(), make_id()
    for id, order, title in ((welcome, "a0", "Welcome"), (vote, "a1", "Vote")):
        step = {"type": "add_step", "id": id, "order": order, "title": title}
        await walk.house.rooms.ask(f"desk:{opened.workshop}", step, person=lead)
    stream, before = f"workshop:{opened.workshop}", None
    for id, person in ((welcome, nino), (vote, luka)):
        start = {"type": "start_step", "step": id, "from": before}
        await walk.house.rooms.ask(stream, start, person=lead)
        before = id
        book(walk).come(opened.workshop, person)
        await pass_time(walk, 10 * MINUTE)
    book(walk).go(opened.workshop, nino)
    await pass_time(walk, 5 * MINUTE)
    await elira.get(page)
    assert "By city" in elira.text
    assert "Kutaisi 1 1 1 Niš 1 – 1" in elira.text
    answer = await elira.get(f"{page}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][-3:] == ["Minutes", "Welcome", "Vote"]
    found = {row[0]: (row[1], row[5:], bool(row[4])) for row in rows[1:]}
    assert found == {
        "Nino": ("Kutaisi", ["20", "10", "10"], True),
        "'=Luka": ("Niš", ["15", "0", "15"], False),
    }
