"""What a page expects of the ops of a desk and of a timer. Twin of static/js/board/ops_steps.js."""

from __future__ import annotations

from typing import Any

from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem
from codesign.core.rules.steps import DEFAULTS
from codesign.sync.pending import Op
from codesign.sync.replica import View


def expected_of_steps(op: Op, view: View) -> list[Change]:
    rest = {key: value for key, value in op.items() if key not in ("type", "id")}
    match op["type"]:
        case "add_step":
            order = rest.pop("order")
            fields = {key: value for key, value in _held(rest).items() if value is not None}
            return [PutItem({"id": op["id"], "kind": "step", "order": order, **DEFAULTS, **fields})]
        case "edit_step":
            return [PatchItem(op["id"], _held(rest))]
        case "move_step":
            return [PatchItem(op["id"], rest)]
        case "copy_step":
            step = {k: v for k, v in view.items.get(op["of"], {}).items() if k != "skipped"}
            return [PutItem({**step, "id": op["id"], "order": op["order"]})] if step else []
        case "delete_step":
            return [DropItem(op["id"])]
        case "set_desk":
            languages = rest.pop("languages", {})
            switched = {f"language/{lang}": on or None for lang, on in languages.items()}
            return [PatchStream(rest | switched)]
        case "admit_people":
            return [DropItem(person) for person in op["people"]]
        case "turn_away":
            return [PatchItem(person, {"refused": True}) for person in op["people"]]
        case "set_timer":
            return [PatchStream(_timer(op))]
        case "stop_notice":
            return [PatchStream({"notice": None, "notice_at": None})]
    return []


def _timer(op: Op) -> dict[str, Any]:
    of = f"/{op['table']}" if op.get("table") is not None else ""
    fields = {
        f"timer_ends{of}": op.get("ends_at"),
        f"timer_left{of}": op.get("left"),
        f"timer_of{of}": op.get("of"),
    }
    return fields if of else {**fields, "notice": None, "notice_at": None}


def _held(given: dict[str, Any]) -> dict[str, Any]:
    """As the item holds them: a switch that is off, empty words and a wish for nothing are absent."""
    fields = {key: value for key, value in given.items() if key != "may"}
    for key, value in fields.items():
        if value is None:
            fields[key] = DEFAULTS.get(key)
        elif (key, value) in _NOTHING:
            fields[key] = None
    return fields | {f"may/{one}": on or None for one, on in given.get("may", {}).items()}


_NOTHING = {
    ("anonymous", False),
    ("pause", False),
    ("skipped", False),
    ("at_zero", "nothing"),
    ("question", ""),
    ("note", ""),
}
