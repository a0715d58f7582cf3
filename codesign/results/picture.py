"""A board as a picture: PNG, SVG or PDF, drawn by typst from board.typ. Runs in a worker process.

A PNG or SVG is one picture of the whole board. A PDF is the same on one page as long as it can be read there when
printed on A3; larger boards go on over several pages. Words of people reach typst as data, never as markup.
"""

from __future__ import annotations

import json
import math
import re
import shutil
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import typst

from codesign import paths
from codesign.i18n import Words
from codesign.results import cards, layout, map_words
from codesign.results.board_model import (
    Board,
    Connector,
    Entry,
    Frame,
    Group,
    Paper,
    Region,
    entries_of,
)
from codesign.results.layout import Box, Plan, Rect
from codesign.results.pages import MARGIN, Form, one_size, plans_of, unit_of
from codesign.results.papers import REACTION_NAMES

PNG_PIXELS, PNG_SCALE = 30_000_000, 2.0
#: In panels of so many notes a row titles are measured; in wider ones they have the last one's lines.
TITLES_MEASURED = range(1, 5)


@dataclass(frozen=True, slots=True)
class Extras:
    """What a picture shows beside the board: the day it was made, and the files of its images."""

    day: str
    images: Mapping[str, Path]


def draw(
    board: Board,
    form: Form,
    words: Words,
    extras: Extras,
    folder: Path,
    *,
    side: float = math.inf,
) -> bytes:
    """The picture. `folder` is an empty one that typst may read; all it needs is put there.

    `side`: of a PNG, the most pixels of its longer side. Drawing what is thrown away again takes seconds.
    """
    pen = _Pen(folder, words)
    sheets = [entry for _, _, entry in board.entries() if entry.kind == "note"]
    plans = plans_of(board, form, pen.measure(board.regions, sheets))
    scene = _Scene(board, words, extras, folder)
    pages = one_size(
        [scene.page(plan, number + 1, len(plans)) for number, plan in enumerate(plans)]
    )
    relations = scene.relations() if len(plans) > 1 else []
    unit = unit_of(form, pages[0])
    made = pen.draw(scene.whole(pages, relations, unit), form, pages[0], side)
    return _named(made, board) if form == "svg" else made


class _Pen:
    """typst, with our fonts only: the same on every machine."""

    def __init__(self, folder: Path, words: Words) -> None:
        self.folder = folder
        self.words = words
        self.lang = words.tag.partition("-")[0]
        for name in ("board.typ", "papers.typ"):
            shutil.copy(Path(__file__).with_name(name), folder)
        _put_faces(folder)

    def measure(self, regions: Sequence[Region], sheets: Sequence[Entry]) -> layout.Metrics:
        """How tall the words of each are, in pixels, and how many lines titles take in panels of each width."""
        titles = [
            _titled(region, again, self.words) for region in regions for again in (False, True)
        ]
        rooms = [layout.panel_width(n) - layout.BESIDE_TITLE for n in TITLES_MEASURED]
        asked = {"notes": [_words_of(one, self.words) for one in sheets], "titles": titles}
        found: dict[str, Any] = {"heights": [], "lines": []}
        if sheets or titles:
            empty = {"pages": [], "relations": [], "unit": 1, "title": "", "lang": self.lang}
            self._write({**empty, "measure": {**asked, "rooms": rooms}})
            found = json.loads(self._compiler().query("<found>", field="value", one=True))
        tall = dict(zip([one.id for one in sheets], map(float, found["heights"]), strict=True))
        lines = dict(zip(titles, found["lines"], strict=False))
        return layout.Metrics(
            lambda entry: layout.note_height(entry, tall.get(entry.id, 0)),
            lambda region, again, room: lines[_titled(region, again, self.words)][
                max(0, bisect(rooms, room) - 1)
            ],
        )

    def draw(
        self, scene: Mapping[str, Any], form: Form, page: Mapping[str, Any], side: float
    ) -> bytes:
        self._write(scene)
        made: object
        if form == "png":
            scale = min(PNG_SCALE, math.sqrt(PNG_PIXELS / (page["w"] * page["h"])))
            scale = min(scale, side / max(page["w"], page["h"]))
            made = self._compiler().compile(format="png", ppi=72 * scale)
        elif form == "pdf":
            made = self._pdf()
        else:
            made = self._compiler().compile(format="svg")
        assert isinstance(made, bytes)  # noqa: S101
        return made

    def _pdf(self) -> object:
        try:
            return self._compiler().compile(format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError:
            # A letter that no font of ours has is enough for a no. Tagged as well, but without the promise.
            return self._compiler().compile(format="pdf")

    def _write(self, scene: Mapping[str, Any]) -> None:
        (self.folder / "scene.json").write_text(json.dumps(scene), "utf-8")

    def _compiler(self) -> typst.Compiler:
        return typst.Compiler(
            str(self.folder / "board.typ"),
            root=str(self.folder),
            font_paths=[str(paths.built() / "ttf")],
            ignore_system_fonts=True,
        )


# What is on a page, as board.typ reads it


class _Scene:
    def __init__(self, board: Board, words: Words, extras: Extras, folder: Path) -> None:
        self.board = board
        self.words = words
        self.extras = extras
        self.folder = folder

    def whole(
        self, pages: list[dict[str, Any]], relations: list[str], unit: float
    ) -> dict[str, Any]:
        return {
            "title": self.title,
            "lang": self.words.tag.partition("-")[0],
            "unit": unit,
            "measure": None,
            "pages": pages,
            "relations": relations,
            "relations-title": self.words.gettext("Connections"),
        }

    @property
    def title(self) -> str:
        return self.board.question or self.board.title or self.board.workshop or "Codesign"

    def page(self, plan: Plan, number: int, of: int) -> dict[str, Any]:
        width = max(plan.width, 560.0) + 2 * MARGIN
        px = 30 if width > 900 else 22
        lines = max(1, math.ceil(len(self.title) * px * 0.56 / (width - 2 * MARGIN)))
        top = 40 + 22 + lines * px * 1.3 + 24
        boxes = [_moved(box, MARGIN, top) for box in plan.boxes]
        papers = [(paper.colour, self._meaning(paper)) for paper in self.board.legend]
        chips = sum(60 + min(320, len(name) * 8) for _, name in papers) + 140
        foot = 40 + 30 * math.ceil(chips / (width - 2 * MARGIN))
        legend = {
            "kind": "legend",
            "x": MARGIN,
            "y": top + plan.height + 22,
            "w": width - 2 * MARGIN,
        }
        legend |= {"papers": papers, "signed": f"Codesign · {self.extras.day}"}
        count = f"{number} / {of}" if of > 1 else ""
        over = " · ".join(
            dict.fromkeys(filter(None, (self.board.workshop, self.board.title, count)))
        )
        head = {"x": MARGIN, "y": 40, "w": width - 2 * MARGIN, "over": over}
        return {
            "w": width,
            "h": top + plan.height + foot + 16,
            "head": {**head, "title": self.title, "px": px},
            "things": [*(self._thing(box) for box in boxes), legend],
            "connectors": list(self._connectors(boxes)),
        }

    def _meaning(self, paper: Paper) -> str:
        cities = ", ".join(paper.cities)
        return self.words.gettext("{cities} and others", cities=cities) if paper.others else cities

    def relations(self) -> list[str]:
        """Connectors as sentences: on several pages, lines cannot reach."""
        return [self._relation(connector) for connector in self.board.connectors]

    def _relation(self, connector: Connector) -> str:
        ends = (self._called(connector.source), self._called(connector.target))
        label = connector.label or map_words.SIGNS.get(connector.sign, "")
        return f"{ends[0]} → {ends[1]}" + (f" ({label})" if label else "")

    def _called(self, item_id: str) -> str:
        words = " ".join(self.board.words.get(item_id, "").split())
        return f"“{words[:80]}…”" if len(words) > 80 else f"“{words}”"

    def _thing(self, box: Box) -> dict[str, Any]:
        rect = {"x": box.rect.x, "y": box.rect.y, "w": box.rect.w, "h": box.rect.h}
        match box.what:
            case Region() as region:
                title = _titled(region, box.again, self.words)
                return {"kind": "panel", **rect, "title": title, "count": str(region.notes)}
            case Group() as group:
                name = group.name or self.words.gettext("Group")
                title = _again(name, box.again, self.words)
                return {"kind": "group", **rect, "title": title, "count": str(len(group.members))}
            case Frame() as frame:
                return {"kind": "frame", **rect, "title": frame.title}
            case Entry(kind="note") as note:
                return {
                    "kind": "note",
                    **rect,
                    **_words_of(note, self.words),
                    **self._foot(note),
                    **self._drawing(note),
                }
            case Entry(kind="factor") as factor:
                return {"kind": "factor", **rect, **self._card(factor)}
            case Entry(kind="image") as image:
                alt = image.text or self.words.gettext("Image without a description")
                return {"kind": "image", **rect, "alt": alt, "path": self._file(image.file)}
            case Entry() as heading:
                return {"kind": "heading", **rect, "title": heading.text}

    def _foot(self, note: Entry) -> dict[str, Any]:
        lang = note.author_lang.partition("-")[0].lower() or "und"
        names = {kind: self.words.gettext(REACTION_NAMES[kind]) for kind, _ in note.reactions}
        reactions = [(kind, names[kind], n) for kind, n in note.reactions[:3]]
        foot = {"colour": note.colour, "author": note.author, "author-lang": lang}
        return {**foot, "reactions": reactions}

    def _drawing(self, note: Entry) -> dict[str, Any]:
        """As a picture beside the scene; words that say so for those who do not see it."""
        if not note.strokes:
            return {"ink": "", "ink-height": 0}
        name, n = f"ink-{note.id}.svg", len(note.strokes)
        (self.folder / name).write_text(cards.svg_of(note), "utf-8")
        says = self.words.ngettext("drawing of {n} stroke", "drawing of {n} strokes", n)
        return {"ink": name, "ink-alt": says, "ink-height": layout.INK + 8}

    def _card(self, factor: Entry) -> dict[str, Any]:
        first, _, second = factor.text.partition(" · ")
        role = "" if factor.role == "focal" else map_words.ROLES.get(factor.role, "")
        wanted = "" if factor.wanted == "open" else map_words.WANTED.get(factor.wanted, "")
        tag = " · ".join(self.words.gettext(one) for one in (role, wanted) if one)
        return {"title": first, "other": second, "tag": tag, "role": factor.role}

    def _file(self, name: str) -> str:
        path = self.extras.images.get(name)
        if path is None or not path.exists():
            return ""
        shutil.copy(path, self.folder / path.name)
        return path.name

    def _connectors(self, boxes: list[Box]) -> Iterable[dict[str, Any]]:
        places = {box.what.id: box.rect for box in boxes}
        for connector in self.board.connectors:
            source, target = places.get(connector.source), places.get(connector.target)
            if source and target:
                if connector.sign:
                    yield arc(source, target) | {
                        "sign": connector.sign,
                        "mark": map_words.SIGNS[connector.sign],
                        "delayed": connector.delayed,
                        "strength": connector.strength,
                    }
                else:
                    yield {
                        "ends": ends_between(source, target),
                        "label": connector.label,
                        "sign": "",
                    }


def _titled(region: Region, again: bool, words: Words) -> str:
    return _again(region.title, again, words)


def _again(title: str, again: bool, words: Words) -> str:
    return words.gettext("{title} (continued)", title=title) if again else title


def _put_faces(folder: Path) -> None:
    """The reactions as pages draw them, each as a picture of its own."""
    sprite = (paths.built() / paths.manifest()["icons.svg"]).read_text("utf-8")
    for kind in REACTION_NAMES:
        found = re.search(f'<symbol id="r-{kind}" (viewBox="[^"]+")>(.*?)</symbol>', sprite, re.S)
        assert found, kind  # noqa: S101
        drawn = f'<svg xmlns="http://www.w3.org/2000/svg" {found[1]}>{found[2]}</svg>'
        (folder / f"{kind}.svg").write_text(drawn, "utf-8")


def ends_between(source: Rect, target: Rect) -> tuple[float, float, float, float]:
    """From the edge of one to the edge of the other, on the line between their middles."""
    ax, ay = source.x + source.w / 2, source.y + source.h / 2
    bx, by = target.x + target.w / 2, target.y + target.h / 2
    out, into = _way_out(source, bx - ax, by - ay), _way_out(target, ax - bx, ay - by)
    return ax + out[0], ay + out[1], bx + into[0], by + into[1]


def arc(source: Rect, target: Rect) -> dict[str, Any]:
    """A curve that leans to its own left, so that two that go both ways part; as static/js/board/items/cause.js."""
    (ax, ay), (bx, by) = ((one.x + one.w / 2, one.y + one.h / 2) for one in (source, target))
    bend = (ax + bx) / 2 + (by - ay) * 0.19, (ay + by) / 2 - (bx - ax) * 0.19
    ends = []
    for rect, (x, y) in ((source, (ax, ay)), (target, (bx, by))):
        grown = Rect(rect.x - 5, rect.y - 5, rect.w + 10, rect.h + 10)
        dx, dy = _way_out(grown, bend[0] - x, bend[1] - y)
        ends.append((x + dx, y + dy))
    return {"from": ends[0], "bend": bend, "to": ends[1]}


def _way_out(rect: Rect, dx: float, dy: float) -> tuple[float, float]:
    part = min(
        rect.w / 2 / abs(dx) if dx else math.inf, rect.h / 2 / abs(dy) if dy else math.inf, 1.0
    )
    return dx * part, dy * part


def _moved(box: Box, dx: float, dy: float) -> Box:
    rect = Rect(box.rect.x + dx, box.rect.y + dy, box.rect.w, box.rect.h)
    return Box(rect, box.what, box.again)


def size_of(text: str) -> str:
    """Which step of the type scale the words of a note take; as static/js/board/metrics.js has it."""
    long = 30 if re.search("[\u10a0-\u10ff]", text) else 40
    if len(text) <= long:
        return "m"
    return "s" if len(text) > 92 else "n"


def _words_of(note: Entry, words: Words) -> dict[str, Any]:
    lang = note.lang.partition("-")[0].lower()
    if not lang and re.search("[\u10a0-\u10ff]", note.text):
        lang = "ka"
    text = "\n".join(one for one in (cards.tag_of(note, words), note.text) if one)
    return {"text": text, "lang": lang or "und", "size": size_of(note.text)}


def _named(svg: bytes, board: Board) -> bytes:
    """With a title and the words of the board for those who do not see it: typst draws letters as shapes."""
    told = "\n".join(_told(board))
    head = f"<title>{_xml(board.question or board.title)}</title><desc>{_xml(told)}</desc>"
    at = svg.index(b">") + 1
    # One unit is a pixel, not a point.
    begin = re.sub(rb'(width|height)="([\d.]+)pt"', rb'\1="\2"', svg[:at])
    return begin.replace(b"<svg ", b'<svg role="img" ', 1) + head.encode() + svg[at:]


def _told(board: Board) -> Iterable[str]:
    for region in board.regions:
        yield region.title
        yield from _lines(entries_of(region.contents))
    yield from _lines(entries_of(board.loose))
    if board.layout == "graph":
        for line in board.connectors:
            ends = [" ".join(board.words.get(id, "").split()) for id in (line.source, line.target)]
            yield f"{ends[0]} → {ends[1]} {map_words.SIGNS.get(line.sign, '')}".strip()


def _lines(entries: Iterable[tuple[str, Entry]]) -> Iterable[str]:
    for group, entry in entries:
        yield " · ".join(filter(None, (group, entry.text, entry.author)))


def _xml(text: str) -> str:
    """As XML text. What XML cannot hold at all has been cleaned away long before, but for tab and newline."""
    return escape(re.sub("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text))
