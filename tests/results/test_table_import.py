"""A table from elsewhere is read as text, whatever a spreadsheet would make of it; what cannot be read is named."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
import xlsxwriter

from codesign.results import csv, table_import, workbooks
from codesign.results.worker import WorkError


def rows(file: bytes) -> list[tuple[int, list[str]]]:
    (sheet,) = table_import.run({}, [file]).values["sheets"]
    return [(one["number"], one["cells"]) for one in sheet["rows"]]


def refused(file: bytes) -> tuple[str, str]:
    with pytest.raises(WorkError) as error:
        table_import.run({}, [file])
    return error.value.code, error.value.reason


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_separator_is_told_from_the_first_line(separator: str) -> None:
    text = f'Text{separator}Zone\n"One; two, three"{separator}Ideas\n'
    assert rows(text.encode()) == [(1, ["Text", "Zone"]), (2, ["One; two, three", "Ideas"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_letters_of_every_language_arrive(encoding: str) -> None:
    words = "ავტობუსი · Љубљана · çështje · 🚌"
    assert rows(f"{words}\n".encode(encoding)) == [(1, [words])]


def test_rows_keep_the_numbers_a_spreadsheet_shows_and_lines_within_a_cell_stay() -> None:
    text = 'Text\n\n"Buses\ncome late"\n;;\nTrams\n'
    assert rows(text.encode()) == [(1, ["Text"]), (3, ["Buses\ncome late"]), (5, ["Trams"])]


def test_what_a_spreadsheet_would_run_is_text_and_our_own_guard_is_taken_off() -> None:
    cells = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "it's"]
    assert rows(csv.written([cells])) == [(1, cells)]


def test_a_workbook_gives_what_is_read_in_its_cells() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Notes")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Text", "n"])
        sheet.write_string(2, 0, "=1+1")
        sheet.write_number(2, 1, 2)
        sheet.write_formula(3, 0, "=1+1", None, 2)
        sheet.write_datetime(3, 1, datetime.datetime(2027, 3, 1), day)
        book.add_worksheet("Empty")
    assert rows(file.getvalue()) == [
        *((1, ["Text", "n"]), (3, ["=1+1", "2"])),
        (4, ["2", "2027-03-01"]),
    ]


def test_what_cannot_be_read_or_is_too_much_is_named() -> None:
    assert refused("მარნეული".encode("utf-16-le")) == ("bad_op", "encoding")
    assert refused("čaršija".encode("cp1250")) == ("bad_op", "encoding")
    assert refused(b"\n\n") == ("bad_op", "empty")
    assert refused(b"a\0b\n") == ("bad_op", "table")
    assert refused(b"a\n" * 502) == ("limit", "rows")
    assert refused(b"a," * 60 + b"a\n") == ("limit", "columns")
    assert refused((b"a" * 3000 + b"\n") * 400) == ("limit", "letters")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (workbooks.UNPACKED_BYTES + 1))
    assert refused(file.getvalue()) == ("limit", "workbook")
