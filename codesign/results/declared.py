"""Boards that open from their method's data, written down: what each record says, as a table and as entries."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from codesign.core.declared_boards import place_of, said_by_each
from codesign.core.kinds import FieldType
from codesign.core.stream import Item
from codesign.results.facts import Facts, Record
from codesign.results.field_words import field_word, kind_word
from codesign.results.findings import findings
from codesign.results.findings_money import money

Region = tuple[str, str, list[Item]]
Row = tuple[str, ...]


def table_of(facts: Facts) -> list[Row]:
    """A block of rows for each kind, its headers first, and what it all comes to at the end."""
    rows: list[Row] = []
    for name in facts.kinds:
        if said_by_each(facts.method, name):
            continue
        fields = _told(facts, name)
        records = facts.of(name)
        if not records:
            continue
        region = (facts.words.gettext("Region"),) if facts.regions else ()
        labels = (field_word(name, one.name, facts.words) for one in fields)
        rows += [(kind_word(name, facts.words),)] * (len(facts.kinds) > 1)
        rows.append((*region, *labels))
        rows += [_row(facts, one, fields) for one in records]
    for found in findings(facts):
        rows += [(found.title, *found.words)]
    return rows


def regions(facts: Facts) -> Iterator[Region]:
    """Blocks as the method has them; else a region for each record of cards, or for each kind of a table."""
    layout = str(facts.board.fields.get("layout"))
    kinds = [name for name in facts.kinds if not said_by_each(facts.method, name)]
    everything = [one for name in kinds for one in facts.of(name)]
    if layout == "canvas":
        for code in (*facts.regions, ""):
            inside = [one for one in everything if facts.place(one) == code]
            if code or inside:
                title = facts.titles.get(code) or facts.words.gettext("No place yet")
                yield code or "none", title, [_note(facts, one) for one in inside]
    elif layout == "cards":
        for one in everything:
            fields = _told(facts, str(one["kind"]))[1:]
            notes = [_field_note(facts, one, field) for field in fields if field.name in one]
            yield str(one["id"]), facts.name(one["id"]), notes
    else:
        for name, same in groupby(everything, key=lambda one: str(one["kind"])):
            yield name, kind_word(name, facts.words), [_note(facts, one) for one in same]
    found = findings(facts)
    if found:
        said = [f"{one.title}: {'; '.join(one.words)}" for one in found]
        notes = [_plain(f"found-{at}", words) for at, words in enumerate(said)]
        yield "findings", facts.words.gettext("What this comes to"), notes


def _told(facts: Facts, name: str) -> list[FieldType]:
    """Whatever anybody says of it here; the closed side is never told."""
    kind, records = facts.kind(name), facts.of(name)
    if kind is None:
        return []
    first, *others = [one for one in kind.fields if not one.closed]
    shown = facts.method.shown.get(name, ())
    said = [one for one in others if one.name in shown or any(one.name in r for r in records)]
    order = {code: at for at, code in enumerate(shown)}
    said.sort(key=lambda one: order.get(one.name, len(order)))
    return [first, *said]


def _row(facts: Facts, record: Record, fields: list[FieldType]) -> Row:
    region = (facts.titles.get(facts.place(record), ""),) if facts.regions else ()
    return (*region, *(said(facts, record, one) for one in fields))


def said(facts: Facts, record: Record, field: FieldType) -> str:
    value = record.get(field.name)
    match field.type:
        case _ if value is None:
            return ""
        case "bool":
            return facts.words.gettext("yes") if value else facts.words.gettext("no")
        case "enum":
            return facts.option(field, value)
        case "multi":
            return ", ".join(facts.option(field, one) for one in value)
        case "ref":
            return facts.name(value)
        case "refs":
            return ", ".join(facts.names(value))
        case "list":
            return "\n".join(value)
        case "tags":
            return ", ".join(value)
        case "money":
            return money(value["amount"], value["currency"])
    return str(value)


def _note(facts: Facts, record: Record) -> Item:
    """All in one: its name, and a line for each further thing that is said."""
    place = place_of(facts.method, str(record["kind"]))
    others = _told(facts, str(record["kind"]))[1:]
    lines = [facts.name(record["id"])]
    for one in others:
        if (words := said(facts, record, one)) and one.name != place:
            lines.append(f"{field_word(str(record['kind']), one.name, facts.words)}: {words}")
    return _by(record, "\n".join(lines))


def _field_note(facts: Facts, record: Record, field: FieldType) -> Item:
    label = field_word(str(record["kind"]), field.name, facts.words)
    words = f"{label}: {said(facts, record, field)}"
    return {**_by(record, words), "id": f"{record['id']}:{field.name}"}


def _by(record: Record, text: str) -> Item:
    by = {"by": record["by"]} if record.get("by") else {}
    return {"id": record["id"], "text": text, "colour": "stone", "at": 0, **by}


def _plain(id: str, text: str) -> Item:
    return {"id": id, "text": text, "colour": "stone", "at": 0}
