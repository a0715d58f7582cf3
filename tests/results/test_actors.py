"""Maps of actors on paper: every actor in the quarter or ring its record says, without the closed side."""

from __future__ import annotations

from typing import Any

from codesign.i18n import Catalogues
from codesign.results.actors import as_notes
from codesign.results.board_reading import read_board
from tests.builders import BOARD, OLGA, Play, a_board, a_register, an_id, relation

ENGLISH = Catalogues().words("en")


def a_map(layout: str, method: str | None = None) -> tuple[Play, Play]:
    register = a_register(None, "council", "drivers", "riders")
    says: dict[str, dict[str, Any]] = {
        "council": {"power": 90, "interest": 45, "class": "key", "nearness": "organisation"},
        "drivers": {"power": 60, "interest": 90, "sector": "private", "tower": 6},
        "riders": {"power": 20, "interest": 75, "affected": 3, "nearness": "users"},
    }
    says["council"] |= {"has_power": True, "is_legitimate": True, "tower": 6}
    says["council"][f"goals/{an_id('calm')}"] = "Calm streets"
    says["drivers"] |= {"has_power": False, "is_legitimate": False, "is_urgent": False}
    says["riders"]["surrogate"] = an_id("council")
    for name, fields in says.items():
        register.do({"type": "edit_record", "id": an_id(name), "fields": fields}, OLGA)
    broken = {"type": "broken", "flow/money": True}
    register.do(relation("r", "riders", "drivers", **broken), OLGA)
    board = a_board(layout, method)
    for name in says:
        place = {"type": "create_placement", "id": an_id(f"p {name}"), "record": an_id(name)}
        board.do(place, OLGA)
    return board, register


def read(layout: str, method: str | None = None) -> dict[str, list[str]]:
    board, register = a_map(layout, method)
    assert board.workshop is not None
    state = as_notes(board.state, register.state, ENGLISH)
    model = read_board(state, board.workshop.state, BOARD)
    return {region.title: [entry.text for entry in region.contents] for region in model.regions}


def test_a_grid_has_its_actors_in_quarters_with_what_stands_out() -> None:
    assert read("grid2") == {
        "Work closely": ["Drivers\npower 60 of 100, interest 90 of 100"],
        "Keep satisfied": ["Council\npower 90 of 100, interest 45 of 100\non the line"],
        "Keep informed": ["Riders\npower 20 of 100, interest 75 of 100\ngive more voice"],
        "Keep an eye on": [],
        "Not placed yet": [],
    }


def test_a_map_has_its_actors_in_rings_and_says_who_waits() -> None:
    said = read("rings")
    assert said["Key: without them nothing happens"] == ["Council"]
    assert said["Not placed yet"] == ["Drivers", "Riders\ngive more voice"]


def test_an_onion_says_who_speaks_for_those_who_cannot_be_there() -> None:
    assert read("rings", "onion") == {
        "The service": [],
        "People who use or run it": ["Riders\nCouncil speaks for them\ngive more voice"],
        "Organisation and partners": ["Council"],
        "Wider surroundings": [],
        "Not placed yet": ["Drivers"],
    }


def test_circles_hold_actors_by_what_is_said_of_their_claim() -> None:
    said = {title: texts for title, texts in read("zones", "salience").items() if texts}
    assert said == {
        "Power and legitimacy: dominant": ["Council"],
        "None of them": ["Drivers"],
        "Not placed yet": ["Riders\ngive more voice"],
    }


def test_a_net_map_says_how_strong_each_is_what_they_want_and_what_flows() -> None:
    said = read("graph", "net-map")
    assert said["On the map"] == [
        "Council\ninfluence 6 of 8, rank 1\nwants: Calm streets",
        "Drivers\ninfluence 6 of 8, rank 1",
        "Riders\ngive more voice",
    ]
    board, register = a_map("graph", "net-map")
    lines = as_notes(board.state, register.state, ENGLISH).of_kind("connector")
    assert [line["label"] for line in lines] == ["broken (money)"]
