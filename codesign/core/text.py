"""Splices: how several people write in one text. Twin of static/js/board/text.js.

A splice is `(at, removed, inserted)`: offset in code points, the words taken out, the words put
in. The splices of one edit all speak of the same text, ascend and do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Splice = tuple[int, str, str]
Splices = tuple[Splice, ...]


class BadSplice(ValueError):
    """The splices do not fit the text: out of order, overlapping, or other words stand there."""


def apply_splices(text: str, splices: Iterable[Splice]) -> str:
    """The text after the edit. Raises `BadSplice` when the removed words do not stand there."""
    parts: list[str] = []
    done = 0
    for at, removed, inserted in splices:
        end = at + len(removed)
        if at < done or end > len(text) or text[at:end] != removed:
            raise BadSplice
        parts += (text[done:at], inserted)
        done = end
    parts.append(text[done:])
    return "".join(parts)


def invert(splices: Iterable[Splice]) -> Splices:
    """The edit that takes this one back, in terms of the text after it."""
    back: list[Splice] = []
    shift = 0
    for at, removed, inserted in splices:
        back.append((at + shift, inserted, removed))
        shift += len(inserted) - len(removed)
    return tuple(back)


def rebase(splices: Sequence[Splice], over: Sequence[Splice], *, earlier: bool = False) -> Splices:
    """The same intent after `over` has happened; both speak of the same text.

    At the same place, what happened earlier (`over`) stands to the left. Words that `over`
    inserted inside a range we remove stay: our removal closes around them. With `earlier` it is
    the other way about: `splices` comes first in the journal and is seen after later typing.
    """
    if not over:
        return tuple(splices)
    moved: list[Splice] = []
    for at, removed, inserted in splices:
        start = _moved(at, over, after=not earlier)
        pieces = _survivors(at, removed, over)
        if pieces and pieces[0][0] <= start:
            # Keep the words we insert in front of the first piece we still remove.
            moved.append((pieces[0][0], pieces[0][1], inserted))
            pieces = pieces[1:]
        elif inserted:
            moved.append((start, "", inserted))
        moved += [(place, words, "") for place, words in pieces]
    return _tidy(moved)


def rebase_over_all(splices: Sequence[Splice], edits: Iterable[Sequence[Splice]]) -> Splices:
    """`rebase` over several edits, one after the other, each in terms of the text before it."""
    result = tuple(splices)
    for edit in edits:
        result = rebase(result, edit)
    return result


def splices_between(before: str, after: str) -> Splices:
    """One splice from common prefix and suffix. Empty when nothing differs."""
    if before == after:
        return ()
    most = min(len(before), len(after))
    head = 0
    while head < most and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < most - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return ((head, before[head : len(before) - tail], after[head : len(after) - tail]),)


def _moved(at: int, over: Sequence[Splice], *, after: bool) -> int:
    """Where offset `at` lies after `over`; `after`: behind words inserted exactly there."""
    shift = 0
    for place, removed, inserted in over:
        end = place + len(removed)
        if place > at or (place == at and not after):
            break
        if at >= end:
            shift += len(inserted) - len(removed)
        else:
            return place + shift + len(inserted)
    return at + shift


def _survivors(at: int, removed: str, over: Sequence[Splice]) -> list[tuple[int, str]]:
    """The pieces of our removed range that `over` left standing, where they stand now."""
    pieces: list[tuple[int, str]] = []
    done, end, shift = at, at + len(removed), 0
    for place, gone, inserted in over:
        gone_end = place + len(gone)
        if gone_end <= at and place < at:
            shift += len(inserted) - len(gone)
            continue
        if place >= end:
            break
        if place > done:
            pieces.append((done + shift, removed[done - at : place - at]))
        shift += len(inserted) - len(gone)
        done = max(done, gone_end)
    if done < end:
        pieces.append((done + shift, removed[done - at :]))
    return [(place, words) for place, words in pieces if words]


def _tidy(splices: list[Splice]) -> Splices:
    """Without empty splices; touching ones joined, so that two hands give one canonical form."""
    tidy: list[Splice] = []
    for at, removed, inserted in splices:
        if not removed and not inserted:
            continue
        if tidy and tidy[-1][0] + len(tidy[-1][1]) == at:
            last_at, last_removed, last_inserted = tidy[-1]
            tidy[-1] = (last_at, last_removed + removed, last_inserted + inserted)
        else:
            tidy.append((at, removed, inserted))
    return tuple(tidy)
