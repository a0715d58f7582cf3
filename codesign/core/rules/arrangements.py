"""Older arrangements of a board of records: how everything stood, kept to be compared with how it stands now."""

from __future__ import annotations

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.decision import Decision, Refused
from codesign.core.ops import KeepArrangement
from codesign.core.record_boards import ACTORS, method_of
from codesign.core.rules.making import put, refuse_new
from codesign.core.stream import Draft


def keep_arrangement(op: KeepArrangement, ask: Ask, draft: Draft) -> Decision:
    """Where they stand their records say, on another stream: what was seen is taken from whoever saw it."""
    if no := ask.refuse("add") or refuse_new(op.id, draft):
        return no
    if method_of(draft.fields) not in ACTORS:
        return Refused("bad_op", {"field": "type"})
    if draft.count_of("arrangement") >= limits.ARRANGEMENTS_PER_BOARD:
        return Refused("limit", {"limit": "arrangements", "most": limits.ARRANGEMENTS_PER_BOARD})
    stood = {f"stood/{record}": code for record, code in op.stood.items()}
    kept = {"id": op.id, "kind": "arrangement", "title": op.title, **stood, "at": ask.now}
    return put(kept, ask, draft)
