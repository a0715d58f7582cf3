"""A report as files: everything in each, in every script, and nothing in any that runs."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from codesign.results import (
    report_csv,
    report_docx,
    report_html,
    report_logos,
    report_markdown,
    report_pdf,
    report_pictures,
    report_pptx,
    report_slides,
    report_tables,
    report_xlsx,
)
from codesign.results.picture import Extras
from codesign.results.report_booklet import Chapter, Logo, Plan, Table
from tests.builders import OLGA, an_id
from tests.results.demo import NOTES, translated
from tests.results.report_demo import ENGLISH, Gathering, the_workshop
from tests.results.test_picture import NASTY, bare

FORMS = ("pdf", "docx", "pptx", "xlsx", "html", "md", "csv")
LOGO = Logo(an_id("logo"), "City of Kutaisi")
RUN = '=HYPERLINK("http://example.org","press here")'


def made(gathering: Gathering, form: str, folder: Path, **images: Path) -> bytes:
    report, booklet = gathering.report(), gathering.booklet(Plan(logos=(LOGO,)))
    match form:
        case "xlsx":
            return report_xlsx.write(
                booklet.title, report_tables.tables_of(report, booklet, ENGLISH)
            )
        case "csv":
            return report_csv.write(report_tables.notes(report, ENGLISH))
        case "md":
            return report_markdown.write(booklet)
    extras, kind = Extras("2026-11-22", images), report_pictures.FORMS[form]
    pictures = report_pictures.draw_boards(report, booklet, kind, ENGLISH, extras, folder)
    pictures |= report_logos.draw_logos(booklet.logos, images)
    if form == "docx":
        return report_docx.write(booklet, pictures)
    if form == "pptx":
        return report_pptx.write(booklet, pictures, ENGLISH)
    if form == "html":
        return report_html.write(booklet, pictures, ENGLISH)
    inside = folder / "setting"
    inside.mkdir()
    return report_pdf.write(booklet, pictures, inside)


def words_in(form: str, data: bytes) -> str:
    """As another reader finds them."""
    match form:
        case "pdf":
            return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
        case "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                tree = ET.fromstring(file.read("word/document.xml"))
            return "\n".join(tree.itertext())
        case "pptx":
            return "\n".join(words_on(slide) for slide in Presentation(io.BytesIO(data)).slides)
        case "xlsx":
            book = CalamineWorkbook.from_object(io.BytesIO(data))
            sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
            return "\n".join(str(cell) for sheet in sheets for row in sheet for cell in row)
        case "html":
            reader = Reader()
            reader.feed(data.decode())
            return "\n".join(reader.words)
        case "md":
            return re.sub(r"\\(.)", r"\1", data.decode())
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    return "\n".join(cell for row in rows for cell in row)


def words_on(slide: Any) -> str:
    """Of its tables, too."""
    return "\n".join(slide.element.xpath(".//a:t/text()"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The demo's report in every form, made once."""
    gathering = the_workshop()
    translated(gathering.board)
    logo = {LOGO.file: tmp_path_factory.mktemp("logo") / "logo"}
    Image.new("RGBA", (300, 100), "#0b6b5580").save(logo[LOGO.file], "WEBP")
    return {form: made(gathering, form, tmp_path_factory.mktemp(form), **logo) for form in FORMS}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        assert not [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize("form", FORMS)
def test_every_note_is_in_the_file_in_its_own_script(form: str, files: dict[str, bytes]) -> None:
    found = bare(words_in(form, files[form]))
    letters = NOTES[:11] if form == "pdf" else NOTES  # emoji in a PDF are shapes of a picture font
    assert [text for _, _, text, _ in letters if bare(text) not in found] == []
    for words in ("Nobody knows when it comes", "ნინოკ.", "ЈеленаЈ.", "Bălți", "Львів"):
        assert bare(words) in found


@pytest.mark.parametrize("form", FORMS)
def test_a_translation_stands_beneath_what_was_written_with_how_it_came_to_be(
    form: str, files: dict[str, bytes]
) -> None:
    found = bare(words_in(form, files[form]))
    original = found.index(bare(NOTES[8][2]))
    translation = found.index(bare("The bus is never on time"), original)
    told = bare("Translated by Олена К.; the note has changed since")
    assert original < translation < found.index(told, translation)
    assert bare("Translated by a machine, kept by ნინო კ.") in found


@pytest.mark.parametrize("form", [form for form in FORMS if form != "csv"])
def test_votes_personas_and_actions_are_in_the_file(form: str, files: dict[str, bytes]) -> None:
    found = bare(words_in(form, files[form]))
    for words in (
        "Nino, the night nurse",
        "A bus home after 22:00",
        "Print timetables",
        "City Hall",
    ):
        assert bare(words) in found


@pytest.mark.parametrize("form", FORMS)
def test_what_looks_like_code_is_only_words(form: str, tmp_path: Path) -> None:
    gathering = the_workshop()
    for at, text in enumerate((NASTY, RUN, "a/b\\c:d?", "\u202ekcart", "x" * 3_000, "# h\n- l\n|")):
        op = {"type": "create_note", "id": an_id(f"nasty {at}"), "text": text}
        place = {"region": an_id("foot"), "order": f"z{at}"}
        gathering.board.do({**op, **place}, an_id("nino"))
    found = bare(words_in(form, made(gathering, form, tmp_path)))
    assert bare(NASTY) in found
    assert "pressehere" not in found
    assert "presshere" in found


@pytest.mark.parametrize("form", FORMS)
def test_a_workshop_in_which_nothing_happened_has_a_report(form: str, tmp_path: Path) -> None:
    gathering = Gathering()
    gathering.boards.clear()
    assert len(made(gathering, form, tmp_path)) > 100


def test_no_cell_of_the_spreadsheet_is_a_formula_and_numbers_are_numbers(tmp_path: Path) -> None:
    gathering = the_workshop()
    op = {"type": "edit_record", "id": an_id("timetables"), "fields": {"title": RUN}}
    gathering.register.do(op, OLGA)
    data = made(gathering, "xlsx", tmp_path)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheets = [file.read(name) for name in file.namelist() if "worksheets/" in name]
    assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<hyperlink" in sheet]
    assert all(b"<autoFilter" in sheet for sheet in sheets)
    book = CalamineWorkbook.from_object(io.BytesIO(data))
    assert book.sheet_names[:2] == ["Priorities", "All notes"]
    assert book.get_sheet_by_name("Priorities").to_python()[1][1:4] == [
        *(1, "Nobody knows when it comes", 9)
    ]


def test_dates_of_the_spreadsheet_are_dates_and_all_else_stays_words() -> None:
    rows = (("2027-03", "2027-03-09"), ("soon", "1899-01-01"), ("2027-13", "2027-02-30"), ("", ""))
    table = Table("t", ("a", "b"), rows, (1, 1), dates=frozenset((0, 1)))
    book = CalamineWorkbook.from_object(io.BytesIO(report_xlsx.write("t", [table])))
    assert book.get_sheet_by_index(0).to_python()[1:4] == [
        [date(2027, 3, 1), date(2027, 3, 9)],
        ["soon", "1899-01-01"],
        ["2027-13", "2027-02-30"],
    ]


def test_no_cell_of_the_csv_is_run(tmp_path: Path) -> None:
    table = Table("t", ("a",), ((RUN,), ("-1+1",), (5,)), (1,))
    assert report_csv.write(table).decode("utf-8-sig").splitlines() == [
        '"a"',
        "\"'" + RUN.replace('"', '""').replace(",", ",") + '"',
        '"\'-1+1"',
        '"5"',
    ]


def test_names_of_sheets_are_such_as_excel_takes() -> None:
    tables = [
        Table(name, ("a",), (("b",),), (1,)) for name in ("A/B [c]: *", "a/b [C]: *", "", "'")
    ]
    book = CalamineWorkbook.from_object(io.BytesIO(report_xlsx.write("t", tables)))
    assert len({name.casefold() for name in book.sheet_names}) == 4
    assert all(name and not set(name) & set("[]:*?/\\'") for name in book.sheet_names)


def test_the_word_file_has_styles_heads_captions_and_words_for_its_pictures(
    files: dict[str, bytes],
) -> None:
    word = Document(io.BytesIO(files["docx"]))
    styles = {paragraph.style.name for paragraph in word.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "Caption", "Voice", "List Bullet"} <= styles
    titles = [one.text for one in word.paragraphs if one.style and one.style.name == "Heading 1"]
    assert titles[0] == "Priorities"
    assert titles[-1] == "All notes"
    logo, picture = word.inline_shapes
    assert logo._inline.docPr.get("descr") == LOGO.name
    assert round(logo.width / logo.height, 3) == 3
    assert "On foot (6)" in picture._inline.docPr.get("descr")
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in word.tables)
    assert word.core_properties.language == "en"


def test_slides_have_titles_of_their_own_tables_that_are_tables_and_words_for_their_pictures(
    files: dict[str, bytes],
) -> None:
    deck = Presentation(io.BytesIO(files["pptx"]))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[:3] == ["Cities on the move", "In short", "What first?"]
    assert len(titles) == len(set(titles))
    assert {slide.slide_layout.name for slide in deck.slides} == {
        *("Title Slide", "Title and Content", "Title Only")
    }
    tables = [(s.shapes.title.text_frame.text, t) for s in deck.slides for t in tables_on(s)]
    assert {"What first?", "Actions", "Commitments", "Who took part (1/2)"} <= {
        t for t, _ in tables
    }
    assert all(table.table.first_row for _, table in tables)
    told = [
        element.get("descr")
        for slide in deck.slides
        for element in slide.element.xpath(".//p:pic//p:cNvPr | .//p:graphicFrame//p:cNvPr")
    ]
    assert all(told)
    assert LOGO.name in told
    assert [one for one in told if "On foot (6)" in one]
    (spoken,) = [one.notes_slide for one in deck.slides if one.has_notes_slide]
    assert "On foot (6)" in spoken.notes_text_frame.text
    langs = {run.get("lang") for slide in deck.slides for run in slide.element.xpath(".//a:rPr")}
    assert {"ka", "uk", "sr-Cyrl", "en"} <= langs


def tables_on(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.has_table]


def test_what_is_too_long_for_a_slide_goes_on_on_the_next(tmp_path: Path) -> None:
    """A note of 16 KiB without a space in it, a hundred others, and a table as long."""
    gathering = the_workshop()
    place = {"region": an_id("foot"), "order": "z"}
    long = "ვ" * 5_400
    for at, text in enumerate([long, *(f"Bench {n} in the shade of a tree" for n in range(100))]):
        op = {"type": "create_note", "id": an_id(f"more {at}"), "text": text, **place}
        gathering.board.do(op, an_id("nino"))
    words = tuple((f"Row {n} " + "of many words " * 12, n) for n in range(60))
    table = Table("Long", ("Words", "n"), words, (9, 1))
    booklet = gathering.booklet()
    chapters = (*booklet.chapters, Chapter("actors", "Actors", "", (table,)))
    data = report_pptx.write(replace(booklet, chapters=chapters), {}, ENGLISH)
    found = bare(words_in("pptx", data))
    assert found.count("ვ") >= 5_400
    assert [n for n in range(100) if f"Bench{n}in" not in found] == []
    assert [n for n in range(60) if f"Row{n}of" not in found] == []
    deck = Presentation(io.BytesIO(data))
    bottoms = [
        shape.top + sum(row.height for row in shape.table.rows)
        for slide in deck.slides
        for shape in tables_on(slide)
    ]
    assert max(bottoms) <= Pt(report_slides.TOP + report_slides.TALL)


def test_the_html_file_fetches_nothing_and_runs_nothing(files: dict[str, bytes]) -> None:
    reader = Reader()
    reader.feed(files["html"].decode())
    assert "script" not in reader.tags
    assert [one for one in reader.addresses if not one.startswith(("#", "data:image/"))] == []
    assert {"h1", "h2", "h3", "th", "figcaption"} <= set(reader.tags)
    assert f'alt="{LOGO.name}"' in files["html"].decode()


def test_the_pdf_promises_to_be_open_to_everyone(files: dict[str, bytes]) -> None:
    pdf = PdfReader(io.BytesIO(files["pdf"]))
    about = pdf.root_object["/Metadata"].get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in about
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert pdf.root_object["/Lang"] == "en"
    tags = tags_of(pdf)
    assert {"/H1", "/H2", "/H3", "/H4", "/Table", "/TH", "/TD", "/Caption", "/L"} <= set(tags)
    assert "On foot (6)" in tags["/Figure"]
    assert LOGO.name in tags["/Figure"]


def tags_of(pdf: PdfReader) -> dict[str, str]:
    """Every tag there is, with the words for it where it has some."""
    found: dict[str, str] = {}
    todo = [pdf.root_object["/StructTreeRoot"]["/K"]]
    while todo:
        one = todo.pop().get_object()
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            if "/S" in one:
                tag = str(one["/S"])
                found[tag] = found.get(tag, "") + str(one.get("/Alt", ""))
            if "/K" in one:
                todo.append(one["/K"])
    return found


@pytest.mark.long
@pytest.mark.parametrize("form", ["docx", "pptx", "html", "pdf"])
def test_five_hundred_pictures_are_no_trouble(form: str, tmp_path: Path) -> None:
    gathering = the_workshop()
    (tmp_path / "files").mkdir()
    file = tmp_path / "files" / an_id("photo")
    Image.new("RGB", (64, 48), "#0B6B55").save(file, "WEBP")
    size = {"file": an_id("photo"), "w": 20_000, "h": 15_000, "alt": "A photo/of: us"}
    for at in range(500):
        image = {"type": "create_image", "id": an_id(f"image {at}"), **size}
        place = {"region": an_id("foot"), "order": f"c{at:03}"}
        gathering.board.do({**image, **place}, an_id("nino"))
    assert made(gathering, form, tmp_path, **{an_id("photo"): file})
