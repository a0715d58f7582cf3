"""A method's board drawn small, with its regions and samples: what the library shows before anybody opens one.

Where a place matters (a grid, rings, a graph) it is worked out here, in a picture of 100 by 62; the rest is boxes that
flow by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin
from typing import Literal

from codesign.core.items import COLOURS
from codesign.core.method import Method, Region, Sample

#: Width and height of a picture, and of a card in it.
WIDTH, HEIGHT = 100.0, 62.0
CARD_WIDTH, CARD_HEIGHT = 21.0, 9.0
#: Where the rings lie.
MIDDLE, EDGE = (50.0, 31.0), 29.0

Shape = Literal["flow", "boxes", "rows", "matrix", "plane"]


@dataclass(frozen=True, slots=True)
class Card:
    text: str
    paper: str
    #: The corner of it in a picture.
    x: float = 0
    y: float = 0


@dataclass(frozen=True, slots=True)
class Box:
    title: str
    minutes: int | None
    weight: int | None
    cards: list[Card]
    #: Of a matrix: what lies in each row, in the order of the drawing's rows.
    cells: list[list[Card]]


@dataclass(frozen=True, slots=True)
class Drawing:
    shape: Shape
    boxes: list[Box]
    #: Titles of the second direction.
    rows: list[str]
    #: What lies in no region.
    cards: list[Card]
    circles: list[float]
    lines: list[tuple[float, float, float, float]]


def drawing(method: Method) -> Drawing:
    cards = [Card(one.text, COLOURS[at % len(COLOURS)]) for at, one in enumerate(method.samples)]
    shape = _shape(method)
    places = _places(method) if shape == "plane" else None
    if places:
        cards = [
            Card(card.text, card.paper, *_inside(*place))
            for card, place in zip(cards, places, strict=True)
        ]
    by_sample = list(zip(method.samples, cards, strict=True))
    first = method.rows if shape == "rows" else method.regions
    boxes = [_box(method, region, by_sample) for region in first]
    circles, lines = _marks(method, places or [])
    loose = [card for one, card in by_sample if not one.region and not one.row]
    return Drawing(
        shape,
        [] if shape == "plane" else boxes,
        [] if shape == "plane" else [row.title for row in method.rows],
        cards if shape == "plane" else loose,
        circles,
        lines,
    )


def _shape(method: Method) -> Shape:
    if method.layout in ("grid2", "rings", "graph"):
        return "plane"
    if not method.regions:
        return "rows" if method.rows else "flow"
    crossed = method.rows and method.layout in ("columns", "rounds")
    return "matrix" if crossed else "boxes"


def _box(method: Method, region: Region, samples: list[tuple[Sample, Card]]) -> Box:
    inside = [(one, card) for one, card in samples if region.id in (one.region, one.row)]
    cells = [[card for one, card in inside if one.row == row.id] for row in method.rows]
    return Box(region.title, region.minutes, region.weight, [card for _, card in inside], cells)


def _places(method: Method) -> list[tuple[float, float]]:
    """The middle of each sample's card."""
    if method.layout == "grid2":
        return [_on_grid(one) for one in method.samples]
    if method.layout == "rings":
        return [_on_rings(method, one) for one in method.samples]
    count = len(method.samples)
    angles = [2 * pi * at / count - pi / 2 for at in range(count)]
    return [(50 + 36 * cos(angle), 31 + 23 * sin(angle)) for angle in angles]


def _on_grid(sample: Sample) -> tuple[float, float]:
    x, y = 50 if sample.x is None else sample.x, 50 if sample.y is None else sample.y
    return x * WIDTH / 100, HEIGHT - y * HEIGHT / 100


def _on_rings(method: Method, sample: Sample) -> tuple[float, float]:
    rings, sectors = [one.id for one in method.regions], [one.id for one in method.rows]
    ring = rings.index(sample.region) if sample.region else len(rings) - 1
    radius = (ring + 0.5) / len(rings) if ring or sectors else 0.0
    # Without sectors the samples go round, so that none covers another.
    at, of = (
        (sectors.index(sample.row), len(sectors))
        if sample.row
        else (method.samples.index(sample), len(method.samples))
    )
    angle = 2 * pi * (at + 0.5) / of - pi / 2
    return MIDDLE[0] + radius * 1.35 * EDGE * cos(angle), MIDDLE[1] + radius * EDGE * sin(angle)


def _inside(x: float, y: float) -> tuple[float, float]:
    """The corner of a card whose middle is here, moved so that all of it is in the picture."""
    left = min(max(x - CARD_WIDTH / 2, 0.5), WIDTH - CARD_WIDTH - 0.5)
    top = min(max(y - CARD_HEIGHT / 2, 0.5), HEIGHT - CARD_HEIGHT - 0.5)
    return round(left, 2), round(top, 2)


def _marks(
    method: Method, places: list[tuple[float, float]]
) -> tuple[list[float], list[tuple[float, float, float, float]]]:
    """The circles and lines behind the cards."""
    if method.layout == "rings":
        count = len(method.regions)
        circles = [round(EDGE * (at + 1) / count, 2) for at in reversed(range(count))]
        angles = [2 * pi * at / len(method.rows) - pi / 2 for at in range(len(method.rows))]
        return circles, [_line(MIDDLE, _around(angle)) for angle in angles]
    if method.layout == "grid2":
        return [], [(0, HEIGHT / 2, WIDTH, HEIGHT / 2), (WIDTH / 2, 0, WIDTH / 2, HEIGHT)]
    if method.layout == "graph":
        return [], [_line(a, b) for a, b in pairwise(places)]
    return [], []


def _around(angle: float) -> tuple[float, float]:
    return MIDDLE[0] + 1.35 * EDGE * cos(angle), MIDDLE[1] + EDGE * sin(angle)


def _line(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float, float, float]:
    return round(a[0], 2), round(a[1], 2), round(b[0], 2), round(b[1], 2)
