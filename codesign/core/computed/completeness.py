"""How much of a record is filled, and how much of that rests on more than a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]

PARTLY, EVIDENCED = 0.30, 0.70


@dataclass(frozen=True)
class Completeness:
    filled: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """0 to 1; a record of which nothing is required is complete."""
        required = len(self.filled) + len(self.missing)
        return len(self.filled) / required if required else 1.0


@dataclass(frozen=True)
class Evidence:
    #: Filled required fields that rest on more than an assumption, of all filled required ones: 0 to 1.
    share: float
    label: str
    #: To be asked about next: what is only assumed, then what is missing.
    to_ask: tuple[str, ...]


def is_filled(value: object) -> bool:
    """Zero and False are answers; nothing, blanks and empty lists are none."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != [] and value != () and value != {}


def completeness(record: Record, required: Sequence[str]) -> Completeness:
    filled = tuple(name for name in required if is_filled(record.get(name)))
    return Completeness(filled, tuple(name for name in required if name not in filled))


def evidence(record: Record, required: Sequence[str], of: Mapping[str, str]) -> Evidence:
    """`of`: for each field one of assumption, heard, data, research, validated; nothing said is an assumption."""
    found = completeness(record, required)
    assumed = tuple(name for name in found.filled if of.get(name, "assumption") == "assumption")
    share = 1 - len(assumed) / len(found.filled) if found.filled else 0.0
    return Evidence(share, evidence_label(share), (*found.missing, *assumed))


def evidence_label(share: float) -> str:
    if share < PARTLY:
        return "mostly_assumed"
    return "partly_evidenced" if share < EVIDENCED else "evidenced"
