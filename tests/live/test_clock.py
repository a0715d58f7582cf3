"""The schedule that turns itself: it ends when it is told to."""

from __future__ import annotations

import asyncio

import pytest

from codesign.live.clock import Schedule, SystemClock


async def test_a_schedule_ends_even_when_something_changes_at_that_moment() -> None:
    """A wait that swallowed its cancellation kept a server from stopping."""
    schedule = Schedule(SystemClock(0))
    schedule.after(3_600, lambda: None)
    running = asyncio.create_task(schedule.run())
    for _ in range(3):
        await asyncio.sleep(0)
    schedule.after(60, lambda: None)
    await asyncio.sleep(0)  # the event is told to the waiter; the cancellation comes on top
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(5):
            await asyncio.shield(running)
    assert running.cancelled()
