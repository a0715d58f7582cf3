"""What a report says before its chapters, from counts alone: nothing in it is an opinion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from codesign.i18n import Words
from codesign.results.dates import from_to
from codesign.results.report import Report
from codesign.results.report_apart import counted_apart

#: Priorities named in the first paragraph.
NAMED = 3


def draft(report: Report, words: Words) -> str:
    """The first paragraph, from counts, votes and actions."""
    if not report.notes:
        return words.gettext("Nothing has been written yet.")
    said = [_counts(report, words), *counted_apart(report, words)]
    for vote in report.votes:
        best = [f"“{short(one.title)}” ({one.dots})" for one in vote.priorities if one.dots]
        if best:
            said.append(words.gettext("Most votes: {names}.", names=", ".join(best[:NAMED])))
    if report.actions or report.promises:
        n = len(report.actions) + len(report.promises)
        said.append(words.ngettext("{n} action was agreed.", "{n} actions were agreed.", n))
    return " ".join(said)


def _counts(report: Report, words: Words) -> str:
    """Who leads tries things alone before anybody is there: then nobody is said to have taken part."""
    notes = words.ngettext("{n} note", "{n} notes", report.notes)
    if not report.people:
        return words.gettext("Written: {notes}.", notes=notes)
    return words.gettext(
        "Took part: {people}, {cities}. Written: {notes}.",
        people=words.ngettext("{n} person", "{n} people", report.people),
        cities=words.ngettext("{n} city", "{n} cities", sum(bool(c.name) for c in report.cities)),
        notes=notes,
    )


def facts(report: Report, words: Words) -> Iterator[tuple[str, str]]:
    cities = sum(bool(city.name) for city in report.cities)
    agreed = len(report.actions) + len(report.promises)
    counted = (
        (report.people, words.ngettext("person", "people", report.people)),
        (cities, words.ngettext("city", "cities", cities)),
        (report.notes, words.ngettext("note", "notes", report.notes)),
        (len(report.languages), words.ngettext("language", "languages", len(report.languages))),
        (agreed, words.ngettext("action", "actions", agreed)),
    )
    yield from ((str(n), label) for n, label in counted if n)
    if report.begun:
        yield (
            from_to(_day(report.begun), _day(report.ended), words),
            words.gettext("when the notes were written"),
        )


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 90 else text[:89].rstrip() + "…"


def _day(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).date().isoformat()
