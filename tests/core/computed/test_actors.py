"""The map of actors, on the relations of Kutaisi (methods.md 6.1) and beside networkx."""

from __future__ import annotations

import networkx as nx

from codesign.core.computed.actors import (
    bridges,
    centrality,
    class_at,
    empty_sectors,
    flows,
    nobody_with_veto,
    strained,
    unconnected,
)

NAMES = (
    "transport",
    "council",
    "operators",
    "cleaning",
    "residents",
    "eco club",
    "roads",
    "tourism",
)
ACTORS = [{"id": name} for name in NAMES]
RELATIONS = [
    {"id": "1", "from": "council", "to": "transport", "type": "dominance"},
    {"id": "2", "from": "operators", "to": "transport", "type": "tension"},
    {"id": "3", "from": "cleaning", "to": "transport", "type": "weak"},
    {"id": "4", "from": "eco club", "to": "cleaning", "type": "alliance"},
    {"id": "5", "from": "residents", "to": "operators", "type": "broken"},
    {"id": "6", "from": "roads", "to": "council", "type": "unclear"},
]


def test_rings_are_key_primary_secondary_from_the_centre() -> None:
    assert [class_at(r) for r in (0, 33, 34, 66, 67, 100)] == [
        *("key", "key", "primary", "primary", "secondary", "secondary"),
    ]


def test_actors_without_any_relation_are_named() -> None:
    assert unconnected(ACTORS, RELATIONS) == ["tourism"]


def test_tensions_and_what_nobody_could_explain_are_listed() -> None:
    assert strained(RELATIONS) == ["2", "5", "6"]


def test_centrality_is_that_of_networkx() -> None:
    graph = nx.Graph([(one["from"], one["to"]) for one in RELATIONS])
    graph.add_nodes_from(NAMES)
    between = nx.betweenness_centrality(graph)
    expected = {name: (graph.degree(name), round(between[name], 4)) for name in NAMES}
    assert centrality(ACTORS, RELATIONS) == expected
    assert max(expected, key=lambda name: expected[name][1]) == "transport"


def test_every_relation_of_a_tree_is_a_bridge() -> None:
    assert len(bridges(ACTORS, RELATIONS)) == len(RELATIONS)
    ring = [*RELATIONS[:2], {"id": "7", "from": "council", "to": "operators", "type": "weak"}]
    assert bridges(ACTORS, ring) == []


def test_relations_to_somebody_who_is_gone_count_for_nothing() -> None:
    assert centrality([{"id": "a"}], [{"id": "1", "from": "a", "to": "gone"}]) == {"a": (0, 0.0)}


def test_a_sector_without_anybody_is_said_and_media_sit_with_civil_society() -> None:
    assert empty_sectors([{"id": "a", "sector": "media"}, {"id": "b", "sector": "state"}]) == [
        "private"
    ]


def test_nobody_with_a_veto_is_a_warning_only_where_there_are_actors() -> None:
    assert nobody_with_veto([{"id": "a"}])
    assert not nobody_with_veto([{"id": "a", "veto": True}])
    assert not nobody_with_veto([])


def test_flows_are_counted_in_their_direction() -> None:
    given = {"id": "1", "from": "a", "to": "b", "directed": True, "flow": ["money"]}
    both = {"id": "2", "from": "b", "to": "c", "flow": ["money", "data"]}
    assert flows([given, both]) == {
        "money": {"a": (0, 1), "b": (2, 1), "c": (1, 1)},
        "data": {"b": (1, 1), "c": (1, 1)},
    }
