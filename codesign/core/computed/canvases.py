"""Canvases: what is still empty, what is a guess, and which entries lack the other half they need.

An entry has a `block`, words, a `confidence` (known or guess) and may name another record in `ref`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

Entry = Mapping[str, Any]


def empty_blocks(blocks: Sequence[str], entries: Sequence[Entry]) -> list[str]:
    filled = {entry.get("block") for entry in entries}
    return [block for block in blocks if block not in filled]


def guesses(entries: Sequence[Entry]) -> tuple[list[str], float | None]:
    """Entries nobody knows for sure, and their share; what has no confidence is a guess."""
    open_ones = [entry["id"] for entry in entries if entry.get("confidence") != "known"]
    return open_ones, len(open_ones) / len(entries) if entries else None


def unpaired(entries: Sequence[Entry], block: str, partner: str) -> list[str]:
    """Entries of a block that name none of the partner's, and that none of the partner's names."""
    ours = [entry for entry in entries if entry.get("block") == block]
    theirs = [entry for entry in entries if entry.get("block") == partner]
    ids, named = {one["id"] for one in theirs}, {one.get("ref") for one in theirs}
    return [one["id"] for one in ours if one.get("ref") not in ids and one["id"] not in named]


def values_without_segment(entries: Sequence[Entry]) -> list[str]:
    """A value nobody is named for. Source: Osterwalder and Pigneur, Business Model Generation (2010)."""
    return unpaired(entries, "value", "segments")


def impact_without_measure(entries: Sequence[Entry]) -> list[str]:
    return unpaired(entries, "social_value", "impact_measures")


def not_among_personas(entries: Sequence[Entry], personas: Collection[str]) -> list[str]:
    """Beneficiaries that no persona gives a face."""
    named = [entry for entry in entries if entry.get("block") == "beneficiaries"]
    return [entry["id"] for entry in named if entry.get("ref") not in personas]
