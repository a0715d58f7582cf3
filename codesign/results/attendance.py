"""Attendance from when people came and went: minutes in all and in each step, by person and by city. And as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from codesign.results.csv import safe

MINUTE = 60_000
#: A gap shorter than this (ms) is a network or a server that went and came back, and nobody's absence.
GAP_MS = 2 * MINUTE

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attended:
    """One person's: when they first came and last went (ms), and how many minutes they were there."""

    person: str
    came: int
    went: int
    minutes: int
    #: By step: milliseconds, so that short steps count, too.
    steps: Mapping[str, int]
    is_here: bool


def attended(
    stays: Iterable[tuple[str, int, int | None]],
    begun: Sequence[tuple[int, str | None]],
    now: int,
) -> list[Attended]:
    """Of everyone who was ever there, who came first first. `stays`: person, came, went (None: still there)."""
    spans: dict[str, list[Span]] = {}
    here: set[str] = set()
    for person, came, went in stays:
        spans.setdefault(person, []).append((came, max(came, now if went is None else went)))
        here |= {person} if went is None else set()
    steps = spans_of_steps(begun, now)
    found = [_of(person, _joined(mine), steps, person in here) for person, mine in spans.items()]
    return sorted(found, key=lambda one: (one.came, one.person))


def spans_of_steps(begun: Sequence[tuple[int, str | None]], now: int) -> dict[str, list[Span]]:
    """When each step was on. The last one goes on until now."""
    spans: dict[str, list[Span]] = {}
    ends = [at for at, _ in begun[1:]] + [max(now, begun[-1][0])] if begun else []
    for (at, step), end in zip(begun, ends, strict=True):
        if step is not None:
            spans.setdefault(step, []).append((at, end))
    return spans


def write(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """As a board's CSV: semicolons, a mark for UTF-8, and no cell that a spreadsheet would run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([safe(cell) for cell in row] for row in (header, *rows))
    return text.getvalue().encode("utf-8-sig")


def time_of(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def in_minutes(ms: int) -> int:
    """Whoever was there at all was there for a minute."""
    return -(-ms // MINUTE) if ms else 0


def _of(person: str, mine: list[Span], steps: Mapping[str, list[Span]], is_here: bool) -> Attended:
    there = {step: _shared(mine, when) for step, when in steps.items()}
    return Attended(
        person=person,
        came=mine[0][0],
        went=mine[-1][1],
        minutes=in_minutes(sum(end - start for start, end in mine)),
        steps={step: ms for step, ms in there.items() if ms},
        is_here=is_here,
    )


def _joined(spans: list[Span]) -> list[Span]:
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start - made[-1][1] <= GAP_MS:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def _shared(mine: Iterable[Span], theirs: Iterable[Span]) -> int:
    return sum(
        max(0, min(mine_end, their_end) - max(mine_start, their_start))
        for mine_start, mine_end in mine
        for their_start, their_end in theirs
    )
