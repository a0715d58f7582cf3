"""Tables in Chromium: made, seated, opened, looked at, through a restart, called back and gathered."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.boards import (
    PHONE,
    SMALL_TARGETS,
    Hall,
    add,
    faults,
    field,
    is_sent,
    landed,
    note,
)
from tests.e2e.pages import Pages, has_passed
from tests.e2e.restarting import Restarting, restarting_hall


@pytest.fixture
async def hall(
    tmp_path: Path, new_context: Any, pages: Pages, request: pytest.FixtureRequest
) -> AsyncIterator[Restarting]:
    async with restarting_hall(tmp_path, new_context) as found:
        found.pages = pages
        yield found
        await pages.give_back(found.url, again=has_passed(request.node))


def tables(page: Page) -> Locator:
    return page.locator("#tables")


def table(page: Page, n: int) -> Locator:
    return tables(page).locator(".tb").nth(n)


async def a_facilitator(hall: Hall) -> Page:
    page = await hall.lead()
    await expect(
        page.locator("#cockpit")
    ).to_be_visible()  # it comes by itself, a moment after the board
    await page.locator("#tables-button").click()
    return page


async def make(page: Page, count: int = 2, **more: str) -> None:
    await page.get_by_label("How many tables").fill(str(count))
    if "names" in more:
        await page.get_by_label(re.compile("^Names")).fill(more["names"])
    await tables(page).get_by_role("button", name="Make tables", exact=True).click()
    await expect(tables(page).locator(".tb")).to_have_count(count)


async def seat(page: Page, name: str, at: str) -> None:
    """By keyboard alone."""
    await page.locator(".seat", has_text=name).get_by_role("button").focus()
    await page.keyboard.press("Enter")
    await page.locator("#popover").get_by_role("menuitem", name=re.compile(at)).press("Enter")


async def is_at(page: Page, title: str) -> None:
    await expect(page.locator(".at-table")).to_contain_text(title, timeout=15_000)


async def four(hall: Hall) -> list[Page]:
    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    return [
        await hall.person("Nino"),
        await hall.person("Marko", 1),
        await hall.person("Drita", 2),
        await hall.person("Lejla", 1, **phone),
    ]


async def test_four_people_work_at_two_tables_through_a_restart_and_come_back(
    hall: Restarting,
) -> None:
    elira = await a_facilitator(hall)
    people = await four(hall)
    nino, marko, drita, lejla = people
    await make(elira)
    await expect(tables(elira)).to_contain_text("Not at a table")
    for name, at in (("Nino", "Table 1"), ("Marko", "Table 1"), ("Drita", "Table 2")):
        await seat(elira, name, at)
    await expect(table(elira, 0).locator(".seat")).to_have_count(2)
    await elira.locator(".seat", has_text="Lejla").drag_to(table(elira, 1))
    await expect(table(elira, 1).locator(".seat")).to_have_count(2)
    await expect(tables(elira)).not_to_contain_text("Not at a table")
    # Somebody in the middle of a sentence is not taken out of it.
    await field(nino).fill("A bench at the st")
    await field(nino).press_sequentially("ation")
    await tables(elira).get_by_role("button", name="Open for everyone").click()
    for page, title in ((marko, "Table 1"), (drita, "Table 2"), (lejla, "Table 2")):
        await is_at(page, title)
    await expect(nino.locator("#table-notice")).to_contain_text("when you have finished writing")
    await expect(field(nino)).to_be_focused()
    await expect(field(nino)).to_have_value("A bench at the station")
    await field(nino).press("Enter")
    await is_at(nino, "Table 1")
    for page in people:
        await landed(page)
    await add(nino, "Shade at stop 4")
    await expect(note(marko, "Shade at stop 4")).to_be_visible()
    await expect(note(drita, "Shade at stop 4")).to_have_count(0)
    await field(lejla).fill("A lamp under the bridge")
    await field(lejla).press("Enter")
    await expect(note(drita, "A lamp under the bridge")).to_be_visible()
    await expect(table(elira, 0)).to_contain_text("1 note")
    await expect(table(elira, 0).locator(".tb__note")).to_have_count(1)
    assert [f for f in await faults(elira) if "cockpit__n" not in f] == []
    assert await elira.evaluate(SMALL_TARGETS) == []
    assert await faults(lejla) == []
    assert await lejla.evaluate(SMALL_TARGETS) == []
    for page in people:
        await is_sent(page)
    await hall.restart()
    # Help, a message, and a person moved, after the restart.
    await drita.get_by_role("button", name="Ask for help").click()
    await expect(table(elira, 1)).to_contain_text("Drita asked for help just now", timeout=20_000)
    await elira.locator("#cockpit textarea").fill("Name one person who is not in the room.")
    await elira.locator("#cockpit").get_by_role("button", name="Send").click()
    for page in people:
        await expect(page.locator("#together-notice")).to_contain_text(
            "Name one person", timeout=15_000
        )
    await expect(nino.locator("#assertive")).to_contain_text("Elira Hoxha: Name one person")
    await seat(elira, "Marko", "Table 2")
    await is_at(marko, "Table 2")
    await expect(note(marko, "A lamp under the bridge")).to_be_visible()
    # Everyone back, announced; then gathered, twice.
    await tables(elira).get_by_role("button", name="Bring back everyone").click()
    await expect(nino.locator("#table-notice")).to_contain_text("Everyone is back together in")
    await expect(nino.locator("#assertive")).to_contain_text("Back together in")
    await tables(elira).get_by_role("button", name="Bring back now").click()
    for page in people:
        await expect(page.locator(".at-table")).to_have_count(0, timeout=15_000)
        await landed(page)
        assert hall.opened.board in page.url
    for _ in range(2):
        await tables(elira).get_by_role("button", name="Gather on the board").click()
    await expect(note(nino, "Shade at stop 4")).to_be_visible()
    await hall.until(lambda notes: sum("origin/board" in n for n in notes.values()) == 2)
    gathered = await hall.notes()
    assert sorted(n["text"] for n in gathered.values() if "origin/board" in n) == [
        "A lamp under the bridge",
        "Shade at stop 4",
    ]
    await tables(elira).get_by_role("button", name="Open again for everyone").click()
    await is_at(nino, "Table 1")
    await expect(note(nino, "Shade at stop 4")).to_be_visible()


@pytest.mark.long
async def test_people_choose_their_table_and_a_full_one_is_closed_to_others(
    hall: Restarting,
) -> None:
    elira = await a_facilitator(hall)
    nino = await hall.person("Nino")
    marko = await hall.person("Marko", 1)
    await elira.get_by_label("People choose their table").check()
    await elira.get_by_label("At most at one table").fill("1")
    await make(elira, names="Buses\nTrees")
    await nino.get_by_label("Choose your table").select_option(label="Trees (0/1)")
    full = marko.get_by_label("Choose your table").locator("option", has_text="Trees (1/1)")
    await expect(full).to_be_disabled()
    await marko.get_by_label("Choose your table").select_option(label="Buses (0/1)")
    await expect(table(elira, 0).locator(".seat")).to_contain_text("Marko")
    await expect(table(elira, 1).locator(".seat")).to_contain_text("Nino")


@pytest.mark.long
async def test_who_comes_late_goes_to_a_table_and_who_is_moved_while_writing_keeps_the_words(
    hall: Restarting,
) -> None:
    elira = await a_facilitator(hall)
    await make(elira)
    await tables(elira).get_by_role("button", name="Open for everyone").click()
    late = await hall.person("Zura")
    await is_at(late, "Table 1")
    await landed(late)
    await field(late).fill("Half a though")
    await field(late).press_sequentially("t")
    await seat(elira, "Zura", "Table 2")
    await is_at(late, "Table 2")
    await landed(late)
    await expect(field(late)).to_have_value("Half a thought")


@pytest.mark.long
async def test_seats_by_list_keep_a_place_for_who_is_not_here_yet(hall: Restarting) -> None:
    elira = await a_facilitator(hall)
    await hall.person("Nino")
    await make(elira)
    await tables(elira).get_by_role("button", name="Seat people").click()
    await elira.get_by_role("menuitem", name="From a list").click()
    await elira.get_by_label(re.compile("One person on each line")).fill("nino; 2\nTamar; 1")
    await elira.get_by_role("button", name="Seat these people").click()
    await expect(table(elira, 1).locator(".seat")).to_contain_text("Nino")
    await expect(tables(elira)).to_contain_text("Tamar not here yet, Table 1")
    await hall.person("Tamar")
    await expect(table(elira, 0).locator(".seat")).to_contain_text("Tamar")
