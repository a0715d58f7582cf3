"""Moving a region among the others: one field, guarded and undone like every other."""

from __future__ import annotations

from codesign.core.changes import PatchItem
from codesign.core.decision import NOTHING, Accepted
from tests.builders import (
    AGES,
    ANNA,
    BORIS,
    OLGA,
    REGION,
    SECOND_REGION,
    Play,
    a_board,
    note,
    refused,
    undo,
)


def move(region: str, order: str) -> dict[str, object]:
    return {"type": "move_region", "id": region, "order": order}


def orders(board: Play) -> list[str]:
    return [str(r["id"]) for r in sorted(board.state.of_kind("region"), key=lambda r: r["order"])]


def test_a_region_moves_among_the_others_and_its_notes_stay_in_it() -> None:
    board = a_board()
    board.do(note("bench"), ANNA)
    assert board.ask(move(REGION, "a2"), OLGA) == Accepted((PatchItem(REGION, {"order": "a2"}),))
    assert (orders(board), board.item("bench")["region"]) == ([SECOND_REGION, REGION], REGION)
    assert board.ask(move(REGION, "a2"), OLGA) == NOTHING


def test_moving_a_region_is_undone() -> None:
    board = a_board()
    board.do(move(REGION, "a2"), OLGA)
    board.do(undo(board.head), OLGA)
    assert orders(board) == [REGION, SECOND_REGION]


def test_p4_8_a_region_that_somebody_else_moved_meanwhile_is_not_moved_again() -> None:
    workshop = (board := a_board()).workshop
    assert workshop is not None
    workshop.do({"type": "set_role", "person": BORIS, "role": "co-facilitator"}, OLGA)
    known = board.head
    board.do(move(REGION, "a2"), BORIS)
    board.now += AGES
    no = refused("conflict", id=REGION, field="order", value="a2", by=BORIS)
    assert board.ask(move(REGION, "Zz"), OLGA, base=known) == no
