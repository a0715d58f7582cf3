"""What becomes of candidates where a carry goes: items of a board, records of a register, or both.

Ids derive from where it comes from, where it goes and how often the carry was taken back, so that a carry that is run
twice adds nothing, and one that was undone can be run again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codesign.core.carrying import ROWS, Candidate, plain
from codesign.core.copies import copy_id
from codesign.core.items import FLOWING
from codesign.core.kinds import REGISTERED, Kind, kind_in
from codesign.core.record_boards import method_of
from codesign.core.stream import Item, Readable, State

_WIDE, _HIGH, _IN_A_ROW = 22_000, 20_000, 6
#: Where something that was put together came from beside its first origin: `origin/also/<item>` is the board.
ALSO = "origin/also/"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What becomes of a candidate at one target: an item of its board, a record, or both; or more of a record."""

    candidate: str
    item: Item | None = None
    record: Mapping[str, Any] | None = None
    #: A record that is the same already: it only keeps where it also comes from.
    same: str = ""


def arrivals(
    chosen: Sequence[Candidate],
    target: str,
    state: Readable | None,
    kind: str,
    round: int,
    *,
    kinds: Sequence[str] = (),
    register: Readable | None = None,
) -> list[Arrival]:
    """At a board (`state`), whose method takes `kinds`; or, without one, in the register as `kind`."""
    method = "" if state is None else method_of(state.fields)
    if state is not None and not method:
        as_factor = kind == "factor" or bool(kinds and kinds[0] == "factor")
        return _as_items(chosen, target, state, (kind, round), as_factor=as_factor)
    register = register if register is not None else State()
    at = _At(target, kind, kinds, state is not None and method not in ROWS, round, register)
    return [at.arrival(one) for one in chosen]


def arrived_id(target: str, candidate: Candidate, round: int) -> str:
    return copy_id("carry", target, candidate.board, candidate.id, str(round))


class _At:
    """A target that shows records. What is the same as something else goes where that goes."""

    def __init__(
        self,
        target: str,
        kind: str,
        kinds: Sequence[str],
        places: bool,
        round: int,
        register: Readable,
    ) -> None:
        self.target, self.places, self.round, self.register = target, places, round, register
        known = [one for one in (kind, *kinds) if one and kind_in(one, register.fields)]
        self.accepted = {one for one in known if one in REGISTERED or one in kinds} | {kind}
        # What is asked for; else a kind of the house; else the method's own first one.
        first = next((one for one in known if one == kind or one in REGISTERED), None)
        self.wanted = first or next(iter(known), "")

    def arrival(self, one: Candidate) -> Arrival:
        placed = {"kind": "placement", "id": arrived_id(self.target, one, self.round)}
        if one.is_record and one.kind in self.accepted and one.within:
            return Arrival(one.id)  # the two become one record (merge_records)
        if one.is_record and one.kind in self.accepted:
            return Arrival(one.id, {**placed, "record": one.id} if self.places else None)
        if one.within:
            return Arrival(one.id, same=self._same(one))
        id = copy_id("carry", "register", self.wanted, one.board, one.id, str(self.round))
        known = kind_in(self.wanted, self.register.fields)
        fields = _named(one, known) if known else None
        if known is None or fields is None:
            return Arrival(one.id)
        if known.fields[0].type == "ref" and (there := self._row_of(known, one)):
            return Arrival(one.id, same=there)
        record = {"id": id, "kind": self.wanted, "fields": fields} | _whence(one)
        return Arrival(one.id, {**placed, "record": id} if self.places else None, record)

    def _row_of(self, kind: Kind, one: Candidate) -> str:
        """What is about another record is there once for it, such as a row of the engagement plan."""
        own = copy_id("carry", "register", kind.name, one.board, one.id, str(self.round))
        rows = (row for row in self.register.of_kind(kind.name) if row.get(kind.title) == one.id)
        return next((str(row["id"]) for row in rows if row["id"] != own), "")

    def _same(self, one: Candidate) -> str:
        """A record there already; or the one that its like becomes."""
        board, _, id = one.within.partition(".")
        if not board:
            return id
        return copy_id("carry", "register", self.wanted, board, id, str(self.round))


def _whence(one: Candidate) -> dict[str, Any]:
    board, item = one.origin
    return {"board": board, "item": item, "also": {id: where for where, id in one.also}}


def _named(one: Candidate, kind: Kind) -> dict[str, Any] | None:
    """What names it; and what else both say under the same name, so that a challenge keeps its city and theme."""
    title = kind.fields[0]
    if title.type == "ref":
        fits = one.is_record and (not title.options or one.kind in title.options)
        return {title.name: one.id} if fits else None
    if title.type not in ("text", "longtext"):
        return None
    fields: dict[str, Any] = {title.name: " ".join(one.text.split())}
    for field in kind.fields[1:] if one.is_record else ():
        if field.type == "text" and not field.closed and isinstance(one.item.get(field.name), str):
            fields[field.name] = one.item[field.name]
    return fields


# Boards of notes and of factors


def _as_items(
    chosen: Sequence[Candidate],
    target: str,
    state: Readable,
    said: tuple[str, int],
    *,
    as_factor: bool,
) -> list[Arrival]:
    """What is the same as another one lies within it, as its own words: it can be taken out again."""
    kind, round = said
    place = _Place(state, kind)
    ids = {one.key: arrived_id(target, one, round) for one in chosen}
    made = []
    for at, one in enumerate(chosen):
        if as_factor and one.within:
            made.append(Arrival(one.id))
            continue
        item = _as_item(one, ids[one.key], as_factor=as_factor) | place.at(at)
        if one.within in ids:
            item["within"] = ids[one.within]
        elif one.within.startswith(".") and state.get(one.within[1:]) is not None:
            item["within"] = one.within[1:]
        made.append(Arrival(one.id, item))
    return sorted(made, key=lambda one: "within" in (one.item or {}))


def _as_item(one: Candidate, id: str, *, as_factor: bool) -> Item:
    words = {"kind": "factor", "label": " ".join(one.text.split())}
    if not as_factor:
        words = {"kind": "note", "text": one.text}
    made: dict[str, Any] = {"id": id, **words}
    if not as_factor:
        made |= {"colour": str(one.item.get("colour", "stone")), "at": int(one.item.get("at", 0))}
    kept = {key: one.item[key] for key in ("by", "lang") if key in one.item and not one.is_record}
    translated = {
        key: value for key, value in one.item.items() if key.startswith("text/") and not as_factor
    }
    board, item = one.origin
    marks = {"origin/board": board, "origin/item": item}
    marks |= {f"{ALSO}{other}": where for where, other in one.also}
    of = one.table.marks if one.table else {}
    return {**made, **kept, **translated, **marks, **of}


class _Place:
    """In the region that is called as the carry says, else the first; on a free board right of what is there."""

    def __init__(self, state: Readable, kind: str) -> None:
        self.flows = state.fields.get("layout") in FLOWING
        regions = sorted(state.of_kind("region"), key=lambda one: (one["order"], one["id"]))
        named = [one for one in regions if kind and plain(kind) in plain(one["title"])]
        chosen = next(iter([*named, *regions]), None)
        self.region = str(chosen["id"]) if chosen else ""
        ends = (one["x"] + one.get("w", _WIDE) for one in state.all() if "x" in one)
        self.right = 0 if self.flows else max(ends, default=0)

    def at(self, number: int) -> dict[str, Any]:
        if self.flows:
            return {"region": self.region, "order": f"z{number:04d}V"}
        row, column = divmod(number, _IN_A_ROW)
        return {"x": self.right + _WIDE + column * _WIDE, "y": row * _HIGH}
