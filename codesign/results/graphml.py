"""Actors and their relations as GraphML, for programs that draw and count networks.

From the open side of the register alone: tensions, stances and contacts are never in it.
"""

from __future__ import annotations

import io
import re

import networkx as nx

from codesign.core.stream import Item, Readable

#: Of an actor and of a relation: what others can compute with.
ACTOR = ("name", "type", "sector", "level", "class", "role_in_topic", "power", "interest")
RELATION = ("type", "directed", "note")
#: XML has no way to say these, not even escaped.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(board: Readable, register: Readable) -> bytes:
    """The actors that the board shows, and what lies between them."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    shown = {str(one["record"]) for one in board.of_kind("placement")}
    ids = {_shown_as(register, id) for id in shown}
    for actor in register.of_kind("stakeholder"):
        if actor["id"] in ids:
            graph.add_node(actor["id"], label=_said(actor["name"]), **_fields(actor, ACTOR))
    for one in sorted(register.of_kind("relation"), key=lambda one: str(one["id"])):
        ends = [_shown_as(register, str(one[end])) for end in ("from", "to")]
        if all(end in graph for end in ends):
            flows = ",".join(sorted(key[5:] for key in one if key.startswith("flow/")))
            graph.add_edge(ends[0], ends[1], id=one["id"], flow=flows, **_fields(one, RELATION))
    out = io.BytesIO()
    nx.write_graphml(graph, out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def _fields(item: Item, names: tuple[str, ...]) -> dict[str, str | int | bool]:
    return {name: _said(item[name]) for name in names if name in item}


def _said(value: str | int | bool) -> str | int | bool:
    return _UNSAYABLE.sub("", value) if isinstance(value, str) else value


def _shown_as(register: Readable, id: str) -> str:
    """What was merged is shown as what it was merged into."""
    seen = set[str]()
    while (item := register.get(id)) is not None and "merged" in item and id not in seen:
        seen.add(id)
        id = str(item["merged"])
    return id
