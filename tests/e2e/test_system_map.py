"""A system map drawn by keys, by hand and on a phone: its loop is named, told and turned while people draw."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.e2e.boards import PHONE, SMALL_TARGETS, Hall, faults, field, is_sent


def factor(page: Page, name: str) -> Locator:
    return page.locator(".factor", has_text=name)


async def places(hall: Hall) -> dict[str, tuple[Any, Any]]:
    return {one["label"]: (one["x"], one["y"]) for one in await hall.items("factor")}


async def test_two_draw_a_map_whose_loop_is_named_told_and_turned_while_they_draw(
    hall: Hall,
) -> None:
    await hall.open("graph", [])
    anna = await hall.person("Anna")
    boris = await hall.person("Boris", 1, viewport=PHONE, color_scheme="dark")
    for name in ("Buses on time", "Passengers", "Private cars"):
        await field(anna).fill(name)
        await field(anna).press("Enter")
        await expect(factor(anna, name)).to_be_visible()
    # By key, from the list; by hand, pressing the other; by hand, from the list.
    await factor(anna, "Buses").click()
    await anna.keyboard.press("c")
    await anna.keyboard.type("passen")
    await anna.keyboard.press("Enter")
    await expect(anna.locator(".cause[data-sign='+']")).to_be_focused()
    await factor(anna, "Passengers").click()
    await anna.get_by_role("button", name="Makes less").click()
    await factor(anna, "Private cars").click()
    await expect(anna.locator(".cause[data-sign='-']")).to_have_count(1)
    await factor(anna, "Private cars").click()
    await anna.get_by_role("button", name="Makes less").click()
    await anna.locator(".linkto").get_by_role("button", name="Buses on time").click()
    await expect(anna.locator(".loopmark")).to_have_text("R1 reinforcing")
    await anna.keyboard.press("o")
    told = "R1: When “Buses on time” rises, “Passengers” rises, “Private cars” falls"
    await expect(anna.locator("#polite")).to_contain_text(told)
    await expect(anna.locator(".factor.is-lit")).to_have_count(3)
    await is_sent(anna)
    # The same on a phone, as text; what is turned there is another loop here.
    link = boris.locator(".li--cause", has_text="More “Buses on time” makes more “Passengers”")
    await expect(link).to_be_visible()
    assert await faults(boris) == []
    assert await boris.evaluate(SMALL_TARGETS) == []
    await link.get_by_role("button", name="Turn the sign").click()
    await expect(anna.locator(".loopmark")).to_have_text("B1 balancing")
    assert await faults(anna) == []
    # An arrangement is one act, and one undo.
    before = await places(hall)
    await anna.get_by_role("button", name="Arrange, bring in, take home").click()
    await anna.get_by_role("menuitem", name="Arrange in a circle").click()
    await is_sent(anna)
    assert await places(hall) != before
    await anna.keyboard.press("Control+z")
    await is_sent(anna)
    assert await places(hall) == before
    await is_sent(boris)
