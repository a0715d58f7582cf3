"""Rooms turned by hand: a clock that stands still, pages without sockets, a journal in memory."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from codesign.live.asked import Done
from codesign.live.conversation import Conversation
from codesign.live.frames import Frame
from codesign.live.rooms import Rooms
from codesign.store.journal import Append, Journal
from codesign.store.memory import MemoryJournal
from tests.builders import ANNA, BOARD, BORIS, CITY, OLGA, PEOPLE, WORKSHOP, an_id

T = TypeVar("T")

BOARD_STREAM, WORKSHOP_STREAM = f"board:{BOARD}", f"workshop:{WORKSHOP}"
EPOCH = "epoch-one"


class StillClock:
    """Time moves only when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> int:
        return 1_700_000_000_000 + round(self.seconds * 1000)

    def monotonic(self) -> float:
        return self.seconds


class HeardWire:
    """Keeps what was sent. `room` frames fit while nobody reads; None: everything fits."""

    def __init__(self) -> None:
        self.sent: list[Frame] = []
        self.code: int | None = None
        self.room: int | None = None
        #: Whether it is one that can be left unread, and whether it is.
        self.can_hold = False
        self.is_held = False

    @property
    def queued(self) -> int:
        return 0

    def send(self, batch: Sequence[Frame]) -> bool:
        if self.room is not None and len(self.sent) + len(batch) > self.room:
            return False
        self.sent += batch
        return True

    def send_if_idle(self, frame: Frame) -> bool:
        return self.room is None and self.send((frame,))

    def hold(self, on: bool) -> bool:
        self.is_held = on and self.can_hold
        return self.can_hold

    def close(self, code: int) -> None:
        self.code = code


class Page:
    """One page of one person, talking to the rooms without a socket."""

    def __init__(self, hall: Hall, person: str, client: str) -> None:
        self.hall = hall
        self.person = person
        self.client_id = client
        self.wire = HeardWire()
        self.conversation = Conversation(
            hall.rooms, f"session-of-{person}", self.wire, hall.person_for
        )
        self.n = 0

    @property
    def code(self) -> int | None:
        return self.wire.code

    def say(self, type: str, **fields: Any) -> None:
        self.conversation.receive(json.dumps({"type": type, **fields}).encode())

    def heard(self) -> list[dict[str, Any]]:
        """What was said since the last time, presence left out."""
        told = [json.loads(frame.payload) for frame in self.wire.sent]
        self.wire.sent.clear()
        return [message for message in told if message["type"] != "presence"]

    def heard_presence(self) -> list[dict[str, Any]]:
        told = [json.loads(frame.payload) for frame in self.wire.sent]
        self.wire.sent.clear()
        return [message for message in told if message["type"] == "presence"]

    def types(self) -> list[str]:
        return [message["type"] for message in self.heard()]

    async def hello(
        self, seq: int = 0, epoch: str | None = None, also: dict[str, int] | None = None
    ) -> None:
        """`also`: other clients this page sends again for."""
        clients = {self.client_id: 1, **(also or {})}
        follow = [
            {"stream": WORKSHOP_STREAM, "seq": await self.hall.head(WORKSHOP_STREAM)},
            {"stream": BOARD_STREAM, "seq": seq},
        ]
        self.say("hello", protocol=1, epoch=epoch, clients=clients, follow=follow)
        await self.hall.quiet()

    def ask(self, op: dict[str, Any], *, n: int | None = None, base: int = 0, **more: Any) -> int:
        """Sends an op of the board; its n."""
        self.n = n if n is not None else self.n + 1
        message = {"client": self.client_id, "n": self.n, "stream": BOARD_STREAM, "base": base}
        self.say("op", **{**message, "op": op, **more})
        return self.n


class Hall:
    """A workshop with one board and four people, all of it in memory."""

    def __init__(self, journal: Journal | None = None) -> None:
        self.journal = journal or MemoryJournal()
        self.clock = StillClock()
        self.rooms = Rooms(self.journal, EPOCH, clock=self.clock)
        self._clients = 0

    @classmethod
    async def opened(cls, journal: Journal | None = None, layout: str = "free") -> Hall:
        hall = cls(journal)
        await hall.ask(WORKSHOP_STREAM, SET_UP, product=True)
        for person, role in PEOPLE.items():
            join = {"type": "join_workshop", "person": person, "role": role}
            await hall.ask(WORKSHOP_STREAM, {**join, "name": person.strip("_")}, product=True)
        await hall.ask(WORKSHOP_STREAM, add_board(layout), person=OLGA)
        hall.rooms.schedule.run_due()
        await hall.quiet()
        return hall

    async def restarted(self) -> Hall:
        """The process ends without a word, and another one starts on the same journal."""
        again = Hall(self.journal)
        again.clock.seconds = self.clock.seconds
        return again

    async def person_for(self, session: str, workshop: str) -> str | None:
        person = session.removeprefix("session-of-")
        return person if workshop == WORKSHOP else None

    async def ask(self, stream: str, op: dict[str, Any], **who: Any) -> Done:
        answer = await self.answer(stream, op, **who)
        assert isinstance(answer, Done), answer
        return answer

    async def answer(self, stream: str, op: dict[str, Any], **who: Any) -> Any:
        return await self.meanwhile(self.rooms.ask(stream, op, **who))

    async def meanwhile(self, work: Coroutine[Any, Any, T]) -> T:
        """What the work comes to, with the rooms being turned while it waits."""
        working = asyncio.create_task(work)
        while not working.done():
            await self.quiet()
        return working.result()

    async def quiet(self) -> None:
        """Until nothing is under way, without time passing."""
        await asyncio.sleep(0)
        await self.rooms.settle()
        for _ in range(5):
            await asyncio.sleep(0)
            await self.rooms.settle()

    async def later(self, seconds: float) -> None:
        """Time passes, and what is due happens."""
        self.clock.seconds += seconds
        self.rooms.schedule.run_due()
        await self.quiet()

    async def head(self, stream: str = BOARD_STREAM) -> int:
        found = await self.rooms.state(stream)
        return found[0] if found else 0

    def page(self, person: str = ANNA, client: str | None = None) -> Page:
        self._clients += 1
        return Page(self, person, client or an_id(f"client {self._clients}"))

    async def joined(self, person: str = ANNA, client: str | None = None) -> Page:
        """A page that has said hello and heard everything there was."""
        page = self.page(person, client)
        await page.hello(await self.head())
        page.heard()
        return page


class HeldJournal(MemoryJournal):
    """Commits wait for `let_go`: what is told before that was told too early."""

    def __init__(self) -> None:
        super().__init__()
        self.held = False
        self.waiting = asyncio.Event()
        self._go = asyncio.Event()

    def hold(self) -> None:
        self.held = True
        self.waiting.clear()
        self._go.clear()

    def let_go(self) -> None:
        self.held = False
        self._go.set()

    async def append(self, appends: Sequence[Append]) -> list[Exception | None]:
        if self.held:
            self.waiting.set()
            await self._go.wait()
        return await super().append(appends)


SET_UP = {
    "type": "set_up_workshop",
    "title": "Water",
    "question": "Whose river?",
    "programme": an_id("programme"),
    "cities": [{"id": CITY, "name": "Novi Sad", "colour": "sea", "order": "a0"}],
}


def add_board(layout: str = "free", name: str = BOARD) -> dict[str, Any]:
    regions = [] if layout == "free" else [{"id": an_id("region"), "title": "Now", "order": "a0"}]
    return {
        "type": "add_board",
        "board": name,
        "title": "Ideas",
        "layout": layout,
        "question": "What if?",
        "regions": regions,
    }


def a_note(name: str, text: str = "", x: int = 0, y: int = 0) -> dict[str, Any]:
    return {"type": "create_note", "id": an_id(name), "text": text, "x": x, "y": y}


__all__ = ["ANNA", "BORIS", "OLGA"]


@dataclass(frozen=True)
class Torn:
    """Anna's note is being written, and her page has come back on another socket before it is."""

    hall: Hall
    journal: HeldJournal
    anna: Page
    again: Page
    beat: asyncio.Task[Any]

    @classmethod
    async def at(cls, seq: int, client: str) -> Torn:
        journal = HeldJournal()
        hall = await Hall.opened(journal)
        anna = await hall.joined(ANNA, client)
        journal.hold()
        anna.ask(a_note("one"))
        beat = asyncio.create_task(hall.rooms.ticker.flush_once())
        await journal.waiting.wait()
        again = hall.page(ANNA, client)
        follow = [{"stream": BOARD_STREAM, "seq": seq}]
        again.say("hello", protocol=1, epoch=None, clients={client: 1}, follow=follow)
        for _ in range(20):
            await asyncio.sleep(0)
        return cls(hall, journal, anna, again, beat)

    async def mended(self) -> None:
        self.journal.let_go()
        await self.beat
        await self.hall.quiet()
