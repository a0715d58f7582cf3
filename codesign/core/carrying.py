"""What a carry takes from a step's boards, and what it puts where: states in, candidates and items out.

Ids of what arrives derive from where it comes from, where it goes and how often the carry was taken back, so that a
carry that is run twice adds nothing, and one that was undone can be run again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from codesign.core.carry import Pick
from codesign.core.computed.grids import impact_effort
from codesign.core.computed.ranking import ranks
from codesign.core.copies import Origin, copy_id
from codesign.core.items import FLOWING
from codesign.core.kinds import KINDS, REGISTERED
from codesign.core.record_boards import method_of
from codesign.core.stream import Item, Readable

#: What people write on boards, and what names it.
WORDS: Mapping[str, str] = {"note": "text", "cluster": "name", "factor": "label"}
#: Boards that show all records of a kind, and place none.
ROWS = ("action-plan", "engagement-plan", "criteria-matrix")
_WIDE, _HIGH, _IN_A_ROW = 22_000, 20_000, 6


@dataclass(frozen=True, slots=True)
class Source:
    """A board of the step; with `table` it is a table's, called by its own name or by its number."""

    board: str
    state: Readable
    table: Origin | None = None
    #: By item: dots of the last vote that was counted there.
    dots: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may go on. `id` is the item's, or the record's where `is_record`."""

    id: str
    board: str
    kind: str
    text: str
    table: Origin | None
    region: str
    is_record: bool = False
    dots: int = 0
    rank: int = 0
    #: Whether the carry's own filter takes it, and whether it shares the last place with one that is not taken.
    taken: bool = False
    tied: bool = False
    item: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What becomes of a candidate at one target: an item of its board, a record, or both."""

    candidate: str
    item: Item | None = None
    record: Mapping[str, Any] | None = None


def candidates(
    pick: Pick, sources: Sequence[Source], register: Readable, kinds: Sequence[str]
) -> list[Candidate]:
    """Everything on the step's boards, what the filter takes marked; `kinds` are the method's."""
    found = [one for source in sources for one in _on(source, register, kinds)]
    match pick.which:
        case "top":
            return _top(found, pick)
        case "region":
            wanted = {_plain(name) for name in pick.names}
            return [replace(one, taken=_plain(one.region) in wanted) for one in found]
        case "all":
            return [replace(one, taken=not pick.of) for one in found]
    # Marks and what only a method works out: whoever carries ticks them.
    return found


def arrivals(
    chosen: Sequence[Candidate],
    target: str,
    state: Readable | None,
    kind: str,
    round: int,
    *,
    kinds: Sequence[str] = (),
) -> list[Arrival]:
    """At a board (`state`), whose method takes `kinds`; or, without one, in the register as `kind`."""
    method = "" if state is None else method_of(state.fields)
    if state is None or method:
        wanted = kind if kind in REGISTERED else next((k for k in kinds if k in REGISTERED), "")
        accepted = {wanted} if state is None else {wanted, *(k for k in kinds if k in REGISTERED)}
        places = state is not None and method not in ROWS
        return [_as_record(one, target, wanted, accepted, round, places) for one in chosen]
    as_factor = kind == "factor" or (kinds and kinds[0] == "factor")
    return [
        Arrival(one.id, _as_item(one, target, state, at, kind, round, bool(as_factor)))
        for at, one in enumerate(chosen)
    ]


def arrived_id(target: str, candidate: Candidate, round: int) -> str:
    return copy_id("carry", target, candidate.board, candidate.id, str(round))


# What there is


def _on(source: Source, register: Readable, kinds: Sequence[str]) -> Iterator[Candidate]:
    state, method = source.state, method_of(source.state.fields)
    regions = {one["id"]: str(one["title"]) for one in state.of_kind("region")}
    if method in ROWS:
        for kind in kinds:
            for record in _records(register, kind):
                yield _record(record, source, "")
    for place in state.of_kind("placement"):
        known = register.get(str(place["record"]))
        if known is not None and "merged" not in known:
            yield _record(known, source, _quadrant(place, method) or str(place.get("region", "")))
    for kind, key in WORDS.items():
        for item in state.of_kind(kind):
            if item.get("protected", False) or not item.get(key):
                continue
            where = regions.get(item.get("region", ""), "")
            dots = source.dots.get(str(item["id"]), 0)
            id, words = str(item["id"]), str(item[key])
            yield Candidate(
                id, source.board, kind, words, source.table, where, dots=dots, item=item
            )


def _records(register: Readable, kind: str) -> Iterator[Item]:
    if kind in REGISTERED:
        yield from (one for one in register.of_kind(kind) if "merged" not in one)


def _record(record: Item, source: Source, where: str) -> Candidate:
    id, kind = str(record["id"]), str(record["kind"])
    words, dots = str(record.get(KINDS[kind].title, "")), source.dots.get(id, 0)
    return Candidate(
        id, source.board, kind, words, source.table, where, is_record=True, dots=dots, item=record
    )


def _quadrant(place: Item, method: str) -> str:
    """Where people put it on a grid to choose from: the median of what each said."""
    said = {
        axis: [int(value) for key, value in place.items() if key.startswith(f"{axis}/")]
        for axis in ("x", "y")
    }
    if method != "impact-effort" or not said["x"] or not said["y"]:
        return ""
    return impact_effort(median(said["x"]) / 100, median(said["y"]) / 100)


def _top(found: list[Candidate], pick: Pick) -> list[Candidate]:
    """By dots, equals on one place; within each group where the filter says so. A tie across the line is nobody's."""
    groups: dict[tuple[int, str], list[Candidate]] = {}
    for one in found:
        groups.setdefault(_table(one) if pick.per_group else (0, ""), []).append(one)
    ranked = []
    for inside in groups.values():
        places = ranks({one.id: one.dots for one in inside})
        for one in inside:
            place = places[one.id]
            level = sum(places[other.id] <= place for other in inside)
            within = place <= (pick.count or 0) and one.dots > 0
            fits = within and level <= (pick.count or 0)
            ranked.append(replace(one, rank=place, taken=fits, tied=within and not fits))
    return sorted(ranked, key=lambda one: ((_table(one) if pick.per_group else (0, "")), one.rank))


def _table(one: Candidate) -> tuple[int, str]:
    return (one.table.number, one.table.board) if one.table else (0, "")


# What becomes of it


def _as_record(
    one: Candidate, target: str, wanted: str, accepted: set[str], round: int, places: bool
) -> Arrival:
    """A record of an accepted kind stays the one it is; anything else becomes a new one, with its origin."""
    placed = {"kind": "placement", "id": arrived_id(target, one, round)}
    if one.is_record and one.kind in accepted:
        return Arrival(one.id, {**placed, "record": one.id} if places else None)
    id = copy_id("carry", "register", wanted, one.board, one.id, str(round))
    record = {
        "id": id,
        "kind": wanted,
        "fields": {KINDS[wanted].title: " ".join(one.text.split())} if wanted else {},
        "board": one.board,
        "item": one.id,
    }
    return Arrival(one.id, {**placed, "record": id} if places else None, record if wanted else None)


def _as_item(
    one: Candidate, target: str, state: Readable, at: int, kind: str, round: int, as_factor: bool
) -> Item:
    words = {"kind": "factor", "label": " ".join(one.text.split())}
    if not as_factor:
        words = {"kind": "note", "text": one.text}
    made: dict[str, Any] = {"id": arrived_id(target, one, round), **words}
    if not as_factor:
        made |= {"colour": str(one.item.get("colour", "stone")), "at": int(one.item.get("at", 0))}
    kept = {key: one.item[key] for key in ("by", "lang") if key in one.item and not one.is_record}
    translated = {
        key: value for key, value in one.item.items() if key.startswith("text/") and not as_factor
    }
    marks = {"origin/board": one.board, "origin/item": one.id}
    of = one.table.marks if one.table else {}
    return {**made, **kept, **translated, **marks, **of, **_place(state, at, kind)}


def _place(state: Readable, at: int, kind: str) -> dict[str, Any]:
    """In the region that is called as the carry says, else the first; on a free board right of what is there."""
    if state.fields.get("layout") in FLOWING:
        regions = sorted(state.of_kind("region"), key=lambda one: (one["order"], one["id"]))
        named = [one for one in regions if kind and _plain(kind) in _plain(one["title"])]
        chosen = next(iter([*named, *regions]), None)
        return {"region": chosen["id"] if chosen else "", "order": f"z{at:04d}V"}
    right = max((one["x"] + one.get("w", _WIDE) for one in state.all() if "x" in one), default=0)
    row, column = divmod(at, _IN_A_ROW)
    return {"x": right + _WIDE + column * _WIDE, "y": row * _HIGH}


def _plain(name: Any) -> str:
    return str(name).casefold().replace("_", " ").replace("-", " ").strip()
