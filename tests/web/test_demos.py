"""The demos: every record has its place, and what is computed of them is what they were written to show."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from codesign.catalog import HOUSE, read
from codesign.core.computed import plans
from codesign.core.computed.completeness import completeness, evidence
from codesign.core.computed.grids import (
    effect_ranks,
    impact_effort,
    position,
    power_interest,
)
from codesign.core.computed.loops import effect, lever_candidates, loops
from codesign.core.computed.personas import REQUIRED, set_warnings
from codesign.core.computed.sheets import gathered, grounds
from codesign.core.record_boards import ACTORS, method_of
from codesign.core.stream import State
from codesign.i18n import Catalogues
from codesign.results.choosing import places_of, plain_action
from codesign.results.document_building import Stock, build, standing
from codesign.results.document_list import BY_ID
from codesign.results.report_booklet import Bullets
from codesign.web.demo import DEMOS, load_demo
from codesign.web.first_run import first_run
from tests.web.browsing import Walk, walking

LAYOUTS = {
    "kutaisi": [
        *("canvas", "cards", "cards", "graph", "grid2", "grid2", "rings", "rings", "table"),
        *("table", "zones", "zones"),
    ],
    "vushtrri": [
        *("canvas", "cards", "cards", "cards", "graph", "grid2", "grid2", "rings", "table"),
        *("table", "zones", "zones"),
    ],
    "tirana": [
        *("cards", "cards", "cards", "columns", "graph", "grid2", "grid2", "rings", "rings"),
        *("table", "table", "table", "tree"),
    ],
}
#: Of each plan: what is overdue, what no secured money stands behind, how many required fields wait.
PLANS = {
    "kutaisi": (1, {"GEL": 65_000}, 0),
    "vushtrri": (1, {"EUR": 20_000}, 1),
    "tirana": (1, {"EUR": 3_600_000}, 0),
}
TODAY = "2026-11-22"


@dataclass(frozen=True)
class Demo:
    boards: list[State]
    register: State
    desk: State
    programme: str
    #: Closed fields that are filled, by record.
    kept: dict[str, tuple[str, ...]]


@pytest.fixture(scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    async with walking(tmp_path_factory.mktemp("demos")) as walk:
        yield walk


@pytest.fixture(scope="module")
async def demos(served: Walk) -> dict[str, Demo]:
    """All of them, loaded once and only read."""
    return {name: await _loaded(served, name) for name in DEMOS}


async def _loaded(walk: Walk, name: str) -> Demo:
    id = await load_demo(walk.house, name)
    workshop = await _state(walk, f"workshop:{id}")
    boards = [await _state(walk, f"board:{board['id']}") for board in workshop.of_kind("board")]
    programme = str(workshop.fields["programme"])
    closed = await _state(walk, f"closed:{programme}")
    told = [str(one["id"]) for one in closed.of_kind("project") if "contact" in one]
    kept: dict[str, tuple[str, ...]] = dict.fromkeys(told, ("contact",))
    register = await _state(walk, f"register:{programme}")
    return Demo(boards, register, await _state(walk, f"desk:{id}"), programme, kept)


async def _state(walk: Walk, stream: str) -> State:
    found = await walk.house.rooms.state(stream)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", DEMOS)
def test_a_demo_has_its_boards_and_every_record_has_its_place(
    demos: dict[str, Demo], name: str
) -> None:
    demo = demos[name]
    boards = demo.boards
    assert sorted(board.fields["layout"] for board in boards) == LAYOUTS[name]
    register = demo.register
    placed = {item["record"] for board in boards for item in board.of_kind("placement")}
    shown = ("stakeholder", "persona", "idea")
    wanted = {one["id"] for kind in shown for one in register.of_kind(kind)}
    assert placed == wanted
    actors = {one["id"] for one in register.of_kind("stakeholder")}
    for board in boards:
        if method_of(board.fields) in ACTORS:
            assert {one["record"] for one in board.of_kind("placement")} == actors
    listed = ("persona", "project", "practice")
    told = {one["id"] for kind in listed for one in register.of_kind(kind)}
    assert all(one["of"] in told for one in register.of_kind("line"))
    assert not any("veto" in one or "stance_now" in one for one in register.all())


def test_the_personas_of_vushtrri_are_as_sure_as_the_method_says(demos: dict[str, Demo]) -> None:
    demo = demos["vushtrri"]
    register = demo.register
    lines = list(register.of_kind("line"))
    personas = {one["name"]: one for one in register.of_kind("persona")}
    read = {name: gathered(one, lines) for name, one in personas.items()}
    assert completeness(read["Lumnije"], REQUIRED).missing == ("access_needs",)
    sure = evidence(read["Lumnije"], REQUIRED, grounds(personas["Lumnije"]))
    assert (round(sure.share * 100), sure.label, sure.to_ask[0]) == (
        *(36, "partly_evidenced"),
        "access_needs",
    )
    assert set_warnings(list(read.values()), ["shqip", "српски"]) == []


def test_the_actors_of_kutaisi_stand_where_the_method_says(demos: dict[str, Demo]) -> None:
    demo = demos["kutaisi"]
    register = demo.register
    stand = {
        one["name"].partition(" · ")[2]: power_interest(one["interest"], one["power"])
        for one in register.of_kind("stakeholder")
    }
    assert stand["City council"] == "keep_satisfied"
    assert stand["Minibus operators"] == "manage_closely"
    assert stand["Residents without a car"] == "keep_informed"
    assert stand["Tourism firms"] == "monitor"


@pytest.mark.parametrize("name", DEMOS)
def test_the_plan_of_a_demo_has_work_in_it_and_says_what_is_open(
    demos: dict[str, Demo], name: str
) -> None:
    demo = demos[name]
    register = demo.register
    actions = [plain_action(one) for one in register.of_kind("action")]
    open_cells = sum(len(completeness(one, plans.REQUIRED).missing) for one in actions)
    late = plans.overdue(actions, TODAY)
    assert (len(late), plans.funding_gap(actions), open_cells) == PLANS[name]
    assert plans.circles(actions) == []
    assert any(one["depends_on"] for one in actions)


def test_the_ideas_of_kutaisi_stand_where_people_put_them_together(demos: dict[str, Demo]) -> None:
    demo = demos["kutaisi"]
    register = demo.register
    boards = demo.boards
    (board,) = [one for one in boards if one.fields.get("method") == "impact-effort"]
    together = {
        str(register.items[one["record"]]["name"]).partition(" · ")[2]: position(places_of(one))
        for one in board.of_kind("placement")
    }
    assert {name: impact_effort(at.x, at.y) for name, at in together.items() if at} == {
        "Live bus times by text and at stops": "quick_wins",
        "Shared depot data sheet": "quick_wins",
        "One request register for all services": "big_projects",
        "Bin sensors": "big_projects",
        "New app for everything": "think_again",
    }
    apart = [name for name, at in together.items() if at and at.should_be_discussed]
    assert apart == ["Bin sensors"]
    ranks = effect_ranks({name: (at.x, at.y) for name, at in together.items() if at})
    assert [name for name, rank in ranks.items() if rank == 1] == ["Shared depot data sheet"]


def test_the_map_of_kutaisi_has_the_loops_and_levers_the_method_says(
    demos: dict[str, Demo],
) -> None:
    demo = demos["kutaisi"]
    boards = demo.boards
    (board,) = [one for one in boards if one.fields["layout"] == "graph"]
    factors = sorted(board.of_kind("factor"), key=lambda one: (one["at"], one["id"]))
    links = sorted(board.of_kind("causal_link"), key=lambda one: (one["at"], one["id"]))
    names = {one["id"]: one["label"].partition(" · ")[2] for one in factors}
    ids = {name: id for id, name in names.items()}
    found = loops(factors, links).listed
    told = sorted((one.kind, len(one.factors), one.delayed) for one in found)
    assert told == [("balancing", 9, True), ("reinforcing", 4, False), ("reinforcing", 4, True)]
    levers = {names[id] for id in lever_candidates(factors, links)}
    assert levers == {"Bus reliability", "Money for upkeep"}
    assert effect(factors, links, ids["Money for upkeep"], ids["Congestion"]) == "-"


def stock(demo: Demo) -> Stock:
    methods = read(HOUSE).methods
    return Stock(demo.register, Catalogues().words("en"), "P", TODAY, methods, kept=demo.kept)


def named(demo: Demo, kind: str, words: str) -> dict[str, Any]:
    return next(one for one in demo.register.of_kind(kind) if words in one["title"])


def test_the_schools_of_tirana_ask_for_support_with_the_figures_the_method_says(
    demos: dict[str, Demo],
) -> None:
    demo = demos["tirana"]
    schools, found = named(demo, "project", "twelve schools")["id"], stock(demo)
    how = standing(BY_ID["request-file"], found, schools)
    assert (how.points, how.can_be_sent, how.filled, how.asked) == (70, True, 15, 15)
    fiche = build(BY_ID["project-fiche"], found, schools)
    money = next(list(one.blocks) for one in fiche.chapters if one.title == "Money")
    assert ("Paid back after", "14.3 years") in money[0].rows  # type: ignore[union-attr]
    assert money[-1] == Bullets(
        (
            "Found: 5\u00a0700\u00a0000 EUR",
            "Gap: 300\u00a0000 EUR (5 %)",
            *("Grants: 26 %", "To be repaid: 63 %"),
        )
    )
    portfolio = standing(BY_ID["project-portfolio"], found)
    assert 0 < portfolio.percent < 100  # two of its projects still lack things


def test_the_practice_of_vushtrri_has_its_results_and_its_conditions(
    demos: dict[str, Demo],
) -> None:
    demo = demos["vushtrri"]
    assert standing(BY_ID["practice-collection"], stock(demo)).percent == 100
    of = named(demo, "practice", "every household")["id"]
    results = [one["text"] for one in demo.register.of_kind("line") if one["of"] == of]
    assert "Illegal dumps: 100 before, 11 after" in results


def test_a_demo_stands_in_its_programme_with_what_was_done_and_what_comes(
    demos: dict[str, Demo],
) -> None:
    keys = [step["key"] for step in demos["kutaisi"].desk.of_kind("step") if "board" in step]
    assert sorted(keys) == ["II.1", "II.2", "II.3", "II.4"]
    assert [*demos["vushtrri"].desk.of_kind("step")] == []


async def test_whoever_serves_the_demos_can_try_programme_documents_and_carry(
    served: Walk, demos: dict[str, Demo]
) -> None:
    browser = served.browser()
    first = await first_run(served.house, demo=True)
    await browser.get(first.link)
    await browser.post(first.link, name="Elira")
    path = f"/programmes/{demos['kutaisi'].programme}"
    await browser.get(path)
    for words in ("Digital public services by co-design", "In 9 days", "See and carry on", "Done"):
        assert words in browser.text
    await browser.get(f"{path}/carry")
    assert "Power and interest" in browser.text
    await browser.get(f"/programmes/{demos['tirana'].programme}/documents")
    assert "Can be sent · 70 of 100" in browser.text
