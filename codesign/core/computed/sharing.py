"""What cities tell and ask each other: themes, practices, offers and needs, and one case at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]

#: Phases of a peer consultation in which the owner of the case writes; in the others they listen.
OWNER_WRITES = ("case", "take")


def cities_per_theme(themes: Sequence[Record]) -> dict[str, list[str]]:
    """A merged theme stands for all the cities that called for it (`cities`, or its own `city`)."""
    return {one["id"]: sorted({*(one.get("cities") or (one["city"],))}) for one in themes}


def theme_ranks(themes: Sequence[Record], votes: Mapping[str, int]) -> dict[str, int]:
    """By the number of cities, then by votes; equals share the better place."""
    cities = cities_per_theme(themes)
    weight = {id: (len(of), votes.get(id, 0)) for id, of in cities.items()}
    return {id: 1 + sum(other > mine for other in weight.values()) for id, mine in weight.items()}


def sourced_results(practice: Record) -> tuple[int, int]:
    """How many results name where the number is from, of how many."""
    results = practice.get("results") or ()
    return sum(bool(str(one.get("source") or "").strip()) for one in results), len(results)


def similar(practice: Record, others: Sequence[Record]) -> list[str]:
    """Records of the same theme from elsewhere."""
    theme = _plain(practice.get("theme"))
    return [
        one["id"]
        for one in others
        if one["id"] != practice["id"] and theme and _plain(one.get("theme")) == theme
    ]


def may_write(phase: str, person: str, owner: str) -> bool:
    """In a consultation the owner of the case listens while colleagues speak, and they while the owner does."""
    return (person == owner) == (phase in OWNER_WRITES)


def pairs(exchanges: Sequence[Record]) -> list[tuple[str, str]]:
    """(offer, need) with the same theme, from different cities, whose people share a language."""
    offers = [one for one in exchanges if one.get("region") == "offer"]
    needs = [one for one in exchanges if one.get("region") == "need"]
    return [(a["id"], b["id"]) for a in offers for b in needs if _fit(a, b)]


def _fit(offer: Record, need: Record) -> bool:
    return (
        _plain(offer.get("theme")) == _plain(need.get("theme"))
        and _plain(offer.get("city")) != _plain(need.get("city"))
        and bool({*(offer.get("languages") or ())} & {*(need.get("languages") or ())})
    )


def _plain(text: object) -> str:
    return str(text or "").strip().casefold()
