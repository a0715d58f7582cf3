"""Creating, moving, colouring, reacting to, protecting and deleting what is on a board."""

from __future__ import annotations

from typing import Any

from codesign.core.ask import Ask
from codesign.core.changes import DropItem, PatchItem, PatchStream
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.items import FLOWING, JOINABLE_KINDS, PLACED_KINDS, reaction_key
from codesign.core.ops import (
    CreateConnector,
    CreateFrame,
    CreateHeading,
    CreateImage,
    CreateNote,
    DeleteItem,
    MoveItem,
    OpenLayer,
    ProtectItem,
    React,
    Recolour,
    ServePersona,
)
from codesign.core.record_boards import method_of
from codesign.core.rules.clusters import is_cluster
from codesign.core.rules.devices import written_by
from codesign.core.rules.making import card_of, city_colour, patched, put, refuse_new
from codesign.core.rules.places import settle, settle_move
from codesign.core.rules.pointers import let_go, pointing_at
from codesign.core.stream import Draft, Item

UNKNOWN = Refused("unknown")


def create_note(op: CreateNote, ask: Ask, draft: Draft) -> Decision:
    if (no := ask.refuse("add")) or (no := refuse_new(op.id, draft)):
        return no
    place = settle(op.place(), draft)
    if isinstance(place, Refused):
        return place
    if op.cluster is not None and not is_cluster(op.cluster, draft):
        return Refused("unknown", {"field": "cluster"})
    author = written_by(op, ask)
    if isinstance(author, Refused):
        return author
    note = {"id": op.id, "kind": "note", "text": op.text, **place, "at": ask.now}
    note["colour"] = op.colour or city_colour(ask, author["by"])
    card = card_of(op, draft.fields)
    if isinstance(card, Refused):
        return card
    return put(note, ask, draft, lang=op.lang, cluster=op.cluster, **author, **card)


def create_frame(op: CreateFrame, ask: Ask, draft: Draft) -> Decision:
    if (no := ask.refuse("set_up")) or (no := refuse_new(op.id, draft)):
        return no
    if draft.fields.get("layout") in FLOWING:
        return Refused("bad_op", {"field": "x"})
    size = {"x": op.x, "y": op.y, "w": op.w, "h": op.h}
    return put(
        {"id": op.id, "kind": "frame", "title": op.title, **size, "protected": True}, ask, draft
    )


def create_heading(op: CreateHeading, ask: Ask, draft: Draft) -> Decision:
    if (no := ask.refuse("set_up")) or (no := refuse_new(op.id, draft)):
        return no
    place = settle(op.place(), draft)
    if isinstance(place, Refused):
        return place
    return put(
        {"id": op.id, "kind": "heading", "text": op.text, **place, "protected": True}, ask, draft
    )


def create_image(op: CreateImage, ask: Ask, draft: Draft) -> Decision:
    """The file has been uploaded and checked before; the board only holds its id."""
    if (no := ask.refuse("add")) or (no := refuse_new(op.id, draft)):
        return no
    place = settle(op.place(), draft)
    if isinstance(place, Refused):
        return place
    image = {"id": op.id, "kind": "image", "file": op.file, "alt": op.alt, "w": op.w, "h": op.h}
    return put({**image, **place, "at": ask.now}, ask, draft)


def create_connector(op: CreateConnector, ask: Ask, draft: Draft) -> Decision:
    if (no := ask.refuse("connect")) or (no := refuse_new(op.id, draft)):
        return no
    if op.source == op.target:
        return Refused("bad_op", {"field": "to"})
    for end, field in ((op.source, "from"), (op.target, "to")):
        item = draft.get(end)
        if item is None or item["kind"] not in JOINABLE_KINDS:
            return Refused("unknown", {"field": field})
    ends = {"from": op.source, "to": op.target}
    return put({"id": op.id, "kind": "connector", **ends, "label": op.label}, ask, draft)


def move_item(op: MoveItem, ask: Ask, draft: Draft) -> Decision:
    item = draft.get(op.id)
    if item is None or not _is_placed(item, draft):
        return UNKNOWN
    if no := ask.refuse("move", ask.whose(item)):
        return no
    fields = _moved_fields(op, item, draft)
    if isinstance(fields, Refused):
        return fields
    fields = {key: value for key, value in fields.items() if item.get(key) != value}
    if no := ask.guarded(item, fields):
        return no
    return Accepted((PatchItem(op.id, fields),)) if fields else NOTHING


def recolour(op: Recolour, ask: Ask, draft: Draft) -> Decision:
    item = draft.get(op.id)
    if item is None or item["kind"] != "note":
        return UNKNOWN
    if no := ask.refuse("recolour", ask.whose(item)):
        return no
    return patched(item, {"colour": op.colour}, ask)


def serve_persona(op: ServePersona, ask: Ask, draft: Draft) -> Decision:
    """Whoever may move a note may say whom it is for. Whether that persona is still there, the register knows."""
    item = draft.get(op.id)
    if item is None or item["kind"] != "note":
        return UNKNOWN
    if no := ask.refuse("move", ask.whose(item)):
        return no
    return patched(item, {f"serves/{op.persona}": True if op.on else None}, ask)


def react(op: React, ask: Ask, draft: Draft) -> Decision:
    item = draft.get(op.id)
    if item is None or item["kind"] not in ("note", "image", "cluster"):
        return UNKNOWN
    if no := ask.refuse("react", ask.whose(item)):
        return no
    if ask.person is None:
        return Refused("forbidden")
    key = reaction_key(op.reaction, ask.person)
    if bool(item.get(key)) == op.on:
        return NOTHING
    return Accepted((PatchItem(op.id, {key: True if op.on else None}),))


def protect_item(op: ProtectItem, ask: Ask, draft: Draft) -> Decision:
    item = draft.get(op.id)
    if item is None or item["kind"] == "region":
        return UNKNOWN
    if no := ask.refuse("protect"):
        return no
    return patched(item, {"protected": True if op.on else None}, ask)


def open_layer(op: OpenLayer, ask: Ask, draft: Draft) -> Decision:
    """The items stay marked, so that locking again needs nobody to remember which they were."""
    if no := ask.refuse("protect"):
        return no
    if bool(draft.fields.get("layer_open")) == op.on:
        return NOTHING
    return Accepted((PatchStream({"layer_open": True if op.on else None}),))


def delete_item(op: DeleteItem, ask: Ask, draft: Draft) -> Decision:
    """Takes away the item and the connectors that end at it; a cluster lets its notes go."""
    item = draft.get(op.id)
    if item is None:
        return UNKNOWN
    if no := ask.refuse("delete", ask.whose(item)) or ask.guarded_delete(item):
        return no
    if item["kind"] == "region" and any(field == "region" for _, field in pointing_at(item, draft)):
        return Refused("conflict", {"id": op.id, "reason": "not_empty"})
    return Accepted((*let_go(item, draft), DropItem(op.id)))


def _is_placed(item: Item, draft: Draft) -> bool:
    """Where a placement stands its record says, but for a net-map: there people draw it as they like."""
    is_on_net = item["kind"] == "placement" and method_of(draft.fields) == "net-map"
    return item["kind"] in PLACED_KINDS or is_on_net


def _moved_fields(op: MoveItem, item: Item, draft: Draft) -> dict[str, Any] | Refused:
    place = op.place()
    if {"x", "y"} <= place.keys() and (place["x"], place["y"]) == (item.get("x"), item.get("y")):
        place = {}
    settled = settle_move(place, draft)
    if isinstance(settled, Refused):
        return settled
    fields = dict(settled)
    if item["kind"] in ("frame", "image"):
        fields |= {key: value for key, value in (("w", op.w), ("h", op.h)) if value is not None}
    if "cluster" in op.model_fields_set and item["kind"] == "note":
        if op.cluster is not None and not is_cluster(op.cluster, draft):
            return Refused("unknown", {"field": "cluster"})
        fields["cluster"] = op.cluster
    elif "region" in fields and fields["region"] != item.get("region") and "cluster" in item:
        fields["cluster"] = None
    return fields
