"""Lines between pages and the server (protocol 12): requests and answers are lost, come twice, overtake each other.

The server's side is codesign.live.lines as it is; the page's numbers are those of codesign.sync.line.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from codesign.live.frames import Frame
from codesign.live.held import Told
from codesign.live.lines import Lines
from codesign.sync.line import LineEnd
from tests.simulator.network import END, Link

if TYPE_CHECKING:
    from tests.simulator.pages import Page
    from tests.simulator.server import Server
    from tests.simulator.world import World

#: Of a hundred requests, and of a hundred answers: so many are lost; so many requests come twice.
LOST, TWICE = 6, 6


class LineLink(Link):
    """One line. `up` holds requests, `down` answers; one POST and one GET are under way at a time."""

    def __init__(self, world: World, page: Page, server: Server, room: int) -> None:
        self.world = world
        self.page = page
        self.server = server
        self.up: deque[str] = deque()
        self.down: deque[dict[str, Any]] = deque()
        self.is_cut = False
        self.told: dict[str, int] = {}
        line = Lines().open(server.rooms, page.person, server.person_for)
        assert line is not None
        self.line = line
        self.conversation = line.conversation
        self.conversation.client.wire = self  # so that the checks see what is told
        self.end = LineEnd()
        self.is_posting = False
        #: The GET that the page waits for. Each has a number: what a proxy repeated is answered to nobody.
        self.getting = ""
        self._gets = 0
        #: What was said and heard at each end: a line loses nothing, and nothing comes twice.
        self.given: list[bytes] = [frame.payload for frame, _ in line.wire._kept]
        self.spoken: list[str] = []
        self.heard = self.received = 0
        self._receive, line.conversation.receive = line.conversation.receive, self._check_receive  # type: ignore[method-assign]
        self._get()

    # What the server does with it

    @property
    def queued(self) -> int:
        return self.line.wire.queued

    def send(self, batch: Sequence[Frame]) -> bool:
        fits = self.line.wire.send(batch)
        self.given += [frame.payload for frame in batch if fits]
        for message in map(_read, batch if fits and self.server.alive else ()):
            if message["type"] != "presence":
                self.world.checks.told(self, message)
        return fits

    def send_if_idle(self, frame: Frame) -> bool:
        fits = self.line.wire.send_if_idle(frame)
        self.given += [frame.payload] if fits else []
        return fits

    def hold(self, on: bool) -> bool:
        return self.line.wire.hold(on)

    def close(self, code: int) -> None:
        self.line.wire.close(code)

    # What the page does with it

    def say(self, text: str) -> None:
        self.spoken.append(text)
        self.end.say(text)
        self._post()

    # What the world does with it

    def deliver_up(self) -> None:
        if len(self.up) > 1 and self._drawn(20):
            self.up.rotate(1)
        request = self.up.popleft()
        if self._drawn(LOST):
            self._again(request)
        elif self.server.alive:
            if self._drawn(TWICE):
                self.up.append(request)
            self._serve(request)

    def deliver_down(self) -> None:
        answer = self.down.popleft()
        if answer["type"] == END:
            self.down.clear()
            self.up.clear()
            self.page.line_ended(self, answer["code"])
        elif self.is_cut or self.page.link is not self:
            pass
        elif answer["type"] == "gone":
            self.cut()
        elif self._drawn(LOST):
            self._again(answer["request"])
        elif answer["type"] == "posted":
            self.is_posting = False
            self.end.taken(answer["taken"])
            self._post()
        else:
            self._hear(answer)

    def cut(self) -> None:
        """The page gives up; the server learns of it by silence. What is on its way up may still arrive."""
        if self.is_cut:
            return
        self.is_cut = True
        for _ in range(self.world.random.randint(0, len(self.up))):
            self.up.pop()
        self.down.clear()
        self.down.append({"type": END, "code": 1006})

    # Inside

    def _serve(self, request: str) -> None:
        head, _, body = request.partition("\n")
        kind, number = head.split(" ")[:2]
        if kind == "POST":
            messages = [message.encode() for message in body.split("\n")]
            taken = self.line.take(int(number), messages)
            self.down.append({"type": "posted", "request": request, "taken": taken})
        elif not self.line.wire.listen(int(number), lambda told: self._tell(request, told)):
            self.down.append({"type": "refused", "request": request})

    def _tell(self, request: str, told: Told) -> None:
        frames = [json.loads(frame.payload) for frame in told.frames]
        answer = {"type": "told", "first": told.first, "messages": frames, "close": told.close}
        self.down.append({**answer, "request": request})

    def _hear(self, answer: dict[str, Any]) -> None:
        if answer["request"] != self.getting:
            return  # a repeated request; nobody waits for its answer
        if answer["type"] == "refused":
            self.cut()
            return
        for message in self.end.hear(answer["first"], answer["messages"]):
            self._check(message == json.loads(self.given[self.heard]), "down")
            self.heard += 1
            if self.page.link is self:
                self.page.hear(message)
        if answer["close"] is not None:
            self.down.clear()
            self.up.clear()
            self.page.line_ended(self, answer["close"])
        else:
            self._get()

    def _check_receive(self, data: bytes | str) -> None:
        said = data if isinstance(data, str) else data.decode()
        self._check(said == self.spoken[self.received], "up")
        self.received += 1
        self._receive(data)

    def _check(self, holds: bool, where: str) -> None:
        if not holds:
            checks = self.world.checks
            checks.broken = checks.broken or AssertionError(f"{where}: out of turn on a line")

    def _post(self) -> None:
        post = self.end.post()
        if post is not None and not self.is_posting:
            self.is_posting = True
            self._ask(f"POST {post[0]}\n{post[1]}")

    def _get(self) -> None:
        self._gets += 1
        self.getting = f"GET {self.end.heard} {self._gets}"
        self._ask(self.getting)

    def _ask(self, request: str) -> None:
        if not self.is_cut:
            self.up.append(request)

    def _again(self, request: str) -> None:
        """The page sees that it has no answer, and asks again."""
        if not self.is_cut and self.page.link is self:
            self.up.append(request)

    def _drawn(self, percent: int) -> bool:
        return not self.world.faults.quiet and self.world.random.randrange(100) < percent


def _read(frame: Frame) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(frame.payload)
    return message
