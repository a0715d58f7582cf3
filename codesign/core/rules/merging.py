"""Notes that say the same: one stands for the others, which stay as they are and can be taken out again.

A merged note keeps its words, author, reactions and place; `within` is all that is said of it. So nothing is lost, and
taking it out puts it back where it lay. What was merged into a note that is merged itself moves along: one step deep.
"""

from __future__ import annotations

from codesign.core.ask import Ask
from codesign.core.changes import PatchItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.ops import MergeNote
from codesign.core.stream import Draft, Item

UNKNOWN = Refused("unknown")


def merge_note(op: MergeNote, ask: Ask, draft: Draft) -> Decision:
    note, into = _note(op.id, draft), None if op.into is None else _note(op.into, draft)
    if note is None:
        return UNKNOWN
    if op.into is not None and into is None:
        return Refused("unknown", {"field": "into"})
    if no := ask.refuse("move", ask.whose(note)):
        return no
    if into is not None:
        # Who saw it free and who saw it merged mean the same note.
        into = _note(str(into.get("within", "")), draft) or into
        if into["id"] == op.id:
            return Refused("bad_op", {"field": "into", "reason": "itself"})
    fields = {"within": None if into is None else into["id"]}
    if note.get("within") == fields["within"]:
        return NOTHING
    if no := ask.guarded(note, fields):
        return no
    along = [] if into is None else merged_into(op.id, draft)
    return Accepted(tuple(PatchItem(one["id"], dict(fields)) for one in (note, *along)))


def merged_into(note: str, draft: Draft) -> list[Item]:
    found = (item for item in draft.pointing_at(note) if item.get("within") == note)
    return sorted(found, key=lambda item: str(item["id"]))


def _note(id: str, draft: Draft) -> Item | None:
    item = draft.get(id)
    return item if item is not None and item["kind"] == "note" else None
