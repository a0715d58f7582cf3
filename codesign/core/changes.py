"""The four kinds of change, how they are written, applied and taken back (P3.1 to P3.6).

Twin of static/js/board/changes.js; tests/vectors/changes.json holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from codesign.core.stream import Draft, Fields, Item, State
from codesign.core.text import Splices, apply_splices, invert

Texts = Mapping[str, Splices]
NO_TEXTS: Texts = {}


@dataclass(frozen=True, slots=True)
class PutItem:
    """The item is now there, whole."""

    item: Item


@dataclass(frozen=True, slots=True)
class PatchItem:
    """These fields of the item are now so; None takes a field away. Texts change by splices."""

    id: str
    fields: Fields = dataclass_field(default_factory=dict)
    text: Texts = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DropItem:
    """The item is gone."""

    id: str


@dataclass(frozen=True, slots=True)
class PatchStream:
    """The stream's own fields, as PatchItem."""

    fields: Fields = dataclass_field(default_factory=dict)
    text: Texts = dataclass_field(default_factory=dict)


Change = PutItem | PatchItem | DropItem | PatchStream


def apply_changes(state: State | Draft, changes: Iterable[Change]) -> None:
    """Make the changes true. A patch or drop of an item that is not there does nothing (P3.6)."""
    for change in changes:
        match change:
            case PutItem(item):
                state.put(item)
            case PatchItem(item_id, fields, text):
                old = state.get(item_id)
                if old is not None:
                    state.put(_patched(old, fields, text))
            case DropItem(item_id):
                if state.get(item_id) is not None:
                    state.drop(item_id)
            case PatchStream(fields, text):
                state.set_fields(_patched(state.fields, fields, text))


def inverse_of(state: State | Draft, changes: Sequence[Change]) -> tuple[Change, ...]:
    """What would take the changes back, as `state` stands before them. In the order to apply."""
    if len(changes) == 1:
        return _inverse(state, changes[0])
    draft = Draft(state)
    back: list[Change] = []
    for change in changes:
        back += _inverse(draft, change)
        apply_changes(draft, (change,))
    back.reverse()
    return tuple(back)


def to_wire(change: Change) -> dict[str, Any]:
    """The change as JSON has it."""
    match change:
        case PutItem(item):
            return {"put": item}
        case PatchItem(item_id, fields, text):
            return {"patch": item_id, **_patch_to_wire(fields, text)}
        case DropItem(item_id):
            return {"drop": item_id}
        case PatchStream(fields, text):
            return {"stream": _patch_to_wire(fields, text)}


def from_wire(wire: Mapping[str, Any]) -> Change:
    """The change that `to_wire` wrote. Raises ValueError on anything else."""
    match wire:
        case {"put": item}:
            return PutItem(item)
        case {"patch": item_id, **rest}:
            return PatchItem(item_id, *_patch_from_wire(rest))
        case {"drop": item_id}:
            return DropItem(item_id)
        case {"stream": patch}:
            return PatchStream(*_patch_from_wire(patch))
    raise ValueError("not a change")


def _patched(old: Mapping[str, Any], fields: Fields, text: Texts) -> dict[str, Any]:
    new = {**old, **fields}
    for key, value in fields.items():
        if value is None:
            new.pop(key)
    for key, splices in text.items():
        new[key] = apply_splices(new.get(key, ""), splices)
    return new


def _inverse(state: State | Draft, change: Change) -> tuple[Change, ...]:
    match change:
        case PutItem(item):
            old = state.get(item["id"])
            return (DropItem(item["id"]),) if old is None else (PutItem(old),)
        case DropItem(item_id):
            old = state.get(item_id)
            return () if old is None else (PutItem(old),)
        case PatchItem(item_id, fields, text):
            now = state.get(item_id)
            if now is None:
                return ()
            return (PatchItem(item_id, _before(now, fields), _inverted(text)),)
        case PatchStream(fields, text):
            return (PatchStream(_before(state.fields, fields), _inverted(text)),)


def _before(old: Mapping[str, Any], fields: Fields) -> Fields:
    return {key: old.get(key) for key in fields}


def _inverted(text: Texts) -> Texts:
    return {key: invert(splices) for key, splices in text.items()}


def _patch_to_wire(fields: Fields, text: Texts) -> dict[str, Any]:
    wire: dict[str, Any] = {}
    if fields:
        wire["fields"] = fields
    if text:
        wire["text"] = {key: [list(splice) for splice in splices] for key, splices in text.items()}
    return wire


def _patch_from_wire(wire: Mapping[str, Any]) -> tuple[Fields, Texts]:
    text = {
        key: tuple((at, removed, inserted) for at, removed, inserted in splices)
        for key, splices in wire.get("text", {}).items()
    }
    return dict(wire.get("fields", {})), text or NO_TEXTS
