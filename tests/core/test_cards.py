"""Cards: notes that are something, with what is said of them and what is drawn on them."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core import limits
from codesign.core.cards import card_kind, lines_of
from codesign.core.decision import Refused
from codesign.core.forgetting import taken
from codesign.core.kinds import KINDS
from codesign.core.whole import check_about, check_item, lasting
from tests.builders import ANNA, BORIS, OLGA, Play, a_lane, a_workshop, added_to, an_id, note

PIN = (
    "text: text!\ntype: enum(problem|idea)!\nplace: place\nsure: scale(1..5)\nfor: multi(old|young)"
)


def a_board_of_pins() -> Play:
    about = {"card/pin": PIN}
    said = {"title": "Map", "layout": "image", "question": "Where?", "about": about}
    return added_to(a_workshop(), [], **said)


def pin(name: str, **more: Any) -> dict[str, Any]:
    made = {"type": "create_note", "id": an_id(name), "text": name, "x": 0, "y": 0, "card": "pin"}
    return {**made, **more}


def say(name: str, **fields: Any) -> dict[str, Any]:
    spelled = {key.replace("__", "/"): value for key, value in fields.items()}
    return {"type": "edit_item", "id": an_id(name), "fields": spelled}


def test_a_card_is_a_note_that_says_more_than_its_words() -> None:
    board = a_board_of_pins()
    board.do(pin("crossing"), ANNA)
    board.do(say("crossing", said__type="problem", said__sure=4, said__for__old=True), ANNA)
    crossing = board.item("crossing")
    assert (crossing["kind"], crossing["card"], crossing["said/type"]) == ("note", "pin", "problem")
    assert (crossing["said/sure"], crossing["said/for/old"]) == (4, True)
    board.do(say("crossing", said__sure=None), ANNA)
    assert "said/sure" not in board.item("crossing")


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("said/type", "wish", "choice"),
        ("said/sure", 6, "range"),
        ("said/for", True, "form"),
        ("said/for/everyone", True, "choice"),
        ("said/text", "its words are the note's", "no_field"),
        ("said/colour", "red", "no_field"),
        ("text", "no", "no_field"),
        ("by", "no", "no_field"),
    ],
)
def test_a_card_says_only_what_its_kind_has(key: str, value: Any, reason: str) -> None:
    board = a_board_of_pins()
    board.do(pin("crossing"), ANNA)
    asked = {"type": "edit_item", "id": an_id("crossing"), "fields": {key: value}}
    assert board.ask(asked, ANNA) == Refused("bad_op", {"field": key, "reason": reason})


def test_a_board_takes_only_its_own_cards_and_a_plain_note_says_nothing_more() -> None:
    board = a_board_of_pins()
    assert board.ask(pin("tree", card="tree"), ANNA) == Refused("bad_op", {"field": "card"})
    board.do(pin("plain", card=None), ANNA)
    no = Refused("bad_op", {"field": "said/type", "reason": "no_field"})
    assert board.ask(say("plain", said__type="idea"), ANNA) == no


def test_a_drawing_is_kept_stroke_by_stroke_and_each_is_one_undo() -> None:
    board = a_board_of_pins()
    board.do(pin("sketch"), ANNA)
    board.do(say("sketch", ink__1="0,0 500,750"), ANNA)
    board.do(say("sketch", ink__2="10,20 30,40 50,60"), ANNA)
    assert {key for key in board.item("sketch") if key.startswith("ink/")} == {"ink/1", "ink/2"}
    board.do({"type": "undo", "n": board.head}, ANNA)
    assert {key for key in board.item("sketch") if key.startswith("ink/")} == {"ink/1"}
    assert board.ask(say("sketch", ink__3="1,1"), BORIS) == Refused(
        "forbidden", {"action": "edit_text"}
    )


@pytest.mark.parametrize("stroke", ["", "1", "1,2,3", "-1,2", "1.5,2", "10000,2", "M0 0", 7, True])
def test_a_stroke_is_a_line_of_whole_places_and_nothing_else(stroke: Any) -> None:
    board = a_board_of_pins()
    board.do(pin("sketch"), ANNA)
    no = Refused("bad_op", {"field": "ink/1", "reason": "form"})
    assert board.ask(say("sketch", ink__1=stroke), ANNA) == no


def test_a_drawing_is_bounded_in_strokes_and_bytes_and_counts_among_the_words() -> None:
    board = a_board_of_pins()
    board.do(pin("sketch"), ANNA)
    words = board.state.words
    many = {f"ink/{n}": "1,2" for n in range(limits.STROKES)}
    board.do(say("sketch", **many), ANNA)
    assert board.state.words == words + 3 * limits.STROKES
    no = Refused("limit", {"limit": "drawing", "most": limits.STROKES})
    assert board.ask(say("sketch", ink__more="1,2"), ANNA) == no
    board.do(say("sketch", **dict.fromkeys(many)), ANNA)
    long = " ".join(["999,999"] * 180)
    for n in range(4):
        board.do(say("sketch", **{f"ink/{n}": long}), ANNA)
    assert board.ask(say("sketch", ink__5=long), ANNA) == no


def test_in_a_lane_people_draw_alone_and_the_reveal_tells_it() -> None:
    lane = a_lane()
    lane.do(note("sketch"), ANNA)
    lane.do(say("sketch", ink__1="1,2 3,4"), ANNA)
    hidden = lane.item("sketch")
    assert lane.board is not None
    lane.board.do({"type": "reveal_notes", "notes": [hidden]})
    assert lane.board.item("sketch")["ink/1"] == "1,2 3,4"


def test_whoever_is_forgotten_leaves_no_drawing() -> None:
    board = a_board_of_pins()
    board.do(pin("sketch"), ANNA)
    board.do(say("sketch", ink__1="1,2", said__type="idea"), ANNA)
    fields, _ = taken(board.item("sketch"))
    assert fields == {"ink/1": None, "said/type": None}


def test_what_a_method_adds_goes_wherever_the_board_goes() -> None:
    board = a_board_of_pins()
    assert lasting(board.state.fields)["card/pin"] == PIN
    board.do(pin("sketch"), ANNA)
    board.do(say("sketch", ink__1="1,2", said__type="idea", said__for__old=True), ANNA)
    assert check_item(board.item("sketch")) == board.item("sketch")


@pytest.mark.parametrize(
    "about",
    [
        {"card/x": "no field"},
        {"card/x": "money: money"},
        {"card/x": 3},
        {"card/X": "text: text!"},
        {"rounds": 0},
        {"rounds": True},
        {"round": 1},
        {"layout": "free"},
    ],
)
def test_what_is_no_card_and_no_round_is_not_added(about: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check_about(about)


def test_a_kind_is_kept_with_what_a_form_can_ask_for() -> None:
    lines = lines_of(KINDS["question"])
    kind = card_kind("question", {"card/question": lines})
    assert kind is not None
    assert [field.name for field in kind.fields] == [
        *("text", "need", "because", "breadth", "contains_a_solution")
    ]
    assert kind.title == "text"


def test_whoever_leads_changes_every_card() -> None:
    board = a_board_of_pins()
    board.do(pin("crossing"), ANNA)
    board.do(say("crossing", said__type="idea"), OLGA)
    assert board.item("crossing")["said/type"] == "idea"
