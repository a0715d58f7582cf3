"""A page of a world: a client with its socket, and what it has asked the network for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.builders import an_id
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM
from tests.simulator.engines import Engine, Start
from tests.simulator.network import Link

if TYPE_CHECKING:
    from tests.simulator.world import World

STREAMS = (BOARD_STREAM, WORKSHOP_STREAM)
#: Close codes after which a page does not come back.
GONE = (4401, 4403, 4410)
TOKEN_LETTERS = 16


class Page:
    """One page of one person: a client, its socket, what it has asked the network for."""

    def __init__(self, world: World, person: str, start: Start) -> None:
        self.world = world
        self.person = person
        self.start = start
        self.client = an_id(f"client {world.opened}")
        world.opened += 1
        shelf = f"{world.seed} {person} {start.__name__}"
        #: With the number of a silence after it: what this browser's lanes without a name are called.
        self.token = an_id(f"token {shelf}")[:TOKEN_LETTERS]
        self.engine: Engine = start(person, self.client, world.clock.now, shelf, self.token)
        self.link: Link | None = None
        self.is_over = False
        self.asleep_until = 0.0
        self.events: list[dict[str, Any]] = []
        self.do("hold")
        for stream in STREAMS:
            self.do("follow", stream)

    def do(self, name: str, *args: Any) -> Any:
        """Something happens to the client; what it wants to say goes on its way."""
        value = self.engine.call(name, *args)
        said = self.engine.take()
        for message in said.sent:
            self.world.checks.said(message)
            if self.world.privacy is not None:
                self.world.privacy.said(self, message)
            if self.link is not None:
                self.link.say(json.dumps(message))
        for ticket, stream in said.fetches:
            self.world.fetches.append(Fetch(self, ticket, stream))
        self.events += said.events
        for event in said.events:
            self.world.note(f"{self.client[:8]} is told {event}")
        return value

    def connect(self) -> None:
        """With what pages that are gone have left behind (P6.2)."""
        self.do("hold")
        hello = self.do("opened")
        self.link = self.world.connect(self)
        self.link.say(json.dumps(hello))

    def beat(self) -> None:
        if self.is_asleep or self.is_over:
            return
        if not self.do("renew") and self.link is not None:
            self.link.cut()
        self.do("beat")

    @property
    def is_asleep(self) -> bool:
        return self.asleep_until > self.world.clock.seconds

    @property
    def is_away(self) -> bool:
        """It would like to be connected, and is not."""
        return self.link is None and not self.is_over and not self.is_asleep

    def hear(self, message: dict[str, Any]) -> None:
        self.world.checks.heard(self, message)
        if message["type"] != "presence":
            self.do("receive", message)

    def line_ended(self, link: Link, code: int) -> None:
        link.is_cut = True
        if self.link is link:
            self.link = None
            self.do("closed")
            self.is_over = code in GONE

    def look(self, stream: str = BOARD_STREAM) -> dict[str, Any]:
        view: dict[str, Any] = self.do("look", stream)
        view["items"].sort(key=lambda item: str(item["id"]))  # sets have an order of their own
        return view


@dataclass
class Fetch:
    """A snapshot on its way. It is made when the request arrives, and arrives some time later."""

    page: Page
    ticket: int
    stream: str
    answer: dict[str, Any] | int | None = None  # a snapshot, or a status of HTTP
