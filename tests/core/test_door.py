"""The door: who knocks is on the desk and nowhere else, until somebody who leads lets them in."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core import limits
from codesign.core.changes import DropItem, PatchItem
from codesign.core.decision import NOTHING
from codesign.core.effects import Effect
from codesign.core.rules.door import sent_away, waiting
from codesign.core.rules.steps import in_order
from codesign.core.visibility import may_follow, role_of
from tests.builders import (
    ANNA,
    CITY,
    OLGA,
    VERA,
    WORKSHOP,
    Play,
    a_board,
    a_workshop,
    an_id,
    refused,
)
from tests.core.table_rows import a_workshop_with_tables

NINO, LUKA = an_id("nino"), an_id("luka")
STREAM = f"workshop:{WORKSHOP}"


def knock(person: str = NINO, **more: Any) -> dict[str, Any]:
    return {"type": "knock", "person": person, "name": "Nino", **more}


def admit(*people: str) -> dict[str, Any]:
    return {"type": "admit_people", "people": list(people)}


def turn_away(*people: str) -> dict[str, Any]:
    return {"type": "turn_away", "people": list(people)}


@pytest.fixture
def desk() -> Play:
    """Nino and Luka wait, Nino came first."""
    desk = Play(f"desk:{WORKSHOP}", workshop=a_workshop())
    desk.do(knock(city=CITY))
    desk.now += 1_000
    desk.do(knock(LUKA, name="Luka", role="observer", lang="ka"))
    return desk


def test_who_knocks_waits_on_the_desk_and_is_no_person(desk: Play) -> None:
    assert [one["name"] for one in waiting(desk.state)] == ["Nino", "Luka"]
    assert desk.workshop is not None
    assert role_of(NINO, desk.workshop.state) is None
    for stream in (STREAM, desk.stream):
        assert not may_follow(NINO, stream, desk.workshop.state)
    assert not may_follow(ANNA, desk.stream, desk.workshop.state)
    assert list(in_order(desk.state)) == []


def test_only_the_product_knocks(desk: Play) -> None:
    assert desk.ask(knock(an_id("mari")), OLGA) == refused("forbidden")


def test_one_some_or_all_are_let_in(desk: Play) -> None:
    found = desk.do(admit(NINO, LUKA, an_id("nobody"), NINO), OLGA)
    assert found.changes == (DropItem(NINO), DropItem(LUKA))
    join = {"type": "join_workshop"}
    assert found.effects[:2] == (
        Effect(
            STREAM, {**join, "person": NINO, "name": "Nino", "role": "participant", "city": CITY}
        ),
        Effect(STREAM, {**join, "person": LUKA, "name": "Luka", "role": "observer", "lang": "ka"}),
    )
    assert desk.workshop is not None
    for effect in found.effects[:2]:
        desk.workshop.do(effect.op)
    assert role_of(LUKA, desk.workshop.state) == "observer"


def test_two_who_let_in_the_same_person_let_them_in_once(desk: Play) -> None:
    desk.do(admit(NINO), OLGA)
    assert desk.ask(admit(NINO), OLGA) == NOTHING
    assert desk.ask(turn_away(NINO), OLGA) == NOTHING
    assert desk.ask(knock(NINO)) == NOTHING  # a form that was sent twice
    assert [one["name"] for one in waiting(desk.state)] == ["Luka"]


def test_who_was_sent_away_can_still_be_let_in(desk: Play) -> None:
    assert desk.do(turn_away(NINO), OLGA).changes == (PatchItem(NINO, {"refused": True}),)
    assert desk.ask(turn_away(NINO), OLGA) == NOTHING
    assert desk.ask(knock(NINO)) == NOTHING
    assert [one["id"] for one in waiting(desk.state)] == [LUKA]
    assert [one["id"] for one in sent_away(desk.state)] == [NINO]
    assert len(desk.do(admit(NINO), OLGA).effects) >= 1


def test_steps_of_the_agenda_are_let_in_by_nobody(desk: Play) -> None:
    desk.do({"type": "add_step", "id": an_id("step"), "order": "a0"}, OLGA)
    assert desk.ask(admit(an_id("step")), OLGA) == NOTHING
    assert desk.ask(turn_away(an_id("step")), OLGA) == NOTHING


def test_a_city_that_was_taken_away_meanwhile_keeps_nobody_outside(desk: Play) -> None:
    assert desk.workshop is not None
    desk.workshop.do({"type": "drop_city", "id": CITY}, OLGA)
    found = desk.do(admit(NINO), OLGA)
    assert "city" not in found.effects[0].op
    desk.workshop.do(found.effects[0].op)
    assert role_of(NINO, desk.workshop.state) == "participant"


def test_whoever_comes_for_a_table_sits_there() -> None:
    workshop = a_workshop_with_tables(a_board())
    desk = Play(f"desk:{WORKSHOP}", workshop=workshop)
    second = an_id("second table")
    desk.do(knock(role="host", table=second))
    workshop.do(desk.do(admit(NINO), OLGA).effects[0].op)
    assert workshop.item("tables")[f"sits/{NINO}"] == second
    gone = {"type": "join_workshop", "person": LUKA, "name": "Luka", "table": an_id("nowhere")}
    workshop.do(gone)
    assert f"sits/{LUKA}" not in workshop.item("tables")


def test_a_crowd_at_the_door_is_bounded(desk: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "KNOCKS_PER_WORKSHOP", 2)
    asked = desk.ask(knock(an_id("mari")))
    assert asked == refused("limit", limit="knocks", most=2)
    monkeypatch.setattr(limits, "PEOPLE_PER_WORKSHOP", 5)
    assert desk.ask(admit(NINO, LUKA), OLGA) == refused("limit", limit="people", most=5)
    assert len(waiting(desk.state)) == 2


def test_an_observer_lets_nobody_in(desk: Play) -> None:
    assert desk.ask(admit(NINO), VERA) == refused("forbidden", action="people")
