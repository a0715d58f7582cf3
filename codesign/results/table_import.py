"""A table from elsewhere, CSV or Excel, as rows of text: what the columns mean is for the page to ask.

Runs in a worker: what comes from outside is hostile. Nothing in it is run; what looks like a formula is text.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from codesign.core import limits
from codesign.results import workbooks
from codesign.results.worker import Work, WorkError

#: More does not come in at once: one act of a page, and one undo.
ROWS_MOST, COLUMNS_MOST, SHEETS_MOST = limits.OPS_PER_BATCH, 60, 20
#: All that is told to the page.
LETTERS_MOST = 1024 * 1024
_SEPARATORS = ";,\t"
#: What our own tables put before a cell that a spreadsheet would run (csv.py).
_GUARDED = re.compile("^'(?=[\\s\u00a0\u200b\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20])")
_DROPPED = re.compile("[\0\ud800-\udfff]")


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """Gives `sheets`: titles, and rows of cells with the `number` that a spreadsheet shows."""
    file = parts[0]
    tables = _workbook(file) if zipfile.is_zipfile(io.BytesIO(file)) else [("", _csv(file))]
    sheets = [(title, rows) for title, found in tables if (rows := _rows(found))]
    if not sheets:
        raise WorkError("bad_op", "empty")
    cells = (cell for _, rows in sheets for row in rows for cell in row["cells"])
    if sum(map(len, cells)) > LETTERS_MOST:
        raise WorkError("limit", "letters")
    return Work({"sheets": [{"title": title, "rows": rows} for title, rows in sheets]})


def _workbook(file: bytes) -> Iterable[tuple[str, list[list[str]]]]:
    book = workbooks.opened(file)
    for title in book.sheet_names[:SHEETS_MOST]:
        yield title, workbooks.rows_of(book, title)


def _csv(file: bytes) -> list[list[str]]:
    text = _decoded(file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > 20 * ROWS_MOST:
                raise WorkError("limit", "rows")
    except csv.Error as error:
        raise WorkError("bad_op", "table") from error
    return rows


def _decoded(file: bytes) -> str:
    """UTF-8, or UTF-16 that says so; a guess at anything else would turn Georgian into noise. Raises WorkError."""
    encoding = "utf-16" if file[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = file.decode(encoding)
    except UnicodeDecodeError as error:
        raise WorkError("bad_op", "encoding") from error
    if "\0" in text:
        raise WorkError("bad_op", "table")
    return text


def _separator(text: str) -> str:
    """The sign that stands most often in the first line, outside quotes."""
    line = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").partition("\n")[0])
    return max(_SEPARATORS, key=line.count)


def _rows(found: list[list[str]]) -> list[dict[str, Any]]:
    """Those that hold something. Raises WorkError where there are more than come in at once."""
    rows = []
    for number, row in enumerate(found, 1):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > COLUMNS_MOST:
            raise WorkError("limit", "columns")
        if cells:
            rows.append({"number": number, "cells": cells})
    # The first row may be the names of the columns.
    if len(rows) > ROWS_MOST + 1:
        raise WorkError("limit", "rows")
    return rows


def _text(cell: str) -> str:
    return _GUARDED.sub("", _DROPPED.sub("", cell)).strip()
