"""System maps: factors, the causal links between them, and what is said of either; and of a card."""

from __future__ import annotations

from codesign.core.ask import Ask
from codesign.core.cards import checked_card
from codesign.core.decision import Decision, Refused
from codesign.core.items import MAP_KINDS, MORE_WORDS
from codesign.core.kinds import KINDS
from codesign.core.ops import CreateCausalLink, CreateFactor, EditItem
from codesign.core.record_boards import method_of
from codesign.core.records import checked
from codesign.core.rules.making import patched, put, refuse_more, refuse_new
from codesign.core.rules.places import settle
from codesign.core.stream import Draft, Fields, Item

#: The ends of a link stay what they are: another link is another claim.
ENDS = ("from", "to")


def create_factor(op: CreateFactor, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("add") or refuse_new(op.id, draft) or _refuse_elsewhere(draft):
        return no
    place = settle(op.place(), draft)
    if isinstance(place, Refused):
        return place
    fields = checked(KINDS["factor"], {**op.fields, "label": op.label}, {}, draft)
    if isinstance(fields, Refused):
        return fields
    return put(
        {"id": op.id, "kind": "factor", **place, "at": ask.now}, ask, draft, **fields, lang=op.lang
    )


def create_causal_link(op: CreateCausalLink, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("connect") or refuse_new(op.id, draft) or _refuse_elsewhere(draft):
        return no
    if any(end in op.fields for end in ENDS):
        return Refused("bad_op", {"field": "fields"})
    ends = {"from": op.source, "to": op.target, "polarity": op.polarity}
    fields = checked(KINDS["causal_link"], {**op.fields, **ends}, {}, draft)
    if isinstance(fields, Refused):
        return fields
    if there := _between(op.source, op.target, draft):
        return Refused("conflict", {"id": there["id"], "reason": "taken"})
    return put({"id": op.id, "kind": "causal_link", "at": ask.now}, ask, draft, **fields)


def edit_item(op: EditItem, ask: Ask, draft: Draft) -> Decision:
    item = draft.get(op.id)
    if item is not None and item["kind"] == "note":
        return edit_card(op, item, ask, draft, draft.fields)
    if item is None or item["kind"] not in MAP_KINDS:
        return Refused("unknown", {"id": op.id})
    if no := ask.refuse("edit_text", ask.whose(item)):
        return no
    if any(end in op.fields for end in ENDS):
        return Refused("bad_op", {"field": "fields"})
    fields = checked(KINDS[item["kind"]], op.fields, item, draft)
    if isinstance(fields, Refused):
        return fields
    return _refuse_words(item, fields, draft) or patched(item, fields, ask)


def edit_card(op: EditItem, item: Item, ask: Ask, draft: Draft, board: Fields) -> Decision:
    """What a card says beside its words, and what is drawn on a note."""
    if no := ask.refuse("edit_text", ask.whose(item)):
        return no
    fields = checked_card(item, op.fields, board)
    if isinstance(fields, Refused):
        return fields
    size = sum(_length(value) - _length(item.get(key)) for key, value in fields.items())
    return refuse_more(draft, size) or patched(item, fields, ask)


def _length(value: object) -> int:
    return len(value.encode()) if isinstance(value, str) else 0


def _refuse_elsewhere(draft: Draft) -> Refused | None:
    is_map = draft.fields.get("layout") == "graph" and not method_of(draft.fields)
    return None if is_map else Refused("bad_op", {"field": "type"})


def _between(source: str, target: str, draft: Draft) -> Item | None:
    return next(
        (
            item
            for item in draft.pointing_at(source)
            if item["kind"] == "causal_link" and (item["from"], item["to"]) == (source, target)
        ),
        None,
    )


def _refuse_words(item: Item, fields: Fields, draft: Draft) -> Refused | None:
    counted = (KINDS[item["kind"]].title, MORE_WORDS[item["kind"]], "why")
    more = sum(
        len(str(fields[key] or "").encode()) - len(str(item.get(key, "")).encode())
        for key in {*counted} & fields.keys()
    )
    return refuse_more(draft, more)
