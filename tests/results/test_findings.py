"""What boards that open from data come to, with the figures of the demos; and how they are written down."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.catalog import HOUSE, read
from codesign.core.declared_boards import board_layout
from codesign.core.stream import State
from codesign.i18n import Catalogues
from codesign.results.board_reading import read_board
from codesign.results.choosing import table_of
from codesign.results.facts import Facts
from codesign.results.findings import FINDINGS, findings
from codesign.results.method_form import form_of
from codesign.results.report_names import hide_responsible
from codesign.results.sheets import as_notes
from tests.builders import ANNA, BOARD, BORIS, WORKSHOP, Play, a_board, a_register, an_id, record

ENGLISH = Catalogues().words("en")
METHODS = read(HOUSE).methods
TODAY = "2026-11-22"


class Bench:
    """A board of one method, and the register behind it."""

    def __init__(self, method: str) -> None:
        self.method = METHODS[method]
        self.board = a_board(board_layout(self.method) or self.method.layout)
        self.board.state.fields["method"] = method
        self.register = a_register(None)
        kinds = self.method.declares()
        self.register.ask({"type": "set_up_register", "workshop": WORKSHOP, "kinds": kinds})

    def add(self, name: str, kind: str, /, by: str = ANNA, **fields: Any) -> None:
        self.beside(name, kind, by, **fields)
        placement = {"type": "create_placement", "id": an_id(f"of {name}"), "record": an_id(name)}
        self.board.do(placement, by)

    def beside(self, name: str, kind: str, by: str = ANNA, /, **fields: Any) -> None:
        self.register.do(record(name, kind, **fields), by)

    def facts(self, closed: State | None = None) -> Facts:
        return Facts(self.method, self.board.state, self.register.state, ENGLISH, TODAY, closed)

    def found(self, closed: State | None = None) -> dict[str, tuple[str, ...]]:
        return {one.title: one.words for one in findings(self.facts(closed))}


def euro(name: str, amount: int) -> dict[str, Any]:
    return {f"{name}/amount": amount, f"{name}/currency": "EUR"}


def the_schools(bench: Bench) -> None:
    """Twelve schools in Tirana: 6 million, of which 5.7 are found."""
    for name, instrument, amount in (
        ("contract", "energy_performance_contract", 1_200_000),
        ("loan", "concessional_loan", 2_400_000),
        ("grant", "blended_facility", 1_500_000),
        ("budget", "own_budget", 600_000),
    ):
        said = {"instrument": instrument, "status": "talks", **euro("amount", amount)}
        bench.beside(name, "funding", name=name.title(), **said)
    sources = {f"sources/{an_id(one)}": True for one in ("contract", "loan", "grant", "budget")}
    bench.add("schools", "project", title="Twelve schools", **sources, **euro("capex", 6_000_000))


def change(bench: Bench, name: str, **fields: Any) -> None:
    bench.register.do({"type": "edit_record", "id": an_id(name), "fields": fields}, ANNA)


def test_the_mix_of_the_schools_has_its_gap_and_its_shares() -> None:
    bench = Bench("financing-mix")
    the_schools(bench)
    said = bench.found()["Money for Twelve schools"]
    assert said[:2] == ("Found: 5\u00a0700\u00a0000 EUR", "Gap: 300\u00a0000 EUR (5 %)")
    assert said[-2:] == ("Grants: 26 %", "To be repaid: 63 %")


def test_money_of_several_currencies_is_not_added_up() -> None:
    bench = Bench("financing-mix")
    the_schools(bench)
    change(bench, "loan", **{"amount/currency": "ALL"})
    said = bench.found()["Money for Twelve schools"]
    assert said == ("Not added up: several currencies (ALL, EUR)",)


def test_what_a_project_earns_and_how_far_it_is_lead_to_hints() -> None:
    bench = Bench("financing-mix")
    the_schools(bench)
    assert bench.found()["Worth a look for Twelve schools"] == (
        "It neither earns nor saves, so look at: grant, own budget, blended facility",
    )
    more = {"stage": "pre_feasibility", "energy_mwh_year": 4_000, "creditworthy": True}
    change(bench, "schools", **more, **euro("savings_year", 420_000))
    said = bench.found()["Worth a look for Twelve schools"]
    assert said == (
        "No feasibility study yet, so first: technical-assistance grant",
        "It saves energy and money, so look at: energy performance contract, revolving fund",
        "It is large and there is room for debt, so look at: concessional loan, municipal bond",
    )


FULL: dict[str, Any] = {
    **{
        "city": "Tirana",
        "theme": "energy",
        "summary": "Warm",
        "problem": "Cold",
        "stage": "pre_feasibility",
    },
    **{
        "objectives": "Half the heat",
        "description": "Insulate",
        "people_reached": 6200,
        "consent": "network",
    },
    **{"question_to_adviser": "Which contract?", "documents/needs_assessment": True},
    **{"documents/cost_estimate": True, **euro("finance_sought", 300_000)},
}


def test_the_request_of_tirana_is_at_seventy_and_can_be_sent_by_who_knows_its_contact() -> None:
    bench = Bench("intake-request")
    the_schools(bench)
    bench.beside("city", "stakeholder", name="City", sector="state")
    change(bench, "schools", promoter=an_id("city"), **FULL)
    closed = State()
    closed.put({"id": an_id("schools"), "kind": "project", "contact": "PRIVATE-CANARY"})
    said = bench.found(closed)["How ready is Twelve schools?"]
    assert said[:2] == ("70 of 100", "It can be sent.")
    assert said[2] == (
        "Documents missing: feasibility study, environmental and social screening, council decision"
    )
    assert "CANARY" not in str(bench.found(closed))


def test_whoever_does_not_lead_is_not_told_that_a_contact_is_missing() -> None:
    bench = Bench("intake-request")
    the_schools(bench)
    change(bench, "schools", **FULL)
    said = " ".join(bench.found()["How ready is Twelve schools?"])
    assert "Who stands behind it" in said
    assert "Contact" not in said


def test_an_investment_plan_adds_years_and_sources_and_names_who_pays_for_running_it() -> None:
    bench = Bench("investment-plan")
    for name, instrument, amount in (("grant", "grant", 700), ("own", "own_budget", 300)):
        bench.beside(
            name, "funding", name=name.title(), instrument=instrument, **euro("amount", amount)
        )
    both = {f"sources/{an_id(one)}": True for one in ("grant", "own")}
    more = {**euro("capex", 1_200), **euro("opex_year", 20), **euro("savings_year", 220)}
    bench.add("lanes", "investment", title="Bus lanes", **more, **both)
    bench.add("lamps", "investment", title="Lamps", **euro("capex", 300), **both)
    for at, (of, text) in enumerate(
        (("lanes", "2027: 1 000"), ("lanes", "2028: 200"), ("lamps", "2028: 300"))
    ):
        line = {"of": an_id(of), "field": "phasing", "order": f"a{at}", "text": text}
        bench.beside(f"line {at}", "line", **line)
    assert bench.found() == {
        "By year, in EUR": ("2027: 1\u00a0000 EUR", "2028: 500 EUR"),
        "By source, in EUR": ("Grant: 700 EUR", "Own: 300 EUR"),
        "Together": ("Gap: 500 EUR", "Paid by others than the city: 70 %"),
        "Nobody says who pays for running it": ("Bus lanes",),
        "Paid back after": ("Bus lanes: 6.0 years",),
    }


def test_the_way_of_lumnije_is_worst_where_nobody_comes() -> None:
    bench = Bench("journey")
    bench.beside("lumnije", "persona", name="Lumnije")
    steps = (
        ("Bill arrives", "post", -1, ""),
        ("Trip to pay", "counter", -1, "A day lost"),
        ("Collection day", "street", 0, ""),
        ("Missed collection", "street", -2, ""),
        ("Complaint", "local leader", -1, ""),
    )
    for at, (title, channel, feeling, pain) in enumerate(steps):
        said = {"channel": channel, "feeling": feeling, "minutes": 20, "number": at + 1}
        more = {"pain": pain} if pain else {}
        bench.add(title, "phase", title=title, persona=an_id("lumnije"), **said, **more)
    assert bench.found() == {
        "Where it is worst": ("Lumnije: Missed collection",),
        "How often the way changes": ("Lumnije: 3 changes of channel",),
        "Time it takes": ("Lumnije: 100 minutes",),
        "Pains nobody mends": ("Trip to pay",),
    }


def test_must_that_is_too_much_is_said() -> None:
    bench = Bench("moscow")
    bench.add("stops", "idea", name="Stops", moscow="must", effort=7)
    bench.add("texts", "action", title="Texts", moscow="should", effort=3)
    found = bench.found()
    assert found["Share of the effort"] == ("Must: 70 %", "Should: 30 %", "Could: 0 %")
    assert len(found["To talk about"]) == 2


def test_a_lotus_counts_its_sides_by_what_they_are_called_and_asks_about_thin_ones() -> None:
    bench = Bench("lotus")
    bench.add("theme", "idea", name="Schools that cost less to heat", petal="centre")
    assert bench.found() == {}
    for at, words in enumerate(("Windows", "They close", "Seals", "Curtains")):
        bench.add(f"w{at}", "idea", name=words, petal="petal_1")
    bench.add("people", "idea", name="Pupils", petal="petal_2")
    found = bench.found()
    counted, (few,) = found["Ideas on each side"], [v for k, v in found.items() if "Fewer" in k]
    assert counted[:3] == ("Windows: 4", "Pupils: 1", "Third side: 0")
    assert few == ("Pupils",)


def test_each_person_counts_once_in_a_nuf_test_with_what_they_said_last() -> None:
    bench = Bench("nuf")
    bench.add("bus", "idea", name="Bus times")
    for at, (by, row, value) in enumerate(
        (
            (ANNA, "new", 5),
            (BORIS, "new", 7),
            (ANNA, "useful", 9),
            (ANNA, "feasible", 2),
            (ANNA, "feasible", 3),
        )
    ):
        said = {"item": an_id("bus"), "row": row, "value": value}
        bench.beside(f"score {at}", "nuf_score", by, **said)
    assert bench.found() == {"New, useful and feasible together": ("Bus times: 18 · hard to do",)}


def test_a_tree_says_where_it_begins_and_what_no_aim_answers() -> None:
    bench = Bench("problem-tree")
    bench.add("core", "tree_node", text="Half is missed", side="core")
    bench.add(
        "trucks",
        "tree_node",
        text="Trucks stand",
        side="causes",
        parent=an_id("core"),
        aim="Trucks run",
    )
    bench.add("parts", "tree_node", text="No parts", side="causes", parent=an_id("trucks"))
    bench.add("smoke", "tree_node", text="Smoke", side="effects", parent=an_id("core"))
    bench.add("alone", "tree_node", text="Rain", side="causes")
    said = {title: tuple(sorted(words)) for title, words in bench.found().items()}
    assert said == {
        "Where it begins": ("No parts",),
        "Not tied to the core problem": ("Rain",),
        "Causes without an aim": ("No parts", "Rain"),
        "Aims without an action": ("Trucks run",),
    }


def test_offers_and_needs_of_one_theme_from_two_cities_go_together() -> None:
    bench = Bench("offers-needs")
    bench.add("tender", "exchange", text="Our tender", side="offer", theme="waste", city="Tirana")
    bench.add("ours", "exchange", text="A tender", side="need", theme="Waste", city="Kutaisi")
    bench.add("own", "exchange", text="Ours too", side="need", theme="waste", city="Tirana")
    assert bench.found() == {"These could go together": ("Our tender → A tender",)}


def test_a_portfolio_adds_costs_by_axis_and_names_what_clashes() -> None:
    bench = Bench("portfolio")
    bench.add("move", "axis", title="On the move")
    bench.add("time", "objective", text="On time", axis=an_id("move"))
    ends = {"objective": an_id("time"), **euro("capex", 100)}
    bench.add("lanes", "project", title="Lanes", social=2, economic=1, digital=1, **ends)
    bench.add("parking", "project", title="Parking", **ends)
    clash = {"from": an_id("lanes"), "to": an_id("parking"), "type": "clashes"}
    bench.beside("clash", "synergy", why="Same street", **clash)
    found = bench.found()
    assert found["Costs by axis"] == ("On the move: 200 EUR",)
    assert found["Serve three dimensions or more"] == ("Lanes",)
    assert found["These clash"] == ("Lanes ↔ Parking",)
    assert "Social" not in found["Fully served by no project"]


@pytest.mark.parametrize(
    "method", [id for id, one in METHODS.items() if form_of(one, ENGLISH)["layout"]]
)
def test_an_empty_board_comes_to_nothing_and_every_name_it_computes_is_known(method: str) -> None:
    bench = Bench(method)
    assert bench.found() == {}
    assert table_of(bench.board.state, bench.register.state, ENGLISH, bench.method, TODAY) == []
    elsewhere = {"theme_rank", "calendar_file"}  # told with what is beside them, and by a file
    assert {*bench.method.computed} - FINDINGS.keys() <= elsewhere


def test_a_board_of_blocks_is_written_down_block_by_block_and_what_it_comes_to_last() -> None:
    bench = Bench("city-canvas")
    bench.add("heard", "canvas_entry", text="Everybody is heard", block="mission")
    assert bench.board.workshop is not None
    notes = as_notes(bench.board.state, bench.register.state, ENGLISH, bench.method, TODAY)
    model = read_board(notes, bench.board.workshop.state, BOARD)
    titles = [one.title for one in model.regions]
    assert titles[0] == "Mission"
    assert titles[-1] == "What this comes to"
    assert [one.text for one in model.regions[0].contents] == ["Everybody is heard"]  # type: ignore[union-attr]


def test_a_table_says_every_field_anybody_filled_in_words_and_never_the_closed_side() -> None:
    bench = Bench("project-fiche")
    the_schools(bench)
    change(bench, "schools", stage="feasibility", **{"documents/permits": True})
    head, row, *_ = table_of(bench.board.state, bench.register.state, ENGLISH, bench.method, TODAY)
    told = dict(zip(head, row, strict=True))
    assert told["Stage"] == "feasibility"
    assert told["Investment"] == "6\u00a0000\u00a0000 EUR"
    assert told["Documents that are there"] == "permits"
    assert told["Sources of money"] == "Contract, Loan, Grant, Budget"
    assert "Contact" not in told


def test_members_are_told_by_their_organisation_where_nobody_is_named() -> None:
    register = a_register(None)
    register.do(
        record("ana", "member", name="Ana B", organisation="Eco club", sector="academia"), ANNA
    )
    plain = hide_responsible(register.state)
    assert plain is not None
    assert [one["name"] for one in plain.of_kind("member")] == ["Eco club"]


def test_the_form_has_the_words_of_its_regions_and_of_every_field() -> None:
    form = form_of(METHODS["moscow"], ENGLISH)
    idea = next(one for one in form["kinds"] if one["name"] == "idea")
    column = next(one for one in idea["fields"] if one["name"] == "moscow")
    assert (form["layout"], idea["place"]) == ("canvas", "moscow")
    assert column["options"][0] == ("must", "Must")
    assert idea["shown"] == ("effort",)


def test_no_register_at_all_breaks_nothing() -> None:
    board: Play = a_board("canvas")
    board.state.fields["method"] = "city-canvas"
    facts = Facts(METHODS["city-canvas"], board.state, State(), ENGLISH, TODAY)
    assert findings(facts) == []
