"""A grid of effect and effort, and an action plan, taken home: as tables, and as boards that can be drawn."""

from __future__ import annotations

from typing import Any

from codesign.core.stream import State
from codesign.i18n import Catalogues
from codesign.results.board_reading import read_board
from codesign.results.choosing import table_of
from codesign.results.csv import write
from codesign.results.sheets import as_notes
from tests.builders import ANNA, BOARD, BORIS, Play, a_board, a_register, an_id, record

ENGLISH = Catalogues().words("en")


def a_method(layout: str, method: str) -> Play:
    board = a_board(layout)
    board.state.fields["method"] = method
    return board


def an_idea(register: Play, board: Play, name: str, *places: tuple[str, int, int]) -> None:
    register.do(record(name, "idea", name=name.capitalize()), ANNA)
    placement = f"place of {name}"
    shown = {"type": "create_placement", "id": an_id(placement), "record": an_id(name)}
    board.do(shown, ANNA)
    for person, x, y in places:
        board.do({"type": "read_place", "id": an_id(placement), "x": x, "y": y}, person)


def a_grid() -> tuple[Play, State]:
    register, board = a_register(None), a_method("grid2", "impact-effort")
    an_idea(register, board, "lamps", (ANNA, 10, 70), (BORIS, 30, 80))
    an_idea(register, board, "app", (ANNA, 90, 20))
    an_idea(register, board, "wish")
    return board, register.state


def regions(board: Play, register: State) -> dict[str, list[str]]:
    assert board.workshop is not None
    notes = as_notes(board.state, register, ENGLISH)
    model = read_board(notes, board.workshop.state, BOARD)
    return {one.title: [entry.text for entry in one.contents] for one in model.regions}  # type: ignore[union-attr]


def test_a_grid_is_a_row_for_each_thing_with_what_people_said_together_best_first() -> None:
    board, register = a_grid()
    assert table_of(board.state, register, ENGLISH) == [
        ("Name", "Kind", "Quarter", "Effect", "Effort", "People", "Apart", "Rank"),
        ("Lamps", "Idea", "Do now", "75", "20", "2", "20", "1"),
        ("App", "Idea", "Think again", "20", "90", "1", "0", "2"),
        ("Wish", "Idea", "No place yet", "", "", "", "", ""),
    ]


def test_a_grid_is_drawn_quarter_by_quarter() -> None:
    assert regions(*a_grid()) == {
        "Do now": ["Lamps\neffect 75 of 100, effort 20 of 100\n2 people, 20 apart"],
        "Plan well": [],
        "If there is time": [],
        "Think again": ["App\neffect 20 of 100, effort 90 of 100"],
        "No place yet": ["Wish"],
    }


def a_plan() -> tuple[Play, State]:
    register = a_register(None, "council")
    said: dict[str, Any] = {"title": "Paint", "lead": an_id("council"), "start": "2027-01"}
    money = {"cost/amount": 1200, "cost/currency": "GEL", "cost_basis": "quote"}
    register.do(record("paint", "action", **said, **money, funding_status="secured"), ANNA)
    register.now += 1
    waits = {f"depends_on/{an_id('paint')}": True, "status": "delayed"}
    register.do(record("open", "action", title="=Open()", **waits), BORIS)
    return a_method("table", "action-plan"), register.state


def test_a_plan_is_a_row_for_each_action_with_names_for_codes() -> None:
    board, register = a_plan()
    head, *rows = table_of(board.state, register, ENGLISH)
    paint, opened = (dict(zip(head, row, strict=True)) for row in rows)
    assert {
        key: paint[key] for key in ("Action", "Lead", "From", "Costs", "Currency", "Money")
    } == {
        **{"Action": "Paint", "Lead": "Council", "From": "2027-01"},
        **{"Costs": "1200", "Currency": "GEL", "Money": "secured"},
    }
    assert (opened["Waits for"], opened["State"], opened["Lead"]) == ("Paint", "delayed", "")


def test_a_plan_as_csv_has_a_column_for_everything_and_no_formula() -> None:
    board, register = a_plan()
    assert board.workshop is not None
    model = read_board(as_notes(board.state, register, ENGLISH), board.workshop.state, BOARD)
    table = table_of(board.state, register, ENGLISH)
    head, paint, opened = write(model, ENGLISH, table).decode("utf-8-sig").splitlines()
    assert len({line.count(";") for line in (head, paint, opened)}) == 1
    assert '"1200";"GEL";"an offer";"secured"' in paint
    assert opened.startswith('"\'=Open()"')


def test_a_plan_is_drawn_state_by_state() -> None:
    assert regions(*a_plan()) == {
        "delayed": ["=Open()\nWaits for: Paint"],
        "no state yet": [
            "Paint\nLead: Council\nFrom: 2027-01\nCosts: 1\u00a0200 GEL\n"
            "Costs rest on: an offer\nMoney: secured"
        ],
    }


def test_the_boards_of_actors_are_no_tables_of_their_own() -> None:
    register = a_register(None, "council")
    assert table_of(a_board("grid2").state, register.state, ENGLISH) == []


def test_scores_are_a_table_with_means_by_criterion_and_the_last_word_of_each_counts() -> None:
    register, board = a_register(None), a_method("table", "criteria-matrix")
    for name in ("lamps", "app"):
        an_idea(register, board, name)
    judged = {"type": "create_placement", "id": an_id("judged"), "record": an_id("people")}
    register.do(record("people", "criterion", name="People", weight=100), ANNA)
    board.do(judged, ANNA)
    given = ((ANNA, "lamps", 1), (ANNA, "lamps", 5), (BORIS, "lamps", 4), (ANNA, "app", 2))
    for at, (person, name, value) in enumerate(given):
        register.now += 1
        cell = {"item": an_id(name), "criterion": an_id("people"), "value": value}
        register.do(record(f"score {at}", "score", **cell), person)
    assert table_of(board.state, register.state, ENGLISH) == [
        ("Option", "People (100 %)", "Result", "Rank"),
        ("Lamps", "4.5", "4.50", "1"),
        ("App", "2.0", "2.00", "2"),
    ]
    assert regions(board, register.state) == {"Ranking": ["1. Lamps\n4.50", "2. App\n2.00"]}
    register.do({"type": "delete_record", "id": an_id("lamps"), "force": True}, ANNA)
    assert {one["item"] for one in register.state.of_kind("score")} == {an_id("app")}
