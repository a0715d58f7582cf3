"""Time, handed in: the wall clock for what is stored, and a schedule that a test can turn by hand."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol


class Clock(Protocol):
    def now(self) -> int:
        """Milliseconds since 1970."""

    def monotonic(self) -> float:
        """Seconds that never jump."""


class SystemClock:
    """The machine's clock, moved by `offset` milliseconds."""

    def __init__(self, offset: int = 0) -> None:
        self._offset = offset

    def now(self) -> int:
        return time.time_ns() // 1_000_000 + self._offset

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass(slots=True, order=True)
class Appointment:
    """A call that is due at `when`; `cancel()` makes it nothing."""

    when: float
    _order: int
    _call: Callable[[], object] | None = field(compare=False)

    def cancel(self) -> None:
        self._call = None

    @property
    def is_off(self) -> bool:
        return self._call is None

    def run(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            call()


class Schedule:
    """What is to happen later in the live core. One for the process; `run_due` turns it.

    Not loop.call_later: the simulator turns this one with a clock of its own.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[Appointment] = []
        self._order = count()
        self._changed = asyncio.Event()

    def after(self, seconds: float, call: Callable[[], object]) -> Appointment:
        appointment = Appointment(self._clock.monotonic() + seconds, next(self._order), call)
        heapq.heappush(self._heap, appointment)
        if self._heap[0] is appointment:
            self._changed.set()
        return appointment

    @property
    def next(self) -> float | None:
        """When (monotonic seconds) something is due next."""
        while self._heap and self._heap[0].is_off:
            heapq.heappop(self._heap)
        return self._heap[0].when if self._heap else None

    def run_due(self) -> None:
        """What is due by now. What that in turn makes due has to wait for the next turn."""
        now = self._clock.monotonic()
        due: list[Appointment] = []
        while (when := self.next) is not None and when <= now:
            due.append(heapq.heappop(self._heap))
        for appointment in due:
            appointment.run()

    async def run(self) -> None:
        """Turns itself with the machine's time, until cancelled."""
        while True:
            self.run_due()
            self._changed.clear()
            due = self.next
            wait = None if due is None else max(0.0, due - self._clock.monotonic())
            # Not wait_for: on Python 3.11 it can swallow a cancellation that comes with the event.
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._changed.wait()
