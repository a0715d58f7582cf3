"""How-might-we questions: too short, too long, and how broad people find them. Source: methods.md, `hmw`."""

from __future__ import annotations

from collections.abc import Sequence

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
