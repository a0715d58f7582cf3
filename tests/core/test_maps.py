"""System maps: factors, causal links between them, and what is said of either."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core import limits
from codesign.core.decision import Refused
from codesign.core.whole import check_item
from tests.builders import ANNA, BORIS, OLGA, Play, a_board, an_id, edit, undo

Op = dict[str, Any]


def factor(name: str, at: int = 0, **more: Any) -> Op:
    return {
        "type": "create_factor",
        "id": an_id(name),
        "label": name,
        "x": at * 20_000,
        "y": 0,
        **more,
    }


def link(start: str, end: str, polarity: str = "+", **fields: Any) -> Op:
    ends = {"from": an_id(start), "to": an_id(end)}
    made = {
        "type": "create_causal_link",
        "id": an_id(f"{start}-{end}"),
        **ends,
        "polarity": polarity,
    }
    return {**made, "fields": fields} if fields else made


def say(name: str, **fields: Any) -> Op:
    return {"type": "edit_item", "id": an_id(name), "fields": fields}


def a_map(*names: str) -> Play:
    board = a_board("graph")
    for at, name in enumerate(names):
        board.do(factor(name, at), ANNA)
    return board


def test_a_factor_stands_where_it_was_put_with_what_is_said_of_it() -> None:
    board = a_map()
    asked = factor("buses", lang="en", fields={"role": "outcome", "controllable": 2})
    board.do(asked, ANNA)
    at = board.item("buses")["at"]
    said = {"label": "buses", "role": "outcome", "controllable": 2, "lang": "en"}
    assert board.item("buses") == {
        "id": an_id("buses"), "kind": "factor", "x": 0, "y": 0, "by": ANNA, "at": at, **said
    }  # fmt: skip


def test_two_factors_put_onto_one_spot_stand_side_by_side() -> None:
    board = a_map("buses")
    board.do(factor("cars"), BORIS)
    assert (board.item("cars")["x"], board.item("cars")["y"]) != (0, 0)


def test_a_link_has_a_sign_and_anyone_at_the_table_may_say_more_of_it() -> None:
    board = a_map("buses", "people")
    board.do(link("buses", "people", "-"), ANNA)
    board.do(say("buses-people", polarity="+", delay="months", strength=3), BORIS)
    board.do(edit("buses-people", (0, "", "they wait less"), field="why"), BORIS)
    made = board.item("buses-people")
    said = {key: made.get(key) for key in ("polarity", "delay", "strength", "why")}
    assert said == {"polarity": "+", "delay": "months", "strength": 3, "why": "they wait less"}


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        (link("buses", "buses"), "bad_op", "to"),
        (link("buses", "nowhere"), "unknown", "to"),
        (link("nowhere", "buses"), "unknown", "from"),
        (link("buses", "people", strength=4), "bad_op", "strength"),
        (link("buses", "people", delay="weeks"), "bad_op", "delay"),
        ({**link("buses", "people"), "fields": {"to": an_id("buses")}}, "bad_op", "fields"),
        (factor("cars", label="  "), "bad_op", "label"),
        (factor("cars", fields={"role": "hero"}), "bad_op", "role"),
        (factor("cars", fields={"secret": "x"}), "bad_op", "secret"),
        (say("buses", label=None), "bad_op", "label"),
        (say("nowhere", role="outcome"), "unknown", None),
        (say("note", role="outcome"), "bad_op", "role"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(asked: Op, code: str, field: str) -> None:
    board = a_map("buses", "people")
    words = {"id": an_id("note"), "text": "", "x": 0, "y": 90_000}
    board.do({"type": "create_note", **words}, ANNA)
    refused = board.ask(asked, ANNA)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.data.get("field")) == (code, field)


def test_a_second_link_from_one_factor_to_another_is_refused_and_the_way_back_is_none() -> None:
    board = a_map("buses", "people")
    board.do(link("buses", "people"), ANNA)
    again = {**link("buses", "people", "-"), "id": an_id("again")}
    there = {"id": an_id("buses-people"), "reason": "taken"}
    assert board.ask(again, BORIS) == Refused("conflict", there)
    board.do(link("people", "buses"), BORIS)


def test_maps_are_drawn_on_maps_only() -> None:
    board = a_board("free")
    assert board.ask(factor("buses"), ANNA) == Refused("bad_op", {"field": "type"})


def test_a_factor_takes_its_links_along_and_undo_brings_all_back() -> None:
    board = a_map("buses", "people", "fares")
    for asked in (link("buses", "people"), link("people", "fares"), link("fares", "buses")):
        board.do(asked, ANNA)
    before = dict(board.state.items)
    board.do({"type": "delete_item", "id": an_id("people")}, OLGA)
    gone = {an_id(name) for name in ("people", "buses-people", "people-fares")}
    assert board.state.items.keys() == before.keys() - gone
    board.do(undo(board.head), OLGA)
    assert board.state.items == before


def test_words_of_a_map_count_towards_those_of_the_board(monkeypatch: pytest.MonkeyPatch) -> None:
    board = a_map("buses")
    before = board.state.words
    board.do(say("buses", description="how often they come"), ANNA)
    assert board.state.words == before + len("how often they come")
    monkeypatch.setattr(limits, "BOARD_WORD_BYTES", board.state.words + 4)
    refused = board.ask(say("buses", description="how often they come in all"), ANNA)
    assert isinstance(refused, Refused)
    assert refused.data["limit"] == "words"
    board.do(say("buses", description="how often they"), ANNA)


def test_a_map_comes_back_from_an_archive_and_nonsense_does_not() -> None:
    board = a_map("buses", "people")
    board.do(say("buses", pinned=True, wanted="up", controllable=3), ANNA)
    board.do(link("buses", "people", "unknown", delay="years", source="a survey"), ANNA)
    for one in board.state.items.values():
        assert check_item(one) == one
    for wrong in ({"polarity": "×"}, {"strength": 9}, {"delay": 1}, {"from": "buses"}):
        with pytest.raises(ValueError, match=r"choice|range|form"):
            check_item({**board.item("buses-people"), **wrong})
