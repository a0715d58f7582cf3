"""What a room remembers of its recent entries: who touched which field last, and how texts moved.

Enough to guard against stale writes (P4.8), to rebase text (P5.3) and to undo (P4.9).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem
from codesign.core.stream import Entry
from codesign.core.text import Splices

#: Stands for the stream itself where an item id is asked for.
STREAM = ""
#: Stands for the item as a whole: put or dropped.
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Touch:
    """Who changed a field last, and when (ms since 1970)."""

    seq: int
    by: str | None
    at: int


#: Letters of all remembered words, before and after: four bytes each at worst, so 16 MiB.
LETTERS = 4 * 1024 * 1024
#: Last touches of fields that one board remembers: some 8 MiB.
TOUCHES = 50_000
#: Older entries are read at least so many at a time.
READ_AT_ONCE = 256


class History:
    """Recent entries of one stream, at most `keep`, and at most `letters` of words in them.

    It knows how texts moved for any base from `since` on, and who touched a field last for any base
    from `touched_since` on, which reaches further back: in a crowd 2,000 entries are a few seconds,
    and whoever was away that long would meet a conflict with nobody at every move.

    A room adds an entry as soon as it is decided, so that later ops of the same tick see it; when
    the commit fails, the room loads its history anew.

    It may be begun with the newest entries alone. Those before them, back to `reach`, are read when
    a base asks for them: whoever has just come never does, and most boards are opened for them.
    """

    def __init__(
        self,
        since: int = 0,
        keep: int = 2_000,
        letters: int = LETTERS,
        touches: int = TOUCHES,
        reach: int | None = None,
    ) -> None:
        self.since = self.touched_since = since
        self.reach = since if reach is None else reach
        self._keep = keep
        self._room = letters
        self._most_touches = touches
        self._touch_count = 0
        self._entries: deque[Entry] = deque()
        #: Of each entry; counting them twice would be a twentieth of all that a busy server does.
        self._letters: deque[int] = deque()
        self._touches: dict[str, dict[str, Touch]] = {}
        self._edits: dict[tuple[str, str], deque[tuple[int, Splices]]] = {}

    @property
    def head(self) -> int:
        """The seq of the newest entry known here."""
        return self._entries[-1].seq if self._entries else self.since

    @property
    def entries(self) -> deque[Entry]:
        return self._entries

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)
        for item_id, field, splices in touched_by(entry.changes):
            fields = self._touches.setdefault(item_id, {})
            self._touch_count += field not in fields
            fields[field] = Touch(entry.seq, entry.by, entry.at)
            if splices:
                self._edits.setdefault((item_id, field), deque()).append((entry.seq, splices))
        letters = letters_in(entry)
        self._letters.append(letters)
        self._room -= letters
        while len(self._entries) > self._keep or (self._room < 0 and len(self._entries) > 1):
            forgotten = self._entries.popleft()
            self._room += self._letters.popleft()
            self._forget(forgotten)
        # Never more often than once in as many entries as are remembered: it looks at all of them.
        if self._touch_count > self._most_touches and self.since - self.touched_since >= self._keep:
            self._forget_touches()

    def unread(self, base: int) -> tuple[int, int] | None:
        """(after, to) of the entries to `recall` before `base` is judged; None: nothing more is to be had."""
        to = self.touched_since
        if base >= to or to <= self.reach:
            return None
        return max(self.reach, min(base, to - READ_AT_ONCE)), to

    def recall(self, older: Sequence[Entry]) -> None:
        """Entries up to `touched_since`, as `unread` named them; others are not believed."""
        if not older or older[-1].seq != self.touched_since:
            return
        for entry in reversed(older):
            is_kept = self._keep_older(entry)
            # The last change first: a text's edits are in their order.
            for item_id, field, splices in reversed([*touched_by(entry.changes)]):
                fields = self._touches.setdefault(item_id, {})
                if field not in fields:
                    fields[field] = Touch(entry.seq, entry.by, entry.at)
                    self._touch_count += 1
                if splices and is_kept:
                    edits = self._edits.setdefault((item_id, field), deque())
                    edits.appendleft((entry.seq, splices))
        self.touched_since = older[0].seq - 1

    def tail(self, after: int) -> list[Entry] | None:
        """The entries after `after`, or None when that is further back than remembered."""
        if after < self.since:
            return None
        return list(islice(self._entries, after - self.since, None))

    def touch(self, item_id: str, field: str) -> Touch | None:
        return self._touches.get(item_id, {}).get(field)

    def touches(self, item_id: str) -> dict[str, Touch]:
        """Every field of the item touched since `touched_since`."""
        return self._touches.get(item_id, {})

    def edits(self, item_id: str, field: str, after: int) -> list[Splices]:
        """The edits of one text since `after`, each in terms of the text before it."""
        known = self._edits.get((item_id, field), ())
        return [splices for seq, splices in known if seq > after]

    def _keep_older(self, entry: Entry) -> bool:
        """Whether the entry is one of those remembered whole: it is next to them, and there is room for it."""
        letters = letters_in(entry)
        fits = len(self._entries) < self._keep and letters <= self._room
        if entry.seq != self.since or not fits:
            return False
        self._entries.appendleft(entry)
        self._letters.appendleft(letters)
        self._room -= letters
        self.since = entry.seq - 1
        return True

    def _forget(self, entry: Entry) -> None:
        self.since = entry.seq
        for item_id, field, splices in touched_by(entry.changes):
            key = (item_id, field)
            if splices and (edits := self._edits.get(key)):
                while edits and edits[0][0] <= entry.seq:
                    edits.popleft()
                if not edits:
                    del self._edits[key]

    def _forget_touches(self) -> None:
        # Nor is it read again: what is between would be missing.
        self.touched_since = self.reach = self.since
        recent = {
            item_id: {field: touch for field, touch in fields.items() if touch.seq > self.since}
            for item_id, fields in self._touches.items()
        }
        self._touches = {item_id: fields for item_id, fields in recent.items() if fields}
        self._touch_count = sum(map(len, self._touches.values()))


def letters_in(entry: Entry) -> int:
    """Letters of the words that the entry brought and took, near enough for a limit."""
    letters = 0
    for change in (*entry.changes, *entry.inverse):
        match change:
            case PutItem(item):
                letters += len(item.get("text", ""))
            case PatchItem(_, _, text) | PatchStream(_, text):
                for splices in text.values():
                    for _, gone, new in splices:
                        letters += len(gone) + len(new)
    return letters


def touched_by(changes: tuple[Change, ...]) -> Iterator[tuple[str, str, Splices]]:
    """(item id, field, splices) for everything the changes touch; splices are () where replaced."""
    for change in changes:
        match change:
            case PutItem(item):
                yield item["id"], WHOLE, ()
            case DropItem(item_id):
                yield item_id, WHOLE, ()
            case PatchItem(item_id, fields, text):
                for field in fields:
                    yield item_id, field, ()
                for field, splices in text.items():
                    yield item_id, field, splices
            case PatchStream(fields, text):
                for field in fields:
                    yield STREAM, field, ()
                for field, splices in text.items():
                    yield STREAM, field, splices
