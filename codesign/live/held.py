"""The third body of the wire: frames wait for a held GET, and stay until the next says that they arrived (protocol 12).

No HTTP in here: web/line.py brings the requests, the schedule of the rooms brings the time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from codesign.core import limits
from codesign.live.client import PRESENCE_BYTES
from codesign.live.clock import Appointment, Schedule
from codesign.live.frames import Frame

#: Presence alone waits a little for more of it: a request for each would be forty a second.
GATHER_SECONDS = 0.2
#: One answer, unless a single frame is bigger.
ANSWER_BYTES = 256 * 1024
#: A closed wire is kept for whoever has not heard yet why.
KEEP_SECONDS = 10.0
#: A reader this slow (bytes a second) is still reading.
SLOWEST_READER = 32 * 1024


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to a GET: frames by number from `first` on, and the code when there will be no more."""

    first: int = 0
    frames: tuple[Frame, ...] = ()
    close: int | None = None


Reader = Callable[[Told], None]


class HeldWire:
    """`listen` is the GET. `over` is called once, when nobody needs to come back any more."""

    def __init__(self, schedule: Schedule, over: Callable[[], None]) -> None:
        self._schedule = schedule
        self._over = over
        #: Frames not known to have arrived; True for the last of what was taken together.
        self._kept: deque[tuple[Frame, bool]] = deque()
        self._batches = 0
        self._bytes = 0
        #: The number of the last frame that arrived.
        self._arrived = 0
        self._code: int | None = None
        self._reader: Reader | None = None
        self._holding: Appointment | None = None
        self._silence: Appointment | None = None
        self.heard()

    # What the room does with it

    @property
    def queued(self) -> int:
        return self._bytes

    def send(self, batch: Sequence[Frame]) -> bool:
        # After this turn, not at once: an ack and its changes go into one answer.
        return self._take(batch, within=0.0)

    def send_if_idle(self, frame: Frame) -> bool:
        return self._bytes < PRESENCE_BYTES and self._take((frame,), within=GATHER_SECONDS)

    def hold(self, on: bool) -> bool:
        return False  # what a POST brings is here already

    def close(self, code: int) -> None:
        if self._code is None:
            self._code = code
            self._answer()
            self._end_after(KEEP_SECONDS)

    # What requests do with it

    @property
    def is_held(self) -> bool:
        return self._reader is not None

    def listen(self, after: int, reader: Reader, hold: float | None = None) -> bool:
        """Answers as soon as there is something. False: this is not how far the page can have come."""
        if not self._arrived <= after <= self._arrived + len(self._kept):
            return False
        while self._arrived < after:
            self._forget_first()
        self._answer()  # a newer GET takes over from an older one, which nobody reads any more
        self._end_after(None)
        self._reader = reader
        if self._kept or self._code is not None:
            self._answer()
        else:
            self._answer_within(min(hold or limits.HOLD_SECONDS, limits.HOLD_SECONDS))
        return True

    def leave(self, reader: Reader) -> None:
        """Whoever listened has hung up."""
        if self._reader == reader:
            self._reader = None
            self.heard()

    def heard(self) -> None:
        """The page has given a sign of life."""
        if self._reader is None and self._code is None:
            self._end_after(limits.SILENCE_SECONDS)

    # Inside

    def _take(self, batch: Sequence[Frame], within: float) -> bool:
        size = sum(len(frame) for frame in batch)
        full = self._batches >= limits.OUTGOING_MESSAGES
        if self._kept and (full or self._bytes + size > limits.OUTGOING_BYTES):
            return False
        if self._code is None and batch:
            self._kept.extend((frame, False) for frame in batch[:-1])
            self._kept.append((batch[-1], True))
            self._batches += 1
            self._bytes += size
            if self._reader is not None:
                self._answer_within(within)
        return True

    def _forget_first(self) -> None:
        frame, is_last = self._kept.popleft()
        self._arrived += 1
        self._bytes -= len(frame)
        self._batches -= is_last

    def _answer_within(self, seconds: float) -> None:
        sooner = self._schedule.after(seconds, self._answer)
        if (before := self._holding) is not None and before.when <= sooner.when:
            sooner.cancel()
            return
        if before is not None:
            before.cancel()
        self._holding = sooner

    def _answer(self) -> None:
        """Says what there is to the one who listens, if there is one."""
        reader, self._reader = self._reader, None
        if self._holding is not None:
            self._holding.cancel()
            self._holding = None
        if reader is None:
            return
        frames, size = self._next_frames()
        is_all = len(frames) == len(self._kept)
        reader(Told(self._arrived + 1, frames, self._code if is_all else None))
        if self._code is None:
            self._end_after(limits.SILENCE_SECONDS + size / SLOWEST_READER)

    def _next_frames(self) -> tuple[tuple[Frame, ...], int]:
        frames: list[Frame] = []
        size = 0
        for frame, _ in self._kept:
            if frames and size + len(frame) > ANSWER_BYTES:
                break
            frames.append(frame)
            size += len(frame)
        return tuple(frames), size

    def _end_after(self, seconds: float | None) -> None:
        if self._code is not None and self._silence is not None and seconds is None:
            return  # closed, and it stays so
        if self._silence is not None:
            self._silence.cancel()
        self._silence = None if seconds is None else self._schedule.after(seconds, self._over)
