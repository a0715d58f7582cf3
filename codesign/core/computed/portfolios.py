"""Projects held together, results that lead on to results, and the group that keeps it alive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from codesign.core.computed.completeness import is_filled
from codesign.core.computed.months import within

Record = Mapping[str, Any]

DIMENSIONS = ("social", "economic", "environmental", "spatial", "governance", "digital")
#: A project that serves this many dimensions is an integrated one.
INTEGRATED = 3
LEVELS = ("inputs", "activities", "outputs", "outcomes", "impact")
ENDING = 6


def cost_per_axis(
    objectives: Mapping[str, str], projects: Sequence[Record]
) -> dict[tuple[str, str], int]:
    """(axis, currency) and the sum; `objectives` says which axis each hangs on."""
    sums: Counter[tuple[str, str]] = Counter()
    for one in projects:
        if one.get("capex"):
            axis = objectives.get(one.get("objective") or "", "")
            sums[axis, one["capex"]["currency"]] += one["capex"]["amount"]
    return dict(sums)


def dimension_gaps(projects: Sequence[Record]) -> list[str]:
    """Dimensions (0 to 2 each) that no project fully serves."""
    return [
        name
        for name in DIMENSIONS
        if not any((one.get("dimensions") or {}).get(name, 0) >= 2 for one in projects)
    ]


def integrated(projects: Sequence[Record]) -> list[str]:
    """Projects that serve three dimensions or more."""
    return [
        one["id"]
        for one in projects
        if sum(value > 0 for value in (one.get("dimensions") or {}).values()) >= INTEGRATED
    ]


def clashes(synergies: Sequence[Record]) -> list[tuple[str, str]]:
    return [(one["from"], one["to"]) for one in synergies if one.get("type") == "clashes"]


def stages(projects: Sequence[Record]) -> dict[str, int]:
    """How many projects are at which stage."""
    return dict(Counter(one.get("stage") or "idea" for one in projects))


def outputs_without_outcome(results: Sequence[Record], links: Sequence[Record]) -> list[str]:
    """What is made and leads on to no change. Source: the logical framework approach."""
    outcomes = {one["id"] for one in results if one.get("level") == "outcomes"}
    leading = {one["from"] for one in links if one["to"] in outcomes}
    outputs = [one["id"] for one in results if one.get("level") == "outputs"]
    return [id for id in outputs if id not in leading]


def levels_without_indicator(results: Sequence[Record]) -> list[str]:
    measured = {one.get("level") for one in results if is_filled(one.get("indicator"))}
    used = {one.get("level") for one in results}
    return [level for level in LEVELS if level in used and level not in measured]


def untested(results: Sequence[Record]) -> list[str]:
    """Results that rest on an assumption nobody has looked at."""
    return [
        one["id"]
        for one in results
        if is_filled(one.get("assumption")) and one.get("evidence", "assumption") == "assumption"
    ]


def sector_balance(members: Sequence[Record]) -> dict[str, float]:
    """Share of each sector among the members, 0 to 1."""
    count = Counter(one["sector"] for one in members if one.get("sector"))
    return {sector: number / count.total() for sector, number in count.items()}


def key_missing(stakeholders: Sequence[Record], members: Sequence[Record]) -> list[str]:
    """Key actors none of whose people is a member: nobody's organisation has their name."""
    there = {str(one.get("organisation") or "").strip().casefold() for one in members}
    key = (one for one in stakeholders if one.get("class") == "key")
    return [one["id"] for one in key if str(one["name"]).strip().casefold() not in there]


def quorum(members: Sequence[Record]) -> int:
    """More than half of those who may decide; observers may not."""
    deciding = [one for one in members if one.get("role") != "observer"]
    return len(deciding) // 2 + 1 if deciding else 0


def terms_ending(members: Sequence[Record], month: str) -> list[str]:
    """Members whose term ends within half a year."""
    return [one["id"] for one in members if within(ENDING, month, one.get("term_until"))]
