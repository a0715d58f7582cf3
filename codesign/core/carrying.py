"""What a carry takes from a step's boards: states in, candidates out. What becomes of them is in core/arrivals.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from codesign.core.carry import Pick
from codesign.core.computed.grids import impact_effort
from codesign.core.computed.ranking import ranks
from codesign.core.copies import Origin, copy_id
from codesign.core.kinds import REGISTERED, Kind, kind_in
from codesign.core.record_boards import method_of
from codesign.core.stream import Item, Readable

#: What people write on boards, and what names it.
WORDS: Mapping[str, str] = {"note": "text", "cluster": "name", "factor": "label"}
#: Boards that show all records of a kind, and place none.
ROWS = ("action-plan", "engagement-plan", "criteria-matrix")
IMPACT_EFFORT = ("quick wins", "big projects", "fill ins", "think again")
#: Reactions by which people say that something should go on.
MARKS = ("reaction/thumb/", "reaction/heart/", "reaction/idea/")
#: A board, and an item of it.
Whence = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Worked:
    """Something that a method works out: an item or record of the board, or words made of several of them."""

    id: str
    #: Where they are others than what it is called.
    text: str = ""
    #: What else it is made of; then it is nothing by itself.
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A board of the step; with `table` it is a table's, called by its own name or by its number."""

    board: str
    state: Readable
    table: Origin | None = None
    #: By item: dots of the last vote that was counted there.
    dots: Mapping[str, int] = field(default_factory=dict)
    #: By record: where it stands, by every name there is for it, the one to be shown first.
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: By what its regions are called here: what else the playbook may call them.
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Fields that a filter may call like a region: what stands there goes on. By every name there is.
    fields: Mapping[str, str] = field(default_factory=dict)
    #: By what a carry may call it.
    worked: Mapping[str, Sequence[Worked]] = field(default_factory=dict)


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
    #: Every name of where it stands, as a filter may say it.
    places: tuple[str, ...] = ()
    #: What it came of, where that is not an item with its own id; and what else was put together with it.
    of: str = ""
    also: tuple[Whence, ...] = ()
    #: The one that is the same, where somebody said so: this one stays with it (arrivals.py).
    within: str = ""

    @property
    def key(self) -> str:
        return f"{self.board}.{self.id}"

    @property
    def origin(self) -> Whence:
        return (self.board, self.of or self.id)


def candidates(
    pick: Pick, sources: Sequence[Source], register: Readable, kinds: Sequence[str]
) -> list[Candidate]:
    """Everything on the step's boards, what the filter takes marked; `kinds` are the method's."""
    found = _once(one for source in sources for one in _on(source, register, kinds))
    match pick.which:
        case "top":
            return _top(found, pick)
        case "region":
            wanted = {plain(name) for name in pick.names}
            said = [one for source in sources for one in _said(found, source, wanted)]
            return [*said, *(replace(o, taken=not wanted.isdisjoint(o.places)) for o in found)]
        case "all":
            return [replace(one, taken=not pick.of) for one in found]
        case "computed":
            return _computed(found, sources, pick.names)
    return _marked(found, pick)


def lost_names(pick: Pick, sources: Sequence[Source]) -> list[str]:
    """Of a filter: regions that no board of the step has, results that no method of it works out."""
    if pick.which == "region":
        there = {plain(name) for source in sources for name in _names(source)}
        return [name for name in pick.names if plain(name) not in there]
    if pick.which == "computed":
        return [name for name in pick.names if not any(name in one.worked for one in sources)]
    return []


# What there is


def _once(found: Iterable[Candidate]) -> list[Candidate]:
    """A record that several tables show is one."""
    known: dict[str, Candidate] = {}
    for one in found:
        known.setdefault(one.id if one.is_record else one.key, one)
    return list(known.values())


def _on(source: Source, register: Readable, kinds: Sequence[str]) -> Iterator[Candidate]:
    state, method = source.state, method_of(source.state.fields)
    regions = {one["id"]: str(one["title"]) for one in state.of_kind("region")}
    names = {
        id: (plain(title), *source.aliases.get(plain(title), ())) for id, title in regions.items()
    }
    if method in ROWS:
        for kind in kinds:
            for record in _records(register, kind):
                yield _record(record, source, register)
    for place in state.of_kind("placement"):
        known = register.get(str(place["record"]))
        if known is not None and "merged" not in known:
            yield _record(known, source, register, _quadrant(place, method))
    for kind, key in WORDS.items():
        for item in state.of_kind(kind):
            if item.get("protected", False) or not item.get(key) or "within" in item:
                continue
            at, id = item.get("region", ""), str(item["id"])
            merged = (str(one["id"]) for one in state.pointing_at(id) if one.get("within") == id)
            yield Candidate(
                id,
                source.board,
                kind,
                str(item[key]),
                source.table,
                regions.get(at, ""),
                dots=source.dots.get(id, 0),
                item=item,
                places=names.get(at, ()),
                also=tuple((source.board, other) for other in sorted(merged)),
            )


def _records(register: Readable, kind: str) -> Iterator[Item]:
    if kind in REGISTERED:
        yield from (one for one in register.of_kind(kind) if "merged" not in one)


def _record(record: Item, source: Source, register: Readable, where: str = "") -> Candidate:
    id, known = str(record["id"]), kind_in(str(record["kind"]), register.fields)
    names = (where,) if where else source.places.get(id, ())
    return Candidate(
        id,
        source.board,
        str(record["kind"]),
        _called(record, known, register),
        source.table,
        next(iter(names), ""),
        is_record=True,
        dots=source.dots.get(id, 0),
        item=record,
        places=tuple(map(plain, names)),
    )


def _called(record: Item, kind: Kind | None, register: Readable) -> str:
    """By the field that names it; what is named by another record has that one's name."""
    value = record.get(kind.title) if kind else None
    field = kind.field(kind.title) if kind else None
    if value is None or field is None or field.type != "ref":
        return "" if value is None else str(value)
    other = register.get(str(value))
    of = kind_in(str(other["kind"]), register.fields) if other else None
    return str(other.get(of.title, "")) if other and of else ""


def _quadrant(place: Item, method: str) -> str:
    """Where people put it on a grid to choose from: the median of what each said."""
    said = {
        axis: [int(value) for key, value in place.items() if key.startswith(f"{axis}/")]
        for axis in ("x", "y")
    }
    if method != "impact-effort" or not said["x"] or not said["y"]:
        return ""
    return impact_effort(median(said["x"]) / 100, median(said["y"]) / 100)


def _computed(
    found: list[Candidate], sources: Sequence[Source], names: Sequence[str]
) -> list[Candidate]:
    """What the method names is taken; what it makes of several is a candidate of its own, before the others."""
    worked = {source.board: [*_worked(source, names)] for source in sources}
    said = {(board, one.id): one for board, all in worked.items() for one in all if not one.also}
    by_id = {(one.board, one.id): one for one in found}
    made = [
        _made(board, one, by_id)
        for board, all in worked.items()
        for one in all
        if one.also and (board, one.id) in by_id
    ]
    rest = []
    for one in found:
        told = said.get((one.board, one.id))
        text = (told.text if told else "") or one.text
        rest.append(replace(one, taken=told is not None, text=text))
    return [*made, *sorted(rest, key=lambda one: not one.taken)]


def _worked(source: Source, names: Sequence[str]) -> Iterator[Worked]:
    for name in names:
        yield from source.worked.get(name, ())


def _made(board: str, one: Worked, by_id: Mapping[Whence, Candidate]) -> Candidate:
    first = by_id[board, one.id]
    id = copy_id("worked", board, one.id, *one.also)
    also = tuple((board, other) for other in one.also)
    return Candidate(
        id, board, "", one.text, first.table, taken=True, region="", of=one.id, also=also
    )


def _said(found: Sequence[Candidate], source: Source, wanted: Iterable[str]) -> Iterator[Candidate]:
    """What a card or a record says in a field that the filter names, such as the key question of a case."""
    for name in sorted(wanted):
        field_name = source.fields.get(name)
        if not field_name:
            continue
        for one in found:
            told = one.item.get(field_name if one.is_record else f"said/{field_name}")
            if one.board == source.board and isinstance(told, str) and told.strip():
                id = copy_id("field", one.id, str(field_name))
                yield replace(
                    one, id=id, of=one.id, kind="", is_record=False, text=told, taken=True, item={}
                )


def _marked(found: list[Candidate], pick: Pick) -> list[Candidate]:
    """What people marked, or a case marked with a star; with a number, so many of those with the most marks."""
    marks = {one.key: _marks(one.item) for one in found}
    if pick.count is None:
        return [replace(one, taken=marks[one.key] > 0) for one in found]
    ranked = _ranked(found, marks, pick)
    return [one for _, one in sorted(enumerate(ranked), key=lambda at: (not at[1].taken, at[0]))]


def _marks(item: Mapping[str, Any]) -> int:
    return bool(item.get("starred")) + sum(key.startswith(MARKS) for key in item)


def _top(found: list[Candidate], pick: Pick) -> list[Candidate]:
    ranked = _ranked(found, {one.key: one.dots for one in found}, pick)
    return sorted(ranked, key=lambda one: (_table(one) if pick.per_group else (0, ""), one.rank))


def _ranked(found: list[Candidate], points: Mapping[str, int], pick: Pick) -> list[Candidate]:
    """Equals on one place; within each group where the filter says so. A tie across the line is nobody's."""
    groups: dict[tuple[int, str], list[Candidate]] = {}
    for one in found:
        groups.setdefault(_table(one) if pick.per_group else (0, ""), []).append(one)
    ranked, count = [], pick.count or 0
    for inside in groups.values():
        places = ranks({one.key: points[one.key] for one in inside})
        levels = Counter(places.values())
        level = {place: sum(n for at, n in levels.items() if at <= place) for place in levels}
        for one in inside:
            place = places[one.key]
            within = place <= count and points[one.key] > 0
            fits = within and level[place] <= count
            ranked.append(replace(one, rank=place, taken=fits, tied=within and not fits))
    return ranked


def _table(one: Candidate) -> tuple[int, str]:
    return (one.table.number, one.table.board) if one.table else (0, "")


def _names(source: Source) -> Iterator[str]:
    for title in (str(one["title"]) for one in source.state.of_kind("region")):
        yield title
        yield from source.aliases.get(plain(title), ())
    for names in source.aliases.values():
        yield from names
    yield from source.fields
    if method_of(source.state.fields) == "impact-effort":
        yield from IMPACT_EFFORT


def plain(name: Any) -> str:
    return str(name).casefold().replace("_", " ").replace("-", " ").strip()
