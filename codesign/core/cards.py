"""Cards: notes that are something, such as a question or a pin, with what is said of them and what is drawn on them.

A board says in its own fields which cards it takes, `card/<kind>`: the fields of that kind, a line each as in kinds.py,
its words first. So a method's kinds, a host's own as well, travel with the board, and the core knows none by name.
What a card says beside its words stands on the note as `said/<field>`; a drawing is one key for each stroke, `ink/<n>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from codesign.core import limits
from codesign.core.clean import Unclean, clean_text
from codesign.core.decision import Refused
from codesign.core.items import INK, SAID
from codesign.core.kinds import FieldType, Kind, kind
from codesign.core.records import Wrong, value_of
from codesign.core.stream import Fields, Item

CARD = "card/"
#: What forms of a card ask for. Other fields of a record are for its register.
TYPES = frozenset(
    {"text", "longtext", "int", "scale", "enum", "multi", "bool", "date", "month", "place"}
)
_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_SAID_KEY = re.compile(r"said/[a-z0-9][a-z0-9_]{0,39}(?:/[a-z0-9][a-z0-9_]{0,39})?")
_STROKE_KEY = re.compile(r"ink/[0-9a-z]{1,8}")
#: Places in thousandths of the frame's width, `x,y` with blanks between them.
_STROKE = re.compile(r"\d{1,4},\d{1,4}(?: \d{1,4},\d{1,4})*")


def lines_of(one: Kind) -> str:
    """A kind as a board keeps it: what a form can ask for, the words first."""
    return "\n".join(_line(field) for field in one.fields if field.type in TYPES)


def card_kind(name: str, fields: Mapping[str, Any]) -> Kind | None:
    """A kind of card that this board takes."""
    lines = fields.get(CARD + name)
    return kind(name, *lines.split("\n")) if isinstance(lines, str) else None


def check_card(key: str, value: Any) -> str:
    """A kind as a file or a page hands it in. Raises ValueError."""
    name = key.removeprefix(CARD)
    if (
        not _NAME.fullmatch(name)
        or not isinstance(value, str)
        or len(value) > limits.TITLE_BYTES * 8
    ):
        raise ValueError(key[:100])
    read = kind(name, *value.split("\n"))
    if any(field.type not in TYPES for field in read.fields):
        raise ValueError(key)
    return value


def checked_card(
    item: Item, given: Mapping[str, Any], fields: Mapping[str, Any]
) -> Fields | Refused:
    """What may be laid over a note: what its card says, and strokes. `fields` are the board's."""
    found: Fields = {}
    one = card_kind(str(item.get("card", "")), fields)
    for key, value in given.items():
        try:
            found[key] = _stroke(key, value) if key.startswith(INK) else _said(one, key, value)
        except (Wrong, Unclean) as error:
            return Refused("bad_op", {"field": key[:100], "reason": str(error)})
    after = {key: value for key, value in {**item, **found}.items() if value is not None}
    strokes = [key for key in after if key.startswith(INK)]
    if len(strokes) > limits.STROKES or sum(len(after[key]) for key in strokes) > limits.INK_BYTES:
        return Refused("limit", {"limit": "drawing", "most": limits.STROKES})
    return found


def check_ink(key: str) -> Callable[[Any], Any] | None:
    """For whole items that come from outside."""
    return _drawn if _STROKE_KEY.fullmatch(key) else None


def _drawn(value: Any) -> Any:
    if not _is_stroke(value):
        raise ValueError("form")
    return value


def check_said(key: str) -> Callable[[Any], Any] | None:
    """The same of what a card says: flat, short and clean, whichever kinds the board takes."""
    return _plain if _SAID_KEY.fullmatch(key) else None


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10**15):
        return value
    if not isinstance(value, str):
        raise ValueError("type")
    return clean_text(value, most=limits.TEXT_BYTES)


def strokes_of(item: Mapping[str, Any]) -> list[str]:
    return [item[key] for key in sorted(item) if key.startswith(INK)]


def _stroke(key: str, value: Any) -> str | None:
    if not _STROKE_KEY.fullmatch(key):
        raise Wrong("form")
    if value is None:
        return None
    if not _is_stroke(value):
        raise Wrong("form")
    return str(value)


def _is_stroke(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > limits.STROKE_BYTES:
        return False
    return _STROKE.fullmatch(value) is not None


def _said(one: Kind | None, key: str, value: Any) -> Any:
    name, _, member = key.removeprefix(SAID).partition("/")
    field = one.field(name) if one and key.startswith(SAID) else None
    if one is None or field is None or name == one.title:
        raise Wrong("no_field")
    if bool(member) != field.holds_several:
        raise Wrong("form")
    return None if value is None else value_of(field, member, value)


def _line(field: FieldType) -> str:
    inside = "|".join(field.options) if field.options else ""
    if field.least is not None:
        inside = f"{field.least}..{field.most}"
    return f"{field.name}: {field.type}{f'({inside})' if inside else ''}{'!' if field.required else ''}"


def kinds_on(fields: Mapping[str, Any]) -> Iterable[Kind]:
    """The kinds of card that this board takes."""
    names = (key.removeprefix(CARD) for key in sorted(fields) if key.startswith(CARD))
    return (one for name in names if (one := card_kind(name, fields)))
