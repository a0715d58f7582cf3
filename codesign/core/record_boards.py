"""Which methods have a board that shows records, by layout. What each looks like is in static/js/board/records/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The first of a layout is meant where a board does not say its method.
METHODS: Mapping[str, tuple[str, ...]] = {
    "rings": ("actor-map",),
    "grid2": ("power-interest", "impact-effort"),
    "cards": ("persona",),
    "canvas": ("empathy",),
    "table": ("engagement-plan", "action-plan", "criteria-matrix"),
}


def has_board(layout: str, method: str) -> bool:
    return method in METHODS.get(layout, ())


def method_of(fields: Mapping[str, Any]) -> str:
    """The method of a board by its fields; nothing where it shows no records."""
    known = METHODS.get(str(fields.get("layout")), ())
    said = str(fields.get("method", ""))
    return said if said in known else next(iter(known), "")
