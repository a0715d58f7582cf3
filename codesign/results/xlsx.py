"""A board as a spreadsheet. Every cell is a string: nothing is calculated, nothing is a link."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from codesign.i18n import Words
from codesign.results.board_model import Board
from codesign.results.rows import Table, rows_of

WIDTHS = (22, 22, 10, 60, 10, 20, 20, 18, 16, 40)
WIDE, NARROW = 50, 20
#: What a cell can hold at most; longer words are cut there, as the program itself would.
CELL = 32_767


def write(
    board: Board,
    words: Words,
    beside: Sequence[Table] = (),
    table: Sequence[Sequence[str]] = (),
) -> bytes:
    """`beside`: what the board has come to, each on a sheet of its own.

    `table`: of a board that is one, instead of its notes.
    """
    first: Table = ("", WIDTHS, list(rows_of(board, words)))
    if table:
        first = ("", [WIDE if at == 0 else NARROW for at in range(len(table[0]))], table)
    return book([first, *beside])


def book(tables: Sequence[Table]) -> bytes:
    """A workbook of tables, each with its title, the widths of its columns, and rows under their headers."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False}) as made:
        head = made.add_format({"bold": True, "bottom": 1})
        plain = made.add_format({"text_wrap": True, "valign": "top"})
        for title, widths, rows in tables:
            sheet = made.add_worksheet(title[:31] or None)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(at, column, cell[:CELL], plain if at else head)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, len(rows) - 1), len(widths) - 1)
    return file.getvalue()
