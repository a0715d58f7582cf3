"""One stream as a page knows it. Twin of static/js/board/replica.js."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from codesign.core.changes import (
    Change,
    DropItem,
    PatchItem,
    PatchStream,
    PutItem,
    apply_changes,
)
from codesign.core.stream import Fields, Item, State
from codesign.core.text import BadSplice, Splices, apply_splices
from codesign.sync.writing import Writing

#: A text: of an item, or (id None) of the stream itself.
Spot = tuple[str | None, str]


@dataclass(slots=True)
class View:
    """What is seen: confirmed, with expectations laid over it. Items are replaced, not mutated."""

    seq: int = 0
    fields: Fields = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Layer:
    """What is expected of one op for one item (id None: for the stream's fields)."""

    id: str | None
    changes: list[Change]


class Touched:
    """What changed in a view; None among the ids stands for the stream's fields."""

    def __init__(self, *ids: str | None) -> None:
        self.ids: set[str | None] = set(ids)


class Replica:
    """The confirmed state, expectations of unanswered ops over it, and the texts being written."""

    def __init__(self) -> None:
        self.confirmed = State()
        self.view = View()
        self._laid: dict[str | None, list[Layer]] = {}
        self._writings: dict[str | None, dict[str, Writing]] = {}

    @property
    def seq(self) -> int:
        return self.view.seq

    # What is confirmed

    def reset(self, seq: int, state: State, settled: Iterable[Spot]) -> None:
        """Starts again from a snapshot. Expectations stay laid over it."""
        self.confirmed = state
        self.view.seq = seq
        touch = Touched()
        for spot in settled:
            self.settle(spot, touch)
        for spot, _ in list(self.writings()):
            self._retarget(spot, touch)
        self.view.fields = dict(self._see(None) or {})
        self.view.items = {}
        self.refresh(Touched(*state.items, *self._laid))

    def apply(self, seq: int, changes: Iterable[Change], own: Spot | None, touch: Touched) -> None:
        """Applies the next entry. `own` is the text of ours that it answers, if any.

        Raises BadSplice when our copy cannot be right any more.
        """
        for change in changes:
            item_id = touched(change)
            apply_changes(self.confirmed, (change,))
            for name, splices in _texts(change).items():
                writing = self.writing((item_id, name))
                if writing is not None and (item_id, name) != own:
                    writing.incoming(splices)
                    self.rest((item_id, name))
            for name in self._replaced_texts(change, item_id):
                self._retarget((item_id, name), touch)
            touch.ids.add(item_id)
        self.view.seq = seq

    def settle(self, spot: Spot, touch: Touched) -> None:
        """Our edit of this text is in the journal."""
        if (writing := self.writing(spot)) is not None:
            writing.settle(self._confirmed_text(spot))
            self.rest(spot)
            touch.ids.add(spot[0])

    def refresh(self, touch: Touched) -> None:
        """Brings the view of what was touched up to date."""
        for item_id in touch.ids:
            fields = self._see(item_id)
            if item_id is None:
                self.view.fields = dict(fields or {})
            elif fields is None:
                self.view.items.pop(item_id, None)
            else:
                self.view.items[item_id] = fields

    # What is expected

    def lay(self, layers: Iterable[Layer], touch: Touched) -> None:
        for layer in layers:
            self._laid.setdefault(layer.id, []).append(layer)
            touch.ids.add(layer.id)

    def lift(self, layers: Iterable[Layer], touch: Touched) -> None:
        for layer in layers:
            left = [other for other in self._laid.get(layer.id, ()) if other is not layer]
            if left:
                self._laid[layer.id] = left
            else:
                self._laid.pop(layer.id, None)
            touch.ids.add(layer.id)

    # What is being written

    def writing(self, spot: Spot) -> Writing | None:
        return self._writings.get(spot[0], {}).get(spot[1])

    def write(self, spot: Spot) -> Writing:
        """The writing of a text, begun if need be.

        Where the item itself is only expected yet, the edit speaks of the words it was asked with.
        """
        writing = self.writing(spot)
        if writing is None:
            writing = Writing(self._text_below(spot))
            self._writings.setdefault(spot[0], {})[spot[1]] = writing
        return writing

    def writings(self) -> Iterator[tuple[Spot, Writing]]:
        for item_id, fields in self._writings.items():
            for name, writing in fields.items():
                yield (item_id, name), writing

    def rest(self, spot: Spot) -> None:
        """Forgets a writing with nothing left to say."""
        fields = self._writings.get(spot[0], {})
        if spot[1] in fields and fields[spot[1]].is_idle:
            del fields[spot[1]]
            if not fields:
                del self._writings[spot[0]]

    # Inside

    def _retarget(self, spot: Spot, touch: Touched) -> None:
        writing = self.writing(spot)
        if writing is None or (spot[0] is not None and self.confirmed.get(spot[0]) is None):
            return
        writing.retarget(self._confirmed_text(spot))
        self.rest(spot)
        touch.ids.add(spot[0])

    def _replaced_texts(self, change: Change, item_id: str | None) -> list[str]:
        """Texts being written that the change replaces whole."""
        written = list(self._writings.get(item_id, {}))
        match change:
            case PutItem():
                return written
            case PatchItem(fields=fields) | PatchStream(fields=fields):
                return [name for name in written if name in fields]
        return []

    def _confirmed_text(self, spot: Spot) -> str:
        item_id, name = spot
        owner = self.confirmed.fields if item_id is None else self.confirmed.get(item_id)
        return str((owner or {}).get(name, ""))

    def _text_below(self, spot: Spot) -> str:
        item_id, name = spot
        if item_id is None or self.confirmed.get(item_id) is not None:
            return self._confirmed_text(spot)
        return str((self._expect(item_id) or {}).get(name, ""))

    def _see(self, item_id: str | None) -> dict[str, Any] | None:
        below = self._expect(item_id)
        written = self._writings.get(item_id)
        if below is None or not written:
            return below
        return {**below, **{name: writing.shown for name, writing in written.items()}}

    def _expect(self, item_id: str | None) -> dict[str, Any] | None:
        confirmed = self.confirmed.fields if item_id is None else self.confirmed.get(item_id)
        fields = confirmed
        for layer in self._laid.get(item_id, ()):
            for change in layer.changes:
                fields = _expected(fields, change, confirmed)
        return fields


def touched(change: Change) -> str | None:
    """The id of the item a change is about; None for the stream's own fields."""
    match change:
        case PutItem(item):
            return str(item["id"])
        case PatchItem(id=item_id) | DropItem(id=item_id):
            return item_id
    return None


def _texts(change: Change) -> Mapping[str, Splices]:
    match change:
        case PatchItem(text=text) | PatchStream(text=text):
            return text
    return {}


def _expected(
    fields: dict[str, Any] | None, change: Change, confirmed: dict[str, Any] | None
) -> dict[str, Any] | None:
    """What a change would make of an item. One that no longer fits is no error: the answer tells.

    An item that we dropped and put back, both unanswered, is as it is confirmed: its words are those
    that others have meanwhile written.
    """
    match change:
        case PutItem(item):
            return fields if fields is not None else confirmed or item
        case PatchItem(fields=patch, text=text) | PatchStream(fields=patch, text=text):
            if fields is None:
                return None
            fresh = {**fields, **patch}
            fresh = {key: value for key, value in fresh.items() if value is not None}
            try:
                for name, splices in text.items():
                    fresh[name] = apply_splices(fresh.get(name, ""), splices)
            except BadSplice:
                return fields
            return fresh
    return None
