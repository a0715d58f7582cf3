"""Which page of a board's picture holds what, how large pages are, and how small their print may be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from codesign.results import layout
from codesign.results.board_model import Board, Entry
from codesign.results.layout import Plan

Form = Literal["png", "svg", "pdf"]

#: `AROUND_PANELS`: what the head and the foot of a page take.
MARGIN, AROUND_PANELS = 40.0, 206.0
#: Canvas pixels of the widest page whose small print can still be read on A3, and A3's proportions.
A3_POINTS, A3_RATIO = 1190.55, math.sqrt(2)
PAGE_WIDTHS = (1398.0, 1500.0, 1600.0, 1700.0, 1800.0, 1950.0, 2120.0, 2300.0, 2480.0)
#: A board that fits a page of this width is not cut up.
WHOLE_WIDTH = 1800.0
#: Fewer pages are worth smaller print, and so is a last page that is not nearly empty.
PAGES_BEFORE_SMALLER, MOST_EMPTY = 4, 0.7
PDF_SIDE_POINTS = 14_000.0
#: How wide a picture may be for its height before its zones go on below, and how many of them stay side by side.
WIDEST, LEAST_BESIDE = 2.4, 5


def plans_of(board: Board, form: Form, metrics: layout.Metrics) -> list[Plan]:
    if board.layout in ("free", "graph"):
        return [layout.free(board, metrics.height)]
    whole = _whole(board, metrics)
    if form != "pdf" or _fits_a3(whole):
        return [whole]
    return _pages(board, metrics)


def _whole(board: Board, metrics: layout.Metrics) -> Plan:
    """One picture. As drawn on the screen while it is not much taller than wide, then with longer rows."""
    across = 1 if board.layout == "columns" else 2
    while True:
        (plan,) = layout.flow(board.regions, metrics, across)
        if plan.height <= max(900.0, plan.width * 0.8):
            return _in_bands(board, metrics, across, plan)
        across = max(across + 1, int(across * math.sqrt(plan.height / plan.width)))


def _in_bands(board: Board, metrics: layout.Metrics, across: int, plan: Plan) -> Plan:
    """Many zones are no strip that nobody can read on a page: they go on in further rows of zones."""
    bands, many = 1, len(board.regions)
    while plan.width > WIDEST * plan.height and math.ceil(many / (bands + 1)) >= LEAST_BESIDE:
        bands += 1
        beside = math.ceil(many / bands)
        plan = layout.stacked(layout.flow(board.regions, metrics, across, beside=beside))
    return plan


def _fits_a3(plan: Plan) -> bool:
    """Whether the page is still readable when it is printed on A3, whichever way round."""
    long, wide = sorted((plan.width + 2 * MARGIN, plan.height + AROUND_PANELS), reverse=True)
    return long <= WHOLE_WIDTH and wide <= WHOLE_WIDTH / A3_RATIO * 1.1


def _pages(board: Board, metrics: layout.Metrics) -> list[Plan]:
    """The largest print that needs few pages and leaves none nearly empty, else what needs the fewest."""
    found: list[tuple[int, float, list[Plan]]] = []
    for width in PAGE_WIDTHS:
        for plans in _tries(board, metrics, width):
            empty = 1 - _filled(plans[-1], width)
            if len(plans) <= PAGES_BEFORE_SMALLER and empty <= MOST_EMPTY:
                return plans
            found.append((len(plans), empty, plans))
    few = [one for one in found if one[0] <= PAGES_BEFORE_SMALLER]
    return min(few, key=lambda one: one[1])[2] if few else min(found, key=lambda one: one[:2])[2]


def _tries(board: Board, metrics: layout.Metrics, width: float) -> Iterator[list[Plan]]:
    """A page as full of panels as can be, then with fewer and wider ones."""
    inner = width - 2 * MARGIN
    least = layout.panel_width(1 if board.layout == "columns" else 2)
    most = int((inner + layout.BETWEEN) / (least + layout.BETWEEN))
    room = width / A3_RATIO - AROUND_PANELS - layout.HEAD - layout.PAD
    for beside in range(max(1, min(len(board.regions), most)), 0, -1):
        panel = (inner + layout.BETWEEN) / beside - layout.BETWEEN
        across = int((panel - 2 * layout.PAD + layout.GAP) / (layout.NOTE_WIDTH + layout.GAP))
        yield layout.flow(board.regions, metrics, across, room=room, beside=beside)


def _filled(plan: Plan, width: float) -> float:
    """How much of a page its sheets and headings take."""
    taken = sum(box.rect.w * box.rect.h for box in plan.boxes if isinstance(box.what, Entry))
    return taken / (width * (width / A3_RATIO - AROUND_PANELS))


def one_size(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As wide as the widest and as tall as the tallest; several have the proportions of paper, if they can."""
    w, h = (max(page[side] for page in pages) for side in ("w", "h"))
    if len(pages) > 1 and h <= w / A3_RATIO * 1.1:
        w = max(w, h * A3_RATIO)
        h = w / A3_RATIO
    return [{**page, "w": w, "h": h} for page in pages]


def unit_of(form: Form, page: Mapping[str, Any]) -> float:
    """Points to a pixel. A PDF is as wide as A3 where it can be; no side may be longer than readers take."""
    if form != "pdf":
        return 1.0
    side = max(page["w"], page["h"])
    return float(min(0.85, max(A3_POINTS / side, 0.48), PDF_SIDE_POINTS / side))
