"""Who is in the room: where people come from, what they read and hold, and who has not written yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]

#: From this share on phones the list is the better way to begin. A rule of the house.
MANY_PHONES = 0.5
#: Minutes after which somebody without a card is called silent.
PATIENCE = 10


def present(people: Sequence[Record]) -> tuple[dict[str, int], dict[str, int]]:
    """How many come from each city, and how many read each language; the most first."""
    cities = Counter(one["city"] for one in people if one.get("city"))
    languages = Counter(tag for one in people for tag in one.get("languages") or ())
    return dict(cities.most_common()), dict(languages.most_common())


def phone_share(people: Sequence[Record]) -> tuple[float, bool] | None:
    """Share of phones, and whether the list is proposed; None where nobody said."""
    devices = [one["device"] for one in people if one.get("device")]
    if not devices:
        return None
    share = devices.count("phone") / len(devices)
    return share, share >= MANY_PHONES


def silent(people: Sequence[Record], cards: Sequence[Record], minutes: int) -> list[str]:
    """People without a card after ten minutes. For those who lead, to ask kindly; never shown to all."""
    if minutes < PATIENCE:
        return []
    wrote = {card.get("author") for card in cards}
    return [one["id"] for one in people if one["id"] not in wrote]
