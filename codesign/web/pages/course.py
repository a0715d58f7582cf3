"""How a whole workshop went, from board to board, as far as somebody may follow it now."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.core import playback
from codesign.core.course import spans_of
from codesign.core.permissions import LEADS
from codesign.core.stream import State
from codesign.store.rows import Row
from codesign.web import report_sources as sources
from codesign.web.access import Place, place_of
from codesign.web.house import House, house_of
from codesign.web.pages.playback import ENTRIES_AT_ONCE, steps_of
from codesign.web.report_sources import Reader

#: Of all boards together; what came later is left to each board's own playback.
ENTRIES_MOST = 200_000


async def show(request: Request) -> Response:
    """No time is told that the playback of its board would not tell to the same person."""
    place, house = place_of(request), house_of(request)
    reader = Reader(place.workshop.id, place.state, place.person, names=True)
    times, left = dict[str, list[int]](), ENTRIES_MOST
    for board in sources.boards_of(reader):
        found = await house.rooms.state(f"board:{board}")
        if found is not None:
            head = min(found[0], left)
            left -= head
            times[board] = await _times(house, place, board, head, found[1])
    steps = [(step["at"], step.get("board", "")) for step in await steps_of(house, place)]
    spans = await asyncio.to_thread(spans_of, times, steps)
    answer = {"spans": [asdict(span) for span in spans]}
    return JSONResponse(answer, headers={"Cache-Control": "private, no-store"})


async def _times(house: House, place: Place, board: str, head: int, now: State) -> list[int]:
    leads, times = place.role in LEADS, list[int]()
    for after in range(0, head, ENTRIES_AT_ONCE):
        to = min(after + ENTRIES_AT_ONCE, head)
        rows = await house.journal.entries(f"board:{board}", after, to)
        times += await asyncio.to_thread(_told, rows, now, leads=leads)
    return times


def _told(rows: Sequence[Row], now: State, *, leads: bool) -> list[int]:
    return [row.entry.at for row in rows if playback.told(row.entry.changes, now, leads=leads)]
