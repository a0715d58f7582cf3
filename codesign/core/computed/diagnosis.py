"""Where a city stands: SWOT, challenges and opportunities, the framework a plan must fit, pins, objectives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from codesign.core.computed.completeness import is_filled
from codesign.core.computed.months import within

Record = Mapping[str, Any]

#: On the scale of 1 to 3; what weighs this much should not lie unused.
HEAVY = 3
#: A challenge this many cities share is one for all.
SHARED = 3
CLOSING, EXPIRING = 6, 24


def weighted(notes: Sequence[Record], regions: Sequence[str]) -> dict[str, list[str]]:
    """Per field the notes by weight, the heaviest first; without a weight a note counts 1."""
    ordered = sorted(notes, key=lambda one: -(one.get("weight") or 1))
    return {name: [one["id"] for one in ordered if one.get("region") == name] for name in regions}


def pairs_used(strategies: Sequence[Record]) -> list[tuple[str, str]]:
    """Each inside and outside point that a strategy ties together (`inside`, `outside`), once.

    Source: Weihrich, The TOWS matrix (1982).
    """
    found = {(a, b) for s in strategies for a in s.get("inside", ()) for b in s.get("outside", ())}
    return sorted(found)


def unused_strong(notes: Sequence[Record], strategies: Sequence[Record]) -> list[str]:
    used = {id for s in strategies for id in (*s.get("inside", ()), *s.get("outside", ()))}
    heavy = [one["id"] for one in notes if (one.get("weight") or 1) >= HEAVY]
    return [id for id in heavy if id not in used]


def heat(cards: Sequence[Record]) -> dict[tuple[str, str], int]:
    """How many cards each city has for each theme."""
    return dict(Counter((c["city"], c["theme"]) for c in cards if c.get("city") and c.get("theme")))


def shared_challenges(challenges: Sequence[Record]) -> dict[str, list[str]]:
    """Themes in which three cities or more are challenged, with the cities."""
    found: dict[str, set[str]] = {}
    for one in challenges:
        if one.get("theme") and one.get("city"):
            found.setdefault(one["theme"], set()).add(one["city"])
    return {theme: sorted(cities) for theme, cities in found.items() if len(cities) >= SHARED}


def closing_soon(opportunities: Sequence[Record], month: str) -> list[str]:
    return [one["id"] for one in opportunities if within(CLOSING, month, one.get("open_until"))]


def doors_for(
    challenges: Sequence[Record], opportunities: Sequence[Record]
) -> list[tuple[str, str]]:
    """(challenge, opportunity) of one theme; an opportunity without a city is open to every city."""
    return [
        (a["id"], b["id"])
        for a in challenges
        for b in opportunities
        if a.get("theme")
        and a["theme"] == b.get("theme")
        and b.get("city") in (None, "", a["city"])
    ]


def domains(documents: Sequence[Record], names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Per domain: how many cards, and how many of them name a gap."""
    return {
        name: (len(inside), sum(is_filled(one.get("gap")) for one in inside))
        for name in names
        for inside in [[one for one in documents if one.get("region") == name]]
    }


def limits(documents: Sequence[Record]) -> list[str]:
    """What limits, the most relevant first."""
    found = [one for one in documents if one.get("effect") == "limits"]
    return [one["id"] for one in sorted(found, key=lambda one: -(one.get("relevance") or 0))]


def expiring(documents: Sequence[Record], month: str) -> list[str]:
    return [one["id"] for one in documents if within(EXPIRING, month, one.get("to"))]


def maturity(ratings: Mapping[str, Sequence[int]]) -> dict[str, tuple[float, int]]:
    """Per domain the mean of what people gave (0 to 4), and how far they are apart: what to talk about."""
    return {
        domain: (round(sum(given) / len(given), 1), max(given) - min(given))
        for domain, given in ratings.items()
        if given
    }


def pins(found: Sequence[Record]) -> dict[tuple[str, str], int]:
    """How many pins of each type lie in each area; outside every area the area is empty."""
    return dict(Counter((one["type"], one.get("area") or "") for one in found))


def without_measure(objectives: Sequence[Record]) -> list[str]:
    """Objectives without a target or without an indicator."""
    return [
        one["id"]
        for one in objectives
        if not is_filled(one.get("target")) or not is_filled(one.get("indicator"))
    ]


def uncovered(themes: Sequence[str], objectives: Sequence[Record]) -> list[str]:
    named = {one.get("theme") for one in objectives}
    return [theme for theme in themes if theme not in named]
