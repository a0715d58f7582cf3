"""Silent writing: what may be done in a lane, and how what was hidden comes to the board.

How a silence begins and ends is stages.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import Change, PatchItem, PatchStream, PutItem, apply_changes
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.items import FLOWING
from codesign.core.lanes import Lane, is_open, lane_of, silence_id
from codesign.core.ops import (
    CloseLane,
    CountWriters,
    CreateNote,
    EditItem,
    MoveItem,
    ReadPlace,
    ReleaseLane,
    RevealNotes,
)
from codesign.core.rules.devices import written_by
from codesign.core.rules.making import card_of, city_colour, patched, put
from codesign.core.rules.maps import edit_card
from codesign.core.rules.places import free_spot, settle, settle_move
from codesign.core.stream import Draft, Fields, Item, Readable, id_of
from codesign.core.translations import without_translators

MINUTE_MS = 60_000
#: How a note was entered: of one that has no name it would tell whose it is.
MARKS = ("entered", "shared")
#: After a key: three letters that count, and one that is no zero, so that there is always room between two.
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_COUNTED = len(_DIGITS) ** 3

# In a lane


def opened(ask: Ask) -> Ask | Refused:
    """The ask as its lane judges it: an open board of one's own while writing is silent, else nothing at all."""
    if ask.role == "product":
        return ask
    lane = lane_of(ask.stream)
    if lane is None or ask.workshop is None or not is_open(lane, ask.workshop):
        return Refused("stage", {"action": "add"})
    return replace(ask, stage="open", step=None)


def kept_small(decision: Decision, draft: Draft) -> Decision:
    """`limit` when a lane would hold more words than one person's notes need."""
    if isinstance(decision, Refused):
        return decision
    trial = Draft(draft)
    apply_changes(trial, decision.changes)
    if draft.words < trial.words > limits.LANE_WORD_BYTES:
        return Refused("limit", {"limit": "words", "most": limits.LANE_WORD_BYTES})
    return decision


def create_note(op: CreateNote, ask: Ask, draft: Draft) -> Decision:
    """The first one tells the desk that somebody has begun; how many have, it is told in ticks."""
    if no := ask.refuse("add") or _refuse_closed(draft) or _refuse_new(op.id, draft):
        return no
    place = settle(op.place(), Ground(ask.board, draft))
    if isinstance(place, Refused):
        return place
    if op.cluster is not None:
        return Refused("bad_op", {"field": "cluster"})
    author = written_by(op, ask)
    if isinstance(author, Refused):
        return author
    note = {"id": op.id, "kind": "note", "text": op.text, **place, "at": ask.now}
    note["colour"] = op.colour or city_colour(ask, author["by"])
    card = card_of(op, {} if ask.board is None else ask.board.fields)
    if isinstance(card, Refused):
        return card
    decision = put(note, ask, draft, lang=op.lang, **author, **card)
    return _counted_in(decision, ask)


def read_place(op: ReadPlace, ask: Ask, draft: Draft) -> Decision:
    """Where I put what the board shows: fields of the lane, `x/<placement>` and `y/<placement>`."""
    if no := ask.refuse("move", "shared") or _refuse_closed(draft):
        return no
    placement = None if ask.board is None else ask.board.get(op.id)
    if placement is None or placement["kind"] != "placement":
        return Refused("unknown", {"field": "id"})
    if (op.x is None) != (op.y is None):
        return Refused("bad_op", {"field": "y"})
    if f"x/{op.id}" not in draft.fields and len(draft.fields) >= 2 * limits.NOTES_PER_LANE:
        return Refused("limit", {"limit": "items", "most": limits.NOTES_PER_LANE})
    place = {f"x/{op.id}": op.x, f"y/{op.id}": op.y}
    fields = {key: value for key, value in place.items() if draft.fields.get(key) != value}
    return _counted_in(Accepted((PatchStream(fields),)) if fields else NOTHING, ask)


def edit_item(op: EditItem, ask: Ask, draft: Draft) -> Decision:
    """What my card says, and what I draw: which cards there are, the board knows."""
    item = draft.get(op.id)
    if item is None or item["kind"] != "note":
        return Refused("unknown", {"id": op.id})
    return edit_card(op, item, ask, draft, {} if ask.board is None else ask.board.fields)


def move_item(op: MoveItem, ask: Ask, draft: Draft) -> Decision:
    item = draft.get(op.id)
    if item is None:
        return Refused("unknown")
    if no := ask.refuse("move", ask.whose(item)):
        return no
    if op.w is not None or op.h is not None or op.cluster is not None:
        return Refused("bad_op", {"field": "cluster"})
    fields = settle_move(op.place(), Ground(ask.board, draft))
    return fields if isinstance(fields, Refused) else patched(item, fields, ask)


def hidden_only(rule: Callable[[Any, Ask, Draft], Decision]) -> Callable[..., Decision]:
    """The rule, for what is still hidden: a note that was released is on the board."""

    def judged(op: Any, ask: Ask, draft: Draft) -> Decision:
        item = draft.get(op.id) if op.id is not None else None
        if item is not None and item.get("released", False):
            return Refused("stage", {"action": "edit_text"})
        return _refuse_closed(draft) or rule(op, ask, draft)

    return judged


def refuse_undo(ask: Ask, draft: Draft) -> Refused | None:
    """What was released cannot be hidden again, and a lane that was closed stays as it is."""
    changes = ask.undo.entry.changes if ask.undo else ()
    for change in changes:
        if isinstance(change, PatchItem) and "released" in change.fields:
            return Refused("stage", {"action": "undo"})
        item = draft.get(change.id) if isinstance(change, PatchItem) else None
        if item is not None and item.get("released", False):
            return Refused("stage", {"action": "undo"})
        if isinstance(change, PutItem) and (draft.get(change.item["id"]) or {}).get("released"):
            return Refused("stage", {"action": "undo"})
    return _refuse_closed(draft)


def release_lane(op: ReleaseLane, ask: Ask, draft: Draft) -> Decision:
    """One's own notes so far. Never in an anonymous step: that they come now would tell whose they are."""
    lane = lane_of(ask.stream)
    if ask.person is None or lane is None or lane.key != ask.person:
        return Refused("forbidden")
    if no := ask.refuse("add") or _refuse_closed(draft):
        return no
    notes = hidden_notes(draft)
    if not notes:
        return NOTHING
    reveal = {"type": "reveal_notes", "notes": notes}
    marks = tuple(PatchItem(note["id"], {"released": True}) for note in notes)
    return Accepted(marks, (Effect(f"board:{lane.board}", reveal),))


def close_lane(op: CloseLane, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    return NOTHING if draft.fields.get("closed") else Accepted((PatchStream({"closed": True}),))


def hidden_notes(lane: Readable) -> list[Item]:
    """What of a lane is for the board, in the order it was written."""
    notes = [note for note in lane.all() if not note.get("released", False)]
    return sorted(notes, key=lambda note: (note["at"], note["id"]))


def hidden_places(lane: Readable, by: str) -> list[Fields]:
    """Where its person put what, for the board."""
    fields = lane.fields
    return [
        {"placement": key[2:], "by": by, "x": x, "y": fields[f"y/{key[2:]}"]}
        for key, x in sorted(fields.items())
        if key.startswith("x/")
    ]


# On the board


def reveal_notes(op: RevealNotes, ask: Ask, draft: Draft) -> Decision:
    """All of it in one entry, once: what is on the board, or was and is gone, is not put again."""
    if ask.role != "product":
        return Refused("forbidden")
    if op.silence is not None and draft.fields.get("revealed", 0) >= op.silence:
        return NOTHING
    trial = Draft(draft)
    changes: list[Change] = [] if op.silence is None else [PatchStream({"revealed": op.silence})]
    places = Places(trial)
    for hidden in _shuffled(op):
        note_id = str(hidden["id"])
        if trial.get(note_id) is not None or trial.was_dropped(note_id):
            continue
        note = places.settle(_told(hidden, op, ask))
        apply_changes(trial, (PutItem(note),))
        changes.append(PutItem(note))
    changes += _revealed_places(op, draft)
    return Accepted(tuple(changes)) if changes else NOTHING


def _revealed_places(op: RevealNotes, draft: Draft) -> list[Change]:
    """Where everybody put what is still there, as if they had said so on the board."""
    said: dict[str, Fields] = {}
    for place in op.places:
        fields = said.setdefault(place.placement, {})
        fields |= {f"x/{place.by}": place.x, f"y/{place.by}": place.y}
    there = ((id, draft.get(id)) for id in said)
    shown = (id for id, item in there if item is not None and item["kind"] == "placement")
    return [PatchItem(id, said[id]) for id in sorted(shown)]


def _shuffled(op: RevealNotes) -> list[Item]:
    notes = [dict(note) for note in op.notes]
    if op.seed is None:
        return notes
    seed = op.seed

    def drawn(note: Item) -> bytes:
        return hashlib.sha256(f"{seed}{note['id']}".encode()).digest()

    return sorted(notes, key=drawn)


def _told(hidden: Item, op: RevealNotes, ask: Ask) -> Item:
    """The note as everyone sees it: when it was written is told to the minute, or not at all."""
    at = ask.now if op.anonymous else int(hidden["at"])
    note = {key: value for key, value in hidden.items() if key not in ("released", "cluster")}
    if op.anonymous:
        note = without_translators(note)
        note = {key: value for key, value in note.items() if key not in ("by", *MARKS)}
    return {**note, "at": at - at % MINUTE_MS}


class Places:
    """Where revealed notes go: after everything else of their zone, or onto a free spot."""

    def __init__(self, board: Draft) -> None:
        self._board = board
        self._flows = board.fields.get("layout") in FLOWING
        self._regions = sorted(board.of_kind("region"), key=lambda r: (r["order"], r["id"]))
        self._last: dict[str, str] = {}
        self._count: dict[str, int] = {}

    def settle(self, note: Item) -> Item:
        if not self._flows:
            return {**note, **free_spot(note.get("x", 0), note.get("y", 0), self._board)}
        region = self._region(note.get("region"))
        placed = {key: value for key, value in note.items() if key not in ("x", "y")}
        return {**placed, "region": region, "order": self._next(region)}

    def _region(self, wanted: str | None) -> str:
        """Its zone, or the first one where that was taken away meanwhile."""
        known = [str(region["id"]) for region in self._regions]
        if wanted in known:
            return str(wanted)
        return known[0] if known else str(wanted)

    def _next(self, region: str) -> str:
        if region not in self._last:
            orders = [str(item.get("order", "")) for item in self._board.pointing_at(region)]
            last = max(orders, default="") or "a0"
            self._last[region] = last if len(last) <= limits.ORDER_LETTERS - 4 else last[:-4]
        count = self._count[region] = self._count.get(region, 0) + 1
        return self._last[region] + _counted(min(count, _COUNTED - 1)) + "V"


def _counted(count: int) -> str:
    base = len(_DIGITS)
    return _DIGITS[count // base**2] + _DIGITS[count // base % base] + _DIGITS[count % base]


# At the desk


def count_writers(op: CountWriters, ask: Ask, draft: Draft) -> Decision:
    """Facilitators learn of ticks, and of nothing between them."""
    if ask.role != "product":
        return Refused("forbidden")
    count: Item = {"id": silence_id(op.silence), "kind": "silence", "written": op.written}
    known = draft.get(count["id"])
    if op.written == 0 or (known is not None and known["written"] >= op.written):
        return NOTHING
    return Accepted((PutItem(count),))


def _counted_in(decision: Decision, ask: Ask) -> Decision:
    if isinstance(decision, Refused) or decision is NOTHING or ask.history.head > 0:
        return decision
    return Accepted(decision.changes, (_counting(ask),))


def _counting(ask: Ask) -> Effect:
    lane = _lane(ask)
    workshop = ask.board.fields["workshop"] if ask.board else ""
    return Effect(f"desk:{workshop}", {"type": "count_lanes", "silence": lane.silence})


# Inside


class Ground:
    """What places are judged by in a lane: the board's zones, and one's own notes on free spots."""

    def __init__(self, board: Readable | None, draft: Draft) -> None:
        self.fields: Fields = {} if board is None else board.fields
        self.get: Callable[[str], Item | None] = draft.get if board is None else board.get
        self.standing_on = draft.standing_on
        self.searched = draft.searched


def _lane(ask: Ask) -> Lane:
    return lane_of(ask.stream) or Lane(id_of(ask.stream), 1, "")


def _refuse_closed(draft: Draft) -> Refused | None:
    return Refused("stage", {"action": "add"}) if draft.fields.get("closed") else None


def _refuse_new(item_id: str, draft: Draft) -> Refused | None:
    if draft.get(item_id) is not None or draft.was_dropped(item_id):
        return Refused("conflict", {"id": item_id, "reason": "taken"})
    if len(draft) >= limits.NOTES_PER_LANE:
        return Refused("limit", {"limit": "items", "most": limits.NOTES_PER_LANE})
    return None
