"""Which methods have a board that shows records, by layout. What each looks like is in static/js/board/records/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The first of a layout is meant where a board does not say its method; but for `PLAIN`.
METHODS: Mapping[str, tuple[str, ...]] = {
    "rings": ("actor-map", "onion"),
    "grid2": ("power-interest", "impact-effort"),
    "cards": ("persona",),
    "canvas": ("empathy",),
    "table": ("engagement-plan", "action-plan", "criteria-matrix"),
    "zones": ("salience",),
    "graph": ("net-map",),
}
#: Layouts that show notes or factors unless the board says one of these methods.
PLAIN = frozenset({"zones", "graph"})
#: Methods whose boards show actors on a plane.
ACTORS = ("actor-map", "power-interest", "onion", "salience", "net-map")


def has_board(layout: str, method: str) -> bool:
    return method in METHODS.get(layout, ())


def method_of(fields: Mapping[str, Any]) -> str:
    """The method of a board by its fields; nothing where it shows no records."""
    layout = str(fields.get("layout"))
    known, said = METHODS.get(layout, ()), str(fields.get("method", ""))
    if said in known:
        return said
    return "" if layout in PLAIN else next(iter(known), "")


def shows_records(layout: str, method: str | None) -> bool:
    return bool(method_of({"layout": layout, "method": method or ""}))
