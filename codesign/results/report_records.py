"""Records of the register's open side as a report tells them: personas, actors, actions, and what people promised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codesign.core.computed.grids import power_interest
from codesign.core.stream import Item, Readable
from codesign.results.actors import merged
from codesign.results.board_reading import by_order

#: As a plan's actions are taken over, and as people write it: 2027-09: lights stand.
_DATED = re.compile(r"\s*(\d{4}-\d{2}(?:-\d{2})?)\b\s*[:–—-]?\s*(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Persona:
    id: str
    name: str
    quote: str
    age_band: str
    livelihood: str
    scenario: str
    goals: tuple[str, ...]
    needs: tuple[str, ...]
    frustrations: tuple[str, ...]
    barriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    id: str
    name: str
    sector: str
    role: str
    ring: str
    #: The quarter of the grid; nothing where it was not placed.
    quadrant: str
    power: int | None
    interest: int | None


@dataclass(frozen=True, slots=True)
class Action:
    id: str
    title: str
    lead: str
    partners: tuple[str, ...]
    start: str
    end: str
    amount: int | None
    currency: str
    status: str
    indicator: str
    next_step: str
    next_step_by: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A line of a project that begins with a day or a month."""

    id: str
    project: str
    what: str
    when: str


@dataclass(frozen=True, slots=True)
class Promise:
    id: str
    what: str
    who: str
    by_when: str
    status: str


def personas(register: Readable | None) -> Iterator[Persona]:
    if register is None:
        return
    for record in _sorted(register, "persona", "name"):
        yield Persona(
            id=record["id"],
            **{key: str(record.get(key, "")) for key in ("name", "quote", "age_band")},
            **{key: str(record.get(key, "")) for key in ("livelihood", "scenario")},
            goals=_lines(register, record["id"], "goals"),
            needs=_lines(register, record["id"], "needs"),
            frustrations=_lines(register, record["id"], "frustrations"),
            barriers=_lines(register, record["id"], "barriers"),
        )


def actors(register: Readable | None, boards: Iterable[Readable]) -> Iterator[Actor]:
    """Those that one of the boards shows."""
    if register is None:
        return
    shown = {merged(register, one["record"]) for b in boards for one in b.of_kind("placement")}
    for record in _sorted(register, "stakeholder", "name"):
        if record["id"] not in shown:
            continue
        power, interest = record.get("power"), record.get("interest")
        placed = power is not None and interest is not None
        yield Actor(
            id=record["id"],
            name=str(record.get("name", "")),
            sector=str(record.get("sector", "")),
            role=str(record.get("role_in_topic", "")),
            ring=str(record.get("class", "")),
            quadrant=power_interest(interest, power) if placed else "",  # type: ignore[arg-type]
            power=power,
            interest=interest,
        )


def actions(register: Readable | None) -> Iterator[Action]:
    if register is None:
        return
    for record in _sorted(register, "action", "title"):
        start = "partners/"
        partners = [key.removeprefix(start) for key in record if key.startswith(start)]
        yield Action(
            id=record["id"],
            title=str(record.get("title", "")),
            lead=_name(register, str(record.get("lead", ""))),
            partners=tuple(filter(None, (_name(register, one) for one in partners))),
            amount=record.get("cost/amount"),
            currency=str(record.get("cost/currency", "")),
            **{key: str(record.get(key, "")) for key in ("start", "end", "status")},
            **{key: str(record.get(key, "")) for key in ("indicator", "next_step", "next_step_by")},
        )


def milestones(register: Readable | None) -> Iterator[Milestone]:
    if register is None:
        return
    for line in sorted(register.of_kind("line"), key=by_order):
        found = _DATED.match(str(line.get("text", "")))
        if line.get("field") == "milestones" and found:
            project = register.get(merged(register, str(line["of"]))) or {}
            yield Milestone(line["id"], str(project.get("title", "")), found[2].strip(), found[1])


def promises(register: Readable | None) -> Iterator[Promise]:
    if register is None:
        return
    for record in _sorted(register, "commitment", "what"):
        said = {key: str(record.get(key, "")) for key in ("what", "who", "by_when", "status")}
        yield Promise(id=record["id"], **said)


def _sorted(register: Readable, kind: str, title: str) -> list[Item]:
    found = [one for one in register.of_kind(kind) if "merged" not in one]
    return sorted(found, key=lambda one: (str(one.get(title, "")).casefold(), one["id"]))


def _lines(register: Readable, owner: str, field: str) -> tuple[str, ...]:
    """The lines of a list: records of their own."""
    lines = [
        one
        for one in register.of_kind("line")
        if one.get("of") == owner and one.get("field") == field and one.get("text")
    ]
    return tuple(str(one["text"]) for one in sorted(lines, key=by_order))


def _name(register: Readable, id: str) -> str:
    return str((register.get(merged(register, id)) or {}).get("name", ""))
