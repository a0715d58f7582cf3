"""CSV and XLSX: read back by other software, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv as plain_csv
import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from codesign.i18n import Catalogues
from codesign.results import csv, xlsx
from codesign.results.board_reading import read_board
from tests.builders import Play, an_id
from tests.results.demo import NOTES, a_board_on, a_gathering, grouped, large, translated

ENGLISH = Catalogues().words("en")
NASTY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    '  =HYPERLINK("http://evil.test","click")',
    "＝1+1",
    "\u200b=1",
    "a;=cmd|'/c calc'!A1;b",
    "a,=cmd|'/c calc'!A1,b",
    'quote"\n=1',
)


def table(board: Play) -> list[list[str]]:
    assert board.workshop is not None
    model = read_board(board.state, board.workshop.state)
    text = csv.write(model, ENGLISH).decode("utf-8-sig")
    return list(plain_csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def sheet(board: Play) -> list[list[Any]]:
    assert board.workshop is not None
    data = xlsx.write(read_board(board.state, board.workshop.state), ENGLISH)
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def nasty() -> Play:
    board = a_board_on(a_gathering())
    for at, text in enumerate(NASTY):
        op = {"type": "create_note", "id": an_id(f"nasty {at}"), "text": text}
        board.do({**op, "region": an_id("foot"), "order": f"a{at:x}"}, an_id("nino"))
    return board


def test_each_note_is_a_row_with_everything_about_it() -> None:
    header, *rows = table(grouped())
    assert header == [
        *("Region", "Group", "Kind", "Text", "Language", "Translations", "Who translated"),
        *("Author", "Entered", "City", "Colour", "Reactions", "Connections"),
        *("Merged into", "Comments"),
    ]
    assert len(rows) == len(NOTES)
    assert next(row for row in rows if row[3] == NOTES[6][2]) == [
        *("By bus", "Nobody knows when it comes", "Note", NOTES[6][2], "ka", "", ""),
        *("გიორგი ლ.", "", "ქუთაისი", "Yellow, circle", "👍 6", "", "", ""),
    ]
    assert next(row for row in rows if row[3] == NOTES[9][2])[12] == (
        "→ Nobody knows when it comes (is why)"
    )


def test_translations_stand_beside_the_words_with_how_they_came_to_be() -> None:
    board = translated(grouped())
    row = next(row for row in table(board) if row[3] == NOTES[8][2])
    assert row[4:7] == [
        "sq",
        "[en] The bus is never on time\n[ka] =ავტობუსი",
        "[en] Translated by Олена К.; the note has changed since\n"
        "[ka] Translated by a machine, kept by ნინო კ.",
    ]
    assert sheet(board)[table(board).index(row)][5] == row[5]


def test_the_file_begins_with_the_mark_by_which_spreadsheets_know_utf_8() -> None:
    board = grouped()
    assert board.workshop is not None
    data = csv.write(read_board(board.state, board.workshop.state), ENGLISH)
    assert data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_however_the_file_is_split(separator: str) -> None:
    board = nasty()
    assert board.workshop is not None
    text = csv.write(read_board(board.state, board.workshop.state), ENGLISH).decode("utf-8-sig")
    for row in plain_csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        for cell in row:
            bare = cell.strip().strip("\u200b\ufeff").lstrip()
            assert not bare.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), cell


def test_words_that_calculate_nothing_are_left_alone() -> None:
    for harmless in ("2 + 2 = 4", "a - b", "bus, 5 degrees - or less", "e-mail@home", "– dash", ""):
        assert csv.safe(harmless) == harmless


def test_a_spreadsheet_holds_the_words_as_they_are_and_as_text() -> None:
    header, *rows = sheet(nasty())
    assert header[3] == "Text"
    assert [row[3] for row in rows] == list(NASTY)


def test_two_thousand_notes_are_two_thousand_rows() -> None:
    board = large()
    assert len(table(board)) == len(sheet(board)) == 2_001


def test_a_merged_note_keeps_its_row_beside_the_one_that_stands_for_it_with_what_was_said() -> None:
    board = grouped()
    first, second = (note["id"] for note in list(board.state.of_kind("note"))[:2])
    board.do({"type": "merge_note", "id": second, "into": first})
    said = {"type": "add_comment", "id": an_id("said"), "about": first, "text": "=So it is"}
    board.do(said, an_id("nino"))
    rows = table(board)[1:]
    words = [board.state.items[id]["text"] for id in (first, second)]
    at = next(at for at, row in enumerate(rows) if row[3] == words[0])
    assert rows[at][14] == "ნინო კ.: =So it is"
    assert (rows[at + 1][3], rows[at + 1][13]) == (words[1], words[0])
    assert len(rows) == len(NOTES)
