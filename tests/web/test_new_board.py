"""A board added to a workshop that is under way: chosen by its method, made as the form says, refused in words."""

from __future__ import annotations

import re

import pytest

from codesign.core.record_boards import method_of
from codesign.core.stream import State
from codesign.web.opening import Opened
from tests.web.browsing import Browser, Walk, path_of

PURPOSE = "What do you ask people?"


async def state(walk: Walk, stream: str) -> State:
    found = await walk.house.rooms.state(stream)
    assert found is not None
    return found[1]


async def led(walk: Walk) -> tuple[Browser, Opened]:
    elira = await walk.facilitator()
    return elira, await walk.workshop(elira)


async def made(walk: Walk, elira: Browser, opened: Opened, **fields: str) -> State:
    answer = await elira.post(f"/workshops/{opened.workshop}/boards", **fields)
    return await state(walk, "board:" + path_of(answer).removeprefix("/b/"))


@pytest.mark.parametrize(
    ("method", "layout"),
    [
        ("actor-map", "rings"),
        ("power-interest", "grid2"),
        ("persona", "cards"),
        ("empathy", "canvas"),
        ("engagement-plan", "table"),
        ("impact-effort", "grid2"),
        ("action-plan", "table"),
    ],
)
async def test_from_the_library_to_a_board_of_records_without_knowing_an_address(
    walk: Walk, method: str, layout: str
) -> None:
    elira, opened = await led(walk)
    await elira.get(f"/library/{method}")
    (way,) = re.findall(r'href="(/workshops/[\w-]+/boards\?method=[\w-]+)"', elira.page)
    await elira.get(way)
    assert 'id="zones"' not in elira.page
    board = await made(walk, elira, opened, title="Ours", question="Who is it?")
    assert (board.fields["layout"], board.fields["question"]) == (layout, "Who is it?")
    assert method_of(board.fields) == board.fields["method"] == method
    workshop = await walk.state(opened)
    assert workshop.fields["board"] == opened.board  # nobody is moved by it
    register = await state(walk, f"register:{workshop.fields['programme']}")
    assert f"workshop/{opened.workshop}" in register.fields


async def test_a_board_with_zones_is_made_as_the_form_says_and_people_land_on_it(
    walk: Walk,
) -> None:
    elira, opened = await led(walk)
    await elira.get(f"/workshops/{opened.workshop}")
    (way,) = re.findall(r'href="(/workshops/[\w-]+/boards)"', elira.page)
    await elira.get(way)
    assert f"{way}?method=swot" in elira.page
    assert f"{way}?method=system-map" in elira.page
    await elira.get(f"{way}?method=swot")
    fields = {"title": "SWOT", "question": "And now?", "zones": "Strong\nWeak", "land": "1"}
    board = await made(walk, elira, opened, **fields)
    regions = sorted(board.of_kind("region"), key=lambda one: one["order"])
    assert [one["title"] for one in regions] == ["Strong", "Weak"]
    workshop = await walk.state(opened)
    assert workshop.get(str(workshop.fields["board"])) == {
        **{"id": workshop.fields["board"], "kind": "board"},
        "title": "SWOT",
    }


async def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_made(walk: Walk) -> None:
    elira, opened = await led(walk)
    way = f"/workshops/{opened.workshop}/boards"
    await elira.get(f"{way}?method=persona")
    answer = await elira.post(way, title="Ours", question=" ")
    assert answer.status_code == 422
    assert "Please write the question people will answer." in elira.text
    await elira.get(f"{way}?method=nonsense")
    assert PURPOSE not in elira.text
    assert (await elira.post(way, method="none", question="?")).status_code == 422
    assert (await walk.state(opened)).count_of("board") == 1


async def test_those_who_take_part_add_no_boards(walk: Walk) -> None:
    _, opened = await led(walk)
    guest = await walk.guest(opened)
    answer = await guest.get(f"/workshops/{opened.workshop}/boards")
    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["location"]
