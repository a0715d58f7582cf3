"""Runs what is due: ops the product itself asks, later or of another stream, because one was accepted.

A due row is written with the entry it follows from, and marked done in the transaction of its own
entry. A crash between the two runs it again, which adds nothing: its ids derive from its source.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from codesign.core.decision import Refused
from codesign.core.effects import Due
from codesign.live.asked import Answer, Done
from codesign.live.clock import Appointment, Clock, Schedule
from codesign.store.journal import Journal

log = logging.getLogger(__name__)

#: How long to wait when something could not be saved or read.
RETRY_SECONDS = 2.0
#: Looked up again at least so often: another process may have written a due row.
LOOK_SECONDS = 60.0

Ask = Callable[[Due], Awaitable[Answer]]


class Effects:
    """One runner for the process. `wake` after a commit that wrote due rows; `run_due` by hand."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        schedule: Schedule,
        ask: Ask,
        spawn: Callable[[Awaitable[None]], object],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._schedule = schedule
        self._ask = ask
        self._spawn = spawn
        self._next: Appointment | None = None
        self._busy = asyncio.Lock()

    def wake(self, at: int) -> None:
        """Something is due at `at` (ms since 1970)."""
        self._look_in(max(0.0, (at - self._clock.now()) / 1000))

    async def run_due(self) -> None:
        """Does everything that is due, and sets the alarm for what comes next."""
        async with self._busy:
            try:
                while dues := await self._journal.due(self._clock.now()):
                    # What cannot be saved, on a damaged stream say, holds up what follows on that stream only.
                    held: set[str] = set()
                    for due in dues:
                        if due.stream not in held and not await self._run(due):
                            held.add(due.stream)
                    if held:
                        self._look_in(RETRY_SECONDS)
                        return
                following = await self._journal.next_due()
            except Exception as error:
                log.warning("due effects could not be read: %s", type(error).__name__)
                self._look_in(RETRY_SECONDS)
                return
        if following is not None:
            self.wake(following)
        self._look_in(LOOK_SECONDS)

    async def catch_up(self) -> None:
        """For whoever comes to something that is only being made: what is due by now is done, if anything is."""
        alarm = self._next
        is_due = alarm is not None and not alarm.is_off and alarm.when <= self._clock.monotonic()
        if is_due or self._busy.locked():
            await self.run_due()

    def stop(self) -> None:
        if self._next is not None:
            self._next.cancel()

    async def _run(self, due: Due) -> bool:
        """False: it could not be saved, try later. What is refused is done with as well."""
        answer = await self._ask(due)
        match answer:
            case Done(entry=entry) if entry is not None:
                return True  # marked in the transaction of the entry
            case Refused(code="unavailable"):
                return False
            case Refused(code=code):
                log.warning("a due effect was refused: %s", code)
        await self._journal.mark_done([due.id], self._clock.now())
        return True

    def _look_in(self, seconds: float) -> None:
        """An alarm that is set already stays, unless this one is earlier."""
        when = self._clock.monotonic() + seconds
        if self._next is not None and not self._next.is_off:
            if self._next.when <= when:
                return
            self._next.cancel()
        self._next = self._schedule.after(seconds, lambda: self._spawn(self.run_due()))
