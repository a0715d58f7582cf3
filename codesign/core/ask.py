"""What a rule is handed beside the op and the draft: who asks, when, knowing what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from codesign.core import permissions
from codesign.core.decision import Refused
from codesign.core.history import History
from codesign.core.items import SHARED_KINDS
from codesign.core.limits import GUARD_MS
from codesign.core.stream import Entry, Item, Readable


@dataclass(frozen=True, slots=True)
class UndoSource:
    """What an undo needs of the journal: the entry of the op, and all entries after it.

    `later` may be left empty when the room's history reaches back to the entry.
    """

    entry: Entry
    later: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks (`person` is None for the product), in which role, when (ms), having seen `base`."""

    stream: str
    person: str | None
    role: str
    now: int
    base: int
    stage: str
    history: History
    workshop: Readable | None = None
    undo: UndoSource | None = None

    def refuse(self, action: str, whose: str = "own") -> Refused | None:
        """A refusal when the asker's role or the stage does not allow `action`."""
        if permissions.may(self.role, action, self.stage, whose):
            return None
        return Refused(permissions.refusal(self.role, action, whose), {"action": action})

    def whose(self, item: Item) -> str:
        """`protected`, `shared`, `own` or `other`, for the table of permissions."""
        if item.get("protected", False) or item["kind"] == "region":
            return "protected"
        if item["kind"] in SHARED_KINDS:
            return "shared"
        return "own" if item.get("by") == self.person else "other"

    def guarded(self, item: Item, fields: dict[str, Any]) -> Refused | None:
        """`conflict` when someone else changed a field after `base` and a while ago (P4.8)."""
        for field, value in fields.items():
            if item.get(field) == value:
                continue
            touch = self.history.touch(item["id"], field)
            if touch is not None and self._is_foreign(touch.seq, touch.by, touch.at):
                return conflict(item, field, touch.by)
        return None

    def guarded_delete(self, item: Item) -> Refused | None:
        """The same for taking an item away; reactions of others do not stand in the way."""
        for field, touch in self.history.touches(item["id"]).items():
            if field.startswith("reaction/"):
                continue
            if self._is_foreign(touch.seq, touch.by, touch.at):
                return conflict(item, field, touch.by)
        return None

    def _is_foreign(self, seq: int, by: str | None, at: int) -> bool:
        return seq > self.base and by != self.person and self.now - at > GUARD_MS


def conflict(item: Item, field: str, by: str | None) -> Refused:
    """The value as it stands today goes back to the asker, who is offered both."""
    return Refused(
        "conflict", {"id": item["id"], "field": field, "value": item.get(field), "by": by}
    )
