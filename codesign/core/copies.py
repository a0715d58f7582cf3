"""What one board gives to another: what was set up on it, for the tables; and what a table wrote, for everyone.

Ids of copies derive from where they come from and where they go, so that a copy made twice is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codesign.core import limits
from codesign.core.items import FLOWING, LINE_KINDS, SET_UP_KINDS, question_keys
from codesign.core.stream import Fields, Item, Readable, new_id

#: Fields that name other items of the same board.
_POINTERS = ("region", "cluster", "within", "from", "to")
#: Where a table's notes lie on a free board, in 1/100 px: six in a row, in a frame with its name.
_COLUMNS, _WIDE, _HIGH, _EDGE = 6, 22_000, 20_000, 4_000
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Origin:
    """A table's board, as what comes from there is marked: with the table's own name, or else its number."""

    board: str
    title: str
    number: int

    @property
    def marks(self) -> dict[str, Any]:
        return {"origin/table": self.title} if self.title else {"origin/number": self.number}


def copy_id(*names: str) -> str:
    return new_id(hashlib.sha256("/".join(names).encode()).digest()[:16])


def set_up_of(template: Readable, board: str) -> tuple[Fields, list[Item]]:
    """The question with its translations, and whatever those who lead set up, for the board of a table."""
    fields = {key: template.fields[key] for key in question_keys(template.fields)}
    items = [item for item in template.all() if _is_set_up(item)]
    known = {str(item["id"]): copy_id(board, str(item["id"])) for item in items}
    copies = [_pointed(item, known) for item in items if _is_whole(item, known)]
    return fields, sorted(copies, key=lambda item: item["kind"] not in ("region", "cluster"))


def gathered(source: Readable, origin: Origin, target: Readable, board: str) -> list[Item]:
    """Notes, groups and pictures of a table, in a zone or a frame of their own with its name."""
    items = [*_reading(source)]
    if not items:
        return []
    known = {str(item["id"]): copy_id(board, origin.board, str(item["id"])) for item in items}
    flows = target.fields.get("layout") in FLOWING
    area = _area(origin, board, target, len(items))
    copies = []
    for at, item in enumerate(items):
        copy = {**_plain(item), "id": known[str(item["id"])]}
        for field in ("cluster", "within"):
            if (pointed := known.get(item.get(field, ""))) is not None:
                copy[field] = pointed
        place = {"region": area["id"], "order": _after("a", at)} if flows else _cell(area, at)
        marks = {"origin/board": origin.board, "origin/item": item["id"]}
        copies.append({**copy, **place, **marks, **origin.marks})
    copies.sort(key=lambda item: (item["kind"] != "cluster", "within" in item))
    return [area, *copies, *_comments(source, known, board, origin)]


def _comments(
    source: Readable, known: Mapping[str, str], board: str, origin: Origin
) -> Iterator[Item]:
    """They travel with what they are about; who was named was told where it was written."""
    for item in sorted(source.of_kind("comment"), key=lambda one: (one["at"], one["id"])):
        if (about := known.get(item["about"])) is not None:
            said: Item = {k: item[k] for k in ("kind", "text", "by", "at") if k in item}
            yield {**said, "id": copy_id(board, origin.board, str(item["id"])), "about": about}


def whole_copy(items: Iterable[Item], board: str) -> list[Item]:
    """Everything of a board for another one, with whom it is by and who reacted."""
    found = list(items)
    known = {str(item["id"]): copy_id(board, str(item["id"])) for item in found}
    copies = []
    for item in found:
        pointers = {key: known.get(item[key]) for key in (*_POINTERS, "about") if key in item}
        copy = {**item, **pointers, "id": known[str(item["id"])]}
        copies.append({key: value for key, value in copy.items() if value is not None})
    return copies


# What was set up


def _is_set_up(item: Item) -> bool:
    """A sheet is of one person of this board: the copy deals its own."""
    is_protected = item["kind"] in SET_UP_KINDS or bool(item.get("protected", False))
    return is_protected and "sheet_of" not in item


def _is_whole(item: Item, known: Mapping[str, str]) -> bool:
    """A line needs both its ends."""
    return item["kind"] not in LINE_KINDS or {item["from"], item["to"]} <= known.keys()


def _pointed(item: Item, known: Mapping[str, str]) -> Item:
    """The copy, pointing at copies. Reactions stay with the people who reacted."""
    copy = {key: value for key, value in item.items() if not key.startswith("reaction/")}
    for field in _POINTERS:
        if field in copy:
            copy[field] = known.get(copy[field])
    copy["id"] = known[str(item["id"])]
    return {key: value for key, value in copy.items() if value is not None}


# What a table wrote


def _reading(source: Readable) -> Iterator[Item]:
    """In the order it is read: zone by zone, or from above to below."""
    regions = {region["id"]: (region["order"], region["id"]) for region in source.of_kind("region")}
    kinds = ("cluster", "note", "image")
    written = [
        item for kind in kinds for item in source.of_kind(kind) if not item.get("protected", False)
    ]

    def place(item: Item) -> tuple[object, ...]:
        region = regions.get(item.get("region", ""), ("", ""))
        return (*region, item.get("y", 0), item.get("x", 0), item.get("order", ""), item["id"])

    yield from sorted(written, key=place)


def _plain(item: Item) -> Item:
    left = {"id", "region", "order", "x", "y", "cluster", "within"}
    return {k: v for k, v in item.items() if k not in left and not k.startswith("origin/")}


def _area(origin: Origin, board: str, target: Readable, count: int) -> Item:
    """The zone or frame of the table; where there is one from the last time, that one."""
    area_id = copy_id(board, origin.board, "area")
    known = target.get(area_id)
    if known is not None:
        return known
    area: Item = {"id": area_id, "title": origin.title, "protected": True}
    if not origin.title:
        area |= origin.marks
    if target.fields.get("layout") in FLOWING:
        last = max((str(region["order"]) for region in target.of_kind("region")), default="a")
        last = last[: limits.ORDER_LETTERS - 4]
        return {**area, "kind": "region", "order": _after(last, origin.number)}
    rows = -(-count // _COLUMNS)
    size = {"w": 2 * _EDGE + _COLUMNS * _WIDE, "h": 2 * _EDGE + max(2, rows) * _HIGH}
    right = max(
        (item["x"] + item.get("w", _WIDE) for item in target.all() if "x" in item), default=0
    )
    x = min(right + _WIDE, limits.COORDINATE - size["w"])
    return {**area, "kind": "frame", "x": x, "y": 0, **size}


def _cell(area: Item, at: int) -> dict[str, int]:
    row, column = divmod(at, _COLUMNS)
    return {"x": area["x"] + _EDGE + column * _WIDE, "y": area["y"] + _EDGE + row * _HIGH}


def _after(last: str, at: int) -> str:
    """The `at`th key after `last`, with room between two."""
    base = len(_DIGITS)
    at = min(at, base**3 - 1)
    return last + _DIGITS[at // base**2] + _DIGITS[at // base % base] + _DIGITS[at % base] + "V"
