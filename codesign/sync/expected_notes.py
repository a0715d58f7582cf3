"""What a page expects of an op by which notes are made sense of. Twin of static/js/board/ops_notes.js."""

from __future__ import annotations

from codesign.core.changes import Change, PatchItem, PutItem
from codesign.core.items import mention_key
from codesign.sync.pending import Op
from codesign.sync.replica import View

NOTE_OPS = frozenset({"serve_persona", "merge_note", "add_comment"})


def expected_of_notes(op: Op, view: View, me: str, now: int) -> list[Change]:
    match op["type"]:
        case "serve_persona":
            key = f"serves/{op['persona']}"
            return [PatchItem(op["id"], {key: True if op["on"] else None})]
        case "merge_note":
            return _merged(op["id"], op["into"], view)
        case "add_comment":
            said = {key: op[key] for key in ("id", "about", "text")}
            named = {mention_key(person): True for person in op.get("mentions", ())}
            return [PutItem({**said, "kind": "comment", **named, "by": me, "at": now})]
    return []


def _merged(note: str, into: str | None, view: View) -> list[Change]:
    """What was merged into it comes along, into the note that stands for all."""
    if into is None:
        return [PatchItem(note, {"within": None})]
    root = str(view.items.get(into, {}).get("within", ""))
    within = root if root in view.items else into
    along = sorted(id for id, item in view.items.items() if item.get("within") == note)
    return [PatchItem(each, {"within": within}) for each in (note, *along)]
