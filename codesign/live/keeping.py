"""Which streams are open: loading them, letting go of them when nobody needs them, snapshots on disk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence

from codesign.core import limits
from codesign.core.inbox import inbox_of
from codesign.core.lanes import lane_of
from codesign.core.ops import Op, SetUpBoard, SetUpRegister
from codesign.core.stream import id_of, kind_of
from codesign.core.visibility import is_in
from codesign.live.asked import Asked
from codesign.live.clock import Clock, Schedule
from codesign.live.gauges import Gauges
from codesign.live.room import Room
from codesign.store.journal import Journal, Loaded

log = logging.getLogger(__name__)

#: Entries between two snapshots on disk.
SNAPSHOT_EVERY = limits.TAIL_ENTRIES
#: Entries that opening reads for the history. Older ones are read when somebody comes back with an older base.
READ_AT_FIRST = 200
#: And one for so many items: writing out a big board is dear, so that it happens less often.
ITEMS_PER_ENTRY = 4

#: How often a room is read again when somebody else was quicker and went on with it.
LOADS = 5

#: Streams that those who may follow them can follow before anything is written there.
EMPTY_AT_FIRST = ("lane", "desk", "inbox")
REGISTERS = ("register", "closed")
#: The workshop's id, its room (of all but itself), and of a lane its board's, of a closed side its register's.
Reads = tuple[str, Room | None, Room | None]


class CannotRead(Exception):
    """The stream cannot be read just now. Nothing of that is kept; the next one who asks tries again."""


class Keeping:
    """All open rooms by stream. A board's workshop is open as long as the board is."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        schedule: Schedule,
        gauges: Gauges,
        *,
        close_after: float,
        spawn: Callable[[Awaitable[None]], object],
        wake: Callable[[Room], None],
        wake_presence: Callable[[Room], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._schedule = schedule
        self._gauges = gauges
        self._close_after = close_after
        self._spawn = spawn
        self._wake = wake
        self._wake_presence = wake_presence
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Task[Room | None]] = {}
        self._saving: set[Room] = set()
        #: Workshops that are taken away: their streams are not opened again, whatever the database still has.
        self._barred: set[str] = set()

    def __iter__(self) -> Iterator[Room]:
        return iter(list(self._rooms.values()))

    def __len__(self) -> int:
        return len(self._rooms)

    def get(self, stream: str) -> Room | None:
        """The room, if it is open and can be believed."""
        room = self._rooms.get(stream)
        return None if room is None or room.stale else room

    async def open(self, stream: str) -> Room | None:
        """The room of a stream there is. Raises what loading raised; a failure is never kept."""
        if (room := self.get(stream)) is not None:
            self.touch(room)
            await self._read_all(room)
            return room if self._is_there(room) else None
        opening = self._opening.get(stream)
        if opening is None:
            opening = self._opening[stream] = asyncio.create_task(self._open(stream))
            opening.add_done_callback(lambda done: self._opened(stream, done))
        return await asyncio.shield(opening)

    async def found(self, stream: str, op: Op) -> Room:
        """A room for a stream that its first op will bring into being."""
        workshop, workshop_id = None, id_of(stream)
        register = None
        if isinstance(op, SetUpBoard | SetUpRegister):
            workshop_id = op.workshop
            workshop = await self.open(f"workshop:{workshop_id}")
        if not self._barred.isdisjoint((workshop_id, *stream.split(":"))):
            raise CannotRead
        if kind_of(stream) == "closed":
            register = await self.open(f"register:{id_of(stream)}")
        if (room := self._rooms.get(stream)) is not None:
            return room
        return self._keep(self._make(stream, None, workshop_id, workshop, register))

    def touch(self, room: Room) -> None:
        """Somebody needs the room: it stays open for a while."""
        room.used_at = self._clock.monotonic()
        room.uses += 1

    def is_open(self, room: Room) -> bool:
        """Whether this very room is the one writer of its stream: not closed while somebody waited."""
        return self._rooms.get(room.stream) is room

    async def reload(self, room: Room, failed: Sequence[Asked] = ()) -> bool:
        """The journal's word after a commit of the `failed` ops. False: it cannot be read for now.

        Others may do the same meanwhile, and go on with the room: what was read before that is not laid over it.
        """
        try:
            for _ in range(LOADS):
                loaded = await self._journal.load(room.stream)
                if (0 if loaded is None else loaded.head) >= room.seq:
                    break
            else:
                raise CannotRead
        except Exception as error:
            log.warning("a room could not be loaded again: %s", type(error).__name__)
            room.refuse(failed)
            return False
        room.reload(loaded, failed)
        return True

    def save_later(self, room: Room) -> None:
        """A snapshot every so many entries."""
        due = max(SNAPSHOT_EVERY, len(room.state) // ITEMS_PER_ENTRY)
        if room.seq - room.snapshot_seq >= due and room not in self._saving:
            self._spawn(self.save(room))

    async def save(self, room: Room) -> None:
        """A snapshot on disk, so that opening is quick. Not being able to save one loses nothing."""
        if room.stale or room.seq == room.snapshot_seq or room in self._saving:
            return
        self._saving.add(room)
        seq = room.seq
        try:
            # The journal copies the state before it first waits; items are never mutated.
            await self._journal.save_snapshot(room.stream, seq, room.state)
            room.snapshot_seq = max(room.snapshot_seq, seq)
        except Exception as error:
            log.warning("a snapshot could not be saved: %s", type(error).__name__)
        finally:
            self._saving.discard(room)

    def _opened(self, stream: str, done: asyncio.Task[Room | None]) -> None:
        del self._opening[stream]
        if not done.cancelled():
            done.exception()  # whoever waits hears of it; nobody may be waiting any more

    async def _open(self, stream: str) -> Room | None:
        if (room := self._rooms.get(stream)) is not None:
            # Brought into being since somebody asked for it; or its last commit failed.
            if room.stale and not await self.reload(room):
                raise CannotRead
            return room if self._is_there(room) else None
        loaded = await self._journal.load(stream, tail=READ_AT_FIRST)
        if loaded is not None and loaded.head == 0:
            loaded = None
        if loaded is None and kind_of(stream) not in EMPTY_AT_FIRST:
            return None
        reads = await self._reads(stream, loaded)
        if reads is None or reads[0] in self._barred:
            return None
        if (room := self._rooms.get(stream)) is not None:
            return room  # it was brought into being meanwhile
        room = self._make(stream, loaded, *reads)
        await self._read_all(room)
        return self._rooms.get(stream) or self._keep(room)

    async def _read_all(self, room: Room) -> None:
        """Of a register: every workshop of its programme that has come to it is read, too."""
        if room.kind not in REGISTERS:
            return
        named = {
            key.removeprefix("workshop/")
            for key in room.state.fields
            if key.startswith("workshop/")
        }
        for id in sorted(named - {*room.workshop_ids} - self._barred):
            workshop = await self.open(f"workshop:{id}")
            # A room that is not kept yet counts itself as a reader when it is.
            if workshop is not None and room.read_also(id, workshop) and self.is_open(room):
                workshop.readers += 1

    async def _reads(self, stream: str, loaded: Loaded | None) -> Reads | None:
        """The workshop a stream belongs to, its room, and of a lane the board's; None: there is no such stream."""
        match kind_of(stream):
            case "workshop":
                return id_of(stream), None, None
            case "board" if loaded is not None:
                workshop_id = str(loaded.state.fields["workshop"])
                return workshop_id, await self.open(f"workshop:{workshop_id}"), None
            case "register" | "closed" if loaded is not None:
                return await self._reads_of_register(stream, loaded)
            case "desk":
                workshop = await self.open(f"workshop:{id_of(stream)}")
                return None if workshop is None else (id_of(stream), workshop, None)
            case "inbox" if inbox := inbox_of(stream):
                workshop = await self.open(f"workshop:{inbox.workshop}")
                # Of people there are: else anybody could open rooms without end.
                if workshop is None or not is_in(inbox.person, workshop.state):
                    return None
                return inbox.workshop, workshop, None
            case "lane" if lane := lane_of(stream):
                board = await self.open(f"board:{lane.board}")
                if board is None or board.workshop is None:
                    return None
                # Of silences there have been: else anybody could open rooms without end.
                is_known = lane.silence <= board.workshop.state.fields.get("silence", 0)
                return (board.workshop_id, board.workshop, board) if is_known else None
        return None

    async def _reads_of_register(self, stream: str, loaded: Loaded) -> Reads | None:
        """A workshop of its programme there is; `_read_all` adds the others."""
        named = sorted(key for key in loaded.state.fields if key.startswith("workshop/"))
        for key in named:
            workshop_id = key.removeprefix("workshop/")
            if workshop_id in self._barred:
                continue
            if (workshop := await self.open(f"workshop:{workshop_id}")) is not None:
                break
        else:
            return None
        if kind_of(stream) == "register":
            return workshop_id, workshop, None
        register = await self.open(f"register:{id_of(stream)}")
        return None if register is None else (workshop_id, workshop, register)

    def _is_there(self, room: Room) -> bool:
        """Whether somebody may see the stream already, though nothing may have been written yet."""
        return room.seq > 0 or room.kind in EMPTY_AT_FIRST

    def _make(
        self,
        stream: str,
        loaded: Loaded | None,
        workshop_id: str,
        workshop: Room | None,
        board: Room | None,
    ) -> Room:
        return Room(
            stream,
            workshop_id,
            loaded,
            workshop=workshop,
            board=board,
            wake=self._wake,
            wake_presence=self._wake_presence,
        )

    def _keep(self, room: Room) -> Room:
        self._rooms[room.stream] = room
        self._gauges.rooms.set(len(self._rooms))
        for read in room.reads:
            read.readers += 1
        self.touch(room)
        self._schedule.after(self._close_after, lambda: self._close_if_idle(room))
        return room

    def _close_if_idle(self, room: Room) -> None:
        left = room.used_at + self._close_after - self._clock.monotonic()
        if room.is_idle and left <= 0:
            self._spawn(self._close(room))
        else:
            wait = left if left > 0 else self._close_after
            self._schedule.after(wait, lambda: self._close_if_idle(room))

    async def _close(self, room: Room) -> None:
        uses = room.uses
        await self.save(room)
        if not room.is_idle or room.uses != uses or room in self._saving:
            self._schedule.after(self._close_after, lambda: self._close_if_idle(room))
            return
        self._let_go(room)

    def forget(self, stream: str) -> None:
        """The stream is no more: whoever follows it hears so, and nothing of it is saved."""
        if (room := self._rooms.get(stream)) is not None:
            for client in list(room.followers):
                room.unfollow(client, "unknown")
            room.refuse(room.take())
            self._let_go(room)

    def bar(self, workshop: str) -> None:
        """The workshop is being taken away: all of it is let go of, and none of it is opened any more."""
        self._barred.add(workshop)
        for room in self:
            if workshop in room.workshop_ids:
                self.forget(room.stream)

    def _let_go(self, room: Room) -> None:
        if self._rooms.get(room.stream) is room:
            del self._rooms[room.stream]
            self._gauges.rooms.set(len(self._rooms))
            for read in room.reads:
                read.readers -= 1
