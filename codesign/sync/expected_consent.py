"""What a page expects of the ops of consent rounds. Twin of static/js/board/ops_consent.js."""

from __future__ import annotations

from typing import Any

from codesign.core.changes import Change, PatchItem, PatchStream, PutItem
from codesign.sync.pending import Op

CONSENT_OPS = frozenset({"open_consent", "close_consent", "answer_consent", "answer_for"})


def expected_of_consent(op: Op, now: int) -> list[Change]:
    match op["type"]:
        case "close_consent":
            return [PatchItem(op["id"], {"state": "closed"})]
        case "answer_consent":
            said = {f"answer/{op['consent']}": op["answer"]}
            return [PatchStream(said | {f"reason/{op['consent']}": op.get("words") or None})]
        case "answer_for":
            return []
    item: dict[str, Any] = {"kind": "consent", "state": "open", "opened": now, "round": 1}
    item |= {key: op[key] for key in ("id", "proposal", "board")}
    item |= {"shown": op.get("shown", "at_once")}
    item |= {key: op[key] for key in ("leads", "after") if op.get(key)}
    return [PutItem(item)]
