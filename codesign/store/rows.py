"""How entries and states lie in the database: JSON, read back with mistrust."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import to_json

from codesign.core.changes import Change, from_wire, to_wire
from codesign.core.stream import Entry, State
from codesign.store.errors import Corrupt


@dataclass(frozen=True, slots=True)
class Row:
    """An entry, and what only the server knows of it. Frames are made of `entry`, never of a row.

    `digest` tells whether a resend of (client, n) has the same content; `workshop_seq` is the state of the workshop
    by which a board judged the op. All but `entry` are None for what the product asked by itself.
    """

    entry: Entry
    client: str | None = None
    n: int | None = None
    digest: str | None = None
    base: int | None = None
    workshop_seq: int | None = None
    #: The entry's changes as JSON, where somebody has written them out already.
    changes: bytes | None = field(default=None, compare=False)


#: Items of a snapshot written out in one go.
ITEMS_AT_ONCE = 500
#: The columns of `entries` after `stream`, in the order of `values_of` and `row_of`.
COLUMNS = (
    "seq",
    "by",
    "at",
    "client",
    "n",
    "digest",
    "base",
    "workshop_seq",
    "changes",
    "inverse",
)


def values_of(row: Row) -> tuple[Any, ...]:
    entry = row.entry
    return (
        entry.seq,
        entry.by,
        entry.at,
        row.client,
        row.n,
        row.digest,
        row.base,
        row.workshop_seq,
        _dump([to_wire(change) for change in entry.changes])
        if row.changes is None
        else row.changes.decode(),
        _dump([to_wire(change) for change in entry.inverse]),
    )


def row_of(stream: str, values: Sequence[Any]) -> Row:
    seq, by, at, client, n, digest, base, workshop_seq, changes, inverse = values
    try:
        entry = Entry(seq, by, at, _changes(changes), _changes(inverse))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Corrupt(stream, f"entry {seq} cannot be read: {error}") from error
    return Row(entry, client, n, digest, base, workshop_seq)


def rows_of(stream: str, found: Sequence[Sequence[Any]], *, after: int) -> list[Row]:
    """The rows that follow `after`, without a gap; a journal with a hole in it is not believed."""
    rows = [row_of(stream, values) for values in found]
    for seq, row in enumerate(rows, after + 1):
        if row.entry.seq != seq:
            raise Corrupt(stream, f"entry {seq} is missing")
    return rows


def copy_of(state: State) -> dict[str, Any]:
    """The state as a snapshot has it; shares its items, which nobody mutates, and nothing that changes."""
    return {
        "fields": state.fields,
        "items": list(state.items.values()),
        "dropped": sorted(state.dropped),
    }


def dump_copy(copy: Mapping[str, Any]) -> tuple[str, str]:
    """The text of a snapshot and its digest.

    Some items at a time, so that the event loop gets its turn while a thread writes out a big board.
    """
    items = copy["items"]
    starts = range(0, len(items), ITEMS_AT_ONCE)
    written = ",".join(_dump(items[at : at + ITEMS_AT_ONCE])[1:-1] for at in starts)
    fields, dropped = _dump(copy["fields"]), _dump(copy["dropped"])
    text = f'{{"fields":{fields},"items":[{written}],"dropped":{dropped}}}'
    return text, digest_of(text)


def read_state(stream: str, text: str, digest: str) -> State:
    if digest_of(text) != digest:
        raise Corrupt(stream, "the snapshot is damaged")
    try:
        stored: Mapping[str, Any] = json.loads(text)
        items = {item["id"]: item for item in stored["items"]}
        return State(stored["fields"], items, set(stored["dropped"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Corrupt(stream, f"the snapshot cannot be read: {error}") from error


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def dump_json(value: object) -> str:
    return _dump(value)


def dump_op(op: Mapping[str, Any]) -> str:
    return _dump(op)


def read_op(stream: str, text: str) -> dict[str, Any]:
    try:
        op = json.loads(text)
    except ValueError as error:
        raise Corrupt(stream, f"a due effect cannot be read: {error}") from error
    if not isinstance(op, dict):
        raise Corrupt(stream, "a due effect is not an op")
    return op


def _changes(text: str) -> tuple[Change, ...]:
    return tuple(from_wire(wire) for wire in json.loads(text))


def _dump(value: object) -> str:
    # pydantic's writer: five times as fast as json's, and while a big board is written nobody else runs. Control
    # characters are escaped, so that PostgreSQL, whose text has no NUL, takes whatever SQLite takes.
    return to_json(value).decode()
