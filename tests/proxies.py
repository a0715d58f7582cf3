"""A proxy of a kind that city halls have: real sockets on both sides, and ways of its own with what goes through.

It reads the head of the first request of each connection to tell a WebSocket from a page, and knows no more of HTTP
than where an answer ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

#: What becomes of WebSockets: they pass; are refused; are taken, and never answered; or open, and then nothing comes
#: down, nothing goes up, or what comes down is kept until there is more of it than there ever is.
Sockets = Literal["pass", "refuse", "hang", "mute", "deaf", "keep"]
CHUNK = 16 * 1024


class Proxy:
    """Its habits may be changed while it runs; those of a connection are settled when it begins."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self.sockets: Sockets = "pass"
        #: Answers are handed on when they are whole.
        self.keeps_answers = False
        #: Every connection is cut this long (seconds) after it began.
        self.cuts_after: float | None = None
        #: One in so many answers to requests of a line is cut in the middle, and one in so many is not fetched at all.
        self.cuts_answers = 0
        #: Seconds that everything takes on its way, and bytes a second, in each direction.
        self.delay = 0.0
        self.rate: float | None = None
        self.port = 0
        #: Heads of requests by their first line, for tests that want to know.
        self.asked: list[str] = []
        self._answers = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def open_sockets(self) -> int:
        return sum(task.get_name() == "socket" for task in self._tasks)

    def cut_all(self) -> None:
        for task in list(self._tasks):
            task.cancel()

    async def take(self, down: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                async with asyncio.timeout(self.cuts_after):
                    await self._pass(task, down, out)
        except TimeoutError:
            pass
        finally:
            self._tasks.discard(task)
            out.transport.abort()

    async def _pass(
        self,
        task: asyncio.Task[None],
        page: asyncio.StreamReader,
        to_page: asyncio.StreamWriter,
    ) -> None:
        head = await page.readuntil(b"\r\n\r\n")
        self.asked.append(head.split(b"\r\n", 1)[0].decode("latin-1"))
        is_socket = b"upgrade: websocket" in head.lower()
        if is_socket:
            task.set_name("socket")
        if is_socket and self.sockets == "refuse":
            to_page.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            await to_page.drain()
            return
        if is_socket and self.sockets == "hang":
            await page.read()
            return
        server, to_server = await asyncio.open_connection(*self._target)
        to_server.write(head)
        ways = Ways(self, server, to_server, page, to_page)
        try:
            await (ways.of_a_socket(self.sockets) if is_socket else ways.of_pages())
        finally:
            to_server.transport.abort()

    def answers_badly(self) -> bool:
        """Whether this answer is one of those that are cut."""
        self._answers += 1
        return bool(self.cuts_answers) and self._answers % self.cuts_answers == 0


class Ways:
    """One connection's two directions."""

    def __init__(
        self,
        proxy: Proxy,
        server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
        page: asyncio.StreamReader,
        to_page: asyncio.StreamWriter,
    ) -> None:
        self.proxy = proxy
        self.server, self.to_server = server, to_server
        self.page, self.to_page = page, to_page

    async def of_a_socket(self, habit: Sockets) -> None:
        # The handshake passes, in both directions.
        self.to_page.write(await self.server.readuntil(b"\r\n\r\n"))
        up = self._drop(self.page) if habit == "deaf" else self._move(self.page, self.to_server)
        silent = habit in ("mute", "keep")
        down = self._drop(self.server) if silent else self._move(self.server, self.to_page)
        await _first_of(up, down)

    async def of_pages(self) -> None:
        # Requests after the first are passed as they come; only answers are looked at.
        whole = self.proxy.keeps_answers or self.proxy.cuts_answers
        down = self._answers() if whole else self._move(self.server, self.to_page)
        await _first_of(self._move(self.page, self.to_server), down)

    async def _answers(self) -> None:
        while True:
            head = await self.server.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            body = await self.server.readexactly(int(length[1])) if length else b""
            answer = head + body
            if self.proxy.answers_badly():
                self.to_page.write(answer[: len(answer) // 2])
                await self.to_page.drain()
                return
            self.to_page.write(answer)
            await self.to_page.drain()

    async def _move(self, source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        """As it comes; late by `delay` and no faster than `rate`, as on a far or narrow way."""
        late: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=1_000)

        async def let_out() -> None:
            while True:
                due, data = await late.get()
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                to.write(data)
                await to.drain()
                if not data:
                    return

        async def let_in() -> None:
            free = 0.0
            while data := await source.read(CHUNK):
                free = max(free, time.monotonic()) + (
                    len(data) / self.proxy.rate if self.proxy.rate else 0.0
                )
                await late.put((free + self.proxy.delay, data))
            await late.put((time.monotonic() + self.proxy.delay, b""))
            await asyncio.Event().wait()

        await _first_of(let_out(), let_in())

    async def _drop(self, source: asyncio.StreamReader) -> None:
        while await source.read(CHUNK):
            pass


async def _first_of(*works: object) -> None:
    """Until one of them is done; the others end with it."""
    tasks = [asyncio.ensure_future(work) for work in works]  # type: ignore[call-overload]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def proxied(host: str, port: int) -> AsyncIterator[Proxy]:
    """A proxy before this server."""
    proxy = Proxy((host, port))
    server = await asyncio.start_server(proxy.take, "127.0.0.1", 0, limit=2**20)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        proxy.cut_all()
        while proxy._tasks:  # noqa: ASYNC110 - they end by being cancelled
            await asyncio.sleep(0)
