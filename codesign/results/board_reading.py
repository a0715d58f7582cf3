"""Reads a board's stream into its model (board_model.py).

Twin in spirit of static/js/board/model.js: the same order, the same names, the same papers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from codesign.core.cards import card_kind, strokes_of
from codesign.core.items import FLOWING, REACTIONS, SAID
from codesign.core.kinds import FieldType
from codesign.core.stream import Fields, Item, Readable
from codesign.i18n import ENGLISH, Words
from codesign.results.board_model import (
    Board,
    Connector,
    Content,
    Entry,
    Frame,
    Group,
    Paper,
    Region,
)
from codesign.results.entered import Entered
from codesign.results.table_words import origin_name
from codesign.results.translated import translations_of

IN_ENGLISH = Words(ENGLISH, {})


def read_board(
    board: Readable, workshop: Readable, title: str = "", words: Words = IN_ENGLISH
) -> Board:
    """The board as a reader of `words` sees it: set-up words translated, people's words kept."""
    return _Reading(board, workshop, words).board(title)


class _Reading:
    def __init__(self, board: Readable, workshop: Readable, words: Words) -> None:
        self.state = board
        self.workshop = workshop
        self.words, self.lang = words, words.tag
        self.flows = board.fields.get("layout", "zones") in FLOWING
        self.inside: dict[str, list[Item]] = {}
        self.top: dict[str, list[Item]] = {}
        self.merged: dict[str, list[Item]] = {}
        self.comments: dict[str, list[tuple[str, str]]] = {}
        self._sort_places()

    def board(self, title: str) -> Board:
        state, connectors = self.state, self._connectors()
        return Board(
            title=title,
            workshop=self._words(self.workshop.fields, "title"),
            question=self._words(state.fields, "question"),
            layout=str(state.fields.get("layout", "zones")),
            regions=self._regions() if self.flows else (),
            loose=() if self.flows else self._contents(""),
            frames=() if self.flows else self._frames(),
            connectors=connectors,
            legend=self._legend(),
            words={item["id"]: self._called(item) for item in state.all()} if connectors else {},
        )

    def _sort_places(self) -> None:
        for item in self.state.all():
            if item["kind"] not in ("note", "cluster", "image", "heading", "factor"):
                continue
            if self._stands_for(item) is not None:
                self.merged.setdefault(item["within"], []).append(item)
            elif "cluster" in item and self._is_cluster(item["cluster"]):
                self.inside.setdefault(item["cluster"], []).append(item)
            else:
                place = str(item.get("region", "")) if self.flows else ""
                self.top.setdefault(place, []).append(item)
        for item in sorted(self.state.of_kind("comment"), key=lambda one: (one["at"], one["id"])):
            author = name_of(self.workshop.get(str(item.get("by", ""))) or {})
            self.comments.setdefault(item["about"], []).append((author, str(item["text"])))
        for items in self.top.values():
            items.sort(key=by_order if self.flows else _by_ground)
        for items in self.inside.values():
            items.sort(key=by_order)

    def _stands_for(self, item: Item) -> Item | None:
        """The note that this one is merged into."""
        return self.state.get(item["within"]) if item.get("within") else None

    def _is_cluster(self, item_id: str) -> bool:
        item = self.state.get(item_id)
        return item is not None and item["kind"] == "cluster"

    def _regions(self) -> tuple[Region, ...]:
        regions = sorted(self.state.of_kind("region"), key=by_order)
        return tuple(
            Region(region["id"], self._words(region, "title"), self._contents(region["id"]))
            for region in regions
        )

    def _contents(self, region: str) -> tuple[Content, ...]:
        return tuple(
            self._group(item) if item["kind"] == "cluster" else self._entry(item)
            for item in self.top.get(region, ())
        )

    def _group(self, cluster: Item) -> Group:
        members = tuple(self._entry(item) for item in self.inside.get(cluster["id"], ()))
        return Group(cluster["id"], cluster.get("name", ""), members, *_spot(cluster))

    def _entry(self, item: Item) -> Entry:
        author = self.workshop.get(str(item.get("by", ""))) or {}
        x, y = _spot(item)
        return Entry(
            id=item["id"],
            kind=item["kind"],
            text=self._called(item),
            lang=item.get("lang", ""),
            author=name_of(author),
            author_lang=author.get("lang", ""),
            city=self._city_of(item).get("name", ""),
            colour=self._paper(item),
            reactions=count_reactions(item),
            protected=bool(item.get("protected")),
            entered=self._entered(item),
            within=str((self._stands_for(item) or {}).get("text", "")),
            originals=tuple(map(self._entry, self.merged.get(item["id"], ()))),
            comments=tuple(self.comments.get(item["id"], ())),
            translations=translations_of(item, self.workshop),
            card=item.get("card", ""),
            said=tuple(said_by(item, self.state.fields)),
            strokes=tuple(strokes_of(item)),
            round=item.get("round", 0),
            spot=self._field(item),
            file=item.get("file", ""),
            role=item.get("role", ""),
            wanted=item.get("wanted", ""),
            x=x,
            y=y,
            w=item.get("w", 0) / 100,
            h=item.get("h", 0) / 100,
        )

    def _entered(self, item: Item) -> Entered:
        who = self.workshop.get(str(item.get("entered", ""))) or {}
        return Entered("entered" in item, name_of(who), int(item.get("shared", 0)))

    def _field(self, item: Item) -> str:
        """On a map of pins: which of its fields, as static/js/board/cards/ground.js names them."""
        if item["kind"] != "note" or self.state.fields.get("layout") != "image":
            return ""
        ground = next((one for one in self.top.get("", ()) if _is_ground(one)), None)
        if ground is None:
            return ""
        column = (item.get("x", 0) - ground["x"]) * 8 // ground["w"]
        row = (item.get("y", 0) - ground["y"]) * 6 // ground["h"]
        return f"{'ABCDEFGH'[column]}{row + 1}" if 0 <= column < 8 and 0 <= row < 6 else ""

    def _frames(self) -> tuple[Frame, ...]:
        frames = sorted(self.state.of_kind("frame"), key=_by_spot)
        return tuple(
            Frame(
                frame["id"],
                self._words(frame, "title"),
                *_spot(frame),
                frame["w"] / 100,
                frame["h"] / 100,
            )
            for frame in frames
        )

    def _connectors(self) -> tuple[Connector, ...]:
        return tuple(
            Connector(item["from"], item["to"], item.get("label", ""))
            for item in sorted(self.state.of_kind("connector"), key=lambda item: str(item["id"]))
        ) + tuple(
            Connector(
                item["from"],
                item["to"],
                "",
                item["polarity"],
                item.get("delay", "none") != "none",
                item.get("strength", 2),
            )
            for item in sorted(self.state.of_kind("causal_link"), key=lambda item: str(item["id"]))
        )

    def _legend(self) -> tuple[Paper, ...]:
        """A paper says a city only where that city's people have notes on it."""
        homes: dict[str, set[str]] = {}
        for note in self.state.of_kind("note"):
            city = self._city_of(note)
            home = city["id"] if city.get("colour") == self._paper(note) else ""
            homes.setdefault(self._paper(note), set()).add(home)
        names: dict[str, list[str]] = {}
        for city in sorted(self.workshop.of_kind("city"), key=by_order):
            if city["id"] in homes.get(city["colour"], ()):
                names.setdefault(city["colour"], []).append(city["name"])
        return tuple(
            Paper(colour, tuple(cities), "" in homes[colour]) for colour, cities in names.items()
        )

    def _city_of(self, item: Item) -> Item:
        author = self.workshop.get(str(item.get("by", ""))) or {}
        return self.workshop.get(str(author.get("city", ""))) or {}

    def _paper(self, item: Item) -> str:
        return str(item.get("colour") or self._city_of(item).get("colour", "stone"))

    def _called(self, item: Item) -> str:
        """An item's own words: what people wrote as they wrote it, what was set up in `lang`."""
        match item["kind"]:
            case "note":
                return str(item.get("text", ""))
            case "image":
                return str(item.get("alt", ""))
            case "cluster":
                return str(item.get("name", ""))
            case "heading":
                return self._words(item, "text")
            case "connector" | "factor":
                return str(item.get("label", ""))
        return self._words(item, "title")

    def _words(self, fields: Item, key: str) -> str:
        if key == "title" and "sheet_of" in fields:  # called by its number, and by who began it
            person = self.workshop.get(str(fields["sheet_of"])) or {}
            return " · ".join(one for one in (str(fields["title"]), name_of(person)) if one)
        short = self.lang.partition("-")[0]
        found = fields.get(f"{key}/{self.lang}") or fields.get(f"{key}/{short}")
        said = str(found or fields.get(key, ""))
        # Zones and frames of what a table wrote have its name, or else its number.
        return said if said or key != "title" else origin_name(fields, self.words)


def said_by(note: Item, fields: Fields) -> Iterator[tuple[FieldType, str]]:
    """What a card says beside its words; several values are one."""
    kind = card_kind(str(note.get("card", "")), fields)
    for one in kind.fields[1:] if kind else ():
        key = f"{SAID}{one.name}"
        several = ", ".join(code for code in one.options if note.get(f"{key}/{code}"))
        value = several if one.type == "multi" else note.get(key)
        if value not in (None, "", False):
            yield one, str(value)


def name_of(person: Item) -> str:
    """The name as it is shown: with its suffix, where two are alike."""
    return " ".join(str(person[key]) for key in ("name", "suffix") if person.get(key))


def count_reactions(item: Item) -> tuple[tuple[str, int], ...]:
    counts = Counter(key.split("/")[1] for key in item if key.startswith("reaction/"))
    known = [(kind, counts[kind]) for kind in REACTIONS if counts[kind]]
    return tuple(sorted(known, key=lambda one: -one[1]))


def by_order(item: Item) -> tuple[str, str]:
    """Fractional keys are ASCII, so comparing text compares code units (P2.5)."""
    return str(item.get("order", "")), str(item["id"])


def _by_spot(item: Item) -> tuple[int, int, str]:
    return item.get("y", 0), item.get("x", 0), str(item["id"])


def _is_ground(item: Item) -> bool:
    return item["kind"] == "image" and bool(item.get("protected"))


def _by_ground(item: Item) -> tuple[bool, int, int, str]:
    """What lies under everything else first."""
    return not _is_ground(item), *_by_spot(item)


def _spot(item: Item) -> tuple[float, float]:
    return item.get("x", 0) / 100, item.get("y", 0) / 100
