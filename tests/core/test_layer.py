"""What is protected, as one layer: opened for everyone and locked again, without losing which it was."""

from __future__ import annotations

from typing import Any

from tests.builders import ANNA, OLGA, REGION, Play, a_board, an_id, edit, note, refused

Op = dict[str, Any]
FIXED = an_id("fixed")


def opened(on: bool) -> Op:
    return {"type": "open_layer", "on": on}


def a_set_up_board() -> Play:
    board = a_board()
    place = {"region": REGION, "order": "a5"}
    board.do({"type": "create_heading", "id": FIXED, "text": "First", **place}, OLGA)
    board.do(note("mine"), ANNA)
    return board


def moved(order: str) -> Op:
    return {"type": "move_item", "id": FIXED, "order": order}


def test_an_open_layer_is_everybodys_and_a_locked_one_is_protected_again() -> None:
    board = a_set_up_board()
    heading = edit("fixed", (0, "", "So: "))
    for asked, action in ((moved("a7"), "move"), (heading, "edit_text")):
        assert board.ask(asked, ANNA) == refused("forbidden", action=action)
    board.do(opened(True), OLGA)
    board.do(moved("a7"), ANNA)
    board.do(heading, ANNA)
    item = board.state.items[FIXED]
    assert (item["text"], item["order"], item["protected"]) == ("So: First", "a7", True)
    board.do(opened(False), OLGA)
    assert "layer_open" not in board.state.fields
    assert board.ask(moved("a8"), ANNA) == refused("forbidden", action="move")


def test_zones_stay_protected_while_the_layer_is_open() -> None:
    board = a_set_up_board()
    board.do(opened(True), OLGA)
    asked = {"type": "move_region", "id": REGION, "order": "a9"}
    assert board.ask(asked, ANNA) == refused("forbidden", action="set_up")


def test_who_leads_changes_what_is_protected_without_opening_it() -> None:
    board = a_set_up_board()
    board.do(moved("a7"), OLGA)
    assert board.ask(moved("a8"), ANNA) == refused("forbidden", action="move")
