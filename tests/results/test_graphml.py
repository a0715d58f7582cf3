"""Actors and relations as GraphML, read by a program that is not ours."""

from __future__ import annotations

import io

import networkx as nx

from codesign.results.graphml import write
from tests.builders import OLGA, an_id, relation
from tests.results.test_actors import a_map


def test_every_actor_on_the_board_and_what_lies_between_them_is_in_it() -> None:
    board, register = a_map("rings")
    flows = {"type": "edit_record", "id": an_id("r"), "fields": {"flow/money": True}}
    register.do(flows, OLGA)
    register.do(relation("s", "council", "riders", type="alliance", note="since <2024> & on"), OLGA)
    graph = nx.read_graphml(io.BytesIO(write(board.state, register.state)))
    names = {id: data["label"] for id, data in graph.nodes(data=True)}
    assert names == {an_id(one): one.capitalize() for one in ("council", "drivers", "riders")}
    assert graph.nodes[an_id("council")]["power"] == 90
    told = {(a, b): (data["type"], data["flow"]) for a, b, data in graph.edges(data=True)}
    assert told == {
        (an_id("riders"), an_id("drivers")): ("broken", "money"),
        (an_id("council"), an_id("riders")): ("alliance", ""),
    }


def test_whoever_is_not_on_the_board_is_not_in_it() -> None:
    board, register = a_map("grid2")
    board.do({"type": "delete_item", "id": an_id("p riders")}, OLGA)
    graph = nx.read_graphml(io.BytesIO(write(board.state, register.state)))
    assert sorted(graph) == sorted([an_id("council"), an_id("drivers")])
    assert not graph.edges
