"""A report as one HTML file that needs nothing else: styles, marks and pictures are in it."""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from codesign import paths
from codesign.i18n import Words
from codesign.results.papers import PAPER_NAMES
from codesign.results.report_booklet import Booklet, marks_of

if TYPE_CHECKING:  # what draws need not be loaded to show a page
    from codesign.results.report_pictures import Drawn


def write(booklet: Booklet, pictures: Mapping[str, Drawn], words: Words) -> bytes:
    """`pictures`: boards by their id, logos by their file."""
    css = (paths.built() / paths.manifest()["css/report-file.css"]).read_text("utf-8")
    return (
        _environment()
        .get_template("report/file.html")
        .render(
            booklet=booklet,
            css=Markup(css),  # noqa: S704  ours
            marks=marks(),
            marks_of=marks_of,
            picture=lambda board: _inside(pictures.get(board)),
            logo=lambda file: _inside(pictures.get(file)),
            contents=words.gettext("On this page"),
        )
        .encode()
    )


def write_page(booklet: Booklet, pictures: str, logos: str) -> str:
    """The chapters alone, for the product's own page. `pictures`: where a board's is, with `{board}` for its id;
    `logos`: where those are, with `{logo}`."""
    return (
        _environment()
        .get_template("report/chapters.html")
        .render(
            booklet=booklet,
            marks=marks(),
            marks_of=marks_of,
            picture=lambda board: pictures.replace("{board}", board),
            logo=lambda file: logos.replace("{logo}", file),
        )
    )


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(paths.templates()),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@functools.cache
def marks() -> Markup:
    """The marks of the papers as symbols to use on the same page."""
    sprite: Path = paths.built() / paths.manifest()["icons.svg"]
    found = re.findall(r'<symbol id="m-(\w+)".*?</symbol>', text := sprite.read_text("utf-8"), re.S)
    assert set(PAPER_NAMES) <= set(found)  # noqa: S101
    drawn = re.findall(r'<symbol id="m-\w+".*?</symbol>', text, re.S)
    return Markup("".join(drawn))  # noqa: S704  ours


def _inside(drawn: Drawn | None) -> str:
    if drawn is None:
        return ""
    return f"data:{drawn.media_type};base64,{base64.b64encode(drawn.data).decode()}"
