"""Ops on their way to an answer, and what is remembered of the answers (P4.2, P4.3)."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from codesign.core.decision import Refused
from codesign.core.ops import Op
from codesign.core.stream import Entry
from codesign.live import frames
from codesign.live.client import Client
from codesign.live.frames import Frame

#: Answers kept of one client beyond those on disk; a page has far fewer ops under way.
ANSWERS_KEPT = 64
#: Clients remembered after their socket has gone.
CLIENTS_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Done:
    """Accepted and on disk as `entry`; without an entry it changed nothing and `seq` is the head."""

    seq: int
    entry: Entry | None = None


Answer = Done | Refused
UNAVAILABLE = Refused("unavailable")


@dataclass(slots=True, eq=False)
class Asked:
    """An op in a room's inbox. The answer goes to `to` (a page) or `future` (our own code)."""

    stream: str
    op: Op | Refused
    digest: str | None = None
    person: str | None = None
    product: bool = False
    base: int | None = None
    memory: Memory | None = None
    n: int = 0
    #: Bytes of the op as asked, near enough: a tick takes only so many.
    size: int = 0
    to: Client | None = None
    future: asyncio.Future[Answer] | None = None
    #: The due effect this op carries out.
    due: str | None = None
    #: Whether (client, n) may be in the journal although it is not remembered here.
    may_be_known: bool = False
    #: Who asks is known now, and is kept nowhere.
    is_nameless: bool = False
    answered: bool = False

    @property
    def author(self) -> str | None:
        return None if self.is_nameless else self.person

    @property
    def client(self) -> str | None:
        return None if self.memory is None else self.memory.client

    def answer_to(self, page: Client) -> None:
        """From now on this page waits for the answer (P6.12), and no other one does."""
        self._let_go()
        self.to = page
        page.undecided += 1
        page.undecided_bytes += self.size

    def answer(self, answer: Answer) -> Frame | None:
        """Remembers the answer; the frame to send to `to`, if a page asked. Nothing the second time."""
        if self.answered:
            return None
        self.answered = True
        if self.memory is not None:
            self.memory.settle(self, answer)
        self._let_go()
        if self.future is not None and not self.future.done():
            self.future.set_result(answer)
        if self.memory is None or self.to is None:
            return None
        return answer_frame(self.memory.client, self.n, self.stream, answer)

    def _let_go(self) -> None:
        if self.to is not None:
            self.to.undecided -= 1
            self.to.undecided_bytes -= self.size


def answer_frame(client: str, n: int, stream: str, answer: Answer) -> Frame:
    if isinstance(answer, Done):
        return frames.ack(client, n, stream, answer.seq)
    return frames.refused(client, n, stream, answer.code, answer.data)


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer without its entry, which the room and the journal have."""

    digest: str | None
    stream: str
    answer: Answer
    #: Whether it made an entry.
    changed: bool = False


@dataclass(slots=True)
class Memory:
    """What is known of one client: whose it is, what it asked, what the answers were."""

    client: str
    person: str | None = None
    #: The highest n that is on disk.
    journalled: int = 0
    #: The highest n met since the client was looked up: a higher one is new for certain.
    highest: int = 0
    answers: OrderedDict[int, Remembered] = field(default_factory=OrderedDict)
    pending: dict[int, Asked] = field(default_factory=dict)
    #: The page whose own client this is, while it is connected (P6.12).
    page: Client | None = None

    def belongs_to(self, person: str | None) -> bool:
        return self.person is None or self.person == person

    def meet(self, asked: Asked) -> None:
        """The op is on its way."""
        asked.may_be_known = asked.n <= self.highest
        self.highest = max(self.highest, asked.n)
        self.person = self.person or asked.author
        self.pending[asked.n] = asked

    def settle(self, asked: Asked, answer: Answer) -> None:
        self.pending.pop(asked.n, None)
        if isinstance(answer, Refused) and answer.code == "unavailable":
            return  # it may be asked again
        changed = isinstance(answer, Done) and answer.entry is not None
        if changed:
            self.journalled = max(self.journalled, asked.n)
        kept = Done(answer.seq) if isinstance(answer, Done) else answer
        self.answers[asked.n] = Remembered(asked.digest, asked.stream, kept, changed)
        while len(self.answers) > ANSWERS_KEPT:
            self.answers.popitem(last=False)


class Memories:
    """All clients met lately. Those without a page or an op under way are forgotten, oldest first."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Memory] = OrderedDict()

    def get(self, client: str) -> Memory | None:
        memory = self._known.get(client)
        if memory is not None:
            self._known.move_to_end(client)
        return memory

    def add(self, client: str, found: tuple[str | None, int] | None) -> Memory:
        """What the journal knows of the client becomes a memory, unless there is one by now."""
        memory = self.get(client)
        if memory is None:
            person, last = found or (None, 0)
            memory = self._known[client] = Memory(client, person, last, last)
            self._forget()
        return memory

    def missing(self, clients: Mapping[str, Any]) -> list[str]:
        return [client for client in clients if client not in self._known]

    def forget(self, people: Collection[str]) -> None:
        """All that these have asked: there is no workshop any more that it was about."""
        for client in [c for c, memory in self._known.items() if memory.person in people]:
            del self._known[client]

    def _forget(self) -> None:
        while len(self._known) > CLIENTS_KEPT:
            for client, memory in self._known.items():
                if memory.page is None and not memory.pending:
                    del self._known[client]
                    break
            else:
                return
