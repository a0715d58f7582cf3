"""Keeping a room together: people are brought, a note is shown, hands go up, and people say that they are finished.

`brought` (a board) stands in the workshop until the next step, or until tables open or close; `spot` (an item) on its
board. `finished/<person>` and `hand/<person>` are of the step that is on, and go with it.
"""

from __future__ import annotations

from typing import Any

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import Change, PatchItem, PatchStream
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.items import FINISHED, HAND, LINE_KINDS, finished_key, hand_key
from codesign.core.ops import (
    AllowCheers,
    BringPeople,
    EndSpotlight,
    RaiseHand,
    SayFinished,
    SpotlightItem,
)
from codesign.core.permissions import LEADS, WRITERS
from codesign.core.rules.timer import changed
from codesign.core.stream import Draft, Fields, Item
from codesign.core.visibility import is_in

_VIEW = ("x", "y", "w", "h")
_BROUGHT = ("brought", "brought_at", "brought_by", "brought_table", "brought_region")
BROUGHT = (*_BROUGHT, *(f"brought_{side}" for side in _VIEW))


def bring_people(op: BringPeople, ask: Ask, draft: Draft) -> Decision:
    """A table's board that is not shown to everyone is from now on: people could not come there."""
    if no := ask.refuse("stage"):
        return no
    if op.board is None:
        return changed(draft, not_brought(draft))
    board = _of_kind("board", op.board, draft)
    if board is None:
        return Refused("unknown", {"field": "board"})
    if op.table is not None and _of_kind("table", op.table, draft) is None:
        return Refused("unknown", {"field": "table"})
    view = {side: getattr(op, side) for side in _VIEW}
    if len({value is None for value in view.values()}) > 1:
        return Refused("bad_op", {"field": "x"})
    fields: Fields = {f"brought_{side}": value for side, value in view.items()}
    fields |= {"brought": op.board, "brought_at": ask.now, "brought_by": ask.person}
    fields |= {"brought_table": op.table, "brought_region": op.region}
    if op.table is None and "table" not in board:
        fields["board"] = op.board  # whoever comes now lands there, too
    news = {key: value for key, value in fields.items() if draft.fields.get(key) != value}
    return Accepted((*_shown(board, op.table, draft), PatchStream(news)))


def not_brought(draft: Draft) -> Fields:
    """What takes the wish away, where there is one."""
    return {key: None for key in BROUGHT if key in draft.fields}


def next_step(draft: Draft) -> Fields:
    """What was of the step that is left: nobody is finished, no hand is up, nobody is held anywhere."""
    said = (key for key in draft.fields if key.startswith((FINISHED, HAND)))
    return not_brought(draft) | dict.fromkeys(said)


def spotlight_item(op: SpotlightItem, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("stage"):
        return no
    if op.id is None:
        return changed(draft, {"spot": None, "spot_at": None, "spot_by": None})
    item = draft.get(op.id)
    if item is None or item["kind"] in (
        "region",
        "placement",
        "arrangement",
        "comment",
        *LINE_KINDS,
    ):
        return Refused("unknown", {"id": op.id})
    fields: Fields = {"spot": op.id, "spot_at": ask.now, "spot_by": ask.person}
    end = {"type": "end_spotlight", "at": ask.now}
    return changed(draft, fields, (Effect(ask.stream, end, limits.SPOTLIGHT_MS),))


def end_spotlight(op: EndSpotlight, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    if draft.fields.get("spot_at") != op.at:
        return NOTHING
    return changed(draft, {"spot": None, "spot_at": None, "spot_by": None})


def allow_cheers(op: AllowCheers, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("stage"):
        return no
    return changed(draft, {"cheers_off": None if op.on else True})


def say_finished(op: SayFinished, ask: Ask, draft: Draft) -> Decision:
    if ask.role not in WRITERS | LEADS or ask.person is None:
        return Refused("forbidden", {"action": "finished"})
    if draft.fields.get("step") != op.step:
        return NOTHING
    return changed(draft, {finished_key(ask.person): True if op.on else None})


def raise_hand(op: RaiseHand, ask: Ask, draft: Draft) -> Decision:
    """Whoever raised it first stays first. Those who lead take others' hands down, and raise none for them."""
    person = op.person or ask.person
    mine = person == ask.person and ask.role in WRITERS | LEADS
    if person is None or not (mine or (ask.role in LEADS | {"product"} and not op.on)):
        return Refused("forbidden", {"action": "hand"})
    if not is_in(person, draft):
        return Refused("unknown", {"field": "person"})
    key = hand_key(person)
    if draft.fields.get("step") != op.step or (op.on and key in draft.fields):
        return NOTHING
    return changed(draft, {key: ask.now if op.on else None})


def _shown(board: Item, brought: str | None, draft: Draft) -> list[Change]:
    table = _of_kind("table", str(board.get("table", "")), draft)
    if table is None or table["id"] == brought or table.get("shown", False):
        return []
    return [PatchItem(table["id"], {"shown": True})]


def _of_kind(kind: str, item_id: str, draft: Draft) -> dict[str, Any] | None:
    item = draft.get(item_id)
    return item if item is not None and item["kind"] == kind else None
