"""The schools of Tirana, a plan for buses, and an investment plan: what documents are made of in tests."""

from __future__ import annotations

from typing import Any

from codesign.catalog import HOUSE, read
from codesign.i18n import Catalogues
from codesign.results.document_building import Stock
from tests.builders import ANNA, WORKSHOP, Play, a_register, an_id, record

METHODS = read(HOUSE).methods
TODAY = "2026-11-22"
SCHOOLS = an_id("schools")
SOURCES = (
    ("contract", "energy_performance_contract", 1_200_000),
    ("loan", "concessional_loan", 2_400_000),
    ("grant", "blended_facility", 1_500_000),
    ("budget", "own_budget", 600_000),
)


def stock(lang: str = "en", *, contact: bool = True) -> tuple[Stock, str]:
    return stock_of(the_register(), lang, contact=contact), SCHOOLS


def stock_of(register: Play, lang: str = "en", *, contact: bool = True) -> Stock:
    return Stock(
        register.state,
        Catalogues().words(lang),
        "Climate action to finance",
        TODAY,
        METHODS,
        kept={SCHOOLS: ("contact",)} if contact else {},
    )


def money(name: str, amount: int, currency: str = "EUR") -> dict[str, Any]:
    return {f"{name}/amount": amount, f"{name}/currency": currency}


def change(register: Play, id: str, **fields: Any) -> None:
    register.do({"type": "edit_record", "id": id, "fields": fields}, ANNA)


def add(register: Play, name: str, kind: str, /, **fields: Any) -> None:
    register.do(record(name, kind, **fields), ANNA)


def lines(register: Play, of: str, field: str, *texts: str) -> None:
    for at, text in enumerate(texts):
        line = {"of": an_id(of), "field": field, "order": f"a{at}", "text": text}
        add(register, f"{of} {field} {at}", "line", **line)


def the_register() -> Play:
    register = a_register(None)
    kinds: dict[str, str] = {}
    for one in METHODS.values():
        kinds |= one.declares()
    register.ask({"type": "set_up_register", "workshop": WORKSHOP, "kinds": kinds})
    _the_schools(register)
    _the_plan(register)
    _the_investments(register)
    return register


def _the_schools(register: Play) -> None:
    """Twelve schools in Tirana: 6 million, of which 5.7 are found."""
    add(
        register,
        "city",
        "stakeholder",
        name="Bashkia Tiranë",
        sector="state",
        role_in_topic="Owns the schools",
    )
    for name, instrument, amount in SOURCES:
        said = {"instrument": instrument, "status": "talks", **money("amount", amount)}
        add(register, name, "funding", name=name.title(), **said)
    add(
        register,
        "schools",
        "project",
        title="Energjia në dymbëdhjetë shkolla · Energy retrofit of twelve schools",
    )
    change(
        register,
        SCHOOLS,
        promoter=an_id("city"),
        city="Tirana",
        theme="energy",
        type="flagship",
        stage="pre_feasibility",
        summary="Twelve public schools are insulated, get heat pumps and panels on their roofs, "
        "and stay open when the power fails.",
        problem="Schools spend much on heating but have no energy audit. "
        "In January classrooms are at 14 degrees.\nDuring power cuts lessons stop.",
        objectives="Half the heat that is bought, 20 degrees in every classroom, and lessons that go on.",
        description="Insulation of walls and roofs, new windows, heat pumps, "
        "600 kW of panels with batteries, and a contract for ten years of upkeep.",
        people_reached=6_200,
        energy_mwh_year=4_000,
        co2_t_year=1_100,
        consent="network",
        question_to_adviser="Which part fits a performance contract, and what must the tender say?",
        decision_maker="City council",
        deadline="2027-06-30",
        operator="City facilities office",
        owner="Municipality of Tirana",
        land_and_permits="applied",
        **{f"sources/{an_id(name)}": True for name, _kind, _sum in SOURCES},
        **{"documents/needs_assessment": True, "documents/cost_estimate": True},
        **{"support_wanted/legal": True, "support_wanted/financial_structuring": True},
        **money("capex", 6_000_000),
        **money("savings_year", 420_000),
        **money("finance_sought", 300_000),
    )
    lines(
        register,
        "schools",
        "components",
        "Walls and roofs of twelve schools: 3 400 000",
        "Heat pumps: 1 500 000",
        "Panels and batteries: 1 100 000",
    )
    lines(
        register,
        "schools",
        "risks",
        "No specialist for green procurement in city hall",
        "Nobody maintains the system after the project",
    )
    lines(
        register,
        "schools",
        "milestones",
        "2027-03: energy audit",
        "2027-09: tender",
        "2028-08: first four schools",
    )
    add(
        register,
        "lamps",
        "project",
        title="Lamps that say when they are broken",
        city="Tirana",
        theme="public space",
        **money("capex", 90_000, "ALL"),
    )


def _the_plan(register: Play) -> None:
    add(
        register,
        "unit",
        "stakeholder",
        name="ქალაქის ტრანსპორტის სამსახური · City transport unit",
        sector="state",
    )
    common = {"lead": an_id("unit"), "indicator": "40 of 40"}
    add(
        register,
        "timetables",
        "action",
        title="Timetables at forty stops",
        start="2026-10",
        end="2027-02",
        status="on_track",
        funding_status="secured",
        cost_basis="estimate",
        **common,
        **money("cost", 18_000, "GEL"),
    )
    add(
        register,
        "agreement",
        "action",
        title="Data agreement with minibus operators",
        start="2026-08",
        end="2026-10",
        status="delayed",
        funding_status="none",
        risk="Some owners refuse",
        likelihood=4,
        impact=4,
        mitigation="Two lines first",
    )
    add(
        register,
        "sms",
        "action",
        title="Bus times by text message",
        start="2027-03",
        end="2027-09",
        status="not_started",
        funding_status="applied",
        cost_basis="estimate",
        **common,
        **money("cost", 65_000, "GEL"),
        **{f"depends_on/{an_id('agreement')}": True},
    )
    add(
        register,
        "visit",
        "action",
        title="See how Niš does it",
        start="2027-01",
        end="2027-01",
        status="not_started",
        funding_status="identified",
        cost_basis="quote",
        **common,
        **money("cost", 2_000),
    )


def _the_investments(register: Play) -> None:
    both = {f"sources/{an_id(one)}": True for one in ("loan", "grant")}
    said = {
        **money("capex", 6_000_000),
        **money("opex_year", 60_000),
        **money("savings_year", 420_000),
    }
    add(
        register,
        "inv",
        "investment",
        title="Retrofit of twelve schools",
        project=SCHOOLS,
        opex_payer="City budget",
        **said,
        **both,
    )
    lines(register, "inv", "phasing", "2027: 1 000 000", "2028: 3 000 000", "2029: 2 000 000")
    add(
        register,
        "inv2",
        "investment",
        title="Lamps",
        project=an_id("lamps"),
        **money("capex", 90_000, "ALL"),
        **money("opex_year", 4_000, "ALL"),
    )
    lines(register, "inv2", "phasing", "2027: 90 000")
