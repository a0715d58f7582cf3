"""The whole report in every form, opened by a program that is not ours and compared with what was played.

What is looked for comes from the streams themselves, not from the report's own model of them.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import icalendar
import networkx as nx
import pytest
from markdown_it import MarkdownIt
from playwright.async_api import Browser
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from codesign.results import graphml, system_map
from codesign.results.worker import Work, Workers
from tests.builders import BOARD, OLGA, Play, an_id, relation
from tests.results.demo import PEOPLE, translated
from tests.results.report_demo import KUTAISI, VOTES, Gathering, the_workshop
from tests.results.test_actors import a_map
from tests.results.test_foreign import converted, program, said_by_poppler
from tests.results.test_picture import bare
from tests.results.test_system_map import the_map_of_kutaisi

pytestmark = pytest.mark.long

FORMS = ("pdf", "docx", "pptx", "xlsx", "html", "md", "csv")
#: In which everything stands; a table of notes has only those.
WHOLE = tuple(form for form in FORMS if form != "csv")
RUN = '=HYPERLINK("http://example.org","press here")'
#: A program that prints has no letters for these; they are compared where it writes words.
PICTURED = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")


@pytest.fixture(scope="module")
def played() -> Gathering:
    gathering = the_workshop()
    translated(gathering.board)
    place = {"region": an_id("foot"), "order": "z"}
    op = {"type": "create_note", "id": an_id("run"), "text": RUN, **place}
    gathering.board.do(op, an_id("nino"))
    return gathering


def snapshot(play: Play) -> bytes:
    told = {"fields": play.state.fields, "items": play.items()}
    return gzip.compress(json.dumps({"state": told}).encode())


async def taken_home(gathering: Gathering, form: str, *, named: bool) -> bytes:
    """As a server makes it: by a worker, from the streams as they are served."""
    values = {
        **{"form": form, "lang": "en", "day": "2026-11-22", "names": named, "boards": [BOARD]},
        **{"plan": {}, "files": {}},
    }
    parts = [snapshot(one) for one in (gathering.workshop, gathering.board, gathering.register)]
    return (await Workers().run("report", Work(values, parts))).parts[0]


# What was played


def said_of_notes(play: Gathering) -> Iterator[str]:
    for item in play.board.state.of_kind("note"):
        yield item["text"]
        yield from (str(value) for key, value in item.items() if key.startswith("text/"))
    yield from (one["name"] for one in play.board.state.of_kind("cluster"))


def said_in_records(play: Gathering) -> Iterator[str]:
    fields = ("name", "quote", "scenario", "text", "title", "indicator", "what", "who")
    for item in play.register.state.all():
        yield from (str(item[one]) for one in fields if one in item)


NAMES = [name for _, name, _, _ in PEOPLE]


# Other people's programs


async def read(form: str, data: bytes, folder: Path, browser: Browser) -> str:
    file = folder / f"report.{form}"
    file.write_bytes(data)
    match form:
        case "pdf":
            return said_by_poppler(file)
        case "docx":
            return office(file, "txt:Text (encoded):UTF8", "txt").read_text("utf-8-sig")
        case "pptx":
            with zipfile.ZipFile(office(file, "odp", "odp")) as archive:
                return re.sub(r"<[^>]+>", "", archive.read("content.xml").decode())
        case "xlsx":
            return "\n".join(str(cell) for _, row in cells_of(data) for cell in row)
        case "html":
            page = await browser.new_page(java_script_enabled=False)
            await page.set_content(data.decode())
            words = await page.locator("html").inner_text()
            await page.close()
            return words
        case "md":
            html = MarkdownIt().enable("table").render(data.decode())
            return re.sub(r"<[^>]+>", "", html)
    return data.decode("utf-8-sig")


def office(file: Path, form: str, ending: str) -> Path:
    command = [
        *(program("soffice", "libreoffice-impress-nogui"), "--headless", "--norestore"),
        f"-env:UserInstallation=file://{file.parent}/profile",
        *("--convert-to", form, "--outdir", str(file.parent / "seen"), str(file)),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=100)
    return file.parent / "seen" / f"{file.stem}.{ending}"


def cells_of(data: bytes) -> Iterator[tuple[str, list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            yield name, row


def letters(text: str) -> str:
    """As all of them write it: quotes of Markdown and HTML, and what guards a cell, are not words."""
    for theirs, ours in (("&quot;", '"'), ("&apos;", "'"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(theirs, ours)
    return bare(text.replace('""', '"'))


@pytest.mark.parametrize("form", FORMS)
async def test_nothing_that_was_played_is_missing(
    form: str, played: Gathering, tmp_path: Path, browser: Browser
) -> None:
    found = letters(await read(form, await taken_home(played, form, named=True), tmp_path, browser))
    wanted = [*said_of_notes(played), *NAMES]
    if form != "csv":
        wanted += said_in_records(played)
    assert [one for one in wanted if letters(one) not in found] == []


@pytest.mark.parametrize("form", FORMS)
async def test_nobody_is_named_where_names_are_hidden(
    form: str, played: Gathering, tmp_path: Path, browser: Browser
) -> None:
    data = await taken_home(played, form, named=False)
    found = letters(await read(form, data, tmp_path, browser))
    # Nor in what a program keeps beside the words.
    inside = [data]
    if form in ("docx", "pptx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [archive.read(name) for name in archive.namelist()]
    named = [
        name
        for name in [*NAMES, "Levan K.", "Elira"]
        if letters(name) in found or any(name.encode() in one for one in inside)
    ]
    assert named == []
    notes = [one["text"] for one in played.board.state.of_kind("note")]
    assert [one for one in notes if letters(one) not in found] == []


@pytest.mark.parametrize("form", ["docx", "pptx"])
async def test_an_office_prints_it_with_every_letter(
    form: str, played: Gathering, tmp_path: Path
) -> None:
    file = tmp_path / f"report.{form}"
    file.write_bytes(await taken_home(played, form, named=True))
    found = letters(said_by_poppler(converted(file.name, "pdf", tmp_path)))
    wanted = [letters(PICTURED.sub("", one)) for one in (*said_of_notes(played), *NAMES)]
    assert [one for one in wanted if one not in PICTURED.sub("", found)] == []


async def test_a_spreadsheet_has_votes_as_numbers_dates_as_dates_and_filters(
    played: Gathering,
) -> None:
    data = await taken_home(played, "xlsx", named=True)
    sheets: dict[str, list[list[Any]]] = {}
    for name, row in cells_of(data):
        sheets.setdefault(name, []).append(row)
    head, *rows = sheets["Priorities"]
    told = {row[head.index("Option")]: row for row in rows}
    city = str((played.workshop.state.get(KUTAISI) or {})["name"])
    for option, (here, elsewhere) in VOTES.items():
        item = played.board.item(option)
        row = told[item.get("text") or item["name"]]
        assert row[head.index("Votes")] == here + elsewhere
        assert row[head.index(city)] == here
    head, action = sheets["Actions"]
    assert action[head.index("Begins")] == date(2026, 12, 1)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = [archive.read(one) for one in archive.namelist() if "worksheets/sheet" in one]
    assert len(pages) == len(sheets)
    assert all(b"<autoFilter" in one for one in pages)
    assert not any(b"<f>" in one for one in pages)
    assert RUN in [row[5] for row in sheets["All notes"]]


async def test_a_calendar_program_reads_the_dates(played: Gathering) -> None:
    calendar = icalendar.Calendar.from_ical(await taken_home(played, "ics", named=True))
    events = {str(one["summary"]): one for one in calendar.walk("VEVENT")}
    action = events["Print timetables at 40 stops"]
    assert (action["dtstart"].dt, action["dtend"].dt) == (date(2026, 12, 1), date(2027, 7, 1))
    promise = events["Lend stands"]
    assert (promise["dtstart"].dt, promise["dtend"].dt) == (date(2027, 1, 10), date(2027, 1, 11))
    assert "Levan K." in promise["description"]


def structure_of(file: Path) -> str:
    command = [program("pdfinfo", "poppler-utils"), "-struct", str(file)]
    # Ids of cells are written as they stand in the file, which is no UTF-8.
    return subprocess.run(command, capture_output=True, check=True).stdout.decode(errors="replace")


async def test_a_pdf_is_a_tree_that_can_be_heard(played: Gathering, tmp_path: Path) -> None:
    """No heading leaves a step out, every row has its cells, every picture has words."""
    file = tmp_path / "report.pdf"
    file.write_bytes(await taken_home(played, "pdf", named=True))
    told = structure_of(file)
    heads = [int(level) for level in re.findall(r"^\s*H(\d)\b", told, re.M)]
    assert heads[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(heads))
    assert {"Table", "TH", "TD", "Figure", "Caption", "L", "LI"} <= set(
        re.findall(r"^\s*([A-Z]\w*)", told, re.M)
    )
    pdf = PdfReader(file)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Cities on the move"
    assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_networkx_finds_the_actors_and_relations_that_the_register_has() -> None:
    board, register = a_map("rings")
    words = "ქუთაისი <b> & Ниш · Shqipëri · țară · Київ 🚲"
    register.do(relation("s", "council", "riders", type="alliance", note=words), OLGA)
    graph = nx.read_graphml(io.BytesIO(graphml.write(board.state, register.state)))
    shown = {one["record"] for one in board.state.of_kind("placement")}
    actors = {one["id"]: one["name"] for one in register.state.of_kind("stakeholder")}
    told = {node: about["label"] for node, about in graph.nodes(data=True)}
    assert told == {id: name for id, name in actors.items() if id in shown}
    between = sorted(
        (one["from"], one["to"], one["type"]) for one in register.state.of_kind("relation")
    )
    found = sorted((a, b, about["type"]) for a, b, about in graph.edges(data=True))
    assert found == between
    assert words in [about.get("note") for _, _, about in graph.edges(data=True)]


def test_networkx_finds_the_factors_and_links_of_a_system_map() -> None:
    state = the_map_of_kutaisi()
    graph = nx.read_graphml(io.BytesIO(system_map.graphml(state)))
    factors = {one["id"]: one["label"] for one in state.of_kind("factor")}
    assert {node: about["label"] for node, about in graph.nodes(data=True)} == factors
    links = sorted((one["from"], one["to"]) for one in state.of_kind("causal_link"))
    assert sorted((a, b) for a, b in graph.edges()) == links


async def test_a_browser_shows_the_page_without_asking_anybody(
    played: Gathering, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(await taken_home(played, "html", named=True))
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(file.as_uri())
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
    assert await page.locator("h1").inner_text() == "Cities on the move"
    assert await page.locator("img:not([alt]), img[alt='']").count() == 0
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.close()
