"""Silent writing: what a lane takes, when a silence begins and ends, and how what was hidden comes to the board."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core import limits
from codesign.core.changes import PatchStream
from codesign.core.decision import NOTHING, Refused
from codesign.core.effects import Effect
from codesign.core.lanes import Lane, in_ticks, lane_of, silence_id
from codesign.core.rules.lanes import hidden_notes, hidden_places
from codesign.core.visibility import may_follow
from tests.builders import (
    ANNA,
    BOARD,
    BORIS,
    OLGA,
    REGION,
    SECOND_REGION,
    START,
    VERA,
    WORKSHOP,
    Play,
    a_board,
    a_lane,
    a_workshop,
    an_id,
    edit,
    note,
    refused,
    undo,
)

STAGE = refused("stage", action="add")
TOKEN = an_id("token")


def stage(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "set_stage", "stage": name, **more}


def reveal(*notes: dict[str, Any], silence: int | None = 1, **more: Any) -> dict[str, Any]:
    op = {"type": "reveal_notes", "notes": list(notes), "seed": an_id("seed"), **more}
    return op if silence is None else {**op, "silence": silence}


def hidden(name: str, by: str | None = ANNA, **more: Any) -> dict[str, Any]:
    place = {} if "x" in more else {"region": REGION, "order": "a0"}
    words = {"text": name, "colour": "sea", "at": START + 12_345, **place, **more}
    return {"id": an_id(name), "kind": "note", **words, **({"by": by} if by else {})}


# Whose they are


def test_a_lane_is_named_after_its_board_its_silence_and_its_person() -> None:
    lane = Lane(BOARD, 3, ANNA)
    assert lane.stream == f"lane:{BOARD}:3:{ANNA}"
    assert lane_of(lane.stream) == lane
    for wrong in ("03", "0", "", "x"):
        assert lane_of(f"lane:{BOARD}:{wrong}:{ANNA}") is None
    assert lane_of(f"board:{BOARD}") is None


@pytest.mark.parametrize("stages", [["silent"], ["silent", "locked"], ["silent", "open"]])
def test_a_lane_is_followed_by_its_person_and_by_nobody_else_whoever_leads(
    stages: list[str],
) -> None:
    workshop = a_board().workshop
    assert workshop is not None
    for name in stages:
        workshop.do(stage(name), OLGA)
    everyone = (OLGA, ANNA, BORIS, VERA, None)
    for silence, followers in ((1, [ANNA]), (2, [])):
        lane = Lane(BOARD, silence, ANNA).stream
        assert [p for p in everyone if may_follow(p, lane, workshop.state)] == followers
    assert not may_follow(ANNA, Lane(an_id("elsewhere"), 1, ANNA).stream, workshop.state)
    assert not may_follow(ANNA, Lane(BOARD, 1, TOKEN).stream, workshop.state)


def test_without_names_a_lane_is_its_tokens_until_it_is_revealed() -> None:
    workshop = a_board().workshop
    assert workshop is not None
    workshop.do(stage("silent", anonymous=True), OLGA)
    of_token, of_person = Lane(BOARD, 1, TOKEN).stream, Lane(BOARD, 1, ANNA).stream
    assert may_follow(ANNA, of_token, workshop.state)
    assert not may_follow(ANNA, of_person, workshop.state)
    workshop.do(stage("open"), OLGA)
    assert not may_follow(ANNA, of_token, workshop.state)


def test_the_desk_is_for_those_who_lead() -> None:
    workshop = a_workshop().state
    desk = f"desk:{WORKSHOP}"
    assert [p for p in (OLGA, ANNA, VERA, None) if may_follow(p, desk, workshop)] == [OLGA]


# How a silence begins and ends


def test_silent_begins_a_silence_and_everything_but_locked_reveals_it() -> None:
    workshop = a_workshop()
    workshop.do(stage("silent"), OLGA)
    assert fields(workshop) == ("silent", 1, "named")
    workshop.do(stage("locked"), OLGA)
    assert (fields(workshop), workshop.effects) == (("locked", 1, "named"), [])
    workshop.do(stage("silent"), OLGA)
    assert (fields(workshop), workshop.effects) == (("silent", 1, "named"), [])
    workshop.do(stage("cluster"), OLGA)
    assert fields(workshop) == ("cluster", 1, None)
    assert workshop.effects == [revealing(1)]
    workshop.do(stage("silent"), OLGA)
    assert fields(workshop) == ("silent", 2, "named")


def test_another_promise_about_names_is_another_silence() -> None:
    workshop = a_workshop()
    workshop.do(stage("silent"), OLGA)
    workshop.do(stage("silent", anonymous=True), OLGA)
    assert fields(workshop) == ("silent", 2, "anonymous")
    workshop.do(stage("locked"), OLGA)
    workshop.do(stage("silent"), OLGA)
    assert fields(workshop) == ("silent", 2, "anonymous")
    workshop.do(stage("open"), OLGA)
    assert workshop.effects == [revealing(1), revealing(2, anonymous=True)]


def fields(workshop: Play) -> tuple[Any, ...]:
    return tuple(workshop.state.fields.get(key) for key in ("stage", "silence", "hidden"))


def revealing(silence: int, *, anonymous: bool = False) -> Effect:
    op = {"type": "reveal_lanes", "silence": silence, "anonymous": anonymous}
    return Effect(f"workshop:{WORKSHOP}", op)


# What a lane takes


def test_while_writing_is_silent_notes_go_to_the_lane_and_not_to_the_board() -> None:
    lane = a_lane()
    assert lane.board is not None
    assert lane.board.ask(note("bench"), ANNA) == STAGE
    lane.do(note("bench", "No bench"), ANNA)
    assert lane.item("bench") == {
        **{"id": an_id("bench"), "kind": "note", "text": "No bench", "by": ANNA},
        **{"region": REGION, "order": "a0", "colour": "stone", "at": START},
    }


def test_the_first_note_tells_the_desk_and_the_second_does_not() -> None:
    lane = a_lane()
    lane.do(note("bench"), ANNA)
    assert lane.effects == [Effect(f"desk:{WORKSHOP}", {"type": "count_lanes", "silence": 1})]
    lane.do(note("bus"), ANNA)
    assert len(lane.effects) == 1


def test_a_lane_can_be_changed_like_ones_own_notes() -> None:
    lane = a_lane()
    lane.do(note("bench"), ANNA)
    lane.do(edit("bench", (0, "", "No bench")), ANNA)
    lane.do({"type": "move_item", "id": an_id("bench"), "region": SECOND_REGION}, ANNA)
    lane.do({"type": "recolour", "id": an_id("bench"), "colour": "rose"}, ANNA)
    item = lane.item("bench")
    assert (item["text"], item["region"], item["colour"]) == ("No bench", SECOND_REGION, "rose")
    lane.do({"type": "delete_item", "id": an_id("bench")}, ANNA)
    assert lane.items() == []
    lane.do(undo(lane.head), ANNA)
    assert lane.item("bench")["text"] == "No bench"


@pytest.mark.parametrize("by", [ANNA, OLGA, None])
def test_a_lane_takes_nothing_when_nobody_writes_in_silence(by: str | None) -> None:
    for name in ("locked", "open", "cluster", "vote"):
        lane = a_lane(person=by or ANNA)
        lane.do(note("bench"), by or ANNA)
        assert lane.workshop is not None
        lane.workshop.do(stage(name), OLGA)
        for op in (note("bus"), edit("bench", (0, "", "x")), undo(1), {"type": "release_lane"}):
            assert lane.ask(op, by or ANNA) == STAGE


def test_an_old_lane_stays_closed_in_the_next_silence() -> None:
    lane = a_lane()
    assert lane.workshop is not None
    lane.workshop.do(stage("open"), OLGA)
    lane.workshop.do(stage("silent"), OLGA)
    assert lane.ask(note("late"), ANNA) == STAGE


def test_a_closed_lane_takes_nothing_more() -> None:
    lane = a_lane()
    lane.do(note("bench"), ANNA)
    assert lane.ask({"type": "close_lane"}, ANNA) == refused("forbidden")
    lane.do({"type": "close_lane"})
    assert lane.do({"type": "close_lane"}) == NOTHING
    for op in (note("bus"), edit("bench", (0, "", "x")), undo(1), {"type": "release_lane"}):
        assert lane.ask(op, ANNA) == STAGE


def test_an_observer_writes_nothing_in_silence_either() -> None:
    lane = a_lane(person=VERA)
    assert lane.ask(note("bench"), VERA) == refused("forbidden", action="add")


def test_a_lane_knows_the_zones_of_its_board_and_holds_notes_only() -> None:
    lane = a_lane()
    nowhere = note("bench", region=an_id("nowhere"), order="a0")
    assert lane.ask(nowhere, ANNA) == refused("unknown", field="region")
    assert lane.ask(note("bench", x=0, y=0), ANNA) == refused("bad_op", field="region")
    cluster = {"type": "create_cluster", "id": an_id("c"), "region": REGION, "order": "a0"}
    for op in (cluster, {"type": "react", "id": an_id("c"), "reaction": "heart", "on": True}):
        assert lane.ask(op, ANNA) == refused("bad_op", type=op["type"])
    joined = note("bench", cluster=an_id("c"))
    assert lane.ask(joined, ANNA) == refused("bad_op", field="cluster")


def test_on_a_free_board_notes_of_a_lane_do_not_cover_each_other() -> None:
    lane = a_lane(a_board("free"))
    lane.do(note("bench", x=0, y=0), ANNA)
    lane.do(note("bus", x=0, y=0), ANNA)
    spots = {(item["x"], item["y"]) for item in lane.items()}
    assert len(spots) == 2


def test_a_lane_has_limits_of_its_own() -> None:
    lane = a_lane()
    words = "x" * limits.TEXT_BYTES
    for at in range(limits.LANE_WORD_BYTES // limits.TEXT_BYTES):
        lane.do(note(f"long {at}", words), ANNA)
    full = refused("limit", limit="words", most=limits.LANE_WORD_BYTES)
    assert lane.ask(note("one more", "x"), ANNA) == full
    for at in range(limits.NOTES_PER_LANE - len(lane.items())):
        lane.do(note(f"empty {at}"), ANNA)
    full = refused("limit", limit="items", most=limits.NOTES_PER_LANE)
    assert lane.ask(note("one more"), ANNA) == full


def test_without_names_nothing_in_a_lane_says_whose_it_is() -> None:
    lane = a_lane(person=TOKEN, anonymous=True)
    lane.do(note("bench", "No bench"), None, role="participant")
    assert "by" not in lane.item("bench")
    assert lane.item("bench")["colour"] == "stone"
    lane.do(edit("bench", (0, "", "x")), None, role="participant")
    no = lane.ask({"type": "release_lane"}, None, role="participant")
    assert no == refused("forbidden")


# Early, one's own


def test_one_person_may_release_their_own_notes_early() -> None:
    lane = a_lane()
    lane.do(note("bench", "No bench"), ANNA)
    lane.effects.clear()
    lane.do({"type": "release_lane"}, ANNA)
    (effect,) = lane.effects
    assert lane.board is not None
    assert effect.stream == lane.board.stream
    lane.board.do(effect.op)
    assert lane.board.item("bench")["by"] == ANNA
    assert "released" not in lane.board.item("bench")
    assert hidden_notes(lane.state) == []
    assert lane.do({"type": "release_lane"}, ANNA) == NOTHING
    lane.do(note("bus"), ANNA)


def test_what_was_released_is_changed_on_the_board_and_cannot_be_hidden_again() -> None:
    lane = a_lane()
    lane.do(note("bench"), ANNA)
    lane.do({"type": "release_lane"}, ANNA)
    no = refused("stage", action="edit_text")
    assert lane.ask(edit("bench", (0, "", "x")), ANNA) == no
    assert lane.ask({"type": "delete_item", "id": an_id("bench")}, ANNA) == no
    for entry in (1, 2):
        assert lane.ask(undo(entry), ANNA) == refused("stage", action="undo")


# What everyone sees then


def test_revealed_notes_come_in_one_entry_rounded_to_the_minute_after_everything_else() -> None:
    board = a_board()
    board.do(note("there", order="a7"), OLGA)
    seq = board.head
    board.do(reveal(*(hidden(name) for name in "abcd")))
    assert board.head == seq + 1
    assert board.entries[-1].by is None
    revealed = [board.item(name) for name in "abcd"]
    assert {item["at"] for item in revealed} == {START - START % 60_000}
    orders = sorted(item["order"] for item in revealed)
    assert len(set(orders)) == 4
    assert min(orders) > "a7"
    assert board.state.fields["revealed"] == 1


def test_their_order_says_nothing_about_who_wrote_when() -> None:
    """It hangs on the seed alone, and another seed is another order."""
    names = [f"note {at}" for at in range(12)]
    told = [hidden(name) for name in names]
    one, same, other = (a_board() for _ in range(3))
    one.do(reveal(*told))
    same.do(reveal(*reversed(told)))
    other.do(reveal(*told, seed=an_id("another seed")))
    assert order_of(one, names) == order_of(same, names)
    assert order_of(one, names) != order_of(other, names)


def order_of(board: Play, names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: board.item(name)["order"])


def test_a_reveal_that_is_run_again_adds_nothing_and_brings_nothing_back() -> None:
    board = a_board()
    board.do(reveal(hidden("a"), silence=None))
    board.do({"type": "delete_item", "id": an_id("a")}, ANNA)
    board.do(reveal(hidden("a"), hidden("b")))
    assert [item["id"] for item in board.items() if item["kind"] == "note"] == [an_id("b")]
    assert board.do(reveal(hidden("b"), hidden("c"))) == NOTHING
    assert board.ask(reveal(hidden("c")), OLGA) == refused("forbidden")


def test_without_names_neither_person_nor_time_is_told() -> None:
    board = a_board()
    board.now = START + 7 * 60_000 + 5
    board.do(reveal(hidden("a"), anonymous=True))
    assert "by" not in board.item("a")
    assert board.item("a")["at"] == board.now - board.now % 60_000


def test_a_note_whose_zone_is_gone_comes_to_the_first_one() -> None:
    board = a_board()
    board.do({"type": "delete_item", "id": SECOND_REGION}, OLGA)
    board.do(reveal(hidden("a", region=SECOND_REGION)))
    assert board.item("a")["region"] == REGION


def test_on_a_free_board_revealed_notes_find_free_spots() -> None:
    board = a_board("free")
    board.do(note("there", x=0, y=0), OLGA)
    board.do(reveal(hidden("a", x=0, y=0), hidden("b", x=0, y=0)))
    spots = {(board.item(name)["x"], board.item(name)["y"]) for name in ("there", "a", "b")}
    assert len(spots) == 3


def test_only_notes_are_revealed() -> None:
    board = a_board()
    region = {"id": an_id("r"), "kind": "region", "title": "Mine", "order": "a0"}
    with pytest.raises(ValueError, match="kind"):
        board.ask(reveal(region))


# Where people put things


def a_grid(person: str = ANNA, **stage: Any) -> Play:
    """Somebody's lane of a grid that shows one record."""
    board = a_board("grid2")
    board.do({"type": "create_placement", "id": an_id("place"), "record": an_id("idea")}, BORIS)
    return a_lane(board, person, **stage)


def put(x: int | None, y: int | None, name: str = "place") -> dict[str, Any]:
    return {"type": "read_place", "id": an_id(name), "x": x, "y": y}


def test_where_somebody_puts_a_thing_in_silence_stands_in_their_lane_and_nowhere_else() -> None:
    lane = a_grid()
    assert lane.board is not None
    before = dict(lane.board.item("place"))
    lane.do(put(20, 80), ANNA)
    lane.do(put(30, 80), ANNA)
    assert hidden_places(lane.state, ANNA) == [
        {"placement": an_id("place"), "by": ANNA, "x": 30, "y": 80}
    ]
    assert lane.board.item("place") == before
    assert lane.effects == [Effect(f"desk:{WORKSHOP}", {"type": "count_lanes", "silence": 1})]
    assert lane.do(put(30, 80), ANNA) == NOTHING
    lane.do(undo(lane.head), ANNA)
    assert hidden_places(lane.state, ANNA)[0]["x"] == 20
    lane.do(put(None, None), ANNA)
    assert hidden_places(lane.state, ANNA) == []


def test_a_hidden_place_is_of_something_that_the_board_shows_and_by_whom_may_move() -> None:
    lane = a_grid()
    assert lane.ask(put(20, 80, "elsewhere"), ANNA) == refused("unknown", field="id")
    assert lane.ask(put(20, None), ANNA) == refused("bad_op", field="y")
    assert a_grid(VERA).ask(put(20, 80), VERA) == refused("forbidden", action="move")
    lane.do({"type": "close_lane"})
    assert lane.ask(put(20, 80), ANNA) == STAGE


def test_revealed_places_stand_on_the_board_beside_what_others_said_before() -> None:
    board = a_board("grid2")
    board.do({"type": "create_placement", "id": an_id("place"), "record": an_id("idea")}, BORIS)
    board.do(put(50, 50), BORIS)
    gone = {"placement": an_id("gone"), "by": ANNA, "x": 1, "y": 2}
    said = {"placement": an_id("place"), "by": ANNA, "x": 20, "y": 80}
    op = {**reveal(), "places": [gone, said]}
    board.do(op)
    item = board.item("place")
    assert {key: item[key] for key in item if key[1:2] == "/"} == {
        **{f"x/{BORIS}": 50, f"y/{BORIS}": 50, f"x/{ANNA}": 20, f"y/{ANNA}": 80}
    }
    assert board.entries[-1].by is None
    assert board.do(op) == NOTHING


# How many have written


def test_facilitators_are_told_in_ticks_of_five() -> None:
    assert [in_ticks(n) for n in (0, 1, 4, 5, 9, 10, 304)] == [0, 0, 0, 5, 5, 10, 300]
    desk = Play(f"desk:{WORKSHOP}", a_workshop())
    count = {"type": "count_writers", "silence": 2, "written": 5}
    assert desk.ask(count, OLGA) == refused("forbidden")
    desk.do(count)
    assert desk.state.get(silence_id(2)) == {
        **{"id": silence_id(2), "kind": "silence", "written": 5}
    }
    for again in (count, {**count, "written": 0}):
        assert desk.do(again) == NOTHING
    assert isinstance(desk.do({**count, "written": 10}).changes, tuple)
    assert all(not isinstance(change, PatchStream) for e in desk.entries for change in e.changes)


def test_a_lane_is_no_stream_of_another_kind() -> None:
    lane = Play("lane:nothing", a_workshop())
    assert isinstance(lane.ask(note("a"), ANNA), Refused)
