"""What the core answers: accepted, with changes and effects, or refused, with a code.

A no is a value, never an exception: two people editing at once is normal life.

Codes (docs/protocol.md 9): bad_op, unknown, forbidden, stage, conflict, limit, too_old.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from codesign.core.changes import Change
from codesign.core.effects import Effect


@dataclass(frozen=True, slots=True)
class Accepted:
    """`changes` may be empty: what was asked is already so."""

    changes: tuple[Change, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    code: str
    data: dict[str, Any] = field(default_factory=dict)


Decision = Accepted | Refused

NOTHING = Accepted()
