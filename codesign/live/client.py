"""One page of one person, connected: who it is, what it follows, and the one way to tell it something.

`Wire` has two bodies, the raw transport and plain ASGI; tests/live/test_wires.py holds both to the
same promises. Nothing awaits a single reader: what does not fit is not sent.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from codesign.core import limits
from codesign.live import frames
from codesign.live.frames import Frame
from codesign.live.limits import Bucket

if TYPE_CHECKING:
    from codesign.live.room import Room

#: Close codes (P6.10). `replaced` is no refusal: the same page has a newer socket (P6.12).
CLOSE_CODES = {
    "replaced": 1000,
    "binary": 1003,
    "too_big": 1009,
    "restart": 1012,
    "bad_message": 4400,
    "session": 4401,
    "forbidden": 4403,
    "slow": 4408,
    "reload": 4410,
    "too_many": 4429,
}
#: What a reader must have left unread before presence is no longer sent to it: it is dropped first.
PRESENCE_BYTES = 64 * 1024
#: How long a cut reader has to take its close frame.
CLOSE_SECONDS = 2.0


class Wire(Protocol):
    """Where frames go. It never blocks, and takes no more than a bounded amount."""

    @property
    def queued(self) -> int:
        """Bytes taken and not yet gone."""

    def send(self, batch: Sequence[Frame]) -> bool:
        """Takes the frames, or none of them when they do not fit (P6.14)."""

    def send_if_idle(self, frame: Frame) -> bool:
        """Takes the frame unless the reader is behind: for presence."""

    def hold(self, on: bool) -> bool:
        """Leaves unread what the page says, or reads on. False: this wire takes whatever comes."""

    def close(self, code: int) -> None:
        """Ends it after what was taken, or after `CLOSE_SECONDS`."""


class Transport(Protocol):
    """The part of an asyncio transport that is used here."""

    def write(self, data: bytes) -> None: ...
    def get_write_buffer_size(self) -> int: ...
    def is_closing(self) -> bool: ...


class RawWire:
    """Writes finished frames straight to the socket's transport."""

    __slots__ = ("_close", "_hold", "_sizes", "_sum", "_transport")

    def __init__(
        self, transport: Transport, close: Callable[[int], None], hold: Callable[[bool], None]
    ) -> None:
        self._transport = transport
        self._close = close
        self._hold = hold
        #: Sizes of what was written since the buffer was last empty: tells how many still wait.
        self._sizes: deque[int] = deque()
        self._sum = 0

    @property
    def queued(self) -> int:
        return self._transport.get_write_buffer_size()

    def send(self, batch: Sequence[Frame]) -> bool:
        data = batch[0].wire if len(batch) == 1 else b"".join([frame.wire for frame in batch])
        queued = self._transport.get_write_buffer_size()
        if queued:
            if not self._fits(queued, len(data)):
                return False
            self._sizes.append(len(data))
            self._sum += len(data)
        elif self._sizes:
            self._sizes.clear()
            self._sum = 0
        if not self._transport.is_closing():
            self._transport.write(data)
        return True

    def send_if_idle(self, frame: Frame) -> bool:
        return self._transport.get_write_buffer_size() < PRESENCE_BYTES and self.send((frame,))

    def hold(self, on: bool) -> bool:
        self._hold(on)
        return True

    def close(self, code: int) -> None:
        self._close(code)

    def _fits(self, queued: int, size: int) -> bool:
        while self._sizes and self._sum - self._sizes[0] >= queued:
            self._sum -= self._sizes.popleft()
        return (
            queued + size <= limits.OUTGOING_BYTES and len(self._sizes) < limits.OUTGOING_MESSAGES
        )


Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class AsgiWire:
    """A bounded queue before ASGI's `send`; `run` empties it. For servers without our protocol class."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._queue: deque[tuple[Sequence[Frame], int]] = deque()
        self._bytes = 0
        self._ready = asyncio.Event()
        self._code: int | None = None
        self._stuck = asyncio.Event()

    @property
    def queued(self) -> int:
        return self._bytes

    def send(self, batch: Sequence[Frame]) -> bool:
        size = sum(len(frame) for frame in batch)
        full = len(self._queue) >= limits.OUTGOING_MESSAGES
        if self._queue and (full or self._bytes + size > limits.OUTGOING_BYTES):
            return False
        if self._code is None:
            self._queue.append((batch, size))
            self._bytes += size
            self._ready.set()
        return True

    def send_if_idle(self, frame: Frame) -> bool:
        return self._bytes < PRESENCE_BYTES and self.send((frame,))

    def hold(self, on: bool) -> bool:
        return False  # some servers would gather it in memory, without a bound

    def close(self, code: int) -> None:
        if self._code is None:
            self._code = code
            self._ready.set()
            asyncio.get_running_loop().call_later(CLOSE_SECONDS, self._stuck.set)

    async def run(self) -> None:
        """Sends until closed; ends by itself when a closed reader takes nothing."""
        sending = asyncio.create_task(self._drain())
        stuck = asyncio.create_task(self._stuck.wait())
        try:
            await asyncio.wait((sending, stuck), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, stuck):
                task.cancel()
            await asyncio.gather(sending, stuck, return_exceptions=True)

    async def _drain(self) -> None:
        while True:
            await self._ready.wait()
            self._ready.clear()
            while self._queue:
                batch, size = self._queue[0]
                for frame in batch:
                    await self._send({"type": "websocket.send", "text": frame.payload.decode()})
                self._queue.popleft()
                self._bytes -= size
            if self._code is not None:
                await self._send({"type": "websocket.close", "code": self._code})
                return


class Client:
    """A connected page. Rooms and the conversation hold it; when it closes they let go of it."""

    __slots__ = (
        "cheer_bucket",
        "closed",
        "follows",
        "id",
        "on_close",
        "people",
        "presence_bucket",
        "session",
        "undecided",
        "undecided_bytes",
        "wire",
    )

    def __init__(self, session: str, wire: Wire, now: float) -> None:
        self.session = session
        self.wire = wire
        #: The page's client id; empty until hello.
        self.id = ""
        #: Which person it is in each workshop it has to do with.
        self.people: dict[str, str] = {}
        self.follows: dict[str, Room] = {}
        self.closed = False
        self.on_close: Callable[[Client, str], None] | None = None
        self.presence_bucket = Bucket(2 * limits.PRESENCE_PER_SECOND, 20, now)
        self.cheer_bucket = Bucket(limits.CHEERS_PER_SECOND, limits.CHEERS_BURST, now)
        #: Ops that a room has and has not answered yet, and their bytes.
        self.undecided = 0
        self.undecided_bytes = 0

    def send(self, *batch: Frame) -> None:
        """Queues the frames, or closes the socket as too slow (P6.14)."""
        if not self.closed and not self.wire.send(batch):
            self.close("slow")

    def send_presence(self, frame: Frame) -> bool:
        return self.closed or self.wire.send_if_idle(frame)

    def close(self, code: str, *, delay: int = 0) -> None:
        """Says bye if that still fits, and ends the socket. Safe to call again."""
        if self.closed:
            return
        self.closed = True
        if code not in ("replaced", "binary", "too_big", "gone"):
            self.wire.send((frames.bye(code, delay),))
        self.lost(code)
        self.wire.close(CLOSE_CODES[code])

    def lost(self, code: str = "gone") -> None:
        """The socket is gone, by whichever side: nobody keeps the client any longer."""
        self.closed = True
        forget, self.on_close = self.on_close, None
        if forget is not None:
            forget(self, code)
