"""Problem and objective trees: roots, loose ends, circles, and causes that no aim answers. A node has a `parent`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Node = Mapping[str, Any]


def root_causes(nodes: Sequence[Node], core: str) -> list[str]:
    """Causes of the core problem that have no cause themselves."""
    parents = {node.get("parent") for node in nodes}
    below = _below(nodes, core)
    return [node["id"] for node in nodes if node["id"] in below and node["id"] not in parents]


def loose(nodes: Sequence[Node], core: str) -> list[str]:
    """Nodes without a way to the core problem, in either direction; also those that only lead round in a circle."""
    tied = _below(nodes, core) | {core, *ancestors(nodes, core)}
    return [node["id"] for node in nodes if node["id"] not in tied]


def ancestors(nodes: Sequence[Node], id: str) -> list[str]:
    """From the parent upwards; ends where a circle closes."""
    parent = {node["id"]: node.get("parent") for node in nodes}
    found: list[str] = []
    at = parent.get(id)
    while at is not None and at in parent and at != id and at not in found:
        found.append(at)
        at = parent[at]
    return found


def without(ids: Iterable[str], answers: Sequence[Node], field: str) -> list[str]:
    """Causes without an aim, aims without an action: those that no record names in `field`."""
    named = {one.get(field) for one in answers}
    return [id for id in ids if id not in named]


def _below(nodes: Sequence[Node], id: str) -> set[str]:
    children: dict[str, list[str]] = {}
    for node in nodes:
        if node.get("parent") is not None:
            children.setdefault(node["parent"], []).append(node["id"])
    found: set[str] = set()
    waiting = [*children.get(id, ())]
    while waiting:
        at = waiting.pop()
        if at not in found and at != id:
            found.add(at)
            waiting += children.get(at, ())
    return found
