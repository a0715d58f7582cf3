"""One leads and the others see what they see: a laptop that stops and follows again, a phone, and reactions of all."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.e2e.boards import (
    PHONE,
    SMALL_TARGETS,
    ZONES,
    Hall,
    faults,
    field,
    note,
)

FOLLOWS = re.compile("is-following")


def notice(page: Page) -> Locator:
    return page.locator("#together-notice")


async def test_everyone_sees_what_the_leader_sees_until_they_look_elsewhere(hall: Hall) -> None:
    await hall.write("A bench at stop 4", zone=1)
    await hall.write("No light at night", zone=2)
    elira, nino = await hall.lead(), await hall.person("Nino")
    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    lejla = await hall.person("Lejla", 1, **phone)

    await elira.get_by_role("button", name="Lead my view").click()
    for page in (nino, lejla):
        await expect(page.locator("#assertive")).to_contain_text("Elira Hoxha leads")
        await expect(page.locator("#board")).to_have_class(FOLLOWS)
    await expect(notice(elira)).to_contain_text("2 people see what you see")
    assert await faults(nino) == []
    assert await lejla.evaluate(SMALL_TARGETS) == []

    # By key the leader goes to a note: the phone is taken to its zone, and all see which it is.
    await elira.locator("#view").focus()
    await expect(note(elira, "A bench at stop 4")).to_be_focused()
    await expect(nino.locator(".note.is-shown")).to_contain_text("A bench at stop 4")
    await expect(lejla.locator(".note.is-shown")).to_contain_text("A bench at stop 4")
    tab = lejla.locator("#tabs").get_by_role("tab", name=re.compile(ZONES[1]))
    await expect(tab).to_have_attribute("aria-selected", "true")

    # Looking elsewhere ends it, one press begins it again; writing holds the board still.
    zoom = nino.locator("#zoom .tool--zoom")
    await nino.get_by_role("button", name="Zoom out").click()
    await expect(nino.locator("#board")).not_to_have_class(FOLLOWS)
    await expect(notice(nino)).to_contain_text("Elira Hoxha leads.")
    await notice(nino).get_by_role("button", name="Follow").click()
    await expect(nino.locator("#board")).to_have_class(FOLLOWS)
    await field(nino).press_sequentially("Half a thought")
    before = await zoom.text_content()
    await elira.get_by_role("button", name="See the whole board").click()
    for _ in range(3):
        await elira.get_by_role("button", name="Zoom out").click()
    await expect(field(nino)).to_be_focused()
    assert await zoom.text_content() == before
    await field(nino).press("Enter")
    await expect(zoom).not_to_have_text(str(before))

    # A reaction rises for all, and is counted where it comes twice.
    await nino.locator("#history .cheer-button").click()
    await nino.get_by_role("button", name="Heart").press("Enter")
    await nino.get_by_role("button", name="Heart").press("Enter")
    for page in (elira, lejla):
        await expect(page.locator(".cheer").first).to_be_attached()
    await expect(elira.locator("#polite")).to_contain_text("× Heart", timeout=10_000)

    await elira.keyboard.press("Alt+Shift+KeyL")
    await expect(lejla.locator("#board")).not_to_have_class(FOLLOWS)
    await expect(notice(lejla)).to_be_empty()
