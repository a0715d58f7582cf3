"""`--soak`: people come and go for an hour, and what the server keeps of them afterwards: memory, open files (P8)."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import product
from bench.figures import Figure
from bench.live import Bench, Stage, stage
from bench.prepare import Crowd

#: As many at a time, on so many boards; then all of them leave, and as many others come.
PEOPLE, BOARDS, NOTES = 40, 4, 200
#: What each does: moves of their note and of the cursor, a second; and for how long (seconds).
MOVES, CURSORS, STAY = 2.0, 5.0, 4.0
#: What may be more at the end than after the first quarter.
GROWTH_MOST, FILES_MOST = 10.0, 8.0
#: Of each quarter the last so many looks: what a collection has just let go of says nothing.
LOOKS = 9


@dataclass(frozen=True, slots=True)
class Look:
    at: float
    memory: float
    files: int
    refused: int


def soak(bench: Bench, peers: list[str]) -> Iterator[Figure]:
    with stage(bench, Crowd(PEOPLE, BOARDS, NOTES)) as here:
        looks = _looks(bench, here)
    yield from told(looks, bench.minutes)


def _looks(bench: Bench, here: Stage) -> list[Look]:
    found: list[Look] = []
    began = time.monotonic()
    load = {"edits": MOVES, "moves": 1, "cursors": CURSORS, "seconds": STAY, "warm": 0.5}
    while not found or time.monotonic() - began < bench.minutes * 60:
        run = here.load(bench, **load)
        files = len(list(Path(f"/proc/{here.server.pid}/fd").iterdir()))
        now, memory = time.monotonic() - began, product.rss_mb(here.server)
        found.append(Look(now, memory, files, int(run["refused"] + run["lost"])))
    return found


def told(looks: Sequence[Look], minutes: float) -> Iterator[Figure]:
    """After each quarter, and the last beside the first."""
    quarters = [_until(looks, looks[-1].at * part / 4) for part in (1, 2, 3, 4)]
    memory = [statistics.median(look.memory for look in quarter) for quarter in quarters]
    files = [statistics.median(look.files for look in quarter) for quarter in quarters]
    note = f"{len(looks) * PEOPLE} pages, {PEOPLE} at a time on {BOARDS} boards, {minutes:g} min"
    for part, value in enumerate(memory, start=1):
        yield Figure("soak", "codesign", f"memory after quarter {part}", value, "MB", note=note)
    growth = (memory[-1] / memory[0] - 1) * 100
    yield Figure("soak", "codesign", "memory grew by", growth, "%", "P8", GROWTH_MOST)
    more = files[-1] - files[0]
    yield Figure("soak", "codesign", "more open files", more, "", "P8", FILES_MOST)
    bad = sum(look.refused for look in looks)
    yield Figure("soak", "codesign", "refused or cut off", bad, "", "P8", 0)


def _until(looks: Sequence[Look], at: float) -> Sequence[Look]:
    return [look for look in looks if look.at <= at][-LOOKS:] or looks[:1]
