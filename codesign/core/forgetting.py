"""Taking one person out of what was journalled: their name, and if they wish the words of their notes.

Rewritten entries keep their number, and still add up to what the rooms hold: a name is `NOBODY` from the first entry
on, a note's words are `TAKEN`, and edits of them are gone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from codesign.core.changes import Texts
from codesign.core.items import INK, SAID, TEXT_FIELDS
from codesign.core.stream import Fields, Item
from codesign.core.translations import STARTS

#: *Nomen nescio*, "I do not know the name": understood in every language there is a catalogue for.
NOBODY = "N. N."
#: What stands where words were.
TAKEN = "…"
#: Kinds whose words are one person's own; groups, lines and records are everybody's.
OWN_KINDS = frozenset({"note", "image", "comment"})
#: A person's fields that say who they are, beside the name.
TELLING = frozenset({"lang"})
#: A change as JSON has it.
Wire = dict[str, Any]


def taken(item: Item) -> tuple[Fields, Texts]:
    """The patch that takes the words off a note: its text, and what it was translated into."""
    name = TEXT_FIELDS[item["kind"]][0]
    fields = {key: None for key in item if _speaks(key, name) and key != name}
    words = str(item.get(name, ""))
    return fields, {} if words == TAKEN else {name: ((0, words, TAKEN),)}


@dataclass(slots=True)
class Forgetting:
    """Of one stream. `names` are all that the person was called; `own` the items whose words are theirs."""

    person: str
    words: bool
    names: set[str] = field(default_factory=set)
    own: dict[str, str] = field(default_factory=dict)
    #: Pictures they brought.
    files: set[str] = field(default_factory=set)

    def learn(self, wires: Iterable[Wire]) -> None:
        """What is theirs: to be shown every entry before one is rewritten."""
        for wire in wires:
            match wire:
                case {"put": {"id": id, "kind": "person", "name": name}} if id == self.person:
                    self.names.add(_folded(name))
                case {"patch": id, "fields": {"name": str(name)}} if id == self.person:
                    self.names.add(_folded(name))
                case {"put": {"by": by, "id": id, "kind": kind} as item} if self._is_own(by, kind):
                    self.own[id] = kind
                    self.files |= {str(item["file"])} if "file" in item else set()

    def concerns(self, ids: Iterable[str], text: str) -> bool:
        """Whether an entry of these ids has to be looked at; cheap, and sooner yes than no."""
        said = f"reason/{self.person}" in text
        return (
            said or any(id == self.person or id in self.own for id in ids) or '"expected"' in text
        )

    def rewrite(self, wires: Iterable[Wire]) -> list[Wire]:
        return [self._change(wire) for wire in wires]

    def _is_own(self, by: str, kind: str) -> bool:
        return self.words and by == self.person and kind in OWN_KINDS

    def _change(self, wire: Wire) -> Wire:
        return self._without_reason(self._changed(wire))

    def _without_reason(self, wire: Wire) -> Wire:
        """What they said to a proposal stays, and why they said so goes with their other words."""
        key = f"reason/{self.person}"
        for part in ("put", "fields"):
            if self.words and isinstance(found := wire.get(part), dict) and found.get(key):
                return {**wire, part: {**found, key: TAKEN}}
        return wire

    def _changed(self, wire: Wire) -> Wire:
        match wire:
            case {"put": item}:
                return {"put": self._item(item)}
            case {"patch": id} if id == self.person:
                return {**wire, "fields": dict(_nameless(wire.get("fields", {})))}
            case {"patch": id} if id in self.own:
                return self._patch(wire, TEXT_FIELDS[self.own[id]][0])
        return wire

    def _item(self, item: Item) -> Item:
        if item["id"] in self.own:
            name = TEXT_FIELDS[item["kind"]][0]
            kept = {key: value for key, value in item.items() if not _speaks(key, name)}
            return {**kept, name: TAKEN}
        is_theirs = item["id"] == self.person and item["kind"] in ("person", "knock")
        # Somebody who was expected is known by nothing but a name.
        if is_theirs or (item["kind"] == "expected" and _folded(item["name"]) in self.names):
            return {key: value for key, value in _nameless(item) if value is not None}
        return item

    def _patch(self, wire: Wire, name: str) -> Wire:
        """The change stays, so that the entry does; what it said of the words does not."""
        kept = {key: value for key, value in wire.items() if key != "text"}
        fields = {
            key: value for key, value in kept.pop("fields", {}).items() if not _speaks(key, name)
        }
        text = {key: value for key, value in wire.get("text", {}).items() if key != name}
        return {
            **kept,
            **({"fields": fields} if fields else {}),
            **({"text": text} if text else {}),
        }


def _speaks(key: str, name: str) -> bool:
    """Of the words: in any language, and of which words that was made; drawings, and what a card says."""
    return key == name or key.startswith((f"{name}/", *STARTS, SAID, INK))


def _nameless(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in fields.items():
        if key == "name" and value is not None:
            yield key, NOBODY
        else:
            yield key, None if key in TELLING else value


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
