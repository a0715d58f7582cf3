"""The boards of a report as pictures, drawn as a board's own export is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import typst
from PIL import Image

from codesign.i18n import Words
from codesign.results import picture
from codesign.results.board_model import Board
from codesign.results.picture import Extras
from codesign.results.report import Report
from codesign.results.report_booklet import Booklet, Picture

#: Word and PowerPoint show shapes only since 2016, and then slowly.
FORMS: Mapping[str, Literal["svg", "png"]] = {
    **{"pdf": "svg", "html": "svg"},
    **{"docx": "png", "pptx": "png"},
}
#: A picture made of shapes that is larger than this is made of dots instead.
SHAPES_BYTES = 4 * 1024 * 1024
#: And once those of a report are larger together, the others are: setting twelve full boards of shapes into a PDF
#: takes more than the gigabyte that a worker has.
ALL_SHAPES_BYTES = 6 * 1024 * 1024
#: The longer side of a picture made of dots, as sharp as paper shows it.
SIDE = 2_400
_SIZE = re.compile(rb'<svg[^>]* width="([\d.]+)"[^>]* height="([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Drawn:
    form: Literal["svg", "png"]
    data: bytes
    width: float
    height: float

    @property
    def media_type(self) -> str:
        return "image/svg+xml" if self.form == "svg" else "image/png"


def draw_boards(
    report: Report,
    booklet: Booklet | None,
    form: Literal["svg", "png"],
    words: Words,
    extras: Extras,
    folder: Path,
) -> dict[str, Drawn]:
    """By board, those that the booklet shows (without one, all). One that cannot be drawn is left to its words."""
    wanted = {part.id for part in report.parts} if booklet is None else set(_shown(booklet))
    found = dict[str, Drawn]()
    left = ALL_SHAPES_BYTES
    for at, part in enumerate(report.parts):
        if part.id in wanted:
            inside = folder / f"drawing-{at}"
            inside.mkdir()
            try:
                drawn = _draw(part.model, form, words, extras, inside, min(left, SHAPES_BYTES))
            except typst.TypstError:
                continue
            found[part.id] = drawn
            left -= len(drawn.data) if drawn.form == "svg" else 0
    return found


def _shown(booklet: Booklet) -> Iterator[str]:
    for chapter in booklet.chapters:
        yield from (block.board for block in chapter.blocks if isinstance(block, Picture))


def _draw(
    model: Board,
    form: Literal["svg", "png"],
    words: Words,
    extras: Extras,
    folder: Path,
    most_shapes: int,
) -> Drawn:
    if form == "svg":
        data = picture.draw(model, "svg", words, extras, folder)
        size = _SIZE.search(data[:2_000])
        if size is not None and len(data) <= most_shapes:
            return Drawn("svg", data, float(size[1]), float(size[2]))
    dots = picture.draw(model, "png", words, extras, folder, side=SIDE)
    with Image.open(io.BytesIO(dots)) as image:
        # A pixel more comes of rounding.
        image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        # 256 colours are enough for papers and letters. Squeezing out the last bytes takes a second for each picture.
        few = image.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE)
        few.save(out, "PNG", compress_level=6)
        return Drawn("png", out.getvalue(), image.width, image.height)
