"""Joining by a spoken code, and guessing them (P12)."""

from __future__ import annotations

import asyncio

import pytest

from codesign.core.ops import SetDoor, TurnAway
from codesign.core.rules.door import waiting
from codesign.web import codes
from codesign.web.pages import code_door
from codesign.web.seats import make_id
from tests.web.browsing import Browser, Walk, path_of


@pytest.mark.parametrize("script", [str, codes.in_cyrillic, codes.in_georgian])
async def test_a_code_leads_to_the_join_page_in_every_script(walk: Walk, script: object) -> None:
    opened = await walk.workshop(None)
    assert callable(script)
    stranger = walk.browser()
    await stranger.get("/")
    answer = await stranger.post("/code", code=script(await walk.code(opened)).lower())
    assert path_of(answer) == await walk.join_path(opened)


async def test_a_wrong_code_says_how_it_was_read(walk: Walk) -> None:
    await walk.workshop(None)
    stranger = walk.browser()
    await stranger.get("/code")
    answer = await stranger.post("/code", code="мораки тубела")
    assert answer.status_code == 422
    assert "No workshop has the code MORAKI TUBELA. Check the last letters." in stranger.text
    assert 'value="мораки тубела"' in answer.text


@pytest.mark.parametrize("typed", ["", " ", "🙂", "\u202e", "<script>"])
async def test_what_is_no_code_at_all_is_not_counted(walk: Walk, typed: str) -> None:
    opened = await walk.workshop(None)
    stranger = walk.browser()
    await stranger.get("/code")
    for _ in range(25):
        assert (
            await stranger.post("/code", code=typed if typed != "<script>" else "")
        ).status_code == 422
    answer = await stranger.post("/code", code=await walk.code(opened))
    assert answer.status_code == 303


async def guessed(walk: Walk, address: str = "198.51.100.7") -> Browser:
    """An address from which no code is looked at any more."""
    guesser = walk.browser(address=address)
    await guesser.get("/code")
    for _ in range(codes.TRIES_PER_ADDRESS):
        assert (await guesser.post("/code", code="BABABA BABABA")).status_code == 422
    return guesser


async def knock(walk: Walk, browser: Browser, code: str, name: str = "Nino", city: str = "") -> str:
    """Where it leads who asks at the door."""
    await browser.get("/code")
    assert (await browser.post("/code", code=code)).status_code == 200
    assert "Ask at the door" in browser.text
    answer = await browser.post("/code/knock", code=code, name=name, city=city)
    await walk.house.rooms.settle()
    await browser.get(answer.headers["location"])
    return path_of(answer)


async def test_after_twenty_wrong_codes_a_right_one_waits_to_be_let_in_and_links_do_not(
    walk: Walk,
) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    right = await walk.code(opened)
    await guessed(walk)
    nino = walk.browser(address="198.51.100.7")
    assert await knock(walk, nino, right.lower(), city=" kutaisi ") == "/code/waiting"
    assert f"Your code was read as {right} ." in nino.text
    await elira.get(f"/workshops/{opened.workshop}")
    assert "Nino Kutaisi" in elira.text
    desk = await walk.house.rooms.state(f"desk:{opened.workshop}")
    assert desk is not None
    (waits,) = waiting(desk[1])
    answer = await elira.post(f"/workshops/{opened.workshop}/knocks", admit=waits["id"])
    assert answer.status_code == 303
    await walk.house.rooms.settle()
    assert path_of(await nino.get("/code/waiting")) == f"/b/{opened.board}"
    assert (await nino.get(f"/b/{opened.board}")).status_code == 200
    honest = walk.browser(address="198.51.100.7")
    assert (await honest.get(await walk.join_path(opened))).status_code == 200


async def test_a_right_code_and_a_wrong_one_are_answered_alike(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    right = await walk.code(opened)
    await guessed(walk)
    told = []
    for code in (right, "BABABA BABABA"):
        browser = walk.browser(address="198.51.100.7")
        await knock(walk, browser, code)
        await elira.get(f"/workshops/{opened.workshop}")
        answer = await browser.get(f"/code/waiting?code={code}")
        cookies = sorted(browser.http.cookies)
        told.append((answer.status_code, browser.text.replace(code, ""), cookies))
    assert told[0] == told[1]
    # Sent away looks the same, too.
    desk = await walk.house.rooms.state(f"desk:{opened.workshop}")
    assert desk is not None
    (waits,) = waiting(desk[1])
    await walk.house.rooms.ask(
        f"desk:{opened.workshop}", TurnAway(people=(waits["id"],)), product=True
    )
    assert (await browser.get("/code/waiting?code=BABABABABABA")).status_code == 200
    assert browser.text.replace("BABABA BABABA", "") == told[0][1]


async def test_the_answer_does_not_wait_for_the_knock(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long it takes would tell whether there is such a workshop."""
    opened = await walk.workshop(None)
    await guessed(walk)
    never: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def looks(*_: object) -> None:
        await never

    monkeypatch.setattr(code_door, "open_door", looks)
    browser = walk.browser(address="198.51.100.7")
    await browser.get("/code")
    await browser.post("/code", code=await walk.code(opened))
    async with asyncio.timeout(5):
        answer = await browser.post("/code/knock", code=await walk.code(opened), name="Nino")
    assert path_of(answer) == "/code/waiting"
    never.set_result(None)


async def test_a_form_sent_twice_knocks_once_and_one_without_a_name_says_so(walk: Walk) -> None:
    opened = await walk.workshop(await walk.facilitator())
    code = await walk.code(opened)
    await guessed(walk)
    browser = walk.browser(address="198.51.100.7")
    await knock(walk, browser, code)
    await knock(walk, browser, code)
    desk = await walk.house.rooms.state(f"desk:{opened.workshop}")
    assert desk is not None
    assert [one["name"] for one in waiting(desk[1])] == ["Nino"]
    answer = await browser.post("/code/knock", code="MORAKI", name=" ")
    assert answer.status_code == 422
    assert "Please write your first name." in browser.text
    assert "Please type the code you see on the wall." in browser.text


async def test_other_addresses_go_straight_in_and_so_does_this_one_when_it_has_cooled(
    walk: Walk,
) -> None:
    opened = await walk.workshop(None)
    right = await walk.code(opened)
    guesser = await guessed(walk)
    elsewhere = walk.browser(address="203.0.113.5")
    await elsewhere.get("/code")
    assert (await elsewhere.post("/code", code=right)).status_code == 303
    assert (await guesser.post("/code", code=right)).status_code == 200
    walk.clock.ms += codes.ADDRESS_MS
    # Also by the form at the door that is still open in a tab.
    answer = await guesser.post("/code/knock", code=right, name="Nino")
    assert (answer.status_code, answer.headers["location"]) == (307, "/code")
    assert path_of(await guesser.post("/code", code=right)) == await walk.join_path(opened)


async def test_wrong_codes_are_answered_ever_more_slowly_and_right_ones_at_once(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guesser = walk.browser(address="198.51.100.7")
    await guesser.get("/code")
    for _ in range(codes.TRIES_PER_ADDRESS - 1):
        await guesser.post("/code", code="BABABA BABABA")
    assert walk.waited[:7] == [0, 0, 0, 0, 0, 0.25, 0.5]
    assert (walk.waited == sorted(walk.waited), walk.waited[-1]) == (True, codes.SLOWEST)
    walk.waited.clear()
    assert (await guesser.post("/code", code=await walk.code(opened))).status_code == 303
    assert walk.waited == []


async def test_where_nobody_waits_there_is_only_a_page_that_waits(walk: Walk) -> None:
    stranger = walk.browser()
    assert (await stranger.get("/code/waiting")).status_code == 200
    stranger.http.cookies.set("codesign_knock", make_id())
    assert (await stranger.get("/code/waiting")).status_code == 200


async def test_a_code_lives_only_while_the_door_is_open(walk: Walk) -> None:
    opened = await walk.workshop(None)
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", SetDoor(door="closed"), product=True)
    stranger = walk.browser()
    await stranger.get("/code")
    assert (await stranger.post("/code", code=await walk.code(opened))).status_code == 422


async def test_guessing_links_does_not_become_reading_the_database(walk: Walk) -> None:
    await walk.workshop(None)
    stranger = walk.browser()
    for at in range(30):
        assert (await stranger.get(f"/join/{at:022}")).status_code == 404
    looked = walk.house.doors._looked
    assert looked == walk.clock.now()


async def test_a_workshop_another_process_made_is_found(walk: Walk) -> None:
    opened = await walk.workshop(None)
    path = await walk.join_path(opened)
    doors = walk.house.doors
    doors._by_link.clear()
    doors._by_code.clear()
    doors._known.clear()
    assert (await walk.browser().get(path)).status_code == 200
