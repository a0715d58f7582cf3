"""Records of a programme: what fits their fields, how they are merged and go, and who hears of the closed side."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.changes import DropItem, PatchItem, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.kinds import KINDS
from tests.builders import (
    AGES,
    ANNA,
    BOARD,
    BORIS,
    OLGA,
    PROGRAMME,
    START,
    WORKSHOP,
    Play,
    a_board,
    a_closed_side,
    a_register,
    a_workshop,
    an_id,
    edit,
    record,
    refused,
    relation,
    undo,
)

COUNCIL, DRIVERS, RIDERS = an_id("council"), an_id("drivers"), an_id("riders")


def change(name: str, **fields: Any) -> dict[str, Any]:
    return {"type": "edit_record", "id": an_id(name), "fields": fields}


def set_fields(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "edit_record", "id": an_id(name), "fields": fields}


def merge(name: str, into: str) -> dict[str, Any]:
    return {"type": "merge_records", "id": an_id(name), "into": an_id(into)}


def delete(name: str, **force: bool) -> dict[str, Any]:
    return {"type": "delete_record", "id": an_id(name), **force}


def place(name: str, of: str) -> dict[str, Any]:
    return {"type": "create_placement", "id": an_id(name), "record": an_id(of)}


def wrong(field: str, reason: str, code: str = "bad_op") -> Refused:
    return refused(code, field=field, reason=reason)


# Fields


def test_a_record_has_its_fields_its_author_and_its_time() -> None:
    register = a_register()
    register.do(record("council", power=90), ANNA)
    said = {"name": "Council", "sector": "state", "power": 90}
    assert register.item("council") == {
        **{"id": COUNCIL, "kind": "stakeholder", "by": ANNA, "at": START},
        **said,
    }


@pytest.mark.parametrize(
    ("kind", "fields", "no"),
    [
        ("stakeholder", {"power": 101}, wrong("power", "range")),
        ("stakeholder", {"power": True}, wrong("power", "form")),
        ("stakeholder", {"power": "much"}, wrong("power", "form")),
        ("stakeholder", {"class": "middle"}, wrong("class", "choice")),
        ("stakeholder", {"veto": True}, wrong("veto", "no_field")),
        ("stakeholder", {"colour": "sea"}, wrong("colour", "no_field")),
        ("stakeholder", {"name": ""}, wrong("name", "needed")),
        ("stakeholder", {"name": None}, wrong("name", "needed")),
        ("stakeholder", {"goals": "quiet"}, wrong("goals", "form")),
        ("stakeholder", {"goals/quiet": "quiet"}, wrong("goals/quiet", "form")),
        ("stakeholder", {"in_the_room": 1}, wrong("in_the_room", "form")),
        (
            "stakeholder",
            {"surrogate": an_id("nobody")},
            wrong("surrogate", "no_record", "unknown"),
        ),
        ("persona", {"digital_skill": 0}, wrong("digital_skill", "range")),
        ("persona", {"group_size": -3}, wrong("group_size", "range")),
        ("persona", {"access_needs/wings": True}, wrong("access_needs/wings", "choice")),
        ("persona", {"access_needs/sight": False}, wrong("access_needs/sight", "form")),
        ("persona", {"goals": "to be heard"}, wrong("goals", "form")),
        ("action", {"start": "2026-13"}, wrong("start", "form")),
        ("action", {"next_step_by": "2026-02"}, wrong("next_step_by", "form")),
        ("action", {"cost/amount": 1000}, wrong("cost", "currency")),
        ("action", {"cost/currency": "GEL"}, wrong("cost", "currency")),
        ("action", {"cost/amount": -1, "cost/currency": "GEL"}, wrong("cost/amount", "range")),
        ("action", {"cost/currency": "gel"}, wrong("cost/currency", "form")),
        (
            "action",
            {"lead": COUNCIL, "partners/" + COUNCIL: 1},
            wrong("partners/" + COUNCIL, "form"),
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_the_field(
    kind: str, fields: dict[str, Any], no: Refused
) -> None:
    register = a_register(None, "council")
    title = {} if kind == "stakeholder" else {KINDS[kind].title: "Something"}
    assert register.ask(record("new", kind, **title | fields), ANNA) == no


def test_an_unknown_kind_is_refused() -> None:
    assert a_register().ask(record("new", "dragon"), ANNA) == wrong("kind", "no_kind")


def test_several_values_are_one_key_each_and_money_is_two() -> None:
    register = a_register(None, "council")
    tag = an_id("a tag")
    fields: dict[str, Any] = {"title": "Paint the stops", "lead": COUNCIL}
    fields |= {"cost/amount": 1200, "cost/currency": "GEL", f"partners/{COUNCIL}": True}
    register.do(record("paint", "action", **fields), ANNA)
    assert fields.items() <= register.item("paint").items()
    register.do(set_fields("council", {f"goals/{tag}": " fewer\ncars "}), ANNA)
    assert register.item("council")[f"goals/{tag}"] == "fewer cars"


def test_a_change_is_what_differs_and_guards_against_stale_pages() -> None:
    register = a_register(None, "council")
    base = register.head
    assert register.ask(change("council", power=40, sector="state"), ANNA) == Accepted(
        (PatchItem(COUNCIL, {"power": 40}),)
    )
    assert register.ask(change("council", power=40), ANNA) == NOTHING
    register.now += AGES
    decision = register.ask(change("council", power=60), BORIS, base=base)
    assert decision == refused("conflict", id=COUNCIL, field="power", value=40, by=ANNA)


def test_two_people_write_in_one_field_and_both_keep_every_letter() -> None:
    register = a_register(None, "council")
    base = register.head
    register.do(edit("council", (0, "", "City "), field="name"), ANNA)
    register.do(edit("council", (7, "", " of Kutaisi"), field="name"), BORIS, base=base)
    assert register.item("council")["name"] == "City Council of Kutaisi"
    assert register.ask(edit("council", (0, "", "x"), field="sector"), ANNA) == wrong(
        "sector", "no_field"
    )


def test_a_relation_has_two_ends_that_are_there_and_differ() -> None:
    register = a_register(None, "council", "drivers")
    assert register.ask(relation("r", "council", "council"), ANNA) == wrong("to", "itself")
    assert register.ask(relation("r", "council", "nobody"), ANNA) == wrong(
        "to", "no_record", "unknown"
    )
    assert register.ask(record("r", "relation", **{"from": COUNCIL}), ANNA) == wrong("to", "needed")
    register.do(relation("r", "council", "drivers", **{"flow/money": True}), ANNA)
    assert register.ask(change("r", to=None), ANNA) == wrong("to", "needed")


# Merging and deleting


def test_merging_keeps_what_was_said_and_what_points_at_it() -> None:
    register = a_register(None, "council", "drivers", "riders")
    register.do(change("riders", power=20, role_in_topic="ride"), ANNA)
    register.do(relation("r", "riders", "drivers"), ANNA)
    register.do(relation("within", "riders", "council"), ANNA)
    register.do(record("paint", "action", title="Paint", lead=RIDERS), ANNA)
    seq = register.head + 1
    register.do(merge("riders", "council"), BORIS)
    assert register.item("riders")["merged"] == COUNCIL
    assert register.item("council")["power"] == 20
    assert register.item("council")["name"] == "Council"
    assert register.item("r")["from"] == COUNCIL
    assert register.state.get(an_id("within")) is None  # it would lead to itself
    assert register.item("paint")["lead"] == COUNCIL
    assert register.ask(change("riders", power=1), ANNA) == refused("unknown", field="id")
    register.do(undo(seq), BORIS)
    assert "merged" not in register.item("riders")
    assert register.item("r")["from"] == RIDERS
    assert "power" not in register.item("council")


def test_the_closed_side_follows_a_merge_and_nobody_else_may_ask_it_to() -> None:
    register = a_register(None, "council", "drivers", "riders")
    closed = a_closed_side(register)
    closed.do(change("riders", veto=True, contact="who"), OLGA)
    closed.do(change("council", contact="whom"), OLGA)
    closed.do(relation("r", "riders", "drivers", type="tension"), OLGA)
    closed.do(relation("within", "riders", "council", type="tension"), OLGA)
    merged = register.do(merge("riders", "council"), ANNA)
    (effect,) = merged.effects
    assert effect.stream == closed.stream
    assert closed.ask(effect.op, OLGA) == refused("forbidden")
    for _ in range(2):  # done again, it changes nothing
        closed.ask(effect.op)
        assert closed.item("council") == {
            **{"id": COUNCIL, "kind": "stakeholder"},
            **{"veto": True, "contact": "whom"},
            f"copied/{an_id('riders')}/veto": True,
        }
        assert closed.item("r")["from"] == COUNCIL
        assert closed.state.get(an_id("within")) is None
        assert closed.item("riders")["veto"] is True
    assert "veto" not in register.item("council")


def test_what_only_the_other_one_had_on_the_closed_side_is_taken_along_whole() -> None:
    register = a_register(None, "council", "riders")
    closed = a_closed_side(register)
    closed.do(change("riders", stance=-1), OLGA)
    closed.do(register.do(merge("riders", "council"), ANNA).effects[0].op)
    mark = {f"copied/{an_id('riders')}/stance": True}
    assert closed.item("council") == {"id": COUNCIL, "kind": "stakeholder", "stance": -1, **mark}


def test_undoing_a_merge_takes_back_what_it_copied_to_the_closed_side_and_nothing_else() -> None:
    register = a_register(None, "council", "drivers", "riders")
    closed = a_closed_side(register)
    closed.do(change("riders", veto=True, stance=-1, contact="who"), OLGA)
    closed.do(change("council", veto=True), OLGA)
    closed.do(relation("r", "riders", "drivers", type="tension"), OLGA)
    before = closed.item("riders")
    closed.do(register.do(merge("riders", "council"), ANNA).effects[0].op)
    closed.do(change("council", stance=1), OLGA)
    seq = register.head
    (parted,) = register.do(undo(seq), ANNA).effects
    assert parted.op == {**merge("riders", "council"), "back": True}
    closed.do(parted.op)
    said = {"veto": True, "stance": 1}
    assert closed.item("council") == {"id": COUNCIL, "kind": "stakeholder", **said}
    assert closed.item("r") == {**closed.item("r"), "from": an_id("riders")}
    assert [key for key in closed.item("r") if "/" in key] == []
    assert closed.item("riders") == before
    (again,) = register.do(undo(register.head), ANNA).effects
    assert again.op == merge("riders", "council")
    closed.do(again.op)
    assert closed.item("council")["contact"] == "who"
    assert closed.item("r")["from"] == COUNCIL
    assert register.ask({**merge("drivers", "council"), "back": True}, ANNA) == refused(
        "bad_op", field="back"
    )


def test_rows_of_a_plan_go_with_their_actor() -> None:
    register = a_register(None, "council")
    register.do(record("talk", "engagement", stakeholder=COUNCIL, channel="by phone"), ANNA)
    register.do({**delete("council"), "force": True}, ANNA)
    assert register.state.get(an_id("talk")) is None


def test_a_record_is_not_merged_with_itself_nor_with_another_kind() -> None:
    register = a_register(None, "council")
    register.do(record("paint", "action", title="Paint"), ANNA)
    assert register.ask(merge("council", "council"), ANNA) == wrong("into", "itself")
    assert register.ask(merge("council", "paint"), ANNA) == wrong("into", "itself")


def test_what_is_used_is_deleted_only_by_force_and_comes_back_with_all_of_it() -> None:
    register = a_register(None, "council", "drivers")
    register.do(relation("r", "council", "drivers"), ANNA)
    register.do(record("paint", "action", title="Paint", lead=COUNCIL), ANNA)
    register.do(change("drivers", surrogate=COUNCIL), ANNA)
    register.do({"type": "mark_use", "record": COUNCIL, "board": BOARD, "on": True})
    used = {"boards": [BOARD], "records": [DRIVERS, an_id("r"), an_id("paint")]}
    assert register.ask(delete("council"), ANNA) == refused(
        "conflict", id=COUNCIL, reason="in_use", **used
    )
    before = {item["id"]: item for item in register.items()}
    gone = register.do(delete("council", force=True), ANNA)
    assert DropItem(COUNCIL) in gone.changes
    assert [item["id"] for item in register.items()] == [DRIVERS, an_id("paint")]
    assert "lead" not in register.item("paint")
    assert "surrogate" not in register.item("drivers")
    register.do(undo(register.head), ANNA)
    assert {item["id"]: item for item in register.items()} == before


def test_what_nobody_uses_goes_at_once() -> None:
    register = a_register(None, "council")
    assert register.do(delete("council"), ANNA) == Accepted((DropItem(COUNCIL),))


# Boards


def a_grid(layout: str = "grid2") -> Play:
    return a_board(layout)


def test_a_board_places_a_record_once_and_the_register_hears_of_it() -> None:
    grid = a_grid()
    decision = grid.do(place("p", "council"), ANNA)
    placement = {"id": an_id("p"), "kind": "placement", "record": COUNCIL, "by": ANNA, "at": START}
    heard = {"type": "mark_use", "record": COUNCIL, "board": BOARD}
    register = f"register:{PROGRAMME}"
    assert decision == Accepted((PutItem(placement),), (Effect(register, {**heard, "on": True}),))
    assert grid.ask(place("q", "council"), BORIS) == refused("conflict", id=COUNCIL, reason="taken")
    gone = grid.do({"type": "delete_item", "id": an_id("p")}, BORIS)
    assert gone.effects == (Effect(register, {**heard, "on": False}),)
    back = grid.do(undo(grid.head), BORIS)
    assert back.effects == (Effect(register, {**heard, "on": True}),)


def test_where_single_people_would_put_it_is_theirs_alone() -> None:
    grid = a_grid()
    grid.do(place("p", "council"), ANNA)
    read = {"type": "read_place", "id": an_id("p")}
    grid.do({**read, "x": 40, "y": 80}, ANNA)
    grid.do({**read, "x": 70, "y": 90}, BORIS)
    item = grid.item("p")
    assert (item[f"x/{ANNA}"], item[f"y/{ANNA}"], item[f"x/{BORIS}"]) == (40, 80, 70)
    grid.do({**read, "x": None, "y": None}, ANNA)
    assert f"x/{ANNA}" not in grid.item("p")
    assert grid.ask({**read, "x": 3, "y": None}, ANNA) == refused("bad_op", field="y")


def test_the_first_board_that_places_records_opens_the_register() -> None:
    workshop = a_workshop()
    about = {"type": "add_board", "title": "Grid", "layout": "grid2", "question": "?"}
    decision = workshop.do({**about, "board": BOARD}, OLGA)
    set_up = {"type": "set_up_register", "workshop": WORKSHOP}
    streams = [effect.stream for effect in decision.effects]
    assert streams == [f"register:{PROGRAMME}", f"closed:{PROGRAMME}", f"board:{BOARD}"]
    assert decision.effects[0].op == set_up
    register = a_register()
    assert register.ask(set_up) == NOTHING


# The closed side


def test_closed_fields_stand_under_the_same_id_on_the_closed_side() -> None:
    register = a_register(None, "council")
    closed = a_closed_side(register)
    closed.do(change("council", stance=-2, veto=True), OLGA)
    assert closed.item("council") == {
        **{"id": COUNCIL, "kind": "stakeholder"},
        **{"stance": -2, "veto": True},
    }
    assert closed.ask(change("council", power=3), OLGA) == wrong("power", "no_field")
    assert closed.ask(change("nobody", stance=1), OLGA) == refused("unknown", field="id")
    assert "stance" not in register.item("council")


@pytest.mark.parametrize("type_", ["tension"])
def test_a_relation_of_tension_is_on_the_closed_side_alone(type_: str) -> None:
    register = a_register(None, "council", "drivers")
    closed = a_closed_side(register)
    tense = relation("r", "council", "drivers", type=type_)
    assert register.ask(tense, OLGA) == wrong("type", "closed")
    closed.do(tense, OLGA)
    assert closed.ask(change("r", type="close"), OLGA) == wrong("type", "open")
    assert closed.ask(relation("q", "council", "drivers"), OLGA) == wrong("type", "open")
    register.do(relation("s", "council", "drivers"), OLGA)
    assert register.ask(change("s", type=type_), OLGA) == wrong("type", "closed")
    assert decisions(closed, delete("r"), ANNA) == refused("forbidden", action="set_up")
    closed.do(delete("r"), OLGA)


def decisions(play: Play, op: dict[str, Any], by: str) -> Decision:
    return play.ask(op, by)
