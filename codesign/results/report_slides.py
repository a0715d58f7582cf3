"""A report as slides: what stands on each, so that all of it fits. Pure: `report_pptx.py` writes them.

Slides break nowhere by themselves, so letters are measured here, a little wider than they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from math import ceil
from typing import Literal

from codesign.i18n import Words
from codesign.results.report import Voice
from codesign.results.report_booklet import (
    Block,
    Booklet,
    Bullets,
    Cell,
    Chapter,
    Cities,
    Head,
    Pairs,
    Picture,
    Ranking,
    Table,
    Text,
    Voices,
)

#: Of a slide and of what stands on it, in points: sixteen by nine.
WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 48.0
ROOM, TOP, TALL = WIDTH - 2 * MARGIN, 104.0, 384.0
#: Words above a table or a picture.
LEAD_SIZE, LEAD_MOST = 13.0, 2
#: The largest that lets a table stay on one slide; else the last.
CELL_SIZES = (16.0, 14.0, 12.0)
CELL_PAD, CELL_SIDES = 8.0, 14.0
#: How much a line takes of the size of its letters.
LINE = 1.22
SIZES = {"plain": 18.0, "quiet": 13.0, "bullet": 18.0, "voice": 14.0, "head": 18.0}
AFTER = 7.0
COLUMNS_GAP = 24.0
#: How much larger letters are where there are few.
LARGER = (1.3, 1.15, 1.0)
#: Its headings stand among what they head: a slide for each would have two lines.
FLOWING = frozenset({"origins"})

Kind = Literal["plain", "quiet", "bullet", "voice", "head"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `after`: quiet words on lines of their own beneath, each with its language."""

    text: str
    kind: Kind = "plain"
    lang: str = ""
    after: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    lines: tuple[Line, ...]
    columns: int = 1
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as far as it fits. Without a head its first column says what each row is."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: In points, of the columns.
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float
    amounts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Slide:
    title: str
    chapter: str
    body: Lines | Grid | Picture
    #: What is said above a table or a picture.
    lead: str = ""
    #: What whoever speaks may want to say beside it.
    notes: str = ""


def slides_of(booklet: Booklet, words: Words) -> Iterator[Slide]:
    """After the opening. Papers told by their boards are not told again one by one as an annex."""
    parts = [_short(booklet, words)]
    told = {chapter.id for chapter in booklet.chapters}
    for chapter in booklet.chapters:
        if chapter.id != "notes" or "words" not in told:
            parts.append([*_Cutter(chapter, words).slides()])
    taken = set[str]()
    for slide in (slide for part in parts for slide in _counted(part)):
        is_taken = slide.title in taken
        yield replace(slide, title=f"{slide.title} · {slide.chapter}") if is_taken else slide
        taken.add(slide.title)


def _short(booklet: Booklet, words: Words) -> list[Slide]:
    title = words.gettext("In short")
    lines = [
        *((Line(booklet.notice, "head"),) if booklet.notice else ()),
        *(Line(one) for one in booklet.short.split("\n") if one.strip()),
        *(Line(f"{figure} {what}", "bullet") for figure, what in booklet.facts),
    ]
    return [Slide(title, title, body) for body in _bodies(lines)]


def _counted(slides: Sequence[Slide]) -> Iterator[Slide]:
    """Slides of one title say which of how many they are, so that none is called as another."""
    titles = [slide.title for slide in slides]
    seen = dict[str, int]()
    for slide in slides:
        if (of := titles.count(slide.title)) == 1:
            yield slide
            continue
        seen[slide.title] = seen.get(slide.title, 0) + 1
        yield replace(slide, title=f"{slide.title} ({seen[slide.title]}/{of})")


class _Cutter:
    """One chapter, cut into slides: a table or a picture has its own, words flow on."""

    def __init__(self, chapter: Chapter, words: Words) -> None:
        self.chapter = chapter
        self.words = words
        self._ = words.gettext
        self.title = chapter.title
        self.waiting: list[Line] = []
        if chapter.note:
            self.waiting.append(Line(chapter.note))

    def slides(self) -> Iterator[Slide]:
        blocks = list(self.chapter.blocks)
        for at, block in enumerate(blocks):
            after = blocks[at + 1] if at + 1 < len(blocks) else None
            # A line said of a table goes above it: alone it would be a slide.
            if isinstance(block, Ranking | Cities) and isinstance(after, Text):
                blocks[at], blocks[at + 1] = after, block
            yield from self.block(blocks[at])
        yield from self.flushed()

    def block(self, block: Block) -> Iterator[Slide]:
        match block:
            case Head(level=3) if self.chapter.id not in FLOWING:
                if self.title != self.chapter.title or not self.is_lead():
                    yield from self.flushed()
                self.title = block.text
            case Head():
                self.waiting.append(Line(block.text, "head"))
            case Text():
                self.waiting.append(Line(block.text, "quiet" if block.is_quiet else "plain"))
            case Bullets():
                self.waiting += (Line(line, "bullet") for line in block.lines)
            case Voices():
                self.waiting += map(_line_of, block.voices)
            case Picture():
                yield from self.flushed_but_a_lead()
                yield self.slide(block, block.caption, block.alt)
            case _:
                yield from self.flushed_but_a_lead()
                yield from self.grids(block)

    def grids(self, block: Block) -> Iterator[Slide]:
        caption, head, rows, widths, amounts = self.as_table(block)
        before = self.title
        if before == self.chapter.title:
            self.title = caption
        lead = "" if caption == self.title else caption
        lead = " · ".join([*(one.text for one in self.waiting), *filter(None, [lead])])
        self.waiting = []
        tall = TALL - height_of_lead(lead)
        for grid in _grids(caption, head, rows, widths, amounts, tall):
            yield self.slide(grid, lead)
        self.title = before

    def as_table(
        self, block: Block
    ) -> tuple[str, tuple[str, ...], Sequence[tuple[Cell, ...]], Sequence[int], frozenset[int]]:
        match block:
            case Table():
                return block.caption, block.head, block.rows, block.widths, block.amounts
            case Ranking():
                head = (self._("Place"), self._("Option"), self._("Votes"))
                rows = [(one.place, one.title, block.told[one.id]) for one in block.priorities]
                return self.title, head, rows, (1, 6, 6), frozenset()
            case Cities():
                cities = (self._("City"), self._("People"))
                counted = [(one.name or block.others, one.count) for one in block.cities]
                return self.title, cities, counted, (5, 1), frozenset()
            case Pairs():
                return self.title, (), block.rows, (1, 2), frozenset()
        raise AssertionError(block)

    def flushed(self) -> Iterator[Slide]:
        for body in _bodies(self.waiting):
            yield self.slide(body)
        self.waiting = []

    def flushed_but_a_lead(self) -> Iterator[Slide]:
        """A line or two that only say what comes go with it."""
        if not self.is_lead():
            yield from self.flushed()

    def is_lead(self) -> bool:
        text = " · ".join(one.text for one in self.waiting)
        is_plain = all(one.kind in ("plain", "quiet") for one in self.waiting)
        return is_plain and lines_of(text, ROOM, LEAD_SIZE) <= LEAD_MOST

    def slide(self, body: Lines | Grid | Picture, lead: str = "", notes: str = "") -> Slide:
        if isinstance(body, Picture) and self.waiting:
            lead = " · ".join(dict.fromkeys([*(one.text for one in self.waiting), lead]))
            self.waiting = []
        return Slide(self.title, self.chapter.title, body, lead, notes)


def _line_of(voice: Voice) -> Line:
    entry = voice.entry
    who = ", ".join(filter(None, (entry.author, entry.city, voice.table)))
    after = [(f"{one.text} ({told})", one.lang) for one, told in voice.translated()]
    return Line(entry.text, "voice", entry.lang, (*after, *(((f"— {who}", ""),) if who else ())))


# Words


def _bodies(lines: Sequence[Line]) -> Iterator[Lines]:
    """Paragraphs, a slide full at a time; a heading goes with what it heads."""
    for scale in LARGER:
        if lines and sum(_height(line, ROOM, scale) for line in lines) <= TALL:
            yield Lines(tuple(lines), scale=scale)
            return
    columns = 2 if any(line.kind == "voice" for line in lines) else 1
    room = (ROOM - COLUMNS_GAP * (columns - 1)) / columns
    # A paragraph that is broken between two columns leaves room at the foot of the first.
    tall = TALL * columns - (columns - 1) * 30
    page: list[Line] = []
    used = 0.0
    for line in (piece for one in lines for piece in _pieces(one, room)):
        height = _height(line, room)
        if page and used + height > tall:
            moved = page.pop() if page[-1].kind == "head" and len(page) > 1 else None
            yield Lines(tuple(page), columns)
            page = [moved] if moved else []
            used = sum(_height(one, room) for one in page)
        page.append(line)
        used += height
    if page:
        yield Lines(tuple(page), columns if len(page) > 1 else 1)


def _height(line: Line, room: float, scale: float = 1.0) -> float:
    size = SIZES[line.kind] * scale
    beneath = sum(lines_of(text, room, size - 3) for text, _lang in line.after) * (size - 3)
    return (lines_of(line.text, room - 18, size) * size + beneath) * LINE + AFTER


def _pieces(line: Line, room: float) -> Iterator[Line]:
    """What is taller than a slide, in several; what is said beneath goes with the last."""
    parts = cut(line.text, room - 18, SIZES[line.kind], int(TALL / 2 / SIZES[line.kind] / LINE))
    for part, _next in pairwise(parts):
        yield replace(line, text=part, after=())
    yield replace(line, text=parts[-1])


# Tables


def _grids(
    caption: str,
    head: tuple[str, ...],
    rows: Sequence[tuple[Cell, ...]],
    shares: Sequence[int],
    amounts: frozenset[int],
    tall: float,
) -> Iterator[Grid]:
    widths = tuple(ROOM * share / sum(shares) for share in shares)
    numbers = {at for row in rows for at, cell in enumerate(row) if isinstance(cell, int)}
    amounts |= numbers
    heads = (head,) if head else ()
    for size in CELL_SIZES:
        heights = tuple(_row_height(row, widths, size) for row in (*heads, *rows))
        if rows and sum(heights) <= tall:
            yield Grid(caption, head, tuple(rows), widths, heights, size, amounts)
            return
    top = tuple(_row_height(row, widths, size) for row in heads)
    page: list[tuple[Cell, ...]] = []
    taken: list[float] = []
    for row in (piece for one in rows for piece in _rows_of(one, widths, size)):
        height = _row_height(row, widths, size)
        if page and sum(top) + sum(taken) + height > tall:
            yield Grid(caption, head, tuple(page), widths, (*top, *taken), size, amounts)
            page, taken = [], []
        page.append(row)
        taken.append(height)
    if page:
        yield Grid(caption, head, tuple(page), widths, (*top, *taken), size, amounts)


def _row_height(row: Sequence[Cell], widths: Sequence[float], size: float) -> float:
    most = max(
        lines_of(str(cell), width - CELL_SIDES, size)
        for cell, width in zip(row, widths, strict=True)
    )
    return most * size * LINE + CELL_PAD


def _rows_of(
    row: tuple[Cell, ...], widths: Sequence[float], size: float
) -> Iterator[tuple[Cell, ...]]:
    """A row that is taller than a slide goes on in the next."""
    most = int((TALL - 160) / size / LINE)
    cells: list[list[Cell]] = [
        [cell] if isinstance(cell, int) else [*cut(cell, width - CELL_SIDES, size, most)]
        for cell, width in zip(row, widths, strict=True)
    ]
    for at in range(max(map(len, cells))):
        yield tuple(parts[at] if at < len(parts) else "" for parts in cells)


# Letters


def height_of_lead(text: str) -> float:
    return lines_of(text, ROOM, LEAD_SIZE) * LEAD_SIZE * LINE + 6 if text else 0.0


def lines_of(text: str, room: float, size: float) -> int:
    return sum(max(1, ceil(wide(line, size) / (room * 0.93))) for line in text.split("\n"))


def wide(text: str, size: float) -> float:
    return sum(map(_share, text)) * size


def cut(text: str, room: float, size: float, most: int) -> list[str]:
    """Parts of no more lines than `most`, between words where there are any."""
    if len(text) * size < room * most or lines_of(text, room, size) <= most:
        return [text]
    parts, letters = list[str](), max(1, int(room * most * 0.7 / size))
    while len(text) > letters or lines_of(text, room, size) > most:
        lines = text.split("\n", most)
        limit = min(letters, len("\n".join(lines[:most])) or 1)
        at = max(text.rfind(" ", 1, limit), text.rfind("\n", 1, limit))
        at = at if at > limit // 2 else limit
        parts.append(text[:at].strip("\n "))
        text = text[at:].lstrip("\n ")
        if not text:
            return parts
    return [*parts, text]


@cache
def _share(letter: str) -> float:
    """How wide a letter is, by its size: of the widest fonts that a desk may put in the place of ours."""
    if unicodedata.combining(letter) or letter in "\u200d\ufe0f":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.1
    if "\u10a0" <= letter <= "\u10ff" or letter.isupper():
        return 0.66
    return 0.58 if letter > "\u02ff" else 0.52
