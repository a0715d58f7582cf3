"""Months as `2027-03`: how far one is from another."""

from __future__ import annotations


def between(earlier: str, later: str) -> int:
    """Whole months from one to the other; below zero where the second comes first. Days are passed over."""
    return _number(later) - _number(earlier)


def within(months: int, now: str, then: str | None) -> bool:
    """Is it this month or one of the next? What is over is not."""
    return bool(then) and 0 <= between(now, str(then)) <= months


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])
