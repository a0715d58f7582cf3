"""Small line charts in SVG: one panel for each pair of axes, every point with its figure beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, GAP = 250, 150, 58
LEFT, TOP = 24, 46
INK, FAINT, LINE = "#1d2733", "#c9d1d9", "#0b6e5f"


@dataclass(frozen=True, slots=True)
class Panel:
    along: str
    cost: str
    points: Sequence[tuple[float, float]]
    #: Whether the way along is in powers of ten.
    wide: bool = False


def grid(lines: Sequence[Sequence[Panel]]) -> str:
    """Panels in rows and columns, as one picture."""
    across = max(map(len, lines))
    width = LEFT + across * (WIDTH + GAP)
    height = TOP + len(lines) * (HEIGHT + GAP)
    said = "; ".join(_words(panel) for line in lines for panel in line if panel.points)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="{INK}">',
        f"<title>How cost grows</title><desc>{escape(said)}</desc>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for row, line in enumerate(lines):
        for column, panel in enumerate(line):
            x, y = LEFT + column * (WIDTH + GAP), TOP + row * (HEIGHT + GAP)
            parts.append(f'<g transform="translate({x} {y})">{_panel(panel)}</g>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel) -> str:
    head = f'<text y="-12" font-weight="600">{escape(panel.cost)}</text>'
    foot = f'<text x="{WIDTH}" y="{HEIGHT + 30}" text-anchor="end">{escape(panel.along)}</text>'
    axes = f'<path d="M0 0V{HEIGHT}H{WIDTH}" fill="none" stroke="{FAINT}"/>'
    if not panel.points:
        missing = f'<text x="{WIDTH / 2}" y="{HEIGHT / 2}" text-anchor="middle">not measured</text>'
        return head + foot + axes + missing
    places = [(_across(panel, x), _up(panel, y)) for x, y in panel.points]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    line = f'<polyline points="{way}" fill="none" stroke="{LINE}" stroke-width="2"/>'
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{LINE}"/>'
        f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{short(value)}</text>'
        f'<text x="{x:.1f}" y="{HEIGHT + 15}" text-anchor="middle" font-size="11">{short(at)}</text>'
        for (x, y), (at, value) in zip(places, panel.points, strict=True)
    )
    return head + foot + axes + line + marks


def _across(panel: Panel, x: float) -> float:
    scale = math.log10 if panel.wide else float
    ends = [scale(at) for at, _ in panel.points]
    span = max(ends) - min(0 if not panel.wide else min(ends), min(ends)) or 1
    start = min(ends) if panel.wide else min(0, min(ends))
    return 16 + (scale(x) - start) / span * (WIDTH - 32)


def _up(panel: Panel, y: float) -> float:
    """From nothing: a curve that seems steep because its axis begins late says what is not so."""
    most = max(value for _, value in panel.points) or 1
    return HEIGHT - max(0.0, y) / most * (HEIGHT - 22)


def short(value: float) -> str:
    if value >= 10_000:
        return f"{value / 1000:,.0f}k"
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2g}" if value < 1 else f"{value:.3g}"


def _words(panel: Panel) -> str:
    said = ", ".join(f"{short(y)} at {short(x)}" for x, y in panel.points)
    return f"{panel.cost} by {panel.along}: {said}"
