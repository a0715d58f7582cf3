"""Groups that may be: proposed from the words of notes that lie alone, in a worker, and never made by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from codesign.core.computed import alike
from codesign.core.stream import Item, State
from codesign.core.translations import languages_of
from codesign.results.export import read_snapshot
from codesign.results.worker import Work


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """`parts`: the snapshot of the board. Values: `region`, one of its zones, or empty for all."""
    notes = loose(read_snapshot(parts[0]), str(values.get("region", "")))
    found = alike.groups({note["id"]: (str(note.get("lang", "")), said(note)) for note in notes})
    told = [
        {"ids": [*one.ids], "words": [*one.words], "through_translation": one.through_translation}
        for one in found
    ]
    left = max(0, len(notes) - alike.NOTES_MOST)
    return Work({"groups": told, "notes": len(notes), "left": left})


def loose(board: State, region: str) -> list[Item]:
    """Notes that are in no group and stand for themselves, as they came."""
    there = board.items
    found = [
        note
        for note in board.of_kind("note")
        if note.get("text")
        and not any(there.get(str(note.get(field))) for field in ("cluster", "within"))
        and (not region or note.get("region") == region)
    ]
    return sorted(found, key=lambda note: (note.get("at", 0), note["id"]))


def said(note: Item) -> dict[str, str]:
    """In each language that somebody has put it into, and in its own."""
    own = {str(note.get("lang", "")): str(note["text"])}
    return {lang: str(note[f"text/{lang}"]) for lang in languages_of(note)} | own
