"""Rounds walked: frames drawn alone with a pen, and revealed to all."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from codesign.catalog import HOUSE, read
from codesign.web.method_boards import about_of, names_zones
from codesign.web.opening import Plan, open_workshop
from tests.e2e.boards import CITIES, PHONE, SMALL_TARGETS, Hall, faults, is_sent

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
