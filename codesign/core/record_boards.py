"""Which methods have a board that shows records: those with a screen of their own, by layout, and those that open from
their data. What each looks like is in static/js/board/records/."""

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
#: Layouts of which any further method opens from its data alone (declared_boards.py).
FROM_DATA = ("cards", "canvas", "table", "tree")


def has_board(layout: str, method: str) -> bool:
    return method in METHODS.get(layout, ())


def method_of(fields: Mapping[str, Any]) -> str:
    """The method of a board by its fields; nothing where it shows no records."""
    layout, said = str(fields.get("layout")), str(fields.get("method", ""))
    known = METHODS.get(layout, ())
    if said in known or (said and layout in FROM_DATA):
        return said
    return "" if layout in PLAIN else next(iter(known), "")


def is_from_data(fields: Mapping[str, Any]) -> bool:
    """Whether a board shows what its method's data says."""
    layout, method = str(fields.get("layout")), method_of(fields)
    return bool(method) and layout in FROM_DATA and not has_board(layout, method)


def shows_records(layout: str, method: str | None) -> bool:
    return bool(method_of({"layout": layout, "method": method or ""}))
