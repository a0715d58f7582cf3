"""How-might-we questions: too short, too long, and how broad people find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

SHORTEST, LONGEST = 40, 180


def length_warning(text: str) -> str | None:
    """In characters as people count them on screen, blanks at the ends left out."""
    size = len(text.strip())
    if size < SHORTEST:
        return "short"
    return "long" if size > LONGEST else None


def breadth(given: Sequence[int]) -> float | None:
    """Mean of 1 (too narrow) to 5 (too broad)."""
    return round(sum(given) / len(given), 1) if given else None


def with_solution(asked: Sequence[Mapping[str, Any]]) -> list[str]:
    """Questions in which somebody ticked that the answer is already inside."""
    return [one["id"] for one in asked if one.get("contains_a_solution")]
