"""Ops that come faster than one page may ask them wait as they came, unread, until it is their turn (P6.13).

Reading an op costs a hundred times what keeping its bytes does. Where more come than a page of ours ever has under
way, and the wire can, nothing more is read from it: the rest waits on the other side of the network.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from codesign.core import limits
from codesign.live.client import Client
from codesign.live.clock import Appointment, Clock, Schedule
from codesign.live.limits import Bucket
from codesign.live.messages import AskOp

#: Bytes of ops without an answer, and of messages kept while another is handled.
WAITING_BYTES = 2 * 1024 * 1024
#: So many waiting ops, or bytes, and the wire is held. Our pages have at most 200 and 512 KiB under way: for them it
#: never is, so that their pings are answered meanwhile.
HOLD_OPS, HOLD_BYTES = 250, 1024 * 1024
#: So few left, and it is read on.
READ_ON_OPS, READ_ON_BYTES = 50, 64 * 1024
#: Who keeps ops waiting for longer than 500 take at 20 a second goes.
HELD_SECONDS = 30.0

#: An op as it came; or read already, where that was needed to see that it is one.
Kept = bytes | str | AskOp


class Pace:
    """One page's. `go_on` is called when there is something to take by `next`."""

    def __init__(
        self, client: Client, clock: Clock, schedule: Schedule, go_on: Callable[[], None]
    ) -> None:
        self._client = client
        self._clock = clock
        self._schedule = schedule
        self._go_on = go_on
        self._bucket = Bucket(limits.OPS_PER_SECOND, limits.OPS_BURST, clock.monotonic())
        self._unread: deque[tuple[Kept, int]] = deque()
        self._bytes = 0
        #: The op taken by `next` has its turn.
        self._is_turn = False
        self._next: Appointment | None = None
        self._is_held = False
        self._patience: Appointment | None = None

    @property
    def is_behind(self) -> bool:
        """Whether an op that comes now has to wait."""
        return bool(self._unread) or not self._bucket.has(self._clock.monotonic())

    def take(self) -> bool:
        """Whether the op that was just read may go in; else it is to be kept."""
        if self._unread and not self._is_turn:
            return False
        self._is_turn = False
        return self._bucket.take(self._clock.monotonic())

    def keep(self, op: Kept, size: int) -> None:
        self._unread.append((op, size))
        self._bytes += size
        waiting = self._client.undecided + len(self._unread)
        size = self._client.undecided_bytes + self._bytes
        if not self._is_held and (waiting > HOLD_OPS or size > HOLD_BYTES):
            self._hold()
        if not self._is_held and (waiting > limits.OPS_WAITING or size > WAITING_BYTES):
            return self._client.close("too_many")
        return self._wake()

    def next(self) -> tuple[Kept, int] | None:
        """The op whose turn it is, if it is one's turn already."""
        if not self._unread or not self._bucket.has(self._clock.monotonic()):
            return None
        self._is_turn = True
        op, size = self._unread.popleft()
        self._bytes -= size
        if self._is_held and len(self._unread) <= READ_ON_OPS and self._bytes <= READ_ON_BYTES:
            self._is_held = False
            self._client.wire.hold(False)
        if not self._unread and self._patience is not None:
            self._patience.cancel()
            self._patience = None
        return op, size

    def stop(self) -> None:
        """The page has gone."""
        self._unread.clear()
        for appointment in (self._next, self._patience):
            if appointment is not None:
                appointment.cancel()

    def _hold(self) -> None:
        self._is_held = self._client.wire.hold(True)
        if self._is_held and self._patience is None:
            self._patience = self._schedule.after(HELD_SECONDS, self._too_long)

    def _too_long(self) -> None:
        self._client.close("too_many")

    def _wake(self) -> None:
        if self._next is None:
            wait = self._bucket.wait(self._clock.monotonic())
            self._next = self._schedule.after(wait, self._due)

    def _due(self) -> None:
        self._next = None
        self._go_on()
        if self._unread and not self._client.closed:
            self._wake()
