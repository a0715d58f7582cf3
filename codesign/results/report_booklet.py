"""A report as a sequence of chapters made of a few kinds of block: what writers know, and all they know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from codesign.i18n import BY_TAG
from codesign.results.report import Priority, Voice
from codesign.results.report_names import City

#: In the order a report has them, unless those who lead say otherwise.
CHAPTERS = (
    *(
        "priorities",
        "decisions",
        "words",
        "boards",
        "personas",
        "actors",
        "actions",
        "steps",
        "people",
    ),
    *("origins", "notes"),
)
#: What a chapter may be called, what may be said about it, and about the whole, in letters.
TITLE_LETTERS, NOTE_LETTERS, SHORT_LETTERS = 200, 2_000, 4_000
#: How many logos a report begins with, and how long the name of whose each is may be.
LOGOS_MOST, LOGO_LETTERS = 4, 120
#: More votes than these are told in numbers alone.
MARKS = 90

FILE = re.compile("[A-Za-z0-9_-]{22}")

Cell = str | int


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    text: str
    level: Literal[3, 4] = 3


@dataclass(frozen=True, slots=True)
class Bullets:
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    priorities: tuple[Priority, ...]
    #: By id of the priority: its votes by city as a sentence.
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Voices:
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Cities:
    cities: tuple[City, ...]
    others: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A board; its bytes are found by its id."""

    board: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares. A cell of a spreadsheet is a number where it is one here."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    #: Columns of amounts in words, which stand under each other as numbers do.
    amounts: frozenset[int] = frozenset()
    #: Columns of days and months as records hold them (2026-11-22, 2026-11): a spreadsheet has dates there.
    dates: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pairs:
    """What a thing is, point by point: what is asked, and what is said. `missing` are those nobody has said yet."""

    rows: tuple[tuple[str, str], ...]
    missing: frozenset[str] = frozenset()


Block = Text | Head | Bullets | Ranking | Voices | Cities | Picture | Table | Pairs


@dataclass(frozen=True, slots=True)
class Chapter:
    id: str
    title: str
    #: What those who lead say about it.
    note: str
    blocks: tuple[Block, ...]
    #: Begins a page of its own where there are pages.
    is_annex: bool = False


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture of the workshop, and whose it is: said to whoever does not see it."""

    file: str
    name: str


@dataclass(frozen=True, slots=True)
class Booklet:
    title: str
    question: str
    lang: str
    #: The first paragraph: drafted, or as those who lead wrote it.
    short: str
    #: Figures and what they count.
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    #: Who made it and when, as the last line of everything.
    signed: str
    logos: tuple[Logo, ...] = ()
    #: What whoever reads it must know first, such as that it is a draft.
    notice: str = ""
    #: Few pages, to be read by somebody with many: set close, without a list of chapters.
    is_dense: bool = False
    #: On pages that lie, for tables with many columns.
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What those who lead chose: which chapters, in which order, what they are called and what is said about them."""

    order: tuple[str, ...] = CHAPTERS
    left_out: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    #: The first paragraph, where it was written by hand.
    short: str = ""
    #: What headings are written in; nothing: the reader's language.
    lang: str = ""
    logos: tuple[Logo, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "order": list(self.order),
            "left_out": sorted(self.left_out),
            "titles": dict(self.titles),
            "notes": dict(self.notes),
            "short": self.short,
            "lang": self.lang,
            "logos": [{"file": one.file, "name": one.name} for one in self.logos],
        }


def marks_of(one: Priority) -> list[str]:
    """A paper for each vote, its city's; nothing where they are too many to look at."""
    if one.dots > MARKS:
        return []
    marks = [share.colour for share in one.shares for _ in range(share.dots)]
    return marks or [""] * one.dots


def read_plan(said: Mapping[str, Any]) -> Plan:
    """What is kept, as a plan of today: chapters it does not know yet come at their usual place."""
    order = [one for one in said.get("order", ()) if one in CHAPTERS]
    for at, chapter in enumerate(CHAPTERS):
        if chapter not in order:
            before = [one for one in CHAPTERS[:at] if one in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, chapter)
    return Plan(
        order=tuple(dict.fromkeys(order)),
        left_out=frozenset(_known(said.get("left_out", ()))),
        titles=_words(said.get("titles", {}), TITLE_LETTERS),
        notes=_words(said.get("notes", {}), NOTE_LETTERS),
        short=str(said.get("short", ""))[:SHORT_LETTERS],
        lang=lang if (lang := str(said.get("lang", ""))) in BY_TAG else "",
        logos=tuple(_logos(said.get("logos", ())))[:LOGOS_MOST],
    )


def _logos(said: Sequence[Any]) -> Iterator[Logo]:
    for one in said:
        if isinstance(one, dict) and FILE.fullmatch(str(one.get("file", ""))):
            yield Logo(str(one["file"]), str(one.get("name", ""))[:LOGO_LETTERS])


def _known(chapters: Sequence[str]) -> list[str]:
    return [one for one in chapters if one in CHAPTERS]


def _words(said: Mapping[str, Any], most: int) -> dict[str, str]:
    return {key: str(said[key])[:most] for key in CHAPTERS if said.get(key)}
