"""A room kept together in Chromium: brought to one place, shown a note, finished, helped, heard and written to."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from codesign.web.seats import make_id
from tests.e2e.boards import (
    PHONE,
    SMALL_TARGETS,
    ZONES,
    Hall,
    faults,
    field,
    is_sent,
    landed,
    note,
    until,
)


def notice(page: Page) -> Locator:
    return page.locator("#together-notice")


def cockpit(page: Page) -> Locator:
    return page.locator("#cockpit")


async def in_zone(page: Page, title: str) -> None:
    tab = page.locator("#tabs").get_by_role("tab", name=re.compile(title))
    await expect(tab).to_have_attribute("aria-selected", "true", timeout=15_000)


async def send(page: Page, to: str, words: str) -> None:
    await cockpit(page).get_by_label("To", exact=True).select_option(label=to)
    await cockpit(page).get_by_label("Message", exact=True).last.fill(words)
    await page.keyboard.press("Enter")
    await is_sent(page)


async def test_a_room_is_kept_together_on_a_laptop_and_a_phone(hall: Hall) -> None:
    await hall.write("A bench at stop 4", zone=1)
    elira = await hall.lead()
    nino = await hall.person("Nino")
    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "locale": "ka-GE"}
    lejla = await hall.person("Lejla", 1, **phone)
    await expect(cockpit(elira)).to_contain_text("0 of 2 finished")

    # Finished, a hand, and help: on the laptop by key and button, on the phone from one sign.
    await nino.locator("#view").focus()
    await nino.keyboard.press("f")
    await expect(cockpit(elira)).to_contain_text("1 of 2 finished")
    signs = lejla.locator(".asking--phone")
    for at in range(3):
        await signs.click()
        await lejla.locator("#popover button").nth(at).click()
    await expect(cockpit(elira)).to_contain_text("2 of 2 finished")
    await expect(cockpit(elira)).to_contain_text("Lejla wants to speak")
    await expect(cockpit(elira)).to_contain_text("Lejla needs help, just now")
    await expect(elira.locator("#assertive")).to_contain_text("Lejla asks for help.")
    assert await faults(elira) == []
    assert await elira.evaluate(SMALL_TARGETS) == []
    await cockpit(elira).get_by_role("button", name="I help Lejla").click()
    await expect(lejla.locator("#toast")).to_contain_text("Elira Hoxha")
    await cockpit(elira).get_by_role("button", name="Take Lejla’s hand down").click()
    await expect(cockpit(elira).locator(".gathering__one")).to_have_count(0)

    # Messages: to all, each in their own language; to one, and to nobody else.
    await cockpit(elira).get_by_role("button", name="Two minutes left.").click()
    await expect(notice(nino)).to_contain_text("Elira Hoxha Two minutes left.")
    await expect(notice(lejla)).to_contain_text("დარჩა ორი წუთი.")
    await send(elira, "Nino", "Shall I come to you?")
    await expect(notice(nino)).to_contain_text("to you alone Shall I come to you?")
    await expect(nino.locator("#assertive")).to_contain_text("Shall I come to you?")
    assert await faults(lejla) == []
    assert await lejla.evaluate(SMALL_TARGETS) == []
    for page, count in ((nino, 2), (lejla, 1)):
        for left in reversed(range(count)):
            await notice(page).get_by_role("button").first.click()
            await expect(notice(page).locator(".notice--message")).to_have_count(left)

    # A note is shown: ringed on both, with its place; one button goes there.
    bench = note(elira, "A bench at stop 4")
    await bench.click()
    await elira.locator("#toolbar").get_by_role("button", name="More").click()
    await elira.get_by_role("menuitem", name="Show it to everyone").click()
    await expect(nino.locator(".note.is-shown")).to_contain_text("A bench at stop 4")
    said = "Elira Hoxha shows a note in By bus, 1 of 1: A bench at stop 4"
    await expect(nino.locator("#assertive")).to_contain_text(said)
    await nino.get_by_role("button", name="Go to the note").click()
    await expect(note(nino, "A bench at stop 4")).to_be_focused()
    await notice(lejla).get_by_role("button").first.click()
    await in_zone(lejla, ZONES[1])
    await expect(lejla.locator(".note.is-shown")).to_be_focused()
    await notice(elira).get_by_role("button", name="Show it no longer").click()
    await expect(nino.locator(".is-shown")).to_have_count(0)

    # Everyone comes to what Elira sees; who is writing ends the sentence first.
    await lejla.locator("#tabs").get_by_role("tab").first.click()
    await field(nino).fill("Half a though")
    await field(nino).press_sequentially("t")
    await cockpit(elira).get_by_role("button", name="Bring everyone here").click()
    await in_zone(lejla, ZONES[1])
    await expect(notice(nino)).to_contain_text("You go there when you have finished writing.")
    await expect(field(nino)).to_be_focused()
    await field(nino).press("Enter")
    await expect(notice(nino)).not_to_contain_text("brings everyone")
    await expect(note(nino, "Half a thought")).to_be_visible()


@pytest.mark.long
async def test_a_table_is_called_to_another_board_and_goes_back(hall: Hall) -> None:
    elira = await hall.lead()
    nino = await hall.person("Nino")
    board = await at_a_table(hall, "Nino")
    await nino.goto(f"{hall.url}/b/{board}")
    await landed(nino)
    await nino.get_by_role("button", name="Ask for help").click()
    await expect(cockpit(elira)).to_contain_text("Table 2 · needs help, just now")
    await elira.locator("#tables-button").click()
    table = elira.locator("#tables .tb").nth(1)
    await expect(table).to_contain_text("Nino asked for help just now")
    await send(elira, "Table 2", "Name one person who is not in the room.")
    await expect(notice(nino)).to_contain_text("Name one person who is not in the room.")
    await elira.get_by_role("button", name="Close the tables").click()
    await cockpit(elira).get_by_role("button", name="Bring everyone here").click()
    await elira.get_by_role("menuitem", name="Table 2").click()
    await expect(nino).to_have_url(re.compile(hall.opened.board), timeout=15_000)
    await landed(nino)
    await cockpit(elira).get_by_role("button", name="Bring everyone here").click()
    await elira.get_by_role("menuitem", name="Let them go back to their tables").click()
    await expect(nino.locator("#table-notice")).to_contain_text("You are taken to Table 2.")


async def at_a_table(hall: Hall, name: str) -> str:
    """Somebody sits at the second of two tables that are open; its board."""
    made, tables = make_id(), [{"id": make_id(), "board": make_id()} for _ in range(2)]
    person = next(one["id"] for one in await hall.people() if one["name"] == name)
    template = hall.opened.board
    make = {"type": "make_tables", "id": made, "template": template, "tables": tables}
    await hall.ask_workshop(make)
    await hall.ask_workshop({"type": "seat_people", "id": made, "sits": {person: tables[1]["id"]}})
    await hall.ask_workshop({"type": "open_tables", "id": made})
    await until(
        lambda: hall.house.rooms.state(f"board:{tables[1]['board']}"), lambda it: it is not None
    )
    return tables[1]["board"]
