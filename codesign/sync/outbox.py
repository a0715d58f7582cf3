"""Numbers ops, keeps them until they are answered, sends them in order. Twin of outbox.js."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from codesign.core.changes import Change
from codesign.sync.pending import BASE_AT_SENDING, Op, Pending
from codesign.sync.queue import Queue, Record
from codesign.sync.replica import Spot

Message = dict[str, Any]
#: The server closes above 500 ops or 2 MiB waiting; this stays well below.
MOST_OUT = 200
MOST_BYTES_OUT = 512 * 1024
#: Far from the numbers a page gets to, so that no two of its ops have the same.
FIRST_NAMELESS = 1_000_000_000
RETRY_MS = 1_000
MOST_RETRIES = 8


class Outbox:
    """`seq_of` gives the applied seq of a stream, None while a snapshot is on its way."""

    def __init__(
        self,
        client: str,
        queue: Queue,
        now: Callable[[], int],
        send: Callable[[Message], None],
        seq_of: Callable[[str], int | None],
    ) -> None:
        self.client = client
        self._queue = queue
        self._now = now
        self._send = send
        self._seq_of = seq_of
        self._next = 1
        self._pending: dict[tuple[str, int], Pending] = {}
        self._waiting: dict[Pending, None] = {}
        self._out: dict[Pending, int] = {}
        self._bytes_out = 0
        self._is_open = False
        #: Streams in which no op says whose it is, and the client made for each. Their n is counted by itself: gaps in
        #: the page's own would say what it asked without a name.
        self._nameless: dict[str, str] = {}
        self._next_nameless = FIRST_NAMELESS

    # What is in it

    @property
    def all(self) -> list[Pending]:
        """Everything that is not confirmed, in the order asked."""
        return list(self._pending.values())

    @property
    def unanswered(self) -> int:
        return sum(pending.acked is None for pending in self._pending.values())

    def find(self, client: str, n: int) -> Pending | None:
        return self._pending.get((client, n))

    def lowest(self) -> dict[str, int]:
        """Each client with its lowest unanswered n, this page's own first (P6.2)."""
        clients = {self.client: self._next}
        for pending in self._pending.values():
            if pending.acked is None:
                clients[pending.client] = min(pending.n, clients.get(pending.client, pending.n))
        return clients

    # Asking

    def add(
        self,
        stream: str,
        op: Op,
        base: int,
        changes: Sequence[Change] = (),
        spot: Spot | None = None,
        text: str = "",
    ) -> Pending:
        client, n = self._next_of(stream)
        pending = Pending(client, n, stream, op, base, changes, spot, text, owner=self.client)
        self._pending[pending.name] = pending
        self.keep(pending)
        return pending

    def ask_nameless(self, stream: str, client: str) -> None:
        """From now on ops of this stream are asked by a client made for it."""
        self._nameless.setdefault(stream, client)

    def adopt(self, owner: str, record: Record) -> None:
        """An op of a queue that another page left."""
        pending = Pending(
            record.client or owner,
            record.n,
            record.stream,
            record.op,
            record.base,
            record.changes,
            record.spot,
            record.text,
            is_sent=True,
            owner=owner,
        )
        self._pending.setdefault(pending.name, pending)

    def renumber(self, pending: Pending) -> None:
        """The same op under a new number of this page, as the last one asked."""
        self.remove(pending)
        pending.client, pending.n = self._next_of(pending.stream)
        pending.owner, pending.is_sent = self.client, False
        self._pending[pending.name] = pending
        self.keep(pending)

    def remove(self, pending: Pending) -> None:
        """It is answered for good."""
        if self._pending.get(pending.name) is pending:
            del self._pending[pending.name]
        self._queue.remove(pending.owner, _key_of(pending))
        self._back_in(pending)

    def acked(self, pending: Pending, seq: int) -> None:
        """It is on disk, as entry `seq`."""
        pending.acked = seq
        self._queue.remove(pending.owner, _key_of(pending))
        self._back_in(pending)

    def retry_later(self, pending: Pending) -> None:
        """Could not be decided just now; `beat` asks again."""
        pending.tries += 1
        pending.retry_at = self._now() + RETRY_MS * min(pending.tries, MOST_RETRIES)
        self._back_in(pending)

    def keep(self, pending: Pending) -> None:
        pending.kept_at = self._now()
        record = Record(
            "op",
            pending.n,
            pending.stream,
            pending.base,
            pending.op,
            tuple(pending.changes),
            pending.spot,
            pending.text,
            client="" if pending.client == pending.owner else pending.client,
        )
        self._queue.put(pending.owner, _key_of(pending), record)

    def begin_anew(self, client: str) -> None:
        """Another page has this one's queue and sends it: begin anew under a new name."""
        self.close()
        self._pending.clear()
        self.client = client
        self._next = 1
        self._nameless.clear()  # their ops are in the queue that was taken

    # Sending

    def welcomed(self, last: Mapping[str, int]) -> None:
        """`last`: the highest n on disk of each client."""
        self._next = max(self._next, last.get(self.client, 0) + 1)

    def expects_acks(self, last: Mapping[str, int]) -> bool:
        """Whether the server has answered ops that we still think unanswered."""
        return any(each.acked is None and each.n <= last.get(each.client, 0) for each in self.all)

    def open(self) -> None:
        self._is_open = True

    def close(self) -> None:
        self._is_open = False
        self._waiting.clear()
        self._out.clear()
        self._bytes_out = 0

    def offer(self, pending: Pending) -> None:
        """Sends it when its turn comes."""
        if self._is_open and pending.acked is None and not pending.retry_at:
            if pending not in self._out:
                self._waiting[pending] = None
            self._pump()

    def beat(self) -> None:
        """Asks again what could not be saved."""
        for pending in self.all:
            if pending.retry_at and pending.retry_at <= self._now():
                pending.retry_at = 0
                self.offer(pending)

    def _next_of(self, stream: str) -> tuple[str, int]:
        if (client := self._nameless.get(stream)) is not None:
            self._next_nameless += 1
            return client, self._next_nameless - 1
        n = self._next
        self._next += 1
        return self.client, n

    def _back_in(self, pending: Pending) -> None:
        self._waiting.pop(pending, None)
        if pending in self._out:
            self._bytes_out -= self._out.pop(pending)
            self._pump()

    def _pump(self) -> None:
        for pending in list(self._waiting):
            if len(self._out) >= MOST_OUT or self._bytes_out >= MOST_BYTES_OUT:
                return
            seq = self._seq_of(pending.stream)
            if seq is not None and pending in self._waiting:
                del self._waiting[pending]
                self._transmit(pending, seq)

    def _transmit(self, pending: Pending, seq: int) -> None:
        if pending.base == BASE_AT_SENDING:
            pending.base = seq
        pending.is_sent = True
        self._out[pending] = len(json.dumps(pending.op))
        self._bytes_out += self._out[pending]
        self._send(
            {
                "type": "op",
                "client": pending.client,
                "n": pending.n,
                "stream": pending.stream,
                "base": pending.base,
                "op": pending.op,
            }
        )


def _key_of(pending: Pending) -> str:
    """Under what a queue keeps an op."""
    if pending.client == pending.owner:
        return f"op {pending.n}"
    return f"op {pending.client} {pending.n}"
