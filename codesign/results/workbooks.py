"""Workbooks from outside, opened in a worker: bounded before anything unpacks them, and read as text."""

from __future__ import annotations

import datetime
import io
import zipfile

from python_calamine import CalamineError, CalamineWorkbook

from codesign.results.worker import WorkError

UNPACKED_BYTES, ENTRIES_MOST = 40 * 1024 * 1024, 400


def opened(file: bytes) -> CalamineWorkbook:
    """Raises WorkError."""
    check_archive(file)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(file))
    except CalamineError as error:
        raise WorkError("bad_op", "workbook") from error


def check_archive(file: bytes) -> None:
    """Before anything unpacks it. Raises WorkError."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            inside = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise WorkError("bad_op", "workbook") from error
    if len(inside) > ENTRIES_MOST or sum(one.file_size for one in inside) > UNPACKED_BYTES:
        raise WorkError("limit", "workbook")
    if "xl/workbook.xml" not in {one.filename for one in inside}:
        raise WorkError("bad_op", "workbook")


def rows_of(book: CalamineWorkbook, title: str) -> list[list[str]]:
    """Every row of a sheet from its first one on. Raises WorkError."""
    try:
        rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise WorkError("bad_op", "workbook") from error
    return [[text_of(cell) for cell in row] for row in rows]


def text_of(cell: object) -> str:
    """What a person reads in it: a whole number without a point, a day without a time of day."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)
