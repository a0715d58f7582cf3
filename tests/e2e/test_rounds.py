"""Rounds walked: drawn alone with a pen and revealed, sheets that go on to the next hand, a pin moved by its field."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from codesign.catalog import HOUSE, read
from codesign.web.method_boards import about_of, names_zones
from codesign.web.opening import Plan, open_workshop
from tests.e2e.boards import CITIES, PHONE, SMALL_TARGETS, Hall, faults, field, is_sent

METHODS = read(HOUSE).methods


async def begin(hall: Hall, id: str) -> None:
    method = METHODS[id]
    zones = [one.title for one in method.regions] if names_zones(method) else []
    layout: Any = method.layout
    plan = Plan(method.title, "What now?", layout, zones, CITIES, None, about_of(method))
    hall.opened = await open_workshop(hall.house, plan, None, "en")


async def stroke(page: Page) -> None:
    """From one corner of the frame to the middle."""
    frame = await page.locator(".pen__frame").bounding_box()
    assert frame is not None
    x, y = frame["x"], frame["y"]
    await page.mouse.move(x + 30, y + 30)
    await page.mouse.down()
    await page.mouse.move(x + frame["width"] / 2, y + frame["height"] / 2, steps=5)
    await page.mouse.up()


@pytest.mark.long
async def test_frames_are_drawn_alone_and_revealed_to_all(hall: Hall) -> None:
    await begin(hall, "crazy8")
    lead = await hall.lead()
    anna = await hall.person("Anna")
    boris = await hall.person("Boris", 1, viewport=PHONE, color_scheme="dark")
    await hall.ask_workshop({"type": "set_stage", "stage": "silent"})
    await lead.get_by_role("button", name="Start the rounds").click()
    await expect(anna.locator(".rounds")).to_contain_text("Round 1 of 8")
    await anna.get_by_role("button", name="Draw", exact=True).click()
    await expect(anna.locator(".cardform__clock")).to_contain_text("Round 1 of 8")
    await stroke(anna)
    await expect(anna.locator(".pen__frame path")).to_have_count(1)
    await stroke(anna)
    await anna.get_by_role("button", name="Take back the last stroke").click()
    await expect(anna.locator(".pen__frame path")).to_have_count(1)
    await anna.locator("[data-words]").fill("A bell when the truck turns in")
    assert await faults(anna) == []
    await lead.get_by_role("button", name="Next round").click()
    await anna.get_by_role("button", name="Next frame").click()
    await expect(anna.locator(".cardform__clock")).to_contain_text("Round 2 of 8")
    await anna.get_by_role("button", name="Done").click()
    await expect(anna.locator(".rounds")).to_contain_text("Frames filled: 1 of 8")
    await is_sent(anna)
    assert await hall.notes() == {}
    assert await boris.evaluate(SMALL_TARGETS) == []
    await hall.ask_workshop({"type": "set_stage", "stage": "open"})
    await boris.get_by_role("tab").first.click()
    note = boris.locator(".note", has_text="A bell when the truck turns in")
    await expect(note.locator(".note__ink path")).to_have_count(1)
    assert await faults(boris) == []


@pytest.mark.long
async def test_a_sheet_that_is_passed_on_is_read_and_written_on_by_the_next(hall: Hall) -> None:
    await begin(hall, "brainwriting")
    lead = await hall.lead()
    anna = await hall.person("Anna")
    boris = await hall.person("Boris", 1)
    await lead.get_by_role("button", name="Start the rounds").click()
    await expect(anna.locator(".rounds")).to_contain_text("begun by Anna")
    await field(anna).fill("Pay at the shop")
    await field(anna).press("Enter")
    await expect(anna.locator(".rounds")).to_contain_text("1 of 3 written")
    await is_sent(anna)
    await lead.get_by_role("button", name="Next round").click()
    await expect(boris.locator(".rounds")).to_contain_text("begun by Anna")
    await field(boris).fill("The shop takes complaints as well")
    await field(boris).press("Enter")
    await is_sent(boris)
    sheets = {one["sheet_of"]: one["id"] for one in await hall.items("region")}
    mine = next(one["id"] for one in await hall.people() if one["name"] == "Anna")
    written = [(one["region"], one["round"]) for one in (await hall.notes()).values()]
    assert sorted(written) == [(sheets[mine], 1), (sheets[mine], 2)]
