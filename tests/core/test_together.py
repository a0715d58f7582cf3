"""Keeping a room together, in the core: bringing, showing, finished, hands, the help queue, messages."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core import limits
from codesign.core.decision import NOTHING, Accepted
from codesign.core.visibility import may_follow
from codesign.live.messages import read_op
from tests.builders import (
    ANNA,
    BOARD,
    BORIS,
    OLGA,
    START,
    VERA,
    WORKSHOP,
    Play,
    a_board,
    a_desk,
    a_workshop,
    an_id,
    an_inbox,
    note,
    refused,
)
from tests.core.table_rows import FIRST, SECOND, a_workshop_with_tables

VIEW: dict[str, Any] = {"x": 100, "y": 200, "w": 90_000, "h": 50_000}


def bring(board: str | None = BOARD, **more: Any) -> dict[str, Any]:
    return {"type": "bring_people", "board": board, **more}


def brought(workshop: Play) -> dict[str, Any]:
    return {k: v for k, v in workshop.state.fields.items() if k.startswith("brought")}


@pytest.fixture
def workshop() -> Play:
    return a_workshop_with_tables(a_board())


def test_everyone_is_brought_to_a_view_and_who_comes_later_lands_there(workshop: Play) -> None:
    workshop.do(bring(**VIEW), OLGA)
    said = {"brought": BOARD, "brought_at": START, "brought_by": OLGA}
    assert brought(workshop) == said | {f"brought_{side}": at for side, at in VIEW.items()}
    assert workshop.state.fields["board"] == BOARD
    workshop.now += 1_000
    workshop.do(bring(region=an_id("region")), OLGA)
    again = {"brought": BOARD, "brought_at": START + 1_000, "brought_by": OLGA}
    assert brought(workshop) == again | {"brought_region": an_id("region")}
    workshop.do(bring(None), OLGA)
    assert brought(workshop) == {}


def test_half_a_view_is_none(workshop: Play) -> None:
    assert workshop.ask(bring(x=1, y=2), OLGA) == refused("bad_op", field="x")


def test_whom_a_leader_brings_to_a_table_may_see_it(workshop: Play) -> None:
    board = f"board:{an_id('first table b')}"
    workshop.do({"type": "seat_people", "id": an_id("tables"), "sits": {ANNA: FIRST}}, OLGA)
    assert not may_follow(BORIS, board, workshop.state)
    before = workshop.state.fields["board"]
    workshop.do(bring(an_id("first table b"), table=FIRST), OLGA)
    assert not may_follow(BORIS, board, workshop.state)  # only those who sit there were called
    workshop.do(bring(an_id("first table b"), table=SECOND), OLGA)
    assert may_follow(BORIS, board, workshop.state)
    assert workshop.state.fields["board"] == before


@pytest.mark.parametrize("kind", ["close_tables", "open_tables"])
def test_tables_that_open_or_close_end_the_bringing(workshop: Play, kind: str) -> None:
    workshop.do(bring(), OLGA)
    name = "tables" if kind == "close_tables" else "old tables"
    workshop.do({"type": kind, "id": an_id(name)}, OLGA)
    assert brought(workshop) == {}


def test_a_note_is_shown_until_another_one_is_or_its_time_is_over() -> None:
    board = a_board()
    board.do(note("one"), ANNA)
    board.do(note("two"), ANNA)
    board.do({"type": "spotlight_item", "id": an_id("one")}, OLGA)
    (end,) = board.effects
    assert (end.op, end.delay) == ({"type": "end_spotlight", "at": START}, limits.SPOTLIGHT_MS)
    board.now += 5_000
    board.do({"type": "spotlight_item", "id": an_id("two")}, OLGA)
    assert board.ask(end.op) == NOTHING
    shown = {k: v for k, v in board.state.fields.items() if k.startswith("spot")}
    assert shown == {"spot": an_id("two"), "spot_at": START + 5_000, "spot_by": OLGA}
    board.do({"type": "end_spotlight", "at": START + 5_000})
    assert not any(key.startswith("spot") for key in board.state.fields)
    assert board.ask({"type": "spotlight_item", "id": None}, OLGA) == NOTHING


def test_the_next_step_finds_nobody_finished_no_hand_up_and_nobody_held() -> None:
    workshop = a_workshop_with_tables(a_board())
    desk = a_desk(workshop, "one", "two")
    first, second = an_id("one"), an_id("two")
    workshop.do({"type": "start_step", "step": first, "from": None}, OLGA, desk=desk.state)
    for kind in ("say_finished", "raise_hand"):
        workshop.do({"type": kind, "on": True, "step": first}, ANNA)
    workshop.do(bring(), OLGA)
    assert workshop.state.fields[f"finished/{ANNA}"] is True
    assert workshop.state.fields[f"hand/{ANNA}"] == START
    workshop.do({"type": "start_step", "step": second, "from": first}, OLGA, desk=desk.state)
    left = [k for k in workshop.state.fields if k.startswith(("finished/", "hand/", "brought"))]
    assert left == []
    # What was said of the first step without a connection arrives too late to mean anything.
    for kind in ("say_finished", "raise_hand"):
        assert workshop.ask({"type": kind, "on": True, "step": first}, BORIS) == NOTHING


def test_hands_keep_their_order_and_those_who_lead_take_them_down() -> None:
    workshop = a_workshop()
    workshop.do({"type": "raise_hand", "on": True}, ANNA)
    workshop.now += 1_000
    workshop.do({"type": "raise_hand", "on": True}, BORIS)
    assert workshop.ask({"type": "raise_hand", "on": True}, ANNA) == NOTHING
    hands = {k: v for k, v in workshop.state.fields.items() if k.startswith("hand/")}
    assert hands == {f"hand/{ANNA}": START, f"hand/{BORIS}": START + 1_000}
    down = {"type": "raise_hand", "on": False, "person": ANNA}
    assert workshop.ask(down, BORIS) == refused("forbidden", action="hand")
    workshop.do(down, OLGA)
    assert f"hand/{ANNA}" not in workshop.state.fields
    stranger = {"type": "raise_hand", "on": False, "person": an_id("nobody")}
    assert workshop.ask(stranger, OLGA) == refused("unknown", field="person")


# Help


class Room:
    """A workshop with its desk and everyone's inbox; effects are carried over by hand."""

    def __init__(self, workshop: Play) -> None:
        self.workshop = workshop
        self.desk = a_desk(workshop)
        self.inboxes = {person: an_inbox(workshop, person) for person in (ANNA, BORIS)}

    def asks(self, person: str, on: bool = True, board: str = BOARD) -> None:
        self.inboxes[person].do({"type": "ask_help", "on": on, "board": board}, person)

    def carry(self) -> None:
        for play in (*self.inboxes.values(), self.desk):
            effects, play.effects[:] = list(play.effects), []
            for effect in effects:
                self.stream(effect.stream).do(effect.op)

    def stream(self, name: str) -> Play:
        plays = (self.desk, *self.inboxes.values())
        return next(play for play in plays if play.stream == name)

    @property
    def waiting(self) -> dict[str, int]:
        found = self.desk.state.of_kind("help")
        return {str(one["id"]): one["since"] for one in found if "since" in one}


def test_help_is_one_queue_and_the_first_who_goes_ends_it_for_all() -> None:
    room = Room(a_workshop())
    room.asks(ANNA)
    room.carry()
    assert room.waiting == {ANNA: START}
    room.desk.do({"type": "take_help", "person": ANNA}, OLGA)
    room.carry()
    assert room.waiting == {}
    fields = room.inboxes[ANNA].state.fields
    assert fields == {"help_by": OLGA, "helped_at": START}
    assert room.desk.ask({"type": "take_help", "person": ANNA}, OLGA) == NOTHING
    late = room.desk.ask({"type": "take_help", "person": ANNA}, VERA, role="facilitator")
    assert late == refused("conflict", reason="taken_by", value=OLGA)


@pytest.mark.parametrize(("board", "left"), [(an_id("first table b"), {}), (BOARD, {BORIS: START})])
def test_a_table_is_helped_as_one_and_plenary_one_by_one(
    workshop: Play, board: str, left: dict[str, int]
) -> None:
    room = Room(workshop)
    for person in (ANNA, BORIS):
        room.asks(person, board=board)
    room.carry()
    assert room.waiting == {ANNA: START, BORIS: START}
    room.desk.do({"type": "take_help", "person": ANNA}, OLGA)
    room.carry()
    assert room.waiting == left
    helped = room.inboxes[BORIS].state.fields.get("help_by")
    assert helped == (None if left else OLGA)


def test_what_the_desk_hears_late_or_twice_changes_nothing() -> None:
    desk = a_desk()
    asked = {"type": "queue_help", "person": ANNA, "since": START}
    assert isinstance(desk.ask({**asked, "on": False}), Accepted)  # the taking back came first
    assert desk.ask({**asked, "on": True}) == NOTHING
    desk.do({**asked, "since": START + 1, "on": True})
    assert desk.ask({**asked, "since": START + 1, "on": True}) == NOTHING
    assert desk.ask({**asked, "on": False}) == NOTHING
    (item,) = desk.state.of_kind("help")
    assert item["since"] == START + 1


# Messages


def said(play: Play) -> dict[str, Any]:
    return {k: v for k, v in play.state.fields.items() if k.startswith("message")}


def test_messages_stay_side_by_side_even_in_one_moment() -> None:
    workshop = a_workshop()
    workshop.do({"type": "send_message", "words": "Welcome."}, OLGA)
    workshop.do({"type": "send_message", "quick": "look_up"}, OLGA)
    assert said(workshop) == {
        f"message/{START}": "Welcome.",
        f"message_by/{START}": OLGA,
        f"message_quick/{START + 1}": "look_up",
        f"message_by/{START + 1}": OLGA,
    }
    workshop.do({"type": "send_message", "words": " "}, OLGA)
    assert said(workshop) == {}


def test_the_newest_messages_stay_and_older_ones_go() -> None:
    workshop = a_workshop()
    for at in range(limits.MESSAGES_KEPT + 5):
        workshop.now = START + at
        workshop.do({"type": "send_message", "words": str(at)}, OLGA)
    kept = sorted(int(k.removeprefix("message/")) for k in said(workshop) if "/" in k[:8])
    assert kept == [START + 5 + at for at in range(limits.MESSAGES_KEPT)]
    assert len(said(workshop)) == 2 * limits.MESSAGES_KEPT


def test_the_desk_keeps_that_somebody_was_written_to_and_not_what() -> None:
    desk = a_desk()
    desk.do({"type": "send_message", "words": "Shall I come?", "to": ANNA}, OLGA)
    assert desk.state.fields == {f"told/{ANNA}": START}
    (effect,) = desk.effects
    inbox = an_inbox(a_workshop())
    assert effect.stream == inbox.stream
    inbox.do(effect.op)
    assert inbox.ask(effect.op) == NOTHING  # delivered twice
    assert said(inbox) == {f"message/{START}": "Shall I come?", f"message_by/{START}": OLGA}


def test_an_inbox_is_followed_by_its_person_alone() -> None:
    workshop = a_workshop().state
    inbox = f"inbox:{WORKSHOP}:{ANNA}"
    followers = [p for p in (ANNA, BORIS, OLGA, VERA) if may_follow(p, inbox, workshop)]
    assert followers == [ANNA]


@pytest.mark.parametrize("stream", ["board", "workshop", "desk"])
def test_a_message_of_a_hundred_thousand_letters_is_too_long(stream: str) -> None:
    long = {"type": "send_message", "words": "a" * 100_000, "to": ANNA}
    op, _ = read_op(long, f"{stream}:{BOARD}")
    assert getattr(op, "code", "") == "limit"


def test_a_quick_message_that_is_none_is_refused() -> None:
    op, _ = read_op({"type": "send_message", "quick": "go_home"}, f"workshop:{WORKSHOP}")
    assert getattr(op, "code", "") == "bad_op"
