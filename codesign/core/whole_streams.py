"""Whole streams that come from outside, such as from a workshop's archive: what may stand in any of their items.

More lenient than whole.py: a field this version does not know is kept as it is, so that nothing is lost on the way
through an archive; what the code relies on is there, and of the type it is read as.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from codesign.core import limits
from codesign.core.clean import clean_text
from codesign.core.items import COLOURS, LAYOUTS, LINE_KINDS, TEXT_FIELDS
from codesign.core.kinds import KINDS, Kind, kind_in
from codesign.core.permissions import ROLES, STAGES
from codesign.core.stream import Fields, Item

ID = re.compile(rf"[A-Za-z0-9_-]{{{limits.ID_LETTERS}}}")
_KEY = re.compile(r"[!-~]{1,300}")
_ORDER = re.compile(rf"[A-Za-z0-9]{{1,{limits.ORDER_LETTERS}}}")
_WHOLE = 2**53
#: Names of fields, before any `/`, that hold numbers wherever they stand, and words.
_NUMBERS = frozenset(
    {
        *("at", "ballots", "brought_at", "brought_h", "brought_w", "brought_x", "brought_y"),
        *("came", "cap", "cast", "closed", "count", "dots", "ends", "given", "h", "helped_at"),
        *("made", "message_at", "round"),
        *("minutes", "notice_at", "number", "of", "opened", "option", "reached", "recall"),
        *("deviceless", "shared", "shared_cast", "sharing", "silence", "since", "spot_at"),
        *("stage_minutes", "starts", "step_at", "step_number"),
        *("steps", "suffix", "supporters", "timer_ends", "timer_left", "timer_of", "total", "turn"),
        *("voters", "w", "went", "written", "x", "y"),
    }
)
_WORDS = frozenset(
    {
        *("alt", "board", "by", "city", "cluster", "colour", "file", "from", "hidden", "kind"),
        *("label", "lang", "mode", "name", "note", "notice", "origin", "programme", "question"),
        *("answer", "entered", "person", "proposal", "reason", "record", "region", "role"),
        *("seating", "sits", "spot", "stage", "state", "step"),
        *("table", "template", "text", "title", "to", "tables", "late", "translator", "made_of"),
        *("within", "about"),
        *("carry", "gathering", "key", "methods", "playbook"),
    }
)
#: Records are not read by these: their kinds say what is what.
_TYPES = {"int": int, "scale": int, "bool": bool}
#: What an item of a kind, or the stream itself, cannot be without.
_NEEDED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "workshop": {
        "": ("title", "question", "programme", "door", "stage", "board"),
        "person": ("name", "role"),
        "city": ("name", "colour", "order"),
        "board": ("title",),
        "step": ("order",),
        "vote": ("question", "board", "dots", "cap", "secret", "state", "opened", "cast"),
        "consent": ("proposal", "board", "shown", "state", "opened", "round"),
        "seating": ("template", "state", "late", "made"),
        "table": ("seating", "number", "board"),
        "expected": ("seating", "name", "table"),
    },
    "desk": {
        "step": ("order", "title", "minutes", "mode", "stage"),
        "correction": ("person", "there", "at"),
    },
    "board": {
        "": ("layout", "workshop", "question"),
        "note": ("text", "colour", "at"),
        "cluster": ("name",),
        "region": ("title", "order"),
        "frame": ("title", "x", "y", "w", "h"),
        "heading": ("text",),
        "connector": ("from", "to", "label"),
        "image": ("file", "alt", "w", "h"),
        "placement": ("record",),
        "arrangement": ("title", "at"),
        "comment": ("about", "text", "at"),
        "factor": ("label",),
        "causal_link": ("from", "to", "polarity"),
    },
    "register": {},
    "closed": {},
}
#: Kinds that no archive holds: what was done is said by the server it was done on, and by no file; a version is a place
#: in its journal.
_NEVER: Mapping[str, frozenset[str]] = {
    "desk": frozenset({"deed"}),
    "closed": frozenset({"version"}),
}
_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "colour": COLOURS,
    "layout": LAYOUTS,
    "stage": STAGES,
    "door": ("open", "closed", "passphrase", "approve"),
}


def check_stream(kind: str, fields: Mapping[str, Any], items: list[Mapping[str, Any]]) -> None:
    """Raises ValueError on anything that may not be."""
    _check_holder(kind, "", fields, fields)
    for item in items:
        of = item["kind"]
        if not isinstance(of, str) or not isinstance(item["id"], str) or not _is_id(item["id"]):
            raise ValueError("kind")
        if of in _NEVER.get(kind, ()):
            raise ValueError(of)
        _check_holder(kind, of, item, fields)


def _check_holder(
    stream: str, kind: str, holder: Fields | Item | Mapping[str, Any], fields: Mapping[str, Any]
) -> None:
    """`fields`: of the stream; a register says there which kinds it knows."""
    needed = _NEEDED[stream].get(kind, ())
    known = kind_in(kind, fields) if stream == "register" and kind else None
    if known is not None:
        needed = (known.title,)
    if missing := [name for name in needed if name not in holder]:
        raise ValueError(missing[0])
    for key, value in holder.items():
        _check_value(key, value)
        _check_type(stream, known or KINDS.get(kind), kind, key, value)
    if stream == "board" and kind in TEXT_FIELDS and kind not in ("region", "frame", *LINE_KINDS):
        _check_place(holder)


def _check_place(item: Mapping[str, Any]) -> None:
    if {"region", "order", "x", "y"} & item.keys() not in ({"region", "order"}, {"x", "y"}):
        raise ValueError("place")


def _check_value(key: str, value: Any) -> None:
    """Flat, and nothing that the cleaner would have changed."""
    if not _KEY.fullmatch(key):
        raise ValueError("key")
    match value:
        case bool():
            pass
        case int() if -_WHOLE <= value <= _WHOLE:
            pass
        case str() if clean_text(value) == value:
            pass
        case _:
            raise ValueError(key)


def _check_type(stream: str, known: Kind | None, kind: str, key: str, value: Any) -> None:
    name, _, rest = key.partition("/")
    wanted: type | None = None
    if "/" in rest:
        pass  # what is said about a translation, a reaction: nothing is computed with it
    elif stream in ("register", "closed"):
        wanted = _type_of_record(known, name)
    elif name in _NUMBERS or key == "origin/number":
        wanted = int
    elif name in _WORDS:
        wanted = str
    if wanted is not None and type(value) is not wanted:
        raise ValueError(key)
    if name == "order" and not (isinstance(value, str) and _ORDER.fullmatch(value)):
        raise ValueError(key)
    if key in _ONE_OF and stream not in ("register", "closed") and value not in _ONE_OF[key]:
        raise ValueError(key)
    if key == "role" and kind == "person" and value not in ROLES:
        raise ValueError(key)


def _type_of_record(kind: Kind | None, name: str) -> type | None:
    field = kind.field(name) if kind else None
    if field is None or field.holds_several or field.type in ("money", "list"):
        return None
    return _TYPES.get(field.type, str)


def _is_id(value: str) -> bool:
    return ID.fullmatch(value) is not None
