"""What a method's board shows and asks for, in the reader's words; static/js/board/records/declared/ draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codesign.core.declared_boards import (
    between,
    board_layout,
    place_of,
    records_of,
    said_by_each,
    value_of_each,
)
from codesign.core.kinds import FieldType, Kind
from codesign.i18n import Words
from codesign.results.field_words import field_word, kind_word, option_word

if TYPE_CHECKING:
    from codesign.core.method import Method, Region

#: Pictures are taken elsewhere; what points at anything at all has no list to choose from.
NOT_ASKED = ("image",)
#: Of an entry: what it may go with.
GOES_WITH = ("canvas_entry", "persona")


def form_of(method: Method, words: Words) -> dict[str, Any]:
    """The method, as its reader is told it; `method` is in their language already."""
    kinds = [(name, method.kind(name)) for name in records_of(method)]
    return {
        "id": method.id,
        "title": method.title,
        "layout": board_layout(method),
        "prompts": method.prompts,
        "regions": [_region(one) for one in method.regions],
        "rows": [_region(one) for one in method.rows],
        "kinds": [_kind(method, kind, words) for _, kind in kinds if kind],
    }


def _region(one: Region) -> dict[str, Any]:
    return {"id": one.id, "title": one.title, "kind": one.kind or ""}


def _kind(method: Method, kind: Kind, words: Words) -> dict[str, Any]:
    fields = [
        _field(method, kind, one, words)
        for one in kind.fields
        if one.type not in NOT_ASKED and (one.type != "ref" or one.options or one.name == "ref")
    ]
    return {
        "name": kind.name,
        "label": kind_word(kind.name, words),
        "fields": fields,
        "shown": method.shown.get(kind.name),
        "place": place_of(method, kind.name),
        "region": next((one.id for one in method.regions if one.kind == kind.name), ""),
        "row": next((one.id for one in method.rows if one.kind == kind.name), ""),
        "each": said_by_each(method, kind.name),
        "value": value_of_each(method, kind.name),
        "joins": bool(between(kind)),
        "parent": next(
            (one.name for one in kind.fields if one.options == (kind.name,) and one.type == "ref"),
            "",
        ),
        "under": _under(method, kind),
    }


def _under(method: Method, kind: Kind) -> str:
    """The field by which it hangs on another kind of this method, where the board is a tree."""
    others = {*records_of(method)} - {kind.name}
    refs = (one for one in kind.fields if one.type == "ref" and len(one.options) == 1)
    return next((one.name for one in refs if one.options[0] in others), "")


def _field(method: Method, kind: Kind, field: FieldType, words: Words) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": field.name,
        "label": field_word(kind.name, field.name, words),
        "type": field.type,
    }
    if field.required:
        told["required"] = True
    if field.closed:
        told["closed"] = True
    if field.type in ("enum", "multi"):
        titles = {one.id: one.title for one in method.places}
        own = titles if {*field.options} <= titles.keys() else {}
        told["options"] = [
            (one, own.get(one) or option_word(field, one, words)) for one in field.options
        ]
    if field.type in ("ref", "refs"):
        told["of"] = "|".join(field.options or GOES_WITH)
    if field.type == "scale":
        told["options"] = _numbers(method, field)
    elif field.least is not None:
        told["least"], told["most"] = field.least, field.most
    return told


def _numbers(method: Method, field: FieldType) -> list[tuple[int, str]]:
    """What each number of a scale means, where the method says so."""
    least, most = field.least or 0, field.most or 0
    labels = method.labels.get(field.name, ())
    named = {least + at: f"{least + at} · {label}" for at, label in enumerate(labels)}
    return [(n, named.get(n, str(n))) for n in range(least, most + 1)]
