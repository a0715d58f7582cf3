"""A system map from a workbook (sheets Factors and Links): all of it, or every thing that is wrong with it, by its row.

Runs in a worker: what comes from outside is hostile. Headers and values are known in English and in the reader's words,
so that what was taken home can come back.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from python_calamine import CalamineWorkbook

from codesign.core import limits
from codesign.core.clean import Unclean, clean_line
from codesign.i18n import N_, Catalogues, Words
from codesign.results import map_words, workbooks
from codesign.results.system_map import FACTOR_HEADERS, FACTORS, LINK_HEADERS, LINKS
from codesign.results.worker import Work

#: Factors and links in one go: one act of a page, and one undo.
ROWS_MOST = 300
WRONG_LISTED = 20
#: Places in a workbook are pixels, not further than a board reaches.
PLACE_MOST = limits.COORDINATE // 100

_FORMULA = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f[ >/]')
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_TARGET = re.compile(r'<Relationship (?=[^>]*Id="([^"]*)")(?=[^>]*Target="([^"]*)")')

WORDS = {
    "no_sheet": N_("There is no sheet “{sheet}”."),
    "no_column": N_("{sheet}: there is no column “{column}”."),
    "formula": N_("{sheet}, cell {cell}: a formula. Please put its value there."),
    "needed": N_("{sheet}, row {row}: “{column}” is empty."),
    "twice": N_("{sheet}, row {row}: “{value}” is there already, in row {first}."),
    "no_factor": N_("{sheet}, row {row}: “{value}” is not on the sheet “{other}”."),
    "itself": N_("{sheet}, row {row}: “{value}” is linked to itself."),
    "no_value": N_("{sheet}, row {row}: “{value}” is nothing that “{column}” can be."),
    "too_long": N_("{sheet}, row {row}: the words in “{column}” are too long."),
    "too_many": N_("{sheet}: {rows} rows. At most {most} factors and links come in at once."),
    "empty": N_("There is no factor on the sheet “{sheet}”."),
}


@dataclass(frozen=True)
class Wrong:
    code: str
    about: Mapping[str, Any]


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """Values: `lang`. Gives `factors` and `links`, or `wrong`: sentences for the reader."""
    words = Catalogues().words(str(values["lang"]))
    made = _Reading(parts[0], words).read()
    if isinstance(made, dict):
        return Work(made)
    found = [(WORDS[one.code], one.about) for one in made[:WRONG_LISTED]]
    listed = [words.gettext(sentence, **about) for sentence, about in found]
    if len(made) > WRONG_LISTED:
        left = len(made) - WRONG_LISTED
        listed.append(words.ngettext("and {n} more", "and {n} more", left))
    return Work({"wrong": listed})


class _Reading:
    def __init__(self, file: bytes, words: Words) -> None:
        self.file, self.words = file, words
        self.wrong: list[Wrong] = []
        #: Factors by their name without regard to capitals: their place in the list, and their row.
        self.known: dict[str, tuple[int, int]] = {}

    def read(self) -> dict[str, Any] | list[Wrong]:
        tables = self._tables()
        if self.wrong:
            return self.wrong
        factors = list(self._factors(tables[0]))
        links = list(self._links(tables[1]))
        if not factors and not self.wrong:
            self._say("empty", sheet=self._(FACTORS))
        return self.wrong or {"factors": factors, "links": links}

    def _tables(self) -> list[list[list[str]]]:
        """The rows of both sheets, as text; none where there is something wrong with the file itself."""
        book = workbooks.opened(self.file)
        found = [self._sheet(book, title) for title in (FACTORS, LINKS)]
        self._look_for_formulas()
        rows = sum(max(0, len(one) - 1) for one in found)
        if rows > ROWS_MOST:
            titles = f"{self._(FACTORS)}, {self._(LINKS)}"
            self._say("too_many", sheet=titles, rows=rows, most=ROWS_MOST)
        return found

    def _sheet(self, book: CalamineWorkbook, title: str) -> list[list[str]]:
        names = {name.strip().casefold(): name for name in book.sheet_names}
        name = names.get(title.casefold()) or names.get(self._(title).casefold())
        if name is None:
            self._say("no_sheet", sheet=self._(title))
            return []
        return workbooks.rows_of(book, name)

    def _look_for_formulas(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.file)) as archive:
            for title, path in _sheets(archive):
                for found in list(_FORMULA.finditer(archive.read(path)))[: WRONG_LISTED + 1]:
                    self._say("formula", sheet=title, cell=found[1].decode())

    # The two sheets

    def _factors(self, rows: list[list[str]]) -> Iterator[dict[str, Any]]:
        sheet = self._(FACTORS)
        for row, cells in self._rows(sheet, rows, FACTOR_HEADERS, ("label",)):
            label = self._line(sheet, row, "label", FACTOR_HEADERS, cells)
            key = label.casefold()
            if key in self.known:
                self._say("twice", sheet=sheet, row=row, value=label, first=self.known[key][1])
                continue
            self.known[key] = (len(self.known), row)
            read = _Cells(self, sheet, row, FACTOR_HEADERS, cells)
            fields = {
                "description": read.line("description"),
                "role": read.code("role", map_words.ROLES),
                "wanted": read.code("wanted", map_words.WANTED),
                "controllable": read.whole("controllable", 0, 3),
                "changing": read.whole("changing", 0, 3),
            }
            place = {side: read.whole(side, -PLACE_MOST, PLACE_MOST) for side in ("x", "y")}
            made: dict[str, Any] = {"label": label, "fields": _given(fields)}
            if None not in place.values():
                made |= {side: value * 100 for side, value in place.items() if value is not None}
            yield made

    def _links(self, rows: list[list[str]]) -> Iterator[dict[str, Any]]:
        sheet, there = self._(LINKS), dict[tuple[int, int], int]()
        for row, cells in self._rows(sheet, rows, LINK_HEADERS, ("from", "to", "polarity")):
            ends = [self._end(sheet, row, cells[end]) for end in ("from", "to")]
            if ends[0] is None or ends[1] is None:
                continue
            if ends[0] == ends[1]:
                self._say("itself", sheet=sheet, row=row, value=cells["from"])
                continue
            pair = (ends[0], ends[1])
            if pair in there:
                value = f"{cells['from']} → {cells['to']}"
                self._say("twice", sheet=sheet, row=row, value=value, first=there[pair])
                continue
            there[pair] = row
            read = _Cells(self, sheet, row, LINK_HEADERS, cells)
            fields = {
                "strength": read.code("strength", map_words.STRENGTHS),
                "delay": read.code("delay", map_words.DELAYS),
                "certainty": read.code("certainty", map_words.CERTAINTIES),
                "why": read.line("why"),
                "source": read.line("source"),
            }
            sign = read.code("polarity", map_words.POLARITIES, _SIGNS)
            yield {"from": pair[0], "to": pair[1], "polarity": sign, "fields": _given(fields)}

    def _rows(
        self,
        sheet: str,
        rows: list[list[str]],
        headers: Mapping[str, str],
        needed: tuple[str, ...],
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows that hold something, by the names of their fields, with the number a spreadsheet shows."""
        names = {
            name.casefold(): key
            for key, header in headers.items()
            for name in (header, self._(header))
        }
        columns = {
            names[cell.strip().casefold()]: at
            for at, cell in enumerate(rows[0] if rows else [])
            if cell.strip().casefold() in names
        }
        missing = [key for key in needed if key not in columns]
        for key in missing:
            self._say("no_column", sheet=sheet, column=self._(headers[key]))
        for number, row in enumerate(rows[1:] if not missing else [], 2):
            cells = {key: row[at].strip().removeprefix("'") for key, at in columns.items()}
            if not any(cells.values()):
                continue
            if empty := [key for key in needed if not cells[key]]:
                self._say("needed", sheet=sheet, row=number, column=self._(headers[empty[0]]))
                continue
            yield number, cells

    def _end(self, sheet: str, row: int, label: str) -> int | None:
        found = self.known.get(label.casefold())
        if found is None:
            self._say("no_factor", sheet=sheet, row=row, value=label, other=self._(FACTORS))
        return None if found is None else found[0]

    def _line(
        self, sheet: str, row: int, key: str, headers: Mapping[str, str], cells: Mapping[str, str]
    ) -> str:
        try:
            return clean_line(cells.get(key, ""))
        except Unclean:
            self._say("too_long", sheet=sheet, row=row, column=self._(headers[key]))
            return ""

    def _say(self, code: str, **about: Any) -> None:
        self.wrong.append(Wrong(code, about))

    def _(self, words: str) -> str:
        return self.words.gettext(words)


@dataclass(frozen=True)
class _Cells:
    """What stands in one row, as the fields want it."""

    reading: _Reading
    sheet: str
    row: int
    headers: Mapping[str, str]
    cells: Mapping[str, str]

    def line(self, key: str) -> str | None:
        return self.reading._line(self.sheet, self.row, key, self.headers, self.cells) or None

    def whole(self, key: str, least: int, most: int) -> int | None:
        found: int | None = self._read(key, lambda text: _whole(text, least, most))
        return found

    def code(
        self, key: str, names: Mapping[Any, str], more: Mapping[str, Any] | None = None
    ) -> Any:
        """By its code, its English name or the reader's own."""
        known = {str(code).casefold(): code for code in names}
        for code, name in names.items():
            known |= {one.casefold(): code for one in (name, self.reading._(name))}
        known |= more or {}
        return self._read(key, lambda text: known.get(_number(text).casefold()))

    def _read(self, key: str, find: Callable[[str], Any]) -> Any:
        text = self.cells.get(key, "")
        if not text:
            return None
        found = find(text)
        if found is None:
            column = self.reading._(self.headers[key])
            self.reading._say(
                "no_value", sheet=self.sheet, row=self.row, value=text[:60], column=column
            )
        return found


#: What people write for a sign.
_SIGNS = {
    **{"−": "-", "–": "-", "minus": "-", "plus": "+", "more": "+", "less": "-"},
    **{"±": "mixed", "+/-": "mixed", "?": "unknown"},
}


def _whole(text: str, least: int, most: int) -> int | None:
    text = _number(text)
    if not re.fullmatch(r"-?\d{1,9}", text):
        return None
    return int(text) if least <= int(text) <= most else None


def _number(text: str) -> str:
    """A spreadsheet's 2.0 is a 2."""
    return text.removesuffix(".0") if re.fullmatch(r"-?\d+\.0", text) else text


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Titles of the sheets, and where they are."""
    names = set(archive.namelist())
    links = "xl/_rels/workbook.xml.rels"
    if links not in names:
        return
    found = _TARGET.findall(archive.read(links).decode("utf-8", "replace"))
    targets = {id: target.removeprefix("/xl/") for id, target in found}
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    for title, id in _SHEET.findall(book):
        path = f"xl/{targets.get(id, '')}"
        if path in names:
            yield unescape(title), path
