"""What a board of notes shows, as what is worked out of it reads it: cards, who wrote them, and who is in the room.

Only the board's own stream is read: what is hidden in a lane is counted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from codesign.core.cards import strokes_of
from codesign.core.declared_boards import board_layout
from codesign.core.items import SAID
from codesign.core.permissions import WRITERS
from codesign.core.record_boards import has_board, method_of
from codesign.core.stream import Item, Readable
from codesign.core.translations import languages_of
from codesign.i18n import BY_TAG, Words
from codesign.results.board_reading import by_order, name_of, read_board
from codesign.results.table_words import origin_name

if TYPE_CHECKING:
    from codesign.core.method import Method

Record = Mapping[str, Any]
#: Layouts on which what people add are notes.
OF_NOTES = ("zones", "columns", "rounds", "free", "image")
#: Of a card, as a reader recognizes it in a sentence.
LETTERS = 80
#: A sentence for each of so many; the rest is counted.
NAMED = 8
#: What cards say in numbers. A file brings in whatever it likes; anything else is nothing that could be counted.
NUMBERS = frozenset({"breadth", "heard", "useful", "weight"})
#: What a board comes to: a title, its sentences, and the ids of the cards that are meant, where there are.
Some = tuple[tuple[str, ...], tuple[str, ...]]
Said = Iterator[tuple[str, tuple[str, ...]] | tuple[str, tuple[str, ...], tuple[str, ...]]]


def has_notes(fields: Mapping[str, Any], method: Method) -> bool:
    """Whether a board of this method is one of notes, as it lies now."""
    layout = str(fields.get("layout"))
    if layout not in OF_NOTES or layout != method.layout or method_of(fields):
        return False
    return board_layout(method) is None and not has_board(layout, method.id)


@dataclass
class NoteFacts:
    method: Method
    board: Readable
    workshop: Readable
    words: Words
    #: In milliseconds.
    now: int = 0
    #: The board's id, by which its votes are known.
    id: str = ""
    #: Some things are for those who lead, to ask kindly.
    leads: bool = False
    #: Titles of the method's regions and rows in every language it is told in: whoever opened the board had one.
    known_titles: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def everything(self) -> list[Record]:
        """Every note with something on it, also those that are merged into another."""
        found = [one for one in self.board.of_kind("note") if _says(one)]
        return [self._card(one) for one in sorted(found, key=lambda o: (o.get("at", 0), o["id"]))]

    @cached_property
    def cards(self) -> list[Record]:
        """Those that stand for themselves."""
        return [one for one in self.everything if not one["within"]]

    def of_card(self, kind: str) -> list[Record]:
        return [one for one in self.cards if one["card"] == kind]

    @cached_property
    def by_id(self) -> dict[str, Record]:
        return {one["id"]: one for one in self.everything}

    @cached_property
    def regions(self) -> list[Item]:
        return sorted(self.board.of_kind("region"), key=by_order)

    @cached_property
    def titles(self) -> dict[str, str]:
        read = read_board(self.board, self.workshop, words=self.words)
        return {one.id: one.title for one in read.regions}

    @cached_property
    def codes(self) -> dict[str, str]:
        """What each region is to the method: by its title, else by where it stands."""
        places = self.method.places
        found = {}
        for at, region in enumerate(self.regions):
            code = self.known_titles.get(str(region.get("title", "")).strip().casefold())
            found[region["id"]] = code or (places[at].id if at < len(places) else "")
        return found

    @cached_property
    def links(self) -> list[Record]:
        ends = ({"from": one["from"], "to": one["to"]} for one in self.board.of_kind("connector"))
        return [one for one in ends if {one["from"], one["to"]} <= self.by_id.keys()]

    @cached_property
    def spots(self) -> dict[str, str]:
        """On a map of pins: the field of each."""
        read = read_board(self.board, self.workshop, words=self.words)
        return {entry.id: entry.spot for _, _, entry in read.entries()}

    @cached_property
    def people(self) -> list[Record]:
        """Everybody who has joined and not been removed."""
        found = (one for one in self.workshop.of_kind("person") if not one.get("gone"))
        return [
            {
                **{"id": one["id"], "name": name_of(one), "city": self._city(one)},
                "languages": [one["lang"]] if one.get("lang") else [],
                "writes": one.get("role", "participant") in WRITERS,
            }
            for one in sorted(found, key=by_order)
        ]

    def person(self, id: str) -> str:
        return name_of(self.workshop.get(id) or {})

    def called(self, id: str) -> str:
        """A note or a group, so that it is recognized."""
        item = self.board.get(id) or {}
        words = " ".join(str(item.get("text") or item.get("name") or "").split())
        return words if len(words) <= LETTERS else f"{words[: LETTERS - 1].rstrip()}…"

    def names(self, ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(filter(None, map(self.called, ids)))

    def some(self, words: Sequence[str], ids: Sequence[str] = ()) -> Some:
        """The first few, and how many more there are."""
        shown, left = tuple(words[:NAMED]), len(words) - NAMED
        if left > 0:
            shown += (self.words.ngettext("and {n} more", "and {n} more", left),)
        return shown, tuple(ids[:NAMED])

    def named(self, title: str, ids: Sequence[str]) -> Said:
        yield (title, *self.some(self.names(ids), ids))

    def counted(self, counts: Mapping[str, int]) -> tuple[str, ...]:
        """The most first."""
        order = sorted(counts.items(), key=lambda one: -one[1])
        return self.some([f"{name}: {n}" for name, n in order])[0]

    def joined(self, id: str) -> list[str]:
        """What it is connected with, whichever way the line goes."""
        ends = ((one["from"], one["to"]) for one in self.links)
        return [b if a == id else a for a, b in ends if id in (a, b)]

    def language(self, tag: str) -> str:
        known = BY_TAG.get(tag) or BY_TAG.get(tag.partition("-")[0])
        return known.name if known else tag

    def _card(self, note: Item) -> Record:
        author = self.workshop.get(str(note.get("by", ""))) or {}
        cluster = self.board.get(str(note.get("cluster", ""))) or {}
        region = cluster.get("region", note.get("region", ""))
        zone = self.board.get(str(region)) or {}
        said = {key.removeprefix(SAID): note[key] for key in note if key.startswith(SAID)}
        return {
            **{key: it for key, it in said.items() if key not in NUMBERS or type(it) is int},
            **{"id": note["id"], "text": note.get("text", ""), "lang": note.get("lang", "")},
            **{"card": note.get("card", ""), "author": note.get("by", ""), "region": region},
            "city": self._city(author),
            "group": origin_name(note, self.words) or origin_name(zone, self.words),
            "translations": languages_of(note),
            "sketch": strokes_of(note),
            "round": note.get("round", 0),
            "within": note.get("within", "") if self.board.get(note.get("within", "")) else "",
            "cluster": cluster.get("id", ""),
            "marked_by": [key.rpartition("/")[2] for key in note if key.startswith("reaction/")],
            "at": note.get("at", 0),
        }

    def _city(self, person: Mapping[str, Any]) -> str:
        return str((self.workshop.get(str(person.get("city", ""))) or {}).get("name", ""))


def _says(note: Item) -> bool:
    return bool(str(note.get("text", "")).strip() or strokes_of(note))
