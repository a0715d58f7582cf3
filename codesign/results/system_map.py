"""A system map as tables (Factors, Links, Loops) and as GraphML. What is computed is computed anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

from codesign.core.computed.loops import Loops, lever_candidates, loops, measures
from codesign.core.record_boards import method_of
from codesign.core.stream import Item, Readable
from codesign.i18n import N_, Words
from codesign.results import map_words

Table = tuple[str, tuple[int, ...], list[tuple[str, ...]]]

FACTORS, LINKS, LOOPS = N_("Factors"), N_("Links"), N_("Loops")
#: Headers of what can be brought in again; the import knows them in English and in the reader's language.
FACTOR_HEADERS = {
    "label": N_("Factor"),
    "description": N_("What is meant by it"),
    "role": N_("What it is in this map"),
    "wanted": N_("What we want of it"),
    "controllable": N_("How far can we move it?"),
    "changing": N_("How fast does it change by itself?"),
    "x": "X",
    "y": "Y",
}
MEASURED = (N_("In"), N_("Out"), N_("Leverage"), N_("Between"), N_("Lever"))
LINK_HEADERS = {
    "from": N_("From"),
    "to": N_("To"),
    "polarity": N_("Sign"),
    "strength": N_("Strength"),
    "delay": N_("Delay"),
    "certainty": N_("How sure we are"),
    "why": N_("Why it is so"),
    "source": N_("Where we know it from"),
}
LOOP_HEADERS = (N_("Loop"), N_("Kind"), N_("Factors"), N_("Delay"), N_("In words"))
#: In a report; the workbook has all that are found.
LOOPS_TOLD = 12
MORE = N_("There are more than we list.")
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
#: What a node and an edge of GraphML say, and of which type.
_NODE = {"label": "string", "role": "string", "wanted": "string", "x": "double", "y": "double"}
_EDGE = {"polarity": "string", "strength": "int", "delay": "string", "why": "string"}


@dataclass(frozen=True)
class SystemMap:
    factors: dict[str, Item]
    links: dict[str, Item]
    loops: Loops


def is_map(board: Readable) -> bool:
    return board.fields.get("layout") == "graph" and not method_of(board.fields)


def read_map(board: Readable) -> SystemMap:
    """In the order things came, so that loops are named as on screen."""
    factors = {one["id"]: one for one in _in_order(board, "factor")}
    links = {
        one["id"]: one
        for one in _in_order(board, "causal_link")
        if one["from"] in factors and one["to"] in factors
    }
    return SystemMap(factors, links, loops(list(factors.values()), list(links.values())))


def tables(board: Readable, words: Words) -> list[Table]:
    """The three sheets of a workbook: their title, the widths of their columns, their rows."""
    drawn = read_map(board)
    return [
        (words.gettext(FACTORS), (40, 40, 18, 16, 12, 12, 8, 8, 8, 8, 10, 10, 8), _rows(_factors(drawn, words))),
        (words.gettext(LINKS), (36, 36, 8, 10, 12, 14, 40, 30), _rows(_links(drawn, words))),
        (words.gettext(LOOPS), (8, 14, 50, 10, 90), _rows(_loops(drawn, words))),
    ]  # fmt: skip


def told(board: Readable, words: Words) -> Iterator[str]:
    """Its loops in sentences, for those who do not see the drawing."""
    drawn = read_map(board)
    for loop in drawn.loops.listed[:LOOPS_TOLD]:
        yield f"{loop.name}: {map_words.loop_says(loop, drawn.factors, drawn.links, words)}"
    if drawn.loops.more or len(drawn.loops.listed) > LOOPS_TOLD:
        yield words.gettext(MORE)


def graphml(board: Readable) -> bytes:
    """For yEd, Gephi, networkx and their like."""
    drawn = read_map(board)
    Tree.register_namespace("", _GRAPHML)
    root = Tree.Element(f"{{{_GRAPHML}}}graphml")
    for what, fields in (("node", _NODE), ("edge", _EDGE)):
        for name, type_ in fields.items():
            about = {"id": f"{what}-{name}", "for": what, "attr.name": name, "attr.type": type_}
            Tree.SubElement(root, f"{{{_GRAPHML}}}key", about)
    graph = Tree.SubElement(root, f"{{{_GRAPHML}}}graph", {"edgedefault": "directed"})
    for id, factor in drawn.factors.items():
        said = {**factor, "x": factor["x"] / 100, "y": factor["y"] / 100}
        _say(Tree.SubElement(graph, f"{{{_GRAPHML}}}node", {"id": id}), "node", _NODE, said)
    for id, link in drawn.links.items():
        ends = {"id": id, "source": link["from"], "target": link["to"]}
        _say(Tree.SubElement(graph, f"{{{_GRAPHML}}}edge", ends), "edge", _EDGE, link)
    Tree.indent(root)
    made: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _in_order(board: Readable, kind: str) -> list[Item]:
    return sorted(board.of_kind(kind), key=lambda one: (one.get("at", 0), one["id"]))


def _rows(rows: Iterator[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return list(rows)


def _factors(drawn: SystemMap, words: Words) -> Iterator[tuple[str, ...]]:
    yield tuple(words.gettext(one) for one in (*FACTOR_HEADERS.values(), *MEASURED))
    factors, links = list(drawn.factors.values()), list(drawn.links.values())
    measured, levers = measures(factors, links), set(lever_candidates(factors, links))
    for id, factor in drawn.factors.items():
        how = measured[id]
        yield (
            str(factor["label"]),
            str(factor.get("description", "")),
            _named(map_words.ROLES, factor.get("role"), words),
            _named(map_words.WANTED, factor.get("wanted"), words),
            str(factor.get("controllable", "")),
            str(factor.get("changing", "")),
            *(str(round(factor[side] / 100)) for side in ("x", "y")),
            *(str(how.into), str(how.out), "" if how.leverage is None else str(how.leverage)),
            *(str(how.betweenness), words.gettext(N_("lever")) if id in levers else ""),
        )


def _links(drawn: SystemMap, words: Words) -> Iterator[tuple[str, ...]]:
    yield tuple(words.gettext(one) for one in LINK_HEADERS.values())
    for link in drawn.links.values():
        yield (
            *(str(drawn.factors[link[end]]["label"]) for end in ("from", "to")),
            map_words.SIGNS.get(link["polarity"], "?"),
            _named(map_words.STRENGTHS, link.get("strength"), words),
            _named(map_words.DELAYS, link.get("delay"), words),
            _named(map_words.CERTAINTIES, link.get("certainty"), words),
            *(str(link.get(key, "")) for key in ("why", "source")),
        )


def _loops(drawn: SystemMap, words: Words) -> Iterator[tuple[str, ...]]:
    yield tuple(words.gettext(one) for one in LOOP_HEADERS)
    for loop in drawn.loops.listed:
        names = " → ".join(map_words.called(drawn.factors[id]) for id in loop.factors)
        delay = words.gettext(N_("with a delay")) if loop.delayed else ""
        said = map_words.loop_says(loop, drawn.factors, drawn.links, words)
        yield loop.name, words.gettext(map_words.KINDS[loop.kind]), names, delay, said
    if drawn.loops.more:
        yield "", "", "", "", words.gettext(MORE)


def _named(names: dict[str, str] | dict[int, str], value: object, words: Words) -> str:
    found = names.get(value)  # type: ignore[call-overload]
    return words.gettext(found) if found else ""


def _say(node: Tree.Element, what: str, fields: dict[str, str], said: Item) -> None:
    for name in fields:
        if name in said:
            data = Tree.SubElement(node, f"{{{_GRAPHML}}}data", {"key": f"{what}-{name}"})
            data.text = str(said[name])
