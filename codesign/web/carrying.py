"""Carrying results from a step to where its playbook sends them: seen beforehand, run, noted, undone as one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

from starlette.requests import Request

from codesign.catalog import Catalog
from codesign.core import limits
from codesign.core.arrivals import Arrival, arrivals
from codesign.core.carrying import Candidate, Source, candidates, lost_names
from codesign.core.computed.ranking import options_of
from codesign.core.copies import Origin, copy_id
from codesign.core.decision import Refused
from codesign.core.fillings import Choice, Filling, Update, fillings, ops_of, updates
from codesign.core.method import Method
from codesign.core.ops import (
    All,
    CarryRecords,
    CarryTopics,
    CopyItems,
    FillRecords,
    MergeRecords,
    NoteCarry,
    Op,
    TakeBack,
    UndoCarry,
)
from codesign.core.stream import State
from codesign.results.carry_sources import read_source
from codesign.results.facts import Facts
from codesign.web import seats
from codesign.web.access import state_of
from codesign.web.carry_rules import Rule, Where
from codesign.web.house import House, house_of
from codesign.web.sessions import known_visitor

#: Items and records in one entry.
AT_ONCE = 250
T = TypeVar("T")


class Found:
    """What a rule could carry, and what it would become: read once for the page, and once more when it is run."""

    def __init__(
        self, rule: Rule, register: State, sources: list[Source], kinds: list[str]
    ) -> None:
        self.rule, self.register, self.sources = rule, register, sources
        self.lost = lost_names(rule.carry.pick, sources)
        self.candidates = candidates(rule.carry.pick, sources, register, kinds)

    def arriving(self, where: Where, chosen: Iterable[Candidate]) -> list[Arrival]:
        kind = where.kind or self.rule.carry.kind
        at = (where.key, where.state, kind, self.rule.round)
        return arrivals(list(chosen), *at, kinds=where.kinds, register=self.register)

    def fillings(self, where: Where, into: str) -> list[Filling]:
        return fillings(self.candidates, where.kind, where.fields, into, self.register)

    def updates(self) -> list[Update]:
        kind = self.rule.carry.kind
        return updates(kind, self.candidates, self.sources, self.register)


async def find(request: Request, rule: Rule, catalog: Catalog) -> Found:
    house, programme = house_of(request), rule.place.workshop.programme
    register = await state_of(house, f"register:{programme}") or State()
    closed = await state_of(house, f"closed:{programme}")
    plain = [one async for one in _sources(house, rule)]
    ids = [id for id in str(rule.step.get("methods", "")).split("+") if id in catalog.methods]
    told = [*_told(catalog, ids)]
    words = known_visitor(request).words
    day = datetime.fromtimestamp(house.now() / 1000, UTC).date().isoformat()

    def read(source: Source) -> Source:
        own = str(source.state.fields.get("method", ""))
        named = next((id for id in (own, *ids) if id in catalog.methods), None)
        if named is None:
            return source
        method = catalog.told(named, [words.tag])[1]
        facts = Facts(method, source.state, register, words, day, closed)
        return read_source(source, facts, told, rule.carry.pick.names)

    kinds = [kind for id in ids for kind in catalog.methods[id].kinds]
    return Found(rule, register, [*map(read, plain)], kinds)


def _told(catalog: Catalog, ids: list[str]) -> Iterator[Method]:
    """A board's regions are called as its maker read them, in whatever language that was."""
    for id in ids:
        yield catalog.methods[id]
        yield from (catalog.told(id, [tag])[1] for tag in catalog.words.get(id, {}))


async def run(request: Request, found: Found, chosen: list[Candidate]) -> int | Refused:
    """Everything chosen goes to every target there is; how much of it is new. Run again, it adds nothing."""
    rule = found.rule
    carrying = Carrying(house_of(request), rule)
    for where in (one for one in rule.wheres if one.is_there and not one.fills):
        if where.topics:
            await carrying.ask(f"desk:{where.topics}", *_topics(chosen, where, rule))
            continue
        made = found.arriving(where, chosen) if not where.document else []
        register = f"register:{rule.place.workshop.programme}"
        await carrying.ask(register, *_records(made), *_same(made, chosen, found.register))
        items = tuple(dict(one.item) for one in made if one.item is not None)
        await carrying.ask(f"board:{where.board}", *(CopyItems(items=few) for few in _some(items)))
    return await carrying.note(chosen)


async def fill(
    request: Request, found: Found, chosen: list[tuple[Filling, Choice]]
) -> int | Refused:
    """Records are told more: lines of their lists are records of their own."""
    carrying = Carrying(house_of(request), found.rule)
    made, filled = ops_of(chosen, found.rule.round, found.register)
    register = f"register:{found.rule.place.workshop.programme}"
    told: list[Op] = [CarryRecords.model_validate({"records": few}) for few in _some(made)]
    told += [FillRecords.model_validate({"records": few}) for few in _some(filled)]
    await carrying.ask(register, *told)
    return await carrying.note([one.candidate for one, _ in chosen])


async def write_back(request: Request, found: Found, chosen: list[Update]) -> int | Refused:
    """What the step says of records of the register stands there from now on."""
    carrying = Carrying(house_of(request), found.rule)
    records = [
        {
            "id": one.record,
            "fields": {one.field: one.new},
            "also": {one.candidate.origin[1]: one.candidate.board},
        }
        for one in chosen
    ]
    told = [FillRecords.model_validate({"records": few}) for few in _some(records)]
    await carrying.ask(f"register:{found.rule.place.workshop.programme}", *told)
    return await carrying.note([one.candidate for one in chosen])


class Carrying:
    """One run: what it has put anywhere so far. Where something is refused, all of it is taken back."""

    def __init__(self, house: House, rule: Rule) -> None:
        self.house, self.rule = house, rule
        self.entries: list[str] = []
        self.refused: Refused | None = None

    async def ask(self, stream: str, *ops: Op) -> None:
        for op in ops:
            if self.refused is not None:
                return
            answer = await self.house.rooms.ask(stream, op, product=True)
            if isinstance(answer, Refused):
                self.refused = answer
                await take_back(self.house, self.entries)
            elif answer.entry is not None:
                self.entries.append(f"{stream}@{answer.seq}")

    async def note(self, chosen: list[Candidate]) -> int | Refused:
        """On the desk of the step; what a document is to hold is nowhere else."""
        if self.refused is not None:
            return self.refused
        rule = self.rule
        documents = [one.document for one in rule.wheres if one.document]
        takes = " ".join(_origins(chosen)) if documents else None
        if takes and len(takes) > limits.TEXT_BYTES:
            await take_back(self.house, self.entries)
            return Refused("limit", {"limit": "text", "most": limits.TEXT_BYTES})
        same = rule.held is not None and rule.held.get("takes") == takes
        if not self.entries and (not documents or same):
            return 0
        note = NoteCarry(
            id=seats.make_id(),
            step=rule.step["id"],
            line=rule.line,
            to=", ".join(one.title for one in rule.wheres if one.is_there)[:300],
            count=len(chosen),
            by=rule.place.person,
            entries=" ".join(self.entries),
            takes=takes,
        )
        # One for each document; what was put anywhere is told by the first.
        notes = [note.model_copy(update={"document": next(iter(documents), None)})]
        notes += [
            note.model_copy(update={"id": seats.make_id(), "document": one, "entries": ""})
            for one in documents[1:]
        ]
        stream = f"desk:{rule.place.workshop.id}"
        answer = await self.house.rooms.ask(stream, All(ops=tuple(notes)), product=True)
        if isinstance(answer, Refused):
            await take_back(self.house, self.entries)
            return answer
        return len(self.entries)


def _origins(chosen: Iterable[Candidate]) -> dict[str, None]:
    """Ids of what these are made of, each once."""
    return {id: None for one in chosen for _, id in (one.origin, *one.also)}


async def undo(request: Request, rule: Rule) -> Refused | None:
    """What every run of this rule put anywhere, the newest first; what somebody has changed since stays."""
    house, desk = house_of(request), f"desk:{rule.place.workshop.id}"
    for one in rule.runs:
        if one.get("undone", False):
            continue
        if no := await take_back(house, str(one["entries"]).split()):
            return no
        taken = UndoCarry(id=one["id"])
        answer = await house.rooms.ask(desk, taken, person=rule.place.person, product=True)
        if isinstance(answer, Refused):
            return answer
    return None


async def take_back(house: House, entries: list[str]) -> Refused | None:
    for entry in reversed(entries):
        stream, _, seq = entry.rpartition("@")
        answer = await house.rooms.ask(stream, TakeBack(seq=int(seq)), product=True)
        if isinstance(answer, Refused) and answer.code == "unavailable":
            return answer
    return None


def _some(all_of: Iterable[T]) -> Iterator[tuple[T, ...]]:
    whole = tuple(all_of)
    for at in range(0, len(whole), AT_ONCE):
        yield whole[at : at + AT_ONCE]


def _records(made: list[Arrival]) -> Iterator[Op]:
    """Each new record once, and only its first origin where two became it."""
    new = {one.record["id"]: one.record for one in made if one.record is not None}
    for few in _some(new.values()):
        yield CarryRecords.model_validate({"records": few})


def _same(made: list[Arrival], chosen: list[Candidate], register: State) -> Iterator[Op]:
    """What somebody said is the same keeps in the record where it also comes from; two records become one."""
    known = {one.id: one for one in chosen}
    filled = []
    for one in made:
        if not one.same:
            continue
        candidate = known[one.candidate]
        origins = (candidate.origin, *candidate.also)
        filled.append({"id": one.same, "also": {item: board for board, item in origins}})
    for few in _some(filled):
        yield FillRecords.model_validate({"records": few})
    for record in (one for one in chosen if one.is_record):
        other = register.get(record.within.rpartition(".")[2])
        if other is not None and record.kind == other["kind"]:
            yield MergeRecords(id=record.id, into=other["id"])


def _topics(chosen: list[Candidate], where: Where, rule: Rule) -> Iterator[Op]:
    topics = [
        {
            "id": copy_id("carry", "topic", where.topics, one.board, one.id, str(rule.round)),
            "title": " ".join(one.text.split())[:200],
            "board": one.board,
            "item": one.origin[1],
        }
        for one in chosen
        if not one.within
    ]
    for few in _some(topics):
        yield CarryTopics.model_validate({"topics": few})


async def _sources(house: House, rule: Rule) -> AsyncIterator[Source]:
    """The step's board, and those of the tables that were made of it."""
    workshop, board = rule.place.state, str(rule.step.get("board", ""))
    tables: dict[str, Origin | None] = {board: None}
    made = {one["id"] for one in workshop.of_kind("seating") if one["template"] == board}
    for table in workshop.of_kind("table"):
        if table["seating"] in made:
            id = str(table["board"])
            tables[id] = Origin(id, str(table.get("title", "")), int(table["number"]))
    for id, origin in tables.items():
        state = await state_of(house, f"board:{id}")
        if state is not None:
            yield Source(id, state, origin, _dots(workshop, id))


def _dots(workshop: State, board: str) -> dict[str, int]:
    """Of the last vote on this board that was counted and may be told."""
    votes = [
        one
        for one in workshop.of_kind("vote")
        if one["board"] == board and one["state"] == "closed"
    ]
    last = max(votes, key=lambda one: one["opened"], default=None)
    if last is None:
        return {}
    return {one: int(last[f"total/{one}"]) for one in options_of(last) if f"total/{one}" in last}
