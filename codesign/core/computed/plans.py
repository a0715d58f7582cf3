"""Action plans: what is incomplete, overdue, circular, overloaded or risky.

Months are "2027-04", dates "2027-04-30".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
else:
    from codesign.core.computed import late_networkx as nx

Record = Mapping[str, Any]

REQUIRED = ("title", "lead", "start", "end", "funding_status", "indicator", "status")
OVER = ("done", "dropped")
#: likelihood × impact (1 to 5 each): from here a risk is red.
RED = 15


def overdue(actions: Sequence[Record], today: str) -> list[str]:
    """Actions whose last month, or whose next step's day, has passed."""
    return [
        one["id"]
        for one in actions
        if one.get("status") not in OVER
        and ((one.get("end") or "9999") < today[:7] or (one.get("next_step_by") or "9999") < today)
    ]


def circles(actions: Sequence[Record]) -> list[tuple[str, ...]]:
    """Actions that wait for each other: each circle's members, as in the list."""
    order = {one["id"]: at for at, one in enumerate(actions)}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for one in actions:
        for other in one.get("depends_on") or ():
            if other in order:
                graph.add_edge(one["id"], other)
    parts = nx.strongly_connected_components(graph)
    tied = [part for part in parts if len(part) > 1 or any(graph.has_edge(id, id) for id in part)]
    return sorted(
        (tuple(sorted(part, key=order.__getitem__)) for part in tied), key=lambda c: order[c[0]]
    )


def load(actions: Sequence[Record]) -> dict[str, int]:
    """Open actions per lead."""
    open_ones = (one for one in actions if one.get("status") not in OVER)
    return dict(Counter(one["lead"] for one in open_ones if one.get("lead")))


def risk(action: Record) -> tuple[int, bool] | None:
    """Likelihood × impact, and whether it is red; None where either is not said."""
    likelihood, impact = action.get("likelihood"), action.get("impact")
    if likelihood is None or impact is None:
        return None
    product: int = likelihood * impact
    return product, product >= RED


def cost_by(actions: Sequence[Record], field: str) -> dict[tuple[str, str], int]:
    """Sum of costs for each (value of the field, currency); a cost never shows without its basis."""
    sums: Counter[tuple[str, str]] = Counter()
    for one in actions:
        if one.get("cost") and one.get("cost_basis"):
            sums[one.get(field) or "", one["cost"]["currency"]] += one["cost"]["amount"]
    return dict(sums)


def timeline(actions: Sequence[Record]) -> list[tuple[str, str, str]]:
    """(id, first month, last month) of what has both, in the order it begins; turned round it is put right."""
    dated = [one for one in actions if one.get("start") and one.get("end")]
    spans = [(one["id"], *sorted((str(one["start"]), str(one["end"])))) for one in dated]
    return sorted(spans, key=lambda span: span[1:])


def funding_gap(actions: Sequence[Record]) -> dict[str, int]:
    """Per currency what no secured money stands behind, of all that is not dropped."""
    open_ones = [one for one in actions if one.get("status") != "dropped"]
    gap: Counter[str] = Counter()
    for (status, currency), amount in cost_by(open_ones, "funding_status").items():
        gap[currency] += 0 if status == "secured" else amount
    return dict(gap)
