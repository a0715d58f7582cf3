"""The live core as the rest of the house sees it: open streams, ask ops of them, read what is true.

Pages ask here what sockets ask in conversation.py: one way in for everybody. Which rooms are open
is keeping.py, who is connected pages.py, the beat tick.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any

from codesign.core.decision import Refused
from codesign.core.effects import Due
from codesign.core.ops import Op
from codesign.core.stream import State, kind_of
from codesign.live.asked import UNAVAILABLE, Answer, Asked, Memories
from codesign.live.batch import Batch
from codesign.live.bells import Bells
from codesign.live.clock import Clock, Schedule, SystemClock
from codesign.live.effects import Effects
from codesign.live.encoded import Snapshot
from codesign.live.errands import Errands
from codesign.live.gauges import Gauges
from codesign.live.keeping import Keeping
from codesign.live.messages import read_op
from codesign.live.pages import Pages
from codesign.live.room import Room
from codesign.live.tick import Ticker
from codesign.store.journal import Journal

if TYPE_CHECKING:
    from codesign.live.outlines import Outlines
    from codesign.live.votes import Votes

log = logging.getLogger(__name__)

#: A room nobody needs closes after this long (seconds).
CLOSE_AFTER = 60.0
#: Seconds between two looks at how late the event loop is.
LAG_EVERY = 0.5


class Rooms:
    """One for the process. `start` it for the machine to turn it, or turn `ticker` and `schedule` by hand."""

    def __init__(
        self,
        journal: Journal,
        epoch: str,
        *,
        clock: Clock | None = None,
        gauges: Gauges | None = None,
        close_after: float = CLOSE_AFTER,
    ) -> None:
        self.journal = journal
        self.epoch = epoch
        self.clock = clock or SystemClock()
        self.gauges = gauges or Gauges()
        self.schedule = Schedule(self.clock)
        self.bells = Bells(self.schedule, self.gauges)
        self.ticker = Ticker(
            journal,
            self.clock,
            self.gauges,
            reload=self._reload,
            committed=self._committed,
            open_room=self.open,
        )
        self.keeping = Keeping(
            journal,
            self.clock,
            self.schedule,
            self.gauges,
            close_after=close_after,
            spawn=self.spawn,
            wake=self.ticker.wake,
            wake_presence=self.bells.presence_later,
        )
        self.memories = Memories()
        self.pages = Pages(self.memories, self.gauges, touch=self.keeping.touch)
        self.errands = Errands(journal, self.open, self.ask, self.keeping.forget)
        self.effects = Effects(journal, self.clock, self.schedule, self._ask_due, self.spawn)
        #: Takes ballots; votes.py puts itself here. Without it there are no votes.
        self.votes: Votes | None = None
        #: Pictures of the tables; tables.py puts it here.
        self.outlines: Outlines | None = None
        #: Set once the server is on its way out: nobody new is let in.
        self.stopping = False
        self._tasks: set[asyncio.Future[None]] = set()
        self._running: list[asyncio.Task[None]] = []
        self.gauges.waiting.set_function(lambda: sum(len(room.inbox) for room in self.keeping))
        self.gauges.outgoing.set_function(lambda: sum(page.wire.queued for page in self.pages))

    # Starting and stopping

    async def start(self) -> None:
        """Begins to beat, and runs what was left undone the last time."""
        self._running = [
            asyncio.create_task(self.ticker.run()),
            asyncio.create_task(self.schedule.run()),
            asyncio.create_task(self._watch_lag()),
        ]
        self.effects.wake(0)

    async def stop(self, *, delay: int = 1_000) -> None:
        """Answers what was asked, tells every page to come back, and saves snapshots."""
        if self.stopping:
            return
        self.stopping = True
        self.effects.stop()
        await self.ticker.stop()
        for client in self.pages:
            client.close("restart", delay=delay)
        # What is due and under way asks rooms that nobody ticks any more; it is run at the next start.
        for task in (*self._running, *self._tasks):
            task.cancel()
        await asyncio.gather(*self._running, *self._tasks, return_exceptions=True)
        for room in self.keeping:
            await self.keeping.save(room)

    def spawn(self, work: Awaitable[None]) -> None:
        """Work on the side; `settle` waits for it."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Future[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("work on the side failed: %s", type(error).__name__)  # no content here

    async def settle(self) -> None:
        """For whoever turns the rooms by hand: until nothing is under way."""
        while self._tasks or not self.ticker.is_quiet:
            await self.ticker.flush_once()
            await asyncio.sleep(0)

    # What everybody asks

    async def ask(
        self,
        stream: str,
        op: Op | dict[str, Any],
        *,
        person: str | None = None,
        product: bool = False,
        base: int | None = None,
        due: str | None = None,
    ) -> Answer:
        """The op's answer, after it is on disk. Only the product's ops bring a stream into being."""
        asked_op = read_op(op, stream)[0] if isinstance(op, dict) else op
        if isinstance(asked_op, Refused):
            return asked_op
        try:
            room = await self.open(stream)
            if room is None and product:
                room = await self.keeping.found(stream, asked_op)
        except Exception as error:
            log.warning("a room could not be opened: %s", type(error).__name__)
            return UNAVAILABLE
        if room is None:
            return Refused("unknown")
        if self.stopping:
            return UNAVAILABLE  # nobody would tick it any more
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        asked = Asked(stream, asked_op, None, person, product, base, future=answer, due=due)
        room.put(asked)
        return await answer

    async def open(self, stream: str) -> Room | None:
        """The room of a stream there is. Raises when it cannot be read just now."""
        return await self.keeping.open(stream)

    async def open_made(self, stream: str) -> Room | None:
        """As `open`, and a board that was added a moment ago is waited for: its first entry is an effect's."""
        room = await self.open(stream)
        if room is None and kind_of(stream) == "board":
            await self.effects.catch_up()
            room = await self.open(stream)
        return room

    async def state(self, stream: str) -> tuple[int, State] | None:
        """The committed state, to read from and not to keep: it moves on with the next tick."""
        room = await self.open(stream)
        return None if room is None else (room.seq, room.state)

    async def snapshot(self, stream: str) -> Snapshot | None:
        room = await self.open(stream)
        return None if room is None else await room.encoded.snapshot(self.epoch)

    def close_session(
        self, session: str, code: str = "session", *, workshop: str | None = None, delay: int = 0
    ) -> None:
        """Somebody signed out, or left one workshop: the pages of that browser end, there or everywhere."""
        self.pages.close_session(session, code, workshop=workshop, delay=delay)

    async def take_away(self, workshop: str) -> None:
        """Nobody is in the workshop any more and nothing of it is in memory; nothing comes to its streams again.

        Whoever deletes it asks this first, and then finds no writer beside it.
        """
        people = await self._people_of(workshop)
        self.pages.send_out(workshop)
        self.keeping.bar(workshop)
        self.memories.forget(people)
        for _ in range(2):  # a beat that is under way, and what came while a room was being opened
            await asyncio.sleep(0)
            await self.ticker.flush_once()
        self.keeping.bar(workshop)
        if self.outlines is not None:
            self.outlines.forget()
        if self.pages.attendance is not None:
            await self.pages.attendance.forget(workshop)

    async def _people_of(self, workshop: str) -> set[str]:
        found = await self.state(f"workshop:{workshop}")
        return {str(one["id"]) for one in found[1].of_kind("person")} if found else set()

    # What the parts tell each other

    async def _reload(self, room: Room, failed: Sequence[Asked]) -> bool:
        return await self.keeping.reload(room, failed)

    def _committed(self, batch: Batch) -> None:
        room = batch.room
        for _asked, answer in batch.answers:
            if isinstance(answer, Refused):
                self.gauges.refused.labels(answer.code).inc()
        if batch.entries:
            self.keeping.touch(room)
            self.keeping.save_later(room)
            self.bells.beacon_later(room)
            if room.kind == "workshop":
                self.pages.show_out(room)
                self._hush(room)
        self.bells.ticked(room)
        for due in batch.dues:
            self.effects.wake(due.at)

    def _hush(self, workshop: Room) -> None:
        """While writing is silent, nobody sees where those who write are."""
        if workshop.state.fields.get("stage") == "silent":
            for room in self.keeping:
                if workshop in room.reads:
                    room.hush()

    async def _ask_due(self, due: Due) -> Answer:
        if self.errands.knows(str(due.op.get("type"))):
            return await self.errands.run(due)
        return await self.ask(due.stream, due.op, product=True, due=due.id)

    async def _watch_lag(self) -> None:
        """How late the loop wakes us is how long something held it up."""
        while True:
            asked = self.clock.monotonic()
            await asyncio.sleep(LAG_EVERY)
            self.gauges.loop_lag.observe(max(0.0, self.clock.monotonic() - asked - LAG_EVERY))
