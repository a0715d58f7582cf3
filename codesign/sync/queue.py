"""What was asked and is not answered yet, kept beyond the page. Twin of static/js/board/queue.js."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from codesign.core.changes import Change
from codesign.core.text import Splices
from codesign.sync.pending import Op
from codesign.sync.replica import Spot

LEASE_MS = 10_000


@dataclass(frozen=True, slots=True)
class Record:
    """An op, or typing that has no number yet."""

    kind: Literal["op", "text"]
    n: int
    stream: str
    base: int = 0
    op: Op = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    spot: Spot | None = None
    text: str = ""
    splices: Splices = ()
    #: Its name, where it is not that of the queue.
    client: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """Queues are adopted within one person and workshop only."""

    person: str
    workshop: str


@dataclass(frozen=True, slots=True)
class Lease:
    holder: str
    until: int
    whose: Whose


class Queue(Protocol):
    def put(self, client: str, key: str, record: Record) -> None: ...
    def remove(self, client: str, key: str) -> None: ...


@dataclass
class Shelf:
    """What the pages of one machine share."""

    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    leases: dict[str, Lease] = field(default_factory=dict)


class MemoryQueue:
    """A queue that lives as long as its shelf."""

    def __init__(self, now: Callable[[], int], shelf: Shelf | None = None) -> None:
        self._now = now
        self._shelf = shelf or Shelf()

    def put(self, client: str, key: str, record: Record) -> None:
        self._shelf.records.setdefault(client, {})[key] = record

    def remove(self, client: str, key: str) -> None:
        self._shelf.records.get(client, {}).pop(key, None)

    def renew(self, client: str, whose: Whose) -> bool:
        """Holds on to the queues of this page; False when another page has taken its own."""
        leases = self._shelf.leases
        own = leases.get(client)
        if own is not None and own.holder != client:
            return False
        until = self._now() + LEASE_MS
        leases[client] = Lease(client, until, whose)
        for other, lease in leases.items():
            if lease.holder == client:
                leases[other] = replace(lease, until=until)
        return True

    def adopt(self, client: str, whose: Whose) -> list[tuple[str, list[Record]]]:
        """Takes over queues whose lease has run out."""
        found: list[tuple[str, list[Record]]] = []
        for other, lease in list(self._shelf.leases.items()):
            is_held = lease.holder == client or lease.until > self._now()
            if other == client or is_held or lease.whose != whose:
                continue
            records = list(self._shelf.records.get(other, {}).values())
            if not records:
                del self._shelf.leases[other]
                continue
            self._shelf.leases[other] = Lease(client, self._now() + LEASE_MS, whose)
            found.append((other, records))
        return found
