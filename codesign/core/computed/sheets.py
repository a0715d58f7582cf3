"""A record as people read it: several values of a field as a list, its lines in order, what each field rests on.

Twin of static/js/personas/computed.js (tests/vectors/personas.json).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from codesign.core.kinds import KINDS, FieldType
from codesign.core.stream import Item


def gathered(record: Item, lines: Iterable[Item] = ()) -> dict[str, Any]:
    """The record with one value for each field. `lines` are those of the whole register, or only its own."""
    own = [line for line in lines if line["of"] == record["id"] and line["text"].strip()]
    own.sort(key=lambda line: (line["order"], line["id"]))
    found: dict[str, Any] = {"id": record["id"], "kind": record["kind"]}
    for field in KINDS[record["kind"]].fields:
        value = _value(field, record, own)
        if value is not None and value != []:
            found[field.name] = value
    return found


def grounds(record: Mapping[str, Any]) -> dict[str, str]:
    """What each field rests on, where anybody said so."""
    start = "evidence/"
    return {k.removeprefix(start): v for k, v in record.items() if k.startswith(start)}


def _value(field: FieldType, record: Item, lines: list[Item]) -> Any:
    if field.type == "list":
        return [line["text"] for line in lines if line["field"] == field.name]
    if field.type == "multi":
        return [one for one in field.options if f"{field.name}/{one}" in record]
    if field.holds_several:
        start = f"{field.name}/"
        held = sorted(key for key in record if key.startswith(start))
        ids = field.type == "refs"
        return [key.removeprefix(start) if ids else record[key] for key in held]
    if field.type == "money":
        money = [record.get(f"{field.name}/{part}") for part in ("amount", "currency")]
        return None if None in money else money
    return record.get(field.name)
