"""The logos a report begins with, as every form can show them. They were checked when they were brought (images.py)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from codesign.results.report_booklet import Logo
from codesign.results.report_pictures import Drawn

#: The longer side, in dots: as sharp as paper shows a logo.
SIDE = 800
#: How large one is on paper, in points.
WIDEST, TALLEST = 130.0, 44.0


def draw_logos(logos: Sequence[Logo], paths: Mapping[str, Path]) -> dict[str, Drawn]:
    """By file, as PNG because Word knows no WebP. What is no longer there is left out."""
    return {
        one.file: _drawn(paths[one.file])
        for one in logos
        if one.file in paths and paths[one.file].is_file()
    }


def size_of(one: Drawn) -> tuple[float, float]:
    """Width and height on paper: all fit the same box, and none is made larger than it is."""
    scale = min(WIDEST / one.width, TALLEST / one.height, 1.0)
    return one.width * scale, one.height * scale


def _drawn(path: Path) -> Drawn:
    with Image.open(path) as image:
        image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        image.save(out, "PNG")
        return Drawn("png", out.getvalue(), image.width, image.height)
