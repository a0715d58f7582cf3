"""What a page expects of the ops that keep a room together. Twin of static/js/board/ops_together.js."""

from __future__ import annotations

from codesign.core.changes import Change, PatchStream
from codesign.core.items import finished_key, hand_key
from codesign.sync.pending import Op

TOGETHER_OPS = frozenset({"allow_cheers", "say_finished", "raise_hand", "ask_help"})


def expected_of_together(op: Op, me: str, now: int) -> list[Change]:
    """Of what is one's own; what moves or tells others is seen when it has."""
    on = op["on"]
    match op["type"]:
        case "allow_cheers":
            return [PatchStream({"cheers_off": None if on else True})]
        case "say_finished":
            return [PatchStream({finished_key(me): True if on else None})]
        case "raise_hand":
            return [PatchStream({hand_key(op.get("person") or me): now if on else None})]
    return [PatchStream({"help": now if on else None, "help_by": None, "helped_at": None})]
