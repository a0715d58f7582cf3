"""Somebody on a board without a browser: for scripts, tests and load. Speaks docs/protocol.md.

    place = await join("http://localhost:8000/join/…", "Ana", city="Kutaisi")
    async with Page(place) as page:
        page.ask({"type": "create_note", "id": page.new_id(), "text": "Water", **page.spot()})
        await page.saved()

What it asks is queued, sent again and rebased by the rules of a browser: those are in codesign.sync.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from codesign.connection import Connection, Message
from codesign.core.stream import new_id
from codesign.order import order_between
from codesign.sync import View
from codesign.sync.ballots import Ballots
from codesign.sync.lanes import Lanes
from codesign.sync.ways import Way
from codesign.visiting import HttpError, Visitor, read_board_page, read_join_page

BEAT_SECONDS = 1.0
_chance = secrets.SystemRandom()


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


async def join(
    link: str, name: str, city: str = "", *, lang: str = "", same_machine: bool = False
) -> Place:
    """Joins a workshop by its link, as somebody new; `city` by its name where there are cities.

    `lang`: the language they read. `same_machine`: `link` is not what people type but where the server itself listens.
    """
    visitor = Visitor(link, {"Accept-Language": lang} if lang else None, same_machine=same_machine)
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
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._over: str | None = None
        self._connection = Connection(
            self._http,
            place.headers,
            self.sync,
            heard=self._heard,
            lost=self._lost,
            stopped=self._stopped,
        )

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
            self._begin(self._connection.stay())
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
        if self._connection.drop():
            await self.until(lambda: not self.sync.is_online)

    @property
    def way(self) -> Way:
        """How it is connected, or will be next: by a socket, or by the line where none opens (P12.9)."""
        return self._connection.way

    # What the connection and the clock tell

    def _heard(self, message: Message) -> None:
        if message["type"] == "welcome":
            self.ballots.flush()
        self._news.set()

    def _lost(self) -> None:
        self.ballots.lost()
        self._news.set()

    def _stopped(self, why: str) -> None:
        self._over = why
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
                self._connection.stop("unknown" if error.status == 404 else "session")
        except (OSError, ValueError):
            self.sync.fetch_failed(stream)
        else:
            self.sync.load(stream, snapshot)
        self._news.set()
