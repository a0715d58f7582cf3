"""Whole items that come from outside, such as from a file: which fields each kind has, and what may stand in them.

Items made by ops need no such look: their rules build them field by field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from codesign.core import limits
from codesign.core.cards import CARD, check_card, check_ink, check_said
from codesign.core.clean import clean_text
from codesign.core.items import (
    COLOURS,
    INK,
    LINE_KINDS,
    MAP_KINDS,
    REACTIONS,
    SAID,
    TEXT_FIELDS,
    reaction_key,
    translation_key,
)
from codesign.core.kinds import KINDS, FieldType
from codesign.core.stream import Item

Check = Callable[[Any], Any]

_ID = re.compile(rf"[A-Za-z0-9_-]{{{limits.ID_LETTERS}}}")
_ORDER = re.compile(rf"[A-Za-z0-9]{{1,{limits.ORDER_LETTERS}}}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_ROUND_MS = re.compile(r"round_ms/[1-9][0-9]?")
#: What a field that is kept per language or per person is called.
_KEYED = re.compile(r"(\w+)/([^/]+)(?:/([^/]+))?")


def check_item(item: Mapping[str, Any]) -> Item:
    """The item with its words cleaned. Raises ValueError on anything it may not be."""
    kind = item.get("kind")
    if not isinstance(kind, str) or kind not in _FIELDS:
        raise ValueError("kind")
    if missing := ({"id", "kind"} | _NEEDED[kind]) - item.keys():
        raise ValueError(min(missing))
    if kind not in ("region", "frame", "placement", "arrangement", "comment", *LINE_KINDS):
        _check_place(item)
    return {key: _check_field(kind, key, value) for key, value in item.items()}


def check_fields(fields: Mapping[str, Any]) -> dict[str, str]:
    """A board's question and its translations, cleaned. Raises ValueError on anything else."""
    words = _words(limits.TITLE_BYTES)
    for key in fields:
        if not _is_question(key):
            raise ValueError(key[:100])
    return {key: words(value) for key, value in fields.items()}


def check_about(fields: Mapping[str, Any]) -> dict[str, str | int]:
    """What a method adds to a board: the kinds of card it takes, and its rounds. Raises ValueError."""
    if len(fields) > limits.CARDS_PER_BOARD + len(_ROUNDS) + limits.ROUNDS:
        raise ValueError("about")
    return {key: _about(key, value) for key, value in fields.items()}


def _about(key: str, value: Any) -> str | int:
    if key.startswith(CARD):
        return check_card(key, value)
    if key == "card":
        return str(_card(value))
    if not _is_round(key):
        raise ValueError(key[:100])
    found = _ROUNDS[key.partition("/")[0]](value)
    assert isinstance(found, int)  # noqa: S101
    return found


def _is_round(key: str) -> bool:
    """Of the rounds of a method; one that is longer or shorter than others says so by its number."""
    return key in _ROUNDS or _ROUND_MS.fullmatch(key) is not None


def about(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same of a board that is there."""
    return {
        key: value
        for key, value in fields.items()
        if key == "card" or _is_round(key) or key.startswith(CARD)
    }


def lasting(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a board is, wherever it goes: not what was going on there, such as help, messages and silences."""
    stays = ("layout", "workshop", "method")
    kept = {key: value for key, value in fields.items() if key in stays or _is_question(key)}
    return kept | about(fields)


def _is_question(key: str) -> bool:
    name, slash, lang = key.partition("/")
    return name == "question" and (not slash or LANGUAGE.fullmatch(lang) is not None)


def _check_field(kind: str, key: str, value: Any) -> Any:
    check = _FIELDS[kind].get(key) or _keyed(kind, key)
    if check is None:
        raise ValueError(key[:100])
    return check(value)


def _keyed(kind: str, key: str) -> Check | None:
    """The check of a reaction, of somebody's own reading, or of a translation (P2.2)."""
    if kind == "placement":
        return _whole(0, 100) if key[:2] in ("x/", "y/") and _ID.fullmatch(key[2:]) else None
    if kind == "arrangement":
        return _stood if key[:6] == "stood/" and _ID.fullmatch(key[6:]) else None
    if kind in ("note", "factor") and key.startswith("origin/also/"):
        return _id if _ID.fullmatch(key.removeprefix("origin/also/")) else None
    if kind == "note" and key.startswith(INK):
        return check_ink(key)
    if kind == "note" and key.startswith(SAID):
        return check_said(key)
    if kind == "comment" and key.startswith("mention/"):
        return _true if _ID.fullmatch(key.removeprefix("mention/")) else None
    if kind == "note" and key.startswith("serves/"):
        return _true if _ID.fullmatch(key.removeprefix("serves/")) else None
    if not (found := _KEYED.fullmatch(key)):
        return None
    name, of, person = found.groups()
    if person is not None:
        known = of in REACTIONS and _ID.fullmatch(person) and key == reaction_key(of, person)
        return _true if known and kind in ("note", "image", "cluster") else None
    if not LANGUAGE.fullmatch(of) or key != translation_key(name, of):
        return None
    if kind == "note":
        return _TRANSLATED.get(name)
    translated = kind in ("region", "frame", "heading") and name == TEXT_FIELDS[kind][0]
    return _words(limits.TITLE_BYTES) if translated else None


def _check_place(item: Mapping[str, Any]) -> None:
    if {"region", "order", "x", "y"} & item.keys() not in ({"region", "order"}, {"x", "y"}):
        raise ValueError("place")


def _words(most: int) -> Check:
    return lambda value: clean_text(_as(str, value), most=most)


def _matching(pattern: re.Pattern[str]) -> Check:
    def check(value: Any) -> Any:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError("form")
        return value

    return check


def _whole(least: int, most: int) -> Check:
    def check(value: Any) -> Any:
        if not least <= _as(int, value) <= most:
            raise ValueError("range")
        return value

    return check


def _one_of(options: tuple[str, ...]) -> Check:
    def check(value: Any) -> Any:
        if value not in options:
            raise ValueError("choice")
        return value

    return check


def _bool(value: Any) -> Any:
    if not isinstance(value, bool):
        raise ValueError("type")
    return value


def _said(field: FieldType) -> Check:
    """What a field of a map may hold (kinds.py)."""
    if field.type == "enum":
        return _one_of(field.options)
    if field.least is not None and field.most is not None:
        return _whole(field.least, field.most)
    return {"bool": _bool, "ref": _id}.get(field.type) or _words(limits.TITLE_BYTES)


def _colour(value: Any) -> Any:
    if value not in COLOURS:
        raise ValueError("colour")
    return value


def _true(value: Any) -> Any:
    if value is not True:
        raise ValueError("set")
    return value


def _as(kind: type, value: Any) -> Any:
    """True is a number to Python, and not to us."""
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError("type")
    return value


_stood = _matching(re.compile(r"[a-z_]{1,20}(\.[a-z_]{1,20})?|-?\d{1,6}\.-?\d{1,6}"))
_id, _order = _matching(_ID), _matching(_ORDER)
_coordinate = _whole(-limits.COORDINATE, limits.COORDINATE)
_side = _whole(limits.SIDE_LEAST, limits.SIDE_MOST)
_time = _whole(0, 2**53)
_card = _matching(re.compile(r"[a-z0-9][a-z0-9_]{0,39}"))
_PLACE: dict[str, Check] = {"region": _id, "order": _order, "x": _coordinate, "y": _coordinate}
_SIZE: dict[str, Check] = {"w": _side, "h": _side}
_ANY: dict[str, Check] = {"id": _id, "kind": str, "by": _id, "protected": _true}
#: Of a note, each under a language (P17.1).
_TRANSLATED: dict[str, Check] = {
    "text": _words(limits.TEXT_BYTES),
    "translator": _id,
    "by_machine": _true,
    "made_of": _matching(re.compile(r"[0-9a-f]{16}")),
}
_table_number = _whole(1, limits.TABLES_PER_WORKSHOP)
#: Where something was copied from: the board, the item there, and what the table was called, or its number.
_ORIGIN: dict[str, Check] = {
    "origin/number": _table_number,
    "origin/board": _id,
    "origin/item": _id,
    "origin/table": _words(limits.TITLE_BYTES),
}
_MORE: dict[str, dict[str, Check]] = {
    "note": {
        **_PLACE,
        **_ORIGIN,
        "colour": _colour,
        "lang": _matching(LANGUAGE),
        "at": _time,
        "cluster": _id,
        "entered": _id,
        "shared": _whole(limits.SHARING_LEAST, limits.SHARING_MOST),
        "card": _card,
        "round": _whole(1, limits.ROUNDS),
        "within": _id,
    },
    "cluster": {**_PLACE, **_ORIGIN},
    "region": {
        **{"order": _order, "sheet_of": _id, "holder": _id},
        "origin/number": _table_number,
    },
    "frame": {"x": _coordinate, "y": _coordinate, **_SIZE, "origin/number": _table_number},
    "heading": _PLACE,
    "connector": {"from": _id, "to": _id},
    "arrangement": {"at": _time},
    "comment": {"about": _id, "at": _time},
    "image": {**_PLACE, **_SIZE, **_ORIGIN, "file": _id, "at": _time},
    "factor": {**_PLACE, **_ORIGIN, "lang": _matching(LANGUAGE), "at": _time},
    "causal_link": {**_ORIGIN, "at": _time},
}
for _kind in sorted(MAP_KINDS):
    _MORE[_kind] |= {field.name: _said(field) for field in KINDS[_kind].fields}
#: Per kind: field to check.
_FIELDS: dict[str, dict[str, Check]] = {
    kind: {**_ANY, field: _words(most), **_MORE[kind]}
    for kind, (field, most) in TEXT_FIELDS.items()
} | {"placement": {**_ANY, "record": _id, "at": _time, "x": _coordinate, "y": _coordinate}}
#: Of a board whose method has rounds.
_ROUNDS: dict[str, Check] = {
    "rounds": _whole(1, limits.ROUNDS),
    "round_ms": _whole(1_000, limits.ROUND_MS),
    "cells": _whole(1, 12),
}
#: Per kind: what it cannot be without.
_NEEDED: dict[str, set[str]] = {
    "note": {"text", "colour", "at"},
    "cluster": {"name"},
    "region": {"title", "order"},
    "frame": {"title", "x", "y", "w", "h"},
    "heading": {"text"},
    "connector": {"from", "to", "label"},
    "image": {"file", "alt", "w", "h"},
    "placement": {"record"},
    "arrangement": {"title", "at"},
    "comment": {"about", "text", "at"},
    "factor": {"label"},
    "causal_link": {"from", "to", "polarity"},
}
