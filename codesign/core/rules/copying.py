"""Items that come from another board (core/copies.py): whatever is there, or was and is gone, is not put again."""

from __future__ import annotations

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import Change, PatchStream, PutItem, apply_changes
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.items import FLOWING, LINE_KINDS
from codesign.core.ops import CopyItems
from codesign.core.rules.making import refuse_words
from codesign.core.rules.places import free_spot
from codesign.core.rules.pointers import KEPT
from codesign.core.stream import Draft, Item


def copy_items(op: CopyItems, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    if not draft.fields:
        return Refused("unknown")
    trial = Draft(draft)
    changes: list[Change] = []
    if fields := {key: words for key, words in op.fields.items() if draft.fields.get(key) != words}:
        changes.append(PatchStream(fields))
    for item in op.items:
        known = str(item["id"])
        if trial.get(known) is not None or trial.was_dropped(known):
            continue
        settled = _settled(dict(item), trial)
        if settled is None:
            continue
        if len(trial) >= limits.ITEMS_PER_BOARD:
            return Refused("limit", {"limit": "items", "most": limits.ITEMS_PER_BOARD})
        if no := refuse_words(trial, settled):
            return no
        apply_changes(trial, (PutItem(settled),))
        changes.append(PutItem(settled))
    return Accepted(tuple(changes)) if changes else NOTHING


def _settled(item: Item, trial: Draft) -> Item | None:
    """The item where it can stand today; None for a line without both its ends, or a place there is not."""
    if item["kind"] in LINE_KINDS:
        return item if all(trial.get(item[end]) is not None for end in ("from", "to")) else None
    for field in KEPT:
        if field in item and trial.get(item[field]) is None:
            del item[field]
    if item["kind"] == "region":
        return item
    if item["kind"] == "placement":
        # A record is once on a board; where it stands, the record says, or people do.
        return None if next(iter(trial.pointing_at(item["record"])), None) else item
    if trial.fields.get("layout") not in FLOWING:
        if item["kind"] == "frame":
            return item
        return {**item, **free_spot(item["x"], item["y"], trial)} if "x" in item else None
    if trial.get(item.get("region", "")) is None:
        regions = sorted(trial.of_kind("region"), key=lambda one: (one["order"], one["id"]))
        if not regions:
            return None
        item["region"] = regions[0]["id"]
    return item if "order" in item else None
