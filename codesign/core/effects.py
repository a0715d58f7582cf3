"""Effects: what the product itself asks later or elsewhere because an op was accepted.

A `Due` is written in the transaction of the entry it follows from, and run from there
(codesign/live/effects.py). Its id derives from its source, so that doing it twice adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Effect:
    """`op` is asked of `stream`, by the product, `delay` milliseconds from now."""

    stream: str
    op: dict[str, Any]
    delay: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """An effect with its name and its time (`at`: ms since 1970)."""

    id: str
    at: int
    stream: str
    op: dict[str, Any]


def dues_of(effects: tuple[Effect, ...], *, stream: str, seq: int, now: int) -> tuple[Due, ...]:
    """The due rows of one entry: named after it."""
    return tuple(
        Due(f"{stream}/{seq}/{index}", now + effect.delay, effect.stream, effect.op)
        for index, effect in enumerate(effects)
    )
