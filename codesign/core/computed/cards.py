"""Cards counted: by group, language and round, in clusters and petals, and what a merged one was made of.

A card may have `author`, `city`, `group`, `lang`, `translations`, `region`, `round`, `cluster`, `origins`, `marks`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]

#: A petal with fewer cells than this is thin: half of its eight.
THIN = 4


def counts(cards: Sequence[Record], *fields: str) -> dict[tuple[str, ...], int]:
    """How many cards have these values together, such as group and language."""
    return dict(Counter(tuple(str(card.get(name) or "") for name in fields) for card in cards))


def by_group_and_language(cards: Sequence[Record]) -> dict[tuple[str, ...], int]:
    return counts(cards, "group", "lang")


def by_round(cards: Sequence[Record]) -> dict[tuple[str, ...], int]:
    return counts(cards, "region", "round")


def untranslated(cards: Sequence[Record], languages: Sequence[str]) -> list[str]:
    """Cards that some reader of these languages cannot read yet."""
    return [
        card["id"]
        for card in cards
        if {*languages} - {card.get("lang"), *(card.get("translations") or ())}
    ]


@dataclass(frozen=True)
class Cluster:
    size: int
    #: How many groups and cities wrote into it: many hands make a shared thought.
    groups: int
    cities: int


def clusters(cards: Sequence[Record]) -> dict[str, Cluster]:
    found: dict[str, list[Record]] = {}
    for card in cards:
        if card.get("cluster"):
            found.setdefault(card["cluster"], []).append(card)
    return {
        id: Cluster(len(inside), _several(inside, "group"), _several(inside, "city"))
        for id, inside in found.items()
    }


def lone(cards: Sequence[Record]) -> list[str]:
    """Cards outside every cluster. They may stay alone."""
    return [card["id"] for card in cards if not card.get("cluster")]


def starred(cards: Sequence[Record]) -> list[str]:
    return [card["id"] for card in cards if "star" in (card.get("marks") or ())]


def links_between(cards: Sequence[Record], links: Sequence[Record]) -> dict[tuple[str, str], int]:
    """Pairs of topics and how many links lead from one to the other, in either direction."""
    topic = {card["id"]: card.get("region") for card in cards}
    found: Counter[tuple[str, str]] = Counter()
    for link in links:
        a, b = topic.get(link["from"]), topic.get(link["to"])
        if a and b and a != b:
            found[min(a, b), max(a, b)] += 1
    return dict(found)


def lineage(cards: Sequence[Record], id: str) -> list[str]:
    """The first cards that a merged one was made of, each once, also over several stages."""
    origins = {card["id"]: card.get("origins") or () for card in cards}
    found: list[str] = []
    seen: set[str] = set()
    waiting = [id]
    while waiting:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        if at != id and not origins.get(at):
            found.append(at)
        waiting += origins.get(at, ())
    return found


def petals(cards: Sequence[Record], names: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Filled cells per petal, and the thin ones."""
    filled = Counter(card.get("region") for card in cards)
    return {name: filled[name] for name in names}, [name for name in names if filled[name] < THIN]


def _several(cards: Sequence[Record], field: str) -> int:
    return len({card[field] for card in cards if card.get(field)})
