"""Beyond the list of actors: rings nobody stands in, influence in a net-map, and who still has nobody to talk to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from codesign.core.computed.ranking import ranks

Record = Mapping[str, Any]

#: A tower of this height (0 to 8) can decide the outcome.
STRONG = 5
AGAINST = ("tension", "broken")


def empty_rings(rings: Sequence[str], stakeholders: Sequence[Record]) -> list[str]:
    filled = {one.get("region") for one in stakeholders}
    return [ring for ring in rings if ring not in filled]


def only_by_others(stakeholders: Sequence[Record]) -> list[str]:
    """Those for whom somebody else speaks and who are not in the room themselves."""
    return [
        one["id"] for one in stakeholders if one.get("surrogate") and not one.get("in_the_room")
    ]


def influence_ranks(stakeholders: Sequence[Record]) -> dict[str, int]:
    """The highest tower first. Source: Schiffer, Net-Map Toolbox (2007)."""
    return ranks({one["id"]: one["tower"] for one in stakeholders if one.get("tower") is not None})


def allies_and_opponents(
    stakeholders: Sequence[Record], relations: Sequence[Record]
) -> dict[str, tuple[list[str], list[str]]]:
    """Per goal: who names it, and who does not and lives in tension with one who does."""
    found = {}
    for goal in sorted({goal for one in stakeholders for goal in one.get("goals") or ()}):
        allies = [one["id"] for one in stakeholders if goal in (one.get("goals") or ())]
        ends = [(one["from"], one["to"]) for one in relations if one.get("type") in AGAINST]
        against = {b for a, b in ends if a in allies} | {a for a, b in ends if b in allies}
        order = [one["id"] for one in stakeholders]
        found[goal] = (allies, [id for id in order if id in against and id not in allies])
    return found


def strong_without_us(
    stakeholders: Sequence[Record], relations: Sequence[Record], us: str
) -> list[str]:
    """Actors who can decide the outcome and to whom we have no line at all."""
    linked = {one["to"] for one in relations if one["from"] == us}
    linked |= {one["from"] for one in relations if one["to"] == us}
    strong = [one["id"] for one in stakeholders if (one.get("tower") or 0) >= STRONG]
    return [id for id in strong if id not in linked and id != us]


def without_a_row(stakeholders: Sequence[Record], engagements: Sequence[Record]) -> list[str]:
    """Key actors, and those who can say no, whom nobody is to talk to yet."""
    planned = {one.get("stakeholder") for one in engagements}
    needed = (one for one in stakeholders if one.get("class") == "key" or one.get("veto"))
    return [one["id"] for one in needed if one["id"] not in planned]


def overdue_contacts(engagements: Sequence[Record], today: str) -> list[str]:
    return [one["id"] for one in engagements if (one.get("next") or "9999") < today]
