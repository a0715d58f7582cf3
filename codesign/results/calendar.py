"""A workshop, the steps of its agenda and the dates of its records for a calendar: iCalendar, as RFC 5545 has it.

Some sixty lines rather than a library of three packages: what is written is a handful of properties, and a test reads
it back with a parser that is not ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

#: A line has at most so many bytes; what is longer goes on in the next, after a space (3.1).
LINE_BYTES = 75
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Slot:
    """Something with a beginning and an end (ms). `id` is the same each time it is written."""

    id: str
    title: str
    begins: int
    ends: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """What takes whole days, from the first to the last, wherever on earth; nobody is busy for it."""

    id: str
    title: str
    begins: date
    ends: date
    about: str = ""


def midnight(day: date) -> int:
    """In universal time."""
    return int(datetime.combine(day, time(), UTC).timestamp() * 1000)


def slots_of_steps(steps: Sequence[Slot], starts: int) -> list[Slot]:
    """Steps one after another from `starts` on; each comes with its length from 0."""
    placed, at = list[Slot](), starts
    for step in steps:
        length = step.ends - step.begins
        placed.append(Slot(step.id, step.title, at, at + length, step.about))
        at += length
    return placed


def write(name: str, slots: Sequence[Slot | Day], host: str, now: int) -> bytes:
    """A calendar that programs of every kind take; `host` makes ids unique in the world."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Codesign//Codesign//EN"]
    lines += [f"X-WR-CALNAME:{_text(name)}"]
    for slot in slots:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{slot.id}@{host}",
            f"DTSTAMP:{_time(now)}",
            *_when(slot),
            f"SUMMARY:{_text(slot.title)}",
            *([f"DESCRIPTION:{_text(slot.about)}"] if slot.about else []),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _when(slot: Slot | Day) -> tuple[str, ...]:
    if isinstance(slot, Slot):
        return f"DTSTART:{_time(slot.begins)}", f"DTEND:{_time(slot.ends)}"
    after = slot.ends + timedelta(days=1)  # the end is the first day that is no more of it (3.6.1)
    begins, ends = f"{slot.begins:%Y%m%d}", f"{after:%Y%m%d}"
    return f"DTSTART;VALUE=DATE:{begins}", f"DTEND;VALUE=DATE:{ends}", "TRANSP:TRANSPARENT"


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """Nothing in it can begin a line of its own (3.3.11)."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        words = words.replace(sign, written)
    return words


def _folded(line: str) -> Iterator[bytes]:
    """Between letters, never within the bytes of one."""
    part, room = b"", LINE_BYTES
    for letter in line:
        encoded = letter.encode()
        if len(part) + len(encoded) > room:
            yield part
            part = b" "
        part += encoded
    yield part
