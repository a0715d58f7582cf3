"""What may stand in the fields of a record: types, ranges, codes, money, and other records that are there.

An item keeps a field flat: several values are one key per member (`flow/money`), money is `cost/amount` (whole units)
and `cost/currency`. A refusal names the field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from codesign.core import limits
from codesign.core.clean import Unclean, clean_line, clean_text
from codesign.core.decision import Refused
from codesign.core.kinds import EVIDENCE, EVIDENCED, WRITTEN, FieldType, Kind, kind_in
from codesign.core.stream import Fields, Item, Readable

_ID = re.compile(rf"[A-Za-z0-9_-]{{{limits.ID_LETTERS}}}")
_ORDER = re.compile(rf"[A-Za-z0-9]{{1,{limits.ORDER_LETTERS}}}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MONTH = re.compile(r"(19|20|21)\d\d-(0[1-9]|1[0-2])")
_DATE = re.compile(r"(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
#: What is between others, and nothing without them: its required refs are never empty.
BETWEEN = frozenset({"relation", "causal_link", "engagement", "line", "score"})
#: Money of one field, in whole units of its currency.
MONEY = 10**15

Look = Callable[[str], Item | None]


class Wrong(Exception):
    """What a field cannot be; `code` is a refusal's."""

    def __init__(self, reason: str, code: str = "bad_op") -> None:
        super().__init__(reason)
        self.code = code


def checked(
    kind: Kind,
    given: Mapping[str, Any],
    there: Item,
    register: Readable,
    *,
    closed: bool = False,
) -> Fields | Refused:
    """The fields cleaned, as they may be laid over `there`. `register` has the records that are pointed at."""
    fields: Fields = {}
    for key, value in given.items():
        name, _, member = key.partition("/")
        if name in ("evidence", "source") and kind.name in EVIDENCED and not closed:
            try:
                fields[key] = _ground(kind, name, member, value)
            except (Wrong, Unclean) as error:
                return Refused("bad_op", {"field": key, "reason": str(error)})
            continue
        field = kind.field(name)
        if field is None or field.closed != closed:
            return Refused("bad_op", {"field": key, "reason": "no_field"})
        try:
            fields[key] = _value(kind, field, member, value, register.get)
        except (Wrong, Unclean) as error:
            return Refused(error.code, {"field": key, "reason": str(error)})
    after = {**there, **fields}
    return _refuse_whole(kind, after, fields) or _refuse_line(kind, after, register) or fields


def value_of(field: FieldType, member: str, value: Any) -> Any:
    """A value as a field holds it that points at nothing else. Raises `Wrong` or `Unclean`."""
    return _CHECKS[field.type](field, member, value, lambda _: None)


def is_written(kind: Kind | None, field: str) -> bool:
    """Whether several people may write in this field at once."""
    known = kind.field(field) if kind else None
    return known is not None and known.type in WRITTEN


def room_for(kind: Kind, field: str) -> int:
    """The most bytes of a written field."""
    known = kind.field(field)
    return limits.TEXT_BYTES if known and known.type == "longtext" else limits.TITLE_BYTES


def kind_of_record(record: Item, register: Readable) -> Kind | None:
    return kind_in(str(record["kind"]), register.fields)


def refs_of(record: Item, kind: Kind | None) -> list[tuple[str, str]]:
    """Keys by which a record points at others, each with the id it points at."""
    found: list[tuple[str, str]] = []
    for field in kind.fields if kind else ():
        if field.type == "ref" and field.name in record:
            found.append((field.name, str(record[field.name])))
        elif field.type == "refs":
            start = f"{field.name}/"
            found += [(key, key.removeprefix(start)) for key in record if key.startswith(start)]
    return found


def _value(kind: Kind, field: FieldType, member: str, value: Any, look: Look) -> Any:
    if (bool(member)) != (field.holds_several or field.type == "money"):
        raise Wrong("form")
    if value is None:
        if field.name == kind.title or _is_held(kind, field):
            raise Wrong("needed")
        return None
    return _CHECKS[field.type](field, member, value, look)


def _refuse_whole(kind: Kind, after: Item, given: Fields) -> Refused | None:
    """What no field can tell alone."""
    if not after.get(kind.title):
        return Refused("bad_op", {"field": kind.title, "reason": "needed"})
    for field in kind.fields:
        if _is_held(kind, field) and not after.get(field.name):
            return Refused("bad_op", {"field": field.name, "reason": "needed"})
        keys = (f"{field.name}/amount", f"{field.name}/currency")
        if field.type != "money" or not any(key in given for key in keys):
            continue
        if (after.get(keys[0]) is None) != (after.get(keys[1]) is None):
            return Refused("bad_op", {"field": field.name, "reason": "currency"})
    start = kind.field("from")
    joins = start is not None and start.type == "ref"
    if joins and "from" in after and after["from"] == after.get("to"):
        return Refused("bad_op", {"field": "to", "reason": "itself"})
    return None


def _refuse_line(kind: Kind, after: Item, register: Readable) -> Refused | None:
    """A line stands in a list that its record has, at a place that can be sorted."""
    if kind.name != "line":
        return None
    owner = register.get(str(after["of"]))
    of = kind_of_record(owner, register) if owner else None
    field = of.field(str(after.get("field"))) if of else None
    if field is None or field.type != "list":
        return Refused("bad_op", {"field": "field", "reason": "no_field"})
    if not _ORDER.fullmatch(str(after.get("order", ""))):
        return Refused("bad_op", {"field": "order", "reason": "form"})
    return None


def _ground(kind: Kind, name: str, member: str, value: Any) -> Any:
    """What a field rests on, or where that is from."""
    field = kind.field(member)
    if field is None or field.closed:
        raise Wrong("no_field")
    if value is None:
        return None
    if not isinstance(value, str):
        raise Wrong("form")
    if name == "source":
        return clean_line(value)
    if value not in EVIDENCE:
        raise Wrong("choice")
    return value


def _is_held(kind: Kind, field: FieldType) -> bool:
    return kind.name in BETWEEN and field.type == "ref" and field.required


def _text(field: FieldType, member: str, value: Any, look: Look) -> str:
    if not isinstance(value, str):
        raise Wrong("form")
    return clean_line(value) if field.type != "longtext" else clean_text(value)


def _whole(field: FieldType, member: str, value: Any, look: Look) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong("form")
    if (field.least is not None and value < field.least) or (
        field.most is not None and value > field.most
    ):
        raise Wrong("range")
    return value


def _enum(field: FieldType, member: str, value: Any, look: Look) -> str:
    if value not in field.options or not isinstance(value, str):
        raise Wrong("choice")
    return value


def _multi(field: FieldType, member: str, value: Any, look: Look) -> bool:
    if member not in field.options:
        raise Wrong("choice")
    return _true(value)


def _tag(field: FieldType, member: str, value: Any, look: Look) -> str:
    """Free words, each under an id of its own: keys are ASCII (P2.4)."""
    if not _ID.fullmatch(member) or not isinstance(value, str):
        raise Wrong("form")
    return clean_line(value)


def _money(field: FieldType, member: str, value: Any, look: Look) -> Any:
    if member == "currency":
        return _matching(_CURRENCY, value)
    if member != "amount" or not isinstance(value, int) or isinstance(value, bool):
        raise Wrong("form")
    if not 0 <= value <= MONEY:
        raise Wrong("range")
    return value


def _bool(field: FieldType, member: str, value: Any, look: Look) -> bool:
    if not isinstance(value, bool):
        raise Wrong("form")
    return value


def _ref(field: FieldType, member: str, value: Any, look: Look) -> Any:
    target = member or value
    if not isinstance(target, str) or not _ID.fullmatch(target):
        raise Wrong("form")
    found = look(target)
    if found is None or (field.options and found["kind"] not in field.options):
        raise Wrong("no_record", "unknown")
    return _true(value) if member else value


def _image(field: FieldType, member: str, value: Any, look: Look) -> Any:
    return _matching(_ID, value)


def _month(field: FieldType, member: str, value: Any, look: Look) -> Any:
    return _matching(_MONTH, value)


def _date(field: FieldType, member: str, value: Any, look: Look) -> Any:
    return _matching(_DATE, value)


def _list(field: FieldType, member: str, value: Any, look: Look) -> Any:
    """Lines are items of their own (P2.2)."""
    raise Wrong("form")


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Wrong("form")
    return value


def _true(value: Any) -> bool:
    if value is not True:
        raise Wrong("form")
    return True


_CHECKS: dict[str, Callable[[FieldType, str, Any, Look], Any]] = {
    **dict.fromkeys(("text", "longtext", "place"), _text),
    **dict.fromkeys(("int", "scale"), _whole),
    **{"enum": _enum, "multi": _multi, "tags": _tag, "money": _money, "bool": _bool},
    **{"ref": _ref, "refs": _ref, "image": _image, "month": _month, "date": _date, "list": _list},
}
