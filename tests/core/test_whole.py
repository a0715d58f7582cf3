"""Whole items from outside: what rules make is taken as it is, all else is an error."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.whole import check_item
from tests.builders import Play, a_board, an_id, content, note, refused
from tests.results import demo

NOTE = {
    "id": an_id("fish"),
    "kind": "note",
    "text": "Fish",
    "colour": "sea",
    "at": 5,
    "by": an_id("anna"),
    "region": an_id("region"),
    "order": "a0",
    f"reaction/heart/{an_id('anna')}": True,
}
FRAME = {"kind": "frame", "id": an_id("map"), "title": "Map", "x": 0, "y": 0, "w": 100, "h": 100}

WRONG: dict[str, dict[str, Any]] = {
    "an unknown kind": {**NOTE, "kind": "person"},
    "no kind": {key: value for key, value in NOTE.items() if key != "kind"},
    "no text": {key: value for key, value in NOTE.items() if key != "text"},
    "a field nobody knows": {**NOTE, "votes": 5},
    "a short id": {**NOTE, "id": "fish"},
    "a colour there is not": {**NOTE, "colour": "gold"},
    "a place in both ways": {**NOTE, "x": 0, "y": 0},
    "half a place": {key: value for key, value in NOTE.items() if key != "order"},
    "true for a number": {**NOTE, "at": True},
    "a number for text": {**NOTE, "text": 5},
    "a set that says no": {**NOTE, f"reaction/heart/{an_id('boris')}": False},
    "a reaction there is not": {**NOTE, f"reaction/kiss/{an_id('boris')}": True},
    "a reaction of nobody": {**NOTE, "reaction/heart/": True},
    "a translation into no language": {**NOTE, "text/k": "თევზი"},
    "a translator who is none": {**NOTE, "text/ka": "თევზი", "translator/ka": "anna"},
    "a machine that says no": {**NOTE, "text/ka": "თევზი", "by_machine/ka": False},
    "a mark of no words": {**NOTE, "text/ka": "თევზი", "made_of/ka": "fish"},
    "a translation of a colour": {**NOTE, "colour/ka": "sea"},
    "a reaction to a frame": {**FRAME, f"reaction/heart/{an_id('anna')}": True},
    "a translation of another field": {**FRAME, "text/ka": "თევზი"},
    "a language that is none": {**FRAME, "title/k": "თევზი"},
    "too far away": {**FRAME, "x": 10**9},
    "too small": {**FRAME, "w": 1},
    "too long": {**NOTE, "text": "ა" * 6_000},
    "letters that are none": {**NOTE, "text": "a\x00b"},
}


def filling(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "fill_board", "items": list(items)}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_an_item_that_no_rule_would_make_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_item(wrong)


def test_a_note_from_outside_keeps_its_translations() -> None:
    made = {"translator/ka": an_id("anna"), "by_machine/ka": True, "made_of/ka": "0123456789abcdef"}
    whole = {**NOTE, "lang": "en", "text/ka": "თევზი", **made}
    assert check_item(whole) == whole


def test_words_from_outside_are_cleaned() -> None:
    assert check_item({**NOTE, "text": "Fish\r\nand\x07 chips"})["text"] == "Fish\nand chips"


def test_a_board_that_rules_have_made_fills_another_one_the_same() -> None:
    old = demo.grouped()
    new = demo.a_board_on(demo.a_gathering())
    regions = list(new.state.of_kind("region"))
    for region in regions:
        new.state.drop(region["id"])
    new.state.dropped.clear()
    new.do(filling(*old.items()))
    assert content(new.state) == content(old.state)


def test_a_translated_frame_on_a_free_board_fills_another_one_the_same() -> None:
    old, new = a_board("free"), a_board("free")
    frame = {key: value for key, value in FRAME.items() if key != "kind"}
    old.do({"type": "create_frame", **frame})
    old.do(
        {"type": "translate", "id": frame["id"], "field": "title", "lang": "ka", "words": "რუკა"}
    )
    new.do(filling(*old.items()))
    assert content(new.state) == content(old.state)


def test_filling_stops_at_ids_that_are_taken_and_at_places_the_layout_does_not_have() -> None:
    board: Play = a_board()
    board.do(note("fish", "Fish"))
    assert board.ask(filling(NOTE)) == refused("conflict", id=an_id("fish"), reason="taken")
    spot = {"x": 0, "y": 0, **{k: v for k, v in NOTE.items() if k not in ("region", "order")}}
    assert board.ask(filling({**spot, "id": an_id("new")})) == refused("bad_op", field="x")
    twice = {**NOTE, "id": an_id("twice")}
    assert board.ask(filling(twice, twice)) == refused(
        "conflict", id=an_id("twice"), reason="taken"
    )
