"""The clients of a world: ours in Python, and the browser's own sync.js under node. One face for both."""

from __future__ import annotations

import atexit
import json
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from codesign.core.hashing import state_hash
from codesign.core.stream import State
from codesign.sync.ballots import Ballots
from codesign.sync.lanes import Lanes
from codesign.sync.queue import LEASE_MS, MemoryQueue, Shelf, Whose
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM
from tests.test_browser_units import node

TOLD = ("refused", "unfollowed", "diverged", "bye")
SCRIPT = Path(__file__).parent / "js_client.mjs"


@dataclass
class Said:
    """What a client wants after something was done to it: messages out, snapshots, people told."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    fetches: list[tuple[int, str]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)


class Engine(ABC):
    """A client's state machine. `said` gathers what came of the last calls."""

    def __init__(self) -> None:
        self.said = Said()

    @abstractmethod
    def call(self, name: str, *args: Any) -> Any:
        """follow, ask, edit_text, undo, redo, opened, closed, receive, beat: as in sync.

        fetched, failed: what became of a snapshot. hold: before connecting, the leases of queues and
        those of pages that are gone. renew: holds on; False when someone else has it. look, hashes:
        what is seen. kept: what lies in the queues of this browser. retire: the page is closed.
        """

    def take(self) -> Said:
        said, self.said = self.said, Said()
        return said


#: (person, client id, clock in ms, name of the browser's shelf for queues, what its tokens begin with)
Start = Callable[[str, str, Callable[[], int], str, str], Engine]


class PyEngine(Engine):
    """codesign.sync, spoken to directly."""

    _shelves: ClassVar[dict[str, Shelf]] = {}

    def __init__(
        self, me: str, client: str, now: Callable[[], int], shelf: str, token: str
    ) -> None:
        super().__init__()
        self._shelf = self._shelves.setdefault(shelf, Shelf())
        self._queue = MemoryQueue(now, self._shelf)
        self._whose = Whose(me, "workshop")
        self._now = now
        self._made = 0
        self._stem = client[:12]
        self._sync = Lanes(
            board=BOARD_STREAM,
            workshop=WORKSHOP_STREAM,
            token=lambda silence: f"{token}{int(silence.rpartition(':')[2]):06}",
            me=me,
            client=client,
            now=now,
            fetch=lambda stream: self.said.fetches.append((0, stream)),
            make_id=self._make_id,
            queue=self._queue,
        )
        self._sync.send = self._sent
        for kind in TOLD:
            self._sync.on(kind, partial(self._told, kind))
        names = {"client": f"{self._stem}-ballots--", "now": now}
        self._ballots = Ballots(self._sync, WORKSHOP_STREAM, **names)

    def call(self, name: str, *args: Any) -> Any:
        own = getattr(self, f"_do_{name}", None)
        return (own or getattr(self._sync, name))(*args)

    def _do_opened(self) -> Any:
        return copy_of(self._sync.opened())

    def _do_receive(self, message: dict[str, Any]) -> None:
        self._sync.receive(message)

    def _do_fetched(self, ticket: int, stream: str, snapshot: dict[str, Any]) -> None:
        self._sync.load(stream, snapshot)

    def _do_failed(self, ticket: int, stream: str, status: int) -> None:
        self._sync.fetch_failed(stream, status)

    def _do_vote(self, vote: str, dots: dict[str, int]) -> None:
        self._ballots.put(vote, dots)

    def _do_beat(self) -> None:
        self._sync.beat()
        self._ballots.beat()

    def _do_closed(self) -> None:
        self._sync.closed()
        self._ballots.lost()

    def _do_hold(self) -> None:
        if not self._do_renew():
            self._sync.dispossessed()
            self._do_renew()
        if found := self._queue.adopt(self._sync.client, self._whose):
            self._sync.adopt(found)

    def _do_renew(self) -> bool:
        is_ours = self._queue.renew(self._sync.client, self._whose)
        if is_ours:
            self._sync.held(self._now() + LEASE_MS)
        return is_ours

    def _do_look(self, stream: str) -> dict[str, Any]:
        view = self._sync.view(stream)
        items = list(view.items.values())
        told = {"seq": view.seq, "fields": view.fields, "items": items}
        return {**told, "unsent": self._sync.unsent + self._ballots.unsent}

    def _do_hashes(self, stream: str) -> dict[str, Any]:
        view = self._sync.view(stream)
        return {
            "seq": view.seq,
            "view": state_hash(State(view.fields, dict(view.items))),
            "confirmed": state_hash(self._sync.confirmed(stream)),
            "unsent": self._sync.unsent,
        }

    def _do_kept(self) -> str:
        return repr(self._shelf.records)

    def _do_retire(self) -> None:
        self._sync.send = lambda message: None

    def _sent(self, message: dict[str, Any]) -> None:
        self.said.sent.append(copy_of(message))

    def _told(self, kind: str, event: dict[str, Any]) -> None:
        self.said.events.append({"event": kind, **event})

    def _make_id(self) -> str:
        self._made += 1
        return f"{self._stem}{self._made:010}"

    @classmethod
    def forget_all(cls) -> None:
        cls._shelves.clear()


class JsEngine(Engine):
    """A page in a node process that serves all pages of a test run."""

    _process: ClassVar[subprocess.Popen[str] | None] = None
    _made: ClassVar[int] = 0

    def __init__(
        self, me: str, client: str, now: Callable[[], int], shelf: str, token: str
    ) -> None:
        super().__init__()
        JsEngine._made += 1
        self._page = JsEngine._made
        self._now = now
        where = {"board": BOARD_STREAM, "workshop": WORKSHOP_STREAM}
        names = {"me": me, "client": client, "shelf": shelf, "token": token}
        self.call("start", {**names, **where})

    def call(self, name: str, *args: Any) -> Any:
        answer = self._answer({"page": self._page, "now": self._now(), "do": name, "args": args})
        self.said.sent += answer["sent"]
        self.said.fetches += [(ticket, stream) for ticket, stream in answer["fetches"]]
        self.said.events += answer["events"]
        return answer["value"]

    @classmethod
    def forget_all(cls) -> None:
        if cls._process is not None:
            cls._answer({"page": 0, "now": 0, "do": "forget_all", "args": []})

    @classmethod
    def _answer(cls, told: dict[str, Any]) -> Any:
        if cls._process is None:
            cls._process = subprocess.Popen(
                [*node(), str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            atexit.register(cls._process.kill)
        assert cls._process.stdin is not None
        assert cls._process.stdout is not None
        cls._process.stdin.write(json.dumps(told) + "\n")
        cls._process.stdin.flush()
        answer = json.loads(cls._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer


def copy_of(message: dict[str, Any]) -> dict[str, Any]:
    """What goes over the wire shares nothing with what it was made of."""
    copied: dict[str, Any] = json.loads(json.dumps(message))
    return copied
