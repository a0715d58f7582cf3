"""Portfolios, charters, promises and answers: cases worked by hand, and the schools of Tirana."""

from __future__ import annotations

from codesign.core.computed import follow_up, plans, portfolios, scores
from codesign.core.computed.readiness import for_next_stage


def euros(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "EUR"}


def test_a_portfolio_adds_up_by_axis_and_sees_what_it_leaves_out() -> None:
    projects = [
        {
            "id": "schools",
            "objective": "o1",
            "capex": euros(6_000_000),
            "stage": "pre_feasibility",
            "dimensions": {"social": 2, "economic": 1, "environmental": 2},
        },
        {"id": "lanes", "objective": "o2", "capex": euros(1), "dimensions": {"spatial": 2}},
        {"id": "loose", "capex": {"amount": 5, "currency": "ALL"}},
    ]
    assert portfolios.cost_per_axis({"o1": "energy", "o2": "energy"}, projects) == {
        ("energy", "EUR"): 6_000_001,
        ("", "ALL"): 5,
    }
    assert portfolios.dimension_gaps(projects) == ["economic", "governance", "digital"]
    assert portfolios.integrated(projects) == ["schools"]
    assert portfolios.stages(projects) == {"pre_feasibility": 1, "idea": 2}
    synergies = [{"from": "a", "to": "b", "type": "clashes"}, {"from": "a", "to": "c"}]
    assert portfolios.clashes(synergies) == [("a", "b")]


def test_a_theory_of_change_names_its_loose_ends() -> None:
    results = [
        {"id": "trained", "level": "outputs", "indicator": "people"},
        {"id": "trucks", "level": "outputs"},
        {"id": "weekly", "level": "outcomes", "assumption": "roads are open"},
        {"id": "clean", "level": "impact", "assumption": "said so", "evidence": "data"},
    ]
    links = [{"from": "trucks", "to": "weekly"}, {"from": "trained", "to": "trucks"}]
    assert portfolios.outputs_without_outcome(results, links) == ["trained"]
    assert portfolios.levels_without_indicator(results) == ["outcomes", "impact"]
    assert portfolios.untested(results) == ["weekly"]


def test_a_charter_weighs_its_members() -> None:
    members = [
        {"id": "1", "organisation": "City council ", "sector": "state", "term_until": "2027-01"},
        {"id": "2", "organisation": "Eco club", "sector": "civil_society", "term_until": "2029-01"},
        {"id": "3", "organisation": "Depot", "sector": "state", "role": "observer"},
        {"id": "4", "organisation": "Operators", "sector": "private"},
    ]
    assert portfolios.sector_balance(members) == {
        "state": 0.5,
        "civil_society": 0.25,
        "private": 0.25,
    }
    actors = [
        {"id": "a", "name": "city council", "class": "key"},
        {"id": "b", "name": "Transport unit", "class": "key"},
        {"id": "c", "name": "Tourism", "class": "secondary"},
    ]
    assert portfolios.key_missing(actors, members) == ["b"]
    assert (portfolios.quorum(members), portfolios.quorum([])) == (2, 0)
    assert portfolios.terms_ending(members, "2026-11") == ["1"]


PROMISES = [
    {"id": "kept", "what": "Send", "who": "E", "by_when": "2026-11-01", "status": "done"},
    {"id": "late", "what": "Ask", "who": "N", "by_when": "2026-11-20"},
    {"id": "soon", "what": "Call; twice", "who": "Ђорђе", "by_when": "2026-11-29"},
    {"id": "then", "what": "Write", "who": "M", "by_when": "2026-11-30"},
    {"id": "let go", "what": "Fly", "who": "X", "by_when": "2027-01-01", "status": "dropped"},
]


def test_promises_are_late_due_and_kept() -> None:
    today = "2026-11-22"
    assert follow_up.late(PROMISES, today) == ["late"]
    assert follow_up.reminders(PROMISES, today) == ["late", "soon"]
    assert follow_up.kept_share(PROMISES, today) == 1 / 3
    assert follow_up.kept_share(PROMISES[3:4], today) is None


def test_the_calendar_file_holds_open_promises_and_breaks_no_letter() -> None:
    long = {"id": "l", "what": "ჟ" * 60, "who": "a,b\nc", "by_when": "2026-12-01"}
    text = follow_up.calendar([*PROMISES, long], "20261122T120000Z")
    lines = text.split("\r\n")
    assert text.count("BEGIN:VEVENT") == 4
    assert "SUMMARY:Call\\; twice" in lines
    assert "DESCRIPTION:a\\,b\\nc" in lines
    assert "DTSTART;VALUE=DATE:20261129" in lines
    assert max(len(line.encode()) for line in lines) <= 75
    assert "SUMMARY:" + "ჟ" * 60 in text.replace("\r\n ", "")


def test_a_city_with_two_ratings_is_never_shown_alone() -> None:
    given = (("A", 5), ("A", 4), ("A", 4), ("B", 2), ("B", 2), ("B", 3))
    ratings = [{"city": city, "useful": value} for city, value in given]
    assert follow_up.means(ratings, "useful", "city") == {"A": 4.3, "B": 2.3}
    few = [*ratings[:3], {"city": "B", "useful": 1}, {"city": "C", "useful": 3}, {"city": "C"}]
    assert follow_up.means(few, "useful", "city") == {None: 3.4}


def test_only_answers_with_a_reason_count() -> None:
    answers = [{"input": "1", "because": "built in"}, {"input": "2", "because": ""}]
    assert follow_up.answered_share(["1", "2"], answers) == 0.5
    assert follow_up.answered_share([], answers) is None


def test_the_schools_of_tirana_may_go_on_and_then_need_a_study_and_a_screening() -> None:
    there = ["needs_assessment", "cost_estimate"]
    assert for_next_stage({"stage": "pre_feasibility", "documents": there}) == []
    assert for_next_stage({"stage": "feasibility", "documents": there}) == [
        "feasibility_study",
        "environmental_and_social_screening",
    ]
    assert for_next_stage({"stage": "implementation", "documents": there}) == [
        *("feasibility_study", "environmental_and_social_screening"),
        *("design", "council_decision", "permits", "tender_file"),
    ]
    assert for_next_stage({}) == []


def test_a_timeline_puts_turned_months_right_and_the_gap_is_what_nobody_has_secured() -> None:
    actions = [
        {"id": "b", "start": "2027-03", "end": "2027-01"},
        {"id": "a", "start": "2026-12", "end": "2027-02"},
        {"id": "c", "start": "2027-01"},
    ]
    assert plans.timeline(actions) == [("a", "2026-12", "2027-02"), ("b", "2027-01", "2027-03")]
    money = [
        {"cost": euros(10), "cost_basis": "quote", "funding_status": "secured"},
        {"cost": euros(7), "cost_basis": "guess", "funding_status": "applied"},
        {"cost": euros(5), "cost_basis": "guess", "funding_status": "none", "status": "dropped"},
    ]
    assert plans.funding_gap(money) == {"EUR": 7}
    assert plans.load([{"lead": "depot"}, {"lead": "depot", "status": "done"}, {}]) == {"depot": 1}


def test_weights_add_up_to_a_hundred_or_are_not_whole() -> None:
    assert scores.weights_are_whole([{"weight": 60}, {"weight": 40}])
    assert not scores.weights_are_whole([{"weight": 60}, {}])
