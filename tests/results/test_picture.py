"""Pictures: opened by other software, with every script in them, safe, and fast enough for a large board."""

from __future__ import annotations

import io
import re
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageStat
from pypdf import PdfReader

from codesign.i18n import Catalogues
from codesign.results import layout
from codesign.results.board_model import Region
from codesign.results.board_reading import read_board
from codesign.results.picture import Extras, Form, _Pen, draw
from tests.builders import Play, an_id
from tests.results.demo import NOTES, a_board_on, a_gathering, grouped, large, the_demo, write

WORDS = Catalogues().words("en")
NASTY = '#read("/etc/passwd") *bold* $x$ <script>alert(1)</script> ]]> &amp; \\ `raw` @ref'


def drawn(board: Play, form: Form, folder: Path, **images: Path) -> bytes:
    assert board.workshop is not None
    model = read_board(board.state, board.workshop.state, "Write ideas")
    return draw(model, form, WORDS, Extras("2026-11-22", images), folder)


def words_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)


def bare(text: str) -> str:
    """Without the places where lines were broken, and without what letters of a picture font leave."""
    return re.sub(r"[\s\u200b\ufe0f]+", "", text)


def one_note(text: str) -> Play:
    board = a_board_on(a_gathering())
    op = {"type": "create_note", "id": an_id("fish"), "text": text}
    board.do({**op, "region": an_id("foot"), "order": "a0"}, an_id("nino"))
    return board


def test_a_pdf_holds_the_words_of_every_script_as_text(tmp_path: Path) -> None:
    found = bare(words_of(drawn(the_demo(), "pdf", tmp_path)))
    for _, _, text, _ in NOTES[:11]:
        assert bare(text) in found
    for name in ("ნინოკ.", "ЈеленаЈ.", "ОленаК.", "Bălți", "Охрид"):
        assert name in found


def test_a_pdf_is_tagged_for_those_who_hear_it(tmp_path: Path) -> None:
    reader = PdfReader(io.BytesIO(drawn(grouped(), "pdf", tmp_path)))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value
    assert catalog["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "What makes it hard to get around Kutaisi without a car?"
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    tags = list(kinds(catalog["/StructTreeRoot"]))
    assert (tags.count("/H1"), tags.count("/H2"), tags.count("/H3")) == (1, 3, 1)


def kinds(node):  # type: ignore[no-untyped-def]
    """The kinds of structure elements, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from kinds(child)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from kinds(node["/K"])


def test_a_png_is_a_picture_of_the_papers_on_it(tmp_path: Path) -> None:
    with Image.open(io.BytesIO(drawn(the_demo(), "png", tmp_path))) as image:
        assert image.width == 2 * 1_398
        shown = {colour for n, colour in image.convert("RGB").getcolors(1_000_000) if n > 5_000}
    assert {(0xFF, 0xEC, 0x88), (0xBB, 0xE1, 0xFE), (0xC4, 0xAE, 0xEB), (0xEF, 0xF0, 0xEC)} <= shown


def test_an_svg_holds_shapes_and_words_and_nothing_that_acts(tmp_path: Path) -> None:
    board = one_note(NASTY)
    board.do({"type": "react", "id": an_id("fish"), "reaction": "heart", "on": True}, an_id("nino"))
    root = ET.fromstring(drawn(board, "svg", tmp_path))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()} - {"image"}
    assert tags <= {"svg", "title", "desc", "g", "path", "use", "symbol", "defs", "clipPath"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on")}
    links = {
        value
        for element in root.iter()
        for name, value in element.attrib.items()
        if name.rpartition("}")[2] == "href"
    }
    # Besides shapes of letters, our own pictures of reactions.
    assert all(link.startswith(("#", "data:image/svg+xml;base64,")) for link in links)
    told = next(element.text for element in root if element.tag.endswith("desc"))
    assert NASTY in (told or "")


def test_a_title_takes_the_lines_it_needs_and_loses_no_word(tmp_path: Path) -> None:
    """Knowledge in one line, two words in two, and a word that no line holds."""
    whole = grouped()
    assert whole.workshop is not None
    model = read_board(whole.state, whole.workshop.state)
    titles = ("Knowledge", "Knowledge and skills", "Donaudampfschifffahrtsgesellschaft" * 3)
    regions = tuple(Region(title, title, ()) for title in titles)
    columns = replace(model, layout="columns", regions=regions, connectors=())
    found = words_of(draw(columns, "pdf", WORDS, Extras("2026-11-22", {}), tmp_path))
    assert all(bare(title) in bare(found) for title in titles)
    assert "…" not in found
    metrics = _Pen(tmp_path, WORDS).measure(regions, ())
    room = layout.panel_width(1) - layout.BESIDE_TITLE
    one, two, many = (metrics.title_lines(region, False, room) for region in regions)
    assert (one, two) == (1, 2)
    assert many > 6
    assert metrics.title_lines(regions[1], False, room + 202) == 1


def test_words_that_look_like_markup_are_shown_as_they_are(tmp_path: Path) -> None:
    assert bare(NASTY) in bare(words_of(drawn(one_note(NASTY), "pdf", tmp_path)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n \n",
        "x" * 10_000,
        "ჰ" * 400,
        "word " * 2_000,
        "\u202eabc\u202c مرحبا שלום",
        "👩🏽‍🌾🇬🇪👍🏿1️⃣" * 20,
        "a\u0301" * 200,
        "日本語 हिन्दी ไทย",
        "\ufeff\u200d\u00ad",
    ],
    ids=range(10),
)
def test_no_words_break_a_picture(text: str, tmp_path: Path) -> None:
    for form in ("svg", "png", "pdf"):
        folder = tmp_path / form
        folder.mkdir()
        assert drawn(one_note(text), form, folder)  # type: ignore[arg-type]


def test_a_word_longer_than_the_sheet_stays_on_it(tmp_path: Path) -> None:
    with Image.open(io.BytesIO(drawn(one_note("x" * 200), "png", tmp_path))) as image:
        # What lies right of the sheet is the panel's own plain colour.
        beside = image.convert("RGB").crop((80 + 40 + 372, 300, 80 + 40 + 396, 500))
        assert ImageStat.Stat(beside).stddev == [0, 0, 0]


def test_an_empty_board_and_a_free_one_are_drawn_too(tmp_path: Path) -> None:
    for name, board in {"empty": a_board_on(a_gathering()), "free": free_board()}.items():
        folder = tmp_path / name
        folder.mkdir()
        assert len(PdfReader(io.BytesIO(drawn(board, "pdf", folder))).pages) == 1


def free_board() -> Play:
    board = a_board_on(a_gathering(), "free")
    frame = {"type": "create_frame", "id": an_id("map"), "title": "Map", "x": 0, "y": 0}
    board.do({**frame, "w": 90_000, "h": 60_000})
    heading = {"type": "create_heading", "id": an_id("head"), "text": "Soon", "x": 9_000, "y": 0}
    board.do(heading)
    for at in range(4):
        write(board, at, x=4_000 + 21_000 * at, y=8_000)
    picture = {"type": "create_image", "id": an_id("picture"), "file": an_id("file"), "alt": ""}
    board.do({**picture, "w": 20_000, "h": 10_000, "x": 4_000, "y": 30_000}, an_id("nino"))
    return board


def test_an_image_is_drawn_and_one_that_is_gone_leaves_its_words(tmp_path: Path) -> None:
    red = tmp_path / "red"
    Image.new("RGB", (200, 100), (200, 10, 10)).save(red, "WEBP", lossless=True)
    with_file, without = tmp_path / "a", tmp_path / "b"
    with_file.mkdir()
    without.mkdir()
    with Image.open(
        io.BytesIO(drawn(free_board(), "png", with_file, **{an_id("file"): red}))
    ) as image:
        colours = image.convert("RGB").getcolors(1_000_000)
    assert max(n for n, colour in colours if colour == (200, 10, 10)) > 50_000
    assert "Imagewithoutadescription" in bare(words_of(drawn(free_board(), "pdf", without)))


@pytest.mark.parametrize("notes", [30, 45, 60, 75, 90, 120])
def test_pages_are_of_one_size_and_none_is_nearly_empty(notes: int, tmp_path: Path) -> None:
    pages = PdfReader(io.BytesIO(drawn(large(notes), "pdf", tmp_path))).pages
    assert len({(round(page.mediabox.width), round(page.mediabox.height)) for page in pages}) == 1
    assert len(pages) == 1 or len(pages[-1].extract_text()) > len(pages[0].extract_text()) / 3


# All three are set by the same program from the same page; the PDF is what most people take home.
@pytest.mark.parametrize(
    "form",
    [*(pytest.param(one, marks=pytest.mark.long) for one in ("svg", "png")), "pdf"],
)
def test_two_thousand_notes_are_drawn_in_time(form: Form, tmp_path: Path) -> None:
    board = large()
    began = time.process_time()
    made = drawn(board, form, tmp_path)
    # Ten seconds is the promise. Time of our own, on all cores: the machine may be busy with other tests.
    assert time.process_time() - began < 10
    if form == "pdf":
        pages = PdfReader(io.BytesIO(made)).pages
        assert len(pages) > 10
        sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages}
        assert sizes == {(1191, 842)}, "A3, every page"
    if form == "png":
        with Image.open(io.BytesIO(made)) as image:
            assert 20_000_000 < image.width * image.height <= 40_000_000
