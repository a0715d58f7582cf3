"""The four kinds of change: applied, taken back, written (P3)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from codesign.core.changes import (
    Change,
    DropItem,
    PatchItem,
    PatchStream,
    PutItem,
    apply_changes,
    from_wire,
    inverse_of,
    to_wire,
)
from codesign.core.stream import State
from codesign.core.text import BadSplice

FISH = {"id": "fish", "kind": "note", "text": "fish", "colour": "sea"}

WRITTEN: list[tuple[Change, dict[str, Any]]] = [
    (PutItem(FISH), {"put": FISH}),
    (DropItem("fish"), {"drop": "fish"}),
    (
        PatchItem("fish", {"colour": None, "x": 5}),
        {"patch": "fish", "fields": {"colour": None, "x": 5}},
    ),
    (
        PatchItem("fish", {}, {"text": ((0, "f", "d"),)}),
        {"patch": "fish", "text": {"text": [[0, "f", "d"]]}},
    ),
    (PatchStream({"door": "open"}), {"stream": {"fields": {"door": "open"}}}),
    (
        PatchStream({}, {"question": ((0, "", "?"),)}),
        {"stream": {"text": {"question": [[0, "", "?"]]}}},
    ),
]


@pytest.mark.parametrize(("change", "wire"), WRITTEN)
def test_a_change_is_written_and_read_as_the_protocol_says(
    change: Change, wire: dict[str, Any]
) -> None:
    assert json.loads(json.dumps(to_wire(change))) == wire
    assert from_wire(wire) == change


def test_what_is_no_change_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a change"):
        from_wire({"move": "fish"})


def test_changes_are_applied_one_after_the_other() -> None:
    state = State()
    apply_changes(
        state,
        [
            PutItem(FISH),
            PatchItem("fish", {"colour": None, "x": 5}, {"text": ((0, "f", "d"),)}),
            PatchStream({"layout": "free"}),
            PutItem({"id": "tree", "kind": "note", "text": ""}),
            DropItem("tree"),
        ],
    )
    fish = {"id": "fish", "kind": "note", "text": "dish", "x": 5}
    assert (state.fields, state.items, state.dropped) == (
        {"layout": "free"},
        {"fish": fish},
        {"tree"},
    )


def test_patching_or_dropping_what_is_not_there_does_nothing() -> None:
    """P3.6."""
    state = State({}, {"fish": FISH})
    apply_changes(state, [PatchItem("tree", {"x": 1}), DropItem("tree")])
    assert (state.items, state.dropped) == ({"fish": FISH}, set())


def test_a_patch_leaves_the_old_item_as_it_was() -> None:
    item = dict(FISH)
    state = State({}, {"fish": item})
    apply_changes(state, [PatchItem("fish", {"colour": "sun"}, {"text": ((4, "", "!"),)})])
    assert item == FISH


def test_splices_that_do_not_fit_are_an_error_and_change_nothing() -> None:
    state = State({}, {"fish": FISH})
    with pytest.raises(BadSplice):
        apply_changes(state, [PatchItem("fish", {}, {"text": ((0, "bird", ""),)})])
    assert state.items == {"fish": FISH}


def test_the_inverse_of_several_changes_takes_them_back_from_the_last() -> None:
    state = State({"layout": "free"}, {"fish": FISH})
    changes = [
        PatchItem("fish", {"colour": "sun", "x": 1}),
        PatchItem("fish", {"x": 2}, {"text": ((0, "f", "d"),)}),
        DropItem("fish"),
        PutItem({"id": "tree", "kind": "note"}),
        PatchStream({"layout": "zones", "door": "open"}),
    ]
    assert inverse_of(state, changes) == (
        PatchStream({"layout": "free", "door": None}),
        DropItem("tree"),
        PutItem({**FISH, "text": "dish", "colour": "sun", "x": 2}),
        PatchItem("fish", {"x": 1}, {"text": ((0, "d", "f"),)}),
        PatchItem("fish", {"colour": "sea", "x": None}),
    )


def test_what_changes_nothing_has_nothing_to_take_back() -> None:
    assert inverse_of(State(), [DropItem("fish"), PatchItem("fish", {"x": 1})]) == ()
