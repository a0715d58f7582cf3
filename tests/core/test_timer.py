"""The timer: set by when it ends, one end only, and what follows can be stopped."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.decision import NOTHING, Refused
from codesign.core.effects import Effect
from tests.builders import OLGA, START, WORKSHOP, Play, a_desk, a_workshop, an_id

MINUTE = 60_000
STREAM = f"workshop:{WORKSHOP}"


def set_timer(**fields: Any) -> dict[str, Any]:
    return {"type": "set_timer", **fields}


def timer(workshop: Play) -> dict[str, Any]:
    return {k: v for k, v in workshop.state.fields.items() if k.startswith(("timer", "notice"))}


def a_step(**fields: Any) -> Play:
    """A workshop in its only step."""
    workshop = a_workshop()
    desk = a_desk(workshop, "write")
    desk.do({"type": "edit_step", "id": an_id("write"), **fields}, OLGA)
    start = {"type": "start_step", "step": an_id("write"), "from": None}
    workshop.do(start, OLGA, desk=desk.state)
    return workshop


def run_out(workshop: Play) -> None:
    """What the due effects of a timer do when its time has come."""
    ends = workshop.state.fields["timer_ends"]
    workshop.now = ends
    workshop.do({"type": "end_timer", "ends_at": ends})


def test_a_timer_says_when_it_ends_and_has_its_end_done_then() -> None:
    workshop = a_workshop()
    accepted = workshop.do(set_timer(ends_at=START + 5 * MINUTE, of=5 * MINUTE), OLGA)
    assert timer(workshop) == {"timer_ends": START + 5 * MINUTE, "timer_of": 5 * MINUTE}
    end = {"type": "end_timer", "ends_at": START + 5 * MINUTE}
    assert accepted.effects == (Effect(STREAM, end, 5 * MINUTE),)


def test_a_resting_timer_keeps_what_is_left_and_ends_nowhere() -> None:
    workshop = a_workshop()
    workshop.do(set_timer(ends_at=START + 5 * MINUTE, of=5 * MINUTE), OLGA)
    assert workshop.do(set_timer(left=4 * MINUTE, of=5 * MINUTE), OLGA).effects == ()
    assert timer(workshop) == {"timer_left": 4 * MINUTE, "timer_of": 5 * MINUTE}


def test_a_timer_can_be_taken_away() -> None:
    workshop = a_workshop()
    workshop.do(set_timer(left=MINUTE, of=MINUTE), OLGA)
    workshop.do(set_timer(), OLGA)
    assert timer(workshop) == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"ends_at": -1},
        {"ends_at": START - 61_000},
        {"ends_at": START + 7 * 24 * 60 * MINUTE},
        {"left": -1},
        {"left": 7 * 24 * 60 * MINUTE},
        {"left": MINUTE, "of": -1},
    ],
    ids=str,
)
def test_a_time_out_of_bounds_is_refused_with_its_code(fields: dict[str, int]) -> None:
    refused = a_workshop().ask(set_timer(**fields), OLGA)
    assert refused == Refused("limit", {"limit": "timer", "most": 24 * 60 * MINUTE})


def test_a_timer_either_runs_or_rests() -> None:
    refused = a_workshop().ask(set_timer(ends_at=START, left=MINUTE), OLGA)
    assert refused == Refused("bad_op", {"field": "left"})


def test_who_was_away_does_not_put_an_old_timer_over_a_new_one() -> None:
    workshop = a_workshop()
    base = workshop.head
    workshop.do(set_timer(ends_at=START + 5 * MINUTE, of=5 * MINUTE), OLGA)
    workshop.now += MINUTE
    stale = set_timer(ends_at=START + 3 * MINUTE, of=3 * MINUTE)
    refused = workshop.ask(stale, an_id("elira"), role="facilitator", base=base)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.data["value"]) == ("conflict", START + 5 * MINUTE)
    assert timer(workshop)["timer_ends"] == START + 5 * MINUTE


def test_each_table_can_have_its_own() -> None:
    workshop, table = a_workshop(), an_id("table 2")
    accepted = workshop.do(set_timer(ends_at=START + MINUTE, of=MINUTE, table=table), OLGA)
    assert timer(workshop) == {f"timer_ends/{table}": START + MINUTE, f"timer_of/{table}": MINUTE}
    end = {"type": "end_timer", "ends_at": START + MINUTE, "table": table}
    assert accepted.effects == (Effect(STREAM, end, MINUTE),)


def test_an_end_that_was_moved_is_none() -> None:
    workshop = a_step(minutes=5, at_zero="lock")
    first = workshop.state.fields["timer_ends"]
    workshop.do(set_timer(ends_at=first + MINUTE, of=6 * MINUTE), OLGA)
    assert workshop.ask({"type": "end_timer", "ends_at": first}) == NOTHING


def test_time_that_is_up_moves_nobody() -> None:
    workshop = a_step(minutes=5)
    run_out(workshop)
    assert (workshop.state.fields["stage"], "notice" in workshop.state.fields) == ("open", False)


def test_a_lock_is_announced_ten_seconds_before_and_then_carried_out() -> None:
    workshop = a_step(minutes=5, at_zero="lock")
    workshop.effects.clear()
    run_out(workshop)
    at = workshop.now + 10_000
    assert timer(workshop)["notice"] == "lock"
    assert workshop.effects == [Effect(STREAM, {"type": "carry_out", "notice_at": at}, 10_000)]
    workshop.now = at
    workshop.do({"type": "carry_out", "notice_at": at})
    assert (workshop.state.fields["stage"], "notice" in workshop.state.fields) == ("locked", False)


def test_what_was_announced_can_be_stopped() -> None:
    workshop = a_step(minutes=5, at_zero="lock")
    run_out(workshop)
    at = timer(workshop)["notice_at"]
    workshop.do({"type": "stop_notice", "notice_at": at}, OLGA)
    assert workshop.ask({"type": "carry_out", "notice_at": at}) == NOTHING
    assert workshop.state.fields["stage"] == "open"


def test_more_time_stops_it_as_well() -> None:
    workshop = a_step(minutes=5, at_zero="lock")
    run_out(workshop)
    workshop.do(set_timer(ends_at=workshop.now + MINUTE, of=6 * MINUTE), OLGA)
    assert "notice" not in timer(workshop)


def test_a_first_stage_that_is_revealed_leaves_the_rest_of_the_step() -> None:
    workshop = a_step(minutes=25, stage="silent", stage_minutes=8, at_zero="reveal")
    assert timer(workshop)["timer_ends"] == START + 8 * MINUTE
    run_out(workshop)
    at = timer(workshop)["notice_at"]
    workshop.now = at
    workshop.do({"type": "carry_out", "notice_at": at})
    assert workshop.state.fields["stage"] == "open"
    assert timer(workshop) == {"timer_ends": START + 25 * MINUTE, "timer_of": 25 * MINUTE}


def test_one_that_is_revealed_early_by_hand_leaves_it_as_well() -> None:
    workshop = a_step(minutes=25, stage="silent", stage_minutes=8, at_zero="reveal")
    workshop.now = START + 2 * MINUTE
    workshop.do({"type": "set_stage", "stage": "open"}, OLGA)
    assert timer(workshop) == {"timer_ends": START + 25 * MINUTE, "timer_of": 25 * MINUTE}


def test_a_reveal_that_is_announced_and_done_by_hand_is_announced_no_more() -> None:
    workshop = a_step(minutes=25, stage="silent", stage_minutes=8, at_zero="reveal")
    run_out(workshop)
    workshop.do({"type": "set_stage", "stage": "open"}, OLGA)
    assert "notice" not in timer(workshop)


def test_nothing_hidden_is_nothing_to_reveal() -> None:
    workshop = a_step(minutes=5, at_zero="reveal")
    run_out(workshop)
    assert "notice" not in timer(workshop)
