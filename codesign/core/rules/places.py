"""Where an item may go: a region and an order in flowing layouts, a free spot in free ones."""

from __future__ import annotations

from typing import Any

from codesign.core.decision import Refused
from codesign.core.items import FLOWING
from codesign.core.limits import COORDINATE, FREE_CELL
from codesign.core.stream import Draft


def settle(place: dict[str, Any], draft: Draft) -> dict[str, Any] | Refused:
    """The whole place of a new item, or why it cannot stand there."""
    if draft.fields.get("layout") in FLOWING:
        if place.keys() != {"region", "order"}:
            return Refused("bad_op", {"field": "region"})
        return (
            place if _is_region(place["region"], draft) else Refused("unknown", {"field": "region"})
        )
    if place.keys() != {"x", "y"}:
        return Refused("bad_op", {"field": "x"})
    return free_spot(place["x"], place["y"], draft)


def settle_move(place: dict[str, Any], draft: Draft) -> dict[str, Any] | Refused:
    """The place fields of a move, of which only some may be given."""
    flowing = draft.fields.get("layout") in FLOWING
    wrong = {"x", "y"} if flowing else {"region", "order"}
    if wrong & place.keys():
        return Refused("bad_op", {"field": min(wrong & place.keys())})
    if "region" in place and not _is_region(place["region"], draft):
        return Refused("unknown", {"field": "region"})
    if {"x", "y"} <= place.keys():
        return free_spot(place["x"], place["y"], draft)
    return place


def free_spot(x: int, y: int, draft: Draft) -> dict[str, Any]:
    """The spot itself, or the nearest one beside it that nothing stands exactly on."""
    if not draft.standing_on((x, y)):
        return {"x": x, "y": y}
    ring = 1
    while True:
        for dx, dy in _ring(ring):
            spot = (x + dx * FREE_CELL, y + dy * FREE_CELL)
            if max(map(abs, spot)) <= COORDINATE and not draft.standing_on(spot):
                return {"x": spot[0], "y": spot[1]}
        ring += 1


def _ring(ring: int) -> list[tuple[int, int]]:
    """Cells at this distance, to the right and below first: a stack of notes fans out."""
    cells = [
        (dx, dy)
        for dx in range(-ring, ring + 1)
        for dy in range(-ring, ring + 1)
        if max(abs(dx), abs(dy)) == ring
    ]
    return sorted(cells, key=lambda cell: (abs(cell[0]) + abs(cell[1]), -cell[0], -cell[1]))


def _is_region(region: str, draft: Draft) -> bool:
    item = draft.get(region)
    return item is not None and item["kind"] == "region"
