"""Tests with real people: the belief to check first, whom nobody has involved, and what is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]


def riskiest_untested(tests: Sequence[Record]) -> list[str]:
    """Tests without a result whose assumption carries the highest risk; several where they are equal."""
    waiting = [one for one in tests if not str(one.get("result") or "").strip()]
    rated = [one for one in waiting if one.get("risk") is not None]
    highest = max((one["risk"] for one in rated), default=None)
    return [one["id"] for one in rated if one["risk"] == highest]


def never_involved(personas: Sequence[str], tests: Sequence[Record]) -> list[str]:
    involved = {persona for one in tests for persona in one.get("who") or ()}
    return [persona for persona in personas if persona not in involved]


def overdue(tests: Sequence[Record], today: str) -> list[str]:
    """Their day has passed and nobody wrote what came out."""
    return [
        one["id"]
        for one in tests
        if (one.get("when") or "9999") < today and not str(one.get("result") or "").strip()
    ]
