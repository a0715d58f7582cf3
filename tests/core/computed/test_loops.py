"""System maps: the map of Kutaisi (methods.md 6.1), random maps beside networkx, and large ones."""

from __future__ import annotations

from random import Random

import networkx as nx
import pytest

from codesign.core.computed.loops import (
    MOST,
    downstream,
    effect,
    lever_candidates,
    loops,
    measures,
    paths_between,
    upstream,
)

FACTORS = [
    {"id": str(number), "controllable": {1: 2, 4: 3}.get(number, 1)}
    | ({"role": "outcome"} if number in (6, 8) else {})
    for number in range(1, 11)
]
LINKS = [
    {"id": f"{a}{sign}{b}", "from": a, "to": b, "polarity": sign, "delay": delay}
    for a, b, sign, delay in [
        ("1", "2", "+", "none"),
        ("2", "3", "+", "none"),
        ("3", "4", "+", "months"),
        ("4", "1", "+", "none"),
        ("2", "5", "-", "none"),
        ("5", "6", "+", "none"),
        ("6", "1", "-", "none"),
        ("6", "7", "+", "none"),
        ("7", "8", "+", "none"),
        ("8", "9", "+", "none"),
        ("9", "10", "+", "none"),
        ("10", "4", "+", "years"),
    ]
]


def test_the_map_of_kutaisi_has_its_three_loops() -> None:
    found = loops(FACTORS, LINKS)
    assert [(one.name, "-".join(one.factors), one.delayed) for one in found.listed] == [
        ("R1", "1-2-3-4", True),
        ("R2", "1-2-5-6", False),
        ("B1", "1-2-5-6-7-8-9-10-4", True),
    ]
    assert not found.more


def test_the_levers_of_kutaisi_are_reliability_and_upkeep() -> None:
    assert lever_candidates(FACTORS, LINKS) == ["1", "4"]


def test_money_for_upkeep_lowers_congestion() -> None:
    assert effect(FACTORS, LINKS, "4", "6") == "-"


def test_two_ways_with_different_signs_are_mixed_and_no_way_is_none() -> None:
    factors = [{"id": id} for id in "abcd"]
    links = [link("a", "b", "+"), link("b", "d", "+"), link("a", "c", "+"), link("c", "d", "-")]
    assert effect(factors, links, "a", "d") == "mixed"
    assert effect(factors, links, "d", "a") is None


def test_a_loop_with_an_unknown_sign_is_open() -> None:
    found = loops([{"id": "a"}, {"id": "b"}], [link("a", "b", "unknown"), link("b", "a", "+")])
    assert [(one.name, one.kind) for one in found.listed] == [("O1", "open")]


def test_a_factor_linked_to_itself_or_to_nothing_makes_no_loop() -> None:
    assert loops([{"id": "a"}], [link("a", "a", "+"), link("a", "gone", "+")]).listed == ()


def test_up_and_down_the_map_distances_are_counted() -> None:
    assert downstream(LINKS, "9", 3) == {"10": 1, "4": 2, "1": 3}
    assert upstream(LINKS, "3") == {
        **{"2": 1, "1": 2, "4": 3, "6": 3, "3": 4, "10": 4, "5": 4, "9": 5, "8": 6, "7": 7},
    }


def test_measures_are_those_of_networkx() -> None:
    graph = nx.DiGraph([(one["from"], one["to"]) for one in LINKS])
    between = nx.betweenness_centrality(graph)
    found = measures(FACTORS, LINKS)
    assert {id: one.betweenness for id, one in found.items()} == pytest.approx(between, abs=1e-4)
    assert (found["4"].into, found["4"].out, found["4"].leverage) == (2, 1, 0.5)


@pytest.mark.parametrize("seed", range(20))
def test_random_maps_have_the_loops_that_networkx_finds(seed: int) -> None:
    factors, links = a_map(Random(seed), 8, 14)
    graph = nx.DiGraph([(one["from"], one["to"]) for one in links])
    expected = {frozenset(cycle) for cycle in nx.simple_cycles(graph)}
    found = loops(factors, links)
    assert {frozenset(one.factors) for one in found.listed} == expected
    lengths = [len(one.factors) for one in found.listed]
    assert lengths == sorted(lengths)


def test_of_too_many_loops_the_shortest_are_listed_and_the_rest_is_said() -> None:
    factors, links = a_map(Random(1), 60, 600)
    found = loops(factors, links)
    assert (len(found.listed), found.more) == (MOST, True)
    graph = nx.DiGraph([(one["from"], one["to"]) for one in links])
    pairs = sum(1 for cycle in nx.simple_cycles(graph, 2) if len(cycle) == 2)
    assert sum(len(one.factors) == 2 for one in found.listed) == min(pairs, MOST)


def link(start: str, end: str, sign: str) -> dict[str, str]:
    return {"id": f"{start}{end}", "from": start, "to": end, "polarity": sign}


def a_map(
    random: Random, size: int, count: int
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    ids = [f"f{at}" for at in range(size)]
    pairs = random.sample([(a, b) for a in ids for b in ids if a != b], count)
    return [{"id": id} for id in ids], [link(a, b, random.choice("+-")) for a, b in pairs]


def test_a_search_that_takes_too_long_ends_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codesign.core.computed.loops.LOOKS", 20)
    found = loops(FACTORS, LINKS)
    assert len(found.listed) < 3
    assert found.more


def test_the_paths_between_two_factors_come_with_their_sign_the_shortest_first() -> None:
    paths, more = paths_between(FACTORS, LINKS, "4", "6")
    assert [("-".join(path.factors), path.sign) for path in paths] == [("4-1-2-5-6", "-")]
    assert more == 0


def test_of_a_map_beyond_all_measure_a_part_is_searched_and_that_is_said() -> None:
    factors = [{"id": str(at)} for at in range(3_000)]
    links = [link(str(at), str((at + 1) % 3_000), "+") for at in range(3_000)]
    found = loops(factors, [*links, link("1", "0", "-")])
    assert [(one.name, one.factors) for one in found.listed] == [("B1", ("0", "1"))]
    assert found.more
    assert measures(factors, links)["5"].betweenness == 0
