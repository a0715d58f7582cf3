"""What a report holds that has a date, as a calendar: actions and their first steps, milestones, commitments."""

from __future__ import annotations

from collections.abc import Iterator

from codesign.i18n import Words
from codesign.results import calendar
from codesign.results.calendar import Day
from codesign.results.dates import first_day, last_day
from codesign.results.report import Report
from codesign.results.report_records import Action

#: After an id; records keep theirs wherever they are read, so a calendar that takes the file again knows each of them.
HOST = "codesign"
DROPPED = "dropped"


def write(report: Report, words: Words, day: str) -> bytes:
    """Nothing at all where nothing has a date. `day`: on which it is made."""
    days = sorted(_days(report, words), key=lambda one: (one.begins, one.id))
    return calendar.write(report.title, days, HOST, _midnight(day)) if days else b""


def _days(report: Report, words: Words) -> Iterator[Day]:
    for action in report.actions:
        if action.status != DROPPED:
            yield from _of_action(action, words)
    for one in report.milestones:
        yield from _day(one.id, f"{one.project}: {one.what}" if one.project else one.what, one.when)
    for promise in report.promises:
        if promise.status != DROPPED:
            about = _about((words.gettext("Responsible"), promise.who))
            yield from _day(promise.id, promise.what, promise.by_when, about=about)


def _of_action(action: Action, words: Words) -> Iterator[Day]:
    who = ", ".join(filter(None, (action.lead, *action.partners)))
    responsible = (words.gettext("Responsible"), who)
    about = _about(responsible, (words.gettext("Measure"), action.indicator))
    yield from _day(action.id, action.title, action.start, action.end, about=about)
    if action.next_step_by:
        said = f"{words.gettext('First step')}: {action.next_step or action.title}"
        about = _about((words.gettext("Action"), action.title), responsible)
        yield from _day(f"{action.id}-first-step", said, action.next_step_by, about=about)


def _day(id: str, title: str, begin: str, end: str = "", about: str = "") -> Iterator[Day]:
    """From the first day to the last of what it says; of two that stand the wrong way round, the earlier first."""
    begin, end = sorted((begin or end, end or begin))
    first, last = first_day(begin), last_day(end)
    if first and last:
        yield Day(id, title, first, last, about)


def _about(*said: tuple[str, str]) -> str:
    return "\n".join(f"{label}: {words}" for label, words in said if words)


def _midnight(day: str) -> int:
    found = first_day(day)
    return calendar.midnight(found) if found else 0
