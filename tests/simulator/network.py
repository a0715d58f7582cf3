"""Sockets between pages and the server: each keeps its order, a cut loses a suffix, nobody is told at once."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from codesign.live.conversation import Conversation
from codesign.live.frames import Frame

if TYPE_CHECKING:
    from tests.simulator.pages import Page
    from tests.simulator.server import Server
    from tests.simulator.world import World

#: The end of one direction: the other side has gone.
END = "end"


class Link:
    """One socket. `up` and `down` are under way; the world delivers them when it likes.

    It is the `Wire` of its conversation, too.
    """

    def __init__(self, world: World, page: Page, server: Server, room: int) -> None:
        self.world = world
        self.page = page
        self.server = server
        self.room = room
        self.up: deque[str] = deque()
        self.down: deque[dict[str, Any]] = deque()
        self.is_cut = False
        #: By stream, the last entry told on this socket (P6.5).
        self.told: dict[str, int] = {}
        self.conversation = Conversation(server.rooms, page.person, self, server.person_for)

    # What the server does with it

    def send(self, batch: Sequence[Frame]) -> bool:
        if not self.server.alive or self.is_cut:
            return True
        if self.down and len(self.down) + len(batch) > self.room:
            return False
        for frame in batch:
            message = json.loads(frame.payload)
            if message["type"] != "presence":
                self.world.checks.told(self, message)
                self.down.append(message)
        return True

    def send_if_idle(self, frame: Frame) -> bool:
        return self.send((frame,))

    def hold(self, on: bool) -> bool:
        return False

    def close(self, code: int) -> None:
        self.down.append({"type": END, "code": code})

    # What the page does with it

    def say(self, text: str) -> None:
        self.up.append(text)

    # What the world does with it

    def deliver_up(self) -> None:
        message = self.up.popleft()
        if not self.server.alive:
            return
        if message == END:
            self.conversation.lost()
        else:
            self.conversation.receive(message)

    def deliver_down(self) -> None:
        message = self.down.popleft()
        if message["type"] == END:
            self.down.clear()
            self.page.line_ended(self, message["code"])
        elif self.page.link is self:
            self.page.hear(message)

    def cut(self) -> None:
        """The line breaks: what is under way arrives up to some point, then each side sees the end."""
        self.is_cut = True
        for queue, end in ((self.up, END), (self.down, {"type": END, "code": 1006})):
            keep = self.world.random.randint(0, len(queue))
            while len(queue) > keep:
                queue.pop()  # type: ignore[attr-defined]
            queue.append(end)  # type: ignore[attr-defined]

    @property
    def is_over(self) -> bool:
        return self.is_cut and not self.up and not self.down
