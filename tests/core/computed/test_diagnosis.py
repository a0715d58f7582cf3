"""Canvases, tests with people, actors beyond the list, SWOT, framework, pins: cases worked by hand."""

from __future__ import annotations

from codesign.core.computed import canvases, diagnosis, engagement, journeys, months, trials


def entry(id: str, block: str, **more: str) -> dict[str, str]:
    return {"id": id, "block": block, **more}


def test_a_canvas_says_what_is_empty_and_what_is_a_guess() -> None:
    entries = [entry("1", "value", confidence="known"), entry("2", "costs", confidence="guess")]
    entries.append(entry("3", "costs"))
    assert canvases.empty_blocks(["value", "costs", "revenue"], entries) == ["revenue"]
    assert canvases.guesses(entries) == (["2", "3"], 2 / 3)
    assert canvases.guesses([]) == ([], None)


def test_a_value_needs_a_segment_named_from_either_side() -> None:
    entries = [
        entry("v1", "value", ref="s1"),
        entry("v2", "value"),
        entry("v3", "value"),
        entry("s1", "segments"),
        entry("s2", "segments", ref="v2"),
    ]
    assert canvases.values_without_segment(entries) == ["v3"]


def test_impact_needs_a_measure_and_beneficiaries_a_face() -> None:
    social = [entry("i", "social_value"), entry("m", "impact_measures", ref="i")]
    assert canvases.impact_without_measure(social) == []
    assert canvases.impact_without_measure(social[:1]) == ["i"]
    people = [entry("a", "beneficiaries", ref="lumnije"), entry("b", "beneficiaries")]
    assert canvases.not_among_personas(people, {"lumnije"}) == ["b"]


def test_the_riskiest_belief_that_nobody_tested_comes_first() -> None:
    tests = [
        {"id": "done", "risk": 5, "result": "7 of 10", "when": "2026-01-01"},
        {"id": "a", "risk": 4, "when": "2026-10-31", "who": ["l"]},
        {"id": "b", "risk": 4, "when": "2026-12-01"},
        {"id": "c", "risk": 2},
        {"id": "d"},
    ]
    assert trials.riskiest_untested(tests) == ["a", "b"]
    assert trials.riskiest_untested([]) == []
    assert trials.overdue(tests, "2026-11-22") == ["a"]
    assert trials.never_involved(["l", "d"], tests) == ["d"]


def test_rings_and_people_whom_only_others_speak_for() -> None:
    people = [
        {"id": "1", "region": "users", "surrogate": "leader", "in_the_room": False},
        {"id": "2", "region": "users", "surrogate": "leader", "in_the_room": True},
    ]
    assert engagement.empty_rings(["service", "users"], people) == ["service"]
    assert engagement.only_by_others(people) == ["1"]


def test_a_net_map_ranks_towers_and_finds_allies_opponents_and_the_strong_without_us() -> None:
    actors = [
        {"id": "city", "tower": 4, "goals": ["clean villages"]},
        {"id": "ministry", "tower": 8, "goals": ["low cost"]},
        {"id": "buyers", "tower": 6},
        {"id": "leaders", "tower": 4, "goals": ["clean villages"]},
        {"id": "new"},
    ]
    relations = [
        {"from": "buyers", "to": "leaders", "type": "tension"},
        {"from": "city", "to": "ministry", "type": "close"},
    ]
    assert engagement.influence_ranks(actors) == {
        "ministry": 1,
        "buyers": 2,
        "city": 3,
        "leaders": 3,
    }
    goals = engagement.allies_and_opponents(actors, relations)
    assert goals["clean villages"] == (["city", "leaders"], ["buyers"])
    assert goals["low cost"] == (["ministry"], [])
    assert engagement.strong_without_us(actors, relations, "city") == ["buyers"]


def test_key_actors_and_those_with_a_veto_need_somebody_to_talk_to() -> None:
    actors = [{"id": "k", "class": "key"}, {"id": "v", "veto": True}, {"id": "s"}]
    rows = [{"id": "1", "stakeholder": "k", "next": "2026-11-21"}, {"id": "2", "stakeholder": "s"}]
    assert engagement.without_a_row(actors, rows) == ["v"]
    assert engagement.overdue_contacts(rows, "2026-11-22") == ["1"]
    assert engagement.overdue_contacts(rows, "2026-11-21") == []


def test_months_are_counted_over_the_end_of_a_year() -> None:
    assert months.between("2026-11", "2027-02") == 3
    assert months.within(6, "2026-11", "2027-05")
    assert not months.within(6, "2026-11", "2027-06")
    assert not months.within(6, "2026-11", "2026-10")
    assert not months.within(6, "2026-11", None)


def test_swot_is_ordered_by_weight_and_names_what_lies_unused() -> None:
    notes = [
        {"id": "s1", "region": "strengths", "weight": 1},
        {"id": "s2", "region": "strengths", "weight": 3},
        {"id": "o1", "region": "opportunities", "weight": 3},
        {"id": "o2", "region": "opportunities"},
    ]
    plans = [{"inside": ["s1"], "outside": ["o1", "o2"]}, {"inside": ["s1"], "outside": ["o1"]}]
    regions = ["strengths", "opportunities"]
    assert diagnosis.weighted(notes, regions) == {
        "strengths": ["s2", "s1"],
        "opportunities": ["o1", "o2"],
    }
    assert diagnosis.pairs_used(plans) == [("s1", "o1"), ("s1", "o2")]
    assert diagnosis.unused_strong(notes, plans) == ["s2"]


def test_a_challenge_of_three_cities_is_shared() -> None:
    found = [
        {"id": str(at), "city": city, "theme": theme}
        for at, (city, theme) in enumerate(
            [("A", "energy"), ("B", "energy"), ("C", "energy"), ("A", "energy"), ("A", "ict")]
        )
    ]
    assert diagnosis.heat(found)["A", "energy"] == 2
    assert diagnosis.shared_challenges(found) == {"energy": ["A", "B", "C"]}


def test_open_doors_are_found_for_challenges_and_close_within_half_a_year() -> None:
    challenges = [{"id": "c", "city": "A", "theme": "energy"}, {"id": "x", "city": "A"}]
    doors = [
        {"id": "ours", "city": "A", "theme": "energy", "open_until": "2027-05"},
        {"id": "everyone's", "theme": "energy", "open_until": "2027-06"},
        {"id": "theirs", "city": "B", "theme": "energy"},
    ]
    assert diagnosis.doors_for(challenges, doors) == [("c", "ours"), ("c", "everyone's")]
    assert diagnosis.closing_soon(doors, "2026-11") == ["ours"]


def test_the_framework_counts_gaps_limits_and_what_ends() -> None:
    documents = [
        {"id": "law", "region": "law", "effect": "limits", "relevance": 1, "to": "2028-11"},
        {"id": "plan", "region": "law", "gap": "no digital part", "to": "2028-12"},
        {"id": "contract", "region": "money", "effect": "limits", "relevance": 3},
    ]
    assert diagnosis.domains(documents, ["law", "money", "data"]) == {
        "law": (2, 1),
        "money": (1, 0),
        "data": (0, 0),
    }
    assert diagnosis.limits(documents) == ["contract", "law"]
    assert diagnosis.expiring(documents, "2026-11") == ["law"]
    assert diagnosis.maturity({"data": [0, 4, 1], "law": []}) == {"data": (1.7, 4)}


def test_pins_objectives_and_themes() -> None:
    placed = [{"type": "idea", "area": "market"}, {"type": "idea", "area": "market"}]
    assert diagnosis.pins([*placed, {"type": "problem"}]) == {
        ("idea", "market"): 2,
        ("problem", ""): 1,
    }
    objectives = [
        {"id": "1", "target": "80 %", "indicator": "buses on time", "theme": "mobility"},
        {"id": "2", "target": "80 %", "indicator": " "},
    ]
    assert diagnosis.without_measure(objectives) == ["2"]
    assert diagnosis.uncovered(["mobility", "waste"], objectives) == ["waste"]


def test_the_journey_as_it_should_be_is_compared_with_today() -> None:
    today = [
        {"channel": "post", "feeling": -1, "minutes": 5},
        {"channel": "counter", "feeling": -2, "minutes": 120},
    ]
    wanted = [{"channel": "shop", "feeling": 1, "minutes": 10}]
    assert journeys.difference(today, wanted) == {
        "minutes": -115,
        "channel_changes": -1,
        "lowest_feeling": 3,
    }
    assert journeys.difference(today, [])["lowest_feeling"] is None
    assert journeys.feelings(wanted) == [1]
    assert journeys.total_minutes(today) == 125
