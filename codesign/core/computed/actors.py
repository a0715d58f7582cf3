"""The map of actors: class and sector from where somebody stands, and what the relations say.

The rings run from 0 at the centre to 100 at the edge; relations are read without their direction unless it matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
else:
    from codesign.core.computed import late_networkx as nx

Record = Mapping[str, Any]

#: Inner edge of the ring of primary and of secondary actors, in hundredths of the radius.
PRIMARY, SECONDARY = 34, 67
SECTORS = ("state", "private", "civil_society")
#: Where sectors without a sector of their own are drawn.
SITS_WITH = {"academia": "civil_society", "media": "civil_society", "international": "state"}
STRAINED = ("tension", "broken", "unclear")


def class_at(radius: float) -> str:
    if radius < PRIMARY:
        return "key"
    return "primary" if radius < SECONDARY else "secondary"


def empty_sectors(stakeholders: Sequence[Record], sectors: Sequence[str] = SECTORS) -> list[str]:
    """Sectors of the map in which nobody stands."""
    of = [one.get("sector") for one in stakeholders]
    filled = {sector if sector in sectors else SITS_WITH.get(sector or "") for sector in of}
    return [sector for sector in sectors if sector not in filled]


def unconnected(stakeholders: Sequence[Record], relations: Sequence[Record]) -> list[str]:
    ends = {end for one in relations for end in (one["from"], one["to"])}
    return [one["id"] for one in stakeholders if one["id"] not in ends]


def nobody_with_veto(stakeholders: Sequence[Record]) -> bool:
    """A warning: somebody can always say no, and here nobody is named."""
    return bool(stakeholders) and not any(one.get("veto") for one in stakeholders)


def strained(relations: Sequence[Record]) -> list[str]:
    """Relations to talk about: tensions, broken ones, and those nobody could explain."""
    return [one["id"] for one in relations if one.get("type") in STRAINED]


def centrality(
    stakeholders: Sequence[Record], relations: Sequence[Record]
) -> dict[str, tuple[int, float]]:
    """For each actor: relations (degree), and the share of shortest ways between others that lead over it.

    Betweenness is from 0 to 1, normalised. Source: Freeman, A set of measures of centrality (1977).
    """
    graph = _graph(stakeholders, relations)
    between = nx.betweenness_centrality(graph)
    return {id: (graph.degree(id), round(between[id], 4)) for id in graph}


def bridges(stakeholders: Sequence[Record], relations: Sequence[Record]) -> list[tuple[str, str]]:
    """Relations on which two parts of the map hang together: without them the parts have no way to each other."""
    return sorted((min(ends), max(ends)) for ends in nx.bridges(_graph(stakeholders, relations)))


def flows(relations: Sequence[Record]) -> dict[str, dict[str, tuple[int, int]]]:
    """Per flow (money, information …) and actor: how many links bring it, how many take it away.

    A relation without a direction does both. Source: Schiffer, Net-Map Toolbox (2007).
    """
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for relation in relations:
        ways = [(relation["from"], relation["to"])]
        if not relation.get("directed"):
            ways.append((relation["to"], relation["from"]))
        for flow in relation.get("flow") or ():
            counts = found.setdefault(flow, {})
            for giver, taker in ways:
                into, out = counts.get(giver, (0, 0))
                counts[giver] = (into, out + 1)
                into, out = counts.get(taker, (0, 0))
                counts[taker] = (into + 1, out)
    return found


def _graph(stakeholders: Sequence[Record], relations: Sequence[Record]) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(one["id"] for one in stakeholders)
    ends = ((one["from"], one["to"]) for one in relations)
    graph.add_edges_from((a, b) for a, b in ends if a in graph and b in graph and a != b)
    return graph
