"""What a page expects of an op about votes. Twin of static/js/board/ops_votes.js."""

from __future__ import annotations

from typing import Any

from codesign.core.changes import Change, PatchItem, PutItem
from codesign.sync.pending import Op

#: What becomes of a vote that ends, until the server has counted it.
ENDED = {"close_vote": "counting", "cancel_vote": "cancelled"}


def expected_of_votes(op: Op, now: int) -> list[Change]:
    if op["type"] in ENDED:
        return [PatchItem(op["id"], {"state": ENDED[op["type"]]})]
    item: dict[str, Any] = {"kind": "vote", "secret": True, "state": "open", "cast": 0}
    item |= {key: op[key] for key in ("id", "question", "board", "dots", "cap")}
    item |= {"opened": now, "secret": op.get("secret", True)}
    item |= {key: op[key] for key in ("leads", "after") if op.get(key)}
    item |= {f"option/{option}": at for at, option in enumerate(op["options"])}
    return [PutItem(item)]
