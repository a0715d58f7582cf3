"""Two versions of a document beside each other: its words line by line, what is gone and what is new."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from codesign.results.report_booklet import Block, Booklet, Bullets, Head, Pairs, Table, Text

How = Literal["same", "gone", "new", "left"]
#: So many lines that are the same are told before and after a change.
AROUND = 1
#: Longer documents are compared up to here.
LINES_MOST = 4_000


def compare(then: Booklet, now: Booklet) -> list[tuple[How, str]]:
    """Lines as `same`, `gone` or `new`; `left` stands for lines that are the same and far from any change."""
    old, new = [*_lines(then)][:LINES_MOST], [*_lines(now)][:LINES_MOST]
    told: list[tuple[How, str]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            told += _same(old[a:b], is_first=a == 0, is_last=b == len(old))
            continue
        told += [("gone", line) for line in old[a:b]]
        told += [("new", line) for line in new[c:d]]
    return told


def _same(lines: list[str], *, is_first: bool, is_last: bool) -> Iterator[tuple[How, str]]:
    before, after = (0 if is_first else AROUND), (0 if is_last else AROUND)
    if len(lines) <= before + after:
        yield from (("same", line) for line in lines)
        return
    yield from (("same", line) for line in lines[:before])
    yield "left", str(len(lines) - before - after)
    yield from (("same", line) for line in lines[len(lines) - after :])


def _lines(booklet: Booklet) -> Iterator[str]:
    yield booklet.title
    yield from booklet.short.splitlines()
    for number, what in booklet.facts:
        yield f"{what}: {number}"
    for chapter in booklet.chapters:
        yield chapter.title
        yield from chapter.note.splitlines()
        for block in chapter.blocks:
            yield from _of(block)


def _of(block: Block) -> Iterator[str]:
    match block:
        case Text():
            yield from block.text.splitlines()
        case Head():
            yield block.text
        case Bullets():
            yield from (f"• {line}" for line in block.lines)
        case Pairs():
            yield from (f"{asked}: {said}" for asked, said in block.rows)
        case Table():
            yield from (" · ".join(str(cell) for cell in row if cell != "") for row in block.rows)
