"""Timed rounds: frames filled, and sheets that go round. Source of 6-3-5: Rohrbach, Methode 635 (1969)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]

FRAMES, CELLS = 8, 3


def frames_filled(frames: Sequence[Record]) -> dict[str, int]:
    """By person, frames with a drawing, a photo or words."""
    found: dict[str, int] = {}
    for frame in frames:
        full = frame.get("sketch") or str(frame.get("name") or "").strip()
        found[frame["author"]] = found.get(frame["author"], 0) + bool(full)
    return found


def without_choice(people: Sequence[str], picked: Mapping[str, str]) -> list[str]:
    """Who has not chosen one of their own frames yet."""
    return [person for person in people if person not in picked]


def expected_cells(people: int, rounds: int, cells: int = CELLS) -> int:
    return people * rounds * cells


def next_hand(order: Sequence[str], holder: str, gone: Collection[str]) -> str | None:
    """Who gets the sheet next: the one after in the circle who is still here; None where nobody else is."""
    at = order.index(holder)
    after = [*order[at + 1 :], *order[:at]]
    return next((person for person in after if person not in gone), None)
