"""Whether somebody may make changes that no op of theirs asks for: those of an undo, judged by today's rights."""

from __future__ import annotations

from collections.abc import Iterable

from codesign.core.ask import Ask, is_of_records
from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem
from codesign.core.decision import Refused
from codesign.core.items import INK, SAID, TEXT_FIELDS
from codesign.core.kinds import KINDS
from codesign.core.stream import Draft, Item, kind_of
from codesign.core.translations import STARTS

#: What `move_item` writes.
PLACE = frozenset({"region", "order", "x", "y", "w", "h", "cluster", "within"})


def allowed(
    changes: Iterable[Change], ask: Ask, draft: Draft
) -> tuple[list[Change], Refused | None]:
    """The changes the asker could bring about by ops today, and why the first of the others may not be."""
    kept: list[Change] = []
    refused: Refused | None = None
    for change in changes:
        part, no = _allowed(change, ask, draft)
        refused = refused or no
        if part is not None:
            kept.append(part)
    return kept, refused


def _allowed(change: Change, ask: Ask, draft: Draft) -> tuple[Change | None, Refused | None]:
    match change:
        case PutItem(item):
            no = ask.refuse("delete", ask.whose(item))  # who may take it away may bring it back
        case DropItem(item_id) if (there := draft.get(item_id)) is not None:
            no = ask.refuse("delete", ask.whose(there))
        case PatchItem(item_id) if (there := draft.get(item_id)) is not None:
            return _allowed_fields(there, change, ask)
        case PatchStream():
            # Of a lane: where its person put what the board shows.
            in_lane = kind_of(ask.stream) == "lane"
            no = ask.refuse("move", "shared") if in_lane else ask.refuse("set_up")
        case _:
            return change, None
    return (None, no) if no else (change, None)


def _allowed_fields(
    item: Item, change: PatchItem, ask: Ask
) -> tuple[Change | None, Refused | None]:
    refusals = {
        field: no
        for field in (*change.fields, *change.text)
        if (no := ask.refuse(_action(item, field, ask), ask.whose(item)))
    }
    if not refusals:
        return change, None
    fields = {field: value for field, value in change.fields.items() if field not in refusals}
    text = {field: splices for field, splices in change.text.items() if field not in refusals}
    patch = PatchItem(item["id"], fields, text) if fields or text else None
    return patch, next(iter(refusals.values()))


def _action(item: Item, field: str, ask: Ask) -> str:
    """What somebody would have to be allowed in order to write this field."""
    if item["kind"] in KINDS or is_of_records(ask.stream):
        return "edit_text"
    if field in PLACE or item["kind"] == "placement":
        return "move"
    if field.startswith("serves/"):
        return "move"
    if item["kind"] == "note" and field.startswith(STARTS):
        return "translate"
    if field.startswith("reaction/"):
        return "react"
    if field == "protected":
        return "protect"
    if field == "colour":
        return "recolour"
    is_words = field == TEXT_FIELDS.get(item["kind"], ("",))[0]
    is_card = item["kind"] == "note" and field.startswith((SAID, INK))
    return "edit_text" if is_words or is_card or field == "lang" else "set_up"
