"""Where everything lies in a picture of a board: the board's model and what its words take in, boxes out. Pure.

The same measures as static/js/board/layouts/flow.js, with three freedoms that a screen does not need: a region may have
more notes in a row, may go on in a further panel when a page is full, and its title is never cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from math import ceil, inf

from codesign.results.board_model import Board, Content, Entry, Frame, Group, Region

NOTE_WIDTH, NOTE_LEAST = 184.0, 128.0
PAD, GAP, BETWEEN = 20.0, 18.0, 20.0
HEAD, LEAST_PANEL = 54.0, 200.0
#: One line of a region's title, and what is beside it: its padding, and how many notes there are.
TITLE_LINE, BESIDE_TITLE = 20.0, 72.0
GROUP_HEAD, GROUP_FOOT, GROUP_OUT = 46.0, 14.0, 10.0
HEADING, FREE_HEADING_WIDTH = 40.0, 480.0
#: How high a drawing on a note is.
INK = (NOTE_WIDTH - 26) * 0.75
#: The most room for words on the card of a factor, and how wide a letter is at most, by its size.
CARD_ROOM, LETTER = 166.0, 0.68
#: Wider empty bands of a free board are cut down to this: one note far away must not make all others tiny.
WIDEST_GAP = 400.0

Height = Callable[[Entry], float]


def one_line(_region: Region, _again: bool, _room: float) -> int:
    return 1


@dataclass(frozen=True, slots=True)
class Metrics:
    """What words take: how tall a note is, and how many lines a region's title has in so much room."""

    height: Height
    title_lines: Callable[[Region, bool, float], int] = field(default=one_line)

    def head(self, region: Region, again: bool, across: int) -> float:
        """What is above the first note. `again`: the title says that it goes on."""
        lines = self.title_lines(region, again, panel_width(across) - BESIDE_TITLE)
        return HEAD + (lines - 1) * TITLE_LINE


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Box:
    """Something drawn at a place. `again`: a panel or group that began on an earlier page."""

    rect: Rect
    what: Entry | Group | Region | Frame
    again: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Entries side by side, equally tall; `group` is the card they lie on."""

    cells: tuple[Entry, ...]
    height: float
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A region, or a further piece of it. `before` is the group that the piece before ended in."""

    region: Region
    rows: Sequence[Row]
    again: bool = False
    before: Group | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The boxes of one page in the order they are read, and how far they reach."""

    boxes: tuple[Box, ...]
    width: float
    height: float


def panel_width(across: int) -> float:
    return across * NOTE_WIDTH + (across - 1) * GAP + 2 * PAD


def flow(
    regions: Sequence[Region],
    metrics: Metrics,
    across: int,
    *,
    room: float = inf,
    beside: int = 1_000,
) -> list[Plan]:
    """Regions side by side, `beside` panels on a page. Where `room` ends, a region goes on in the next panel.

    `room`: beneath titles of one line. Longer ones, which may stand on any page, take theirs away from it.
    """
    if room < inf:
        room += HEAD - max((metrics.head(one, True, across) for one in regions), default=HEAD)
    panels = [
        panel
        for region in regions
        for panel in _panels_of(
            region, list(rows_of(region.contents, metrics.height, across)), room
        )
    ]
    pages = [panels[at : at + beside] for at in range(0, max(1, len(panels)), beside)]
    # Pages of one board are equally wide, also where the last has fewer panels.
    width = len(pages[0]) * (panel_width(across) + BETWEEN) - BETWEEN
    return [_page(page, max(width, panel_width(across)), across, metrics) for page in pages]


def stacked(plans: Sequence[Plan]) -> Plan:
    """One beneath the other, as one."""
    boxes, y = list[Box](), 0.0
    for plan in plans:
        boxes += (replace(box, rect=replace(box.rect, y=box.rect.y + y)) for box in plan.boxes)
        y += plan.height + BETWEEN
    return Plan(tuple(boxes), max(plan.width for plan in plans), y - BETWEEN)


def rows_of(contents: Iterable[Content], height: Height, across: int) -> Iterator[Row]:
    """The contents of a region, broken into rows. Groups, headings and what follows them begin a new one."""
    for is_group, some in groupby(contents, lambda content: isinstance(content, Group)):
        if not is_group:
            yield from _plain_rows((one for one in some if isinstance(one, Entry)), height, across)
            continue
        for group in some:
            assert isinstance(group, Group)  # noqa: S101
            rows = list(_plain_rows(group.members, height, across))
            for row in rows or [Row((), 0)]:
                yield replace(row, group=group)


def free(board: Board, height: Height) -> Plan:
    """Everything where it stands, moved so that the picture begins at its corner."""
    boxes = [Box(Rect(f.x, f.y, f.w, f.h), f) for f in board.frames]
    for content in board.loose:
        if isinstance(content, Group):
            boxes += _free_group(content, height)
        else:
            boxes.append(Box(_standing(content, height), content))
    return _squeezed(boxes)


def note_height(entry: Entry, words: float) -> float:
    """How tall a sheet is whose words are `words` tall: room above, below, and for the footer."""
    if entry.kind == "image":
        ratio = entry.h / entry.w if entry.w > 0 else 0.75
        return min(360.0, max(60.0, NOTE_WIDTH * ratio))
    if entry.kind == "heading":
        return HEADING
    return max(NOTE_LEAST, words + (INK + 8 if entry.strokes else 0) + 12 + 2 + 28)


def card(factor: Entry) -> tuple[float, float]:
    """How large the card of a factor is; as metrics.js works it out, without the letters' own widths."""
    first, _, second = factor.text.partition(" · ")
    parts = [(first or "…", 14.0, 17.5), (second, 12.0, 15.0)]
    if factor.wanted or factor.role not in ("", "focal"):
        parts.append(("x" * 24, 12.0, 15.0))
    wide = max(len(words) * size * LETTER for words, size, _ in parts)
    room = min(CARD_ROOM, max(56.0, wide))
    tall = sum(ceil(len(words) * size * LETTER / room) * line for words, size, line in parts)
    return room + 28, max(46.0, tall + 13)


# Flowing


def _plain_rows(entries: Iterable[Entry], height: Height, across: int) -> Iterator[Row]:
    for is_heading, some in groupby(entries, lambda entry: entry.kind == "heading"):
        while cells := tuple(islice(some, 1 if is_heading else across)):
            yield Row(cells, max(height(cell) for cell in cells))


def _panels_of(region: Region, rows: list[Row], room: float) -> Iterator[Panel]:
    before: Group | None = None
    for at, piece in enumerate(_even_pieces(rows, room)):
        yield Panel(region, piece, at > 0, before)
        before = piece[-1].group if piece else None


def _even_pieces(rows: list[Row], room: float) -> list[list[Row]]:
    """As few pieces as there must be, about equally tall: nobody turns a page for one last row."""
    pieces = list(_pieces(rows, room))
    if len(pieces) == 1:
        return pieces
    low, high = 0.0, min(room, _height_of(rows))
    while high - low > GAP:
        middle = (low + high) / 2
        fewer = list(_pieces(rows, middle))
        if len(fewer) > len(pieces):
            low = middle
        else:
            high, pieces = middle, fewer
    return pieces


def _pieces(rows: Iterable[Row], room: float) -> Iterator[list[Row]]:
    """Rows that fit below each other into `room`; always at least one."""
    piece: list[Row] = []
    for row in rows:
        if piece and _height_of([*piece, row]) > room:
            yield piece
            piece = []
        piece.append(row)
    yield piece


def _height_of(rows: Sequence[Row]) -> float:
    """With the gaps between them and the cards around them."""
    total = sum(row.height for row in rows) + GAP * max(0, len(rows) - 1)
    cards = sum(1 for group, _ in groupby(rows, lambda row: row.group) if group)
    return total + cards * (GROUP_HEAD + GROUP_FOOT)


def _page(panels: Sequence[Panel], full: float, across: int, metrics: Metrics) -> Plan:
    # The longest title makes room in all panels, so that their notes begin at one height.
    head = max((metrics.head(one.region, one.again, across) for one in panels), default=HEAD)
    tallest = max((_height_of(panel.rows) for panel in panels), default=0)
    height = max(LEAST_PANEL, head + tallest + PAD)
    width, boxes = panel_width(across), list[Box]()
    for at, panel in enumerate(panels):
        x = at * (width + BETWEEN)
        boxes.append(Box(Rect(x, 0, width, height), panel.region, panel.again))
        boxes += _fill(panel.rows, x + PAD, head, across, panel.before)
    return Plan(tuple(boxes), full, height)


def _fill(
    rows: Sequence[Row], x: float, y: float, across: int, before: Group | None
) -> Iterator[Box]:
    """The rows from here downwards. `before` is the group that the last page ended in."""
    inner = panel_width(across) - 2 * PAD
    for group, run in groupby(rows, lambda row: row.group):
        some = list(run)
        if group is None:
            for row in some:
                yield from _cells(row, x, y, inner)
                y += row.height + GAP
            continue
        height = _height_of(some)
        yield Box(
            Rect(x - GROUP_OUT, y, inner + 2 * GROUP_OUT, height), group, again=group == before
        )
        at = y + GROUP_HEAD
        for row in some:
            yield from _cells(row, x, at, inner)
            at += row.height + GAP
        y += height + GAP


def _cells(row: Row, x: float, y: float, inner: float) -> Iterator[Box]:
    for at, cell in enumerate(row.cells):
        width = inner if cell.kind == "heading" else NOTE_WIDTH
        # Notes of one row are equally tall, so that rows read as rows; an image keeps its shape.
        height = note_height(cell, 0) if cell.kind == "image" else row.height
        yield Box(Rect(x + at * (NOTE_WIDTH + GAP), y, width, height), cell)


# Free


def _standing(entry: Entry, height: Height) -> Rect:
    if entry.kind == "heading":
        return Rect(entry.x, entry.y, FREE_HEADING_WIDTH, HEADING)
    if entry.kind == "image":
        return Rect(entry.x, entry.y, entry.w, entry.h)
    if entry.kind == "factor":
        return Rect(entry.x, entry.y, *card(entry))
    return Rect(entry.x, entry.y, NOTE_WIDTH, height(entry))


def _free_group(group: Group, height: Height) -> list[Box]:
    across = min(2, max(1, len(group.members)))
    width = across * NOTE_WIDTH + (across - 1) * GAP + 2 * GROUP_FOOT
    boxes: list[Box] = []
    y = group.y + GROUP_HEAD
    for row in _plain_rows(group.members, height, across):
        boxes += _cells(row, group.x + GROUP_FOOT, y, width - 2 * GROUP_FOOT)
        y += row.height + GAP
    bottom = y - GAP + GROUP_FOOT if group.members else y + NOTE_LEAST / 2
    return [Box(Rect(group.x, group.y, width, bottom - group.y), group), *boxes]


def _squeezed(boxes: Sequence[Box]) -> Plan:
    if not boxes:
        return Plan((), 640, 360)
    across = _cuts([(box.rect.x, box.rect.x + box.rect.w) for box in boxes])
    down = _cuts([(box.rect.y, box.rect.y + box.rect.h) for box in boxes])
    moved = [
        replace(
            box,
            rect=replace(
                box.rect, x=box.rect.x - across(box.rect.x), y=box.rect.y - down(box.rect.y)
            ),
        )
        for box in boxes
    ]
    width = max(box.rect.x + box.rect.w for box in moved)
    return Plan(tuple(moved), width, max(box.rect.y + box.rect.h for box in moved))


def _cuts(spans: list[tuple[float, float]]) -> Callable[[float], float]:
    """How much is cut away before a place on one axis."""
    steps: list[tuple[float, float]] = []
    spans = sorted(spans)
    cut, reached = spans[0][0], spans[0][0]
    for start, end in spans:
        if start - reached > WIDEST_GAP:
            cut += start - reached - WIDEST_GAP
        if not steps or steps[-1][1] != cut:
            steps.append((start, cut))
        reached = max(reached, end)

    def cut_before(place: float) -> float:
        return next(cut for start, cut in reversed(steps) if start <= place)

    return cut_before
