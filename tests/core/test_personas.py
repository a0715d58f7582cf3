"""Personas in a register: lines of lists, what each field rests on, whom a note is for, and the figures of the demo."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.changes import DropItem, PatchItem
from codesign.core.computed.completeness import completeness, evidence
from codesign.core.computed.personas import REQUIRED, served_by, set_warnings
from codesign.core.computed.sheets import gathered, grounds
from codesign.core.decision import NOTHING, Accepted, Refused
from tests.builders import (
    ANNA,
    BORIS,
    OLGA,
    Play,
    a_board,
    a_register,
    an_id,
    edit,
    note,
    record,
    refused,
    undo,
)
from tests.core.demo_personas import DEMO, lines_of, played


@pytest.fixture
def register() -> Play:
    register = a_register()
    register.do(record("lumnije", "persona", name="Lumnije"), ANNA)
    return register


def set_fields(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "edit_record", "id": an_id(name), "fields": fields}


def line(name: str, of: str, field: str = "needs", order: str = "a0") -> dict[str, Any]:
    about = {"text": name, "of": an_id(of), "field": field, "order": order}
    return {"type": "create_record", "id": an_id(name), "kind": "line", "fields": about}


def wrong(field: str, reason: str) -> Refused:
    return refused("bad_op", field=field, reason=reason)


def test_several_people_add_lines_to_one_list_and_write_in_one_line(register: Play) -> None:
    register.do(line("light", "lumnije", order="a1"), ANNA)
    register.do(line("bus", "lumnije"), BORIS)
    head = register.head
    register.do(edit("bus", (3, "", " at night")), ANNA, base=head)
    register.do(edit("bus", (0, "", "A ")), BORIS, base=head)
    read = gathered(register.item("lumnije"), lines_of(register))
    assert read["needs"] == ["A bus at night", "light"]


@pytest.mark.parametrize(
    ("given", "no"),
    [
        ({"field": "name"}, wrong("field", "no_field")),
        ({"field": "nothing"}, wrong("field", "no_field")),
        ({"order": ""}, wrong("order", "form")),
        ({"order": "-"}, wrong("order", "form")),
        ({"text": ""}, wrong("text", "needed")),
        ({"of": "x" * 22}, refused("unknown", field="of", reason="no_record")),
    ],
)
def test_a_line_stands_in_a_list_of_a_record_that_is_there(
    register: Play, given: dict[str, Any], no: Refused
) -> None:
    asked = line("bus", "lumnije")
    assert register.ask({**asked, "fields": {**asked["fields"], **given}}, ANNA) == no


def test_a_persona_goes_with_its_lines_and_they_are_no_use_of_it(register: Play) -> None:
    register.do(line("bus", "lumnije"), ANNA)
    gone = {"type": "delete_record", "id": an_id("lumnije")}
    assert register.ask(gone, ANNA) == Accepted(
        (DropItem(an_id("bus")), DropItem(an_id("lumnije")))
    )
    register.do(undo(register.head), ANNA)
    assert gathered(register.item("lumnije"), lines_of(register))["needs"] == ["bus"]


def test_a_field_says_what_it_rests_on_and_where_that_is_from(register: Play) -> None:
    said = {"evidence/quote": "heard", "source/quote": " Interview in the village "}
    clean = {**said, "source/quote": "Interview in the village"}
    assert register.ask(set_fields("lumnije", said), BORIS) == Accepted(
        (PatchItem(an_id("lumnije"), clean),)
    )
    assert grounds(register.item("lumnije")) == {"quote": "heard"}
    register.do(set_fields("lumnije", dict.fromkeys(said)), ANNA)
    assert grounds(register.item("lumnije")) == {}


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("evidence/quote", "certain", "choice"),
        ("evidence/quote", True, "form"),
        ("evidence/colour", "heard", "no_field"),
        ("evidence", "heard", "no_field"),
        ("source/quote", 3, "form"),
    ],
)
def test_what_a_field_cannot_rest_on_is_named(
    register: Play, key: str, value: Any, reason: str
) -> None:
    assert register.ask(set_fields("lumnije", {key: value}), ANNA) == wrong(key, reason)


def test_only_personas_say_what_their_fields_rest_on() -> None:
    register = a_register(None, "council")
    given = set_fields("council", {"evidence/name": "heard"})
    assert register.ask(given, ANNA) == wrong("evidence/name", "no_field")


def test_a_persona_aged_below_zero_is_refused(register: Play) -> None:
    no = wrong("group_size", "range")
    assert register.ask(set_fields("lumnije", {"group_size": -3}), ANNA) == no
    assert register.ask(set_fields("lumnije", {"age_band": -3}), ANNA) == wrong(
        "age_band", "choice"
    )


def test_a_note_is_for_personas_and_two_people_may_say_so_at_once() -> None:
    board = a_board()
    board.do(note("bins"), ANNA)
    for persona, by in (("lumnije", ANNA), ("arben", BORIS)):
        board.do(serve("bins", persona), by)
    assert board.ask(serve("bins", "arben"), ANNA) == NOTHING
    keys = {key for key in board.item("bins") if key.startswith("serves/")}
    assert keys == {f"serves/{an_id('lumnije')}", f"serves/{an_id('arben')}"}
    board.do(serve("bins", "arben", on=False), OLGA)
    assert f"serves/{an_id('arben')}" not in board.item("bins")


def serve(name: str, persona: str, on: bool = True) -> dict[str, Any]:
    return {"type": "serve_persona", "id": an_id(name), "persona": an_id(persona), "on": on}


def test_the_three_of_the_demo_have_the_figures_they_are_known_by() -> None:
    register = played(a_register())
    lumnije = gathered(register.item("lumnije"), lines_of(register))
    filled = completeness(lumnije, REQUIRED)
    rests = evidence(lumnije, REQUIRED, grounds(register.item("lumnije")))
    assert (filled.missing, round(filled.share * 100)) == (("access_needs",), 92)
    assert (rests.label, round(rests.share * 100)) == ("partly_evidenced", 36)
    assert rests.to_ask[0] == "access_needs"


def test_the_set_of_the_demo_leaves_nobody_out_and_without_dragica_it_does() -> None:
    register = played(a_register())
    read = {name: gathered(register.item(name), lines_of(register)) for name in DEMO}
    assert set_warnings(list(read.values()), ["shqip", "српски"]) == []
    del read["dragica"]
    assert set_warnings(list(read.values()), ["shqip", "српски"]) == [
        ("nobody_with_access_need", ""),
        ("no_speaker", "српски"),
    ]


def test_an_idea_of_the_register_serves_those_it_names() -> None:
    register = played(a_register())
    about = {
        "name": "Quarterly bill",
        "what_it_does": "A bill four times a year",
        f"for/{an_id('arben')}": True,
    }
    register.do(record("quarterly", "idea", **about), ANNA)
    ideas = [gathered(register.item("quarterly"))]
    personas = [gathered(register.item(name)) for name in DEMO]
    assert served_by(personas, ideas, "for") == {
        an_id("lumnije"): [],
        an_id("arben"): [an_id("quarterly")],
        an_id("dragica"): [],
    }
