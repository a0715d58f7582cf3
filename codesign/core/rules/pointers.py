"""What points at an item: notes at their cluster, connectors at their ends, everything at its region."""

from __future__ import annotations

from collections.abc import Iterator

from codesign.core.changes import Change, DropItem, PatchItem
from codesign.core.stream import Draft, Item


def pointing_at(target: Item, draft: Draft) -> Iterator[tuple[Item, str]]:
    """The items that point at it, each with the field it does so by."""
    target_id = target["id"]
    match target["kind"]:
        case "region":
            yield from ((item, "region") for item in draft.all() if item.get("region") == target_id)
        case "cluster":
            yield from (
                (note, "cluster")
                for note in draft.of_kind("note")
                if note.get("cluster") == target_id
            )
    for line in draft.of_kind("connector"):
        if target_id in (line["from"], line["to"]):
            yield line, "from" if line["from"] == target_id else "to"


def let_go(target: Item, draft: Draft) -> list[Change]:
    """What goes with the item: its connectors. The notes of a cluster stay where they are."""
    return [
        PatchItem(item["id"], {"cluster": None}) if field == "cluster" else DropItem(item["id"])
        for item, field in pointing_at(target, draft)
        if field != "region"
    ]
