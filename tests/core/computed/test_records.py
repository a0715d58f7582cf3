"""What is computed about records, on the personas of Vushtrri, the project of Tirana (methods.md 6) and by hand."""

from __future__ import annotations

import pytest

from codesign.core.computed import journeys, personas, plans, questions, scores, trees
from codesign.core.computed.completeness import completeness, evidence
from codesign.core.computed.finance import MixedCurrencies, hints, mix, simple_payback, years
from codesign.core.computed.readiness import QUESTION, REQUIRED, readiness

LUMNIJE = dict.fromkeys(personas.REQUIRED, "said") | {"access_needs": [], "digital_skill": 3}
HEARD = dict.fromkeys(("quote", "frustrations", "channels_trusted", "devices"), "heard")


def test_lumnije_is_nearly_complete_and_partly_evidenced() -> None:
    found = completeness(LUMNIJE, personas.REQUIRED)
    assert (len(found.filled), found.missing, round(found.share * 100)) == (
        11,
        ("access_needs",),
        92,
    )
    told = evidence(LUMNIJE, personas.REQUIRED, HEARD)
    assert (round(told.share * 100), told.label, told.to_ask[0]) == (
        36,
        "partly_evidenced",
        "access_needs",
    )


def test_zero_and_no_are_answers_and_blanks_are_none() -> None:
    record = {"a": 0, "b": False, "c": " ", "d": [], "e": None}
    assert completeness(record, ["a", "b", "c", "d", "e"]).filled == ("a", "b")


def test_a_set_of_personas_is_asked_whom_it_leaves_out() -> None:
    dragica = {"id": "d", "digital_skill": 1, "access_needs": ["sight"], "languages": ["sr"]}
    arben = {"id": "a", "digital_skill": 8, "access_needs": ["none_known"], "languages": ["sq"]}
    assert personas.set_warnings([arben, dragica], ["sq", "sr"]) == []
    assert personas.set_warnings([arben], ["sq", "sr"]) == [
        ("nobody_rarely_online", ""),
        ("nobody_with_access_need", ""),
        ("no_speaker", "sr"),
    ]


def test_a_persona_that_no_action_serves_is_there_with_an_empty_list() -> None:
    people = [{"id": "l"}, {"id": "d"}]
    actions = [{"id": "1", "personas": ["l"]}, {"id": "2"}]
    assert personas.served_by(people, actions, "personas") == {"l": ["1"], "d": []}


def test_the_journey_of_lumnije_is_worst_where_the_truck_does_not_come() -> None:
    phases = [
        {"id": "bill", "channel": "post", "feeling": -1},
        {"id": "trip", "channel": "counter", "feeling": -1, "pain": "far away"},
        {"id": "collection", "channel": "street", "feeling": 0},
        {
            "id": "missed",
            "channel": "street",
            "feeling": -2,
            "pain": "stays",
            "opportunity": "text",
        },
        {"id": "complaint", "channel": "local leader", "feeling": -1},
    ]
    assert journeys.lowest_point(phases) == "missed"
    assert journeys.channel_changes(phases) == 3
    assert journeys.pains_without_opportunity(phases) == ["trip"]
    assert journeys.lowest_point([]) is None


def euros(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "EUR"}


SOURCES = [
    {"id": "a", "instrument": "energy_performance_contract", "amount": euros(1_200_000)},
    {"id": "b", "instrument": "concessional_loan", "amount": euros(2_400_000)},
    {"id": "c", "instrument": "blended_facility", "amount": euros(1_500_000), "repayable": False},
    {
        "id": "d",
        "instrument": "own_budget",
        "amount": euros(600_000),
        "council_decision_needed": True,
    },
]


def test_the_schools_of_tirana_lack_three_hundred_thousand() -> None:
    found = mix(euros(6_000_000), SOURCES)
    assert (found.total, found.gap) == (5_700_000, 300_000)
    assert (round(found.grant_share * 100), round(found.repayable_share * 100)) == (26, 63)
    assert found.decisions_needed == ("d",)
    assert simple_payback(6_000_000, savings=420_000) == 14.3


def test_two_currencies_are_never_summed() -> None:
    lek = {"id": "e", "instrument": "grant", "amount": {"amount": 1, "currency": "ALL"}}
    with pytest.raises(MixedCurrencies):
        mix(euros(10), [*SOURCES, lek])


def test_no_surplus_pays_nothing_back() -> None:
    assert simple_payback(100, savings=5, opex=5) is None


def test_hints_come_from_what_the_project_says() -> None:
    project = {
        "capex": euros(6_000_000),
        "savings_year": 420_000,
        "energy_mwh_year": 9,
        "stage": "pre_feasibility",
    }
    assert [reason for reason, _ in hints(project)] == ["too_early", "saves_energy"]
    assert [reason for reason, _ in hints({"stage": "feasibility"})] == ["no_income"]


def test_years_and_sources_of_an_investment_plan_are_summed() -> None:
    lines = [
        {"id": "1", "capex": 100, "phasing": {2027: 60, 2028: 40}, "sources": {"d": 20, "a": 70}},
        {"id": "2", "capex": 50, "phasing": {2028: 50}, "opex_year": 5},
    ]
    found = years(lines, {one["id"]: one for one in SOURCES})
    assert (found.by_year, found.gap, found.unpaid_running) == ({2027: 60, 2028: 90}, 60, ("2",))
    assert round(found.co_financing, 2) == 0.78


def test_the_request_of_tirana_can_be_sent_with_seventy_points() -> None:
    request = dict.fromkeys((*REQUIRED, QUESTION), "said") | {
        "stage": "pre_feasibility",
        "documents": ["needs_assessment", "cost_estimate"],
    }
    found = readiness(request, covered=0.95)
    assert (found.points, found.can_be_sent, found.missing_fields) == (70, True, ())
    assert found.missing_documents == (
        *("feasibility_study", "environmental_and_social_screening", "council_decision"),
    )
    assert not readiness({**request, "title": ""}, 0.95).can_be_sent


def test_actions_that_wait_for_each_other_are_a_circle() -> None:
    actions = [
        {"id": "a", "depends_on": ["b"]},
        {"id": "b", "depends_on": ["c"]},
        {"id": "c", "depends_on": ["a"]},
        {"id": "d", "depends_on": ["a", "gone"]},
    ]
    assert plans.circles(actions) == [("a", "b", "c")]


def test_what_is_over_is_never_late() -> None:
    actions = [
        {"id": "late", "end": "2026-10"},
        {"id": "step", "end": "2027-01", "next_step_by": "2026-11-21"},
        {"id": "now", "end": "2026-11"},
        {"id": "done", "end": "2026-01", "status": "done"},
    ]
    assert plans.overdue(actions, "2026-11-22") == ["late", "step"]


def test_a_cost_without_its_basis_does_not_count() -> None:
    cost = {"amount": 5, "currency": "EUR"}
    actions = [
        {"id": "1", "cost": cost, "cost_basis": "guess", "objective": "o"},
        {"id": "2", "cost": cost},
    ]
    assert plans.cost_by(actions, "objective") == {("o", "EUR"): 5}
    assert plans.risk({"likelihood": 3, "impact": 5}) == (15, True)
    assert plans.risk({"likelihood": 3}) is None


def test_a_tree_names_its_roots_and_what_hangs_loose() -> None:
    nodes = [
        {"id": "effect"},
        {"id": "core", "parent": "effect"},
        {"id": "cause", "parent": "core"},
        {"id": "root", "parent": "cause"},
        {"id": "round", "parent": "about"},
        {"id": "about", "parent": "round"},
    ]
    assert trees.root_causes(nodes, "core") == ["root"]
    assert trees.loose(nodes, "core") == ["round", "about"]
    assert trees.ancestors(nodes, "round") == ["about"]
    assert trees.without(["cause", "root"], [{"id": "aim", "answers": "root"}], "answers") == [
        "cause"
    ]


CRITERIA = [
    {"id": "people", "weight": 60},
    {"id": "cost", "weight": 40, "direction": "less_is_better"},
]


def test_a_score_is_weighted_and_less_may_be_better() -> None:
    given = [
        ("ana", "a", "people", 5),
        ("ben", "a", "people", 3),
        ("ana", "a", "cost", 5),
        ("ana", "b", "cost", 0),
    ]
    first, second = scores.scored(["b", "a"], CRITERIA, given)
    assert (first.id, first.score, first.rank) == ("a", 2.4, 1)
    assert (second.id, second.score, second.rank) == ("b", 2.0, 2)
    assert first.spreads == {"people": 2, "cost": 0}


def test_a_ranking_that_hangs_on_one_weight_says_so() -> None:
    close = [
        ("ana", "a", "people", 5),
        ("ana", "a", "cost", 5),
        ("ana", "b", "people", 2),
        ("ana", "b", "cost", 1),
    ]
    assert scores.sensitivity(["a", "b"], CRITERIA, close) == [
        ("people", -20, ("b", "a")),
        ("cost", 20, ("b", "a")),
    ]
    firm = [
        ("ana", "a", "people", 5),
        ("ana", "a", "cost", 0),
        ("ana", "b", "people", 0),
        ("ana", "b", "cost", 5),
    ]
    assert scores.sensitivity(["a", "b"], CRITERIA, firm) == []


def test_too_much_must_and_too_little_could_are_said() -> None:
    items = [
        {"column": "must", "effort": 7},
        {"column": "should", "effort": 3},
        {"column": "not_now"},
    ]
    shares, warnings = scores.moscow(items)
    assert (shares["must"], warnings) == (0.7, ["much_must", "little_could"])


def test_an_idea_that_is_hard_to_do_is_flagged() -> None:
    assert scores.nuf({"a": {"new": [8], "useful": [9, 7], "feasible": [3, 4]}}) == {
        "a": (19.5, True)
    }


def test_a_question_may_be_too_short_or_too_long() -> None:
    assert [questions.length_warning("x" * size) for size in (39, 40, 180, 181)] == [
        "short",
        None,
        None,
        "long",
    ]
    assert (questions.breadth([2, 3, 3]), questions.breadth([])) == (2.7, None)
