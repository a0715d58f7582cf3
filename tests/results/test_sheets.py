"""Personas, empathy maps and plans on paper: what the open side says, each in the region where people read it."""

from __future__ import annotations

from codesign.core.stream import State
from codesign.i18n import Catalogues
from codesign.results.board_reading import read_board
from codesign.results.csv import write
from codesign.results.sheets import as_notes
from tests.builders import (
    ANNA,
    BOARD,
    OLGA,
    Play,
    a_board,
    a_closed_side,
    a_register,
    an_id,
    record,
)
from tests.core.demo_personas import played

ENGLISH = Catalogues().words("en")


def read(board: Play, register: State) -> dict[str, list[str]]:
    assert board.workshop is not None
    model = read_board(as_notes(board.state, register, ENGLISH), board.workshop.state, BOARD)
    return {
        region.title: [getattr(entry, "text", "") for entry in region.contents]
        for region in model.regions
    }


def a_line(name: str, field: str, text: str, **more: str) -> dict[str, object]:
    about = {"text": text, "of": an_id("lumnije"), "field": field, "order": "a0"}
    return record(name, "line", **about, **more)


def test_a_card_says_how_sure_it_is_then_what_it_says() -> None:
    register = played(a_register())
    board = a_board("cards")
    board.do({"type": "create_placement", "id": an_id("p"), "record": an_id("lumnije")}, ANNA)
    assert read(board, register.state) == {
        "Lumnije": [
            "36 % Partly evidenced\n92 % complete",
            "Work: Keqet shtëpinë dhe kopshtin",
            "Situation: Kamioni i mbeturinave nuk erdhi dhe askush nuk i tregoi pse.",
            "Goals: Rrugë e pastër para shtëpisë",
            "Needs: Të dijë kur vjen kamioni",
            "Frustrations: Nuk e di kë ta pyesë",
            "In their words: Paguaj rregullisht, por askush nuk më tregon çka bëhet me mbeturinat.",
        ]
    }


def test_an_empathy_map_has_all_its_blocks_and_says_what_is_guessed() -> None:
    register = played(a_register())
    register.do(a_line("l1", "say", "I pay on time", confidence="known"), ANNA)
    register.do(a_line("l2", "hear", "They only come for the others"), ANNA)
    board = a_board("canvas")
    board.do({"type": "create_placement", "id": an_id("p"), "record": an_id("lumnije")}, ANNA)
    said = read(board, register.state)
    assert said["Who"] == ["Lumnije"]
    assert list(said) == [
        *("Who", "Must do", "Sees", "Says", "Does"),
        *("Hears", "Thinks and feels", "Pains", "Gains"),
    ]
    assert said["Says"] == ["I pay on time"]
    assert said["Hears"] == ["They only come for the others\nGuess"]


def test_a_plan_is_written_down_by_level_without_what_is_closed() -> None:
    register = a_register(None, "council", "riders")
    closed = a_closed_side(register)
    talk = {"stakeholder": an_id("council"), "level": "decide", "channel": "committee"}
    register.do(record("talk", "engagement", **talk), ANNA)
    register.do(record("more", "engagement", stakeholder=an_id("riders")), ANNA)
    wanted = {"type": "edit_record", "id": an_id("talk"), "fields": {"stance_wanted": 2}}
    closed.do(wanted, OLGA)
    board = a_board("table")
    said = read(board, register.state)
    assert said["Let decide"] == ["Council\nBy what way: committee"]
    assert said["How is not said yet"] == ["Riders"]
    assert board.workshop is not None
    model = read_board(as_notes(board.state, register.state, ENGLISH), board.workshop.state, BOARD)
    assert "stance" not in write(model, ENGLISH).decode()
