"""Two edits of a text as one. Twin of `compose` in static/js/board/text.js."""

from __future__ import annotations

from collections.abc import Sequence

from codesign.core.text import Splice, Splices


def compose(first: Sequence[Splice], second: Sequence[Splice]) -> Splices:
    """What `first` and then `second` do, as one edit; `second` speaks of the text after `first`."""
    if not first:
        return tuple(second)
    if not second:
        return tuple(first)
    ours, theirs = _Steps(first, inserted_between=True), _Steps(second, inserted_between=False)
    out: list[Splice] = []
    at = 0
    while ours.is_open or theirs.is_open:
        if ours.other:
            removed, inserted = ours.take_other(), ""
        elif theirs.other:
            removed, inserted = "", theirs.take_other()
        else:
            length = min(ours.length, theirs.length)
            put, gone = ours.take(length), theirs.take(length)
            if put is None and gone is None:
                at += length
            if (put is None) == (gone is None):
                continue  # kept by both, or put in and taken out again
            removed, inserted = gone or "", put or ""
        out.append((at, removed, inserted))
        at += len(removed)
    return _joined(out)


class _Steps:
    """One edit as steps over the text between the two: stretches kept, and words touched."""

    _END = 2**62

    def __init__(self, splices: Sequence[Splice], *, inserted_between: bool) -> None:
        self._splices = splices
        self._inserted_between = inserted_between
        self._next = self._place = self._shift = 0
        self._words = ""
        #: The words on the side that does not lie in the text between.
        self.other = ""
        self._open()

    @property
    def is_open(self) -> bool:
        return bool(self.other or self._words or self._next < len(self._splices))

    @property
    def length(self) -> int:
        if self._words:
            return len(self._words)
        return self._start() - self._place if self._next < len(self._splices) else self._END

    def take_other(self) -> str:
        words, self.other = self.other, ""
        self._open()
        return words

    def take(self, length: int) -> str | None:
        """Goes on by `length`: the words touched, or None where they are kept."""
        touched = self._words[:length] if self._words else None
        self._words = self._words[length:]
        self._place += length
        self._open()
        return touched

    def _open(self) -> None:
        while not self.other and not self._words and self._next < len(self._splices):
            if self._start() > self._place:
                return
            _, removed, inserted = self._splices[self._next]
            self._next += 1
            if self._inserted_between:
                self._words, self.other = inserted, removed
                self._shift += len(inserted) - len(removed)
            else:
                self._words, self.other = removed, inserted

    def _start(self) -> int:
        return self._splices[self._next][0] + self._shift


def _joined(splices: list[Splice]) -> Splices:
    joined: list[Splice] = []
    for at, removed, inserted in splices:
        if joined and joined[-1][0] + len(joined[-1][1]) == at:
            last_at, last_removed, last_inserted = joined[-1]
            joined[-1] = (last_at, last_removed + removed, last_inserted + inserted)
        elif removed or inserted:
            joined.append((at, removed, inserted))
    return tuple(joined)
