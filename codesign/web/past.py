"""A stream as it was after one of its entries."""

from __future__ import annotations

import asyncio

from codesign.core import playback
from codesign.core.stream import State
from codesign.web.house import House

#: Entries that are in memory together.
AT_ONCE = 1_000


async def state_at(house: House, stream: str, seq: int) -> State:
    """From the first entry on, some at a time: a long journal is never in memory as a whole."""
    then = State()
    for after in range(0, seq, AT_ONCE):
        rows = await house.journal.entries(stream, after, min(after + AT_ONCE, seq))
        await asyncio.to_thread(playback.go_on, then, [row.entry.changes for row in rows])
    return then
