"""Maps of actors on paper: every actor in the quarter or ring its record says, without the closed side."""

from __future__ import annotations

from codesign.i18n import Catalogues
from codesign.results.actors import as_notes
from codesign.results.board_model import read_board
from tests.builders import BOARD, OLGA, Play, a_board, a_register, an_id, relation

ENGLISH = Catalogues().words("en")


def a_map(layout: str) -> tuple[Play, Play]:
    register = a_register(None, "council", "drivers", "riders")
    says = {
        "council": {"power": 90, "interest": 45, "class": "key"},
        "drivers": {"power": 60, "interest": 90, "sector": "private"},
        "riders": {"power": 20, "interest": 75, "affected": 3},
    }
    for name, fields in says.items():
        register.do({"type": "edit_record", "id": an_id(name), "fields": fields}, OLGA)
    register.do(relation("r", "riders", "drivers", type="broken"), OLGA)
    board = a_board(layout)
    for name in says:
        place = {"type": "create_placement", "id": an_id(f"p {name}"), "record": an_id(name)}
        board.do(place, OLGA)
    return board, register


def read(layout: str) -> dict[str, list[str]]:
    board, register = a_map(layout)
    assert board.workshop is not None
    state = as_notes(board.state, register.state, ENGLISH)
    model = read_board(state, board.workshop.state, BOARD, "en")
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
