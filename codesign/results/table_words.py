"""What tables, their boards and what comes from them are called, in the reader's words.

Only a name that somebody gave is kept; without one a table has a number. Twin of `words` in static/js/board/model.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codesign.core.stream import Readable
from codesign.i18n import Words


def table_name(table: Mapping[str, Any], words: Words) -> str:
    """Its own name, or its number."""
    return str(table.get("title") or _numbered(table["number"], words))


def board_name(board: str, workshop: Readable, words: Words) -> str:
    """The board's title; of a table's its name, and beside a number what it is made from."""
    item = workshop.get(board) or {}
    table = workshop.get(str(item.get("table", "")))
    if table is None:
        return str(item.get("title", ""))
    if table.get("title"):
        return str(table["title"])
    seating = workshop.get(str(table["seating"])) or {}
    template = workshop.get(str(seating.get("template", ""))) or {}
    return " · ".join(filter(None, (table_name(table, words), str(template.get("title", "")))))


def origin_name(item: Mapping[str, Any], words: Words) -> str:
    """The table that a copy comes from; nothing for what was written here."""
    if "origin/number" in item:
        return _numbered(item["origin/number"], words)
    return str(item.get("origin/table", ""))


def _numbered(number: Any, words: Words) -> str:
    return words.gettext("Table {n}", n=number)
