"""Demos that are a gathering of a playbook: its agenda over the boards that are there, and the gathering after it."""

from __future__ import annotations

from typing import Any

from codesign.core.ops import AddStep, All, SetDesk
from codesign.core.playbook import Gathering, Playbook
from codesign.store.workshops import Workshop
from codesign.web import opening, seats
from codesign.web.demo_records import Demo
from codesign.web.from_playbook import Making, catalog_of, make_gathering, planned, standing_step
from codesign.web.house import House
from codesign.web.programmes import MINUTE

DAY = 24 * 60 * MINUTE
#: The next gathering is so many days away; nobody has set its hour.
AHEAD = 9


async def begin(house: House, data: dict[str, Any]) -> opening.Gathering | None:
    """Makes the next gathering, so that the demo itself is the newest workshop; where it belongs in its programme."""
    about = data.get("programme")
    if about is None:
        return None
    making, playbook = await _making(house, data)
    coming, here = playbook.gathering(about["next"]), playbook.gathering(about["gathering"])
    assert coming is not None  # noqa: S101  our own file
    assert here is not None  # noqa: S101
    programme, turns = seats.make_id(), playbook.workshops.index
    of = (programme, str(data["title"]), turns(coming) * 10)
    row = await make_gathering(making, coming, data["cities"], of)
    await _date(house, row.id, AHEAD)
    return opening.Gathering(programme, None, playbook.id, here.id, turns(here) * 10)


async def plan(demo: Demo, row: Workshop, data: dict[str, Any]) -> None:
    """The agenda of the demo itself, as it was run; its steps work on the demo's boards."""
    about = data.get("programme")
    if about is None:
        return
    making, playbook = await _making(demo.house, data)
    gathering = playbook.gathering(about["gathering"])
    assert gathering is not None  # noqa: S101  our own file
    boards = await _boards(demo.house, row, data)
    steps = _steps(making, gathering, {key: boards[at] for key, at in about["steps"].items()})
    await demo.ask(f"desk:{row.id}", All(ops=tuple(steps)))
    await _date(demo.house, row.id, -about["days_ago"])


def _steps(making: Making, gathering: Gathering, boards: dict[str, str]) -> list[AddStep]:
    made = []
    for at, slot in enumerate(gathering.slots):
        step = gathering.step(slot.step) if slot.step else None
        if step is None:
            made.append(standing_step(making, slot, at, None))
        else:
            made.append(planned(making, step, at, boards.get(step.id)))
    return made


async def _boards(house: House, row: Workshop, data: dict[str, Any]) -> dict[str, str]:
    """By title; the one people land on has none in the file."""
    found = await house.rooms.state(f"workshop:{row.id}")
    assert found is not None  # noqa: S101  just made
    boards = {str(one["title"]): str(one["id"]) for one in found[1].of_kind("board")}
    return boards | {"": str(found[1].fields["board"])}


async def _date(house: House, workshop: str, days: int) -> None:
    """At ten in the morning, by the clock of the world."""
    today = house.now() // DAY * DAY
    starts = today + days * DAY + 10 * 60 * MINUTE
    desk = f"desk:{workshop}"
    await house.rooms.ask(desk, SetDesk(starts=starts, ends=starts + 180 * MINUTE), product=True)


async def _making(house: House, data: dict[str, Any]) -> tuple[Making, Playbook]:
    catalog = await catalog_of(house)
    playbook = catalog.books.playbooks[data["programme"]["playbook"]]
    words = house.catalogues.words(data.get("lang", "en"))
    return Making(house, catalog, playbook, None, words), playbook
