"""The three bodies of the wire keep the same promises (P6.14). Over real sockets: tests/web/test_{socket,line}.py."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from typing import Any

import pytest

from codesign.core import limits
from codesign.live.client import PRESENCE_BYTES, AsgiWire, RawWire
from codesign.live.clock import Schedule
from codesign.live.frames import Frame
from codesign.live.held import HeldWire, Told
from tests.live.hall import StillClock


class StuckTransport:
    """A socket that takes what it is given when told to, and not before."""

    def __init__(self) -> None:
        self.buffer = b""
        self.taken = b""

    def write(self, data: bytes) -> None:
        self.buffer += data

    def get_write_buffer_size(self) -> int:
        return len(self.buffer)

    def is_closing(self) -> bool:
        return False

    def take(self, size: int) -> None:
        self.taken += self.buffer[:size]
        self.buffer = self.buffer[size:]


class Raw:
    def __init__(self) -> None:
        self.transport = StuckTransport()
        self.codes: list[int] = []
        self.held: list[bool] = []
        self.wire = RawWire(self.transport, self.codes.append, self.held.append)

    async def drain(self) -> bytes:
        self.transport.take(len(self.transport.buffer))
        return self.transport.taken

    async def over(self) -> None:
        pass


class Asgi:
    def __init__(self) -> None:
        self.codes: list[int] = []
        self._taken = b""
        self._open = asyncio.Event()
        self.wire = AsgiWire(self._send)
        self._running = asyncio.create_task(self.wire.run())

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        await self._open.wait()
        if message["type"] == "websocket.close":
            self.codes.append(message["code"])
        else:
            self._taken += Frame(message["text"].encode()).wire

    async def over(self) -> None:
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)

    async def drain(self) -> bytes:
        self._open.set()
        for _ in range(1_000):
            await asyncio.sleep(0)
        self._open.clear()
        return self._taken


class Held:
    """A page that asks again as soon as it has its answer, while it drains."""

    def __init__(self) -> None:
        self.codes: list[int] = []
        self._taken = b""
        self._heard = 0
        self._schedule = Schedule(StillClock())
        self.wire = HeldWire(self._schedule, over=lambda: None)

    async def over(self) -> None:
        pass

    async def drain(self) -> bytes:
        answers = 1
        while answers and not self.codes:
            told: list[Told] = []
            reader = told.append
            assert self.wire.listen(self._heard, reader)
            self._schedule.run_due()
            self.wire.leave(reader)
            answers = len(told)
            for answer in told:
                self._heard = answer.first + len(answer.frames) - 1
                self._taken += b"".join(frame.wire for frame in answer.frames)
                self.codes += [answer.close] if answer.close else []
        return self._taken


End = Raw | Asgi | Held


@pytest.fixture(params=[Raw, Asgi, Held])
async def end(request: pytest.FixtureRequest) -> AsyncIterator[End]:
    made: End = request.param()
    await asyncio.sleep(0)
    yield made
    await made.over()


def frames(count: int, size: int = 10) -> list[Frame]:
    return [Frame(str(number).encode().ljust(size, b".")) for number in range(count)]


async def test_frames_arrive_whole_and_in_order(end: End) -> None:
    sent = frames(20, 50) + frames(3, 300) + frames(2, 70_000)
    for frame in sent[:10]:
        assert end.wire.send((frame,))
    assert end.wire.send(sent[10:])
    assert await end.drain() == b"".join(frame.wire for frame in sent)


async def test_no_more_than_256_messages_wait(end: End) -> None:
    assert end.wire.send(frames(1))
    await asyncio.sleep(0)
    fit = 0
    while end.wire.send(frames(1)):
        fit += 1
    assert fit in (limits.OUTGOING_MESSAGES - 1, limits.OUTGOING_MESSAGES)
    await end.drain()
    assert end.wire.send(frames(1))


async def test_no_more_than_a_mebibyte_waits(end: End) -> None:
    assert end.wire.send(frames(1, 500_000))
    assert end.wire.send(frames(1, 500_000))
    assert not end.wire.send(frames(1, 500_000))
    assert end.wire.send(frames(1, 1_000))
    await end.drain()
    assert end.wire.send(frames(1, 500_000))


async def test_one_message_that_is_bigger_fits_when_nothing_waits(end: End) -> None:
    assert end.wire.send(frames(1, 2_000_000))
    assert not end.wire.send(frames(1))
    await end.drain()
    assert end.wire.send(frames(1))


async def test_presence_is_not_taken_by_one_who_is_behind(end: End) -> None:
    assert end.wire.send_if_idle(frames(1)[0])
    assert end.wire.send(frames(1, PRESENCE_BYTES))
    assert not end.wire.send_if_idle(frames(1)[0])
    assert end.wire.send(frames(1))
    await end.drain()
    assert end.wire.send_if_idle(frames(1)[0])


async def test_a_reader_that_drains_slowly_but_steadily_is_not_too_slow() -> None:
    raw = Raw()
    for number in range(2_000):
        assert raw.wire.send(frames(1, 100)), number
        if raw.transport.get_write_buffer_size() > 10_000:
            raw.transport.take(102)


async def test_close_comes_after_what_was_taken(end: End) -> None:
    end.wire.send(frames(3))
    end.wire.close(4408)
    assert await end.drain() == b"".join(frame.wire for frame in frames(3))
    assert end.codes == [4408]


async def test_a_wire_leaves_unread_what_is_said_or_says_that_it_cannot(end: End) -> None:
    """What a page is allowed depends on it (P6.13)."""
    assert end.wire.hold(True) == end.wire.hold(False) == isinstance(end, Raw)
    if isinstance(end, Raw):
        assert end.held == [True, False]
