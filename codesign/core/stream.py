"""What a stream is: its state, a draft laid over it, and the entries of its journal."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codesign.core.items import question_bytes, word_bytes

if TYPE_CHECKING:
    from codesign.core.changes import Change

#: Flat: text, whole numbers, true or false. Never mutated; a patch makes a new one.
Item = dict[str, Any]
Fields = dict[str, Any]


Spot = tuple[int, int]
#: The fields by which an item points at another one.
POINTERS = ("region", "cluster", "within", "about", "from", "to", "record")


class State:
    """What the entries of a stream add up to. `dropped` holds the ids that were and are gone.

    Beside the items it keeps what rules ask for on every op, so that no op walks a whole board:
    ids by kind, what points at an item, how many items stand exactly on a spot, and the bytes of all words.
    """

    __slots__ = (
        "__weakref__",
        "dropped",
        "fields",
        "items",
        "kinds",
        "pointers",
        "spots",
        "words",
    )

    def __init__(
        self,
        fields: Fields | None = None,
        items: dict[str, Item] | None = None,
        dropped: Iterable[str] = (),
    ) -> None:
        self.fields: Fields = fields or {}
        self.items: dict[str, Item] = {}
        self.dropped: set[str] = set(dropped)
        self.kinds: dict[str, dict[str, None]] = {}
        self.pointers: dict[str, dict[str, None]] = {}
        self.spots: dict[Spot, int] = {}
        self.words = question_bytes(self.fields)
        for item in (items or {}).values():
            self.put(item)

    def get(self, item_id: str) -> Item | None:
        return self.items.get(item_id)

    def all(self) -> Iterator[Item]:
        return iter(self.items.values())

    def of_kind(self, kind: str) -> Iterator[Item]:
        return (self.items[item_id] for item_id in self.kinds.get(kind, ()))

    def count_of(self, kind: str) -> int:
        return len(self.kinds.get(kind, ()))

    def pointing_at(self, target: str) -> Iterator[Item]:
        return (self.items[item_id] for item_id in self.pointers.get(target, ()))

    def standing_on(self, spot: Spot) -> int:
        return self.spots.get(spot, 0)

    def was_dropped(self, item_id: str) -> bool:
        return item_id in self.dropped

    def copied(self) -> State:
        """As it is now, for somebody who reads it in a thread; the items, which nobody mutates, are the same."""
        copy = State(self.fields, dropped=self.dropped)
        copy.items, copy.words, copy.spots = dict(self.items), self.words, dict(self.spots)
        copy.kinds = {kind: dict(ids) for kind, ids in self.kinds.items()}
        copy.pointers = {target: dict(ids) for target, ids in self.pointers.items()}
        return copy

    def __len__(self) -> int:
        return len(self.items)

    def __bool__(self) -> bool:
        """An empty board is there, too: only None is none."""
        return True

    # What apply_changes writes through.
    def put(self, item: Item) -> None:
        item_id = item["id"]
        if (old := self.items.get(item_id)) is not None:
            self._leave(old)
        self.items[item_id] = item
        self.dropped.discard(item_id)
        self.words += word_bytes(item)
        self.kinds.setdefault(item["kind"], {})[item_id] = None
        for target in targets_of(item):
            self.pointers.setdefault(target, {})[item_id] = None
        if (spot := spot_of(item)) is not None:
            self.spots[spot] = self.spots.get(spot, 0) + 1

    def drop(self, item_id: str) -> None:
        self._leave(self.items.pop(item_id))
        self.dropped.add(item_id)

    def set_fields(self, fields: Fields) -> None:
        self.words += question_bytes(fields) - question_bytes(self.fields)
        self.fields = fields

    def _leave(self, item: Item) -> None:
        self.words -= word_bytes(item)
        self.kinds[item["kind"]].pop(item["id"])
        for target in targets_of(item):
            if (known := self.pointers.get(target)) is not None:
                known.pop(item["id"], None)
                if not known:
                    del self.pointers[target]
        if (spot := spot_of(item)) is not None:
            self.spots[spot] -= 1
            if not self.spots[spot]:
                del self.spots[spot]


class Draft:
    """A state as it will be if this tick commits. Reads fall through; writes stay here."""

    __slots__ = (
        "_base",
        "_counts",
        "_dropped",
        "_items",
        "_pointers",
        "_size",
        "_spots",
        "fields",
        "searched",
        "words",
    )

    def __init__(self, base: State | Draft) -> None:
        self._base = base
        self._items: dict[str, Item | None] = {}
        self._dropped: set[str] = set()
        self._spots: dict[Spot, int] = {}
        self._counts: dict[str, int] = {}
        #: By what is pointed at: items written here that did so at some time.
        self._pointers: dict[str, dict[str, None]] = {}
        #: How far around a taken spot the search for a free one has come (rules/places.py).
        self.searched: dict[Spot, tuple[int, int]] = {}
        self._size = len(base)
        self.words: int = base.words
        self.fields: Fields = base.fields

    def get(self, item_id: str) -> Item | None:
        if item_id in self._items:
            return self._items[item_id]
        return self._base.get(item_id)

    def all(self) -> Iterator[Item]:
        for item in self._base.all():
            if item["id"] not in self._items:
                yield item
        for changed in self._items.values():
            if changed is not None:
                yield changed

    def of_kind(self, kind: str) -> Iterator[Item]:
        for item in self._base.of_kind(kind):
            if item["id"] not in self._items:
                yield item
        for changed in self._items.values():
            if changed is not None and changed["kind"] == kind:
                yield changed

    def count_of(self, kind: str) -> int:
        return self._base.count_of(kind) + self._counts.get(kind, 0)

    def pointing_at(self, target: str) -> Iterator[Item]:
        for item in self._base.pointing_at(target):
            if item["id"] not in self._items:
                yield item
        for item_id in self._pointers.get(target, ()):
            changed = self._items[item_id]
            if changed is not None and target in targets_of(changed):
                yield changed

    def standing_on(self, spot: Spot) -> int:
        return self._base.standing_on(spot) + self._spots.get(spot, 0)

    def was_dropped(self, item_id: str) -> bool:
        if item_id in self._items:
            return item_id in self._dropped
        return self._base.was_dropped(item_id)

    def __len__(self) -> int:
        return self._size

    def __bool__(self) -> bool:
        return True

    def put(self, item: Item) -> None:
        item_id = item["id"]
        self._leave(self.get(item_id))
        self._items[item_id] = item
        self._dropped.discard(item_id)
        self._size += 1
        self._counts[item["kind"]] = self._counts.get(item["kind"], 0) + 1
        for target in targets_of(item):
            self._pointers.setdefault(target, {})[item_id] = None
        self.words += word_bytes(item)
        if (spot := spot_of(item)) is not None:
            self._spots[spot] = self._spots.get(spot, 0) + 1

    def drop(self, item_id: str) -> None:
        self._leave(self.get(item_id))
        self._items[item_id] = None
        self._dropped.add(item_id)

    def set_fields(self, fields: Fields) -> None:
        self.words += question_bytes(fields) - question_bytes(self.fields)
        self.fields = fields

    def _leave(self, item: Item | None) -> None:
        if item is None:
            return
        self._size -= 1
        self._counts[item["kind"]] = self._counts.get(item["kind"], 0) - 1
        self.words -= word_bytes(item)
        if (spot := spot_of(item)) is not None:
            self._spots[spot] = self._spots.get(spot, 0) - 1
            self.searched.clear()


def spot_of(item: Item) -> Spot | None:
    """Where a free item stands, in 1/100 px; None for an item that flows in a region."""
    x = item.get("x")
    return None if x is None else (x, item.get("y", 0))


def targets_of(item: Item) -> list[str]:
    """The ids this item points at."""
    return [item[field] for field in POINTERS if field in item]


#: Rules read either alike.
Readable = State | Draft


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal: who, when, what became true, and (never on the wire) what was before.

    `at` is milliseconds since 1970 on the server's clock; `by` is a person id or None.
    """

    seq: int
    by: str | None
    at: int
    changes: tuple[Change, ...]
    inverse: tuple[Change, ...]


def new_id(sixteen_bytes: bytes) -> str:
    """An id of 22 letters from 128 random bits, which the caller draws."""
    return base64.urlsafe_b64encode(sixteen_bytes).rstrip(b"=").decode()


def kind_of(stream: str) -> str:
    """`board` of `board:<id>`."""
    return stream.partition(":")[0]


def id_of(stream: str) -> str:
    return stream.partition(":")[2]
