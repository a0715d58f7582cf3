"""The frame of the agenda's page, and what other pages know of it."""

from __future__ import annotations

from tests.builders import add_step
from tests.web.browsing import Walk


async def test_home_says_how_many_steps_are_planned(walk: Walk) -> None:
    elira = await walk.facilitator()
    opened = await walk.workshop(elira)
    await elira.get("/")
    assert "planned" not in elira.text
    for name in ("write", "vote"):
        op = add_step(name, title=name)
        await walk.house.rooms.ask(f"desk:{opened.workshop}", op, product=True)
    await elira.get("/")
    assert "2 steps are planned." in elira.text
    assert f'href="/workshops/{opened.workshop}/agenda"' in elira.page


async def test_the_agenda_is_there_for_those_who_lead_and_its_stream_for_nobody_else(
    walk: Walk,
) -> None:
    elira = await walk.facilitator()
    opened = await walk.workshop(elira)
    guest = await walk.guest(opened)
    desk = f"/streams/desk:{opened.workshop}"
    assert (await elira.get(f"/workshops/{opened.workshop}/agenda")).status_code == 200
    assert (await elira.get(desk)).json()["state"] == {"fields": {}, "items": []}
    assert (await guest.get(f"/workshops/{opened.workshop}/agenda")).status_code == 303
    assert (await guest.get(desk)).status_code == 404


async def test_only_pages_of_those_who_lead_are_told_the_code(walk: Walk) -> None:
    elira = await walk.facilitator()
    opened = await walk.workshop(elira)
    guest = await walk.guest(opened)
    code = await walk.code(opened)
    assert code in (await elira.get(f"/b/{opened.board}")).text
    assert code not in (await guest.get(f"/b/{opened.board}")).text
