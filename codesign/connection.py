"""How a page without a browser stays connected: by a socket, or by the line where none opens.

docs/protocol.md 6 and 12; in the browser it is static/js/board/socket.js that does so.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from codesign.line import HeldLine, open_line
from codesign.sync import Sync
from codesign.sync.ways import OPEN_SECONDS, UNHEARD_SECONDS, Failure, Way, Ways
from codesign.visiting import HttpError, Visitor

Message = dict[str, Any]
Queue = asyncio.Queue[Message]
PING_SECONDS = 20.0
PATIENCE_SECONDS = 10.0
LEAST_WAIT, MOST_WAIT = 0.5, 8.0
#: Whoever waits for days must not count beyond what a number can hold.
MOST_DOUBLINGS = 20
#: From opening a line to its first word: its answers come whole.
UNHEARD_ON_A_LINE = 20.0
#: How long a socket that is tried beside the line has to answer.
PROOF_SECONDS = 9.0
#: Answers and close codes after which there is no point in another try (P6.10).
REFUSALS = {401: "session", 403: "forbidden"}
STOPS = {4401: "session", 4403: "forbidden", 4410: "reload"}
_chance = secrets.SystemRandom()


class CameToNothing(Exception):
    """A socket or line that did not serve: `late`, `unheard`, `ended` or `silent` (codesign.sync.ways)."""

    def __init__(self, way: Way, how: Failure) -> None:
        super().__init__(way, how)
        self.way = way
        self.how = how


class ChangesOver(Exception):
    """A socket gets through by now; the line has served."""


class Connection:
    """Carries messages between `sync` and the server, for as long as `stay` runs."""

    def __init__(
        self,
        visitor: Visitor,
        headers: Mapping[str, str],
        sync: Sync,
        *,
        heard: Callable[[Message], None],
        lost: Callable[[], None],
        stopped: Callable[[str], None],
    ) -> None:
        """`heard` after each message, `lost` when a socket or line has ended, `stopped` for good."""
        self._visitor = visitor
        self._headers = headers
        self._sync = sync
        self._heard = heard
        self._lost = lost
        self._stopped = stopped
        self._ways = Ways(time.monotonic)
        self._socket: ClientConnection | HeldLine | None = None
        #: A socket that was tried beside the line, and is taken next.
        self._proven: ClientConnection | None = None
        self._not_before = 0.0
        self._is_over = False

    @property
    def way(self) -> Way:
        """By which it is connected, or will be next (P12.9)."""
        return self._ways.next

    def stop(self, why: str) -> None:
        """There is no point in another try."""
        self._is_over = True
        self._stopped(why)

    def drop(self) -> bool:
        """Cuts it, as a tunnel does. Whether there was anything to cut."""
        if isinstance(self._socket, HeldLine):
            self._socket.abort()
        elif self._socket is not None:
            self._socket.transport.abort()
        return self._socket is not None

    async def stay(self) -> None:
        """Connected, and again and again, until the server will not have this person any more."""
        tries = 0
        while not self._is_over:
            goes_elsewhere = False
            try:
                await self._talk()
            except HttpError as error:
                if error.status in REFUSALS:
                    self.stop(REFUSALS[error.status])
            except ConnectionClosed as closed:
                tries = 0 if self._sync.is_online else tries
                if closed.rcvd and closed.rcvd.code in STOPS:
                    self.stop(STOPS[closed.rcvd.code])
            except CameToNothing as nothing:
                goes_elsewhere = self._ways.failed(nothing.way, nothing.how)
            except ChangesOver:
                goes_elsewhere = True
            except OSError:
                pass
            self._sync.send = lambda message: None
            self._sync.closed()
            self._lost()
            tries += 1
            if not (goes_elsewhere or self._is_over):
                await asyncio.sleep(self._pause(tries))

    def _pause(self, tries: int) -> float:
        """Full jitter (P6.11), and never sooner than the server asked."""
        most = min(MOST_WAIT, LEAST_WAIT * 2 ** min(tries, MOST_DOUBLINGS))
        return max(0.0, self._not_before - time.monotonic()) + _chance.uniform(LEAST_WAIT, most)

    async def _talk(self) -> None:
        """One socket or line, from its ticket to its end."""
        way = self._ways.next
        async with self._open(way) as socket:
            self._socket, out = socket, Queue()
            self._sync.send = out.put_nowait
            self._sync.send(self._sync.opened())
            # An end for each of them ends the others, too.
            tasks = [asyncio.create_task(_write(socket, out))]
            tasks.append(asyncio.create_task(self._listen(socket, way)))
            if way == "line":
                tasks.append(asyncio.create_task(self._look_for_a_socket()))
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in (tasks[1], *done):
                    if task.done():
                        task.result()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    @asynccontextmanager
    async def _open(self, way: Way) -> AsyncIterator[ClientConnection | HeldLine]:
        if way == "line":
            async with self._open_line() as line:
                yield line
            return
        socket, self._proven = self._proven, None
        if socket is None:
            try:
                socket = await self._open_socket(OPEN_SECONDS)
            except TimeoutError:
                raise CameToNothing("socket", "late") from None
            except InvalidHandshake:
                raise CameToNothing("socket", "ended") from None
        async with socket:
            yield socket

    @asynccontextmanager
    async def _open_line(self) -> AsyncIterator[HeldLine]:
        async with contextlib.AsyncExitStack() as stack:
            ticket = await self._ticket()
            try:
                line = await stack.enter_async_context(open_line(self._visitor, ticket))
            except OSError:
                raise CameToNothing("line", "ended") from None
            yield line

    async def _open_socket(self, seconds: float) -> ClientConnection:
        url = f"{self._visitor.origin.replace('http', 'ws', 1)}/socket?ticket={quote(await self._ticket())}"
        headers = {**self._headers, "Origin": self._visitor.origin}
        return await connect(
            url,
            additional_headers=headers,
            compression=None,
            ping_interval=None,
            max_size=None,
            open_timeout=seconds,
            close_timeout=1,
        )

    async def _ticket(self) -> str:
        return str(json.loads(await self._visitor.post("/ticket", {}))["ticket"])

    async def _look_for_a_socket(self) -> None:
        """Beside the line, now and then; changes over to one that answers a ping."""
        while True:
            await asyncio.sleep(self._ways.until_probe)
            socket = None
            try:
                async with asyncio.timeout(PROOF_SECONDS):
                    socket = await self._open_socket(PROOF_SECONDS)
                    await socket.send('{"type":"ping"}')
                    await socket.recv()
            except (OSError, HttpError, InvalidHandshake, ConnectionClosed):
                if socket is not None:
                    socket.transport.abort()
                self._ways.probed(answered=False)
            else:
                self._ways.probed(answered=True)
                self._proven = socket
                raise ChangesOver

    async def _listen(self, socket: ClientConnection | HeldLine, way: Way) -> None:
        self._hear(json.loads(await self._first_word(socket, way)), way)
        while True:
            try:
                async with asyncio.timeout(PING_SECONDS):
                    frame = await socket.recv()
            except TimeoutError:
                self._sync.send({"type": "ping"})
                try:
                    async with asyncio.timeout(PATIENCE_SECONDS):
                        frame = await socket.recv()
                except TimeoutError:
                    raise CameToNothing(way, "silent") from None
            self._hear(json.loads(frame), way)

    async def _first_word(self, socket: ClientConnection | HeldLine, way: Way) -> str | bytes:
        try:
            async with asyncio.timeout(UNHEARD_SECONDS if way == "socket" else UNHEARD_ON_A_LINE):
                return await socket.recv()
        except TimeoutError:
            raise CameToNothing(way, "unheard") from None
        except ConnectionClosed as closed:
            if closed.rcvd is not None and closed.rcvd.code in STOPS:
                raise
            raise CameToNothing(way, "ended") from None

    def _hear(self, message: Message, way: Way) -> None:
        if message["type"] == "bye":
            self._not_before = time.monotonic() + message["delay"] / 1000
        if message["type"] == "welcome":
            self._ways.worked(way)
        self._sync.receive(message)
        self._heard(message)


async def _write(socket: ClientConnection | HeldLine, out: Queue) -> None:
    while True:
        await socket.send(json.dumps(await out.get(), ensure_ascii=False))
