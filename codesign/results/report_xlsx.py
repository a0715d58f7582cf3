"""A report as a spreadsheet: a sheet for each kind of thing, with filters. Words are strings and are never run.

Columns of dates hold dates, whatever else they hold; a month is its first day, and is shown without it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date

import xlsxwriter

from codesign.results.dates import first_day
from codesign.results.report_booklet import Cell, Table
from codesign.results.xlsx import CELL

#: What the name of a sheet may not hold, and how long it may be.
_UNNAMED, NAME_LETTERS = re.compile(r"[\[\]:*?/\\']+"), 31
WIDEST = 60
EARLIEST = 1900


def write(title: str, tables: Iterable[Table]) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False}) as book:
        book.set_properties({"title": title[:200]})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        # By how long a date is as records hold it.
        days = {
            len(shown): book.add_format({"num_format": shown, "valign": "top", "align": "left"})
            for shown in ("yyyy-mm-dd", "yyyy-mm")
        }
        taken: set[str] = set()
        for table in tables:
            sheet = book.add_worksheet(_name(table.caption, taken))
            for column, width in enumerate(_widths(table)):
                sheet.set_column(column, column, width)
            for at, row in enumerate((table.head, *table.rows)):
                for column, cell in enumerate(row):
                    if at and column in table.dates and (day := _day(cell)):
                        sheet.write_datetime(at, column, day, days[len(str(cell))])
                    else:
                        _put(sheet, at, column, cell, head if at == 0 else plain)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.head) - 1)
            sheet.set_landscape()
            sheet.repeat_rows(0)
            sheet.fit_to_pages(1, 0)
    return file.getvalue()


def _day(cell: Cell) -> date | None:
    """Nothing for whatever else stands where a date should; a spreadsheet knows no day before 1900."""
    day = first_day(str(cell))
    return day if day and day.year > EARLIEST else None


def _put(sheet: object, at: int, column: int, cell: Cell, format: object) -> None:
    if isinstance(cell, int):
        sheet.write_number(at, column, cell, format)  # type: ignore[attr-defined]
    else:
        sheet.write_string(at, column, cell[:CELL], format)  # type: ignore[attr-defined]


def _widths(table: Table) -> Iterable[float]:
    """Shares of a page become letters; what is letters already stays."""
    most = max(table.widths, default=1)
    return [width * (50 / most) if most < 15 else min(width, WIDEST) for width in table.widths]


def _name(caption: str, taken: set[str]) -> str:
    """Excel's rules, and no name twice, whatever the capitals."""
    name = _UNNAMED.sub(" ", caption).strip()[:NAME_LETTERS] or "–"
    at = 2
    while name.casefold() in taken:
        name = f"{name[: NAME_LETTERS - 4]} {at}"
        at += 1
    taken.add(name.casefold())
    return name
