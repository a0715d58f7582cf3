"""Deeds of those who lead that change no stream: the newest on the desk, where only those who lead see them."""

from __future__ import annotations

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import DropItem, PutItem
from codesign.core.decision import Accepted, Decision, Refused
from codesign.core.ops import RecordDeed
from codesign.core.rules.making import refuse_new
from codesign.core.stream import Draft, Item, Readable


def record_deed(op: RecordDeed, ask: Ask, draft: Draft) -> Decision:
    """The product asks it in somebody's name: a page of theirs has seen what they may do."""
    if ask.role != "product":
        return Refused("forbidden")
    if no := refuse_new(op.id, draft):
        return no
    known = newest_deeds(draft)
    at = max(ask.now, known[0]["at"] + 1) if known else ask.now  # so that they stay in order
    said = op.model_dump(exclude={"type"}, exclude_none=True)
    by = {} if ask.person is None else {"by": ask.person}
    item: Item = {**said, "kind": "deed", **by, "at": at}
    too_old = known[limits.DEEDS_KEPT - 1 :]
    return Accepted((PutItem(item), *(DropItem(one["id"]) for one in too_old)))


def newest_deeds(desk: Readable) -> list[Item]:
    return sorted(desk.of_kind("deed"), key=lambda one: (one["at"], one["id"]), reverse=True)
