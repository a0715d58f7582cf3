"""What a rule is handed beside the op and the draft: who asks, when, knowing what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from codesign.core import permissions
from codesign.core.decision import Refused
from codesign.core.history import History, Touch
from codesign.core.items import SHARED_KINDS
from codesign.core.kinds import KINDS
from codesign.core.limits import GUARD_MS
from codesign.core.stream import Entry, Item, Readable, kind_of


@dataclass(frozen=True, slots=True)
class UndoSource:
    """What an undo needs of the journal: the entry of the op, and all entries after it.

    `later` may be left empty when the room's history reaches back to the entry.
    """

    entry: Entry
    later: tuple[Entry, ...] = ()
    #: The entry is of a lane that was revealed since: `later` reaches to where the room's own history goes on.
    is_revealed: bool = False


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
    #: The board that a lane belongs to; the register whose closed side this is.
    board: Readable | None = None
    undo: UndoSource | None = None
    #: What the step under way lets people who write do; None: as its stage says.
    step: frozenset[str] | None = None
    #: The desk of this workshop as committed, for ops that show what is on it.
    desk: Readable | None = None
    #: Who has this board open, where the room can tell; a round passes sheets to nobody else.
    here: frozenset[str] | None = None
    #: What is protected on this board is everybody's for the time being.
    is_layer_open: bool = False

    def refuse(self, action: str, whose: str = "own") -> Refused | None:
        """A refusal when the asker's role or the stage does not allow `action`."""
        if permissions.may(self.role, action, self.stage, whose, self.step):
            return None
        return Refused(permissions.refusal(self.role, action, whose), {"action": action})

    def whose(self, item: Item) -> str:
        """`protected`, `shared`, `own` or `other`, for the table of permissions."""
        if item["kind"] == "region":
            return "protected"
        if item.get("protected", False):
            return "shared" if self.is_layer_open else "protected"
        if item["kind"] in SHARED_KINDS or item["kind"] in KINDS or is_of_records(self.stream):
            return "shared"
        theirs = (item.get("by"), item.get("entered"))
        return "own" if self.person in theirs else "other"

    def guarded(self, item: Item, fields: dict[str, Any]) -> Refused | None:
        """`conflict` when someone else changed a field after `base` and a while ago (P4.8)."""
        for field, value in fields.items():
            if item.get(field) == value:
                continue
            touch = self.history.touch(item["id"], field)
            if self._is_foreign(touch):
                return conflict(item, field, touch)
        return None

    def guarded_delete(self, item: Item) -> Refused | None:
        """The same for taking an item away; reactions of others do not stand in the way."""
        for field, touch in self.history.touches(item["id"]).items():
            if not field.startswith("reaction/") and self._is_foreign(touch):
                return conflict(item, field, touch)
        return conflict(item, "", None) if self._is_foreign(None) else None

    def _is_foreign(self, touch: Touch | None) -> bool:
        """Without a touch: when `base` is older than all that is remembered, nobody can tell."""
        if touch is None:
            return self.base < self.history.touched_since
        return touch.seq > self.base and touch.by != self.person and self.now - touch.at > GUARD_MS


def is_of_records(stream: str) -> bool:
    """Whether all that is in this stream are records, whatever kinds methods have declared."""
    return kind_of(stream) in ("register", "closed")


def conflict(item: Item, field: str, touch: Touch | None) -> Refused:
    """The value as it stands today goes back to the asker, who is offered both."""
    value, by = item.get(field), touch.by if touch else None
    item_id = item["id"] or None  # the stream's own fields have none
    return Refused("conflict", {"id": item_id, "field": field, "value": value, "by": by})
