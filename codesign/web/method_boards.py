"""What a method brings to its board: kinds of card, and rounds. Data in, fields of a board out."""

from __future__ import annotations

from dataclasses import replace

from codesign.core.cards import CARD, TYPES, lines_of
from codesign.core.declared_boards import board_layout
from codesign.core.items import FLOWING
from codesign.core.kinds import KINDS, ON_BOARDS, WRITTEN, Kind, kind
from codesign.core.method import Method
from codesign.core.record_boards import has_board

#: Layouts on which what people add are notes; others place records, or draw a map.
OF_NOTES = (*FLOWING, "free", "image")
MINUTE = 60_000
#: A note is a card where its method asks for more than its words, such as a weight.
NOTE = kind("note", "text: text!")


def about_of(method: Method) -> dict[str, str | int]:
    kinds = cards_of(method)
    about: dict[str, str | int] = {f"{CARD}{one.name}": lines_of(one) for one in kinds}
    if kinds and method.kinds[0] == kinds[0].name:
        about["card"] = kinds[0].name
    return about | _rounds(method)


def cards_of(method: Method) -> list[Kind]:
    """The kinds of this method that are notes with something to say, in its order, each with its words first."""
    if method.layout not in OF_NOTES or _shows_records(method):
        return []
    named = [one for one in method.kinds if one not in ON_BOARDS]
    if method.extra_fields and not named and NOTE.name in method.kinds:
        return [card] if (card := _card(NOTE, method)) else []
    found = (method.own_kinds.get(one) or KINDS[one] for one in named)
    return [card for one in found if (card := _card(one, method))]


def names_zones(method: Method) -> bool:
    """Whether whoever opens its board names the zones of it."""
    return method.layout in FLOWING and not _shows_records(method) and not has_sheets(method)


def zones_of(method: Method) -> list[str]:
    """What its zones are called. Rows are zones as well, unless they are rounds: of a SWOT its strategies."""
    rows = () if any(one.minutes for one in method.rows) else method.rows
    return [one.title for one in (*method.regions, *rows)]


def _shows_records(method: Method) -> bool:
    return has_board(method.layout, method.id) or board_layout(method) is not None


def has_sheets(method: Method) -> bool:
    """Whether sheets go round, which are dealt when the rounds begin: then nobody names zones."""
    return method.layout == "rounds" and bool(method.rows)


def _card(one: Kind, method: Method) -> Kind | None:
    """None where a card could not say what it must. What a record must, its register asks for later."""
    words = next((field for field in one.fields if field.type in WRITTEN), None)
    is_own = one.name in method.own_kinds
    if words is None or (is_own and any(f.required and f.type not in TYPES for f in one.fields)):
        return None
    others = (field for field in one.fields if field != words and not field.closed)
    more = (field for field in method.extra_fields if one.field(field.name) is None)
    return replace(one, fields=(words, *others, *more))


def _rounds(method: Method) -> dict[str, str | int]:
    """Rows with minutes are rounds (a region is a cell of a sheet); else regions with minutes, one after another."""
    rounds = method.rows or method.regions
    if method.layout not in FLOWING or not rounds or not all(one.minutes for one in rounds):
        return {}
    lengths = [(one.minutes or 1) * MINUTE for one in rounds]
    about: dict[str, str | int] = {"rounds": len(rounds), "round_ms": lengths[0]}
    about |= {f"round_ms/{n}": ms for n, ms in enumerate(lengths, 1) if ms != lengths[0]}
    return about | ({"cells": len(method.regions)} if has_sheets(method) else {})
