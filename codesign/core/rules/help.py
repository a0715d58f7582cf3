"""Help: one queue for the whole room.

Who asks says so in their inbox, which puts them onto the desk; the first of those who lead to go there ends the waiting
for all of them, and of everyone at that table.

On the desk an item for each person who ever asked: `since` while they wait, `asked` the newest asking it knows, so that
what arrives late or twice changes nothing.
"""

from __future__ import annotations

from codesign.core.ask import Ask
from codesign.core.changes import Change, PatchItem, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.inbox import Inbox, inbox_of
from codesign.core.ops import AskHelp, EndHelp, QueueHelp, TakeHelp
from codesign.core.permissions import LEADS, WRITERS
from codesign.core.rules.timer import changed
from codesign.core.stream import Draft, Fields, Item, id_of

UNKNOWN = Refused("unknown", {"field": "person"})


def ask_help(op: AskHelp, ask: Ask, draft: Draft) -> Decision:
    inbox = inbox_of(ask.stream)
    if inbox is None or ask.role not in WRITERS | LEADS:
        return Refused("forbidden", {"action": "help"})
    since = draft.fields.get("help")
    if op.on == (since is not None):
        return NOTHING
    queue = {"type": "queue_help", "person": inbox.person, "on": op.on}
    queue |= {"since": ask.now if op.on else since} | ({"board": op.board} if op.board else {})
    fields: Fields = {"help": ask.now if op.on else None, "help_by": None, "helped_at": None}
    return changed(draft, fields, (Effect(f"desk:{inbox.workshop}", queue),))


def queue_help(op: QueueHelp, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    known = _asking(op.person, draft)
    if known is None and draft.get(op.person) is not None:
        return UNKNOWN  # something else of the desk
    asked = -1 if known is None else int(known["asked"])
    if asked > op.since or (asked == op.since and op.on):
        return NOTHING
    fields: Fields = {"asked": op.since, "since": op.since if op.on else None}
    if op.on:
        fields |= {"board": _known_board(op.board, ask), "by": None}
    if known is not None:
        return Accepted((PatchItem(op.person, fields),))
    item = {"id": op.person, "kind": "help", **fields}
    return Accepted((PutItem({key: value for key, value in item.items() if value is not None}),))


def take_help(op: TakeHelp, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("stage"):
        return no
    asking = _asking(op.person, draft)
    if asking is None:
        return UNKNOWN
    if "since" not in asking:
        if ask.person is None or asking.get("by") in (None, ask.person):
            return NOTHING
        return Refused("conflict", {"reason": "taken_by", "value": asking["by"]})
    together = [one for one in draft.of_kind("help") if "since" in one and _with(asking, one, ask)]
    changes: list[Change] = []
    effects = []
    for one in together:
        changes.append(PatchItem(one["id"], {"since": None, "by": ask.person}))
        end = {"type": "end_help", "since": one["since"], "by": ask.person or one["id"]}
        effects.append(Effect(Inbox(id_of(ask.stream), one["id"]).stream, end))
    return Accepted(tuple(changes), tuple(effects))


def end_help(op: EndHelp, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    if draft.fields.get("help") != op.since:
        return NOTHING
    return changed(draft, {"help": None, "help_by": op.by, "helped_at": ask.now})


def _with(asking: Item, other: Item, ask: Ask) -> bool:
    """The same person, or somebody at the same table."""
    if other["id"] == asking["id"]:
        return True
    board = None if ask.workshop is None else ask.workshop.get(asking.get("board", ""))
    return board is not None and "table" in board and other.get("board") == asking["board"]


def _known_board(board: str | None, ask: Ask) -> str | None:
    item = None if board is None or ask.workshop is None else ask.workshop.get(board)
    return board if item is not None and item["kind"] == "board" else None


def _asking(person: str, draft: Draft) -> Item | None:
    item = draft.get(person)
    return item if item is not None and item["kind"] == "help" else None
