"""A facilitator rehearses on a copy with stand-ins, on a laptop and beside it on a phone, and nothing of it is left."""

from __future__ import annotations

import asyncio

from playwright.async_api import Page, expect

from codesign.store.rehearsals import every_rehearsal
from tests.e2e.boards import LAPTOP, PHONE, SMALL_TARGETS, Hall, faults, landed

#: Stand-ins in a hurry.
PACE = 0.05


async def begun(hall: Hall, page: Page) -> None:
    await page.goto(f"{hall.url}/workshops/{hall.opened.workshop}/agenda")
    await page.locator("#agenda[data-ready]").wait_for()
    await page.locator("summary", has_text="Rehearse").click()
    await page.get_by_label("How many stand-ins").select_option("4")
    await page.get_by_role("button", name="Begin the rehearsal").click()
    await landed(page)


async def test_a_rehearsal_is_run_and_ended_and_leaves_nothing(hall: Hall) -> None:
    hall.house.rehearsals.pace = PACE
    lead, phone = await asyncio.gather(
        hall.lead(viewport=LAPTOP), hall.lead("Ivan Petrović", viewport=PHONE, has_touch=True)
    )
    await begun(hall, lead)
    strip = lead.get_by_role("region", name="Rehearsal")
    await expect(strip).to_contain_text("nothing here is kept")
    await expect(lead.locator(".note").first).to_be_visible(timeout=15_000)
    await phone.goto(f"{hall.url}/workshops/{hall.opened.workshop}/agenda")
    await phone.get_by_role("button", name="Go to the rehearsal").click()
    await landed(phone)
    for page in (lead, phone):
        assert await page.evaluate(SMALL_TARGETS) == []
        # Nothing lies over the strip, and the board ends where the screen does.
        box = await page.locator("#board").bounding_box()
        view = page.viewport_size
        assert box is not None
        assert view is not None
        assert (box["y"], box["y"] + box["height"]) == (48, view["height"])
        await expect(page.get_by_role("button", name="End rehearsal")).to_be_visible()
    await lead.get_by_role("button", name="End rehearsal").click()
    await lead.locator("#agenda[data-ready]").wait_for()
    await expect(lead.get_by_role("region", name="Rehearsal")).to_have_count(0)
    await expect(phone.locator("#banner")).to_contain_text("The rehearsal has ended.")
    assert await every_rehearsal(hall.house.database) == []
    assert await hall.notes() == {}
    assert await faults(lead) == []
