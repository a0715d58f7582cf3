"""What is carried arrives in a register or on a desk, is noted on the desk it came from, and can be taken back."""

from __future__ import annotations

from codesign.core import limits
from codesign.core.arrivals import ALSO
from codesign.core.ask import Ask
from codesign.core.changes import Change, PatchItem, PutItem, apply_changes
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.kinds import kind_in
from codesign.core.ops import (
    CarryRecords,
    CarryTopics,
    FillRecords,
    NoteCarry,
    TakeBack,
    UndoCarry,
)
from codesign.core.records import checked, kind_of_record
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
        kind = kind_in(one.kind, draft.fields)
        if kind is None:
            return Refused("bad_op", {"field": "kind", "reason": "no_kind"})
        if len(trial) >= limits.RECORDS_PER_REGISTER:
            return Refused("limit", {"limit": "records", "most": limits.RECORDS_PER_REGISTER})
        fields = checked(kind, one.fields, {}, trial)
        if isinstance(fields, Refused):
            return fields
        whence = {"origin/board": one.board, "origin/item": one.item} | _also(one.also)
        made = PutItem({"id": one.id, "kind": one.kind, **fields, **whence, "at": ask.now})
        apply_changes(trial, (made,))
        changes.append(made)
    return Accepted(tuple(changes)) if changes else NOTHING


def fill_records(op: FillRecords, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    trial, changes = Draft(draft), list[Change]()
    for one in op.records:
        record = trial.get(one.id)
        kind = kind_of_record(record, trial) if record else None
        if record is None or kind is None or "merged" in record:
            continue
        fields = checked(kind, one.fields, record, trial)
        if isinstance(fields, Refused):
            return fields
        new = {key: value for key, value in fields.items() if record.get(key) != value}
        new |= {key: value for key, value in _also(one.also).items() if key not in record}
        if new:
            apply_changes(trial, (PatchItem(one.id, new),))
            changes.append(PatchItem(one.id, new))
    return Accepted(tuple(changes)) if changes else NOTHING


def carry_topics(op: CarryTopics, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    new = [one for one in op.topics if draft.get(one.id) is None and not draft.was_dropped(one.id)]
    return (
        Accepted(
            tuple(
                PutItem(
                    {
                        **{"id": one.id, "kind": "topic", "title": one.title, "at": ask.now},
                        **{"origin/board": one.board, "origin/item": one.item},
                    }
                )
                for one in new
            )
        )
        if new
        else NOTHING
    )


def _also(more: dict[str, str]) -> dict[str, str]:
    return {f"{ALSO}{item}": board for item, board in more.items()}


def take_back(op: TakeBack, ask: Ask, draft: Draft) -> Decision:
    return undo(ask, draft) if ask.role == "product" else Refused("forbidden")


def note_carry(op: NoteCarry, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    if no := refuse_new(op.id, draft):
        return no
    said = op.model_dump(exclude={"type"}, exclude_none=True)
    return Accepted((PutItem({**said, "kind": "carried", "at": ask.now}),))


def undo_carry(op: UndoCarry, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    known = draft.get(op.id)
    if known is None or known["kind"] != "carried":
        return Refused("unknown")
    return NOTHING if known.get("undone") else Accepted((PatchItem(op.id, {"undone": True}),))
