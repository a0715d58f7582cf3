"""What a page expects of an op it asks. Twin of `asked` in static/js/board/ops.js."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem
from codesign.core.items import LINE_KINDS, reaction_key, translation_key
from codesign.core.translations import fields_of
from codesign.sync.expected_consent import CONSENT_OPS, expected_of_consent
from codesign.sync.expected_devices import DEVICE_OPS, expected_of_devices
from codesign.sync.expected_maps import MAP_OPS, expected_of_maps
from codesign.sync.expected_notes import NOTE_OPS, expected_of_notes
from codesign.sync.expected_records import expected_of_records
from codesign.sync.expected_steps import expected_of_steps
from codesign.sync.expected_tables import TABLE_OPS, expected_of_tables
from codesign.sync.expected_together import TOGETHER_OPS, expected_of_together
from codesign.sync.expected_votes import expected_of_votes
from codesign.sync.pending import Op
from codesign.sync.replica import View


@dataclass(frozen=True, slots=True)
class Author:
    me: str
    now: int
    #: The paper of the author's city, which new notes get.
    paper: str = "stone"
    #: How many people are at this device, where several are.
    shared: int | None = None


def expected_of(op: Op, view: View, author: Author) -> list[Change]:
    """The changes, with author and time as the server will set them, so that the view is right."""
    rest = {key: value for key, value in op.items() if key != "type" and value is not None}
    match op["type"]:
        case "all":
            return [change for each in op["ops"] for change in expected_of(each, view, author)]
        case "move_item":
            return [PatchItem(op["id"], _moved(op, view))]
        case "move_region":
            return [PatchItem(op["id"], {"order": op["order"]})]
        case "recolour":
            return [PatchItem(op["id"], {"colour": op["colour"]})]
        case "react":
            key = reaction_key(op["reaction"], author.me)
            return [PatchItem(op["id"], {key: True if op["on"] else None})]
        case "protect_item":
            return [PatchItem(op["id"], {"protected": True if op["on"] else None})]
        case "open_layer":
            return [PatchStream({"layer_open": True if op["on"] else None})]
        case "delete_item":
            return _without(op["id"], view)
        case "translate":
            fields = {translation_key(op["field"], op["lang"]): op["words"] or None}
            return [_patch(op["id"], fields)]
        case "set_language":
            return [PatchItem(op["id"], {"lang": op["lang"]})]
        case "translate_note":
            return [_translated(op, view, author)]
        case "set_stage" | "set_door" | "set_workshop":
            return [PatchStream(rest)]
        case "edit_city":
            return [PatchItem(op["id"], {k: v for k, v in rest.items() if k != "id"})]
        case "change_city" | "set_role":
            fields = {key: value for key, value in op.items() if key not in ("type", "person")}
            return [PatchItem(op["person"], fields)]
        case "remove_person" | "readmit_person":
            gone = True if op["type"] == "remove_person" else None
            return [PatchItem(op["person"], {"gone": gone})]
        case "open_vote" | "close_vote" | "cancel_vote":
            return expected_of_votes(op, author.now)
        case "create_note":
            return [PutItem(_note(rest, author))]
        case kind if kind in _MADE:
            item = _MADE[kind](author) | rest
            return [PutItem({key: value for key, value in item.items() if value is not None})]
    if op["type"] in CONSENT_OPS:
        return expected_of_consent(op, author.now)
    if op["type"] in DEVICE_OPS:
        return expected_of_devices(op, author.now)
    if op["type"] in NOTE_OPS:
        return expected_of_notes(op, view, author.me, author.now)
    if op["type"] in MAP_OPS:
        return expected_of_maps(op, author.me, author.now)
    if op["type"] in TABLE_OPS:
        return expected_of_tables(op)
    if op["type"] in TOGETHER_OPS:
        return expected_of_together(op, author.me, author.now)
    if op["type"] == "set_round":
        return [PatchStream({"round": op["round"] or None})]
    if op["type"] == "take_sheet":
        return []
    return expected_of_records(op, view, author.me, author.now) or expected_of_steps(op, view)


#: What each kind of new item has beside what was asked.
_MADE: dict[str, Callable[[Author], dict[str, Any]]] = {
    "create_cluster": lambda who: {"kind": "cluster", "name": "", "by": who.me},
    "create_region": lambda _: {"kind": "region", "protected": True},
    "create_frame": lambda who: {"kind": "frame", "protected": True, "by": who.me},
    "create_heading": lambda who: {"kind": "heading", "protected": True, "by": who.me},
    "create_connector": lambda who: {"kind": "connector", "label": "", "by": who.me},
    "create_image": lambda who: {"kind": "image", "alt": "", "by": who.me, "at": who.now},
}


def _note(rest: dict[str, Any], who: Author) -> dict[str, Any]:
    """Whose it is: entered for somebody without a device, or one's own."""
    said = {key: value for key, value in rest.items() if key not in ("entered", "author")}
    note = {"kind": "note", "colour": who.paper, **said, "at": who.now}
    by = rest.get("author") if rest.get("entered") else who.me
    marks = {"entered": who.me} if rest.get("entered") else {"shared": who.shared}
    note |= {key: value for key, value in {"by": by, **marks}.items() if value is not None}
    return note


def _moved(op: Op, view: View) -> dict[str, Any]:
    """The fields that are given; a note leaves its cluster with its region."""
    fields = {
        key: value
        for key, value in op.items()
        if key not in ("type", "id") and (value is not None or key == "cluster")
    }
    item = view.items.get(op["id"], {})
    leaves = "region" in fields and fields["region"] != item.get("region")
    if leaves and "cluster" in item:
        fields.setdefault("cluster", None)
    return fields


def _translated(op: Op, view: View, author: Author) -> Change:
    """Of a note without a name no name is kept; nor of one's own that is hidden without one."""
    translator = author.me if "by" in view.items.get(op["id"], {}) else None
    made = op.get("made_of")
    machine = bool(op.get("by_machine", False))
    fields = fields_of(op["lang"], op["words"], translator, made, by_machine=machine)
    return PatchItem(op["id"], fields)


def _without(item_id: str, view: View) -> list[Change]:
    changes: list[Change] = []
    for item in view.items.values():
        held = [field for field in ("cluster", "within") if item.get(field) == item_id]
        if item["kind"] == "note" and held:
            changes.append(PatchItem(item["id"], dict.fromkeys(held)))
        elif (item.get("about") == item_id and item["kind"] == "comment") or (
            item["kind"] in LINE_KINDS and item_id in (item["from"], item["to"])
        ):
            changes.append(DropItem(item["id"]))
    return [*changes, DropItem(item_id)]


def _patch(item_id: str | None, fields: dict[str, Any]) -> Change:
    return PatchStream(fields) if item_id is None else PatchItem(item_id, fields)
