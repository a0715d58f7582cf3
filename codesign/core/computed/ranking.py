"""Votes counted: ranks, ties, the cut line, turnout, and results by city that do not give away a single voter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from codesign.core.stream import Item

#: Fewer voters than this are never shown as a group of their own.
LEAST_VOTERS = 3


@dataclass(frozen=True)
class Ranked:
    id: str
    total: int
    voters: int
    #: Competition ranking: 1, 1, 3. Equal totals share the better place.
    rank: int


@dataclass(frozen=True)
class Cut:
    """Where a list is cut after the first `count`: what is in, and whose tie lies across the line."""

    inside: tuple[str, ...]
    #: Equal at the line: some would be in and some out. Put to the group, never broken silently.
    tied: tuple[str, ...]


def options_of(vote: Item) -> list[str]:
    """In the order they were offered."""
    start = "option/"
    found = {key.removeprefix(start): at for key, at in vote.items() if key.startswith(start)}
    return sorted(found, key=lambda option: (found[option], option))


def dots_each(options: int) -> int:
    """How many dots each person gets by default: a third of the options, at least 3, at most 8."""
    return min(8, max(3, ceil(options / 3)))


def ranks(totals: Mapping[str, int]) -> dict[str, int]:
    """Competition ranking of each id, the highest total first."""
    return {id: 1 + sum(other > total for other in totals.values()) for id, total in totals.items()}


def ranked(options: Sequence[str], ballots: Sequence[Mapping[str, int]]) -> list[Ranked]:
    """Every option, also those without a dot, best first; equals in the order of the options."""
    totals, voters = dict.fromkeys(options, 0), Counter[str]()
    for ballot in ballots:
        for option, dots in ballot.items():
            if option in totals and dots > 0:
                totals[option] += dots
                voters[option] += 1
    places = ranks(totals)
    found = [Ranked(id, totals[id], voters[id], places[id]) for id in options]
    return sorted(found, key=lambda one: one.rank)


def cut(results: Sequence[Ranked], count: int) -> Cut:
    """`results` best first. Options nobody chose never get in."""
    chosen = [one for one in results if one.total > 0]
    if len(chosen) <= count:
        return Cut(tuple(one.id for one in chosen), ())
    at_the_line = chosen[count].total
    inside = tuple(one.id for one in chosen[:count] if one.total > at_the_line)
    tied = tuple(one.id for one in chosen if one.total == at_the_line)
    return Cut(inside, () if len(inside) == count else tied)


def turnout(ballots: int, voters: int) -> float | None:
    """Share of those who may vote, 0 to 1; None where nobody may."""
    return min(1.0, ballots / voters) if voters else None


def merged_groups(voters: Mapping[str, int]) -> dict[str, str | None]:
    """Which group each city's votes are shown in: its own, or None, the rest.

    Cities with fewer than three voters go into the rest, and further ones, smallest first, until the rest has three.
    """
    by_size = sorted(voters, key=lambda city: (voters[city], city))
    rest = [city for city in by_size if voters[city] < LEAST_VOTERS]
    for city in by_size[len(rest) :]:
        if not rest or sum(voters[one] for one in rest) >= LEAST_VOTERS:
            break
        rest.append(city)
    return {city: None if city in rest else city for city in voters}
