"""A report as PDF, set by typst from report.typ: tagged, with headings, tables, captions and words for pictures."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typst

from codesign import paths
from codesign.results.report import Priority, Voice
from codesign.results.report_booklet import (
    Block,
    Booklet,
    Bullets,
    Cities,
    Head,
    Pairs,
    Picture,
    Ranking,
    Table,
    Text,
    Voices,
    marks_of,
)
from codesign.results.report_logos import size_of
from codesign.results.report_pictures import Drawn

#: What fits under a heading, in points; and how wide the text is.
TALLEST, WIDTH = 600.0, 459.0
#: Longer notes may go over pages, and take the whole width.
LONG = 900
#: Words wider than a cell are given places to break at, since typst breaks at none by itself.
UNBROKEN = re.compile(r"[^\s\u200b]{19,}")


def write(booklet: Booklet, pictures: Mapping[str, Drawn], folder: Path) -> bytes:
    """`pictures`: boards by id, logos by file. `folder`: an empty one that typst may read; all is put there."""
    for name in ("report.typ", "papers.typ"):
        shutil.copy(Path(__file__).with_name(name), folder)
    files = {board: _file(folder, at, one) for at, (board, one) in enumerate(pictures.items())}
    scene = _scene(booklet, files) | {"logos": [*_logos(booklet, pictures, files)]}
    (folder / "booklet.json").write_text(json.dumps(scene), "utf-8")
    compiler = typst.Compiler(
        str(folder / "report.typ"),
        root=str(folder),
        font_paths=[str(paths.built() / "ttf")],
        ignore_system_fonts=True,
    )
    made: object
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        # A letter that no font of ours has is enough for a no. Tagged as well, but without the promise.
        made = compiler.compile(format="pdf")
    assert isinstance(made, bytes)  # noqa: S101
    return made


def _logos(
    booklet: Booklet, pictures: Mapping[str, Drawn], files: Mapping[str, tuple[str, float]]
) -> Iterator[dict[str, Any]]:
    for one in booklet.logos:
        if one.file in files:
            width, height = size_of(pictures[one.file])
            yield {"path": files[one.file][0], "alt": one.name, "width": width, "height": height}


def _file(folder: Path, at: int, one: Drawn) -> tuple[str, float]:
    """Its name for typst, and how tall it may be."""
    name = f"board-{at}.{one.form}"
    (folder / name).write_bytes(one.data)
    return name, min(TALLEST, WIDTH * one.height / one.width)


def _scene(booklet: Booklet, files: Mapping[str, tuple[str, float]]) -> dict[str, Any]:
    chapters = [
        {
            "title": _plain(chapter.title),
            "note": _plain(chapter.note),
            "annex": chapter.is_annex,
            "blocks": [_block(block, files, chapter.title) for block in chapter.blocks],
        }
        for chapter in booklet.chapters
    ]
    return {
        "title": _plain(booklet.title),
        "question": _plain(booklet.question),
        "lang": booklet.lang.partition("-")[0],
        "short": _plain(booklet.short),
        "facts": booklet.facts,
        "chapters": chapters,
        "signed": booklet.signed,
        "notice": _plain(booklet.notice),
        "dense": booklet.is_dense,
        "wide": booklet.is_wide,
    }


def _block(block: Block, files: Mapping[str, tuple[str, float]], title: str) -> dict[str, Any]:
    match block:
        case Text():
            return {"kind": "text", "text": _plain(block.text), "quiet": block.is_quiet}
        case Head():
            return {"kind": "head", "text": _plain(block.text), "level": block.level}
        case Bullets():
            return {"kind": "bullets", "lines": [_plain(line) for line in block.lines]}
        case Ranking():
            return {
                "kind": "ranking",
                "priorities": [_ranked(one, block) for one in block.priorities],
            }
        case Voices():
            return {"kind": "voices", "voices": [_voice(voice) for voice in block.voices]}
        case Cities():
            cities = [
                {"name": _plain(one.name or block.others), "colour": one.colour, "count": one.count}
                for one in block.cities
            ]
            return {"kind": "cities", "cities": cities}
        case Picture():
            path, height = files.get(block.board, ("", 0.0))
            words = {"caption": _plain(block.caption), "alt": _plain(block.alt)}
            return {"kind": "picture", "path": path, "height": height, **words}
        case Table():
            return _table(block, title)
        case Pairs():
            rows = [[_plain(a), _plain(b), a in block.missing] for a, b in block.rows]
            return {"kind": "pairs", "rows": rows}


def _ranked(one: Priority, block: Ranking) -> dict[str, Any]:
    words = {"title": _plain(one.title), "told": _plain(block.told[one.id])}
    return {**words, "place": one.place, "dots": one.dots, "marks": marks_of(one)}


def _voice(voice: Voice) -> dict[str, Any]:
    entry = voice.entry
    who = ", ".join(filter(None, (entry.author, entry.city, voice.table)))
    return {
        "text": _plain(entry.text),
        "lang": _lang(entry.lang, entry.text),
        "translations": [
            [_lang(one.lang, one.text), _plain(one.text), _plain(told)]
            for one, told in voice.translated()
        ],
        "who": _plain(who),
        "colour": entry.colour if entry.kind == "note" else "stone",
        "long": len(entry.text) > LONG,
    }


def _table(block: Table, title: str) -> dict[str, Any]:
    numbers = [
        at in block.amounts
        or (bool(block.rows) and all(isinstance(row[at], int) for row in block.rows))
        for at in range(len(block.head))
    ]
    return {
        "kind": "table",
        # What the heading above says already is not said again.
        "caption": "" if block.caption == title else _plain(block.caption),
        "head": [_plain(cell) for cell in block.head],
        "rows": [[_plain(str(cell)) for cell in row] for row in block.rows],
        "widths": block.widths,
        "numbers": numbers,
    }


def _lang(lang: str, text: str) -> str:
    short = lang.partition("-")[0].lower()
    if not short and re.search("[\u10a0-\u10ff]", text):
        return "ka"
    return short if re.fullmatch("[a-z]{2,3}", short) else "und"


def _plain(text: str) -> str:
    return UNBROKEN.sub(lambda word: _broken(word[0]), text)


def _broken(word: str) -> str:
    """With a place to break after every eighth letter, but none between what belongs together."""
    parts, since = [], 0
    for at, letter in enumerate(word):
        before = word[at - 1] if at else ""
        if since >= 8 and (letter.isalnum() or letter in "/-._=&?") and ord(before) < 0x2000:
            parts.append("\u200b")
            since = 0
        parts.append(letter)
        since += 1
    return "".join(parts)
