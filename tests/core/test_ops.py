"""Reading ops: whatever JSON comes, an op or a ValidationError and nothing else (P15 of the promises)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from codesign.core import ops
from codesign.core.decide import RULES, decide
from codesign.core.decision import Accepted, Refused
from codesign.core.ops import OPS, OpModel, dump_op, read_op
from tests.builders import ANNA, REGION, a_board, a_workshop, an_id, edit, note

MODELS: dict[str, type[OpModel]] = {
    model.model_fields["type"].default: model
    for model in (*RULES["board"], *RULES["workshop"], ops.All, ops.Undo)
}
KEYS = sorted(
    {info.alias or name for model in MODELS.values() for name, info in model.model_fields.items()}
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(exclude_categories=()), max_size=5),
    st.sampled_from([an_id("fish"), REGION, "a0", "ka", "sun", "text", "open", "thumb", 0, 100]),
)
JSON = st.recursive(
    SCALARS, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside)
)
TYPES = st.sampled_from(sorted(MODELS))
LOOSE_OPS = st.builds(
    lambda kind, fields: {**fields, "type": kind},
    TYPES,
    st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6),
)


@st.composite
def near_ops(draw: st.DrawFn) -> dict[str, Any]:
    """The right fields of an op, with all sorts of values in them."""
    kind = draw(TYPES)
    fields = MODELS[kind].model_fields
    keys = [info.alias or name for name, info in fields.items() if name != "type"]
    return {"type": kind, **{key: draw(SCALARS | JSON) for key in keys}}


@given(st.one_of(JSON, LOOSE_OPS, near_ops()))
def test_any_json_is_an_op_or_a_validation_error(data: Any) -> None:
    try:
        op = read_op(data)
    except ValidationError:
        return
    assert read_op(dump_op(op)) == op
    for stream in (a_board("free"), a_workshop()):
        assert isinstance(decide(op, stream.asking({}, ANNA), stream.draft()), (Accepted, Refused))


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_any_bytes_are_an_op_or_a_validation_error(data: bytes | str) -> None:
    try:
        OPS.validate_json(data)
    except ValidationError:
        return


@pytest.mark.parametrize(
    "op",
    [
        note("fish", "a fish", colour="sun", lang="sr-Latn", cluster=an_id("trees")),
        edit(None, (0, "a", "b"), (3, "", "c"), field="question"),
        {"type": "move_item", "id": an_id("fish"), "cluster": None},
        {
            **{"type": "create_connector", "id": an_id("line")},
            **{"from": an_id("a"), "to": an_id("b"), "label": "so"},
        },
        {"type": "all", "ops": [note("fish"), {"type": "delete_item", "id": an_id("fish")}]},
        {"type": "undo", "n": 7},
    ],
)
def test_what_was_read_is_written_as_it_came(op: dict[str, Any]) -> None:
    assert json.loads(json.dumps(dump_op(read_op(op)))) == op


def test_null_and_absent_are_different_in_a_move() -> None:
    """`cluster: null` takes a note out of its cluster; without `cluster` it stays."""
    move = {"type": "move_item", "id": an_id("fish")}
    out, stay = read_op({**move, "cluster": None}), read_op(move)
    assert ("cluster" in out.model_fields_set, "cluster" in stay.model_fields_set) == (True, False)


BAD: dict[str, Any] = {
    "an unknown field": {**note("fish"), "by": ANNA},
    "an unknown type": {"type": "fly"},
    "no type": {"id": an_id("fish")},
    "a number as text": {**note("fish"), "text": 5},
    "true as a number": {**note("fish"), "x": True, "y": 0},
    "a float as geometry": {"type": "move_item", "id": an_id("fish"), "x": 1.5, "y": 0},
    "a whole float as geometry": {"type": "move_item", "id": an_id("fish"), "x": 1.0, "y": 0},
    "beyond the edge": {"type": "move_item", "id": an_id("fish"), "x": 100_000_001, "y": 0},
    "a short id": {"type": "delete_item", "id": "fish"},
    "an id with a line end": {"type": "delete_item", "id": an_id("fish")[:-1] + "\n"},
    "an id and a line end": {"type": "delete_item", "id": an_id("fish") + "\n"},
    "a batch in a batch": {"type": "all", "ops": [{"type": "all", "ops": [note("fish")]}]},
    "an undo in a batch": {"type": "all", "ops": [{"type": "undo", "n": 1}]},
    "an empty batch": {"type": "all", "ops": []},
    "too large a batch": {"type": "all", "ops": [note("fish")] * 501},
    "an edit of nothing": edit("fish"),
    "a splice of two": {"type": "edit_text", "id": None, "field": "text", "splices": [[0, "a"]]},
    "text with NUL": note("fish", "a\x00b"),
    "half a letter": note("fish", "\ud83d"),
    "too much text": note("fish", "a" * 16_385),
    "a foreign colour": {"type": "recolour", "id": an_id("fish"), "colour": "#ff0000"},
    "a name of nothing": {"type": "rename_person", "person": ANNA, "name": "\u200b"},
    "undoing nothing": {"type": "undo", "n": 0},
    "owner of nothing": {"type": "set_role", "person": ANNA, "role": "product"},
}


@pytest.mark.parametrize("op", BAD.values(), ids=BAD)
def test_what_is_no_op_is_refused(op: Any) -> None:
    with pytest.raises(ValidationError):
        read_op(op)
