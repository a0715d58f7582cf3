"""Rounds of a board: which one is on, and the sheets that go round.

`rounds`, `round_ms` (`round_ms/<n>` of one that differs) and `cells` are what the method says: how many, how long, and
how many cells of a sheet are filled in each; without `cells` nothing is passed on. `round` is the one that is on and
`round_ends` when it is over: the end is a due effect, so that sheets go on while nobody looks, and after a restart.

A sheet is a region with `sheet_of`, who began it, and `holder`, whose turn it is.
"""

from __future__ import annotations

import hashlib

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import Change, PatchItem, PatchStream, PutItem
from codesign.core.computed.passing import next_hand
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.ops import SetRound, TakeSheet
from codesign.core.permissions import WRITERS
from codesign.core.stream import Draft, Item, new_id

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def set_round(op: SetRound, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("rounds"):
        return no
    if op.ends_at is not None and ask.role != "product":
        return Refused("forbidden")
    rounds = draft.fields.get("rounds")
    if rounds is None or op.round > rounds + 1:
        return Refused("bad_op", {"field": "round"})
    if op.ends_at is not None and draft.fields.get("round_ends") != op.ends_at:
        return NOTHING  # it was moved meanwhile
    is_on = 1 <= op.round <= rounds
    ends = ask.now + _length(op.round, draft) if is_on else None
    fields = {"round": op.round or None, "round_ends": ends}
    fields = {key: value for key, value in fields.items() if draft.fields.get(key) != value}
    changes: list[Change] = [PatchStream(fields)] if fields else []
    if "cells" in draft.fields and is_on:
        changes += _dealt(ask, draft) if op.round == 1 else _passed(op.round, ask, draft)
    return Accepted(tuple(changes), _end(op.round, ends, ask)) if changes else NOTHING


def take_sheet(op: TakeSheet, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("add"):
        return no
    if ask.person is None:
        return Refused("forbidden")
    if "cells" not in draft.fields:
        return Refused("bad_op", {"field": "type"})
    if any(sheet["sheet_of"] == ask.person for sheet in _sheets(draft)):
        return NOTHING
    if len(draft) >= limits.ITEMS_PER_BOARD:
        return Refused("limit", {"limit": "items", "most": limits.ITEMS_PER_BOARD})
    return Accepted(tuple(_begun([ask.person], ask, draft)))


def _length(round: int, draft: Draft) -> int:
    key = f"round_ms/{round}"
    return int(draft.fields[key if key in draft.fields else "round_ms"])


def _end(round: int, ends: int | None, ask: Ask) -> tuple[Effect, ...]:
    if ends is None:
        return ()
    op = {"type": "set_round", "round": round + 1, "ends_at": ends}
    return (Effect(ask.stream, op, max(0, ends - ask.now)),)


def _dealt(ask: Ask, draft: Draft) -> list[Change]:
    """A sheet for everybody who is here and has none; those there are go back to who began them."""
    sheets = _sheets(draft)
    back: list[Change] = [
        PatchItem(sheet["id"], {"holder": sheet["sheet_of"]})
        for sheet in sheets
        if sheet["holder"] != sheet["sheet_of"]
    ]
    begun = {sheet["sheet_of"] for sheet in sheets}
    return [*back, *_begun([one for one in _hands(ask) if one not in begun], ask, draft)]


def _passed(round: int, ask: Ask, draft: Draft) -> list[Change]:
    """Every sheet to the next in the circle who is here. Asked for the round that is on, nothing moves."""
    if round != draft.fields.get("round", 0) + 1:
        return []
    sheets = _sheets(draft)
    order = [str(sheet["sheet_of"]) for sheet in sheets]
    gone = set(order) - set(_here(ask))
    changes: list[Change] = []
    for sheet in sheets:
        to = next_hand(order, str(sheet["holder"]), gone)
        if to is not None:
            changes.append(PatchItem(sheet["id"], {"holder": to}))
    return changes


def _begun(people: list[str], ask: Ask, draft: Draft) -> list[Change]:
    at = len(_sheets(draft))
    made = (
        (at + n, person, sheet_id(ask.stream, person)) for n, person in enumerate(people, start=1)
    )
    return [
        PutItem(_sheet(id, n, person))
        for n, person, id in made
        if draft.get(id) is None and not draft.was_dropped(id)
    ]


def sheet_id(stream: str, person: str) -> str:
    """One sheet of each person on each board, however often it is dealt."""
    return new_id(hashlib.sha256(f"{stream}/{person}".encode()).digest()[:16])


def _sheet(id: str, n: int, person: str) -> Item:
    base = len(_DIGITS)
    order = f"a0{_DIGITS[n // base % base]}{_DIGITS[n % base]}V"
    return {
        **{"id": id, "kind": "region", "title": str(n), "order": order, "protected": True},
        **{"sheet_of": person, "holder": person},
    }


def _sheets(draft: Draft) -> list[Item]:
    sheets = (region for region in draft.of_kind("region") if "sheet_of" in region)
    return sorted(sheets, key=lambda sheet: (sheet["order"], sheet["id"]))


def _hands(ask: Ask) -> list[str]:
    """Those who write and are here, in an order that nobody chose."""
    writers = [person for person, role in _here(ask).items() if role in WRITERS]
    return sorted(writers, key=lambda person: sheet_id(ask.stream, person))


def _here(ask: Ask) -> dict[str, str]:
    """Who has not left, with their roles; where the room knows who has the board open, only those."""
    people = ask.workshop.of_kind("person") if ask.workshop else ()
    return {
        str(one["id"]): str(one.get("role", "participant"))
        for one in people
        if not one.get("gone", False) and (ask.here is None or one["id"] in ask.here)
    }
