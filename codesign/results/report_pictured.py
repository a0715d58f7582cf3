"""Tables of what the picture of a map or a plan shows, as a report has them: numbers are numbers, days are days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codesign.i18n import Words
from codesign.results.dates import first_day, in_words
from codesign.results.report import Part
from codesign.results.report_booklet import Cell, Table

#: Longer ones are codes, not counts.
DIGITS = 9


def tables_of_picture(part: Part, words: Words, *, spelled: bool) -> Iterator[Table]:
    """`spelled`: dates are words, else they stay what can be sorted."""
    for name, widths, (head, *rows) in part.tables:
        if not rows:
            continue
        columns = [_column(cells, words, spelled=spelled) for cells in zip(*rows, strict=True)]
        dates = frozenset() if spelled else _dates(rows)
        caption = " · ".join(filter(None, (part.title, name)))
        yield Table(caption, head, tuple(zip(*columns, strict=True)), widths, dates=dates)


def _column(cells: Sequence[str], words: Words, *, spelled: bool) -> list[Cell]:
    if _are_numbers(cells):
        return [int(cell) if cell else "" for cell in cells]
    if spelled and _are_dates(cells):
        return [in_words(cell, words) for cell in cells]
    return list(cells)


def _dates(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    return frozenset(at for at, cells in enumerate(zip(*rows, strict=True)) if _are_dates(cells))


def _are_numbers(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell]
    return bool(said) and all(
        cell.isascii() and cell.isdecimal() and len(cell) <= DIGITS for cell in said
    )


def _are_dates(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell]
    return bool(said) and all(first_day(cell) for cell in said)
