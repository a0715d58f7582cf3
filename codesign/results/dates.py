"""Days and months in words of a language: what records hold as 2026-11-22 is 22 November 2026 in a report.

Twelve names and two patterns in the catalogues do it, in the form that a date wants them; a library of locales weighs
more than the rest of what is installed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from codesign.i18n import N_, Words

#: As they stand in a date, after the day: many languages have another form for that.
MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def in_words(date: str, words: Words) -> str:
    """A day or a month; whatever else it is stays as it is."""
    found = _DATE.fullmatch(date)
    if found is None or not 1 <= int(found[2]) <= len(MONTHS):
        return date
    month = words.gettext(MONTHS[int(found[2]) - 1])
    if found[3] is None:
        return words.gettext("{month} {year}", month=month, year=found[1])
    return words.gettext("{day} {month} {year}", day=int(found[3]), month=month, year=found[1])


def first_day(text: str) -> date | None:
    """Of a day itself, of a month its first; nothing of what is neither."""
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def last_day(text: str) -> date | None:
    first = first_day(text)
    if first is None or len(text) > len("2026-11"):
        return first
    # Whatever the month, this is in the next.
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def from_to(begin: str, end: str, words: Words) -> str:
    """Both in words, and one alone where they are the same."""
    said = dict.fromkeys(in_words(one, words) for one in (begin, end) if one)
    return " – ".join(said)
