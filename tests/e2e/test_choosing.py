"""Choosing and planning: a grid where each places privately until it is revealed, and a plan that several write."""

from __future__ import annotations

from playwright.async_api import expect

from codesign.store import workshops
from codesign.web.opening import Look, open_board
from tests.e2e.boards import PHONE, Hall, faults, is_sent, landed


async def also(hall: Hall, layout: str, method: str) -> str:
    row = await workshops.workshop(hall.house.database, hall.opened.workshop)
    assert row is not None
    look = Look(method, "What brings most?", layout, method=method)  # type: ignore[arg-type]
    return await open_board(hall.house, row, look)


async def test_two_place_an_idea_privately_see_how_far_they_are_apart_and_plan_it_together(
    hall: Hall,
) -> None:
    grid, plan = (
        await also(hall, "grid2", "impact-effort"),
        await also(hall, "table", "action-plan"),
    )
    anna = await hall.person("Anna")
    boris = await hall.person("Boris", 1, viewport=PHONE, color_scheme="dark")
    for page in (anna, boris):
        await page.goto(f"{hall.url}/b/{grid}")
        await landed(page)
    await expect(anna.locator("#record-form .composer__in")).to_be_focused()
    await anna.keyboard.type("Bin sensors")
    await anna.keyboard.press("Enter")
    await expect(boris.get_by_text("Bin sensors")).to_be_visible()
    await is_sent(anna)

    await hall.ask_workshop({"type": "set_stage", "stage": "silent"})
    for page, effort in ((anna, 4), (boris, 1)):
        card = page.locator(".choice__card").or_(page.locator("[data-place]"))
        await card.click()
        await page.get_by_role("button", name=f"Effect 4 of 4, effort {effort} of 4").click()
        await page.keyboard.press("Escape")
        await is_sent(page)
    await expect(anna.locator(".choice__card")).to_contain_text(
        "effect 88 of 100, effort 88 of 100"
    )
    await expect(boris.get_by_text("effect 88 of 100, effort 13 of 100")).to_be_visible()
    await expect(anna.locator(".choice__card")).not_to_contain_text("people")
    await hall.ask_workshop({"type": "set_stage", "stage": "open"})
    await expect(anna.get_by_role("button", name="Talk about 1")).to_be_visible()
    await expect(anna.locator(".choice__card")).to_contain_text(
        "effort 51 of 100, 2 people, 75 apart"
    )
    await expect(boris.get_by_text("2 people, 75 apart")).to_be_visible()
    assert await faults(anna) == []

    for page in (anna, boris):
        await page.goto(f"{hall.url}/b/{plan}")
        await landed(page)
    await anna.get_by_label("Name an action").fill("Try ten bins")
    await anna.get_by_label("Name an action").press("Enter")
    await boris.get_by_label("Lead, Try ten bins").fill("Cleaning company")
    await boris.get_by_label("Lead, Try ten bins").press("Enter")
    await expect(anna.get_by_label("Lead, Try ten bins")).to_have_value("Cleaning company")
    await anna.get_by_label("Costs, Try ten bins", exact=True).fill("1,200")
    await anna.get_by_label("Until, Try ten bins").fill("2020-02")
    await anna.get_by_label("How we know, Try ten bins").fill("Half the complaints")
    await expect(boris.get_by_text("Overdue", exact=True)).to_be_visible()
    await expect(boris.get_by_label("Costs, Try ten bins", exact=True)).to_have_value("1,200")
    known = boris.get_by_label("How we know, Try ten bins")
    await expect(known).to_have_value("Half the complaints")
    await expect(anna.get_by_text("3 cells to fill")).to_be_visible()
    assert await faults(boris) == []
    await anna.get_by_role("button", name="Everything about Try ten bins").click()
    about = anna.get_by_role("dialog")
    await about.get_by_text("Choose", exact=True).first.click()
    await about.get_by_role("checkbox", name="Cleaning company").check()
    partners = about.locator("summary[aria-label='Partners, Try ten bins: Cleaning company']")
    await expect(partners).to_be_visible()
    await about.get_by_label("What it brings, Try ten bins").fill("Clean streets")
    await anna.keyboard.press("Escape")
    await anna.get_by_role("button", name="Timeline").click()
    await expect(anna.get_by_text("No action has its months yet.")).to_be_visible()
