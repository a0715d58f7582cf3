"""The door: somebody knocks on a phone, somebody comes to look on, and one who leads lets them in from the board."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from codesign.store import workshops
from codesign.web.given import make_links
from tests.e2e.boards import PHONE, Hall, faults, field, landed


async def knock(page: Page, address: str, name: str) -> None:
    await page.goto(address)
    await page.get_by_label("Your first name").fill(name)
    await page.locator(".pick").first.click()
    await page.locator("button.btn--primary", has_text="Ask to come in").click()
    await expect(page.get_by_role("heading", name="You are at the door")).to_be_visible()


async def test_who_knocks_on_a_phone_is_let_in_from_the_board_and_an_observer_reads(
    hall: Hall,
) -> None:
    elira = await hall.lead()
    await hall.ask_workshop({"type": "set_door", "door": "approve"})
    row = await workshops.workshop(hall.house.database, hall.opened.workshop)
    assert row is not None
    (given,) = await make_links(hall.house, row.id, "observer", [None])
    phone = await hall.new_context(viewport=PHONE, locale="en-GB")
    nino, vera = await phone.new_page(), await (await hall.new_context(locale="en-GB")).new_page()

    await knock(nino, f"{hall.url}/join/{hall.house.links.join(row)}", "Nino")
    door = elira.get_by_role("region", name="At the door")
    await expect(door).to_contain_text(re.compile("Nino from .+ is at the door"))
    await expect(elira.locator("#assertive")).to_contain_text("Nino")
    # In the cockpit, and not over the board: closed, its button says how many wait.
    room = elira.locator("#room-button")
    await room.click()
    await knock(vera, f"{hall.url}/join/{hall.house.links.given(given.id)}", "Vera")
    await expect(room).to_have_accessible_name("Room. 2 people are at the door")
    assert await faults(nino) == []
    await room.press("Enter")
    await expect(door).to_contain_text("observer")
    # By keys alone.
    await door.get_by_role("button", name="Let in: Nino").press("Enter")
    await landed(nino)
    await expect(field(nino)).to_be_visible()

    await door.get_by_role("button", name="Let in: Vera").click()
    await landed(vera)
    await expect(door).to_have_count(0)
    await expect(field(vera)).not_to_be_editable()

    manage = await elira.context.new_page()
    await manage.goto(f"{hall.url}/workshops/{row.id}/attendance")
    await expect(manage.get_by_role("row", name=re.compile("Nino"))).to_contain_text("Here")
    await expect(manage.get_by_role("row", name=re.compile("Vera"))).to_contain_text("Observer")
    assert await faults(manage) == []
