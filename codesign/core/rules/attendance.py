"""Corrections of attendance, on the desk. What was measured is never changed by them."""

from __future__ import annotations

from codesign.core.ask import Ask
from codesign.core.changes import DropItem, PutItem
from codesign.core.decision import Accepted, Decision, Refused
from codesign.core.ops import CorrectAttendance, TakeBackCorrection
from codesign.core.rules.making import refuse_new
from codesign.core.stream import Draft, Item, Readable


def correct_attendance(op: CorrectAttendance, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("people") or refuse_new(op.id, draft):
        return no
    if not _is(op.person, "person", ask.workshop):
        return Refused("unknown", {"field": "person"})
    if op.city is not None and not _is(op.city, "city", ask.workshop):
        return Refused("unknown", {"field": "city"})
    if op.came is not None and op.went is not None and op.came > op.went:
        return Refused("bad_op", {"field": "went"})
    told = {"came": op.came, "went": op.went, "city": op.city} if op.there else {}
    item: Item = {"id": op.id, "kind": "correction", "person": op.person, "there": op.there}
    item |= {key: value for key, value in told.items() if value is not None}
    by = {} if ask.person is None else {"by": ask.person}
    return Accepted((PutItem({**item, **by, "at": ask.now}),))


def take_back_correction(op: TakeBackCorrection, ask: Ask, draft: Draft) -> Decision:
    """What counted before it counts again."""
    if no := ask.refuse("people"):
        return no
    item = draft.get(op.id)
    if item is None or item["kind"] != "correction":
        return Refused("unknown", {"field": "id"})
    return Accepted((DropItem(op.id),))


def _is(id: str, kind: str, workshop: Readable | None) -> bool:
    item = None if workshop is None else workshop.get(id)
    return item is not None and item["kind"] == kind
