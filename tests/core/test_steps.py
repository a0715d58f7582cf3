"""The agenda on the desk, and what people see of it once a step has begun."""

from __future__ import annotations

from typing import Any

from codesign.core.changes import PatchItem, PatchStream, PutItem
from codesign.core.decision import NOTHING, Accepted, Refused
from codesign.core.effects import Effect
from codesign.core.visibility import may_follow
from tests.builders import (
    ANNA,
    BOARD,
    OLGA,
    START,
    WORKSHOP,
    Play,
    a_board,
    a_desk,
    add_step,
    an_id,
)

MINUTE = 60_000


def edit(name: str, **fields: Any) -> dict[str, Any]:
    return {"type": "edit_step", "id": an_id(name), **fields}


def start(name: str, source: str | None = None, **more: Any) -> dict[str, Any]:
    left = an_id(source) if source else None
    return {"type": "start_step", "step": an_id(name), "from": left, **more}


def a_running(*steps: str) -> tuple[Play, Play]:
    """A workshop with a board, and its desk."""
    board = a_board()
    assert board.workshop is not None
    return board.workshop, a_desk(board.workshop, *steps)


def begin(workshop: Play, desk: Play, name: str, source: str | None = None, **more: Any) -> Any:
    return workshop.ask(start(name, source, **more), OLGA, desk=desk.state)


# The plan


def test_a_step_has_what_it_was_given_and_what_every_step_has() -> None:
    _, desk = a_running()
    desk.do(add_step("write", order="a5", title="Write", question="What hinders you?"), OLGA)
    assert desk.item("write") == {
        "id": an_id("write"),
        "kind": "step",
        "order": "a5",
        "title": "Write",
        "question": "What hinders you?",
        "minutes": 10,
        "mode": "plenary",
        "stage": "open",
    }


def test_what_is_not_given_stays_and_null_takes_away() -> None:
    _, desk = a_running("write")
    desk.do(edit("write", minutes=25, board=BOARD, pause=True, may={"add": True}), OLGA)
    desk.do(edit("write", title="Ideas"), OLGA)
    step = desk.item("write")
    assert (step["minutes"], step["board"], step["pause"], step["may/add"]) == (
        25,
        BOARD,
        True,
        True,
    )
    desk.do(edit("write", minutes=None, board=None, pause=False, may={"add": False}), OLGA)
    assert desk.item("write")["minutes"] == 10
    assert not {"board", "pause", "may/add"} & desk.item("write").keys()


def test_a_copy_has_the_translations_too_and_none_of_the_skipping() -> None:
    _, desk = a_running("write")
    translate = {"type": "translate", "id": an_id("write"), "field": "title", "lang": "ka"}
    desk.do({**translate, "words": "დაწერეთ"}, OLGA)
    desk.do(edit("write", skipped=True), OLGA)
    desk.do({"type": "copy_step", "id": an_id("again"), "of": an_id("write"), "order": "a9"}, OLGA)
    copy = desk.item("again")
    assert (copy["title/ka"], copy["order"], "skipped" in copy) == ("დაწერეთ", "a9", False)


def test_a_stale_page_does_not_overwrite_what_another_facilitator_wrote() -> None:
    _, desk = a_running("write")
    base = desk.head
    desk.do(edit("write", title="Ideas"), OLGA)
    desk.now += 60_000
    refused = desk.ask(edit("write", title="Words"), an_id("elira"), role="facilitator", base=base)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.data["value"]) == ("conflict", "Ideas")


def test_stretching_the_agenda_is_one_act_and_one_undo() -> None:
    _, desk = a_running("one", "two")
    ops = [edit("one", minutes=13), edit("two", minutes=12)]
    desk.do({"type": "all", "ops": ops}, OLGA)
    desk.do({"type": "undo", "n": desk.head}, OLGA)
    assert [desk.item(name)["minutes"] for name in ("one", "two")] == [10, 10]


def test_an_agenda_has_its_limit() -> None:
    _, desk = a_running(*(f"step {at}" for at in range(10)))
    for at in range(10, 200):
        desk.do(add_step(f"step {at}"), OLGA)
    refused = desk.ask(add_step("one more"), OLGA)
    assert refused == Refused("limit", {"limit": "steps", "most": 200})


def test_only_those_who_lead_follow_the_desk() -> None:
    workshop, _ = a_running()
    assert may_follow(OLGA, f"desk:{WORKSHOP}", workshop.state)
    assert not may_follow(ANNA, f"desk:{WORKSHOP}", workshop.state)


# Starting


def test_starting_a_step_is_one_entry_with_stage_board_rights_question_and_timer() -> None:
    workshop, desk = a_running("welcome", "write")
    desk.do(
        edit(
            "write", minutes=25, stage="cluster", board=BOARD, question="Why?", may={"move": True}
        ),
        OLGA,
    )
    before = workshop.head
    begin(workshop, desk, "write")
    assert workshop.head == before + 1
    fields = workshop.state.fields
    assert workshop.item("write")["question"] == "Why?"
    assert {key: fields.get(key) for key in ("step", "stage", "board", "may/move")} == {
        "step": an_id("write"),
        "stage": "cluster",
        "board": BOARD,
        "may/move": True,
    }
    assert (fields["step_number"], fields["steps"]) == (2, 2)
    assert (fields["timer_ends"], fields["timer_of"]) == (START + 25 * MINUTE, 25 * MINUTE)


def test_two_screens_that_start_the_same_step_end_in_one_state() -> None:
    workshop, desk = a_running("one", "two", "three")
    begin(workshop, desk, "one")
    begin(workshop, desk, "two", "one")
    head = workshop.head
    assert begin(workshop, desk, "two", "one") == NOTHING
    refused = begin(workshop, desk, "three", "one")
    assert refused == Refused(
        "conflict", {"reason": "moved_on", "field": "step", "value": an_id("two")}
    )
    assert workshop.head == head


def test_a_participant_starts_nothing() -> None:
    workshop, desk = a_running("one")
    refused = workshop.ask(start("one"), ANNA, desk=desk.state)
    assert isinstance(refused, Refused)
    assert refused.code == "forbidden"


def test_notes_for_facilitators_never_leave_the_desk() -> None:
    workshop, desk = a_running("write")
    desk.do(edit("write", note="Nino takes the second half"), OLGA)
    begin(workshop, desk, "write")
    desk.do(edit("write", note="Nino does not come", title="Ideas"), OLGA)
    workshop.do({"type": "show_plan"}, desk=desk.state)
    assert workshop.item("write")["title"] == "Ideas"
    assert "Nino" not in repr(workshop.entries)


def test_going_back_finds_the_timer_where_it_would_be_by_now() -> None:
    workshop, desk = a_running("write", "vote")
    begin(workshop, desk, "write")
    ends = workshop.state.fields["timer_ends"]
    workshop.now += MINUTE
    begin(workshop, desk, "vote", "write")
    workshop.now += 5_000
    begin(workshop, desk, "write", "vote", back=True)
    assert workshop.state.fields["timer_ends"] == ends
    assert workshop.state.fields["step_at"] == START
    workshop.now += MINUTE
    begin(workshop, desk, "vote", "write")
    workshop.now += 60 * MINUTE
    begin(workshop, desk, "write", "vote", back=True)
    assert "timer_ends" not in workshop.state.fields


def test_going_back_takes_people_to_the_board_they_came_from() -> None:
    workshop, desk = a_running("write", "tables")
    other = {"type": "add_board", "board": an_id("other"), "title": "Other", "layout": "free"}
    workshop.do({**other, "question": "?"}, OLGA)
    desk.do(edit("tables", board=an_id("other")), OLGA)
    begin(workshop, desk, "write")
    begin(workshop, desk, "tables", "write")
    assert workshop.state.fields["board"] == an_id("other")
    begin(workshop, desk, "write", "tables", back=True)
    assert workshop.state.fields["board"] == BOARD


def test_starting_it_again_is_not_going_back() -> None:
    workshop, desk = a_running("write", "vote")
    begin(workshop, desk, "write")
    workshop.now += MINUTE
    begin(workshop, desk, "vote", "write")
    begin(workshop, desk, "write", "vote")
    assert workshop.state.fields["timer_ends"] == START + 11 * MINUTE


# What follows


def test_before_the_first_step_the_plan_is_nobodys_but_theirs_who_lead() -> None:
    _, desk = a_running("write")
    assert desk.do(edit("write", title="Ideas"), OLGA).effects == ()


def test_once_it_runs_what_changes_on_the_desk_is_shown() -> None:
    workshop, desk = a_running("write", "vote")
    begin(workshop, desk, "write")
    show = Effect(f"workshop:{WORKSHOP}", {"type": "show_plan"})
    assert desk.do(edit("write", question="Why?"), OLGA).effects == (show,)
    assert desk.do({"type": "set_desk", "starts": START}, OLGA).effects == ()
    desk.do(add_step("break", order="a05"), OLGA)
    shown = workshop.ask({"type": "show_plan"}, desk=desk.state)
    assert shown == Accepted(
        (PatchItem(an_id("write"), {"question": "Why?"}), PatchStream({"steps": 3}))
    )
    assert workshop.ask({"type": "show_plan"}, desk=desk.state) == NOTHING


def test_a_skipped_step_is_not_counted() -> None:
    workshop, desk = a_running("one", "two", "three")
    desk.do(edit("two", skipped=True), OLGA)
    begin(workshop, desk, "three")
    assert [workshop.state.fields[key] for key in ("step_number", "steps")] == [2, 2]


def test_a_step_that_was_deleted_stays_where_people_have_been() -> None:
    workshop, desk = a_running("one", "two")
    begin(workshop, desk, "one")
    begin(workshop, desk, "two", "one")
    desk.do({"type": "delete_step", "id": an_id("one")}, OLGA)
    workshop.do({"type": "show_plan"}, desk=desk.state)
    assert workshop.item("one")["title"] == "One"


def test_steps_that_were_not_reached_are_not_in_the_workshop() -> None:
    workshop, desk = a_running("write", "secret")
    accepted = begin(workshop, desk, "write")
    assert [c.item["id"] for c in accepted.changes if isinstance(c, PutItem)] == [an_id("write")]
    assert "Secret" not in repr(workshop.entries)
