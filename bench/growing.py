"""How cost grows with people, boards, notes and history: what is measured for the picture in docs/pictures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import plot, product
from bench.arriving import fetch
from bench.figures import Figure
from bench.live import Bench, stage
from bench.plot import Panel
from bench.prepare import Crowd
from bench.rows import Row

PICTURE = Path(__file__).resolve().parent.parent / "docs/pictures/growth.svg"
#: Entries in a board's journal when it is opened; its notes are the same.
HISTORY = (100, 1_000, 10_000, 100_000)
HISTORY_NOTES = 50
#: By how much opening the longest may exceed opening the shortest, and what is within any two runs.
HISTORY_MOST, HISTORY_NOISE_MS = 1.5, 10.0


def history(entries: int) -> Callable[[Bench, list[str]], Iterator[Figure]]:
    """A special of the suite: the first to come after a start opens the board."""

    def run(bench: Bench, peers: list[str]) -> Iterator[Figure]:
        name = f"history{entries}"
        with stage(bench, Crowd(HISTORY_NOTES, edits=entries)) as here:
            took, _, _ = fetch(here.port, here.places[0])
            time.sleep(0.5)  # what opening took and let go of is not what a board keeps
            memory = product.rss_mb(here.server)
        yield Figure(name, "codesign", "opening", took, "ms")
        yield Figure(name, "codesign", "memory", memory, "MB")

    return run


def draw(rows: list[Row], figures: list[Figure]) -> Path:
    """The picture, from what bench/results.json holds."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(plot.grid(panels(rows, figures)), "utf-8")
    return PICTURE


def panels(rows: list[Row], figures: list[Figure]) -> list[list[Panel]]:
    """A line of panels for each kind of cost, a column for each thing that grows."""
    ours = [row for row in rows if row.server == "codesign"]
    columns = {
        "people on one board": _points(ours, "e"),
        "boards, 200 people in all": _points(ours, "spread"),
        "notes, 100 people": _points(ours, "notes"),
    }
    costs: list[tuple[str, Callable[[Row], float | None]]] = [
        ("CPU, cores", lambda row: row.cpu_cores),
        ("latency p99, ms", lambda row: row.p99_ms),
        ("memory, MB", lambda row: row.rss_mb),
    ]
    grid = [
        [
            Panel(along, cost, [(x, y) for x, row in points if (y := value(row)) is not None])
            for along, points in columns.items()
        ]
        for cost, value in costs
    ]
    past = "entries in the journal"
    grid[0].append(Panel(past, "opening the board, ms", _history(figures, "opening"), True))
    grid[1].append(Panel(past, "memory, MB", _history(figures, "memory"), True))
    return grid


def _points(rows: list[Row], family: str) -> list[tuple[float, Row]]:
    found = [(_size(row.workload), row) for row in rows if _family(row.workload) == family]
    return sorted(found, key=lambda point: point[0])


def _history(figures: list[Figure], what: str) -> list[tuple[float, float]]:
    found = [one for one in figures if _family(one.workload) == "history" and one.what == what]
    return sorted((_size(one.workload), one.value) for one in found)


def _family(workload: str) -> str:
    return workload.rstrip("0123456789")


def _size(workload: str) -> float:
    return float(workload[len(_family(workload)) :] or 0)


def verdict(figures: list[Figure]) -> dict[str, Any]:
    """Whether a long history makes opening slower."""
    points = _history(figures, "opening")
    if len(points) < 2:
        return {}
    first, last = points[0][1], points[-1][1]
    return {"first": first, "last": last, "met": last <= first * HISTORY_MOST + HISTORY_NOISE_MS}
