"""Clusters: notes that belong together. Membership is a field of the note."""

from __future__ import annotations

from codesign.core.ask import Ask
from codesign.core.decision import Decision, Refused
from codesign.core.ops import CreateCluster
from codesign.core.rules.making import put, refuse_new
from codesign.core.rules.places import settle
from codesign.core.stream import Draft


def create_cluster(op: CreateCluster, ask: Ask, draft: Draft) -> Decision:
    if (no := ask.refuse("cluster")) or (no := refuse_new(op.id, draft)):
        return no
    place = settle(op.place(), draft)
    if isinstance(place, Refused):
        return place
    return put({"id": op.id, "kind": "cluster", "name": op.name, **place}, ask, draft)


def is_cluster(item_id: str, draft: Draft) -> bool:
    item = draft.get(item_id)
    return item is not None and item["kind"] == "cluster"
