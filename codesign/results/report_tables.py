"""A report as tables: one for each kind of thing, for spreadsheets. A number is a number, all else is text."""

from __future__ import annotations

from collections.abc import Iterator

from codesign.i18n import N_, Words
from codesign.results.consents import CONSENT_WIDTHS, rows_of_consents
from codesign.results.entered import entered_words
from codesign.results.papers import FACES, PAPER_NAMES
from codesign.results.report import Report, Voice, Vote
from codesign.results.report_booklet import Booklet, Cell
from codesign.results.report_booklet import Table as Listed
from codesign.results.report_chapters import age_of, title_of
from codesign.results.report_origins import fate_of
from codesign.results.report_pictured import tables_of_picture
from codesign.results.rows import KINDS
from codesign.results.translated import in_cells

NOTES = (
    *(N_("Board"), N_("Table"), N_("Region"), N_("Group"), N_("Kind"), N_("Text")),
    *(N_("Language"), N_("Translations"), N_("Who translated")),
    *(N_("Author"), N_("Entered"), N_("City"), N_("Colour")),
    *(N_("Reactions"), N_("What became of it")),
)
NOTE_WIDTHS = (22, 16, 22, 22, 10, 60, 10, 40, 30, 20, 24, 20, 18, 16, 40)


def tables_of(report: Report, booklet: Booklet, words: Words) -> Iterator[Listed]:
    """One for each sheet, those of the chapters among them; which chapters are told changes nothing for notes."""
    _ = words.gettext
    told = {chapter.id for chapter in booklet.chapters}
    if report.votes:
        yield _priorities(report, words)
    if report.consents:
        yield _consents(report, words)
    yield notes(report, words)
    for chapter in booklet.chapters:
        if chapter.id not in ("notes", "boards"):
            yield from (block for block in chapter.blocks if isinstance(block, Listed))
    if "boards" in told:
        for part in report.parts:
            yield from tables_of_picture(part, words, spelled=False)
    if "people" in told:
        others = _("Without a city") if report.named else _("All others together")
        rows = tuple((city.name or others, city.count) for city in report.cities)
        yield Listed(title_of("people", words), (_("City"), _("People")), rows, (30, 10))
    if report.personas and "personas" in told:
        yield _personas(report, words)


def notes(report: Report, words: Words) -> Listed:
    rows = tuple(_note(voice, words, named=report.named) for voice in report.voices())
    head = tuple(map(words.gettext, NOTES))
    return Listed(title_of("notes", words), head, rows, NOTE_WIDTHS)


def _note(voice: Voice, words: Words, *, named: bool) -> tuple[Cell, ...]:
    entry = voice.entry
    return (
        *(voice.board, voice.table, voice.region, voice.group),
        *(words.gettext(KINDS[entry.kind]), entry.text, entry.lang),
        *in_cells(entry.translations, words),
        *(entry.author, entered_words(entry.entered, words) if named else "", entry.city),
        words.gettext(PAPER_NAMES[entry.colour]) if entry.kind == "note" else "",
        ", ".join(f"{FACES[kind]} {n}" for kind, n in entry.reactions),
        fate_of(voice, words),
    )


def _priorities(report: Report, words: Words) -> Listed:
    """Votes by city stand beside each other, those counted together last."""
    _ = words.gettext
    cities = _cities(report)
    named = (city or _("All others together") for city in cities)
    counted = (
        *(_("Ballots"), _("Ballots given by a facilitator")),
        *(_("Shared devices"), _("People at them")),
    )
    head = (_("Question"), _("Place"), _("Option"), _("Votes"), _("People"), *counted, *named)
    rows = tuple(row for vote in report.votes for row in _rows(vote, cities))
    widths = (40, 8, 60, 10, 10, 10, 14, 14, 14, *(14 for _city in cities))
    return Listed(title_of("priorities", words), head, rows, widths)


def _rows(vote: Vote, cities: list[str]) -> Iterator[tuple[Cell, ...]]:
    for one in vote.priorities:
        shares = {share.city: share.dots for share in one.shares}
        place: Cell = one.place if one.dots else ""
        of = (shares.get(city, 0) for city in cities)
        about = (vote.ballots, vote.given, vote.shared, vote.sharing)
        yield (vote.question, place, one.title, one.dots, one.people, *about, *of)


def _consents(report: Report, words: Words) -> Listed:
    head, *rows = rows_of_consents(report.consents, words)
    return Listed(
        words.gettext("Consent rounds"), tuple(map(str, head)), tuple(rows), CONSENT_WIDTHS
    )


def _cities(report: Report) -> list[str]:
    found = {
        share.city: None for vote in report.votes for one in vote.priorities for share in one.shares
    }
    return sorted(found, key=lambda city: not city)


def _personas(report: Report, words: Words) -> Listed:
    _ = words.gettext
    head = (
        *(_("Name"), _("Age"), _("Work"), _("Situation"), _("In their words")),
        *(_("Goals"), _("Needs"), _("Frustrations"), _("Obstacles")),
    )
    rows = tuple(
        (
            *(one.name, age_of(one, words), one.livelihood, one.scenario, one.quote),
            *map("\n".join, (one.goals, one.needs, one.frustrations, one.barriers)),
        )
        for one in report.personas
    )
    widths = (24, 10, 24, 50, 40, 40, 40, 40, 40)
    return Listed(title_of("personas", words), head, rows, widths)
