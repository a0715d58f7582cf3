"""What a page expects of the ops of tables. Twin of static/js/board/ops_tables.js."""

from __future__ import annotations

from codesign.core.changes import Change, PatchItem, PatchStream
from codesign.core.items import sits_key
from codesign.sync.pending import Op

TABLE_OPS = frozenset({"seat_people", "recall_tables", "set_call"})


def expected_of_tables(op: Op) -> list[Change]:
    """Of seats, the recall and the call; what follows from anything else is seen when it has."""
    match op["type"]:
        case "seat_people":
            sits = {sits_key(person): table for person, table in op["sits"].items()}
            return [PatchItem(op["id"], sits)]
        case "recall_tables":
            return [PatchItem(op["id"], {"recall": op["at"]})]
        case "set_call":
            return [PatchStream({"call": op["call"]})]
    return []
