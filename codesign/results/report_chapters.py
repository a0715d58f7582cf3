"""The chapters of a report, in words: headings in the reader's language, people's words as they wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from codesign.i18n import N_, Words
from codesign.results.actors import QUADRANTS, RINGS
from codesign.results.dates import from_to, in_words
from codesign.results.report import Part, Priority, Report, Voice, Vote
from codesign.results.report_apart import author_of, counted_apart, not_counted, rounds, turnout
from codesign.results.report_booklet import (
    Block,
    Booklet,
    Bullets,
    Chapter,
    Cities,
    Head,
    Picture,
    Plan,
    Ranking,
    Table,
    Text,
    Voices,
)
from codesign.results.report_draft import draft, facts, short
from codesign.results.report_origins import fate_of, way_blocks
from codesign.results.report_pictured import tables_of_picture
from codesign.results.report_records import Actor, Persona

TITLES = {
    "priorities": N_("Priorities"),
    "decisions": N_("Decisions"),
    "words": N_("In people’s words"),
    "boards": N_("Boards"),
    "personas": N_("Personas"),
    "actors": N_("Actors"),
    "actions": N_("Actions and commitments"),
    "steps": N_("How it went"),
    "people": N_("Who took part"),
    "origins": N_("Where it came from"),
    "notes": N_("All notes"),
}
SECTORS = {
    "state": N_("Public authority"),
    "private": N_("Operator, business"),
    "civil_society": N_("Civil society, residents"),
    "international": N_("International"),
    "academia": N_("Research, schools"),
    "media": N_("Media"),
}
STATES = {
    "not_started": N_("Not started"),
    "on_track": N_("On track"),
    "at_risk": N_("At risk"),
    "delayed": N_("Delayed"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
    "open": N_("Open"),
    "late": N_("Delayed"),
}
AGES = {"under_18": N_("under 18"), "75_up": "75+"}


def make_booklet(
    report: Report, plan: Plan, words: Words, day: str, *, spelled: bool = True
) -> Booklet:
    """Chapters that have nothing to tell are left out, and so are those nobody wants. `spelled`: dates are words."""
    chapters = _Chapters(report, words, spelled=spelled)
    made = []
    for id in plan.order:
        blocks = () if id in plan.left_out else tuple(chapters.make(id))
        if blocks:
            title = plan.titles.get(id) or title_of(id, words)
            made.append(Chapter(id, title, plan.notes.get(id, ""), blocks))
    return Booklet(
        title=report.title or "Codesign",
        question=report.question if report.question != report.title else "",
        lang=words.tag,
        short=plan.short or draft(report, words),
        facts=tuple(facts(report, words)),
        chapters=tuple(made),
        signed=f"Codesign · {in_words(day, words)}",
        logos=plan.logos,
    )


def title_of(chapter: str, words: Words) -> str:
    """What a chapter is called, unless those who lead say otherwise."""
    return words.gettext(TITLES[chapter])


class _Chapters:
    def __init__(self, report: Report, words: Words, *, spelled: bool) -> None:
        self.report = report
        self.spelled = spelled
        self.words = words
        self._ = words.gettext

    def make(self, id: str) -> Iterator[Block]:
        made: dict[str, Callable[[], Iterator[Block]]] = {
            "priorities": self.priorities,
            "decisions": self.decisions,
            "words": self.in_words,
            "boards": self.boards,
            "personas": self.personas,
            "actors": self.actors,
            "actions": self.actions,
            "steps": self.steps,
            "people": self.people,
            "origins": self.origins,
            "notes": self.notes,
        }
        return made[id]()

    def priorities(self) -> Iterator[Block]:
        for vote in self.report.votes:
            if len(self.report.votes) > 1 or vote.question != self.report.question:
                yield Head(vote.question)
            yield Text(turnout(vote, self.words), is_quiet=True)
            if not vote.priorities:
                yield Text(self._("Not told: fewer than 3 ballots"))
                continue
            chosen = tuple(one for one in vote.priorities if one.dots)
            yield Ranking(chosen, {one.id: self._told(one) for one in chosen})
            if rest := [one.title for one in vote.priorities if not one.dots]:
                yield Text(self._("No votes: {names}", names=", ".join(map(short, rest))))

    def decisions(self) -> Iterator[Block]:
        yield from rounds(self.report.consents, self.words)

    def in_words(self) -> Iterator[Block]:
        """Board by board, zone by zone, group by group."""
        parts = [part for part in self.report.parts if part.voices]
        for part in parts:
            if len(parts) > 1:
                yield Head(part.title)
            if part.model.question and part.model.question != self.report.question:
                yield Text(part.model.question, is_quiet=True)
            yield from self._zones(part, 4 if len(parts) > 1 else 3)

    def _zones(self, part: Part, level: Literal[3, 4]) -> Iterator[Block]:
        """What is in no group comes first, so that no zone is begun twice."""
        places: dict[tuple[str, str], list[Voice]] = {}
        for voice in part.voices:
            places.setdefault((voice.region, voice.group), []).append(voice)
        regions = {region: at for at, (region, _group) in reversed([*enumerate(places)])}
        for place in sorted(places, key=lambda one: (regions[one[0]], bool(one[1]))):
            if title := " › ".join(filter(None, place)):
                yield Head(title, level)
            yield Voices(tuple(places[place]))

    def boards(self) -> Iterator[Block]:
        for part in self.report.parts:
            if not part.voices and not any(part.model.entries()):
                continue
            yield Head(part.title)
            yield Picture(part.id, self._caption(part), self._alt(part))
            if part.told:
                yield Bullets(part.told)
            yield from tables_of_picture(part, self.words, spelled=self.spelled)
            # What a map or a sheet shows is told by its records.
            counted = [(one.title, one.notes) for one in part.model.regions if not part.is_map]
            if len(counted) > 1:
                caption = self._("Zones of “{title}”", title=part.title)
                head = (self._("Region"), self._("Notes"))
                yield Table(caption, head, tuple(counted), (5, 1))

    def _caption(self, part: Part) -> str:
        if part.is_map:
            return part.model.question or part.title
        notes = self.words.ngettext("{n} note", "{n} notes", part.notes)
        return " · ".join(filter(None, (part.model.question or part.title, notes)))

    def _alt(self, part: Part) -> str:
        zones = ", ".join(f"{region.title} ({region.notes})" for region in part.model.regions)
        alt = self._("Picture of the board “{title}”.", title=part.title)
        return f"{alt} {zones}".strip()

    def personas(self) -> Iterator[Block]:
        for persona in self.report.personas:
            yield Head(persona.name)
            if persona.quote:
                yield Text(self._("“{words}”", words=persona.quote))
            about = [age_of(persona, self.words), persona.livelihood]
            if any(about):
                yield Text(" · ".join(filter(None, about)), is_quiet=True)
            if persona.scenario:
                yield Text(persona.scenario)
            for title, lines in (
                (N_("Goals"), persona.goals),
                (N_("Needs"), persona.needs),
                (N_("Frustrations"), persona.frustrations),
                (N_("Obstacles"), persona.barriers),
            ):
                if lines:
                    yield Head(self._(title), 4)
                    yield Bullets(lines)

    def actors(self) -> Iterator[Block]:
        if not self.report.actors:
            return
        head = (N_("Actor"), N_("Kind of actor"), N_("Role"), N_("Position"))
        rows = [
            (
                one.name,
                self._(SECTORS.get(one.sector, one.sector)) if one.sector else "",
                one.role,
                self._placed(one),
            )
            for one in self.report.actors
        ]
        yield Table(self._("Actors"), tuple(map(self._, head)), tuple(rows), (4, 3, 5, 4))

    def _placed(self, actor: Actor) -> str:
        said = QUADRANTS.get(actor.quadrant) or RINGS.get(actor.ring)
        return self._(said) if said else "–"

    def actions(self) -> Iterator[Block]:
        if self.report.actions:
            when = (N_("By"),) if self.spelled else (N_("Begins"), N_("Ends"))
            head = (N_("Action"), N_("Responsible"), *when, N_("State"), N_("Measure"))
            rows = [
                (
                    one.title,
                    ", ".join(filter(None, (one.lead, *one.partners))),
                    *self._from_to(one.start, one.end),
                    self._(STATES.get(one.status, one.status)) if one.status else "",
                    one.indicator,
                )
                for one in self.report.actions
            ]
            title = self._("Actions")
            widths = (6, 4, *(3 for _one in when), 3, 4)
            dates = frozenset() if self.spelled else frozenset((2, 3))
            yield Table(title, tuple(map(self._, head)), tuple(rows), widths, dates=dates)
        if self.report.promises:
            named = self.report.named
            head4 = (N_("Commitment"), *((N_("Responsible"),) if named else ()), N_("By"))
            rows2 = [
                (
                    one.what,
                    *((one.who,) if named else ()),
                    in_words(one.by_when, self.words) if self.spelled else one.by_when,
                    self._(STATES.get(one.status, one.status)) if one.status else "",
                )
                for one in self.report.promises
            ]
            widths = (6, 4, 3, 3) if named else (6, 3, 3)
            shown = (*map(self._, head4), self._("State"))
            dates = frozenset() if self.spelled else frozenset((1 + named,))
            yield Table(self._("Commitments"), shown, tuple(rows2), widths, dates=dates)

    def _from_to(self, begin: str, end: str) -> tuple[str, ...]:
        """One cell to be read, two to be sorted."""
        return (from_to(begin, end, self.words),) if self.spelled else (begin, end)

    def steps(self) -> Iterator[Block]:
        if not self.report.steps:
            return
        rows = tuple((one.title, one.question, one.minutes) for one in self.report.steps)
        head = (self._("Step"), self._("Question"), self._("Minutes"))
        yield Table(self._("Steps as they were reached"), head, rows, (4, 7, 1))

    def people(self) -> Iterator[Block]:
        if not self.report.cities:
            return
        if not self.report.named:
            told = self._("Without names. Cities with fewer than 3 people are counted together.")
            yield Text(told, is_quiet=True)
        without = self._("Without a city")
        others = without if self.report.named else self._("All others together")
        yield Cities(self.report.cities, others)
        apart = counted_apart(self.report, self.words)
        if told := " ".join([*apart, *not_counted(self.report.beside, self.words)]):
            yield Text(told, is_quiet=True)
        if self.report.named:
            lines = (
                f"{city.name or without}: {', '.join(city.people)}" for city in self.report.cities
            )
            yield Bullets(tuple(lines))

    def origins(self) -> Iterator[Block]:
        for vote in self.report.votes:
            for one in vote.priorities:
                if not one.dots or not one.voices:
                    continue
                yield Head(f"{one.place}. {short(one.title)}")
                yield Text(self._way(one, vote), is_quiet=True)
                if len(one.voices) > 1 or one.tables:  # else it is its own heading
                    yield Voices(one.voices)
        yield from way_blocks(self.report.ways, self.words)

    def _way(self, one: Priority, vote: Vote) -> str:
        """From what was written to what was chosen, in one line."""
        notes = self.words.ngettext("{n} note", "{n} notes", len(one.voices))
        at = self._("Tables: {names}", names=", ".join(one.tables)) if one.tables else ""
        votes = self.words.ngettext("{n} vote", "{n} votes", one.dots)
        asked = self._("asked on “{title}”", title=vote.board)
        return " → ".join(filter(None, (at, notes, asked, votes)))

    def notes(self) -> Iterator[Block]:
        voices = tuple(self.report.voices())
        if not voices:
            return
        several = sum(bool(part.voices) for part in self.report.parts) > 1
        named = self.report.named
        head = (N_("Note"), *((N_("Author"),) if named else ()), N_("City"))
        where = self._("Board") if several else self._("Region")
        shown = (*map(self._, head), where, self._("What became of it"))
        rows = tuple(
            (
                _whole(voice),
                *((author_of(voice, self.words),) if named else ()),
                voice.entry.city,
                " › ".join(filter(None, (voice.board * several, voice.table, voice.region))),
                fate_of(voice, self.words),
            )
            for voice in voices
        )
        yield Table(self._("All notes"), shown, rows, (8, 3, 3, 4, 5) if named else (8, 3, 4, 5))

    def _told(self, one: Priority) -> str:
        votes = self.words.ngettext("{n} vote", "{n} votes", one.dots)
        rest = self._("All others together")
        cities = ", ".join(f"{share.city or rest} {share.dots}" for share in one.shares)
        return f"{votes}: {cities}" if cities else votes


def age_of(persona: Persona, words: Words) -> str:
    said = AGES.get(persona.age_band, persona.age_band.replace("_", "–"))
    return words.gettext(said) if said else ""


def _whole(voice: Voice) -> str:
    """With its translations beneath."""
    text = voice.entry.text
    return "\n".join([text, *(f"[{one.lang}] {one.text}" for one in voice.entry.translations)])
