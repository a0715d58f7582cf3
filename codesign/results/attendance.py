"""Attendance from when people came and went: minutes in all and in each step, by person and by city. And as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from codesign.core.stream import Item, Readable
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


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody who leads knows better: whether they were there, from when to when (ms), from which city."""

    id: str
    person: str
    there: bool
    came: int | None
    went: int | None
    city: str | None
    by: str
    at: int


def corrections_of(desk: Readable | None) -> dict[str, Correction]:
    """By person, the newest."""
    items = sorted(desk.of_kind("correction"), key=_when) if desk is not None else []
    return {str(one["person"]): _correction(one) for one in items}


def standing(
    stays: Iterable[tuple[str, int, int | None]],
    corrections: Mapping[str, Correction],
    without: Mapping[str, int],
    now: int,
) -> list[tuple[str, int, int | None]]:
    """The stays as they count: corrected, and with those who have no device (`without`: since when they are listed).

    Who has none was there from then until the last one went, as far as anybody has said.
    """
    spans: dict[str, list[tuple[int, int | None]]] = {}
    for person, came, went in stays:
        spans.setdefault(person, []).append((came, went))
    last = max((went or now for mine in spans.values() for _, went in mine), default=now)
    for person, since in without.items():
        spans.setdefault(person, [(since, max(since, last))])
    for person, said in corrections.items():
        spans[person] = _corrected(sorted(spans.get(person, ()), key=lambda s: s[0]), said, now)
    return [(person, *span) for person, mine in spans.items() for span in mine]


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


def _corrected(
    mine: list[tuple[int, int | None]], said: Correction, now: int
) -> list[tuple[int, int | None]]:
    """Breaks that were measured stay breaks; what is said replaces the first coming and the last going."""
    if not said.there:
        return []
    came = said.came if said.came is not None else mine[0][0] if mine else said.went
    went = said.went if said.went is not None else mine[-1][1] if mine else said.came
    if came is None:
        return mine
    end = now if went is None else went
    kept = [(a, b) for a, b in mine if (b is None or b > came) and a < end] or [(came, went)]
    kept[0] = (came, kept[0][1])
    kept[-1] = (kept[-1][0], went if went is None else max(went, kept[-1][0]))
    return kept


def _correction(item: Item) -> Correction:
    return Correction(
        id=str(item["id"]),
        person=str(item["person"]),
        there=bool(item["there"]),
        came=item.get("came"),
        went=item.get("went"),
        city=item.get("city"),
        by=str(item.get("by", "")),
        at=int(item["at"]),
    )


def _when(item: Item) -> tuple[int, str]:
    return int(item["at"]), str(item["id"])


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
