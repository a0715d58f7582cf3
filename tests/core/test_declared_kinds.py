"""What methods declare to a register: kinds of their own, and more fields of others; and boards that open from data."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.catalog import HOUSE, read
from codesign.core.changes import PatchStream
from codesign.core.decision import NOTHING, Accepted, Refused
from codesign.core.declared_boards import board_layout, place_of, said_by_each, value_of_each
from codesign.core.kinds import kind, kind_in
from codesign.core.whole_streams import check_stream
from tests.builders import ANNA, BORIS, WORKSHOP, Play, a_register, an_id, edit, record, undo

METHODS = read(HOUSE).methods
TEST, IDEA = an_id("test"), an_id("idea")


def declared(*methods: str) -> Play:
    register = a_register(None)
    for id in methods:
        kinds = METHODS[id].declares()
        told = {"type": "set_up_register", "workshop": WORKSHOP, "kinds": kinds}
        assert isinstance(register.ask(told), Accepted)
    return register


def reason(decision: Any) -> tuple[str, Any, Any]:
    assert isinstance(decision, Refused)
    return decision.code, decision.data.get("field"), decision.data.get("reason")


def test_a_register_takes_a_kind_from_the_moment_a_method_declares_it() -> None:
    made = record("test", "test", assumption="They read it")
    assert reason(a_register(None).ask(made, ANNA)) == ("bad_op", "kind", "no_kind")
    register = declared("test-plan")
    register.do(made, ANNA)
    assert register.item("test")["assumption"] == "They read it"
    wrong = {"type": "edit_record", "id": TEST, "fields": {"method": "telepathy"}}
    assert reason(register.ask(wrong, ANNA)) == ("bad_op", "method", "choice")
    high = {"type": "edit_record", "id": TEST, "fields": {"risk": 9}}
    assert reason(register.ask(high, ANNA)) == ("bad_op", "risk", "range")


def test_only_the_product_declares_and_the_same_again_changes_nothing() -> None:
    register = declared("test-plan")
    told = {
        "type": "set_up_register",
        "workshop": WORKSHOP,
        "kinds": METHODS["test-plan"].declares(),
    }
    assert register.ask(told) == NOTHING
    assert register.ask(told, ANNA) == Refused("forbidden")


def test_a_kind_of_the_house_has_more_fields_where_a_method_says_so_and_keeps_its_own() -> None:
    register = declared("moscow", "portfolio")
    register.do(record("idea", "idea", name="Lamps", moscow="must", effort=3), ANNA)
    assert register.item("idea")["moscow"] == "must"
    assert reason(a_register(None).ask(record("x", "idea", name="X", effort=3), ANNA)) == (
        "bad_op",
        "effort",
        "no_field",
    )
    project = kind_in("project", register.state.fields)
    assert project is not None
    assert project.title == "title"
    social = project.field("social")
    assert social is not None
    assert (social.least, social.most) == (0, 2)


def test_whoever_is_pointed_at_by_a_declared_kind_is_let_go_of_when_they_go() -> None:
    register = declared("test-plan")
    register.do(record("idea", "idea", name="Lamps"), ANNA)
    register.do(record("test", "test", assumption="They read it", idea=IDEA), ANNA)
    gone = {"type": "delete_record", "id": IDEA}
    assert isinstance(register.ask(gone, ANNA), Refused)  # it is used
    register.do({**gone, "force": True}, ANNA)
    assert "idea" not in register.item("test")


def test_words_of_a_declared_kind_are_written_by_several_and_undone() -> None:
    register = declared("test-plan")
    register.do(record("test", "test", assumption="They read"), ANNA)
    register.do(edit("test", (9, "", " it"), field="assumption"), BORIS)
    assert register.item("test")["assumption"] == "They read it"
    register.do(undo(register.head), BORIS)
    assert register.item("test")["assumption"] == "They read"


@pytest.mark.parametrize(
    "value", ["text: text!\nnonsense", "", "a: enum()\ntext: text!", "text: text!\ntext: int"]
)
def test_a_journal_from_elsewhere_may_declare_nonsense_without_breaking_anything(
    value: str,
) -> None:
    kind = kind_in("odd", {"kind/odd/x": value})
    assert kind is None or [one.name for one in kind.fields] == ["text"]


def test_an_archive_is_held_to_what_its_register_declares() -> None:
    fields = {"kind/test/test-plan": METHODS["test-plan"].declares()["kind/test/test-plan"]}
    good = {"id": TEST, "kind": "test", "assumption": "They read it", "risk": 3}
    check_stream("register", fields, [good])
    for bad in ({"assumption": 3}, {"assumption": "x", "risk": "high"}, {"risk": 3}):
        with pytest.raises(ValueError, match=r"assumption|risk"):
            check_stream("register", fields, [{"id": TEST, "kind": "test", **bad}])


def test_each_method_of_records_opens_from_its_data_as_its_layout_says() -> None:
    layouts = {id: board_layout(one) for id, one in METHODS.items()}
    assert {id: layout for id, layout in layouts.items() if layout} == {
        **dict.fromkeys(("bmc", "social-bmc", "city-canvas", "task-force"), "canvas"),
        **dict.fromkeys(("moscow", "offers-needs", "toc", "vision"), "canvas"),
        **dict.fromkeys(("framework-map", "challenges-opps", "lotus"), "canvas"),
        **dict.fromkeys(("idea-card", "theme-call", "good-practice"), "cards"),
        **dict.fromkeys(("project-fiche", "intake-request"), "cards"),
        **dict.fromkeys(("test-plan", "commitments", "journey", "nuf"), "table"),
        **dict.fromkeys(("financing-mix", "investment-plan"), "table"),
        **dict.fromkeys(("problem-tree", "portfolio"), "tree"),
    }


def test_a_record_says_its_region_in_the_field_that_has_the_regions_to_choose_from() -> None:
    assert place_of(METHODS["moscow"], "idea") == "moscow"
    assert place_of(METHODS["toc"], "result") == "level"
    assert place_of(METHODS["city-canvas"], "canvas_entry") == "block"
    assert place_of(METHODS["task-force"], "member") == ""


def test_what_every_person_says_once_is_named_by_what_it_is_said_of() -> None:
    nuf, framework = METHODS["nuf"], METHODS["framework-map"]
    assert (said_by_each(nuf, "nuf_score"), value_of_each(nuf, "nuf_score")) == ("idea", "value")
    assert said_by_each(framework, "domain_rating") == "region"
    assert said_by_each(framework, "document") == ""


def test_a_host_declares_more_of_a_kind_only_where_the_method_has_it() -> None:
    moscow = METHODS["moscow"].model_dump()
    with pytest.raises(ValueError, match="more: persona is no kind"):
        type(METHODS["moscow"]).model_validate(
            {**moscow, "more": [{"name": "persona", "fields": ["x: text"]}]}
        )
    with pytest.raises(ValueError, match="shown: idea has no colour"):
        type(METHODS["moscow"]).model_validate({**moscow, "shown": {"idea": ["colour"]}})


def test_what_is_declared_is_a_field_of_the_register_itself() -> None:
    register = a_register(None)
    kinds = METHODS["vision"].declares()
    told = {"type": "set_up_register", "workshop": WORKSHOP, "kinds": kinds}
    decision = register.ask(told)
    assert isinstance(decision, Accepted)
    (change,) = decision.changes
    assert isinstance(change, PatchStream)
    assert list(kinds) == ["kind/vision/vision"]
    assert change.fields["kind/vision/vision"] == kinds["kind/vision/vision"]


def test_no_field_takes_the_place_of_what_a_record_says_of_itself() -> None:
    with pytest.raises(ValueError, match="itself"):
        kind("promise", "what: text!", "by: date!")
