"""Where an item may go: a region and an order in flowing layouts, a free spot in free ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from codesign.core.decision import Refused
from codesign.core.items import FLOWING
from codesign.core.limits import COORDINATE, FREE_CELL
from codesign.core.stream import Fields, Item, Spot


class Ground(Protocol):
    """What a place is judged by: a board's draft, or a lane's upon its board."""

    @property
    def fields(self) -> Fields: ...
    @property
    def get(self) -> Callable[[str], Item | None]: ...
    @property
    def standing_on(self) -> Callable[[Spot], int]: ...
    @property
    def searched(self) -> dict[Spot, tuple[int, int]]: ...


#: So far around a taken spot every cell is looked at.
RINGS_NEAR = 4


def settle(place: dict[str, Any], draft: Ground) -> dict[str, Any] | Refused:
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


def settle_move(place: dict[str, Any], draft: Ground) -> dict[str, Any] | Refused:
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


def free_spot(x: int, y: int, draft: Ground) -> dict[str, Any]:
    """The spot itself, or the nearest one beside it that nothing stands exactly on.

    A stack of more than eighty is searched in ever wider steps, and one draft does not search the same twice: a
    board may hold 20,000 notes on one heap, and others are waiting.
    """
    if not draft.standing_on((x, y)):
        return {"x": x, "y": y}
    ring, start = draft.searched.get((x, y), (1, 0))
    while True:
        cells = _ring(ring)
        for at in range(start, len(cells)):
            dx, dy = cells[at]
            spot = (x + dx * FREE_CELL, y + dy * FREE_CELL)
            if max(map(abs, spot)) <= COORDINATE and not draft.standing_on(spot):
                draft.searched[x, y] = ring, at
                return {"x": spot[0], "y": spot[1]}
        ring, start = (ring + 1 if ring < RINGS_NEAR else 2 * ring), 0


@lru_cache(maxsize=RINGS_NEAR + 16)
def _ring(ring: int) -> list[tuple[int, int]]:
    """Cells at this distance, to the right and below first: a stack of notes fans out."""
    side = range(-ring, ring + 1)
    cells = [(dx, dy) for dx in (-ring, ring) for dy in side]
    cells += [(dx, dy) for dx in side[1:-1] for dy in (-ring, ring)]
    return sorted(cells, key=lambda cell: (abs(cell[0]) + abs(cell[1]), -cell[0], -cell[1]))


def _is_region(region: str, draft: Ground) -> bool:
    item = draft.get(region)
    return item is not None and item["kind"] == "region"
