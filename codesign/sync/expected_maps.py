"""What a page expects of an op of a system map. Twin of static/js/board/ops_maps.js."""

from __future__ import annotations

from codesign.core.changes import Change, PatchItem, PutItem
from codesign.sync.pending import Op

MAP_OPS = frozenset({"create_factor", "create_causal_link", "edit_item"})


def expected_of_maps(op: Op, me: str, now: int) -> list[Change]:
    if op["type"] == "edit_item":
        return [PatchItem(op["id"], op["fields"])]
    kind = op["type"].removeprefix("create_")
    given = {key: value for key, value in op.items() if key not in ("type", "fields")}
    item = {**given, **op.get("fields", {}), "kind": kind, "by": me, "at": now}
    return [PutItem({key: value for key, value in item.items() if value is not None})]
