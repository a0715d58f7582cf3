"""Options against criteria: weighted scores, how firm the ranking is, NUF, MoSCoW and weighted lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codesign.core.computed.ranking import ranks

Record = Mapping[str, Any]
#: (person, item, criterion, value)
Score = tuple[str, str, str, int]

BEST = 5
#: A weight is moved by so much of itself, up and down, to see whether the order holds.
MOVED = 0.20
#: NUF: an idea this hard to do is flagged.
FEASIBLE = 4
MOST_MUST, LEAST_COULD = 0.60, 0.10
#: Scores are compared as ten-thousandths, so that rounding makes no order.
_GRAIN = 10_000


@dataclass(frozen=True)
class Scored:
    id: str
    #: 0 to 5, weighted by criterion.
    score: float
    rank: int
    #: Per criterion: mean of the people's values, and the distance between the highest and the lowest.
    means: Mapping[str, float]
    spreads: Mapping[str, int]


def scored(
    items: Sequence[str], criteria: Sequence[Record], scores: Sequence[Score]
) -> list[Scored]:
    """Best first. A criterion without a value counts as 0; "less is better" turns the scale round."""
    means, spreads = _cells(scores)
    totals = _totals(items, criteria, means, {})
    places = ranks(totals)
    found = [
        Scored(id, totals[id] / _GRAIN, places[id], means.get(id, {}), spreads.get(id, {}))
        for id in items
    ]
    return sorted(found, key=lambda one: one.rank)


def sensitivity(
    items: Sequence[str], criteria: Sequence[Record], scores: Sequence[Score]
) -> list[tuple[str, int, tuple[str, ...]]]:
    """(criterion, +20 or -20, ids by their new rank) for each weight whose move changes who is before whom."""
    means, _ = _cells(scores)
    before = ranks(_totals(items, criteria, means, {}))
    found = []
    for criterion in criteria:
        for way in (1, -1):
            moved = {criterion["id"]: criterion.get("weight", 0) * (1 + way * MOVED)}
            after = ranks(_totals(items, criteria, means, moved))
            if after != before:
                order = tuple(sorted(items, key=lambda id: after[id]))
                found.append((criterion["id"], round(way * MOVED * 100), order))
    return found


def weights_are_whole(criteria: Sequence[Record]) -> bool:
    return sum(int(one.get("weight", 0)) for one in criteria) == 100


def nuf(values: Mapping[str, Mapping[str, Sequence[int]]]) -> dict[str, tuple[float, bool]]:
    """Per idea the total of the means (new, useful, feasible; 1 to 10 each), and whether it is hard to do."""
    found = {}
    for idea, rows in values.items():
        means = {row: sum(given) / len(given) for row, given in rows.items() if given}
        hard = "feasible" in means and means["feasible"] < FEASIBLE
        found[idea] = (round(sum(means.values()), 2), hard)
    return found


def moscow(items: Sequence[Record]) -> tuple[dict[str, float], list[str]]:
    """Share of the effort per column (must, should, could, not_now), and warnings; items without effort count as 1.

    Source: the DSDM handbook: at most 60 % must, about 20 % could.
    """
    effort = {"must": 0, "should": 0, "could": 0, "not_now": 0}
    for item in items:
        if item.get("column") in effort:
            effort[item["column"]] += item.get("effort") or 1
    planned = sum(effort[column] for column in ("must", "should", "could"))
    shares = {column: amount / planned if planned else 0.0 for column, amount in effort.items()}
    warnings = ["much_must"] if shares["must"] > MOST_MUST else []
    return shares, warnings + (
        ["little_could"] if planned and shares["could"] < LEAST_COULD else []
    )


def _cells(
    scores: Sequence[Score],
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, int]]]:
    given: dict[str, dict[str, list[int]]] = {}
    for _, item, criterion, value in scores:
        given.setdefault(item, {}).setdefault(criterion, []).append(value)
    means = {item: {c: sum(v) / len(v) for c, v in row.items()} for item, row in given.items()}
    spreads = {item: {c: max(v) - min(v) for c, v in row.items()} for item, row in given.items()}
    return means, spreads


def _totals(
    items: Sequence[str],
    criteria: Sequence[Record],
    means: Mapping[str, Mapping[str, float]],
    moved: Mapping[str, float],
) -> dict[str, int]:
    weights = {one["id"]: moved.get(one["id"], one.get("weight", 0)) for one in criteria}
    whole = sum(weights.values()) or 1
    turned = {one["id"] for one in criteria if one.get("direction") == "less_is_better"}
    totals = {}
    for item in items:
        row = means.get(item, {})
        values = {c: BEST - row[c] if c in turned else row[c] for c in weights if c in row}
        score = sum(weights[c] * value for c, value in values.items()) / whole
        totals[item] = round(score * _GRAIN)
    return totals
