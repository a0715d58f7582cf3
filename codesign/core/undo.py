"""Undo (P4.9): put back what an entry changed, but never what someone else has changed since.

Nor what the asker may not do today, though they once could. Redo is the undo of an undo; it needs nothing of its own.
"""

from __future__ import annotations

from codesign.core.ask import Ask, UndoSource
from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem, apply_changes
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.history import STREAM, WHOLE, History
from codesign.core.items import FLOWING, LINE_KINDS
from codesign.core.rules.pointers import KEPT, let_go, pointing_at
from codesign.core.rules.rights import allowed
from codesign.core.stream import Draft, Fields, Item
from codesign.core.text import BadSplice, apply_splices, rebase_over_all


def undo(ask: Ask, draft: Draft) -> Decision:
    """The inverse of the entry in `ask.undo`, less what is no longer the asker's to put back."""
    if ask.undo is None:
        return Refused("unknown", {"field": "n"})
    if no := ask.refuse("undo"):
        return no
    since = _since(ask.undo, ask.history)
    entry = ask.undo.entry
    trial = Draft(draft)
    changes: list[Change] = []
    refused: Refused | None = None
    for change in entry.inverse:
        kept, no = allowed(_kept(change, entry.seq, ask.person, since, trial), ask, trial)
        refused = refused or no
        apply_changes(trial, kept)
        changes += kept
    return Accepted(tuple(changes)) if changes else refused or NOTHING


def _since(source: UndoSource, known: History) -> History:
    """Everything that happened after the entry, whether or not the room still remembers it."""
    if source.entry.seq >= known.since and not source.is_revealed:
        return known
    history = History(since=source.entry.seq, keep=1_000_000, letters=1 << 40)
    for entry in (*source.later, *known.entries):
        if entry.seq > history.head:
            history.add(entry)
    return history


def _kept(
    change: Change, seq: int, person: str | None, since: History, draft: Draft
) -> list[Change]:
    match change:
        case DropItem(item_id):
            item = draft.get(item_id)
            foreign = item is None or _is_relied_on(item, seq, person, since, draft)
            return [] if item is None or foreign else [*let_go(item, draft), change]
        case PutItem(item):
            return _returned(item, draft)
        case PatchItem(item_id):
            now = draft.get(item_id)
            if now is None:
                return []
            fields, text = _patch(change, item_id, now, seq, person, since)
            fields = _pointing_somewhere(fields, now, draft)
            return [PatchItem(item_id, fields, text)] if fields or text else []
        case PatchStream():
            fields, text = _patch(change, STREAM, draft.fields, seq, person, since)
            return [PatchStream(fields, text)] if fields or text else []
    return []


def _is_relied_on(item: Item, seq: int, person: str | None, since: History, draft: Draft) -> bool:
    """Whether someone else touched the item since, put a note into it, or drew a line to it."""
    item_id = item["id"]
    if any(_foreign(since, item_id, field, seq, person) for field in since.touches(item_id)):
        return True
    return any(
        by == "region"
        or _foreign(since, other["id"], by, seq, person)
        or _foreign(since, other["id"], WHOLE, seq, person)
        for other, by in pointing_at(item, draft)
    )


def _patch(
    change: PatchItem | PatchStream,
    item_id: str,
    now: Item,
    seq: int,
    person: str | None,
    since: History,
) -> tuple[dict[str, object], dict[str, tuple[tuple[int, str, str], ...]]]:
    fields = {
        field: value
        for field, value in change.fields.items()
        if now.get(field) != value and not _foreign(since, item_id, field, seq, person)
    }
    text = {}
    for field, splices in change.text.items():
        moved = rebase_over_all(splices, since.edits(item_id, field, seq))
        try:
            apply_splices(now.get(field, ""), moved)
        except BadSplice:
            continue
        if moved:
            text[field] = moved
    return fields, text


def _foreign(since: History, item_id: str, field: str, seq: int, person: str | None) -> bool:
    touch = since.touch(item_id, field)
    return touch is not None and touch.seq > seq and touch.by != person


def _pointing_somewhere(fields: Fields, now: Item, draft: Draft) -> Fields:
    """Without the old region, cluster or note it was merged into, where that is no longer there to go back to."""
    kept = dict(fields)
    if kept.get("region") is not None and draft.get(kept["region"]) is None:
        del kept["region"]
    for field in KEPT:
        if kept.get(field) is not None and draft.get(kept[field]) is None:
            del kept[field]
            if field in now:
                kept[field] = None
    return kept


def _returned(item: Item, draft: Draft) -> list[Change]:
    """An item that comes back, if there is still a place for it."""
    if draft.get(item["id"]) is not None:
        return []
    if item["kind"] in LINE_KINDS and not (draft.get(item["from"]) and draft.get(item["to"])):
        return []
    if item["kind"] == "comment" and draft.get(item["about"]) is None:
        return []
    flowing = draft.fields.get("layout") in FLOWING
    if flowing and "region" in item and draft.get(item["region"]) is None:
        return []
    gone = [field for field in KEPT if field in item and draft.get(item[field]) is None]
    item = {key: value for key, value in item.items() if key not in gone}
    return [PutItem(item)]
