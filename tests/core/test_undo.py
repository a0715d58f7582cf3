"""Undo (P4.9): puts back what an op changed, never what someone else has changed since."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.ask import UndoSource
from codesign.core.changes import DropItem, PatchItem
from codesign.core.decision import NOTHING, Accepted, Refused
from tests.builders import (
    ANNA,
    BORIS,
    OLGA,
    REGION,
    SECOND_REGION,
    Play,
    a_board,
    an_id,
    content,
    edit,
    note,
    refused,
    undo,
)

TREES = {"type": "create_cluster", "id": an_id("trees"), "region": REGION, "order": "a1"}


def delete(name: str) -> dict[str, Any]:
    return {"type": "delete_item", "id": an_id(name)}


def recolour(name: str, colour: str) -> dict[str, Any]:
    return {"type": "recolour", "id": an_id(name), "colour": colour}


def a_board_with(*ops: dict[str, Any], by: str = ANNA) -> Play:
    board = a_board()
    for op in ops:
        board.do(op, by)
    return board


def test_undo_takes_an_op_back_and_undoing_that_does_it_again() -> None:
    board = a_board_with(note("fish", "fish"))
    there = content(board.state)
    board.do(undo(2), ANNA)
    assert board.state.get(an_id("fish")) is None
    board.do(undo(3), ANNA)
    assert content(board.state) == there


def test_a_batch_is_taken_back_as_one() -> None:
    board = a_board_with(note("fish", "fish"))
    before = content(board.state)[:2]
    ops = [recolour("fish", "sun"), edit("fish", (0, "f", "d")), note("bird")]
    board.do({"type": "all", "ops": ops}, ANNA)
    board.do(undo(3), ANNA)
    assert content(board.state)[:2] == before


def test_a_field_someone_else_has_changed_since_is_left_alone() -> None:
    board = a_board_with(note("fish"))
    board.do({"type": "move_item", "id": an_id("fish"), "order": "a5"}, ANNA)
    board.do({"type": "move_item", "id": an_id("fish"), "order": "a7"}, BORIS)
    assert board.ask(undo(3), ANNA) == NOTHING


def test_a_note_someone_else_has_touched_since_is_not_taken_away() -> None:
    board = a_board_with(note("fish"))
    board.do({"type": "react", "id": an_id("fish"), "reaction": "heart", "on": True}, BORIS)
    assert board.ask(undo(2), ANNA) == NOTHING


def test_text_is_taken_back_around_what_others_wrote() -> None:
    board = a_board_with(note("fish", "a fish"), edit("fish", (2, "fish", "bird")))
    board.do(edit("fish", (0, "", "not "), (6, "", "!")), OLGA)
    board.do(undo(3), ANNA)
    assert board.item("fish")["text"] == "not a fish!"


def test_words_someone_wrote_into_ours_stay_when_ours_go() -> None:
    board = a_board_with(note("fish", ""), edit("fish", (0, "", "abcd")))
    board.do(edit("fish", (2, "", "X")), OLGA)
    board.do(undo(3), ANNA)
    assert board.item("fish")["text"] == "X"


def test_a_deleted_item_comes_back_with_its_lines_and_notes() -> None:
    board = a_board_with(TREES, note("oak", cluster=an_id("trees")))
    ends = {"from": an_id("oak"), "to": an_id("trees")}
    board.do({"type": "create_connector", "id": an_id("line"), **ends}, ANNA)
    before = content(board.state)
    board.do(delete("trees"), ANNA)
    board.do(undo(5), ANNA)
    assert content(board.state) == before


def test_a_line_does_not_come_back_when_its_end_has_gone() -> None:
    board = a_board_with(note("oak"), note("elm"))
    ends = {"from": an_id("oak"), "to": an_id("elm")}
    board.do({"type": "create_connector", "id": an_id("line"), **ends}, ANNA)
    board.do(delete("line"), ANNA)
    board.do(delete("elm"), ANNA)
    assert board.ask(undo(5), ANNA) == NOTHING


def test_a_region_with_notes_in_it_is_not_taken_away_again() -> None:
    board = a_board()
    region = {"type": "create_region", "id": an_id("third"), "title": "Then", "order": "a2"}
    board.do(region, OLGA)
    board.do({**note("fish"), "region": an_id("third")}, ANNA)
    assert board.ask(undo(2), OLGA) == NOTHING


def test_a_cluster_someone_else_put_a_note_into_stays() -> None:
    board = a_board_with(TREES)
    board.do(note("oak", cluster=an_id("trees")), BORIS)
    assert board.ask(undo(2), ANNA) == NOTHING


def test_a_cluster_goes_and_lets_ones_own_notes_go() -> None:
    board = a_board_with(TREES, note("oak", cluster=an_id("trees")))
    assert board.ask(undo(2), ANNA) == Accepted(
        (PatchItem(an_id("oak"), {"cluster": None}), DropItem(an_id("trees")))
    )


def test_a_note_does_not_go_back_into_what_is_gone() -> None:
    board = a_board_with(TREES, note("oak", cluster=an_id("trees")))
    place = {"region": SECOND_REGION, "order": "a9"}
    board.do({"type": "move_item", "id": an_id("oak"), **place}, ANNA)
    board.do(delete("trees"), BORIS)
    board.do(undo(4), ANNA)
    oak = board.item("oak")
    assert (oak["region"], oak["order"], oak.get("cluster")) == (REGION, "a0", None)


def test_what_was_taken_back_before_is_not_taken_back_again() -> None:
    board = a_board_with(note("fish"), recolour("fish", "sun"))
    board.do(undo(3), ANNA)
    assert board.ask(undo(3), ANNA) == NOTHING


def test_an_op_nobody_knows_cannot_be_taken_back() -> None:
    assert a_board().ask(undo(99), ANNA) == refused("unknown", field="n")


def test_an_entry_the_room_has_forgotten_is_taken_back_with_the_journals_help() -> None:
    board = a_board_with(note("fish", "fish"), edit("fish", (4, "", "es")))
    board.do(edit("fish", (0, "", "two ")), OLGA)
    board.forget()
    source = UndoSource(board.entries[2], tuple(board.entries[3:]))
    board.do(undo(3), ANNA, undo=source)
    assert board.item("fish")["text"] == "two fish"


def made_by_olga(*ops: dict[str, Any]) -> Play:
    """What somebody did who led the workshop; the last op is entry `head`."""
    return a_board_with(*ops, by=OLGA)


HEADING = {"type": "create_heading", "id": an_id("soon"), "text": "Soon", "region": REGION}
ADD_REGION = {"type": "create_region", "id": an_id("then"), "title": "Then", "order": "a9"}


@pytest.mark.parametrize(
    "ops",
    [
        [ADD_REGION],
        [{**HEADING, "order": "a3"}],
        [note("fish"), {"type": "protect_item", "id": an_id("fish"), "on": True}],
        [note("fish"), {"type": "protect_item", "id": an_id("fish"), "on": True}, delete("fish")],
        [{"type": "delete_item", "id": SECOND_REGION}],
        [edit(None, (0, "", "So: "), field="question")],
        [{"type": "edit_text", "id": REGION, "field": "title", "splices": [[0, "Now", "Soon"]]}],
        [{"type": "translate", "id": REGION, "field": "title", "lang": "ka", "words": "ახლა"}],
        [{"type": "move_item", "id": an_id("soon"), "order": "a5"}],
    ],
    ids=["region", "heading", "protect", "protected", "drop", "question", "title", "ka", "move"],
)
def test_what_somebody_set_up_is_not_theirs_to_undo_once_they_no_longer_lead(
    ops: list[dict[str, Any]],
) -> None:
    board = a_board()
    if ops[0]["type"] == "move_item":
        board.do({**HEADING, "order": "a3"}, OLGA)
    for op in ops:
        board.do(op, OLGA)
    before, last = content(board.state), board.head
    decision = board.ask(undo(last), OLGA, role="participant")
    assert isinstance(decision, Refused)
    assert decision.code == "forbidden"
    assert content(board.state) == before
    board.do(undo(last), OLGA)
    assert board.head == last + 1


def test_somebody_elses_note_that_a_facilitator_deleted_does_not_come_back_by_a_participant() -> (
    None
):
    board = a_board_with(note("fish", "fish"))
    board.do(delete("fish"), OLGA)
    last = board.head
    no = refused("forbidden", action="delete")
    assert board.ask(undo(last), OLGA, role="participant") == no
    board.do(undo(last), OLGA, role="co-facilitator")
    assert board.item("fish")["text"] == "fish"


def test_of_a_batch_only_what_is_still_theirs_to_do_is_taken_back() -> None:
    ops = [note("mine"), ADD_REGION]
    board = made_by_olga({"type": "all", "ops": ops})
    board.do(undo(board.head), OLGA, role="participant")
    assert board.state.get(an_id("mine")) is None
    assert board.state.get(an_id("then")) is not None


def test_what_a_participant_may_do_a_participant_may_undo() -> None:
    board = a_board_with(note("theirs"), note("fish", "a fish"))
    board.do(note("other"), BORIS)
    there = content(board.state)
    ops = [
        {"type": "react", "id": an_id("other"), "reaction": "heart", "on": True},
        {"type": "move_item", "id": an_id("other"), "order": "a8"},
        {"type": "all", "ops": [recolour("fish", "sun"), edit("fish", (0, "a", "one"))]},
        {
            "type": "create_connector",
            "id": an_id("line"),
            "from": an_id("fish"),
            "to": an_id("other"),
        },
        TREES,
        delete("fish"),
    ]
    for op in ops:
        board.do(op, ANNA)
    for seq in range(board.head, board.head - len(ops), -1):
        board.do(undo(seq), ANNA)
    assert content(board.state)[:2] == there[:2]
