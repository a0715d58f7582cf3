"""The newest entries of a stream as they go out: at most 2,000, and not more than a page can take (P6.8)."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import islice

from codesign.core import limits
from codesign.core.stream import Entry
from codesign.live.frames import Frame, changes, encode_changes, encode_entry

#: Beyond this a snapshot is the shorter way. Half of what a reader's queue may hold.
TAIL_BYTES = limits.OUTGOING_BYTES // 2
#: A tick's entries are told in frames of about this size, so that no single one fills a queue.
FRAME_BYTES = 128 * 1024


class Tail:
    """Entries by seq. Those that were loaded are encoded when somebody first needs them."""

    def __init__(self, after: int, loaded: Sequence[Entry] = ()) -> None:
        self.after = after
        self._entries: deque[bytes | Entry] = deque(loaded)
        #: Bytes of those that are encoded.
        self._size = 0

    def add(self, encoded: bytes) -> None:
        self._entries.append(encoded)
        self._size += len(encoded)
        while len(self._entries) > limits.TAIL_ENTRIES or self._size - self._oldest > TAIL_BYTES:
            self._size -= self._oldest
            self._entries.popleft()
            self.after += 1

    def since(self, seq: int) -> list[bytes] | None:
        """Everything after `seq`; None when that is too far back, too much, or not yet written."""
        head = self.after + len(self._entries)
        if not self.after <= seq <= head:
            return None
        found: list[bytes] = []
        size = 0
        for at in range(seq - self.after, len(self._entries)):
            found.append(self._encoded(at))
            size += len(found[-1])
            if size > TAIL_BYTES:
                return None
        return found

    @property
    def _oldest(self) -> int:
        """Bytes of the oldest. What is younger than it may be too much already: then nobody is ever told it."""
        oldest = self._entries[0]
        return len(oldest) if isinstance(oldest, bytes) else 0

    def _encoded(self, at: int) -> bytes:
        entry = self._entries[at]
        if isinstance(entry, bytes):
            return entry
        encoded = self._entries[at] = encode_entry(entry, encode_changes(entry))
        self._size += len(encoded)
        return encoded


def frames_of(stream: str, first: int, entries: Sequence[bytes]) -> list[Frame]:
    """`changes` frames for entries that follow each other, whole entries each (P6.5)."""
    made: list[Frame] = []
    start = 0
    while start < len(entries):
        size, end = 0, start
        while end < len(entries) and (end == start or size + len(entries[end]) <= FRAME_BYTES):
            size += len(entries[end])
            end += 1
        chunk = islice(entries, start, end)
        made.append(changes(stream, first + start, first + end - 1, chunk))
        start = end
    return made
