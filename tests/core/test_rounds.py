"""Rounds: one after another by due effects, and sheets that go to the next hand that is still there."""

from __future__ import annotations

from typing import Any

from codesign.core.decision import Refused
from codesign.core.stream import Item
from tests.builders import ANNA, BORIS, OLGA, VERA, Play, a_board_with_rounds, a_workshop, an_id

HERE = frozenset({ANNA, BORIS, OLGA, VERA})
MINUTE = 60_000
ZORA = an_id("zora")


def turn(round: int, **more: Any) -> dict[str, Any]:
    return {"type": "set_round", "round": round, **more}


def a_circle() -> Play:
    """Three who write, with Zora, and sheets that go round."""
    workshop = a_workshop()
    workshop.do({"type": "join_workshop", "person": ZORA, "name": "Zora"})
    return a_board_with_rounds(workshop=workshop, cells=3)


def sheets(board: Play) -> list[Item]:
    return sorted(board.state.of_kind("region"), key=lambda one: str(one["order"]))


def hands(board: Play) -> dict[str, str]:
    """Whose sheet each person holds."""
    return {str(one["holder"]): str(one["sheet_of"]) for one in sheets(board)}


def time_is_up(board: Play) -> None:
    """The newest effect, at its time."""
    effect = board.effects[-1]
    assert effect.stream == board.stream
    board.now += effect.delay
    board.do(effect.op)


def test_a_round_ends_by_an_effect_and_the_next_begins_until_all_are_over() -> None:
    board = a_board_with_rounds(2)
    board.do(turn(1), OLGA)
    assert (board.state.fields["round"], board.state.fields["round_ends"]) == (
        1,
        board.now + MINUTE,
    )
    time_is_up(board)
    assert (board.state.fields["round"], board.state.fields["round_ends"]) == (
        2,
        board.now + MINUTE,
    )
    time_is_up(board)
    assert board.state.fields["round"] == 3
    assert "round_ends" not in board.state.fields


def test_an_end_that_was_moved_meanwhile_changes_nothing() -> None:
    board = a_board_with_rounds()
    board.do(turn(1), OLGA)
    old = board.effects[-1]
    board.now += 10_000
    board.do(turn(2), OLGA)
    head = board.head
    board.now += MINUTE - 10_000
    board.do(old.op)
    assert board.head == head
    assert board.state.fields["round"] == 2


def test_nobody_but_the_product_says_that_time_is_up() -> None:
    board = a_board_with_rounds()
    assert board.ask(turn(2, ends_at=board.now), OLGA) == Refused("forbidden")


def test_there_are_no_more_rounds_than_the_method_has_and_none_where_it_has_none() -> None:
    board = a_board_with_rounds(3)
    assert board.ask(turn(5), OLGA) == Refused("bad_op", {"field": "round"})
    board.do(turn(4), OLGA)
    board.do(turn(0), OLGA)
    assert "round" not in board.state.fields


def test_the_first_round_deals_a_sheet_to_every_writer_who_is_here() -> None:
    board = a_circle()
    board.do(turn(1), OLGA, here=HERE)
    assert {one["sheet_of"] for one in sheets(board)} == {ANNA, BORIS}
    assert all(one["holder"] == one["sheet_of"] and one["protected"] for one in sheets(board))
    assert [one["title"] for one in sheets(board)] == ["1", "2"]


def test_sheets_go_round_and_skip_who_closed_the_board_or_was_removed() -> None:
    board = a_circle()
    board.do(turn(1), OLGA, here=HERE | {ZORA})
    circle = [str(one["sheet_of"]) for one in sheets(board)]
    first, second, third = circle
    assert set(circle) == {ANNA, BORIS, ZORA}
    board.do(turn(2), OLGA, here=HERE | {ZORA})
    assert hands(board) == {second: first, third: second, first: third}
    # The second closes the laptop: what would come to them goes on to the one after.
    board.do(turn(3), OLGA, here=frozenset({first, third}))
    assert [(one["sheet_of"], one["holder"]) for one in sheets(board)] == [
        (first, third),
        (second, first),
        (third, third),
    ]


def test_who_was_removed_gets_no_sheet_also_where_nobody_knows_who_is_here() -> None:
    board = a_circle()
    board.do(turn(1), OLGA)
    assert board.workshop is not None
    board.workshop.do({"type": "remove_person", "person": ZORA}, OLGA)
    board.do(turn(2), OLGA)
    assert ZORA not in {one["holder"] for one in sheets(board)}


def test_dealt_again_sheets_go_back_to_who_began_them_and_nobody_has_two() -> None:
    board = a_circle()
    board.do(turn(1), OLGA)
    board.do(turn(2), OLGA)
    board.do(turn(1), OLGA)
    assert len(sheets(board)) == 3
    assert all(one["holder"] == one["sheet_of"] for one in sheets(board))


def test_asking_for_the_round_that_is_on_passes_nothing_on() -> None:
    board = a_circle()
    board.do(turn(1), OLGA)
    board.do(turn(2), OLGA)
    before = hands(board)
    board.now += 5_000
    board.do(turn(2), OLGA)
    assert hands(board) == before
    assert board.state.fields["round_ends"] == board.now + MINUTE


def test_who_comes_late_takes_a_sheet_and_is_in_the_circle_from_then_on() -> None:
    board = a_circle()
    board.do(turn(1), OLGA, here=frozenset({ANNA, BORIS}))
    board.do({"type": "take_sheet"}, ZORA)
    head = board.head
    board.do({"type": "take_sheet"}, ZORA)
    assert board.head == head
    assert [one["sheet_of"] for one in sheets(board)][-1] == ZORA
    board.do(turn(2), OLGA, here=frozenset({ANNA, BORIS, ZORA}))
    assert len(hands(board)) == 3


def test_where_nothing_goes_round_there_are_no_sheets() -> None:
    board = a_board_with_rounds()
    assert board.ask({"type": "take_sheet"}, ANNA) == Refused("bad_op", {"field": "type"})
    board.do(turn(1), OLGA)
    assert len(sheets(board)) == 1


def test_a_round_that_is_longer_than_the_first_says_so_by_its_number() -> None:
    board = a_board_with_rounds(3, **{"round_ms/2": 5 * MINUTE})
    board.do(turn(1), OLGA)
    time_is_up(board)
    assert board.state.fields["round_ends"] == board.now + 5 * MINUTE
    time_is_up(board)
    assert board.state.fields["round_ends"] == board.now + MINUTE
