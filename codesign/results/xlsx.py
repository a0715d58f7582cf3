"""A board as a spreadsheet. Every cell is a string: nothing is calculated, nothing is a link."""

from __future__ import annotations

import io

import xlsxwriter

from codesign.i18n import Words
from codesign.results.board_model import Board
from codesign.results.rows import rows_of

WIDTHS = (22, 22, 10, 60, 10, 20, 20, 18, 16, 40)
#: What a cell can hold at most; longer words are cut there, as the program itself would.
CELL = 32_767


def write(board: Board, words: Words) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for at, row in enumerate(rows_of(board, words)):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell[:CELL], plain if at else head)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, at), len(WIDTHS) - 1)
    return file.getvalue()
