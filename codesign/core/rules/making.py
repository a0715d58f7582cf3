"""What the rules of a board have in common: new ids, full boards, authors, fields that differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.cards import CARD
from codesign.core.changes import PatchItem, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.items import word_bytes
from codesign.core.ops import CreateNote
from codesign.core.stream import Draft, Item


def refuse_new(item_id: str, draft: Draft) -> Refused | None:
    """A taken id, or one that was ever used here, is refused (P4.6); so is a full board."""
    if draft.get(item_id) is not None or draft.was_dropped(item_id):
        return Refused("conflict", {"id": item_id, "reason": "taken"})
    if len(draft) >= limits.ITEMS_PER_BOARD:
        return Refused("limit", {"limit": "items", "most": limits.ITEMS_PER_BOARD})
    return None


def put(item: Item, ask: Ask, draft: Draft, **optional: Any) -> Decision:
    """The item with its author and whatever optional fields were given, if the words still fit."""
    if ask.person is not None and "by" not in optional:
        item["by"] = ask.person
    item.update({key: value for key, value in optional.items() if value is not None})
    if no := refuse_words(draft, item):
        return no
    return Accepted((PutItem(item),))


def refuse_words(draft: Draft, item: Item) -> Refused | None:
    return refuse_more(draft, word_bytes(item))


def refuse_more(draft: Draft, size: int) -> Refused | None:
    """`limit` when so many bytes of words more do not fit on the board; fewer always do."""
    if size <= 0 or draft.words + size <= limits.BOARD_WORD_BYTES:
        return None
    return Refused("limit", {"limit": "words", "most": limits.BOARD_WORD_BYTES})


def patched(item: Item, fields: dict[str, Any], ask: Ask) -> Decision:
    """The fields that differ, unless someone else changed them meanwhile."""
    fields = {key: value for key, value in fields.items() if item.get(key) != value}
    if no := ask.guarded(item, fields):
        return no
    return Accepted((PatchItem(item["id"], fields),)) if fields else NOTHING


def card_of(op: CreateNote, board: Mapping[str, Any]) -> dict[str, Any] | Refused:
    """What sort of card a new note is, if its board takes that sort; and the round it was written in."""
    if op.card is not None and f"{CARD}{op.card}" not in board:
        return Refused("bad_op", {"field": "card"})
    return {"card": op.card, "round": op.round}


def city_colour(ask: Ask, author: str | None) -> str:
    """The paper of the author's city; stone for those who have none."""
    person = ask.workshop.get(author) if ask.workshop and author else None
    city = ask.workshop.get(person.get("city", "")) if ask.workshop and person else None
    return str(city["colour"]) if city else "stone"
