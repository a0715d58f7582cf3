"""Makes a document of a programme's records: its sections as chapters, how complete it is, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from codesign.core.computed import readiness
from codesign.core.computed.completeness import completeness
from codesign.core.stream import Item, Readable, State
from codesign.i18n import N_, Words
from codesign.results import document_list, document_money, document_parts
from codesign.results.dates import in_words
from codesign.results.document_list import TITLES
from codesign.results.document_parts import Parts, Whole
from codesign.results.documents import Document, Section
from codesign.results.field_words import field_word
from codesign.results.findings_money import covered, money
from codesign.results.report_booklet import Block, Booklet, Bullets, Chapter, Head, Text

if TYPE_CHECKING:
    from codesign.core.method import Method

#: Of what is missing so much is told; the rest is counted.
MOST_MISSING = 30
#: What stands beside a figure at the head of a document.
COUNTED = {
    "action": N_("Actions"),
    "challenge": N_("Issues"),
    "commitment": N_("Promises"),
    "funding": N_("Sources of money"),
    "idea": N_("Ideas"),
    "investment": N_("Investments"),
    "member": N_("Members"),
    "objective": N_("Objectives"),
    "persona": N_("Personas"),
    "practice": N_("Practices"),
    "project": N_("Projects"),
    "stakeholder": N_("Actors"),
}
DRAFT = N_("A draft: this request cannot be sent yet.")


@dataclass(frozen=True, slots=True)
class Made:
    """How far a document is, whatever form it is written in."""

    document: str
    record: str
    title: str
    asked: int
    filled: int
    missing: tuple[str, ...]
    #: Of a request: its points of 100, and whether it can be sent.
    points: int | None = None
    can_be_sent: bool | None = None

    @property
    def percent(self) -> int:
        """Never 100 while anything is missing."""
        share = 100 * self.filled // self.asked if self.asked else 0
        return share if self.filled == self.asked else min(share, 99)


@dataclass
class Stock:
    """What documents are made of: the open side, which contacts are there, methods in the reader's words, maps."""

    register: Readable
    words: Words
    programme: str
    #: The day it is made, as 2026-11-22.
    today: str
    methods: Mapping[str, Method]
    #: Closed fields that are filled, by record: that they are, never with what.
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    maps: tuple[tuple[str, Readable], ...] = ()
    #: By chapter (its `key`), and of the whole (an empty one): words of those who lead.
    writings: Mapping[str, str] = field(default_factory=dict)
    #: What workshops said that it is to hold: by document the ids of records. Of other kinds it holds all there are.
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: The same for words on boards: where they stand, and what they say.
    taken: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Only how far each is shall be told.
    is_list: bool = False
    _facts: dict[tuple[str, str, str], Whole] = field(default_factory=dict)

    def facts(self, document: str, method: str = "", record: str = "") -> Whole:
        whose = document if document in self.chosen else ""
        if (whose, method, record) not in self._facts:
            self._facts[whose, method, record] = self._read(whose, method, record)
        return self._facts[whose, method, record]

    def _read(self, document: str, method: str, record: str) -> Whole:
        closed = State()
        for id, names in self.kept.items():
            closed.put({"id": id, "kind": "project", **dict.fromkeys(names, "+")})
        known = self.methods.get(method) or self.methods["project-fiche"]
        facts = Whole(known, State(), self.register, self.words, self.today, closed, record=record)
        facts.chosen = self.chosen.get(document, frozenset())
        return facts

    def records(self, kind: str) -> list[Item]:
        found = [one for one in self.register.of_kind(kind) if "merged" not in one]
        return sorted(found, key=lambda one: (one.get("at", 0), one["id"]))


def standing(document: Document, stock: Stock, record: str = "") -> Made:
    return _Document(document, stock, record).made()


def build(document: Document, stock: Stock, record: str = "", *, spelled: bool = True) -> Booklet:
    """`spelled`: amounts and dates are words; in a spreadsheet they are numbers and sort."""
    return _Document(document, stock, record, spelled=spelled).booklet()


class _Document:
    def __init__(
        self, document: Document, stock: Stock, record: str, *, spelled: bool = True
    ) -> None:
        self.document = document
        self.stock = stock
        self.record = record
        self.words = stock.words
        self._ = stock.words.gettext
        self.facts = stock.facts(document.id, record=record)
        self.spelled = spelled

    def booklet(self) -> Booklet:
        made, document = self.made(), self.document
        chapters: list[Chapter] = []
        for at, section in enumerate(document.sections):
            if section.show == "missing":
                chapters += self._taken()
            blocks = tuple(self._blocks(section, made))
            note = self.stock.writings.get(section.key, "")
            if blocks or note:
                chapters.append(
                    Chapter(
                        id=f"part-{at}",
                        title=self._(section.title),
                        note=note,
                        blocks=blocks,
                        is_annex=section.is_annex,
                    )
                )
        name = self._(TITLES[document.id])
        city = str(self._one().get("city", "")) if self.record else ""
        under = " · ".join(filter(None, (name, city) if self.record else (self.stock.programme,)))
        return Booklet(
            title=made.title,
            question=under,
            lang=self.words.tag,
            short="\n".join(filter(None, (self.stock.writings.get("", ""), self._short()))),
            facts=tuple(self._facts(made)),
            chapters=tuple(chapters),
            signed=f"{self.stock.programme} · {in_words(self.stock.today, self.words)} · Codesign",
            notice=self._(DRAFT) if made.can_be_sent is False else "",
            is_dense=document.is_dense,
            is_wide=document.is_wide,
        )

    def _taken(self) -> Iterator[Chapter]:
        """What people wrote on boards, as somebody chose it for this document."""
        blocks: list[Block] = []
        for where, lines in self.stock.taken:
            blocks += [Head(where), Bullets(lines)]
        if blocks:
            yield Chapter(
                id="taken", title=self._(document_list.TAKEN), note="", blocks=tuple(blocks)
            )

    def made(self) -> Made:
        document, record = self.document, self.record
        if not record:
            asked, filled, lacking = self._whole()
            title = self._(TITLES[document.id])
            return Made(document.id, "", title, asked, filled, tuple(lacking))
        one = self._one()
        more = (readiness.QUESTION,) if document.is_request else ()
        found = completeness(one, (*readiness.REQUIRED, *more))
        missing = [field_word("project", name, self.words) for name in found.missing]
        points = can_be_sent = None
        if document.is_request:
            ready = readiness.readiness(one, covered(self.facts, one))
            points, can_be_sent = ready.points, ready.can_be_sent
        return Made(
            *(document.id, record, self.facts.name(record)),
            *(len(found.filled) + len(found.missing), len(found.filled), tuple(missing)),
            points=points,
            can_be_sent=can_be_sent,
        )

    def _one(self) -> Mapping[str, Any]:
        found = self.facts.of(self.document.per)
        return found[0] if found else {"id": self.record}

    def _whole(self) -> tuple[int, int, list[str]]:
        """Each section counts alike, whatever it holds: one without anything weighs as much as one of many records."""
        shares: list[float] = []
        missing: list[str] = []
        told: set[str] = set()
        for section in self.document.sections:
            if section.is_needed and section.show != "missing":
                share, lacking = self._section(section)
                shares.append(share)
                # Records that several sections show are named once.
                missing += lacking if share == 0 or section.kind not in told else []
                told.add(section.kind)
        return 100 * len(shares), int(100 * sum(shares)), missing

    def _section(self, section: Section) -> tuple[float, list[str]]:
        facts = self.stock.facts(self.document.id, section.method)
        title = self._(section.title)
        if section.show == "maps":
            there: object = self.stock.maps
        else:
            there = facts.of(section.kind)
        if not there:
            return 0.0, [self._("{title}: nothing has been written yet", title=title)]
        if section.show == "maps":
            return 1.0, []
        if section.show == "blocks":
            regions = facts.method.regions
            empty = [one.title for one in regions if not facts.within(one.id)]
            lacking = [self._("{title}: empty", title=one) for one in empty]
            return 1 - len(empty) / len(regions), lacking
        return self._records(facts, section.kind)

    def _records(self, facts: Whole, name: str) -> tuple[float, list[str]]:
        """Filled required fields of all required ones."""
        kind = facts.kind(name)
        required = [one.name for one in kind.fields if one.required] if kind else []
        filled = 0
        missing = []
        records = facts.of(name)
        for record in records:
            found = completeness(record, required)
            filled += len(found.filled)
            if found.missing:
                lacking = ", ".join(field_word(name, one, self.words) for one in found.missing)
                missing.append(f"{facts.name(record['id'])}: {lacking}")
        return filled / (len(required) * len(records)) if required else 1.0, missing

    def _short(self) -> str:
        return str(self._one().get("summary", "")) if self.record else ""

    def _facts(self, made: Made) -> Iterator[tuple[str, str]]:
        if self.record:
            one = self._one()
            if made.points is not None:
                yield self._("{n} of 100", n=made.points), self._("readiness")
            for name in ("capex", "finance_sought"):
                if value := one.get(name):
                    label = field_word("project", name, self.words)
                    yield money(value["amount"], value["currency"]), label
            if people := one.get("people_reached"):
                label = field_word("project", "people_reached", self.words)
                yield f"{people:,}".replace(",", "\u00a0"), label
            return
        counted = {}
        for section in self.document.sections:
            if section.kind in COUNTED:
                n = len(self.stock.facts(self.document.id, section.method).of(section.kind))
                counted[section.kind] = (str(n), self._(COUNTED[section.kind]))
        yield from [one for one in counted.values() if one[0] != "0"][:4]
        yield f"{made.percent} %", self._("complete")

    def _blocks(self, section: Section, made: Made) -> Iterator[Block]:
        if section.show == "missing":
            yield from self._missing(made)
            return
        facts = self.stock.facts(self.document.id, section.method, self.record)
        parts = Parts(section, facts, self.words, self.stock.maps, spelled=self.spelled)
        show = {**document_parts.SHOWN, **document_money.SHOWN}[section.show]
        blocks = list(show(parts))
        if not blocks and section.is_needed:
            yield Text(self._("Nothing has been written about this yet."), is_quiet=True)
        yield from blocks

    def _missing(self, made: Made) -> Iterator[Block]:
        if not made.missing:
            return
        yield Text(self._("{n} % of what is asked for is there.", n=made.percent))
        lines = made.missing[:MOST_MISSING]
        if more := len(made.missing) - len(lines):
            lines = (*lines, self.words.ngettext("and {n} more", "and {n} more", more))
        yield Bullets(tuple(lines))
