"""What is carried arrives in a register, is noted on the desk it came from, and can be taken back."""

from __future__ import annotations

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import Change, PatchItem, PutItem, apply_changes
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.kinds import KINDS
from codesign.core.ops import CarryRecords, NoteCarry, TakeBack, UndoCarry
from codesign.core.records import checked
from codesign.core.rules.making import refuse_new
from codesign.core.stream import Draft
from codesign.core.undo import undo


def carry_records(op: CarryRecords, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    trial, changes = Draft(draft), list[Change]()
    for one in op.records:
        if trial.get(one.id) is not None or trial.was_dropped(one.id):
            continue
        if one.kind not in KINDS:
            return Refused("bad_op", {"field": "kind", "reason": "no_kind"})
        if len(trial) >= limits.RECORDS_PER_REGISTER:
            return Refused("limit", {"limit": "records", "most": limits.RECORDS_PER_REGISTER})
        fields = checked(KINDS[one.kind], one.fields, {}, trial)
        if isinstance(fields, Refused):
            return fields
        whence = {"origin/board": one.board, "origin/item": one.item}
        made = PutItem({"id": one.id, "kind": one.kind, **fields, **whence, "at": ask.now})
        apply_changes(trial, (made,))
        changes.append(made)
    return Accepted(tuple(changes)) if changes else NOTHING


def take_back(op: TakeBack, ask: Ask, draft: Draft) -> Decision:
    return undo(ask, draft) if ask.role == "product" else Refused("forbidden")


def note_carry(op: NoteCarry, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    if no := refuse_new(op.id, draft):
        return no
    said = op.model_dump(exclude={"type"})
    return Accepted((PutItem({**said, "kind": "carried", "at": ask.now}),))


def undo_carry(op: UndoCarry, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    known = draft.get(op.id)
    if known is None or known["kind"] != "carried":
        return Refused("unknown")
    return NOTHING if known.get("undone") else Accepted((PatchItem(op.id, {"undone": True}),))
