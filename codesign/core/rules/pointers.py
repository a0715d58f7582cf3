"""What points at an item: notes at their cluster and at the note they are merged into, connectors at their ends,
everything at its region."""

from __future__ import annotations

from collections.abc import Iterator

from codesign.core.changes import Change, DropItem, PatchItem
from codesign.core.stream import POINTERS, Draft, Item

#: What lets go of an item rather than going with it.
KEPT = ("cluster", "within")


def pointing_at(target: Item, draft: Draft) -> Iterator[tuple[Item, str]]:
    """The items that point at it, each with the field it does so by."""
    for item in draft.pointing_at(target["id"]):
        yield from ((item, field) for field in POINTERS if item.get(field) == target["id"])


def let_go(target: Item, draft: Draft) -> list[Change]:
    """What goes with the item: its connectors. Notes of a cluster, and merged ones, stay where they are."""
    found = sorted(
        pointing_at(target, draft), key=lambda one: (one[1] not in KEPT, str(one[0]["id"]))
    )
    return [
        PatchItem(item["id"], {field: None}) if field in KEPT else DropItem(item["id"])
        for item, field in found
        if field != "region"
    ]
