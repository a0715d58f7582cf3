"""System maps: feedback loops, levers and effects, from factors and causal links.

Source of signs and names: Sterman, Business Dynamics (2000), chapter 5. Polarity is "+", "-", "mixed" or "unknown".
Twin of static/js/board/maps/loops.js, held together by tests/vectors/loops.json.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
else:
    from codesign.core.computed import late_networkx as nx

Record = Mapping[str, Any]

#: A loop has at most so many factors, and at most so many loops are listed; more are counted and said.
LONGEST, MOST = 10, 200
#: After so many steps of the search the rest is left, and said.
LOOKS = 400_000
#: Of larger maps only so many factors are searched for loops, and nothing is said of who lies between others.
FACTORS_MOST = 1_000
#: An effect is followed over simple paths of at most so many links, and over at most so many paths.
PATH, PATHS = 6, 10_000
#: So many of the paths between two factors are listed.
PATHS_LISTED = 20
#: A lever is something we can move (0 to 3) that reaches an outcome within so many links.
CONTROLLABLE, REACH = 2, 4


@dataclass(frozen=True)
class Loop:
    #: R1, B1, O1 …: reinforcing, balancing, or open where a sign is mixed or unknown; numbered as listed.
    name: str
    kind: str
    #: Begins with the factor that comes first in the map.
    factors: tuple[str, ...]
    links: tuple[str, ...]
    delayed: bool


@dataclass(frozen=True)
class Loops:
    listed: tuple[Loop, ...]
    #: There are more than are listed.
    more: bool


@dataclass(frozen=True)
class Path:
    factors: tuple[str, ...]
    links: tuple[str, ...]
    sign: str
    delayed: bool


@dataclass(frozen=True)
class Measures:
    """How a factor sits in the map."""

    into: int
    out: int
    #: out / into; None where nothing leads in.
    leverage: float | None
    betweenness: float


def loops(factors: Sequence[Record], links: Sequence[Record]) -> Loops:
    """All simple loops up to ten factors, the shortest first, at most 200 of them."""
    graph = _graph(factors[:FACTORS_MOST], links)
    search, found = _Search(graph), list[tuple[str, ...]]()
    # Length by length: what is left out is never shorter than what is listed.
    for length in range(2, LONGEST + 1):
        found += islice(search.cycles(length), MOST + 1 - len(found))
    return Loops(
        tuple(_named(graph, found[:MOST])),
        len(found) > MOST or search.looks <= 0 or len(factors) > FACTORS_MOST,
    )


def measures(factors: Sequence[Record], links: Sequence[Record]) -> dict[str, Measures]:
    graph = _graph(factors, links)
    between = dict.fromkeys(graph, 0.0)
    if len(graph) <= FACTORS_MOST:
        between = nx.betweenness_centrality(graph)
    return {
        id: Measures(
            into := graph.in_degree(id),
            out := graph.out_degree(id),
            # Halves upwards, as the twin rounds.
            int(out / into * 100 + 0.5) / 100 if into else None,
            round(between[id], 4),
        )
        for id in graph
    }


def downstream(links: Sequence[Record], start: str, steps: int | None = None) -> dict[str, int]:
    """What a factor reaches, and over how many links at least."""
    return _reached(((one["from"], one["to"]) for one in links), start, steps)


def upstream(links: Sequence[Record], start: str, steps: int | None = None) -> dict[str, int]:
    return _reached(((one["to"], one["from"]) for one in links), start, steps)


def effect(
    factors: Sequence[Record], links: Sequence[Record], start: str, outcome: str
) -> str | None:
    """What more of `start` does to `outcome`: "+", "-" or "mixed"; None where it does not reach it.

    Along simple paths of at most six links; paths with an unknown or mixed link make it mixed.
    """
    signs = {path.sign for path in _simple_paths(_graph(factors, links), start, outcome)}
    return None if not signs else signs.pop() if len(signs) == 1 else "mixed"


def paths_between(
    factors: Sequence[Record], links: Sequence[Record], start: str, end: str
) -> tuple[tuple[Path, ...], int]:
    """The paths themselves, the shortest first, and how many more there are than are listed."""
    found = sorted(
        _simple_paths(_graph(factors, links), start, end), key=lambda path: len(path.links)
    )
    return tuple(found[:PATHS_LISTED]), max(0, len(found) - PATHS_LISTED)


def lever_candidates(factors: Sequence[Record], links: Sequence[Record]) -> list[str]:
    """What we can move and what, within four links, moves an outcome."""
    outcomes = {one["id"] for one in factors if one.get("role") == "outcome"}
    return [
        one["id"]
        for one in factors
        if (one.get("controllable") or 0) >= CONTROLLABLE
        and (outcomes - {one["id"]}) & downstream(links, one["id"], REACH).keys()
    ]


def _graph(factors: Sequence[Record], links: Sequence[Record]) -> nx.DiGraph[str]:
    """Of two links between the same factors with different signs, the effect is mixed."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(one["id"] for one in factors)
    for link in links:
        start, end, sign = link["from"], link["to"], link.get("polarity") or "unknown"
        if start == end or start not in graph or end not in graph:
            continue
        if graph.has_edge(start, end) and graph.edges[start, end]["sign"] != sign:
            sign = "mixed"
        delayed = (link.get("delay") or "none") != "none"
        graph.add_edge(start, end, sign=sign, delayed=delayed, id=link["id"])
    return graph


def _simple_paths(graph: nx.DiGraph[str], start: str, end: str) -> Iterator[Path]:
    if start == end or start not in graph or end not in graph:
        return
    near = nx.single_target_shortest_path_length(graph, end, PATH)
    paths = nx.all_simple_paths(graph.subgraph({*dict(near), start}), start, end, cutoff=PATH)
    for path in islice(paths, PATHS):
        edges = _links_on(graph, path)
        delayed = any(edge["delayed"] for edge in edges)
        yield Path(tuple(path), tuple(edge["id"] for edge in edges), _sign(edges), delayed)


class _Search:
    """Simple cycles of exactly some length, each from the factor that comes first.

    networkx's own search takes seconds on 200 factors, because its bound cuts paths late; here a path ends as soon as
    the way back is too long.
    """

    def __init__(self, graph: nx.DiGraph[str]) -> None:
        self._after = {id: list(graph.successors(id)) for id in graph}
        self._order = {id: at for at, id in enumerate(graph)}
        self._back = {id: self._ways_back(graph, id) for id in graph}
        self.looks = LOOKS

    def cycles(self, length: int) -> Iterator[tuple[str, ...]]:
        for start in self._after:
            yield from self._from(start, length)

    def _from(self, start: str, length: int) -> Iterator[tuple[str, ...]]:
        back, path = self._back[start], [start]
        stack = [iter(self._after[start])]
        while stack and self.looks > 0:
            after = next(stack[-1], None)
            if after is None:
                stack.pop()
                path.pop()
                continue
            self.looks -= 1
            if after == start and len(path) == length:
                yield tuple(path)
            far = back.get(after)
            if after == start or far is None or len(path) == length or len(path) + far > length:
                continue
            if after not in path:
                path.append(after)
                stack.append(iter(self._after[after]))

    def _ways_back(self, graph: nx.DiGraph[str], end: str) -> dict[str, int]:
        """Links to `end` from each factor that comes later, by factors that come later."""
        found, waiting = {end: 0}, deque([end])
        while waiting:
            here = waiting.popleft()
            for before in graph.predecessors(here):
                if before not in found and self._order[before] >= self._order[end]:
                    found[before] = found[here] + 1
                    waiting.append(before)
        return found


def _named(graph: nx.DiGraph[str], cycles: Iterable[tuple[str, ...]]) -> Iterable[Loop]:
    counts = {"reinforcing": 0, "balancing": 0, "open": 0}
    for cycle in cycles:
        edges = _links_on(graph, [*cycle, cycle[0]])
        kind = {"+": "reinforcing", "-": "balancing", "mixed": "open"}[_sign(edges)]
        counts[kind] += 1
        yield Loop(
            f"{kind[0].upper()}{counts[kind]}",
            kind,
            cycle,
            tuple(edge["id"] for edge in edges),
            any(edge["delayed"] for edge in edges),
        )


def _links_on(graph: nx.DiGraph[str], path: Sequence[str]) -> list[dict[str, Any]]:
    return [graph.edges[pair] for pair in pairwise(path)]


def _sign(edges: Sequence[Mapping[str, Any]]) -> str:
    signs = [edge["sign"] for edge in edges]
    if any(sign not in ("+", "-") for sign in signs):
        return "mixed"
    return "-" if signs.count("-") % 2 else "+"


def _reached(pairs: Iterable[tuple[str, str]], start: str, steps: int | None) -> dict[str, int]:
    """Breadth first; `start` itself only where a way leads back to it."""
    after: dict[str, list[str]] = {}
    for a, b in pairs:
        after.setdefault(a, []).append(b)
    found: dict[str, int] = {}
    waiting = deque([(start, 0)])
    while waiting:
        id, far = waiting.popleft()
        if steps is not None and far == steps:
            continue
        for follower in after.get(id, ()):
            if follower not in found:
                found[follower] = far + 1
                waiting.append((follower, far + 1))
    return found
