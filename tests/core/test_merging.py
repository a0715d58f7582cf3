"""Notes that say the same: merged, taken out again, and nothing lost on the way."""

from __future__ import annotations

from codesign.core.changes import DropItem, PatchItem
from codesign.core.copies import Origin, gathered
from codesign.core.decision import NOTHING, Accepted, Refused
from codesign.core.whole import check_item
from tests.builders import ANNA, BOARD, BORIS, OLGA, Play, a_board, an_id, note, refused, undo

FIRST, SECOND, THIRD = an_id("first"), an_id("second"), an_id("third")


def written(*names: str) -> Play:
    board = a_board()
    for name, by in zip(names or ("first", "second", "third"), (ANNA, BORIS, OLGA), strict=False):
        board.do(note(name, f"The {name}"), by)
    return board


def merge(name: str, into: str | None) -> dict[str, object]:
    return {"type": "merge_note", "id": an_id(name), "into": None if into is None else an_id(into)}


def test_a_merged_note_keeps_all_it_was_and_goes_back_to_where_it_lay() -> None:
    board = written()
    before = dict(board.state.items[SECOND])
    assert board.do(merge("second", "first"), ANNA) == Accepted(
        (PatchItem(SECOND, {"within": FIRST}),)
    )
    assert board.state.items[SECOND] == {**before, "within": FIRST}
    assert check_item(board.state.items[SECOND]) == {**before, "within": FIRST}
    board.do(merge("second", None), BORIS)
    assert board.state.items[SECOND] == before


def test_what_was_merged_into_a_note_comes_along_when_that_is_merged_itself() -> None:
    board = written()
    board.do(merge("second", "first"), ANNA)
    board.do(merge("first", "third"), ANNA)
    assert {board.state.items[id].get("within") for id in (FIRST, SECOND)} == {THIRD}
    # Who still saw the first note free merges into the one that stands for it now.
    board.do(note("late", "Late"), BORIS)
    board.do(merge("late", "first"), BORIS)
    assert board.state.items[an_id("late")]["within"] == THIRD


def test_a_note_is_not_merged_with_itself_by_any_way_round() -> None:
    board = written()
    assert board.ask(merge("first", "first"), ANNA) == refused(
        "bad_op", field="into", reason="itself"
    )
    board.do(merge("second", "first"), ANNA)
    assert board.ask(merge("first", "second"), ANNA) == refused(
        "bad_op", field="into", reason="itself"
    )
    assert board.ask(merge("second", "first"), ANNA) == NOTHING
    assert board.ask(merge("first", "nowhere"), ANNA) == refused("unknown", field="into")


def test_when_the_note_that_stands_for_others_goes_they_stand_for_themselves() -> None:
    board = written()
    board.do(merge("second", "first"), ANNA)
    gone = board.do({"type": "delete_item", "id": FIRST}, ANNA)
    assert gone.changes == (PatchItem(SECOND, {"within": None}), DropItem(FIRST))
    assert "within" not in board.state.items[SECOND]


def test_merging_many_is_one_undo() -> None:
    board = written()
    both = {"type": "all", "ops": [merge("first", "third"), merge("second", "third")]}
    board.do(both, ANNA)
    board.do(undo(board.head), ANNA)
    assert all("within" not in board.state.items[id] for id in (FIRST, SECOND))


def test_who_may_not_move_notes_may_not_merge_them() -> None:
    board = written()
    no = board.ask(merge("second", "first"), ANNA, stage="locked")
    assert isinstance(no, Refused)
    assert no.code == "stage"


def test_gathered_notes_are_merged_where_they_come_to_as_they_were() -> None:
    board, plenary = written(), a_board()
    board.do(merge("second", "first"), ANNA)
    board.do({"type": "add_comment", "id": an_id("c"), "about": FIRST, "text": "Yes"}, BORIS)
    items = gathered(board.state, Origin(BOARD, "Table 1", 0), plenary.state, an_id("plenary"))
    texts = {item["text"]: item for item in items if item["kind"] == "note"}
    assert texts["The second"]["within"] == texts["The first"]["id"]
    order = [item.get("text", item["kind"]) for item in items]
    assert order.index("The first") < order.index("The second")
    (comment,) = (item for item in items if item["kind"] == "comment")
    assert (comment["about"], comment["by"]) == (texts["The first"]["id"], BORIS)
    assert [check_item(item) for item in items] == items
