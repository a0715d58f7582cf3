"""How the workshops of a programme stand: what its page and its carries are made of."""

from __future__ import annotations

from typing import Literal

from starlette.requests import Request

from codesign.core.stream import Item, State
from codesign.web.access import Place, state_of
from codesign.web.house import house_of

MINUTE = 60_000
Standing = Literal["done", "now", "dated", "undated"]


async def desk_of(request: Request, workshop: str) -> State:
    return await state_of(house_of(request), f"desk:{workshop}") or State()


def steps_of(desk: State) -> list[Item]:
    return sorted(desk.of_kind("step"), key=lambda step: (step["order"], step["id"]))


def standing(place: Place, desk: State, now: int) -> Standing:
    """How far a workshop is: by its date, and by its agenda where people have begun without one."""
    starts, steps = desk.fields.get("starts"), [s for s in steps_of(desk) if not s.get("skipped")]
    minutes = sum(int(step["minutes"]) for step in steps)
    ends = desk.fields.get("ends") or (starts + minutes * MINUTE if starts else None)
    if "ended" in place.state.fields or (ends is not None and ends <= now):
        return "done"
    now_on = place.state.fields.get("step")
    if now_on is not None:
        last = steps[-1]["id"] if steps else None
        since = int(place.state.fields.get("step_at", now))
        is_over = now_on == last and now - since > 12 * 60 * MINUTE
        return "done" if is_over else "now"
    if starts is None:
        return "undated"
    return "now" if starts <= now else "dated"
