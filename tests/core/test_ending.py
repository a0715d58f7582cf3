"""The end of a workshop: one state for everyone, nothing decided on the way, and open again by whoever leads."""

from __future__ import annotations

from typing import Any

from codesign.core.decision import NOTHING, Refused
from tests.builders import ANNA, OLGA, START, Play, a_desk, an_id
from tests.core.test_timer import MINUTE, a_step, set_timer, timer
from tests.core.test_voting import a_vote

END: dict[str, Any] = {"type": "end_workshop"}


def stands(workshop: Play) -> tuple[Any, Any]:
    return workshop.state.fields["stage"], workshop.state.fields.get("ended")


def test_a_workshop_that_ends_is_locked_and_has_no_timer_and_no_notice() -> None:
    workshop = a_step(minutes=5, at_zero="lock")
    workshop.do(END, OLGA)
    assert stands(workshop) == ("locked", START)
    assert timer(workshop) == {}


def test_the_timers_of_tables_end_with_it() -> None:
    workshop = a_step(minutes=5)
    for table in ("table 1", "table 2"):
        workshop.do(set_timer(ends_at=START + MINUTE, of=MINUTE, table=an_id(table)), OLGA)
    workshop.do(set_timer(left=MINUTE, of=MINUTE, table=an_id("table 2")), OLGA)
    workshop.do(END, OLGA)
    assert timer(workshop) == {}


def test_only_those_who_lead_end_it_and_the_second_of_two_who_press_changes_nothing() -> None:
    workshop = a_step(minutes=5)
    assert workshop.ask(END, ANNA) == Refused("forbidden", {"action": "stage"})
    workshop.do(END, OLGA)
    assert workshop.ask(END, OLGA) == NOTHING


def test_what_is_hidden_is_shown_by_a_decision_and_not_by_the_end() -> None:
    workshop = a_step(minutes=25, stage="silent", stage_minutes=8)
    assert workshop.ask(END, OLGA) == Refused("conflict", {"reason": "notes_hidden"})


def test_an_open_vote_is_closed_before_the_end() -> None:
    workshop, _vote = a_vote()
    assert workshop.ask(END, OLGA) == Refused("conflict", {"reason": "vote_open"})


def test_any_stage_and_any_step_open_it_again() -> None:
    workshop = a_step(minutes=5)
    workshop.do(END, OLGA)
    workshop.do({"type": "set_stage", "stage": "open"}, OLGA)
    assert stands(workshop) == ("open", None)
    workshop.do(END, OLGA)
    desk = a_desk(workshop, "listen")
    desk.do({"type": "edit_step", "id": an_id("listen"), "stage": "locked"}, OLGA)
    step = {"type": "start_step", "step": an_id("listen"), "from": an_id("write")}
    workshop.do(step, OLGA, desk=desk.state)
    assert stands(workshop) == ("locked", None)


def test_back_in_the_step_it_ended_in_people_find_what_they_left() -> None:
    workshop = a_step(minutes=5, stage="cluster")
    workshop.do(END, OLGA)
    desk = a_desk(workshop, "next", "write")
    left, ended = an_id("next"), an_id("write")
    workshop.do({"type": "start_step", "step": left, "from": ended}, OLGA, desk=desk.state)
    back = {"type": "start_step", "step": ended, "from": left, "back": True}
    workshop.do(back, OLGA, desk=desk.state)
    assert stands(workshop) == ("cluster", None)
