"""The agenda on the desk: steps that come, go, move and change."""

from __future__ import annotations

from typing import Any

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import DropItem, PatchItem, PatchStream, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.items import translation_key
from codesign.core.ops import (
    AddStep,
    CopyStep,
    DeleteStep,
    EditStep,
    MoveStep,
    SetDesk,
    Translate,
)
from codesign.core.ops.desk import StepFields
from codesign.core.rules.making import refuse_new
from codesign.core.stream import Draft, Item

UNKNOWN = Refused("unknown", {"field": "step"})
#: What every step has.
DEFAULTS: dict[str, Any] = {"title": "", "minutes": 10, "mode": "plenary", "stage": "open"}


def set_desk(op: SetDesk, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("plan"):
        return no
    times = {"starts": op.starts, "ends": op.ends}
    fields: dict[str, Any] = {key: times[key] for key in times if key in op.model_fields_set}
    if op.lang is not None:
        fields["lang"] = op.lang
    fields |= {f"language/{lang}": True if on else None for lang, on in op.languages.items()}
    fields = {key: value for key, value in fields.items() if draft.fields.get(key) != value}
    return Accepted((PatchStream(fields),)) if fields else NOTHING


def add_step(op: AddStep, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("plan") or refuse_new(op.id, draft) or _refuse_more(draft):
        return no
    if no := _refuse_board(op, ask):
        return no
    given = {key: value for key, value in _fields(op).items() if value is not None}
    return Accepted(
        (PutItem({"id": op.id, "kind": "step", "order": op.order, **DEFAULTS, **given}),)
    )


def edit_step(op: EditStep, ask: Ask, draft: Draft) -> Decision:
    step = _step(draft, op.id)
    if no := ask.refuse("plan"):
        return no
    if step is None:
        return UNKNOWN
    if no := _refuse_board(op, ask):
        return no
    given = _fields(op)
    fields = {key: DEFAULTS.get(key) if value is None else value for key, value in given.items()}
    return _patched(step, fields, ask)


def move_step(op: MoveStep, ask: Ask, draft: Draft) -> Decision:
    step = _step(draft, op.id)
    if no := ask.refuse("plan"):
        return no
    return UNKNOWN if step is None else _patched(step, {"order": op.order}, ask)


def copy_step(op: CopyStep, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("plan") or refuse_new(op.id, draft) or _refuse_more(draft):
        return no
    step = _step(draft, op.of)
    if step is None:
        return UNKNOWN
    kept = {key: value for key, value in step.items() if key != "skipped"}
    return Accepted((PutItem({**kept, "id": op.id, "order": op.order}),))


def delete_step(op: DeleteStep, ask: Ask, draft: Draft) -> Decision:
    """Not the one under way: people are in it. One that was reached stays on the workshop, as what happened."""
    step = _step(draft, op.id)
    if no := ask.refuse("plan"):
        return no
    if step is None:
        return UNKNOWN
    if ask.workshop is not None and ask.workshop.fields.get("step") == op.id:
        return Refused("conflict", {"id": op.id, "reason": "under_way"})
    if no := ask.guarded_delete(step):
        return no
    return Accepted((DropItem(op.id),))


def translate_step(op: Translate, ask: Ask, draft: Draft) -> Decision:
    """A title or question in one more language; empty takes it away."""
    if no := ask.refuse("plan"):
        return no
    step = None if op.id is None else _step(draft, op.id)
    if step is None:
        return UNKNOWN
    if op.field not in ("title", "question"):
        return Refused("bad_op", {"field": "field"})
    return _patched(step, {translation_key(op.field, op.lang): op.words or None}, ask)


def in_order(desk: Any) -> list[Item]:
    """The steps as they follow each other."""
    return sorted(desk.of_kind("step"), key=lambda step: (step["order"], step["id"]))


def _fields(op: StepFields) -> dict[str, Any]:
    """As the item holds them: only what was given; None for what is to go."""
    given = {
        key: getattr(op, key)
        for key in StepFields.model_fields
        if key != "may" and key in op.model_fields_set
    }
    # Absent is no: there is one way only to write a switch that is off, and a wish for nothing.
    for key in ("anonymous", "pause", "skipped"):
        if given.get(key) is False:
            given[key] = None
    if given.get("at_zero") == "nothing":
        given["at_zero"] = None
    for key in ("question", "note"):
        if given.get(key) == "":
            given[key] = None
    return given | {f"may/{one}": True if on else None for one, on in op.may.items()}


def _patched(step: Item, fields: dict[str, Any], ask: Ask) -> Decision:
    fields = {key: value for key, value in fields.items() if step.get(key) != value}
    if no := ask.guarded(step, fields):
        return no
    return Accepted((PatchItem(step["id"], fields),)) if fields else NOTHING


def _refuse_more(draft: Draft) -> Refused | None:
    if draft.count_of("step") >= limits.STEPS_PER_WORKSHOP:
        return Refused("limit", {"limit": "steps", "most": limits.STEPS_PER_WORKSHOP})
    return None


def _refuse_board(op: StepFields, ask: Ask) -> Refused | None:
    """A step takes people to a board of this workshop, or leaves them where they are."""
    if op.board is None:
        return None
    board = None if ask.workshop is None else ask.workshop.get(op.board)
    if board is None or board["kind"] != "board":
        return Refused("unknown", {"field": "board"})
    return None


def _step(draft: Draft, step: str) -> Item | None:
    item = draft.get(step)
    return item if item is not None and item["kind"] == "step" else None
