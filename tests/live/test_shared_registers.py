"""A programme of several workshops has one register: people of each are in it, by what they are in their own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from codesign.core.decision import Refused
from tests.builders import ANNA, OLGA, PROGRAMME, an_id, record
from tests.live.hall import SET_UP, WORKSHOP_STREAM, Hall, Page
from tests.live.test_registers import CLOSED, COUNCIL, REGISTER, asked

SECOND, ELSEWHERE = an_id("second"), an_id("elsewhere")
DORA, FLORA, GUEST = an_id("Dora"), an_id("Flora"), an_id("guest of elsewhere")
THERE = {DORA: SECOND, FLORA: SECOND, GUEST: ELSEWHERE}


class Programme(Hall):
    """The hall's workshop, a second one of its programme, and one that is none of it."""

    async def person_for(self, session: str, workshop: str) -> str | None:
        person = session.removeprefix("session-of-")
        if person in THERE:
            return person if workshop == THERE[person] else None
        return await super().person_for(session, workshop)


async def a_programme() -> Programme:
    hall = Programme()
    made = await Hall.opened(hall.journal, layout="grid2")
    hall = Programme(made.journal)
    await asked(hall, REGISTER, record("council"), ANNA)
    for workshop, programme in ((SECOND, PROGRAMME), (ELSEWHERE, an_id("another programme"))):
        await hall.ask(f"workshop:{workshop}", {**SET_UP, "programme": programme}, product=True)
    for person, role in ((DORA, "participant"), (FLORA, "facilitator"), (GUEST, "facilitator")):
        join = {"type": "join_workshop", "person": person, "role": role, "name": person.strip("_")}
        await hall.ask(f"workshop:{THERE[person]}", join, product=True)
    for side in (REGISTER, CLOSED):
        await hall.ask(side, {"type": "set_up_register", "workshop": SECOND}, product=True)
    return hall


async def following(hall: Hall, person: str, *streams: str) -> Page:
    page = hall.page(person)
    page.say("hello", protocol=1, epoch=None, clients={page.client_id: 1}, follow=[])
    await hall.quiet()
    for stream in streams:
        page.say("follow", stream=stream, seq=0)
        await hall.quiet()
    return page


def told(page: Page) -> list[Any]:
    return [message["type"] for message in page.heard() if message["type"] != "welcome"]


async def test_people_of_each_workshop_follow_the_register_and_write_in_it() -> None:
    hall = await a_programme()
    anna, dora = await following(hall, ANNA, REGISTER), await following(hall, DORA, REGISTER)
    anna.heard()
    dora.heard()
    await asked(
        hall, REGISTER, {"type": "edit_record", "id": COUNCIL, "fields": {"power": 90}}, DORA
    )
    assert (told(anna), told(dora)) == (["changes"], ["changes"])
    dora.ask({"type": "edit_record", "id": COUNCIL, "fields": {"power": 10}}, stream=REGISTER)
    await hall.quiet()
    assert (told(anna), told(dora)) == (["changes"], ["ack", "changes"])


async def test_the_closed_side_is_for_those_who_lead_a_workshop_of_the_programme() -> None:
    hall = await a_programme()
    pages = {one: await following(hall, one, CLOSED) for one in (OLGA, FLORA, ANNA, DORA, GUEST)}
    await asked(
        hall, CLOSED, {"type": "edit_record", "id": COUNCIL, "fields": {"stance": -2}}, FLORA
    )
    heard = {one: "stance" in json.dumps(page.heard()) for one, page in pages.items()}
    assert heard == {OLGA: True, FLORA: True, ANNA: False, DORA: False, GUEST: False}


@pytest.mark.parametrize("stream", [REGISTER, CLOSED])
async def test_who_is_in_no_workshop_of_the_programme_finds_nothing(stream: str) -> None:
    hall = await a_programme()
    page = await following(hall, GUEST, stream)
    assert told(page) == ["unfollowed"]
    answer = await hall.answer(stream, record("spy"), person=GUEST)
    assert answer == Refused("unknown")


async def test_each_is_judged_by_the_stage_of_their_own_workshop() -> None:
    hall = await a_programme()
    await asked(hall, f"workshop:{SECOND}", {"type": "set_stage", "stage": "locked"}, FLORA)
    edit = {"type": "edit_record", "id": COUNCIL, "fields": {"power": 50}}
    assert await hall.answer(REGISTER, edit, person=DORA) == Refused(
        "stage", {"action": "edit_text"}
    )
    await asked(hall, REGISTER, edit, ANNA)


async def test_who_is_removed_from_their_workshop_hears_no_more() -> None:
    hall = await a_programme()
    page = await following(hall, DORA, f"workshop:{SECOND}", REGISTER)
    page.heard()
    await asked(hall, f"workshop:{SECOND}", {"type": "remove_person", "person": DORA}, FLORA)
    await asked(
        hall, REGISTER, {"type": "edit_record", "id": COUNCIL, "fields": {"power": 1}}, ANNA
    )
    assert "power" not in json.dumps(page.heard())


async def test_all_of_it_is_so_after_a_restart_as_well() -> None:
    made = await a_programme()
    hall = Programme(made.journal)
    room = await hall.rooms.open(CLOSED)
    assert room is not None
    people = (OLGA, FLORA, ANNA, DORA, GUEST)
    assert [room.may_follow(one) for one in people] == [True, True, False, False, False]


async def test_a_workshop_that_is_gone_leaves_the_register_to_the_others() -> None:
    hall = await a_programme()
    await hall.meanwhile(hall.rooms.take_away(SECOND))
    edit = {"type": "edit_record", "id": COUNCIL, "fields": {"power": 7}}
    assert await hall.answer(REGISTER, edit, person=DORA) == Refused("unknown")
    await asked(hall, REGISTER, edit, ANNA)


async def test_workshops_are_let_go_of_with_the_register() -> None:
    hall = await a_programme()
    for _ in range(4):
        await hall.later(61)
    assert [room.stream for room in hall.rooms.keeping] == []
    assert await hall.rooms.state(WORKSHOP_STREAM) is not None
