"""Somebody on a board without a browser: for scripts, tests and load. Speaks docs/protocol.md.

    place = await join("http://localhost:8000/join/…", "Ana", city="Kutaisi")
    async with Page(place) as page:
        page.ask({"type": "create_note", "id": page.new_id(), "text": "Water", **page.spot()})
        await page.saved()

What it asks is queued, sent again and rebased by the rules of a browser: those are in codesign.sync.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from codesign.core.stream import new_id
from codesign.line import HeldLine, open_line
from codesign.order import order_between
from codesign.sync import View
from codesign.sync.ballots import Ballots
from codesign.sync.lanes import Lanes
from codesign.sync.ways import OPEN_SECONDS, UNHEARD_SECONDS, Failure, Way, Ways
from codesign.visiting import HttpError, Visitor, read_board_page, read_join_page

Message = dict[str, Any]
PING_SECONDS = 20.0
PATIENCE_SECONDS = 10.0
LEAST_WAIT, MOST_WAIT = 0.5, 8.0
#: Whoever waits for days must not count beyond what a number can hold.
MOST_DOUBLINGS = 20
BEAT_SECONDS = 1.0
#: From opening a line to its first word: its answers come whole.
UNHEARD_ON_A_LINE = 20.0
#: How long a socket that is tried beside the line has to answer.
PROOF_SECONDS = 9.0
_chance = secrets.SystemRandom()
#: Close codes after which there is no point in another try (P6.10).
STOPS = {4401: "session", 4403: "forbidden", 4410: "reload"}


class CameToNothing(Exception):
    """A socket or line that did not serve: `late`, `unheard`, `ended` or `silent` (codesign.sync.ways)."""

    def __init__(self, way: Way, how: Failure) -> None:
        super().__init__(way, how)
        self.way = way
        self.how = how


class ChangesOver(Exception):
    """A socket gets through by now; the line has served."""


class Over(Exception):
    """The server will not have this person here any more; `args` says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: what a board's page tells its script, and what proves who they are."""

    origin: str
    board: str
    workshop: str
    person: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def streams(self) -> tuple[str, str]:
        return f"board:{self.board}", f"workshop:{self.workshop}"


async def join(link: str, name: str, city: str = "") -> Place:
    """Joins a workshop by its link, as somebody new; `city` by its name where there are cities."""
    visitor = Visitor(link)
    form = read_join_page(await visitor.get(link))
    fields = form.hidden | {"name": name}
    if form.cities:
        fields["city"] = form.cities.get(city) or next(iter(form.cities.values()))
    board = read_board_page(await visitor.post(link, fields))
    headers = {"Cookie": visitor.cookies}
    return Place(visitor.origin, board["board"], board["workshop"], board["person"], headers)


class Page:
    """One page of one person, open for as long as the `async with` lasts. It comes back by itself."""

    def __init__(self, place: Place, *, client: str | None = None) -> None:
        self.place = place
        self.board, self.workshop = place.streams
        #: What keys this person's lanes without a name: whoever loses it loses the right to edit there.
        self._tokens: defaultdict[str, str] = defaultdict(self.new_id)
        self.sync = Lanes(
            board=self.board,
            workshop=self.workshop,
            token=self._tokens.__getitem__,
            me=place.person,
            client=client or self.new_id(),
            now=lambda: time.time_ns() // 1_000_000,
            fetch=self._fetch,
            make_id=self.new_id,
        )
        #: Where this person's dots lie, on their way past the streams.
        self.ballots = Ballots(
            self.sync,
            self.workshop,
            client=self.new_id(),
            now=lambda: time.time_ns() // 1_000_000,
        )
        #: Refusals as they came, newest last; `text` holds words that found no place.
        self.refused: list[Message] = []
        self.sync.on("refused", self.refused.append)
        self._http = Visitor(place.origin, place.headers)
        self._out: asyncio.Queue[Message] = asyncio.Queue()
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._socket: ClientConnection | HeldLine | None = None
        self._ways = Ways(time.monotonic)
        #: A socket that was tried beside the line, and is taken next.
        self._proven: ClientConnection | None = None
        self._not_before = 0.0
        self._over: str | None = None

    # Asking and seeing

    @staticmethod
    def new_id() -> str:
        return new_id(secrets.token_bytes(16))

    def ask(self, op: Message, stream: str | None = None) -> int:
        """Asks an op of the board (or of another stream); it is seen at once. Its n."""
        return self.sync.ask(stream or self.board, op)

    def write(self, item_id: str | None, text: str, field: str = "text") -> None:
        """What a text field holds now; None is the board itself."""
        self.sync.edit_text(self.board, item_id, field, text)

    def vote(self, vote: str, dots: Mapping[str, int], voter: str | None = None) -> None:
        """All the dots of a vote, in place of those before; `voter`: somebody without a device."""
        self.ballots.put(vote, dots, voter)

    def view(self, stream: str | None = None) -> View:
        return self.sync.view(stream or self.board)

    @property
    def items(self) -> dict[str, dict[str, Any]]:
        return self.view().items

    def spot(self, region: str | None = None) -> Message:
        """A place for something new: the end of a region, or anywhere on a free board."""
        if self.view().fields.get("layout") == "free":
            return {"x": _chance.randrange(0, 400_000), "y": _chance.randrange(0, 300_000)}
        regions = sorted(item["id"] for item in self.items.values() if item["kind"] == "region")
        region = region or regions[0]
        orders = [i["order"] for i in self.items.values() if i.get("region") == region]
        return {"region": region, "order": order_between(max(orders, default=None), None)}

    async def saved(self) -> None:
        """Everything that was asked is on disk, or was refused."""
        await self.until(lambda: not (self.sync.unsent or self.ballots.unsent))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits until something holds, looking again whenever a message has come."""
        while not holds():
            if self._over is not None:
                raise Over(self._over)
            self._news.clear()
            await self._news.wait()

    # Coming and going

    async def __aenter__(self) -> Page:
        for stream in self.place.streams:
            self.sync.follow(stream)
        try:
            await self.until(lambda: all(map(self.sync.is_loaded, self.place.streams)))
            self._begin(self._stay())
            self._begin(self._beat())
            await self.until(lambda: self.sync.is_online)
        except BaseException:
            await self._end()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._end()

    def _begin(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _end(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.sync.closed()

    async def drop(self) -> None:
        """Loses the connection, as a page on a train does. It comes back by itself."""
        if self._socket is not None:
            if isinstance(self._socket, HeldLine):
                self._socket.abort()
            else:
                self._socket.transport.abort()
            await self.until(lambda: not self.sync.is_online)

    @property
    def way(self) -> Way:
        """How it is connected, or will be next: by a socket, or by the line where none opens (P12.9)."""
        return self._ways.next

    # The connection

    async def _stay(self) -> None:
        tries = 0
        while self._over is None:
            goes_elsewhere = False
            try:
                await self._talk()
            except HttpError as error:
                self._stop({401: "session", 403: "forbidden"}.get(error.status))
            except ConnectionClosed as closed:
                tries = 0 if self.sync.is_online else tries
                self._stop(STOPS.get(closed.rcvd.code) if closed.rcvd else None)
            except CameToNothing as nothing:
                goes_elsewhere = self._ways.failed(nothing.way, nothing.how)
            except ChangesOver:
                goes_elsewhere = True
            except OSError:
                pass
            self.sync.send = lambda message: None
            self.sync.closed()
            self.ballots.lost()
            self._news.set()
            tries += 1
            if not (goes_elsewhere or self._over):
                await asyncio.sleep(self._pause(tries))

    def _pause(self, tries: int) -> float:
        """Full jitter (P6.11), and never sooner than the server asked."""
        most = min(MOST_WAIT, LEAST_WAIT * 2 ** min(tries, MOST_DOUBLINGS))
        return max(0.0, self._not_before - time.monotonic()) + _chance.uniform(LEAST_WAIT, most)

    def _stop(self, why: str | None) -> None:
        if why is not None:
            self._over = why
            self._news.set()

    async def _talk(self) -> None:
        """One socket or line, from its ticket to its end."""
        way = self._ways.next
        async with self._open(way) as socket:
            self._socket, self._out = socket, asyncio.Queue()
            self.sync.send = self._out.put_nowait
            self.sync.send(self.sync.opened())
            # An end for each of them ends the others, too.
            tasks = [asyncio.create_task(self._write(socket))]
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
                line = await stack.enter_async_context(open_line(self._http, ticket))
            except OSError:
                raise CameToNothing("line", "ended") from None
            yield line

    async def _open_socket(self, seconds: float) -> ClientConnection:
        url = f"{self.place.origin.replace('http', 'ws', 1)}/socket?ticket={quote(await self._ticket())}"
        headers = {**self.place.headers, "Origin": self.place.origin}
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
        return str(json.loads(await self._http.post("/ticket", {}))["ticket"])

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

    async def _write(self, socket: ClientConnection | HeldLine) -> None:
        while True:
            await socket.send(json.dumps(await self._out.get(), ensure_ascii=False))

    async def _listen(self, socket: ClientConnection | HeldLine, way: Way) -> None:
        self._hear(json.loads(await self._first_word(socket, way)), way)
        while True:
            try:
                async with asyncio.timeout(PING_SECONDS):
                    frame = await socket.recv()
            except TimeoutError:
                self.sync.send({"type": "ping"})
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
        self.sync.receive(message)
        if message["type"] == "welcome":
            self.ballots.flush()
        self._news.set()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            self.sync.beat()
            self.ballots.beat()

    def _fetch(self, stream: str) -> None:
        self._begin(self._fetch_snapshot(stream))

    async def _fetch_snapshot(self, stream: str) -> None:
        try:
            snapshot = json.loads(await self._http.get(f"/streams/{stream}"))
        except HttpError as error:
            self.sync.fetch_failed(stream, error.status)
            # A lane without a name is erased once it is revealed; the board goes on.
            if error.status in (401, 403, 404) and stream in self.place.streams:
                self._stop("unknown" if error.status == 404 else "session")
        except (OSError, ValueError):
            self.sync.fetch_failed(stream)
        else:
            self.sync.load(stream, snapshot)
        self._news.set()
