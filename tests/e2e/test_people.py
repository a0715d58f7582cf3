"""Many people in the list of a workshop: found and turned by keyboard, and said aloud."""

from __future__ import annotations

from playwright.async_api import Page, expect

from codesign.web.seats import make_id
from tests.e2e.test_join import AXE, Site, lead, make_workshop, site

__all__ = ["lead", "site"]  # fixtures


async def test_many_people_are_searched_and_turned_by_keyboard(site: Site, lead: Page) -> None:
    await make_workshop(lead)
    workshop = lead.url.rpartition("/")[2]
    for n in range(40):
        join = {"type": "join_workshop", "person": make_id(), "name": f"Guest {n:02}"}
        await site.house.rooms.ask(f"workshop:{workshop}", join, product=True)
    await lead.reload()
    names = lead.locator(".person__name")
    await expect(names).to_have_count(30)
    field = lead.get_by_role("searchbox", name="Search people by name")
    await field.focus()
    await lead.keyboard.type("guest 3")
    await lead.keyboard.press("Enter")
    await expect(names).to_have_count(10)
    await expect(field).to_be_focused()
    await expect(lead.locator("body > [role=status]")).to_have_text("10 found")
    await field.fill("")
    await lead.keyboard.press("Enter")
    await expect(names).to_have_count(30)
    await lead.get_by_role("link", name="Next page").focus()
    await lead.keyboard.press("Enter")
    await expect(names).to_have_count(11)
    await expect(lead.get_by_role("heading", name="41 people")).to_be_focused()
    await expect(lead.locator("body > [role=status]")).to_have_text("Page 2 of 2")
    row = lead.locator(".person", has_text="Guest 35")
    await row.locator("summary").press("Enter")
    await row.get_by_label("First name").fill("Guest 36")
    await row.get_by_role("button", name="Save").press("Enter")
    await expect(names.filter(has_text="Guest 36 2")).to_have_count(1)
    await expect(names).to_have_count(11)
    await lead.evaluate(AXE)
    found = await lead.evaluate("() => axe.run({ resultTypes: ['violations'] })")
    assert [one["id"] for one in found["violations"]] == []
