"""Maps of every shape with what is to be found in them, for both twins of core/computed/loops.py."""

from __future__ import annotations

from random import Random
from typing import Any

from codesign.core.computed.loops import (
    downstream,
    effect,
    lever_candidates,
    loops,
    measures,
    paths_between,
    upstream,
)


def loops_cases(random: Random) -> list[dict[str, Any]]:
    sizes = [(random.randint(1, 9), random.randint(0, 24)) for _ in range(60)]
    # More loops than are listed; and more steps than are taken.
    return [_case(random, *size) for size in [*sizes, (12, 70), (30, 60)]]


def _case(random: Random, size: int, count: int) -> dict[str, Any]:
    ids = [f"f{at}" for at in range(size)]
    factors = [
        {"id": id, "controllable": random.randint(0, 3)}
        | ({"role": "outcome"} if random.random() < 0.3 else {})
        for id in ids
    ]
    links = [
        {
            "id": f"l{at}",
            "from": random.choice(ids),
            "to": random.choice([*ids, "gone"]),
            "polarity": random.choice(["+", "+", "+", "-", "-", "mixed", "unknown"]),
            "delay": random.choice(["none", "none", "months", "years"]),
        }
        for at in range(count)
    ]
    start, end = random.choice(ids), random.choice(ids)
    return {"factors": factors, "links": links, "start": start, "end": end} | _found(
        factors, links, start, end
    )


def _found(
    factors: list[dict[str, Any]], links: list[dict[str, Any]], start: str, end: str
) -> dict[str, Any]:
    found = loops(factors, links)
    paths, more = paths_between(factors, links, start, end)
    return {
        "loops": [
            [one.name, one.kind, list(one.factors), list(one.links), one.delayed]
            for one in found.listed
        ],
        "more": found.more,
        "measures": {
            id: [one.into, one.out, one.leverage, one.betweenness]
            for id, one in measures(factors, links).items()
        },
        "downstream": downstream(links, start, 3),
        "upstream": upstream(links, start),
        "effect": effect(factors, links, start, end),
        # Which of equally long ones are listed is each twin's own affair.
        "lengths": [len(path.links) for path in paths],
        "more_paths": more,
        "levers": lever_candidates(factors, links),
    }
