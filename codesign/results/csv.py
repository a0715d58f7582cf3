"""A board as CSV that spreadsheets open as it is: UTF-8 with a mark, and no cell that they would run.

Semicolons, because where the decimal mark is a comma, as in most countries of our languages, a spreadsheet takes commas
for part of a number and puts the whole row into one cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from codesign.i18n import Words
from codesign.results.board_model import Board
from codesign.results.rows import Table, rows_of

#: What spreadsheets take for a formula at the start of a cell, also in full width and after blanks.
_FORMULA = re.compile("^[\\s\u00a0\u200b\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r]")
#: The same after a mark at which a spreadsheet with other settings would begin a new cell.
_HIDDEN = re.compile("([,\t\n][\\s\"']*)(?=[=+@\uff1d\uff0b\uff20]|-[\\d@+=(])")


def write(
    board: Board,
    words: Words,
    table: Sequence[Sequence[str]] = (),
    beneath: Iterable[Table] = (),
) -> bytes:
    """`table`: of a board that is one, instead of its notes. `beneath`: what the board has come to."""
    below = (row for title, _, rows in beneath for row in [(), (title,), *rows])
    return written([*(table or rows_of(board, words)), *below])


def written(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    # The mark tells spreadsheets that the file is UTF-8; without it Georgian arrives as noise.
    return text.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """The cell as text, also for a spreadsheet that would rather calculate."""
    cell = _HIDDEN.sub(r"\1'", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell
