"""What is kept of the newest entries: enough for who was away for a moment, and no more (P6.8)."""

from __future__ import annotations

from codesign.core import limits
from codesign.live.tail import TAIL_BYTES, Tail


def test_a_tail_keeps_no_more_bytes_than_it_would_ever_tell() -> None:
    tail = Tail(0)
    for _ in range(limits.TAIL_ENTRIES):
        tail.add(b"x" * 16_000)
    fitting = TAIL_BYTES // 16_000
    assert limits.TAIL_ENTRIES - tail.after == fitting + 1
    assert tail.since(limits.TAIL_ENTRIES - fitting) == [b"x" * 16_000] * fitting
    assert tail.since(limits.TAIL_ENTRIES - fitting - 1) is None
    assert tail.since(limits.TAIL_ENTRIES) == []


def test_one_entry_bigger_than_a_tail_is_not_told_and_what_follows_is() -> None:
    tail = Tail(0)
    tail.add(b"x" * (TAIL_BYTES + 1))
    tail.add(b"y")
    assert (tail.since(0), tail.since(1), tail.since(2)) == (None, [b"y"], [])
