"""Boards of actors: which boards are one, where their placements stand, and how they stood before."""

from __future__ import annotations

import pytest

from codesign.core.changes import PatchItem, PutItem
from codesign.core.decision import Accepted, Refused
from codesign.core.limits import ARRANGEMENTS_PER_BOARD
from codesign.core.record_boards import METHODS, PLAIN, method_of
from codesign.core.whole import check_item
from tests.builders import ANNA, BORIS, START, Play, a_board, an_id, refused

COUNCIL = an_id("council")


def placed(board: Play) -> Play:
    board.do({"type": "create_placement", "id": an_id("p"), "record": COUNCIL}, ANNA)
    return board


def keep(name: str, **stood: str) -> dict[str, object]:
    places = {an_id(record): code for record, code in stood.items()}
    return {"type": "keep_arrangement", "id": an_id(name), "title": "May", "stood": places}


def test_a_plain_layout_shows_records_only_where_the_board_says_its_method() -> None:
    assert method_of({"layout": "zones"}) == method_of({"layout": "graph"}) == ""
    assert method_of({"layout": "zones", "method": "net-map"}) == ""
    assert method_of({"layout": "rings"}) == "actor-map"
    for layout, methods in METHODS.items():
        assert [method_of({"layout": layout, "method": one}) for one in methods] == [*methods]
    assert set(METHODS) >= PLAIN


def test_on_a_net_map_an_actor_stands_where_people_draw_it_and_nowhere_else() -> None:
    net = placed(a_board("graph", "net-map"))
    there = net.do({"type": "move_item", "id": an_id("p"), "x": 20_000, "y": 70_000}, BORIS)
    assert there == Accepted((PatchItem(an_id("p"), {"x": 20_000, "y": 70_000}),))
    for layout in ("grid2", "graph"):
        board = placed(a_board(layout))
        move = {"type": "move_item", "id": an_id("p"), "x": 20_000, "y": 70_000}
        assert board.ask(move, BORIS) == Refused("unknown")


def test_a_net_map_takes_no_factors() -> None:
    net = a_board("graph", "net-map")
    factor = {"type": "create_factor", "id": an_id("f"), "label": "Trust", "x": 0, "y": 0}
    assert net.ask(factor, ANNA) == refused("bad_op", field="type")


def test_how_actors_stand_is_kept_as_one_item_that_its_author_can_delete() -> None:
    grid = placed(a_board("grid2"))
    kept = {"id": an_id("may"), "kind": "arrangement", "title": "May", "by": ANNA, "at": START}
    kept[f"stood/{COUNCIL}"] = "45.90"
    assert grid.do(keep("may", council="45.90"), ANNA) == Accepted((PutItem(kept),))
    assert check_item(kept) == kept
    gone = {"type": "delete_item", "id": an_id("may")}
    assert grid.ask(gone, BORIS) == refused("forbidden", action="delete")
    assert isinstance(grid.ask(gone, ANNA), Accepted)


def test_a_board_of_notes_keeps_no_arrangement_and_none_keeps_more_than_twenty() -> None:
    assert a_board().ask(keep("may", council="key.state"), ANNA) == refused("bad_op", field="type")
    grid = a_board("grid2")
    for at in range(ARRANGEMENTS_PER_BOARD):
        grid.do(keep(f"kept {at}", council="1.1"), ANNA)
    assert grid.ask(keep("one more", council="1.1"), ANNA) == refused(
        "limit", limit="arrangements", most=ARRANGEMENTS_PER_BOARD
    )


@pytest.mark.parametrize("code", ["<b>", "a b", "1.2.3", "key.state.more", "", "x" * 60])
def test_where_something_stood_is_a_code_and_never_words(code: str) -> None:
    kept = {"id": an_id("may"), "kind": "arrangement", "title": "May", "at": START}
    with pytest.raises(ValueError, match="form"):
        check_item({**kept, f"stood/{COUNCIL}": code})
