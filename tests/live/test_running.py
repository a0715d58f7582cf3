"""A step and its timer through real rooms: read from the desk, kept through a restart, moved on with nobody there."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.decision import Refused
from codesign.live.asked import Done
from tests.builders import ANNA, OLGA, WORKSHOP, add_step, an_id
from tests.live.hall import WORKSHOP_STREAM, Hall

DESK = f"desk:{WORKSHOP}"
MINUTE = 60


def start(step: str, source: str | None = None) -> dict[str, Any]:
    return {"type": "start_step", "step": an_id(step), "from": source and an_id(source)}


DESK_COMMANDS = {"set_desk", "add_step", "edit_step", "move_step", "copy_step", "delete_step"}
#: Everything that only those who lead may ask of a workshop that runs, and of its desk.
COMMANDS: list[dict[str, Any]] = [
    start("vote", "write"),
    {"type": "set_timer", "left": 60_000},
    {"type": "stop_notice", "notice_at": 1},
    {"type": "show_plan"},
    {"type": "end_timer", "ends_at": 1},
    {"type": "carry_out", "notice_at": 1},
    {"type": "end_workshop"},
    {"type": "set_stage", "stage": "locked"},
    {"type": "set_desk", "starts": 1},
    add_step("mine"),
    {"type": "edit_step", "id": an_id("write"), "minutes": 1},
    {"type": "move_step", "id": an_id("write"), "order": "a9"},
    {"type": "copy_step", "id": an_id("mine"), "of": an_id("write"), "order": "a9"},
    {"type": "delete_step", "id": an_id("vote")},
]


async def fields(hall: Hall) -> dict[str, Any]:
    found = await hall.rooms.state(WORKSHOP_STREAM)
    assert found is not None
    return dict(found[1].fields)


async def planned(**step: Any) -> Hall:
    hall = await Hall.opened()
    await hall.ask(DESK, add_step("write", title="Write", **step), person=OLGA)
    await hall.ask(DESK, add_step("vote", order="a1", title="Vote"), person=OLGA)
    return hall


async def test_a_step_that_is_started_is_read_from_the_desk() -> None:
    hall = await planned(minutes=5, stage="cluster")
    assert isinstance(await hall.ask(WORKSHOP_STREAM, start("write"), person=OLGA), Done)
    now = await fields(hall)
    assert (now["step"], now["stage"], now["steps"]) == (an_id("write"), "cluster", 2)
    assert await hall.answer(WORKSHOP_STREAM, start("nowhere", "write"), person=OLGA) == Refused(
        "unknown", {"field": "step"}
    )


async def test_a_participant_asks_nothing_of_the_desk_and_starts_nothing() -> None:
    hall = await planned()
    for stream, op in ((DESK, add_step("mine")), (WORKSHOP_STREAM, start("write"))):
        answer = await hall.answer(stream, op, person=ANNA)
        assert isinstance(answer, Refused)


@pytest.mark.parametrize("op", COMMANDS, ids=lambda op: op["type"])
async def test_a_participants_page_that_sends_a_facilitators_command_changes_nothing(
    op: dict[str, Any],
) -> None:
    hall = await planned()
    await hall.ask(WORKSHOP_STREAM, start("write"), person=OLGA)
    page = await hall.joined(ANNA)
    for stream, code in ((WORKSHOP_STREAM, "forbidden"), (DESK, "unknown")):
        before = await hall.head(stream)
        is_there = (stream == DESK) == (op["type"] in DESK_COMMANDS)
        page.ask(op, stream=stream)
        await hall.quiet()
        (heard,) = page.heard()
        expected = "unknown" if stream == DESK else code if is_there else "bad_op"
        assert (heard["type"], heard["code"]) == ("refused", expected)
        assert await hall.head(stream) == before


async def test_what_changes_on_the_desk_is_seen_in_the_room() -> None:
    hall = await planned()
    await hall.ask(WORKSHOP_STREAM, start("write"), person=OLGA)
    edit = {"type": "edit_step", "id": an_id("write"), "question": "Why?", "note": "not for you"}
    await hall.ask(DESK, edit, person=OLGA)
    await hall.later(0)
    found = await hall.rooms.state(WORKSHOP_STREAM)
    assert found is not None
    step = found[1].items[an_id("write")]
    assert (step["question"], "note" in step) == ("Why?", False)


async def test_a_timer_that_runs_out_locks_the_board_with_nobody_there() -> None:
    hall = await planned(minutes=5, at_zero="lock")
    await hall.ask(WORKSHOP_STREAM, start("write"), person=OLGA)
    await hall.later(5 * MINUTE)
    assert (await fields(hall))["notice"] == "lock"
    await hall.later(10)
    now = await fields(hall)
    assert (now["stage"], "notice" in now) == ("locked", False)


async def test_a_timer_survives_a_restart_and_ends_at_its_time() -> None:
    hall = await planned(minutes=5, at_zero="lock")
    await hall.ask(WORKSHOP_STREAM, start("write"), person=OLGA)
    ends = (await fields(hall))["timer_ends"]
    await hall.later(MINUTE)
    hall = await hall.restarted()
    assert ((await fields(hall))["timer_ends"], (await fields(hall))["stage"]) == (ends, "open")
    await hall.meanwhile(hall.rooms.effects.run_due())
    await hall.later(4 * MINUTE)
    await hall.later(10)
    assert (await fields(hall))["stage"] == "locked"


async def test_an_end_that_came_while_the_server_was_down_is_announced_when_it_is_up() -> None:
    hall = await planned(minutes=5, at_zero="lock")
    await hall.ask(WORKSHOP_STREAM, start("write"), person=OLGA)
    hall.clock.seconds += 20 * MINUTE
    hall = await hall.restarted()
    await hall.meanwhile(hall.rooms.effects.run_due())
    assert (await fields(hall))["notice"] == "lock"
    await hall.later(10)
    assert (await fields(hall))["stage"] == "locked"


async def test_a_longer_timer_does_not_end_at_the_old_time() -> None:
    hall = await planned(minutes=5, at_zero="lock")
    await hall.ask(WORKSHOP_STREAM, start("write"), person=OLGA)
    ends = (await fields(hall))["timer_ends"] + 5 * MINUTE * 1000
    longer = {"type": "set_timer", "ends_at": ends, "of": 10 * MINUTE * 1000}
    await hall.ask(WORKSHOP_STREAM, longer, person=OLGA)
    await hall.later(6 * MINUTE)
    assert "notice" not in await fields(hall)
    await hall.later(4 * MINUTE)
    assert (await fields(hall))["notice"] == "lock"
