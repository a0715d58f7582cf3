"""States, drafts over them, ids."""

from __future__ import annotations

from codesign.core.changes import DropItem, PatchItem, PatchStream, PutItem, apply_changes
from codesign.core.stream import Draft, State, id_of, kind_of, new_id
from tests.builders import ANNA, a_board, content, note

FISH = {"id": "fish", "kind": "note", "text": "fish", "x": 0, "y": 0}
TREE = {"id": "tree", "kind": "cluster", "name": "trees", "x": 0, "y": 0}


def test_a_draft_is_read_through_and_written_over_and_leaves_its_state_alone() -> None:
    state = State({"layout": "free"}, {"fish": FISH})
    before = content(state)
    draft = Draft(state)
    apply_changes(draft, [PutItem(TREE), DropItem("fish"), PatchStream({"layout": "zones"})])
    assert (list(draft.all()), draft.get("fish"), draft.fields) == (
        [TREE],
        None,
        {"layout": "zones"},
    )
    assert (len(draft), draft.words, draft.was_dropped("fish")) == (1, 5, True)
    assert (list(draft.of_kind("note")), list(draft.of_kind("cluster"))) == ([], [TREE])
    assert draft.standing_on((0, 0)) == 1
    assert content(state) == before


def test_a_draft_over_a_draft_sees_both() -> None:
    below = Draft(State({}, {"fish": FISH}))
    apply_changes(below, [PatchItem("fish", {"x": 5})])
    above = Draft(below)
    apply_changes(above, [PutItem(TREE)])
    assert {item["id"]: item["x"] for item in above.all()} == {"fish": 5, "tree": 0}
    assert [above.standing_on(spot) for spot in ((0, 0), (5, 0))] == [1, 1]
    assert below.get("tree") is None


def test_what_is_put_again_is_no_longer_gone() -> None:
    state = State({}, {"fish": FISH})
    apply_changes(state, [DropItem("fish")])
    gone = state.was_dropped("fish")
    draft = Draft(state)
    apply_changes(draft, [PutItem(FISH)])
    assert (gone, draft.was_dropped("fish"), state.was_dropped("fish")) == (True, False, True)


def test_a_draft_remembers_what_its_state_dropped_before() -> None:
    board = a_board()
    board.do(note("fish"), ANNA)
    board.do({"type": "delete_item", "id": note("fish")["id"]}, ANNA)
    assert Draft(Draft(board.state)).was_dropped(note("fish")["id"])


def test_an_id_is_22_letters_of_its_16_bytes() -> None:
    assert new_id(bytes(16)) == "A" * 22
    assert new_id(b"\xff" * 16) == "_" * 21 + "w"


def test_a_stream_is_named_by_kind_and_id() -> None:
    assert (kind_of("board:x-_y"), id_of("board:x-_y")) == ("board", "x-_y")


def test_an_empty_state_is_there_all_the_same() -> None:
    assert State()
    assert Draft(State())
    assert len(State()) == 0
