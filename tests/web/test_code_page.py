"""Joining by a spoken code, and guessing them (P12)."""

from __future__ import annotations

import pytest

from codesign.core.ops import SetDoor
from codesign.web import codes
from tests.web.browsing import Walk, path_of


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


async def test_after_twenty_wrong_codes_codes_go_to_the_door_and_links_do_not(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guesser = walk.browser(address="198.51.100.7")
    await guesser.get("/code")
    for _ in range(20):
        assert (await guesser.post("/code", code="BABABA BABABA")).status_code == 422
    right = await walk.code(opened)
    answer = await guesser.post("/code", code=right)
    assert answer.status_code == 429
    assert "The link and the QR picture still work." in guesser.text
    honest = walk.browser(address="198.51.100.7")
    assert (await honest.get(await walk.join_path(opened))).status_code == 200
    elsewhere = walk.browser(address="203.0.113.5")
    await elsewhere.get("/code")
    assert (await elsewhere.post("/code", code=right)).status_code == 303
    walk.clock.ms += codes.ADDRESS_MS
    assert (await guesser.post("/code", code=right)).status_code == 303


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
