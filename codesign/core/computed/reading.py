"""A record as what is worked out of it reads it: money as one, several values and lines as a list, others by id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from codesign.core.kinds import FieldType, Kind
from codesign.core.stream import Item

#: A line of amounts by year: `2027: 400 000`.
_YEAR = re.compile(r"\s*((?:19|20|21)\d\d)\D+?([\d\s.,’']*\d)\D*$")


def read_record(
    record: Item,
    kind: Kind,
    lines: Iterable[Item] = (),
    found: Callable[[str], str | None] = lambda id: id,
) -> dict[str, Any]:
    """What is not said is not there. `lines`: those of the register; `found`: another record's id, as it is today."""
    own = [line for line in lines if line["of"] == record["id"] and line["text"].strip()]
    own.sort(key=lambda line: (line["order"], line["id"]))
    read: dict[str, Any] = {"id": record["id"], "kind": record["kind"], "by": record.get("by")}
    for field in kind.fields:
        value = _value(field, record, own, found)
        if value is not None and value != []:
            read[field.name] = value
    return read


def amounts_by_year(lines: Iterable[str]) -> dict[int, int]:
    """Of lines such as `2027: 400 000`; what is no such line is passed over."""
    sums: dict[int, int] = {}
    for line in lines:
        if match := _YEAR.match(line):
            amount = int(re.sub(r"\D", "", match[2]))
            sums[int(match[1])] = sums.get(int(match[1]), 0) + amount
    return sums


def _value(
    field: FieldType, record: Mapping[str, Any], lines: list[Item], found: Callable[[str], Any]
) -> Any:
    start = f"{field.name}/"
    match field.type:
        case "list":
            return [line["text"] for line in lines if line["field"] == field.name]
        case "multi":
            return [one for one in field.options if record.get(start + one)]
        case "tags":
            return [record[key] for key in sorted(record) if key.startswith(start)]
        case "refs":
            ids = (found(key.removeprefix(start)) for key in record if key.startswith(start))
            return [one for one in ids if one is not None]
        case "ref":
            return found(str(record[field.name])) if field.name in record else None
        case "money":
            amount, currency = record.get(f"{start}amount"), record.get(f"{start}currency")
            both = {"amount": amount, "currency": currency}
            return None if amount is None or currency is None else both
    return record.get(field.name)
