"""The course of a workshop: on which board something went on, from when to when. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

#: What goes on within so long on several boards at once is told on one of them.
BUCKET_MS = 60_000
#: A pause is played no longer than this; `static/js/board/playback/timeline.js` has the same.
LONGEST_PAUSE = 4_000


@dataclass(frozen=True, slots=True)
class Span:
    """`begin` and `end` are times of entries of the board, `played` how long it is to play what lies between."""

    board: str
    begin: int
    end: int
    played: int


def spans_of(times: Mapping[str, Sequence[int]], steps: Sequence[tuple[int, str]]) -> list[Span]:
    """`times`: of each board's entries, in order; `steps`: when one began, and its board, in order.

    Where several boards were written on in the same minute, the board of the step that was on comes first, then the
    one with most to tell; tables that work side by side are each on their own board's playback.
    """
    buckets: dict[int, Counter[str]] = {}
    for board, found in times.items():
        for at in found:
            buckets.setdefault(at // BUCKET_MS, Counter())[board] += 1
    runs: list[tuple[str, int, int]] = []
    for bucket in sorted(buckets):
        before = runs[-1][0] if runs else ""
        board = _told(buckets[bucket], _step_at(steps, (bucket + 1) * BUCKET_MS), before)
        if board == before:
            runs[-1] = (board, runs[-1][1], bucket)
        else:
            runs.append((board, bucket, bucket))
    return [_span(board, times[board], first, last) for board, first, last in runs]


def _told(counts: Counter[str], step: str, before: str) -> str:
    if step in counts:
        return step
    return max(counts, key=lambda board: (counts[board], board == before, board))


def _step_at(steps: Sequence[tuple[int, str]], at: int) -> str:
    index = bisect_right(steps, at, key=lambda step: step[0])
    return steps[index - 1][1] if index else ""


def _span(board: str, times: Sequence[int], first: int, last: int) -> Span:
    inside = times[
        bisect_right(times, first * BUCKET_MS - 1) : bisect_right(times, (last + 1) * BUCKET_MS - 1)
    ]
    pauses = (min(b - a, LONGEST_PAUSE) for a, b in pairwise(inside))
    return Span(board, inside[0], inside[-1], sum(pauses))
