"""The guard of stale writes (P4.8): what someone else changed a while ago is not overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.decision import NOTHING
from codesign.core.history import History
from codesign.core.limits import GUARD_MS
from tests.builders import (
    ANNA,
    BORIS,
    OLGA,
    REGION,
    SECOND_REGION,
    Play,
    a_board,
    an_id,
    edit,
    note,
    refused,
)

LATER = {"region": SECOND_REGION, "order": "a3"}


def move(name: str, **place: Any) -> dict[str, Any]:
    return {"type": "move_item", "id": an_id(name), **place}


@pytest.fixture
def board() -> Play:
    """Anna's note, which Boris moved; Anna has not heard of it yet (her base is 2)."""
    board = a_board()
    board.do(note("fish"), ANNA)
    assert board.head == 2
    board.do(move("fish", **LATER), BORIS)
    return board


def test_a_stale_move_is_refused_with_the_value_of_today(board: Play) -> None:
    board.now += GUARD_MS + 1
    assert board.ask(move("fish", order="a1"), ANNA, base=2) == refused(
        "conflict", id=an_id("fish"), field="order", value="a3", by=BORIS
    )


def test_within_ten_seconds_the_last_one_wins(board: Play) -> None:
    board.now += GUARD_MS
    board.do(move("fish", order="a1"), ANNA, base=2)
    assert board.item("fish")["order"] == "a1"


def test_who_has_seen_the_change_may_overwrite_it(board: Play) -> None:
    board.now += GUARD_MS + 1
    board.do(move("fish", order="a1"), ANNA, base=3)
    assert board.item("fish")["order"] == "a1"


def test_nobody_is_stale_against_herself(board: Play) -> None:
    board.now += GUARD_MS + 1
    board.do(move("fish", order="a1"), BORIS, base=2)
    assert board.item("fish")["order"] == "a1"


def test_asking_for_what_is_already_so_is_no_conflict(board: Play) -> None:
    board.now += GUARD_MS + 1
    assert board.ask(move("fish", **LATER), ANNA, base=2) == NOTHING


def test_another_field_is_nobody_elses_business(board: Play) -> None:
    board.now += GUARD_MS + 1
    board.do({"type": "recolour", "id": an_id("fish"), "colour": "leaf"}, ANNA, base=2)
    assert board.item("fish")["colour"] == "leaf"


def test_a_stale_delete_is_refused(board: Play) -> None:
    board.now += GUARD_MS + 1
    delete = {"type": "delete_item", "id": an_id("fish")}
    assert board.ask(delete, ANNA, base=2) == refused(
        "conflict", id=an_id("fish"), field="region", value=SECOND_REGION, by=BORIS
    )


def test_a_reaction_of_someone_else_does_not_keep_an_item(board: Play) -> None:
    board.do({"type": "react", "id": an_id("fish"), "reaction": "heart", "on": True}, BORIS, base=3)
    board.now += GUARD_MS + 1
    board.do({"type": "delete_item", "id": an_id("fish")}, ANNA, base=3)
    assert board.state.get(an_id("fish")) is None


def test_text_is_not_guarded_but_rebased() -> None:
    board = a_board()
    board.do(note("fish", "fish"), ANNA)
    board.do(edit("fish", (0, "", "big ")), OLGA)
    board.now += GUARD_MS + 1
    board.do(edit("fish", (4, "", "!")), ANNA, base=2)
    assert board.item("fish")["text"] == "big fish!"


def test_a_region_is_protected_and_a_cluster_everybodys() -> None:
    board = a_board()
    cluster = {"type": "create_cluster", "id": an_id("trees"), "region": REGION, "order": "a0"}
    board.do(cluster, BORIS)
    board.do(note("fish"), BORIS)
    asking = board.asking(note("new"), ANNA)
    region = board.state.items[REGION]
    whose = [asking.whose(item) for item in (region, board.item("trees"), board.item("fish"))]
    assert whose == ["protected", "shared", "other"]


def test_a_note_nobody_else_touched_moves_however_much_was_written_meanwhile() -> None:
    """In a crowd the memory of entries is a few seconds long; who touched what is known longer."""
    board = a_board()
    board.history = History(board.head, keep=20)
    board.do(note("fish"), ANNA)
    board.do(note("bird"), ANNA)
    base = board.head
    for turn in range(11):
        board.do(move("bird", order=f"a{1 + turn % 2}"), BORIS)
        board.do(move("bird", order=f"b{1 + turn % 2}"), BORIS)
    assert board.history.since > base
    board.now += GUARD_MS + 1
    board.do(move("fish", order="a2"), ANNA, base=base)
    refused_by = board.ask(move("bird", order="c2"), ANNA, base=base)
    assert refused_by == refused("conflict", id=an_id("bird"), field="order", value="b1", by=BORIS)


def test_a_base_older_than_what_is_remembered_is_stale_for_every_field_that_differs() -> None:
    """Who changed it is no longer known, so nothing is overwritten."""
    board = a_board()
    board.do(note("fish"), ANNA)
    board.do(move("fish", **LATER), BORIS)
    board.forget()
    board.now += GUARD_MS + 1
    assert board.ask(move("fish", order="a1"), ANNA, base=1) == refused(
        "conflict", id=an_id("fish"), field="order", value="a3", by=None
    )
    board.do(move("fish", order="a1"), ANNA, base=board.head)
