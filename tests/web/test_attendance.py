"""Attendance: what is written of coming and going, across restarts, and what those who lead are shown."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from codesign.live.attendance import ALIVE, GRACE_MS, Attendance
from codesign.store import attendance, workshops
from codesign.web.access import state_of
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
    assert rows[0][5:8] == ["Minutes", "Welcome", "Vote"]
    found = {row[0]: (row[1], row[5:8], bool(row[4])) for row in rows[1:]}
    assert found == {
        "Nino": ("Kutaisi", ["20", "10", "10"], True),
        "'=Luka": ("Niš", ["15", "0", "15"], False),
    }


async def test_a_correction_stands_beside_what_was_measured_until_it_is_taken_back(
    walk: Walk,
) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    lead = await walk.person(opened, "Elira Hoxha")
    await walk.guest(opened, "Nino", 0)
    nino = await walk.person(opened, "Nino")
    start = walk.clock.ms - walk.clock.ms % MINUTE
    walk.clock.ms = start
    book(walk).come(opened.workshop, nino)
    await pass_time(walk, 10 * MINUTE)
    stream, desk = f"workshop:{opened.workshop}", f"desk:{opened.workshop}"
    nana = {"type": "add_person", "person": make_id(), "name": "Nana"}
    await walk.house.rooms.ask(stream, nana, person=lead)
    page = f"/workshops/{opened.workshop}/attendance"
    await elira.get(page)
    assert "without a device" in elira.text
    assert "Counted apart: 1 of them without a device." in elira.text
    came = datetime.fromtimestamp((start + 5 * MINUTE) / 1000, UTC).strftime("%Y-%m-%dT%H:%M")
    said = {"person": nino, "there": "yes", "came": came, "offset": "0"}
    await elira.post(page, **said)
    await elira.get(page)
    assert "Corrected:" in elira.text
    assert "by Elira Hoxha" in elira.text
    answer = await elira.get(f"{page}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Minutes"], row["Minutes, as it counts"]) for row in rows] == [
        ("10", "5"),
        ("", "0"),
    ]
    assert (rows[0]["Corrected by"], rows[1]["Device"]) == ("Elira Hoxha", "without a device")
    state = await state_of(walk.house, desk)
    assert state is not None
    (correction,) = state.of_kind("correction")
    await elira.post(page, take_back=correction["id"])
    await elira.get(page)
    assert "Corrected:" not in elira.text
    answer = await elira.get(f"{page}.csv")
    assert "Elira" not in answer.content.decode("utf-8-sig").split("Nino")[1].split("Nana")[0]


async def test_a_time_nobody_can_read_and_a_stranger_change_nothing(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await walk.guest(opened, "Nino", 0)
    nino = await walk.person(opened, "Nino")
    page = f"/workshops/{opened.workshop}/attendance"
    await elira.get(page)
    for wrong in ({"came": "noon"}, {"offset": "100000"}, {"offset": "x"}, {"city": make_id()}):
        answer = await elira.post(page, **{"person": nino, "there": "yes", **wrong})
        assert answer.status_code == 422, wrong
    answer = await elira.post(page, person=make_id(), there="yes")
    assert answer.status_code == 422
