"""Tables in the core: made, seated, opened, called back, closed, gathered; each twice ends as once."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.changes import PatchItem
from codesign.core.copies import Origin, gathered, set_up_of
from codesign.core.decision import NOTHING, Accepted
from codesign.core.effects import Effect
from codesign.core.rules.seats import sitting
from codesign.core.visibility import may_follow
from codesign.core.whole import check_item
from codesign.core.whole_streams import check_stream
from tests.builders import (
    ANNA,
    BOARD,
    BORIS,
    OLGA,
    START,
    VERA,
    Play,
    a_board,
    an_id,
    note,
    refused,
)
from tests.core.table_rows import FIRST, SECOND, a_workshop_with_tables, make

FIRST_BOARD, SECOND_BOARD = f"board:{an_id('first table b')}", f"board:{an_id('second table b')}"


@pytest.fixture
def workshop() -> Play:
    return a_workshop_with_tables(a_board(), state="prepared")


def ask(kind: str, name: str = "tables", **fields: Any) -> dict[str, Any]:
    return {"type": kind, "id": an_id(name), **fields}


def sits(workshop: Play) -> dict[str, str]:
    return sitting(workshop.item("tables"))


def joins(workshop: Play, name: str, **more: Any) -> str:
    person = an_id(name)
    workshop.do({"type": "join_workshop", "person": person, "name": name, **more})
    return person


def a_table_board(
    workshop: Play, name: str = "first table b", template: Play | None = None
) -> Play:
    """As the errand sets it up."""
    template = template or a_board()
    board = Play(f"board:{an_id(name)}", workshop)
    fields, items = set_up_of(template.state, an_id(name))
    set_up = {"type": "set_up_board", "workshop": an_id("workshop"), "question": "What if?"}
    board.do({**set_up, "layout": template.state.fields["layout"]})
    board.do({"type": "copy_items", "items": items, "fields": fields})
    return board


# Making


def test_each_table_is_made_with_a_board_that_an_errand_sets_up() -> None:
    workshop = a_board().workshop
    assert workshop is not None
    made = workshop.do(make("tables", "first table", "second table"), OLGA)
    assert workshop.item("first table") == {
        "id": FIRST,
        "kind": "table",
        "seating": an_id("tables"),
        "number": 1,
        "board": an_id("first table b"),
    }
    assert workshop.item("first table b")["table"] == FIRST
    assert made.effects[1] == Effect(
        workshop.stream,
        {"type": "set_up_table", "board": an_id("second table b"), "template": BOARD},
    )


def test_a_table_is_called_by_what_somebody_named_it_and_else_has_a_number_only(
    workshop: Play,
) -> None:
    def kept() -> tuple[Any, Any]:
        return workshop.item("first table").get("title"), workshop.item("first table b")["title"]

    template = workshop.state.items[BOARD]["title"]
    assert kept() == (None, template)
    workshop.do(ask("edit_table", "first table", title="Buses"), OLGA)
    assert kept() == ("Buses", "Buses")
    workshop.do(ask("edit_table", "first table", title=""), OLGA)
    assert kept() == (None, template)


def test_five_hundred_tables_are_refused_and_none_of_them_is_made(workshop: Play) -> None:
    count = workshop.state.count_of("table")
    asked = workshop.ask(make("many", *(f"t{at}" for at in range(500))), OLGA)
    assert asked == refused("limit", limit="tables", most=60)
    assert workshop.state.count_of("table") == count


def test_ids_that_are_taken_or_there_twice_are_refused(workshop: Play) -> None:
    again = workshop.ask(make("tables", "another"), OLGA)
    assert again == refused("conflict", id=an_id("tables"), reason="taken")
    twice = workshop.ask(make("more", "one", "one"), OLGA)
    assert twice == refused("bad_op", field="tables")


def test_what_was_set_up_is_copied_and_what_people_wrote_is_not() -> None:
    template = a_board()
    assert template.workshop is not None
    template.do(note("written", "mine"), ANNA)
    template.do(note("example", "like this"), OLGA)
    template.do({"type": "protect_item", "id": an_id("example"), "on": True}, OLGA)
    template.do(
        {"type": "translate", "id": None, "field": "question", "lang": "ka", "words": "რა?"}, OLGA
    )
    board = a_table_board(template.workshop, template=template)
    assert board.state.fields["question/ka"] == "რა?"
    words = sorted(i.get("title") or i.get("text") for i in board.items())
    assert words == ["Later", "Now", "like this"]
    fields, items = set_up_of(template.state, an_id("first table b"))
    again = board.ask({"type": "copy_items", "items": items, "fields": fields})
    assert again == NOTHING


def test_what_was_taken_away_at_the_table_does_not_come_back(workshop: Play) -> None:
    board = a_table_board(workshop)
    gone = board.items()[0]["id"]
    board.do({"type": "delete_item", "id": gone}, OLGA)
    _, items = set_up_of(a_board().state, an_id("first table b"))
    board.do({"type": "copy_items", "items": items})
    assert gone not in board.state.items


# Seats


def test_a_person_seated_twice_ends_in_one_seat(workshop: Play) -> None:
    workshop.do(ask("seat_people", sits={ANNA: FIRST}), OLGA)
    workshop.do(ask("seat_people", sits={ANNA: SECOND, BORIS: FIRST}), OLGA)
    assert sits(workshop) == {ANNA: SECOND, BORIS: FIRST}
    workshop.do(ask("seat_people", sits={ANNA: None}), OLGA)
    assert sits(workshop) == {BORIS: FIRST}


def test_two_facilitators_who_drag_the_same_person_end_in_one_state(workshop: Play) -> None:
    seen = workshop.head
    first = workshop.do(ask("seat_people", sits={ANNA: FIRST}), OLGA, base=seen)
    workshop.do(ask("seat_people", sits={ANNA: SECOND}), an_id("co"), base=seen, role="facilitator")
    assert first.changes == (PatchItem(an_id("tables"), {f"sits/{ANNA}": FIRST}),)
    assert sits(workshop) == {ANNA: SECOND}


def test_a_page_that_slept_does_not_move_somebody_back(workshop: Play) -> None:
    seen = workshop.head
    workshop.do(ask("seat_people", sits={ANNA: FIRST}), OLGA)
    workshop.now += 60_000
    late = workshop.ask(
        ask("seat_people", sits={ANNA: SECOND}), an_id("co"), base=seen, role="facilitator"
    )
    assert not isinstance(late, Accepted)
    assert (late.code, late.data["value"]) == ("conflict", FIRST)


def test_nobody_is_seated_at_a_table_of_other_tables(workshop: Play) -> None:
    elsewhere = workshop.ask(ask("seat_people", sits={ANNA: an_id("old table")}), OLGA)
    assert elsewhere == refused("unknown", field="table", id=an_id("old table"))
    nobody = workshop.ask(ask("seat_people", sits={an_id("ghost"): FIRST}), OLGA)
    assert nobody == refused("unknown", field="person", id=an_id("ghost"))


def test_the_last_chair_is_taken_once(workshop: Play) -> None:
    workshop.do(ask("set_seating", cap=1), OLGA)
    workshop.do(ask("take_seat", table=FIRST), ANNA)
    late = workshop.ask(ask("take_seat", table=FIRST), BORIS)
    assert late == refused("limit", limit="seats", most=1)
    workshop.do(ask("take_seat", table=None), ANNA)
    workshop.do(ask("take_seat", table=FIRST), BORIS)
    assert sits(workshop) == {BORIS: FIRST}


def test_people_choose_only_where_they_may(workshop: Play) -> None:
    workshop.do(ask("set_seating", choose=False), OLGA)
    asked = workshop.ask(ask("take_seat", table=FIRST), ANNA)
    assert asked == refused("stage", action="tables")


@pytest.mark.parametrize("rule", ["random", "balanced", "together", "new"])
def test_everyone_who_takes_part_is_seated_by_a_rule_and_nobody_else(
    workshop: Play, rule: str
) -> None:
    workshop.do(ask("deal_seats", rule=rule, by="city", seed=5), OLGA)
    assert sorted(sits(workshop)) == sorted((ANNA, BORIS))
    assert workshop.ask(ask("deal_seats", rule=rule, by="city", seed=5), OLGA) == NOTHING


def test_the_rest_is_seated_and_those_who_sit_stay(workshop: Play) -> None:
    workshop.do(ask("seat_people", sits={ANNA: SECOND}), OLGA)
    workshop.do(ask("deal_seats", rule="random", seed=5, rest=True), OLGA)
    assert sits(workshop) == {ANNA: SECOND, BORIS: FIRST}


def test_as_before_people_sit_where_they_sat_and_new_partners_do_not_meet_again() -> None:
    workshop = a_workshop_with_tables(a_board(), state="prepared")
    more = [joins(workshop, name) for name in ("Nino", "Lela")]
    there = {ANNA: FIRST, BORIS: FIRST, more[0]: SECOND, more[1]: SECOND}
    workshop.do(ask("seat_people", sits=there), OLGA)
    workshop.do(make("again", "x", "y"), OLGA)
    workshop.do(ask("deal_seats", "again", rule="before", like=an_id("tables"), seed=1), OLGA)
    x, y = an_id("x"), an_id("y")
    assert sitting(workshop.item("again")) == {ANNA: x, BORIS: x, more[0]: y, more[1]: y}
    workshop.do(make("new", "v", "w"), OLGA)
    workshop.do(ask("deal_seats", "new", rule="new", seed=1), OLGA)
    new = sitting(workshop.item("new"))
    assert new[ANNA] != new[BORIS]
    assert new[more[0]] != new[more[1]]


# Those who come late


@pytest.mark.parametrize(
    ("late", "expected"),
    [("wait", None), ("smallest", SECOND), ("city", FIRST), ("language", FIRST)],
)
def test_who_comes_late_is_seated_by_the_rule(
    workshop: Play, late: str, expected: str | None
) -> None:
    mine = {"city": an_id("city"), "lang": "ka"}
    others = [joins(workshop, name, **mine) for name in ("Nino", "Lela")]
    workshop.do(ask("seat_people", sits=dict.fromkeys(others, FIRST)), OLGA)
    workshop.do(ask("set_seating", late=late), OLGA)
    workshop.do(ask("open_tables"), OLGA)
    person = joins(workshop, "Zura", **mine)
    assert sits(workshop).get(person) == expected


def test_who_is_expected_finds_the_seat_that_was_kept(workshop: Play) -> None:
    people = [{"id": an_id("waited for"), "name": "Zura", "table": SECOND}]
    workshop.do(ask("expect_people", people=people), OLGA)
    assert workshop.do(ask("expect_people", people=people), OLGA) == NOTHING
    person = joins(workshop, "zura")
    assert sits(workshop) == {person: SECOND}
    assert workshop.state.count_of("expected") == 0


# Opening, calling back, closing


def test_only_those_who_sit_there_and_those_who_lead_see_a_table(workshop: Play) -> None:
    def may(person: str, stream: str) -> bool:
        return may_follow(person, stream, workshop.state)

    workshop.do(ask("seat_people", sits={ANNA: FIRST, BORIS: SECOND}), OLGA)
    assert not may(ANNA, FIRST_BOARD)  # they are only being prepared
    workshop.do(ask("open_tables"), OLGA)
    seen = {
        (p, s) for p in (ANNA, BORIS, OLGA, VERA) for s in (FIRST_BOARD, SECOND_BOARD) if may(p, s)
    }
    assert seen == {
        (ANNA, FIRST_BOARD),
        (BORIS, SECOND_BOARD),
        (OLGA, FIRST_BOARD),
        (OLGA, SECOND_BOARD),
    }
    workshop.do(ask("seat_people", sits={ANNA: SECOND}), OLGA)
    assert (may(ANNA, FIRST_BOARD), may(ANNA, SECOND_BOARD)) == (False, True)
    workshop.do(ask("edit_table", "first table", shown=True), OLGA)
    assert may(VERA, FIRST_BOARD)
    workshop.do(ask("close_tables"), OLGA)
    assert may(ANNA, SECOND_BOARD)  # what they wrote there stays theirs to read
    workshop.do({"type": "remove_person", "person": ANNA}, OLGA)
    assert not may(ANNA, SECOND_BOARD)


def test_a_lane_on_a_table_is_for_those_who_sit_there(workshop: Play) -> None:
    workshop.do(ask("seat_people", sits={ANNA: FIRST}), OLGA)
    workshop.do(ask("open_tables"), OLGA)
    workshop.do({"type": "set_stage", "stage": "silent"}, OLGA)
    lane, other = (f"lane:{an_id(b)}:1:{ANNA}" for b in ("first table b", "second table b"))
    assert (may_follow(ANNA, lane, workshop.state), may_follow(ANNA, other, workshop.state)) == (
        True,
        False,
    )


def test_opening_tables_closes_others_and_opening_twice_is_once(workshop: Play) -> None:
    workshop.do(ask("open_tables", "old tables"), OLGA)
    workshop.do(ask("open_tables"), OLGA)
    states = [workshop.item(name)["state"] for name in ("old tables", "tables")]
    assert (states, workshop.state.fields["tables"]) == (["closed", "open"], an_id("tables"))
    assert workshop.ask(ask("open_tables"), OLGA) == NOTHING


def test_a_recall_closes_the_tables_at_its_time_unless_it_was_moved_or_taken_back(
    workshop: Play,
) -> None:
    at = START + 60_000
    workshop.do(ask("open_tables"), OLGA)
    recall = workshop.do(ask("recall_tables", at=at), OLGA)
    close = ask("close_tables", at=at)
    assert recall.effects == (Effect(workshop.stream, close, 60_000),)
    assert workshop.ask(ask("recall_tables", at=at), OLGA) == NOTHING
    workshop.do(ask("recall_tables", at=at + 60_000), OLGA)
    assert workshop.ask(close) == NOTHING
    workshop.do(ask("recall_tables", at=None), OLGA)
    assert workshop.ask(ask("close_tables", at=at + 60_000)) == NOTHING
    workshop.do(ask("recall_tables", at=at), OLGA)
    workshop.do(close)
    assert workshop.item("tables")["state"] == "closed"
    assert "tables" not in workshop.state.fields
    assert "recall" not in workshop.item("tables")


def test_tables_that_were_closed_open_again_with_everyone_where_they_sat(workshop: Play) -> None:
    workshop.do(ask("seat_people", sits={ANNA: FIRST}), OLGA)
    for kind in ("open_tables", "close_tables", "open_tables"):
        workshop.do(ask(kind), OLGA)
    assert (workshop.item("tables")["state"], sits(workshop)) == ("open", {ANNA: FIRST})


# Gathering


def a_table_that_wrote(workshop: Play, name: str = "first table b") -> Play:
    board = a_table_board(workshop, name)
    region = next(iter(board.state.of_kind("region")))["id"]
    board.do(
        {
            "type": "create_cluster",
            "id": an_id("g"),
            "name": "Trees",
            "region": region,
            "order": "a1",
        },
        ANNA,
    )
    board.do(note("oak", "Oak", region=region, cluster=an_id("g"), order="a2"), ANNA)
    board.do(note("bus", "Bus", region=region, order="a3"), BORIS)
    board.do({"type": "react", "id": an_id("bus"), "reaction": "heart", "on": True}, ANNA)
    return board


@pytest.mark.parametrize("layout", ["zones", "columns", "free"])
def test_gathering_twice_adds_nothing_and_later_only_what_is_new(
    workshop: Play, layout: str
) -> None:
    source, target = a_table_that_wrote(workshop), a_board(layout)
    origin = Origin(an_id("first table b"), "Buses", 1)

    def gather() -> Any:
        items = gathered(source.state, origin, target.state, BOARD)
        return target.ask({"type": "copy_items", "items": items})

    before = len(target.state)
    gather()
    assert len(target.state) == before + 4  # the group, two notes, and where they lie
    assert gather() == NOTHING
    bus = next(i for i in target.items() if i.get("text") == "Bus")
    oak = next(i for i in target.items() if i.get("text") == "Oak")
    assert (bus["origin/board"], bus["origin/item"]) == (an_id("first table b"), an_id("bus"))
    assert (bus["origin/table"], bus["by"], bus[f"reaction/heart/{ANNA}"]) == ("Buses", BORIS, True)
    assert target.state.items[oak["cluster"]]["name"] == "Trees"
    target.do({"type": "delete_item", "id": bus["id"]}, OLGA)
    region = source.item("bus")["region"]
    source.do(note("tram", "Tram", region=region, order="a9"), ANNA)
    gather()
    words = sorted(i["text"] for i in target.items() if i["kind"] == "note")
    assert words == ["Oak", "Tram"]


@pytest.mark.parametrize("layout", ["zones", "free"])
def test_what_a_table_without_a_name_wrote_has_its_number_and_no_words(
    workshop: Play, layout: str
) -> None:
    """The words are the reader's (results/table_words.py); an archive of it can come back."""
    origin = Origin(an_id("first table b"), "", 3)
    area, *copies = gathered(
        a_table_that_wrote(workshop).state, origin, a_board(layout).state, BOARD
    )
    assert (area["title"], area["origin/number"]) == ("", 3)
    notes = [copy for copy in copies if copy["kind"] == "note"]
    assert [(n["origin/number"], "origin/table" in n) for n in notes] == [(3, False), (3, False)]
    assert [check_item(one) for one in (area, *notes)] == [area, *notes]
    check_stream("board", {"layout": layout, "workshop": "w", "question": ""}, [area, *notes])


def test_a_table_that_wrote_nothing_leaves_no_empty_zone(workshop: Play) -> None:
    source = a_table_board(workshop)
    assert gathered(source.state, Origin(an_id("b"), "Empty", 1), a_board().state, BOARD) == []


def test_gathered_where_the_zone_was_taken_away_it_lies_in_the_first_one(workshop: Play) -> None:
    source, target = a_table_that_wrote(workshop), a_board()
    origin = Origin(an_id("first table b"), "Buses", 1)
    items = gathered(source.state, origin, target.state, BOARD)
    target.do({"type": "copy_items", "items": items[:1]})
    target.do({"type": "delete_item", "id": items[0]["id"]}, OLGA)
    target.do({"type": "copy_items", "items": gathered(source.state, origin, target.state, BOARD)})
    assert {i["region"] for i in target.items() if i["kind"] == "note"} == {an_id("region")}


# What is said beside


@pytest.mark.parametrize(
    "call", ["javascript:alert(1)", "https://a b.example", "ftp://x.example/y", "x"]
)
def test_a_call_is_an_address_of_the_web(call: str) -> None:
    from codesign.live.messages import read_op

    op, _ = read_op({"type": "set_call", "call": call}, FIRST_BOARD)
    assert getattr(op, "code", "") == "bad_op"
