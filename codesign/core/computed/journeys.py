"""A journey through a service: where it is worst, how often the way changes, how long it takes, what nobody mends.

Phases come in order; each may have `feeling` (-2 to 2), `channel`, `minutes`, `pain`, `opportunity`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

Phase = Mapping[str, Any]


def feelings(phases: Sequence[Phase]) -> list[float | None]:
    return [phase.get("feeling") for phase in phases]


def lowest_point(phases: Sequence[Phase]) -> str | None:
    """The first of the worst phases; None where nobody said how it feels."""
    felt = [phase for phase in phases if phase.get("feeling") is not None]
    return min(felt, key=lambda phase: phase["feeling"])["id"] if felt else None


def channel_changes(phases: Sequence[Phase]) -> int:
    """How often the person has to go on by another channel; phases without one are passed over."""
    channels = [phase["channel"] for phase in phases if phase.get("channel")]
    return sum(a != b for a, b in pairwise(channels))


def total_minutes(phases: Sequence[Phase]) -> int:
    return sum(phase.get("minutes") or 0 for phase in phases)


def pains_without_opportunity(phases: Sequence[Phase]) -> list[str]:
    return [one["id"] for one in phases if one.get("pain") and not one.get("opportunity")]


def difference(as_is: Sequence[Phase], to_be: Sequence[Phase]) -> dict[str, float | None]:
    """What the wanted journey changes: minutes, changes of channel, and the lowest feeling; None where nobody said."""
    lowest = [
        min((felt for felt in feelings(phases) if felt is not None), default=None)
        for phases in (as_is, to_be)
    ]
    return {
        "minutes": total_minutes(to_be) - total_minutes(as_is),
        "channel_changes": channel_changes(to_be) - channel_changes(as_is),
        "lowest_feeling": None if lowest[0] is None or lowest[1] is None else lowest[1] - lowest[0],
    }
