"""What a step says fills records that are there, and writes back what it knows better."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.carrying import Candidate, Source
from codesign.core.computed.doubles import doubles, fold
from codesign.core.fillings import Filling, amount_in, fields_meant, fillings, ops_of, updates
from codesign.core.stream import State
from tests.builders import BOARD, OLGA, a_board, a_register, an_id, record


def a_project(**more: Any) -> State:
    play = a_register(None)
    fields = {"title": "Night buses", "city": "Kutaisi", "theme": "mobility", **more}
    play.do(record("buses", "project", **fields), OLGA)
    return play.state


def entry(text: str, block: str = "", **more: Any) -> Candidate:
    item = {"id": an_id(text), "kind": "canvas_entry", "text": text, "block": block, **more}
    kind = str(more.get("kind", "canvas_entry"))
    return Candidate(an_id(text), BOARD, kind, text, None, "", True, taken=True, item=item)


def one_filling(
    entry: Candidate, names: tuple[str, ...], register: State, kind: str = "project"
) -> Filling:
    fields = fields_meant(kind, names)
    (found,) = fillings([entry], kind, fields, an_id("buses"), register)
    return found


def test_a_canvas_proposes_the_field_it_means_and_leaves_the_others_to_people() -> None:
    register = a_project()
    known = one_filling(entry("Two hearings", "buy_in"), ("roles",), register)
    assert known.field == "participation_so_far"
    open_one = one_filling(entry("The utility", "partners"), ("roles",), register)
    assert open_one.field == ""
    assert [one.field for one in open_one.choices][:2] == ["owner", "operator"]


def test_money_is_filled_only_by_an_amount_with_its_currency() -> None:
    register = a_project()
    told = one_filling(entry("Buses: 420,000 EUR", "costs"), ("money",), register)
    assert next(one.field for one in told.choices) == "capex"
    assert told.field == ""  # capex or what it costs each year: nobody can tell but people
    made, filled = ops_of([(told, told.choices[0])], 0, register)
    assert made == []
    assert filled[0]["fields"] == {"capex/amount": 420_000, "capex/currency": "EUR"}
    assert one_filling(entry("A lot", "costs"), ("money",), register).choices == ()


@pytest.mark.parametrize("text", ["4.5 EUR", "100 EUR or 200 EUR", "100", "EUR", "100 euros"])
def test_what_is_no_plain_amount_is_no_amount(text: str) -> None:
    assert amount_in(text) is None


def test_an_amount_is_read_with_its_currency_before_or_behind() -> None:
    assert amount_in("some 1 200 000 GEL a year") == {"amount": 1_200_000, "currency": "GEL"}
    assert amount_in("EUR 3.400") == {"amount": 3_400, "currency": "EUR"}


def test_what_is_filled_already_stays_and_what_is_there_is_not_told_twice() -> None:
    register = a_project(owner="The city")
    said = one_filling(entry("The utility"), ("owner",), register)
    assert (said.choices[0].full, said.field) == (True, "")
    same = one_filling(entry("The city"), ("owner",), register)
    assert same.choices[0].there
    assert ops_of([(same, same.choices[0]), (said, said.choices[0])], 0, register) == ([], [])


def test_actions_become_parts_and_milestones_in_lines_that_know_where_they_are_from() -> None:
    register = a_project()
    cost: dict[str, Any] = {"cost/amount": 5}
    action = entry("Buy buses", kind="action", end="2027-03", **cost)
    found = one_filling(action, ("components", "milestones"), register)
    lines, filled = ops_of([(found, one) for one in found.choices], 0, register)
    assert filled == []
    assert [one["fields"]["text"] for one in lines] == ["Buy buses: 5", "2027-03: Buy buses"]
    assert {one["item"] for one in lines} == {action.id}


def test_an_empathy_map_fills_what_its_own_persona_needs() -> None:
    play = a_register(None)
    play.do(record("lum", "persona", name="Lumnije"), OLGA)
    line = {"text": "Pays and hears nothing", "of": an_id("lum"), "field": "pains", "order": "a"}
    play.do(record("pain", "line", **line), OLGA)
    persona = Candidate(an_id("lum"), BOARD, "persona", "Lumnije", None, "", True)
    (found,) = fillings([persona], "persona", ("needs", "frustrations"), "", play.state)
    assert (found.record, found.field) == (an_id("lum"), "frustrations")
    assert found.candidate.id == an_id("pain")


def test_a_promise_that_was_kept_is_written_back_to_its_action() -> None:
    play = a_register(None)
    play.do(record("act", "action", title="Buy buses"), OLGA)
    kept = entry("Signed", kind="commitment", linked=an_id("act"), status="done")
    going = entry("Ask the bank", kind="commitment", linked=an_id("act"), status="open")
    boards = [Source(BOARD, a_board().state)]
    found = updates("action", [kept, going], boards, play.state)
    assert [(one.field, one.new) for one in found] == [
        ("status", "done"),
        ("next_step", "Ask the bank"),
    ]
    note = Candidate(
        "n", BOARD, "note", "Buy ten buses", None, "", item={"origin/item": an_id("act")}
    )
    (renamed,) = updates("action", [note], boards, play.state)
    assert (renamed.field, renamed.old, renamed.new) == ("title", "Buy buses", "Buy ten buses")


def test_a_tested_idea_is_not_called_untested_any_more() -> None:
    play = a_register(None)
    play.do(record("idea", "idea", name="Live times", maturity="spark"), OLGA)
    boards = [Source(BOARD, a_board().state)]
    test = entry("They read it", kind="test", idea=an_id("idea"), decision="keep")
    (found,) = updates("idea", [test], boards, play.state)
    assert (found.field, found.old, found.new) == ("maturity", "spark", "tested")
    stopped = entry("They do not", kind="test", idea=an_id("idea"), decision="stop")
    assert updates("idea", [stopped], boards, play.state) == []


def test_one_name_in_two_scripts_is_one_and_a_near_one_is_proposed() -> None:
    assert fold("Житељи Чачка") == fold("Žitelji Čačka") == fold("zitelji cacka")
    assert fold("ქუთაისი") == fold("Kutaisi")
    found = doubles(
        {
            "a": "Live bus times at every stop",
            "b": "LIVE BUS TIMES, at every stop!",
            "c": "Live bus times at every bus stop",
            "d": "A request register for all services",
        }
    )
    assert [(one.id, one.of, one.exact) for one in found] == [("b", "a", True), ("c", "a", False)]


def test_what_is_there_already_is_never_called_a_double_itself() -> None:
    assert doubles({".x": "Bins", ".y": "Bins", "new": "bins"}, [".x", ".y"])[0].id == "new"
    assert len(doubles({".x": "Bins", ".y": "Bins", "new": "bins"}, [".x", ".y"])) == 1
