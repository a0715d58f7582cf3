"""Promises and answers: what is due, what was kept, the calendar file, and what became of people's input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from codesign.core.computed.ranking import merged_groups

Record = Mapping[str, Any]

OVER = ("done", "dropped")
#: Days ahead at which somebody is reminded.
SOON = 7
#: Octets of a line in a calendar file. Source: RFC 5545, 3.1.
_FOLD = 75


def late(commitments: Sequence[Record], today: str) -> list[str]:
    return [one["id"] for one in commitments if _is_open(one) and _day(one) < today]


def reminders(commitments: Sequence[Record], today: str) -> list[str]:
    """Open ones that are late or due within a week, the earliest first."""
    limit = (date.fromisoformat(today) + timedelta(days=SOON)).isoformat()
    due = [one for one in commitments if _is_open(one) and _day(one) <= limit]
    return [one["id"] for one in sorted(due, key=_day)]


def kept_share(commitments: Sequence[Record], today: str) -> float | None:
    """Done, of those that are done, dropped or whose day has passed; None where none is."""
    judged = [one for one in commitments if not _is_open(one) or _day(one) < today]
    done = sum(one.get("status") == "done" for one in judged)
    return done / len(judged) if judged else None


def calendar(commitments: Sequence[Record], stamp: str) -> str:
    """Open commitments as a file for calendars; `stamp` is now, as `20261122T120000Z`. Source: RFC 5545."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Codesign//Commitments//EN"]
    for one in commitments:
        if _is_open(one) and one.get("by_when"):
            lines += [
                "BEGIN:VEVENT",
                f"UID:{one['id']}@codesign",
                f"DTSTAMP:{stamp}",
                f"DTSTART;VALUE=DATE:{one['by_when'].replace('-', '')}",
                f"SUMMARY:{_escaped(one['what'])}",
                f"DESCRIPTION:{_escaped(one['who'])}",
                "END:VEVENT",
            ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def means(ratings: Sequence[Record], field: str, by: str) -> dict[str | None, float]:
    """Mean of a rating per city or language; fewer than three people are never a group of their own (None)."""
    count: dict[str, int] = {}
    given: dict[str | None, list[int]] = {}
    rated = [one for one in ratings if one.get(field) is not None]
    for one in rated:
        count[one.get(by) or ""] = count.get(one.get(by) or "", 0) + 1
    shown = merged_groups(count)
    for one in rated:
        given.setdefault(shown[one.get(by) or ""], []).append(one[field])
    return {group: round(sum(values) / len(values), 1) for group, values in given.items()}


def answered_share(inputs: Sequence[str], answers: Iterable[Record]) -> float | None:
    answered = {one["input"] for one in answers if one.get("because")}
    return sum(id in answered for id in inputs) / len(inputs) if inputs else None


def _is_open(commitment: Record) -> bool:
    return commitment.get("status") not in OVER


def _day(commitment: Record) -> str:
    return str(commitment.get("by_when") or "9999")


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterable[str]:
    """Parts of at most 75 octets, none cut inside a letter; a part that goes on begins with a blank."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _FOLD:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
