"""Carries that tell records more: fields filled from what a step says (`prefill all -> project.roles`), and what a step
says otherwise than the register does, written back (`update action`). What is filled already is never overwritten by a
prefill; an update shows what was there and what would be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from codesign.core.carrying import WORDS, Candidate, Source
from codesign.core.copies import copy_id
from codesign.core.kinds import EVIDENCED, KINDS, FieldType
from codesign.core.playbook_faults import PARTS
from codesign.core.stream import Item, Readable

#: Parts of a project that are filled as a whole, field by field.
FIELDS_OF: dict[str, tuple[str, ...]] = {
    "money": (
        *("capex", "opex_year", "revenue_year", "savings_year", "finance_sought", "finance_type"),
        "sources",
    ),
    "roles": ("owner", "operator", "regulator", "financier", "participation_so_far"),
}
EVIDENCE = "evidence"
#: Which of its own lists a persona's others are filled from.
FROM_LISTS = {"pains": "frustrations", "gains": "needs", "must_do": "needs"}
#: Where a canvas says it, and which field that is; for the others somebody says so.
FROM_BLOCKS = {"buy_in": "participation_so_far", "delivery": "operator"}
EARLY = ("", "spark", "concept")
_AMOUNT = re.compile(
    r"(\d[\d\s.,\u00a0]*\d|\d)\s*([A-Z]{3})\b|\b([A-Z]{3})\s*(\d[\d\s.,\u00a0]*\d|\d)"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One field that may take it, and what would stand there."""

    field: str
    value: Any
    #: The record holds this already, or something else that stays.
    there: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """A candidate, the record it would tell more, and the fields it could go to; `field`: what is proposed."""

    candidate: Candidate
    record: str
    choices: tuple[Choice, ...]
    field: str = ""

    @property
    def key(self) -> str:
        return f"{self.candidate.key}.{self.record}"

    def choice(self, field: str) -> Choice | None:
        return next((one for one in self.choices if one.field == field), None)


@dataclass(frozen=True, slots=True)
class Update:
    """A field of a record, and what a step says it is today."""

    candidate: Candidate
    record: str
    field: str
    old: Any
    new: Any

    @property
    def key(self) -> str:
        return f"{self.record}.{self.field}.{self.candidate.id}"


def fields_meant(kind: str, names: Iterable[str]) -> tuple[str, ...]:
    """Of `project.money`, `project.sources`: the fields, a part told by all it has."""
    found: list[str] = []
    for name in names:
        found += FIELDS_OF.get(name, ()) if name in PARTS.get(kind, ()) else (name,)
    return tuple(dict.fromkeys(found))


def fillings(
    chosen: Sequence[Candidate], kind: str, fields: Sequence[str], into: str, register: Readable
) -> list[Filling]:
    """`into`: the record that is told more, where the candidate does not say which one it is itself."""
    found = []
    for one, record, names in _meant(chosen, kind, fields, into, register):
        there = register.get(record)
        if there is None or there["kind"] != kind:
            continue
        choices = tuple(_choices(one, there, names, register))
        fits = [choice.field for choice in choices if not choice.full]
        wanted = FROM_BLOCKS.get(str(one.item.get("block", "")), "")
        only = fits[0] if len(fits) == 1 and EVIDENCE not in fields else ""
        found.append(Filling(one, record, choices, wanted if wanted in fits else only))
    return found


def ops_of(
    fills: Sequence[tuple[Filling, Choice]], round: int, register: Readable
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """As (records to make, records to fill): a line of a list is a record of its own."""
    made, filled = [], []
    for at, (one, choice) in enumerate(fills):
        record = register.get(one.record)
        board, item = one.candidate.origin
        if record is None or choice.full or choice.there:
            continue
        name = choice.field.partition("/")[0]
        field = KINDS[str(record["kind"])].field(name)
        if field is not None and field.type == "list":
            id = copy_id("carry", "line", one.record, name, board, item, str(round))
            line = {"of": one.record, "field": name, "text": choice.value, "order": f"z{at:04d}V"}
            made.append({"id": id, "kind": "line", "fields": line, "board": board, "item": item})
        else:
            filled.append(
                {"id": one.record, "fields": _flat(one, choice, field), "also": {item: board}}
            )
    return made, filled


def updates(
    kind: str, chosen: Sequence[Candidate], sources: Sequence[Source], register: Readable
) -> list[Update]:
    """What the step's boards say otherwise than the records of this kind do."""
    boards = {source.board: source for source in sources}
    found: list[Update] = []
    for one in chosen:
        if one.board not in boards:
            continue
        if one.is_record:
            found += _told_by_record(one, kind, register)
        elif one.kind in WORDS and (record := _known(one.item.get("origin/item"), kind, register)):
            title, new = KINDS[kind].title, " ".join(one.text.split())
            found.append(Update(one, record["id"], title, record.get(title), new))
    return [one for one in found if one.old != one.new]


def _told_by_record(one: Candidate, kind: str, register: Readable) -> Iterator[Update]:
    item = one.item
    if kind == "idea" and one.kind == "test" and item.get("decision") in ("keep", "change"):
        idea = _known(item.get("idea"), kind, register)
        if idea is not None and idea.get("maturity", "") in EARLY:
            yield Update(one, idea["id"], "maturity", idea.get("maturity"), "tested")
    if one.kind == "commitment" and (record := _known(item.get("linked"), kind, register)):
        if kind != "action":
            return
        if item.get("status") == "done":
            yield Update(one, record["id"], "status", record.get("status"), "done")
        elif item.get("status") != "dropped":
            yield Update(one, record["id"], "next_step", record.get("next_step"), one.text)
            if by := item.get("by_when"):
                yield Update(one, record["id"], "next_step_by", record.get("next_step_by"), by)


def _known(id: Any, kind: str, register: Readable) -> Item | None:
    record = register.get(str(id)) if id else None
    return record if record is not None and record["kind"] == kind else None


def _meant(
    chosen: Sequence[Candidate], kind: str, fields: Sequence[str], into: str, register: Readable
) -> Iterator[tuple[Candidate, str, Sequence[str]]]:
    """Each candidate with the record it is about: its own lines, the people of a test, or the one that was named."""
    if EVIDENCE in fields:
        for one in chosen:
            if one.item.get("result"):
                for id in (key[4:] for key in one.item if key.startswith("who/")):
                    yield one, id, fields
        return
    lines: dict[str, list[Item]] = {}
    for line in register.of_kind("line"):
        lines.setdefault(str(line["of"]), []).append(line)
    for one in chosen:
        if not (one.is_record and one.kind == kind):
            yield one, into, fields
            continue
        for line in sorted(lines.get(one.id, ()), key=lambda line: str(line["order"])):
            to = FROM_LISTS.get(str(line["field"]), "")
            if to in fields and str(line["text"]).strip():
                at, text = str(line["field"]), str(line["text"])
                said = replace(one, id=str(line["id"]), kind="line", text=text, region=at)
                yield replace(said, item=line, is_record=False), one.id, (to,)


def _choices(
    one: Candidate, record: Item, names: Sequence[str], register: Readable
) -> Iterator[Choice]:
    kind = KINDS[str(record["kind"])]
    for name in names:
        if name == EVIDENCE and kind.name in EVIDENCED:
            yield from _grounds(record)
            continue
        field = kind.field(name)
        value = _value(one, field) if field is not None and not field.closed else None
        if field is not None and value is not None:
            yield _looked_at(field, value, record, register)


def _grounds(record: Item) -> Iterator[Choice]:
    """What is only assumed of a persona so far, and was heard from people now."""
    for field in KINDS[str(record["kind"])].fields:
        if field.required and record.get(f"evidence/{field.name}", "assumption") == "assumption":
            yield Choice(f"evidence/{field.name}", "heard")


def _value(one: Candidate, field: FieldType) -> Any:
    match field.type:
        case "text":
            return " ".join(one.text.split())
        case "longtext":
            return one.text
        case "list":
            return _line(one, field.name)
        case "ref" | "refs":
            return one.id if one.is_record and one.kind in field.options else None
        case "money":
            return amount_in(one.text)
    return None


def _line(one: Candidate, field: str) -> str:
    words = " ".join(one.text.split())
    if field == "milestones" and one.item.get("end"):
        return f"{one.item['end']}: {words}"
    if field == "components" and one.item.get("cost/amount") is not None:
        return f"{words}: {one.item['cost/amount']} {one.item.get('cost/currency', '')}".strip()
    return words


def amount_in(text: str) -> dict[str, Any] | None:
    """The one amount with a currency that stands there; nothing where there is none, or several."""
    found = [(m[1] or m[4], m[2] or m[3]) for m in _AMOUNT.finditer(text)]
    if len(found) != 1:
        return None
    # `420,000` and `420.000` are thousands; `4.5` is nobody's amount in whole units.
    number, currency = found[0]
    if re.search(r"[.,]\d{1,2}$", number.strip()):
        return None
    return {"amount": int(re.sub(r"\D", "", number)), "currency": currency}


def _looked_at(field: FieldType, value: Any, record: Item, register: Readable) -> Choice:
    name = field.name
    if field.type == "list":
        lines = (one for one in register.of_kind("line") if one["of"] == record["id"])
        there = any(one["field"] == name and one["text"] == value for one in lines)
        return Choice(name, value, there=there)
    if field.type == "refs":
        return Choice(name, value, there=f"{name}/{value}" in record)
    if field.type == "money":
        has = record.get(f"{name}/amount")
        same = has == value["amount"] and record.get(f"{name}/currency") == value["currency"]
        return Choice(name, value, there=same, full=has is not None and not same)
    has = record.get(name)
    return Choice(name, value, there=has == value, full=bool(has) and has != value)


def _flat(one: Filling, choice: Choice, field: FieldType | None) -> dict[str, Any]:
    name = choice.field
    if name.startswith(f"{EVIDENCE}/"):
        source = " ".join(one.candidate.text.split())
        return {name: choice.value, f"source/{name.removeprefix(f'{EVIDENCE}/')}": source}
    if field is not None and field.type == "money":
        return {f"{name}/{part}": value for part, value in choice.value.items()}
    if field is not None and field.type == "refs":
        return {f"{name}/{choice.value}": True}
    return {name: choice.value}
