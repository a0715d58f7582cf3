"""Editing a text: splices rebased over what others wrote since (P5.1 to P5.6)."""

from __future__ import annotations

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import PatchItem, PatchStream
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.history import STREAM
from codesign.core.items import TEXT_FIELDS
from codesign.core.ops import EditText
from codesign.core.records import is_written, kind_of_record, room_for
from codesign.core.rules.making import refuse_more
from codesign.core.stream import Draft
from codesign.core.text import BadSplice, Splices, apply_splices, invert, rebase_over_all


def edit_text(op: EditText, ask: Ask, draft: Draft) -> Decision:
    if op.id is None:
        if op.field != "question" or "question" not in draft.fields:
            return Refused("bad_op", {"field": "field"})
        if no := ask.refuse("set_up"):
            return no
        return _edited(op, ask, draft, draft.fields["question"], limits.TITLE_BYTES)
    item = draft.get(op.id)
    if item is None:
        return Refused("unknown", {"id": op.id})
    field, most = TEXT_FIELDS.get(item["kind"], ("", 0))
    if op.field != field:
        return Refused("bad_op", {"field": "field"})
    if no := ask.refuse("edit_text", ask.whose(item)):
        return no
    return _edited(op, ask, draft, item.get(field, ""), most)


def edit_record_text(op: EditText, ask: Ask, draft: Draft) -> Decision:
    """The same in a field of a record that several people may write in. Closed fields are not in this stream."""
    item = None if op.id is None else draft.get(op.id)
    if item is None or "merged" in item:
        return Refused("unknown", {"id": op.id})
    kind = kind_of_record(item, draft)
    if kind is None or not is_written(kind, op.field):
        return Refused("bad_op", {"field": op.field, "reason": "no_field"})
    if no := ask.refuse("edit_text", ask.whose(item)):
        return no
    return _edited(op, ask, draft, item.get(op.field, ""), room_for(kind, op.field))


def _edited(op: EditText, ask: Ask, draft: Draft, text: str, most: int) -> Decision:
    item_id = op.id or STREAM
    too_old = Refused(
        "too_old", {"id": op.id, "field": op.field, "text": text, "seq": ask.history.head}
    )
    if ask.base < ask.history.since:
        return too_old
    edits = ask.history.edits(item_id, op.field, ask.base)
    try:
        if edits:
            _check(op.splices, text, edits)
        splices = rebase_over_all(op.splices, edits)
        after = apply_splices(text, splices)
    except BadSplice:
        return too_old
    if not splices or after == text:
        return NOTHING
    if no := _refuse_long(after, text, most, draft):
        return no
    if most == limits.TITLE_BYTES and "\n" in after:
        return Refused("bad_op", {"field": op.field, "reason": "one_line"})
    patch: dict[str, Splices] = {op.field: splices}
    return Accepted((PatchStream({}, patch) if op.id is None else PatchItem(op.id, {}, patch),))


def _check(splices: Splices, text: str, edits: list[Splices]) -> None:
    """Raises BadSplice unless the splices fit the text as it was before `edits`."""
    for edit in reversed(edits):
        text = apply_splices(text, invert(edit))
    apply_splices(text, splices)


def _refuse_long(after: str, before: str, most: int, draft: Draft) -> Refused | None:
    size = len(after.encode())
    if size > most:
        return Refused("limit", {"limit": "text", "most": most})
    return refuse_more(draft, size - len(before.encode()))
