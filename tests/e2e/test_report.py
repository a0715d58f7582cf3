"""The report as people use it: chapters chosen, ordered and named, a link for strangers, and all of it on a phone."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.boards import Hall, faults

WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
NO_SIDEWAYS = "() => document.documentElement.scrollWidth <= innerWidth"


async def test_a_report_is_told_as_its_leads_want_and_read_by_a_stranger_on_any_screen(
    hall: Hall,
) -> None:
    await hall.open()
    await hall.write("ავტობუსი დაგვიანდა 🚌")
    await hall.person("Nino")
    elira = await hall.lead(viewport=WIDE)
    await elira.goto(f"{hall.url}/w/{hall.opened.workshop}/report-plan")
    people = elira.get_by_role("group", name="Who took part")
    await people.get_by_label("Place").fill("1")
    await people.get_by_label("Title").fill("Who was in the room")
    for left_out in ("All notes", "Boards"):
        chapter = elira.get_by_role("group", name=left_out, exact=True)
        await chapter.get_by_label("In the report").uncheck()
    await elira.get_by_label("Language of the headings").select_option("sq")
    assert await faults(elira) == []
    await elira.get_by_role("button", name="Save").click()
    await expect(elira.locator("article h2").first).to_have_text("Who was in the room")
    await expect(elira.locator("article h2")).to_have_count(2)

    await elira.get_by_text("Make a read-only link").click()
    await elira.get_by_role("button", name="Make the link").click()
    link = await elira.get_by_role("link", name="Copy read-only link").get_attribute("href")
    assert link is not None
    strangers = await asyncio.gather(*(_stranger(hall, size, link) for size in (WIDE, PHONE)))
    for page in strangers:
        await expect(page.locator("article h2").first).to_have_text("Who was in the room")
        await expect(page.get_by_text("ავტობუსი დაგვიანდა 🚌").first).to_be_visible()
        await expect(page.get_by_role("link", name="Choose and name chapters")).to_have_count(0)
        assert await page.evaluate(NO_SIDEWAYS)
    assert await faults(strangers[1]) == []

    await elira.get_by_role("button", name="Stop sharing").click()
    await expect(elira.get_by_text("Make a read-only link")).to_be_visible()
    assert (await strangers[1].request.get(link)).status == 404


async def _stranger(hall: Hall, size: Any, link: str) -> Page:
    page: Page = await (await hall.new_context(viewport=size, locale="en-GB")).new_page()
    await page.goto(link)
    return page
