"""The beat of all rooms: decide, commit together, tell. Starts with the first op, gathers under load.

`flush_once` is one beat and can be turned by hand; `run` turns it as often as the machine allows.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from codesign.core import limits
from codesign.live.asked import Asked
from codesign.live.batch import Batch
from codesign.live.clock import Clock
from codesign.live.gauges import Gauges
from codesign.live.lookups import OpenRoom, look_up
from codesign.live.room import Room
from codesign.store.errors import HeadMoved
from codesign.store.journal import Append, Journal

log = logging.getLogger(__name__)

#: Seconds between beats: at least, at most, and in proportion to what the last one cost the loop. A bigger factor
#: saves packets and costs latency: 4 instead of 6 takes a tenth more CPU at 200 people, and answers 6 ms sooner.
PAUSE_LEAST, PAUSE_MOST, PAUSE_FACTOR = 0.002, 0.025, 6.0


class Ticker:
    """One for the process: one append for all rooms that something was asked of.

    `reload` brings a room in line with the journal again, and answers ops whose commit failed;
    `committed` hears of each batch that is on disk and told; `open_room` is for ops that read another stream.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        gauges: Gauges,
        *,
        reload: Callable[[Room, Sequence[Asked]], Awaitable[bool]],
        committed: Callable[[Batch], None],
        open_room: OpenRoom,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._gauges = gauges
        self._reload = reload
        self._committed = committed
        self._open_room = open_room
        self._dirty: dict[Room, None] = {}
        self._awake = asyncio.Event()
        self._beat = asyncio.Lock()
        #: Seconds the loop was busy in the last beat; waiting for the disk is not being busy.
        self.cost = 0.0
        #: More ops wait than a beat takes: the machine is too slow for what is asked of it. Every message asks.
        self.is_behind = False

    def wake(self, room: Room) -> None:
        self._dirty[room] = None
        self._awake.set()
        if len(room.inbox) >= limits.OPS_PER_TICK:
            self.is_behind = True

    @property
    def is_quiet(self) -> bool:
        return not self._dirty and not self._beat.locked()

    async def run(self) -> None:
        """Beats until cancelled. An idle process waits without a timer, and answers at once."""
        while True:
            await self._awake.wait()
            await self.flush_once()
            await asyncio.sleep(self.pause)

    @property
    def pause(self) -> float:
        """Seconds until the next beat may begin: a busy process gathers more for each."""
        if self.is_behind:
            return PAUSE_LEAST  # a whole tick waits already: gathering helps nobody
        return min(PAUSE_MOST, max(PAUSE_LEAST, PAUSE_FACTOR * self.cost))

    async def flush_once(self) -> bool:
        """One beat. False: there was nothing to do. Never raises for what one room does."""
        async with self._beat:
            self._awake.clear()
            rooms, self._dirty = list(self._dirty), {}
            if not rooms:
                return False
            self.cost = 0.0
            batches = [batch for room in rooms if (batch := await self._decide(room)) is not None]
            self.is_behind = any(len(room.inbox) >= limits.OPS_PER_TICK for room in self._dirty)
            errors = await self._write(batches)
            started = time.perf_counter()
            for batch, error in zip(batches, errors, strict=True):
                self._conclude(batch, error)
            self.cost += time.perf_counter() - started
            self._gauges.ticks.inc()
            self._gauges.flush_seconds.observe(self.cost)
            failed = {batch.room: batch.asked for batch in batches if not batch.is_told}
            for room in rooms:
                # Somebody who opened it may have brought it in line meanwhile: the askers still wait for their answers.
                if room.stale or room in failed:
                    await self._reload(room, failed.get(room, ()))
        return True

    @asynccontextmanager
    async def still(self) -> AsyncIterator[None]:
        """Nothing is decided and nothing appended by this process while the block lasts: keep it short."""
        async with self._beat:
            yield

    async def stop(self) -> None:
        """Decides and tells what has been asked so far, and beats no more."""
        for _ in range(100):
            if not await self.flush_once():
                break

    async def _decide(self, room: Room) -> Batch | None:
        if room.stale and not await self._reload(room, ()):
            room.refuse(room.take())
            self._again(room)
            return None
        taken = room.take()
        self._again(room)
        if not taken:
            return None
        lookups = await look_up(self._journal, room, taken, self._open_room)
        started = time.perf_counter()
        try:
            batch = room.decide(taken, lookups, self._clock.now())
        except Exception as error:  # a mistake of ours: the askers hear of it, the others go on
            log.error("a tick of a room failed: %s", type(error).__name__)
            room.stale = True
            room.refuse(taken)
            return None
        self.cost += time.perf_counter() - started
        return batch

    def _again(self, room: Room) -> None:
        if room.inbox:
            self.wake(room)

    async def _write(self, batches: Sequence[Batch]) -> list[Exception | None]:
        """One append for all that changed something; for each batch None or what went wrong."""
        appends: dict[Batch, Append] = {
            batch: append for batch in batches if (append := batch.append) is not None
        }
        if not appends:
            return [None] * len(batches)
        started = time.perf_counter()
        try:
            results = await self._journal.append(list(appends.values()))
        except Exception as error:
            results = [error] * len(appends)
        self._gauges.commits.inc()
        self._gauges.commit_seconds.observe(time.perf_counter() - started)
        outcome = dict(zip(appends, results, strict=True))
        return [outcome.get(batch) for batch in batches]

    def _conclude(self, batch: Batch, error: Exception | None) -> None:
        self._gauges.ops.inc(len(batch.asked))
        if error is not None:
            # Of our own errors the words, which are about streams and heads; of others they might quote content.
            what = error if isinstance(error, HeadMoved) else type(error).__name__
            log.error("a tick was not saved: %s", what)
            self._gauges.failed_commits.inc()
            batch.room.stale = True
            return
        try:
            batch.room.commit(batch)
            batch.is_told = True
            self._committed(batch)
        except Exception as exc:  # memory and journal may differ now: the journal is right
            log.error("telling a tick failed: %s", type(exc).__name__)
            batch.room.stale = True
