"""A report as Markdown. Words of people are text: what would be markup in them is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codesign.results.report_booklet import (
    Block,
    Booklet,
    Bullets,
    Cell,
    Chapter,
    Cities,
    Head,
    Pairs,
    Picture,
    Ranking,
    Table,
    Text,
    Voices,
)

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
#: What begins a list, a heading or a rule at the start of a line.
_START = re.compile(r"^(\s*)([-+=:]|\d+[.)])", re.MULTILINE)


def write(booklet: Booklet) -> bytes:
    return ("\n\n".join(_parts(booklet)) + "\n").encode()


def _parts(booklet: Booklet) -> Iterator[str]:
    yield f"# {_line(booklet.title)}"
    if booklet.question:
        yield f"*{_line(booklet.question)}*"
    if booklet.notice:
        yield f"> **{_line(booklet.notice)}**"
    yield _text(booklet.short)
    yield "\n".join(f"- **{_line(n)}** {_line(what)}" for n, what in booklet.facts)
    for one in booklet.chapters:
        yield f"## {_line(one.title)}"
        yield from _inside(one)
    yield "---"
    yield _line(booklet.signed)


def chapter(one: Chapter) -> str:
    """What stands in it, without its title."""
    return "\n\n".join(_inside(one))


def _inside(one: Chapter) -> Iterator[str]:
    if one.note:
        yield _text(one.note)
    for block in one.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Text():
            yield _text(block.text)
        case Head():
            yield f"{'#' * block.level} {_line(block.text)}"
        case Bullets():
            yield "\n".join(f"- {_line(line)}" for line in block.lines)
        case Ranking():
            for one in block.priorities:
                told = block.told[one.id]
                yield f"{one.place}\\. **{_line(one.title)}**  \n{_line(told)}"
        case Voices():
            yield "\n".join(_voices(block))
        case Cities():
            yield "\n".join(
                f"- {_line(city.name or block.others)}: {city.count}" for city in block.cities
            )
        case Picture():
            yield f"*{_line(block.caption)}*"
        case Table():
            yield _table(block)
        case Pairs():
            yield "\n".join(f"- **{_line(asked)}:** {_line(said)}" for asked, said in block.rows)


def _voices(block: Voices) -> Iterator[str]:
    for voice in block.voices:
        who = ", ".join(filter(None, (voice.entry.author, voice.entry.city)))
        yield f"- {_line(voice.entry.text)}" + (f" — {_line(who)}" if who else "")
        for one, told in voice.translated():
            yield f"  - {_line(f'[{one.lang}] {one.text} ({told})')}"


def _table(table: Table) -> str:
    rows = [table.head, *table.rows]
    lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(table.head))
    return "\n".join(lines)


def _cell(cell: Cell) -> str:
    return _line(str(cell))


def _line(text: str) -> str:
    return _text(" ".join(text.split()))


def _text(text: str) -> str:
    return _START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text)).replace("\n", "  \n")
