"""What other programs read of a workshop: a report's model as plain data, one kind after the other.

These models are the document at `/api/v1/openapi.json`; a field that is renamed here breaks somebody's program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict

from codesign.core.kinds import KINDS, REGISTERED
from codesign.core.stream import Item, Readable
from codesign.i18n import Words
from codesign.results import report_markdown
from codesign.results.board_reading import by_order
from codesign.results.report import Report, Voice, Vote
from codesign.results.report_booklet import Booklet
from codesign.results.report_records import Action

#: Of a record, what is the product's own, or says who wrote it.
_OWN = frozenset({"id", "kind", "by", "at", "merged", "origin"})
_BETWEEN = ("relation", "engagement")


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TranslationSaid(Said):
    lang: str
    text: str
    made_by: str


class NoteSaid(Said):
    """A note, image or factor. `author` and `city` are empty where no names are told."""

    id: str
    board: str
    kind: str
    zone: str
    group: str
    table: str
    text: str
    lang: str
    author: str
    city: str
    translations: list[TranslationSaid]
    reactions: dict[str, int]
    became: list[str]


class ShareSaid(Said):
    """Dots of one city; of cities with few people together, under no name."""

    city: str
    dots: int


class OptionSaid(Said):
    id: str
    place: int
    text: str
    dots: int
    people: int
    cities: list[ShareSaid]


class VoteSaid(Said):
    """A vote that is closed. Nobody can be told from it."""

    question: str
    board: str
    ballots: int
    voters: int
    dots: int
    options: list[OptionSaid]


class RecordSaid(Said):
    """What the programme keeps: `fields` as it keeps them, `lists` line by line. Closed fields are never in it."""

    id: str
    kind: str
    title: str
    fields: dict[str, str | int | bool]
    lists: dict[str, list[str]]


class ActionSaid(Said):
    id: str
    title: str
    lead: str
    partners: list[str]
    start: str
    end: str
    cost: int | None
    currency: str
    status: str
    indicator: str
    next_step: str


class FactSaid(Said):
    figure: str
    of: str


class ChapterSaid(Said):
    id: str
    title: str
    markdown: str


class ReportSaid(Said):
    """The report as those who lead arranged it."""

    title: str
    question: str
    lang: str
    short: str
    people: int
    notes: int
    facts: list[FactSaid]
    chapters: list[ChapterSaid]


class WorkshopSaid(Said):
    """`id` is what `workshop` names elsewhere; `mark`: its place in the programme's playbook, if it follows one."""

    id: str
    title: str
    mark: str


class WorkshopsPage(Said):
    items: list[WorkshopSaid]
    total: int
    next: int | None


class NotesPage(Said):
    """`next` is the `offset` of the next page; null on the last one."""

    items: list[NoteSaid]
    total: int
    next: int | None


class VotesPage(Said):
    items: list[VoteSaid]
    total: int
    next: int | None


class RecordsPage(Said):
    items: list[RecordSaid]
    total: int
    next: int | None


class ActionsPage(Said):
    items: list[ActionSaid]
    total: int
    next: int | None


def write(report: Report, booklet: Booklet, register: Readable | None, words: Words) -> list[bytes]:
    """The report, then notes, votes, records and actions, each as lines of JSON."""
    lists: tuple[Iterable[Said], ...] = (
        _notes(report, words),
        map(_vote, report.votes),
        _records(register),
        map(_action, report.actions),
    )
    found = [_report(report, booklet).model_dump_json().encode()]
    return [*found, *(b"\n".join(one.model_dump_json().encode() for one in all) for all in lists)]


def _report(report: Report, booklet: Booklet) -> ReportSaid:
    return ReportSaid(
        title=booklet.title,
        question=booklet.question,
        lang=booklet.lang,
        short=booklet.short,
        people=report.people,
        notes=report.notes,
        facts=[FactSaid(figure=figure, of=of) for figure, of in booklet.facts],
        chapters=[
            ChapterSaid(id=one.id, title=one.title, markdown=report_markdown.chapter(one))
            for one in booklet.chapters
        ],
    )


def _notes(report: Report, words: Words) -> Iterator[NoteSaid]:
    for voice in report.voices():
        yield _note(voice, words)


def _note(voice: Voice, words: Words) -> NoteSaid:
    entry = voice.entry
    return NoteSaid(
        id=entry.id,
        board=voice.board,
        kind=entry.kind,
        zone=voice.region,
        group=voice.group,
        table=voice.table,
        text=entry.text,
        lang=entry.lang,
        author=entry.author,
        city=entry.city,
        translations=[
            TranslationSaid(lang=one.lang, text=one.text, made_by=made_by)
            for one, made_by in voice.translated()
        ],
        reactions=dict(entry.reactions),
        became=[f"{fate.kind}: {fate.name}" for fate in voice.fates],
    )


def _vote(vote: Vote) -> VoteSaid:
    options = [
        OptionSaid(
            id=one.id,
            place=one.place,
            text=one.title,
            dots=one.dots,
            people=one.people,
            cities=[ShareSaid(city=share.city, dots=share.dots) for share in one.shares],
        )
        for one in vote.priorities
    ]
    return VoteSaid(
        question=vote.question,
        board=vote.board,
        ballots=vote.ballots,
        voters=vote.voters,
        dots=vote.dots,
        options=options,
    )


def _records(register: Readable | None) -> Iterator[RecordSaid]:
    if register is None:
        return
    lines: dict[str, list[Item]] = {}
    for line in sorted(register.of_kind("line"), key=by_order):
        lines.setdefault(str(line["of"]), []).append(line)
    for kind in (*REGISTERED, *_BETWEEN):
        found = (one for one in register.of_kind(kind) if "merged" not in one)
        for record in sorted(found, key=lambda one: (one.get("at", 0), one["id"])):
            yield _record(record, lines.get(str(record["id"]), []))


def _record(record: Item, lines: list[Item]) -> RecordSaid:
    kind = KINDS[record["kind"]]
    closed = {field.name for field in kind.fields if field.closed}
    fields = {
        key: value
        for key, value in record.items()
        if key not in _OWN and key.partition("/")[0] not in {"on", *closed}
    }
    lists: dict[str, list[str]] = {}
    for line in lines:
        lists.setdefault(str(line["field"]), []).append(str(line.get("text", "")))
    title = str(record.get(kind.title, ""))
    return RecordSaid(id=record["id"], kind=kind.name, title=title, fields=fields, lists=lists)


def _action(action: Action) -> ActionSaid:
    return ActionSaid(
        id=action.id,
        title=action.title,
        lead=action.lead,
        partners=list(action.partners),
        start=action.start,
        end=action.end,
        cost=action.amount,
        currency=action.currency,
        status=action.status,
        indicator=action.indicator,
        next_step=action.next_step,
    )
