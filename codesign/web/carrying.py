"""Carrying results from a step to where its playbook sends them: seen beforehand, run, noted, undone as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from codesign.catalog import Catalog
from codesign.core.carry import Carry, Target, read_carry
from codesign.core.carrying import Arrival, Candidate, Source, arrivals, candidates
from codesign.core.computed.ranking import options_of
from codesign.core.copies import Origin
from codesign.core.decision import Refused
from codesign.core.kinds import KINDS, REGISTERED
from codesign.core.ops import CarryRecords, CopyItems, NoteCarry, Op, TakeBack, UndoCarry
from codesign.core.stream import Item, State
from codesign.live.asked import Done
from codesign.results import field_words
from codesign.web import seats
from codesign.web.access import Leads, Place, state_of
from codesign.web.house import House, house_of
from codesign.web.programmes import desk_of, steps_of
from codesign.web.sessions import known_visitor

#: Verbs that make something; the others are done elsewhere.
CARRIED = ("copy", "link", "merge", "prefill")
#: Items and records in one entry.
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Where:
    """A target as it is found in this programme: a board of a step, or the register; neither: not by itself."""

    name: str
    title: str
    board: str = ""
    state: State | None = None
    kinds: tuple[str, ...] = ()
    #: Of the register.
    kind: str = ""

    @property
    def is_there(self) -> bool:
        return bool(self.board or self.kind)

    @property
    def key(self) -> str:
        return self.board or self.kind


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a step's carry, with everything it needs to be seen and run."""

    place: Place
    step: Item
    line: int
    carry: Carry
    words: str
    wheres: tuple[Where, ...]
    #: What was carried by it, the newest first.
    runs: tuple[Item, ...]

    @property
    def round(self) -> int:
        return sum(bool(run.get("undone", False)) for run in self.runs)

    @property
    def is_carried(self) -> bool:
        return any(not run.get("undone", False) for run in self.runs)


async def rules_of(request: Request, leads: Leads, catalog: Catalog) -> list[Rule]:
    """Every line of every step of the workshops the visitor leads, in order."""
    desks = {place.workshop.id: await desk_of(request, place.workshop.id) for place in leads.places}
    found = []
    for place in leads.places:
        desk = desks[place.workshop.id]
        for step in steps_of(desk):
            for line, words in enumerate(str(step.get("carry", "")).splitlines()):
                try:
                    carry = read_carry(words)
                except ValueError:
                    continue  # somebody wrote it by hand; the agenda is theirs
                runs = [
                    run
                    for run in desk.of_kind("carried")
                    if run["step"] == step["id"] and run["line"] == line
                ]
                runs.sort(key=lambda run: run["at"], reverse=True)
                wheres = [
                    await _where(request, leads, desks, catalog, place, target, carry)
                    for target in carry.targets
                ]
                rule = Rule(place, step, line, carry, words, tuple(wheres), tuple(runs))
                found.append(rule)
    return found


async def _where(
    request: Request,
    leads: Leads,
    desks: Mapping[str, State],
    catalog: Catalog,
    place: Place,
    target: Target,
    carry: Carry,
) -> Where:
    if carry.verb not in CARRIED or target.part or target.to:
        return Where(target.name, _title(request, target.name))
    if target.name in REGISTERED:
        return Where(target.name, _title(request, target.name), kind=target.name)
    near = [place] if target.name == "CLOSE" else [place, *leads.places]
    for one in near:
        step = next(
            (s for s in steps_of(desks[one.workshop.id]) if s.get("key") == target.name), None
        )
        if step is None or "board" not in step:
            continue
        board = str(step["board"])
        state = await state_of(house_of(request), f"board:{board}")
        ids = str(step.get("methods", "")).split("+")
        kinds = tuple(
            kind for id in ids if id in catalog.methods for kind in catalog.methods[id].kinds
        )
        title = f"{one.state.fields['title']}: {step['title']}"
        return Where(target.name, title, board, state, kinds)
    return Where(target.name, _title(request, target.name))


def _title(request: Request, name: str) -> str:
    """A register, or a field of its records, in the reader's words; steps and documents as the playbook names them."""
    kind, _, field = name.partition(".")
    if kind not in KINDS:
        return name
    words = known_visitor(request).words
    of = field_words.kind_word(kind, words)
    return f"{of}: {field_words.field_word(kind, field, words)}" if field else of


async def candidates_of(request: Request, rule: Rule, catalog: Catalog) -> list[Candidate]:
    house = house_of(request)
    register = await state_of(house, f"register:{rule.place.workshop.programme}") or State()
    sources = [one async for one in _sources(house, rule)]
    ids = str(rule.step.get("methods", "")).split("+")
    kinds = [kind for id in ids if id in catalog.methods for kind in catalog.methods[id].kinds]
    return candidates(rule.carry.pick, sources, register, kinds)


def arriving(rule: Rule, where: Where, chosen: Iterable[Candidate]) -> list[Arrival]:
    kind = where.kind or rule.carry.kind
    return arrivals(list(chosen), where.key, where.state, kind, rule.round, kinds=where.kinds)


async def run(request: Request, rule: Rule, chosen: list[Candidate]) -> int | Refused:
    """Everything chosen goes to every target there is; how much of it is new. Run again, it adds nothing."""
    house, programme = house_of(request), rule.place.workshop.programme
    entries: list[str] = []
    for where in (one for one in rule.wheres if one.is_there):
        made = arriving(rule, where, chosen)
        records = tuple(one.record for one in made if one.record is not None)
        items = tuple(dict(one.item) for one in made if one.item is not None)
        for at in range(0, len(records), AT_ONCE):
            op: Op = CarryRecords.model_validate({"records": records[at : at + AT_ONCE]})
            if no := await _ask(house, f"register:{programme}", op, entries):
                return no
        for at in range(0, len(items), AT_ONCE):
            op = CopyItems(items=items[at : at + AT_ONCE])
            if no := await _ask(house, f"board:{where.board}", op, entries):
                return no
    if entries:
        note = NoteCarry(
            id=seats.make_id(),
            step=rule.step["id"],
            line=rule.line,
            to=", ".join(one.title for one in rule.wheres if one.is_there)[:300],
            count=len(chosen),
            by=rule.place.person,
            entries=" ".join(entries),
        )
        answer = await house.rooms.ask(f"desk:{rule.place.workshop.id}", note, product=True)
        if isinstance(answer, Refused):
            return answer
    return len(entries)


async def undo(request: Request, rule: Rule) -> Refused | None:
    """What every run of this rule put anywhere, the newest first; what somebody has changed since stays."""
    house, desk = house_of(request), f"desk:{rule.place.workshop.id}"
    for one in rule.runs:
        if one.get("undone", False):
            continue
        for entry in reversed(str(one["entries"]).split()):
            stream, _, seq = entry.rpartition("@")
            answer = await house.rooms.ask(stream, TakeBack(seq=int(seq)), product=True)
            if isinstance(answer, Refused) and answer.code == "unavailable":
                return answer
        answer = await house.rooms.ask(desk, UndoCarry(id=one["id"]), product=True)
        if isinstance(answer, Refused):
            return answer
    return None


async def _ask(house: House, stream: str, op: Op, entries: list[str]) -> Refused | None:
    answer = await house.rooms.ask(stream, op, product=True)
    if isinstance(answer, Done) and answer.entry is not None:
        entries.append(f"{stream}@{answer.seq}")
    return answer if isinstance(answer, Refused) else None


async def _sources(house: House, rule: Rule):  # type: ignore[no-untyped-def]
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
