"""What a picture of a map or a plan shows, as tables to stand beside it in a report: headers first, then rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codesign.core.record_boards import method_of
from codesign.core.stream import Readable
from codesign.i18n import N_, Words
from codesign.results import actors, choosing, sheets, system_map

#: Its name beside the board's (nothing where it is the only one), the shares of its columns, its rows.
Told = tuple[str, tuple[int, ...], tuple[tuple[str, ...], ...]]

#: Of a workbook's columns, those that a page has room for: what it is, what is meant, its part, what we want, a lever.
FACTOR_COLUMNS, FACTOR_WIDTHS = (0, 1, 2, 3, 12), (5, 6, 3, 3, 2)
#: From, to, sign, strength, delay, why.
LINK_COLUMNS, LINK_WIDTHS = (0, 1, 2, 3, 4, 6), (5, 5, 1, 2, 2, 6)


def tables(board: Readable, register: Readable | None, words: Words) -> Iterator[Told]:
    if system_map.is_map(board):
        factors, links, _loops = system_map.tables(board, words)
        yield factors[0], FACTOR_WIDTHS, _picked(factors[2], FACTOR_COLUMNS)
        yield links[0], LINK_WIDTHS, _picked(links[2], LINK_COLUMNS)
    elif register is not None:
        match method_of(board.fields):
            case "impact-effort":
                rows = choosing.table_of(board, register, words)
                yield "", (7, 3, 4, 3, 3, 3, 3, 3), tuple(rows)
            case "engagement-plan":
                yield _plan(register, words)
            case "empathy":
                yield "", (4, 3, 9, 2), tuple(_empathy(board, register, words))


def _picked(
    rows: Iterable[tuple[str, ...]], columns: tuple[int, ...]
) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row[at] for at in columns) for row in rows)


def _plan(register: Readable, words: Words) -> Told:
    """By how somebody is worked with; columns that nobody filled in are left out."""
    found = list(register.of_kind("engagement"))
    order = list(sheets.LEVELS)
    found.sort(key=lambda row: (order.index(row.get("level", "")), row.get("at", 0), row["id"]))
    said = {key: label for key, label in sheets.PLANNED.items() if any(key in row for row in found)}
    head = tuple(map(words.gettext, (N_("Actor"), N_("Level"), *said.values())))
    rows = [head]
    for row in found:
        actor = register.get(actors.merged(register, row["stakeholder"])) or {}
        level = words.gettext(sheets.LEVELS[row.get("level", "")])
        rows.append((str(actor.get("name", "")), level, *(str(row.get(key, "")) for key in said)))
    return "", (4, 3, *(4 for _one in said)), tuple(rows)


def _empathy(board: Readable, register: Readable, words: Words) -> Iterator[tuple[str, ...]]:
    yield tuple(map(words.gettext, (N_("Persona"), N_("Block"), N_("Text"), sheets.GUESS)))
    lines = sorted(register.of_kind("line"), key=lambda one: (one["order"], one["id"]))
    for persona in actors.shown(board, register):
        for block, label in sheets.EMPATHY.items():
            for one in lines:
                if one["of"] == persona["id"] and one["field"] == block:
                    guess = "" if one.get("confidence") == "known" else words.gettext(sheets.GUESS)
                    yield str(persona["name"]), words.gettext(label), str(one["text"]), guess
