"""From an op to a decision: batches (P4.5), streams of the wrong kind, ids that are taken (P4.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from codesign.core.changes import DropItem, PatchItem, PutItem, apply_changes
from codesign.core.decide import decide
from codesign.core.decision import NOTHING, Accepted
from codesign.core.ops import read_op
from codesign.core.rules.places import free_spot
from codesign.core.stream import Draft, Item, Spot, State
from tests.builders import (
    ANNA,
    BORIS,
    OLGA,
    REGION,
    SECOND_REGION,
    START,
    Play,
    a_board,
    a_workshop,
    an_id,
    content,
    edit,
    note,
    refused,
)


def batch(*ops: dict[str, Any]) -> dict[str, Any]:
    return {"type": "all", "ops": list(ops)}


def a_note_item(name: str, text: str = "") -> dict[str, Any]:
    written = {"id": an_id(name), "kind": "note", "text": text, "by": ANNA, "at": START}
    return {**written, "region": REGION, "order": "a0", "colour": "stone"}


def recolour(name: str, colour: str) -> dict[str, Any]:
    return {"type": "recolour", "id": an_id(name), "colour": colour}


def test_an_op_becomes_facts() -> None:
    board = a_board()
    assert board.ask(note("fish", "a fish"), ANNA) == Accepted(
        (PutItem(a_note_item("fish", "a fish")),)
    )


def test_what_is_already_so_changes_nothing() -> None:
    board = a_board()
    board.do(note("fish"), ANNA)
    assert board.ask(recolour("fish", "stone"), ANNA) == NOTHING


def test_a_batch_is_one_decision_in_which_later_ops_see_the_earlier() -> None:
    board = a_board()
    made = board.ask(
        batch(note("fish"), recolour("fish", "sun"), edit("fish", (0, "", "fish"))), ANNA
    )
    assert made == Accepted(
        (
            PutItem(a_note_item("fish")),
            PatchItem(an_id("fish"), {"colour": "sun"}),
            PatchItem(an_id("fish"), {}, {"text": ((0, "", "fish"),)}),
        )
    )
    assert board.head == 2


def test_one_no_in_a_batch_is_a_no_to_all_of_it() -> None:
    board = a_board()
    before = content(board.state)
    answer = board.ask(batch(note("fish"), recolour("bird", "sun"), note("tree")), ANNA)
    assert answer == refused("unknown", index=1)
    assert content(board.state) == before


def test_a_batch_edits_a_text_only_once() -> None:
    board = a_board()
    board.do(note("fish", "fish"), ANNA)
    twice = batch(edit("fish", (0, "", "a ")), edit("fish", (4, "", "!")))
    assert board.ask(twice, ANNA) == refused("bad_op", index=1, field="text")


def test_a_taken_id_and_one_that_was_dropped_are_refused() -> None:
    board = a_board()
    board.do(note("fish"), ANNA)
    taken = refused("conflict", id=an_id("fish"), reason="taken")
    assert board.ask(note("fish"), BORIS) == taken
    board.do({"type": "delete_item", "id": an_id("fish")}, ANNA)
    assert board.ask(note("fish"), ANNA) == taken


def test_an_op_of_a_workshop_makes_no_sense_on_a_board_and_the_other_way_about() -> None:
    door = {"type": "set_door", "door": "closed"}
    assert a_board().ask(door, OLGA) == refused("bad_op", type="set_door")
    assert a_workshop().ask(note("fish"), OLGA) == refused("bad_op", type="create_note")
    assert a_workshop().ask({"type": "undo", "n": 1}, OLGA) == refused("bad_op")
    assert Play("inbox:x", a_workshop()).ask(note("fish"), OLGA) == refused(
        "bad_op", type="create_note"
    )


def test_the_draft_is_not_written_by_deciding() -> None:
    board = a_board()
    before = content(board.state)
    board.ask(batch(note("fish"), {"type": "delete_item", "id": an_id("bird")}), ANNA)
    assert content(board.state) == before


def test_deleting_a_cluster_lets_its_notes_go_and_takes_its_lines_along() -> None:
    board = a_board()
    place = {"region": REGION, "order": "a1"}
    board.do({"type": "create_cluster", "id": an_id("trees"), **place}, ANNA)
    board.do(note("oak", cluster=an_id("trees")), BORIS)
    ends = {"from": an_id("oak"), "to": an_id("trees")}
    board.do({"type": "create_connector", "id": an_id("line"), **ends}, BORIS)
    assert board.ask({"type": "delete_item", "id": an_id("trees")}, ANNA) == Accepted(
        (
            PatchItem(an_id("oak"), {"cluster": None}),
            DropItem(an_id("line")),
            DropItem(an_id("trees")),
        )
    )


def test_a_region_with_something_in_it_is_not_deleted() -> None:
    board = a_board()
    board.do(note("fish"), ANNA)
    full = refused("conflict", id=REGION, reason="not_empty")
    assert board.ask({"type": "delete_item", "id": REGION}, OLGA) == full
    board.do({"type": "delete_item", "id": SECOND_REGION}, OLGA)


def test_a_note_put_exactly_onto_another_moves_to_the_nearest_free_cell() -> None:
    board = a_board("free")
    for name in ("one", "two", "three", "four"):
        board.do(note(name, x=0, y=0), ANNA)
    spots = [(board.item(name)["x"], board.item(name)["y"]) for name in ("one", "two", "three")]
    assert spots == [(0, 0), (2_400, 0), (0, 2_400)]
    assert len({(item["x"], item["y"]) for item in board.items()}) == 4


def test_a_heap_of_notes_is_not_searched_again_for_each_one_put_onto_it() -> None:
    """A board may hold 20,000 notes, one message may bring hundreds more, and others are waiting."""
    heap = Draft(State({"layout": "free"}))
    for name in range(3_000):
        apply_changes(heap, [PutItem({**free_spot(0, 0, heap), "id": f"{name}", "kind": "note"})])
    state = Counting({"layout": "free"}, {item["id"]: item for item in heap.all()})
    trial = Draft(state)
    for name in range(100):
        apply_changes(
            trial, [PutItem({**free_spot(0, 0, trial), "id": f"new {name}", "kind": "note"})]
        )
    spots = Counter((item["x"], item["y"]) for item in trial.all())
    assert set(spots.values()) == {1}
    assert state.asked < 20_000


def test_deleting_an_item_walks_only_what_points_at_it() -> None:
    lines = {f"{at}": line(f"{at}", f"fish {at}", f"fish {at + 1}") for at in range(100)}
    board = a_board()
    board.do(note("fish"), ANNA)
    state = Counting(board.state.fields, board.state.items | lines)
    made = decide(
        read_op({"type": "delete_item", "id": an_id("fish")}),
        board.asking({"type": "delete_item", "id": an_id("fish")}, ANNA),
        Draft(state),
    )
    assert (made, state.walked) == (Accepted((DropItem(an_id("fish")),)), 0)


class Counting(State):
    """Counts what rules ask of it that may cost as much as the board is big."""

    def __init__(self, *parts: Any) -> None:
        self.asked = self.walked = 0
        super().__init__(*parts)

    def standing_on(self, spot: Spot) -> int:
        self.asked += 1
        return super().standing_on(spot)

    def all(self) -> Iterator[Item]:
        self.walked += 1
        return super().all()

    def of_kind(self, kind: str) -> Iterator[Item]:
        self.walked += 1
        return super().of_kind(kind)


def line(item_id: str, source: str, target: str) -> Item:
    return {"id": item_id, "kind": "connector", "from": source, "to": target, "label": ""}


def test_a_note_that_leaves_its_region_leaves_its_cluster() -> None:
    board = a_board()
    trees = {"type": "create_cluster", "id": an_id("trees"), "region": REGION, "order": "a1"}
    board.do(trees, ANNA)
    board.do(note("oak", cluster=an_id("trees")), ANNA)
    move = {"type": "move_item", "id": an_id("oak"), "region": SECOND_REGION, "order": "a0"}
    assert board.ask(move, BORIS) == Accepted(
        (PatchItem(an_id("oak"), {"region": SECOND_REGION, "cluster": None}),)
    )
