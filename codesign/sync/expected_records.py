"""What a page expects of an op of a register, or of a placement. Twin of static/js/board/ops_records.js."""

from __future__ import annotations

from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem
from codesign.core.kinds import KINDS
from codesign.core.records import refs_of
from codesign.sync.pending import Op
from codesign.sync.replica import View


def expected_of_records(op: Op, view: View, me: str, now: int) -> list[Change]:
    """The changes; none for ops of other streams."""
    match op["type"]:
        case "create_record":
            given = {key: value for key, value in op["fields"].items() if value is not None}
            return [PutItem({"id": op["id"], "kind": op["kind"], **given, "by": me, "at": now})]
        case "edit_record":
            return [PatchItem(op["id"], op["fields"])]
        case "merge_records":
            return [PatchItem(op["id"], {"merged": op["into"]})]
        case "delete_record":
            return _without(op["id"], view)
        case "create_placement":
            what = {"id": op["id"], "kind": "placement", "record": op["record"]}
            return [PutItem({**what, "by": me, "at": now})]
        case "keep_arrangement":
            stood = {f"stood/{record}": code for record, code in op["stood"].items()}
            kept = {"id": op["id"], "kind": "arrangement", "title": op["title"], **stood}
            return [PutItem({**kept, "by": me, "at": now})]
        case "read_place":
            # A lane holds no placements: there it is a field of the lane itself (P15.3).
            if op["id"] not in view.items:
                return [PatchStream({f"x/{op['id']}": op["x"], f"y/{op['id']}": op["y"]})]
            return [PatchItem(op["id"], {f"x/{me}": op["x"], f"y/{me}": op["y"]})]
    return []


def _without(record_id: str, view: View) -> list[Change]:
    """Its relations, lines and rows of plans go with it; what else points at it the server lets go of."""
    ends = {
        "relation": ("from", "to"),
        "line": ("of",),
        "engagement": ("stakeholder",),
        "score": ("item", "criterion"),
    }
    gone = [
        str(item["id"])
        for item in view.items.values()
        if any(
            key in ends.get(item["kind"], ()) and id == record_id
            for key, id in refs_of(item, KINDS.get(item["kind"]))
        )
    ]
    return [*(DropItem(each) for each in gone), DropItem(record_id)]
