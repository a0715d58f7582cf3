"""Our own ops on their way back, waiting for the entry that brings them (P6.6). Twin of arrivals.js."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from codesign.core.changes import from_wire
from codesign.core.text import BadSplice
from codesign.sync.pending import Pending
from codesign.sync.replica import Replica, Spot, Touched

Message = dict[str, Any]


class Arrivals:
    """`forget` takes an answered op's expectation away."""

    def __init__(self, forget: Callable[[Pending, Touched], None]) -> None:
        self._forget = forget
        #: By the entry that will bring them.
        self._coming: dict[tuple[str, int], list[Pending]] = {}

    def expect(self, pending: Pending, seq: int) -> None:
        """Acked; entry `seq` is still to come."""
        self._coming.setdefault((pending.stream, seq), []).append(pending)

    def clear(self) -> None:
        self._coming.clear()

    def apply(self, stream: str, replica: Replica, message: Message, touch: Touched) -> None:
        """Applies those entries that are new. BadSplice when one is missing or does not fit."""
        if message["from"] > replica.seq + 1:
            raise BadSplice
        for entry in message["entries"]:
            if entry["seq"] > replica.seq:
                self._apply_one(stream, replica, entry, touch)

    def settle_up_to(self, stream: str, seq: int, everything: Iterable[Pending]) -> list[Spot]:
        """What is in a snapshot of `seq` needs no expectation. The texts it settles."""
        settled: list[Spot] = []
        for pending in everything:
            if pending.stream != stream or pending.acked is None or pending.acked > seq:
                continue
            self._coming.pop((stream, pending.acked), None)
            self._forget(pending, Touched())
            if pending.spot is not None and pending.is_laid:
                settled.append(pending.spot)
        return settled

    def _apply_one(self, stream: str, replica: Replica, entry: Message, touch: Touched) -> None:
        if entry["seq"] != replica.seq + 1:
            raise BadSplice
        own = self._coming.pop((stream, entry["seq"]), [])
        text = next((pending.spot for pending in own if pending.spot is not None), None)
        replica.apply(entry["seq"], map(from_wire, entry["changes"]), text, touch)
        for pending in own:
            self._forget(pending, touch)
            if pending.spot is not None:
                replica.settle(pending.spot, touch)
