"""All open rooms, and everything that opens, closes, asks or watches over them.

Pages ask here what sockets ask in conversation.py: one way in for everybody.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from codesign.core import limits
from codesign.core.decision import Refused
from codesign.core.effects import Due
from codesign.core.ops import Op, SetUpBoard
from codesign.core.stream import State, id_of, kind_of
from codesign.live import frames
from codesign.live.asked import UNAVAILABLE, Answer, Asked, Memories
from codesign.live.batch import Batch
from codesign.live.client import Client
from codesign.live.clock import Clock, Schedule, SystemClock
from codesign.live.effects import Effects
from codesign.live.encoded import Snapshot
from codesign.live.gauges import Gauges
from codesign.live.messages import read_op
from codesign.live.room import Room
from codesign.live.tick import Ticker
from codesign.store.journal import Journal

log = logging.getLogger(__name__)

#: A room nobody needs closes after this long (seconds).
CLOSE_AFTER = 60.0
#: Entries between two snapshots on disk: what opening a room has to replay at most.
SNAPSHOT_EVERY = 500
#: Seconds between beacons while a stream changes; after the last change one more follows (P6.9).
BEACON_EVERY = 20.0
LAG_EVERY = 0.5


class Rooms:
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
        self.memories = Memories()
        self.ticker = Ticker(
            journal, self.clock, self.gauges, reload=self._reload, committed=self._committed
        )
        self.effects = Effects(journal, self.clock, self.schedule, self._ask_due, self.spawn)
        #: Pages that said hello, by the person they are in a workshop, and by browser session.
        self.pages: set[Client] = set()
        self.by_person: dict[str, set[Client]] = {}
        self.stopping = False
        self._close_after = close_after
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Task[Room | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._running: list[asyncio.Task[None]] = []
        self._showing: set[Room] = set()
        self._beacons: set[Room] = set()
        self._saving: set[Room] = set()
        self.gauges.waiting.set_function(lambda: sum(len(r.inbox) for r in self._rooms.values()))

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
        self.stopping = True
        self.effects.stop()
        await self.ticker.stop()
        for client in list(self.pages):
            client.close("restart", delay=delay)
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, *self._tasks, return_exceptions=True)
        for room in list(self._rooms.values()):
            await self._save(room)

    def spawn(self, work: Awaitable[None]) -> None:
        """Work on the side; `settle` waits for it."""
        task = asyncio.ensure_future(_awaited(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch_lag(self) -> None:
        """How late the loop wakes us is how long something held it up."""
        while True:
            asked = self.clock.monotonic()
            await asyncio.sleep(LAG_EVERY)
            self.gauges.loop_lag.set(max(0.0, self.clock.monotonic() - asked - LAG_EVERY))

    async def settle(self) -> None:
        """For whoever turns the rooms by hand: until nothing is under way."""
        while self._tasks or not self.ticker.is_quiet:
            await self.ticker.flush_once()
            await asyncio.sleep(0)

    # What pages ask

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
        asked_op, _digest = read_op(op, stream) if isinstance(op, dict) else (op, "")
        if isinstance(asked_op, Refused):
            return asked_op
        try:
            room = await self.open(stream)
            if room is None and product:
                room = await self._found(stream, asked_op)
        except Exception as error:
            log.warning("a room could not be opened: %s", type(error).__name__)
            return UNAVAILABLE
        if room is None:
            return Refused("unknown")
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        room.put(
            Asked(
                stream, asked_op, person=person, product=product, base=base, future=future, due=due
            )
        )
        return await future

    async def state(self, stream: str) -> tuple[int, State] | None:
        """The committed state, to read from and not to keep: it moves on with the next tick."""
        room = await self.open(stream)
        return None if room is None else (room.seq, room.state)

    async def snapshot(self, stream: str) -> Snapshot | None:
        room = await self.open(stream)
        return None if room is None else await room.encoded.snapshot(self.epoch, room.seq)

    # Opening and closing

    def get(self, stream: str) -> Room | None:
        """The room, if it is open and can be believed."""
        room = self._rooms.get(stream)
        return None if room is None or room.stale else room

    async def open(self, stream: str) -> Room | None:
        """The room of a stream there is. Raises what loading raised; a failure is never kept."""
        if (room := self.get(stream)) is not None:
            room.used_at = self.clock.monotonic()
            return room if room.seq else None  # not yet brought into being
        opening = self._opening.get(stream)
        if opening is None:
            opening = self._opening[stream] = asyncio.create_task(self._open(stream))
            opening.add_done_callback(lambda done: self._opened(stream, done))
        return await asyncio.shield(opening)

    def _opened(self, stream: str, done: asyncio.Task[Room | None]) -> None:
        del self._opening[stream]
        if not done.cancelled():
            done.exception()  # whoever waits hears of it; nobody may be waiting any more

    async def _open(self, stream: str) -> Room | None:
        if (stale := self._rooms.get(stream)) is not None:
            if not await self._reload(stale):
                raise ConnectionError("the stream cannot be read now")
            return stale
        loaded = await self.journal.load(stream)
        if loaded is None or loaded.head == 0:
            return None
        if kind_of(stream) == "workshop":
            return self._keep(Room(stream, id_of(stream), loaded, workshop=None, **self._wakers()))
        workshop_id = str(loaded.state.fields["workshop"])
        workshop = await self.open(f"workshop:{workshop_id}")
        return self._keep(Room(stream, workshop_id, loaded, workshop=workshop, **self._wakers()))

    async def _found(self, stream: str, op: Op) -> Room:
        """A room for a stream that its first op will bring into being."""
        if (room := self._rooms.get(stream)) is not None:
            return room
        workshop: Room | None = None
        workshop_id = id_of(stream)
        if isinstance(op, SetUpBoard):
            workshop_id = op.workshop
            workshop = await self.open(f"workshop:{workshop_id}")
        if (room := self._rooms.get(stream)) is not None:
            return room
        return self._keep(Room(stream, workshop_id, None, workshop=workshop, **self._wakers()))

    def _wakers(self) -> dict[str, Callable[[Room], None]]:
        return {"wake": self.ticker.wake, "wake_presence": self._show}

    def _keep(self, room: Room) -> Room:
        self._rooms[room.stream] = room
        self.gauges.rooms.set(len(self._rooms))
        if room.workshop is not None:
            room.workshop.boards += 1
        room.used_at = self.clock.monotonic()
        self.schedule.after(self._close_after, lambda: self._close_if_idle(room))
        return room

    def _close_if_idle(self, room: Room) -> None:
        left = room.used_at + self._close_after - self.clock.monotonic()
        if room.is_idle and left <= 0:
            self.spawn(self._close(room))
        else:
            wait = left if left > 0 else self._close_after
            self.schedule.after(wait, lambda: self._close_if_idle(room))

    async def _close(self, room: Room) -> None:
        used = room.used_at
        await self._save(room)
        if not room.is_idle or room.used_at != used or room in self._saving:
            self.schedule.after(self._close_after, lambda: self._close_if_idle(room))
            return
        if self._rooms.get(room.stream) is room:
            del self._rooms[room.stream]
            self.gauges.rooms.set(len(self._rooms))
            if room.workshop is not None:
                room.workshop.boards -= 1

    async def _save(self, room: Room) -> None:
        """A snapshot on disk, so that opening is quick. Not being able to save one loses nothing."""
        if room.stale or room.seq == room.snapshot_seq or room in self._saving:
            return
        self._saving.add(room)
        seq = room.seq
        try:
            await self.journal.save_snapshot(room.stream, seq, room.state)
            room.snapshot_seq = max(room.snapshot_seq, seq)
        except Exception as error:
            log.warning("a snapshot could not be saved: %s", type(error).__name__)
        finally:
            self._saving.discard(room)

    async def _reload(self, room: Room) -> bool:
        """The journal's word after a failed commit. False: it cannot be read either, for now."""
        try:
            loaded = await self.journal.load(room.stream)
        except Exception as error:
            log.warning("a room could not be loaded again: %s", type(error).__name__)
            return False
        room.reload(loaded)
        return True

    # After a commit

    def _committed(self, batch: Batch) -> None:
        room = batch.room
        for _asked, answer in batch.answers:
            if isinstance(answer, Refused):
                self.gauges.refused.labels(answer.code).inc()
        if batch.entries:
            room.used_at = self.clock.monotonic()
            self._beacon_later(room)
            if room.seq - room.snapshot_seq >= SNAPSHOT_EVERY and room not in self._saving:
                self.spawn(self._save(room))
            if room.kind == "workshop":
                self._show_out(room)
        for due in batch.dues:
            self.effects.wake(due.at)

    def _show_out(self, workshop: Room) -> None:
        """Pages of people who were removed are told so and closed (P6.8, 4403)."""
        for client in list(self.pages):
            person = client.people.get(workshop.workshop_id)
            if person is None:
                continue
            lost = [room for room in client.follows.values() if not room.may_follow(person)]
            for room in lost:
                room.unfollow(client, "unknown")
            if lost and not workshop.may_follow(person):
                client.close("forbidden")

    async def _ask_due(self, due: Due) -> Answer:
        return await self.ask(due.stream, due.op, product=True, due=due.id)

    def _show(self, room: Room) -> None:
        """Presence changed: a frame follows, unless one is on its way."""
        if room not in self._showing:
            self._showing.add(room)
            self.schedule.after(room.presence.interval, lambda: self._tell_presence(room))

    def _tell_presence(self, room: Room) -> None:
        self._showing.discard(room)
        if dropped := room.tell_presence():
            self.gauges.presence_dropped.inc(dropped)
        if room.presence.has_news:
            self._show(room)

    def _beacon_later(self, room: Room) -> None:
        if room not in self._beacons:
            self._beacons.add(room)
            self.schedule.after(BEACON_EVERY, lambda: self._beacon(room))

    def _beacon(self, room: Room) -> None:
        if room.followers and not room.encoded.hash_some():
            self.schedule.after(0, lambda: self._beacon(room))
            return
        self._beacons.discard(room)
        if room.followers and not room.stale:
            room.tell(frames.beacon(room.stream, room.seq, len(room.state), room.encoded.xor))

    # Pages coming and going

    def enter(self, client: Client) -> None:
        self.pages.add(client)
        client.on_close = self._leave
        self.gauges.connections.set(len(self.pages))

    def name(self, client: Client, person: str) -> bool:
        """The page is this person's. False: they have too many pages open."""
        pages = self.by_person.setdefault(person, set())
        if client not in pages and len(pages) >= limits.CONNECTIONS_PER_PERSON:
            return False
        pages.add(client)
        return True

    def close_session(self, session: str, code: str = "session") -> None:
        """Somebody signed out: the pages of that browser end (P13)."""
        for client in list(self.pages):
            if client.session == session:
                client.close(code)

    def _leave(self, client: Client, code: str) -> None:
        """Keyed by the page itself, never by its client id: a newer page of it stays (P6.12)."""
        self.gauges.closed.labels(code).inc()
        self.pages.discard(client)
        self.gauges.connections.set(len(self.pages))
        for room in list(client.follows.values()):
            room.unfollow(client)
            room.used_at = self.clock.monotonic()
        for person in set(client.people.values()):
            if (pages := self.by_person.get(person)) is not None:
                pages.discard(client)
                if not pages:
                    del self.by_person[person]
        memory = self.memories.get(client.id) if client.id else None
        if memory is not None and memory.page is client:
            memory.page = None
        while client.waiting:
            asked = client.waiting.popleft()
            if asked.memory is not None:
                asked.memory.drop_pending(asked)


async def _awaited(work: Awaitable[None]) -> None:
    await work

