"""A real server with real sockets around rooms in memory; who is visiting stands in a header."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx2 as httpx
import websockets
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import Route, WebSocketRoute
from websockets.asyncio.client import ClientConnection, connect

from codesign.app import line_routes
from codesign.live.clock import SystemClock
from codesign.live.lines import Lines
from codesign.live.rooms import Rooms
from codesign.store.journal import Journal
from codesign.store.memory import MemoryJournal
from codesign.web.line import LinePages
from codesign.web.protocol import Server, server_config
from codesign.web.snapshots import SnapshotPage
from codesign.web.socket import SocketEndpoint, TicketPage
from codesign.web.tickets import Tickets
from codesign.web.visits import Visit
from tests.builders import ANNA, OLGA, PEOPLE, WORKSHOP, an_id
from tests.live.hall import (
    BOARD_STREAM,
    EPOCH,
    SET_UP,
    WORKSHOP_STREAM,
    add_board,
)

YEAR_MS = 365 * 24 * 60 * 60 * 1000


class Served:
    """The server's address, its rooms, and short ways to talk to it."""

    def __init__(self, rooms: Rooms, port: int, server: Server, lines: Lines) -> None:
        self.rooms = rooms
        self.lines = lines
        self.port = port
        self.server = server
        self.sessions_over: set[str] = set()
        self.expires_in = YEAR_MS
        self.origin = f"http://127.0.0.1:{port}"
        self._pages = 0

    async def ticket(self, person: str) -> str:
        async with httpx.AsyncClient(base_url=self.origin) as http:
            answer = await http.post("/ticket", headers=self.headers(person))
            return str(answer.json()["ticket"])

    def headers(self, person: str) -> dict[str, str]:
        return {"x-person": person, "Origin": self.origin}

    async def open(self, person: str = ANNA, **more: Any) -> ClientConnection:
        """A socket that has not said hello yet."""
        url = f"ws://127.0.0.1:{self.port}/socket?ticket={await self.ticket(person)}"
        more = {"compression": None, "ping_interval": None, "close_timeout": 1, **more}
        return await connect(url, additional_headers=self.headers(person), **more)

    @asynccontextmanager
    async def page(
        self, person: str = ANNA, client: str | None = None, seq: int | None = None, **more: Any
    ) -> AsyncIterator[Page]:
        """A page that has said hello and heard what there was."""
        self._pages += 1
        page = Page(await self.open(person, **more), client or an_id(f"page {self._pages}"))
        try:
            await page.hello(await self.head() if seq is None else seq)
            yield page
        finally:
            await page.socket.close()

    @property
    def connected(self) -> int:
        """Connections that the server has, whether or not they are still pages."""
        return len(self.server.server_state.connections)

    async def until_connected(self, count: int) -> None:
        await until(lambda: self.connected == count)

    async def stalled(self, person: str) -> socket.socket:
        """A socket that says hello and never reads what comes."""
        loop = asyncio.get_running_loop()
        plain = socket.socket()
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.setblocking(False)
        await loop.sock_connect(plain, ("127.0.0.1", self.port))
        lines = [
            f"GET /socket?ticket={await self.ticket(person)} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            *(f"{name}: {value}" for name, value in self.headers(person).items()),
        ]
        await loop.sock_sendall(plain, ("\r\n".join(lines) + "\r\n\r\n").encode())
        await loop.sock_recv(plain, 4096)
        follow = [{"stream": BOARD_STREAM, "seq": await self.head()}]
        client = {an_id("stalled page"): 1}
        hello = {"type": "hello", "protocol": 1, "epoch": None, "clients": client}
        said = json.dumps({**hello, "follow": follow}).encode()
        head = b"\x81\xfe" + len(said).to_bytes(2) + bytes(4)  # a mask of zeros
        await loop.sock_sendall(plain, head + said)
        return plain

    async def head(self) -> int:
        found = await self.rooms.state(BOARD_STREAM)
        assert found is not None
        return found[0]


class Page:
    def __init__(self, socket: ClientConnection, client: str) -> None:
        self.socket = socket
        self.client = client
        self.n = 0

    async def say(self, type: str, **fields: Any) -> None:
        await self.socket.send(json.dumps({"type": type, **fields}))

    async def hear(self, *types: str) -> dict[str, Any]:
        """The next message of these types (any but presence when none is given)."""
        while True:
            message: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), 10))
            if message["type"] in types or (not types and message["type"] != "presence"):
                return message

    async def hello(self, seq: int = 0) -> dict[str, Any]:
        follow = [{"stream": WORKSHOP_STREAM, "seq": 6}, {"stream": BOARD_STREAM, "seq": seq}]
        clients = {self.client: 1}
        await self.say("hello", protocol=1, epoch=None, clients=clients, follow=follow)
        return await self.hear("welcome")

    async def ask(self, op: dict[str, Any], *, n: int | None = None, base: int = 0) -> int:
        self.n = n or self.n + 1
        said = {"client": self.client, "n": self.n, "stream": BOARD_STREAM, "base": base}
        await self.say("op", **said, op=op)
        return self.n

    async def closed(self) -> int:
        """Reads until the server closes; the code."""
        with contextlib.suppress(websockets.ConnectionClosed):
            while True:
                await asyncio.wait_for(self.socket.recv(), 15)
        assert self.socket.close_code is not None
        return self.socket.close_code


@asynccontextmanager
async def serving(journal: Journal | None = None, **config: Any) -> AsyncIterator[Served]:
    rooms = Rooms(journal or MemoryJournal(), EPOCH, clock=SystemClock())
    tickets = Tickets(b"a secret of thirty-two bytes and more")
    lines = Lines()
    listening = socket.create_server(("127.0.0.1", 0))
    served: Served

    async def visit_of(connection: HTTPConnection) -> Visit | None:
        person = connection.headers.get("x-person")
        if person is None or person in served.sessions_over:
            return None

        async def person_for(session: str, workshop: str) -> str | None:
            return session if workshop == WORKSHOP and session in PEOPLE else None

        async def look_again() -> int | None:
            return None if person in served.sessions_over else rooms.clock.now() + YEAR_MS

        expires = rooms.clock.now() + served.expires_in
        return Visit(rooms, tickets, person, expires, person_for, look_again)

    app = Starlette(
        routes=[
            WebSocketRoute("/socket", SocketEndpoint(visit_of)),
            Route("/ticket", TicketPage(visit_of).show, methods=["POST"]),
            *line_routes(LinePages(lines, visit_of)),
            Route("/streams/{stream}", SnapshotPage(visit_of).show),
        ]
    )
    server = Server(
        server_config(app, **{"lifespan": "off", **config}), rooms.stop, owns_process=False
    )
    served = Served(rooms, listening.getsockname()[1], server, lines)
    await rooms.start()
    await _set_up(rooms)
    running = asyncio.create_task(server.serve([listening]))
    await until(lambda: server.started)
    try:
        yield served
    finally:
        server.should_exit = True
        await running


async def _set_up(rooms: Rooms) -> None:
    if await rooms.state(WORKSHOP_STREAM) is not None:
        return
    await rooms.ask(WORKSHOP_STREAM, SET_UP, product=True)
    for person, role in PEOPLE.items():
        join = {"type": "join_workshop", "person": person, "role": role, "name": person.strip("_")}
        await rooms.ask(WORKSHOP_STREAM, join, product=True)
    await rooms.ask(WORKSHOP_STREAM, add_board(), person=OLGA)
    await until(lambda: (room := rooms.keeping.get(BOARD_STREAM)) is not None and room.seq > 0)


async def until(happened: Callable[[], bool], seconds: float = 10) -> None:
    """What happens in another task, or in the kernel, is looked at until it has."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.002)
