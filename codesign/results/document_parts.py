"""What a section of a document can show of records: points, words, tables, cards, blocks, findings, a timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from codesign.core.computed import plans
from codesign.core.computed.completeness import is_filled
from codesign.core.kinds import FieldType
from codesign.core.stream import Item, Readable
from codesign.i18n import N_, Words
from codesign.results import declared, system_map
from codesign.results.actors import merged
from codesign.results.dates import in_words
from codesign.results.documents import Section
from codesign.results.facts import Facts, Record
from codesign.results.field_words import KINDS, field_word, kind_word
from codesign.results.findings import FINDINGS
from codesign.results.findings_money import money
from codesign.results.report_booklet import Block, Bullets, Cell, Head, Pairs, Table, Text

UNKNOWN = N_("not known")
#: A column of a timeline is a quarter; where they are more than so many, a year.
MOST_QUARTERS = 14
LONG = ("list", "longtext")
#: How wide a column is beside others.
WIDTHS = {
    "longtext": 8,
    "list": 7,
    "refs": 5,
    "ref": 5,
    "text": 6,
    "money": 4,
    "scale": 2,
    "int": 3,
}


@dataclass
class Whole(Facts):
    """The records of the whole programme; or of one of them, where a document is about one."""

    record: str = ""
    #: Of a kind that is among these only these are shown, of others all.
    chosen: frozenset[str] = frozenset()

    @cached_property
    def shown(self) -> list[Item]:
        found = [one for one in self.register.all() if "merged" not in one]
        if self.chosen:
            ids = {merged(self.register, id) for id in self.chosen}
            kinds = {one["kind"] for one in found if one["id"] in ids}
            found = [one for one in found if one["id"] in ids or one["kind"] not in kinds]
        return sorted(found, key=lambda one: (one.get("at", 0), one["id"]))

    def of(self, kind: str) -> list[Record]:
        found = super().of(kind)
        if kind == "canvas_entry" and self.regions:
            found = [one for one in found if one.get("block") in self.regions]
        if kind == "project" and self.record:
            found = [one for one in found if one["id"] == self.record]
        return found

    def within(self, region: str) -> list[Record]:
        """What stands in a block: entries, and records of the kind that is at home there."""
        at_home = [one.kind for one in self.method.regions if one.id == region and one.kind]
        found = [one for one in self.of("canvas_entry") if one.get("block") == region]
        return found + [one for kind in at_home for one in self.of(kind)]


@dataclass(frozen=True, slots=True)
class Parts:
    """A section, and what it is filled from."""

    section: Section
    facts: Whole
    words: Words
    maps: tuple[tuple[str, Readable], ...] = ()
    spelled: bool = True

    @property
    def records(self) -> list[Record]:
        """Actions as they begin, all others as they came."""
        found = self.facts.of(self.section.kind)
        if self.section.kind == "action":
            found = sorted(found, key=lambda one: (one.get("start") or "9", one["id"]))
        return found

    @property
    def fields(self) -> Iterator[FieldType]:
        kind = self.facts.kind(self.section.kind)
        for name in self.section.fields:
            if kind and (field := kind.field(name)):
                yield field

    def label(self, field: FieldType) -> str:
        """A name is told by the kind of thing it names."""
        if field.name in ("title", "name") and self.section.kind in KINDS:
            return kind_word(self.section.kind, self.words)
        return field_word(self.section.kind, field.name, self.words)

    def said(self, record: Record, field: FieldType) -> str:
        """In words; that something closed is there is told, and never what."""
        if field.closed:
            kept = self.words.gettext("Kept by those who lead; they hand it on with the document.")
            return kept if is_filled(record.get(field.name)) else ""
        value = declared.said(self.facts, record, field)
        match field.type:
            case "date" | "month" if self.spelled:
                return in_words(value, self.words)
            case "int" if value and field.name not in ("year", "number"):
                return f"{int(value):,}".replace(",", "\u00a0")
        return value

    def cell(self, record: Record, field: FieldType) -> tuple[Cell, ...]:
        """Money in a spreadsheet is two cells: an amount that can be counted, and its currency."""
        value = record.get(field.name)
        if field.type == "money" and not self.spelled:
            return (value["amount"], value["currency"]) if value else ("", "")
        if field.type in ("int", "scale") and value is not None:
            return (int(value),)
        words = self.said(record, field)
        if words and field.name == "cost":
            basis = self.facts.kind("action").field("cost_basis")  # type: ignore[union-attr]
            on = declared.said(self.facts, record, basis) if basis else ""
            words = f"{words} ({on or self.words.gettext('nobody says on what this rests')})"
        return (words or (self.words.gettext(UNKNOWN) if field.required else ""),)


def _pairs(parts: Parts) -> Iterator[Block]:
    """What is asked for is told, said or not; the rest where somebody said it."""
    rows, missing = [], []
    for record in parts.records:
        for field in parts.fields:
            said = parts.said(record, field)
            if not said and field.required:
                missing.append(parts.label(field))
                said = parts.words.gettext(UNKNOWN)
            if said:
                rows.append((parts.label(field), said))
    if rows:
        yield Pairs(tuple(rows), frozenset(missing))


def _texts(parts: Parts) -> Iterator[Block]:
    fields = list(parts.fields)
    for record in parts.records:
        for field in fields:
            yield from _text(parts, record, field, 3)


def _text(parts: Parts, record: Record, field: FieldType, level: int) -> Iterator[Block]:
    value = record.get(field.name)
    if not is_filled(value) and not field.required:
        return
    if parts.label(field) != parts.words.gettext(parts.section.title):
        yield Head(parts.label(field), 4 if level == 4 else 3)
    if not is_filled(value):
        yield Text(parts.words.gettext(UNKNOWN), is_quiet=True)
    elif field.type == "list":
        yield Bullets(tuple(record[field.name]))
    else:
        yield Text(parts.said(record, field))


def _table(parts: Parts) -> Iterator[Block]:
    """Columns that nobody filled in are left out, but for those that are asked for."""
    records = [one for one in parts.records if parts.section.is_needed or _says_more(parts, one)]
    fields = [
        one
        for one in parts.fields
        if not (one.name == "cost_basis" and parts.spelled)
        and (one.required or any(is_filled(record.get(one.name)) for record in records))
    ]
    if not records or not fields:
        return
    head: list[str] = []
    widths: list[int] = []
    amounts: set[int] = set()
    dates: set[int] = set()
    for field in fields:
        double = field.type == "money" and not parts.spelled
        head += [parts.label(field), *([parts.words.gettext("Currency")] if double else [])]
        width = 8 if field is fields[0] else WIDTHS.get(field.type, 4)
        if field.type == "money" and parts.spelled and field.name != "cost":
            amounts.add(len(widths))
        if field.type in ("date", "month") and not parts.spelled:
            dates.add(len(widths))
        widths += [width, *([3] if double else [])]
    rows = [
        tuple(cell for field in fields for cell in parts.cell(record, field)) for record in records
    ]
    caption = parts.words.gettext(parts.section.title)
    about = (tuple(head), tuple(rows), tuple(widths))
    yield Table(caption, *about, frozenset(amounts), frozenset(dates))


def _says_more(parts: Parts, record: Record) -> bool:
    """Than its name."""
    return any(is_filled(record.get(field.name)) for field in [*parts.fields][1:])


def _cards(parts: Parts) -> Iterator[Block]:
    """Each record under its name: what is short point by point, what is long as text."""
    fields = list(parts.fields)
    for record in parts.records:
        yield Head(parts.facts.name(record["id"]))
        rows, missing = [], []
        for field in fields:
            if field.type in LONG:
                continue
            said = parts.said(record, field)
            if not said and field.required:
                said = parts.words.gettext(UNKNOWN)
                missing.append(parts.label(field))
            if said:
                rows.append((parts.label(field), said))
        if rows:
            yield Pairs(tuple(rows), frozenset(missing))
        for field in fields:
            if field.type in LONG:
                yield from _text(parts, record, field, 4)


def _blocks(parts: Parts) -> Iterator[Block]:
    """Block by block; an empty one says that it is."""
    if not any(parts.facts.within(one.id) for one in parts.facts.method.regions):
        return
    guess = parts.words.gettext("a guess")
    for region in parts.facts.method.regions:
        yield Head(region.title)
        lines = []
        for one in parts.facts.within(region.id):
            name = parts.facts.name(one["id"])
            lines.append(f"{name} ({guess})" if one.get("confidence") == "guess" else name)
        yield Bullets(tuple(lines)) if lines else Text(parts.words.gettext(UNKNOWN), is_quiet=True)


def _found(parts: Parts) -> Iterator[Block]:
    for name in parts.section.found:
        for title, words, *_ids in FINDINGS[name](parts.facts):
            if words:
                yield Head(title)
                yield Bullets(words)


def _timeline(parts: Parts) -> Iterator[Block]:
    """A mark in each quarter an action runs; what has no months is in the list of what is missing."""
    if not parts.spelled:
        return  # the months are in the table of actions, where they can be sorted
    spans = plans.timeline(parts.records)
    if not spans:
        return
    columns = _columns([_quarter(month) for _, *both in spans for month in both])
    _ = parts.words.gettext
    rows = []
    for id, start, end in spans:
        first, last = _quarter(start), _quarter(end)
        marks = ("■" if low <= last and high >= first else "" for _title, low, high in columns)
        rows.append((parts.facts.name(id), *marks))
    head = (_("Action"), *(title for title, _low, _high in columns))
    yield Table(_("Timeline"), head, tuple(rows), (10, *(2 for _one in columns)))


def _quarter(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 4 + (int(number) - 1) // 3


def _columns(quarters: list[int]) -> list[tuple[str, int, int]]:
    """Title, first and last quarter of each."""
    first, last = min(quarters), max(quarters)
    if last - first < MOST_QUARTERS:
        return [
            (f"{at // 4}\n{at % 4 * 3 + 1}–{at % 4 * 3 + 3}", at, at)
            for at in range(first, last + 1)
        ]
    years = range(first // 4, last // 4 + 1)
    return [(str(year), year * 4, year * 4 + 3) for year in years]


def _attention(parts: Parts) -> Iterator[Block]:
    actions, facts = parts.records, parts.facts
    _ = parts.words.gettext
    waits = [" → ".join(facts.names(circle)) for circle in plans.circles(actions)]
    risky = [(one, plans.risk(one)) for one in actions]
    loads = sorted(plans.load(actions).items(), key=lambda one: -one[1])
    told = (
        (_("Late"), facts.names(plans.overdue(actions, facts.today))),
        (_("Wait for each other"), tuple(waits)),
        (
            _("High risk"),
            tuple(
                _("{name}: {n} of 25", name=facts.name(one["id"]), n=risk[0])
                for one, risk in risky
                if risk and risk[1]
            ),
        ),
        (
            _("Open actions of each lead"),
            tuple(f"{facts.name(lead)}: {n}" for lead, n in loads),
        ),
    )
    for title, lines in told:
        if lines:
            yield Head(title)
            yield Bullets(lines)


def _grid(parts: Parts) -> Iterator[Block]:
    """0 to 2 in each dimension; a dimension nobody rated is left out."""
    places = [one for one in parts.facts.method.rows if any(one.id in p for p in parts.records)]
    if not places:
        return
    rows = tuple(
        (parts.facts.name(one["id"]), *(_rated(one, place.id) for place in places))
        for one in parts.records
    )
    head = (parts.words.gettext("Project"), *(place.title for place in places))
    caption = parts.words.gettext("0: not at all, 2: fully")
    yield Table(caption, head, rows, (8, *(3 for _place in places)))


def _rated(project: Mapping[str, Any], dimension: str) -> Cell:
    value = project.get(dimension)
    return "" if value is None else int(value)


def _maps(parts: Parts) -> Iterator[Block]:
    for title, board in parts.maps:
        yield Head(title)
        yield Bullets(tuple(system_map.told(board, parts.words)))


def amount(value: Mapping[str, Any]) -> str:
    return money(value["amount"], value["currency"])


SHOWN: Mapping[str, Callable[[Parts], Iterator[Block]]] = {
    "pairs": _pairs,
    "texts": _texts,
    "table": _table,
    "cards": _cards,
    "blocks": _blocks,
    "found": _found,
    "timeline": _timeline,
    "attention": _attention,
    "grid": _grid,
    "maps": _maps,
}
