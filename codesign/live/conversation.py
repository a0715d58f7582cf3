"""What one connected page says, and what is done about it (protocol 6). No socket in here: frames in, frames out.

`receive` never waits. Messages that need the journal are handled on the side, and what the page
says meanwhile is kept, so that its order stays.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from codesign.core import limits
from codesign.core.decision import Refused
from codesign.live import frames
from codesign.live.asked import Answer, Asked, Done, Memory, answer_frame
from codesign.live.client import Client, Wire
from codesign.live.frames import Frame
from codesign.live.limits import Bucket
from codesign.live.messages import (
    AskOp,
    BadMessage,
    CastBallot,
    ClientMessage,
    Follow,
    Hello,
    Ping,
    ShowPresence,
    Unfollow,
    is_op,
    is_presence,
    plain_cursor,
    read_message,
)
from codesign.live.pace import WAITING_BYTES, Pace
from codesign.live.room import Room
from codesign.live.rooms import Rooms

log = logging.getLogger(__name__)

PROTOCOL = 1
#: Messages of any kind; nothing a page does comes near.
MESSAGES_PER_SECOND, MESSAGES_BURST = 200, 2_000
#: Acks told at hello; what is older is answered when it is sent again.
ACKS_AT_HELLO = 2_000

#: (browser session, workshop) -> the person it is there.
PersonFor = Callable[[str, str], Awaitable[str | None]]


class Conversation:
    """One socket's. The server hands it every frame, and says when the socket is gone."""

    def __init__(self, rooms: Rooms, session: str, wire: Wire, person_for: PersonFor) -> None:
        now = rooms.clock.monotonic()
        self.client = Client(session, wire, now)
        self._rooms = rooms
        self._person_for = person_for
        self._messages = Bucket(MESSAGES_PER_SECOND, MESSAGES_BURST, now)
        self._greeted = False
        #: The page's own client, when its hello did not show whose page it is.
        self._unclaimed: Memory | None = None
        self._busy = False
        self._backlog: deque[bytes | str] = deque()
        self._backlog_bytes = 0
        self._pace = Pace(self.client, rooms.clock, rooms.schedule, self._go_on)
        rooms.pages.enter(self.client)
        self._deadline = rooms.schedule.after(limits.HELLO_SECONDS, self._too_silent)
        if rooms.stopping:
            self.client.close("restart", delay=1_000)

    def receive(self, data: bytes | str) -> None:
        """A text frame has come."""
        if self.client.closed:
            return
        if self._rooms.ticker.is_behind and is_presence(data):
            # Not even read: when there is too much to do, this goes first (P8.3).
            self._rooms.gauges.presence_unread.inc()
            return
        if not self._messages.take(self._rooms.clock.monotonic()):
            return self.client.close("too_many")
        if len(data) > limits.MESSAGE_BYTES:
            return self.client.close("too_big")
        if self._busy:
            self._keep(data)
        else:
            self._hear(data)

    def receive_binary(self) -> None:
        self.client.close("binary")

    def restart(self) -> None:
        """The server stops: come back in a moment."""
        self.client.close("restart", delay=1_000)

    def lost(self) -> None:
        """The socket is gone."""
        self._deadline.cancel()
        self._backlog.clear()
        self._pace.stop()
        self.client.lost()

    def _is_over(self) -> bool:
        return self.client.closed

    def _too_silent(self) -> None:
        if not self._greeted:
            self.client.close("slow")

    # In order

    def _keep(self, data: bytes | str) -> None:
        self._backlog.append(data)
        self._backlog_bytes += len(data)
        if self._backlog_bytes > WAITING_BYTES:
            self.client.close("too_many")

    def _hear(self, data: bytes | str) -> None:
        """Reads what has come; an op that came too fast waits unread (P6.13)."""
        if self._greeted and is_op(data) and self._pace.is_behind:
            self._pace.keep(data, len(data))
        elif self._greeted and (cursor := plain_cursor(data)) is not None:
            self._point(*cursor)
        else:
            self._read(data)

    def _read(self, data: bytes | str) -> None:
        try:
            message = read_message(data)
        except BadMessage:
            return self.client.close("bad_message")
        self._handle(message, len(data))

    def _handle(self, message: ClientMessage, size: int) -> None:
        if not self._greeted and not isinstance(message, Hello | Ping):
            return self.client.close("bad_message")
        match message:
            case AskOp():
                self._ask(message, size)
            case ShowPresence():
                self._show(message)
            case CastBallot():
                self._aside(partial(self._cast, message))
            case Ping():
                self.client.send(frames.pong(self._rooms.clock.now()))
            case Unfollow(stream=stream):
                if (room := self.client.follows.get(stream)) is not None:
                    room.unfollow(self.client)
            case Follow():
                self._aside(partial(self._follow, message))
            case Hello() if not self._greeted:
                self._greeted = True
                self._aside(partial(self._greet, message))
            case _:
                self.client.close("bad_message")

    def _aside(self, handle: Callable[[], Awaitable[None]]) -> None:
        """Handles a message that has to wait for the journal; the next ones stand in line.

        A function and not its coroutine: a server that stops before the first step would never await that.
        """
        self._busy = True
        self._rooms.spawn(self._then_go_on(handle))

    async def _then_go_on(self, handle: Callable[[], Awaitable[None]]) -> None:
        try:
            await handle()
            self._busy = False
            self._go_on()
        except Exception as error:
            # Could not be read just now. The page comes back and asks again.
            log.warning("a message could not be handled: %s", type(error).__name__)
            self.client.close("restart", delay=1_000)

    def _go_on(self) -> None:
        """What could not be handled when it came: ops that were too fast first, for they came first."""
        while not (self._busy or self.client.closed):
            if (waited := self._pace.next()) is not None:
                op, size = waited
                if isinstance(op, AskOp):
                    self._ask(op, size)
                else:
                    self._read(op)
            elif self._backlog:
                data = self._backlog.popleft()
                self._backlog_bytes -= len(data)
                self._hear(data)
            else:
                return

    # Hello and following

    async def _greet(self, hello: Hello) -> None:
        if hello.protocol != PROTOCOL:
            return self.client.close("reload")
        rooms = self._rooms
        wanted: list[tuple[str, int, Room | None]] = [
            (at.stream, at.seq, await self._room_for(at.stream)) for at in hello.follow
        ]
        memories = await self._memories(list(hello.clients))
        # Most pages that come back miss no answer; only the others cost a read.
        unsure = {m.client: n for m in memories if (n := hello.clients[m.client]) <= m.journalled}
        journalled = await rooms.journal.acks(unsure, limit=ACKS_AT_HELLO) if unsure else []
        if self.client.closed:
            return
        # From here on without a pause: nothing commits between the acks, the tails and following.
        own = memories[0]
        people = set(self.client.people.values())
        if not hello.follow:
            # Its snapshots are still on their way: whose page it is shows when it follows. Until
            # then it is told of no client that is somebody's; what it sends again is known anyway.
            self._unclaimed = own
            memories = [memory for memory in memories if memory.person is None]
        elif not all(memory.person is None or memory.person in people for memory in memories):
            return self.client.close("forbidden")
        else:
            self._replace(own)
        told = [
            frames.welcome(
                rooms.epoch,
                rooms.clock.now(),
                next(iter(self.client.people.values()), None),
                {memory.client: memory.journalled for memory in memories if memory.journalled},
            ),
            *_acks(memories, hello.clients, journalled),
        ]
        for memory in memories:
            if memory.page in (None, self.client):  # else that page still waits for it
                for pending in memory.pending.values():
                    pending.answer_to(self.client)
        fresh = hello.epoch in (None, rooms.epoch)
        for stream, seq, room in wanted:
            told += self._tail(stream, room, seq if fresh else -1)
        self.client.send(*told)

    async def _cast(self, message: CastBallot) -> None:
        """Counted once it is on disk, and refused, whatever is wrong, to this page alone."""
        room = await self._room_for(message.stream)
        votes = self._rooms.votes
        if room is None or room.kind != "workshop" or votes is None:
            answer: Refused | None = Refused("unknown")
        else:
            person = self.client.people[room.workshop_id]
            answer = await votes.cast(room, person, message)
        name = (message.client, message.n, message.stream)
        if answer is None:
            self.client.send(frames.counted(*name, message.vote))
        else:
            self._rooms.gauges.refused.labels(answer.code).inc()
            self.client.send(frames.refused(*name, answer.code, answer.data))

    async def _follow(self, message: Follow) -> None:
        room = await self._room_for(message.stream)
        if not self.client.closed:
            self.client.send(*self._tail(message.stream, room, message.seq))

    async def _room_for(self, stream: str) -> Room | None:
        """The open room, if this page's person may follow it; both kinds of no look alike."""
        room = await self._rooms.open(stream)
        if room is None or self.client.closed:
            return None
        workshop, person = await self._who_in(room)
        if person is None or self._is_over() or not room.may_follow(person):
            return None
        if not self._rooms.pages.name(self.client, workshop, person):
            self.client.close("too_many")
            return None
        if self._unclaimed is not None:
            own, self._unclaimed = self._unclaimed, None
            if not own.belongs_to(person):
                self.client.close("forbidden")
                return None
            self._replace(own)
        return room

    async def _who_in(self, room: Room) -> tuple[str, str | None]:
        """Who this page is there, and in which workshop: the one it came with, before any other of the browser's."""
        for workshop in room.workshop_ids:
            if (person := self.client.people.get(workshop)) is not None:
                return workshop, person
        for workshop in room.workshop_ids:
            person = await self._person_for(self.client.session, workshop)
            if person is not None and room.may_follow(person):
                return workshop, person
        return room.workshop_id, None

    def _tail(self, stream: str, room: Room | None, seq: int) -> list[Frame]:
        """Follows, and what was missed; or why not (P6.8)."""
        person = None if room is None else room.person_of(self.client)
        if room is None or person is None or not room.may_follow(person):
            return [frames.unfollowed(stream, "unknown")]
        if not self._rooms.keeping.is_open(room):
            return [frames.unfollowed(stream, "too_old")]
        if self.client not in room.followers and (
            len(room.followers) >= limits.CONNECTIONS_PER_STREAM
        ):
            self.client.close("too_many")
            return []
        missed = room.follow(self.client, seq, person)
        if missed is None:
            self._rooms.gauges.resyncs.inc()
            return [frames.unfollowed(stream, "too_old")]
        return missed

    def _replace(self, own: Memory) -> None:
        """The page has a new socket: the old one is over, its waiting ops will be sent again (P6.12)."""
        old, own.page = own.page, self.client
        self.client.id = own.client
        if old is not None:
            old.close("replaced")

    async def _memories(self, clients: list[str]) -> list[Memory]:
        known = self._rooms.memories
        missing = [client for client in clients if known.get(client) is None]
        found = await self._rooms.journal.last(missing) if missing else {}
        return [known.add(client, found.get(client)) for client in clients]

    # Ops and presence

    def _ask(self, message: AskOp, size: int) -> None:
        room = self.client.follows.get(message.stream)
        memory = self._rooms.memories.get(message.client)
        if room is None or memory is None:
            self._aside(partial(self._ask_slowly, message, size))
        else:
            self._put(room, memory, message, size)

    async def _ask_slowly(self, message: AskOp, size: int) -> None:
        """Of a stream this page does not follow, or by a client it took over just now."""
        room = await self._room_for(message.stream)
        (memory,) = await self._memories([message.client])
        if self.client.closed:
            return
        if room is None or room.person_of(self.client) is None:
            self._answer(message, Refused("unknown"))
        elif not self._rooms.keeping.is_open(room):
            self._answer(message, Refused("unavailable"))
        else:
            self._put(room, memory, message, size)

    def _put(self, room: Room, memory: Memory, message: AskOp, size: int) -> None:
        person = room.person_of(self.client)
        assert person is not None  # noqa: S101  it follows the room, or was asked just now
        # Without a name not even the client may be known as somebody's.
        named = room.is_nameless and memory.person is not None
        if named or not memory.belongs_to(person):
            return self._answer(message, Refused("forbidden"))
        if (pending := memory.pending.get(message.n)) is not None:
            if pending.digest != message.digest:
                self._answer(message, Refused("bad_op", {"where": "n"}))
            elif pending.to is not self.client:
                pending.answer_to(self.client)
            return None
        if (known := memory.answers.get(message.n)) is not None:
            same = known.digest == message.digest
            answer = known.answer if same else Refused("bad_op", {"where": "n"})
            return self._answer(message, answer)
        if not self._pace.take():
            return self._pace.keep(message, size)
        if self.client.undecided > limits.OPS_WAITING or (
            self.client.undecided_bytes > WAITING_BYTES
        ):
            return self.client.close("too_many")  # decided too slowly
        asked = Asked(
            message.stream,
            message.op,
            message.digest,
            person,
            base=message.base,
            memory=memory,
            n=message.n,
            size=size,
            is_nameless=room.is_nameless,
        )
        memory.meet(asked)
        asked.answer_to(self.client)
        return room.put(asked)

    def _show(self, message: ShowPresence) -> None:
        room = self.client.follows.get(message.stream)
        if room is None or not self.client.presence_bucket.take(self._rooms.clock.monotonic()):
            return
        if message.cheer is not None and not self.client.cheer_bucket.take(
            self._rooms.clock.monotonic()
        ):
            message = message.without(frozenset({"cheer"}))
        if (person := room.person_of(self.client)) is not None:
            room.show_presence(person, message, self.client)

    def _point(self, stream: str, cursor: bytes) -> None:
        """As `_show`, unread: most cursors are replaced before anybody is told of them."""
        room = self.client.follows.get(stream)
        person = None if room is None else room.person_of(self.client)
        if room is None or person is None:
            return
        if self.client.presence_bucket.take(self._rooms.clock.monotonic()):
            room.show_cursor(person, cursor, self.client)

    def _answer(self, message: AskOp, answer: Answer) -> None:
        if isinstance(answer, Refused):
            self._rooms.gauges.refused.labels(answer.code).inc()
        self.client.send(answer_frame(message.client, message.n, message.stream, answer))


def _acks(
    memories: list[Memory], wanted: Mapping[str, int], journalled: list[tuple[str, int, str, int]]
) -> list[Frame]:
    """One ack for each op on disk from the given n on: the journal's, and what committed since."""
    told = {memory.client for memory in memories}
    found = {(client, n): (stream, seq) for client, n, stream, seq in journalled if client in told}
    for memory in memories:
        for n, known in memory.answers.items():
            if isinstance(known.answer, Done) and n >= wanted[memory.client]:
                found[memory.client, n] = (known.stream, known.answer.seq)
    return [frames.ack(*name, *where) for name, where in sorted(found.items())[:ACKS_AT_HELLO]]
