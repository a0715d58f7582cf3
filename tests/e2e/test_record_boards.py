"""Personas, an empathy map and the engagement plan: several hands on one register, on laptop and phone, by keys."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from codesign.store import workshops
from codesign.web.opening import Look, open_board
from tests.e2e.boards import PHONE, Hall, faults, is_sent, landed


async def also(hall: Hall, layout: str) -> str:
    """A further board of the workshop."""
    row = await workshops.workshop(hall.house.database, hall.opened.workshop)
    assert row is not None
    return await open_board(hall.house, row, Look(layout, "Whose day?", layout))  # type: ignore[arg-type]


async def go(hall: Hall, page: Page, board: str) -> None:
    await page.goto(f"{hall.url}/b/{board}")
    await landed(page)


async def records(hall: Hall, kind: str, side: str = "register") -> list[dict[str, Any]]:
    row = await workshops.workshop(hall.house.database, hall.opened.workshop)
    assert row is not None
    found = await hall.house.rooms.state(f"{side}:{row.programme}")
    assert found is not None
    return [dict(item) for item in found[1].of_kind(kind)]


@pytest.mark.long
async def test_a_persona_of_one_board_has_her_day_written_on_another_by_a_laptop_and_a_phone(
    hall: Hall,
) -> None:
    await hall.open("cards", [])
    canvas = await also(hall, "canvas")
    anna = await hall.person("Anna", color_scheme="dark")
    boris = await hall.person("Boris", 1, viewport=PHONE)
    await expect(anna.locator("#record-form .composer__in")).to_be_focused()
    await anna.keyboard.type("Lumnije")
    await anna.keyboard.press("Enter")
    card = boris.locator(".pcard", has_text="Lumnije")
    await expect(card).to_contain_text("No goal yet")
    sheet = re.compile(rf"/b/{hall.opened.board}/personas#[\w-]+$")
    await expect(card.get_by_role("link")).to_have_attribute("href", sheet)
    assert await faults(anna) == []
    for page in (anna, boris):
        await go(hall, page, canvas)
    await anna.get_by_label("Block").select_option(label="Hears")
    await anna.get_by_label("Hears: write about Lumnije").fill("They only come for the others")
    await anna.keyboard.press("Enter")
    entry = boris.locator("[data-block=hear] .em__words")
    await expect(entry).to_have_value("They only come for the others")
    await entry.focus()
    who = anna.locator("[data-block=hear] .em__writer")
    await expect(who).to_have_text("Boris")
    await entry.press("Control+End")
    await boris.keyboard.type(", they say")
    await anna.locator("[data-block=hear] .em__words").press("Control+Home")
    await anna.keyboard.type("Here ")
    both = "Here They only come for the others, they say"
    for page in (anna, boris):
        await expect(page.locator("[data-block=hear] .em__words")).to_have_value(both)
    await boris.get_by_role("button", name="A guess: press when it is known").click()
    await boris.get_by_role("button", name=f"More: {both}").click()
    await boris.get_by_role("menuitem", name="Says").click()
    said = anna.locator("[data-block=say]")
    await expect(said.get_by_role("button", name="Known, not guessed")).to_be_visible()
    assert await faults(boris) == []
    await is_sent(boris)
    (line,) = await records(hall, "line")
    assert (line["text"], line["field"], line["confidence"]) == (both, "say", "known")


async def test_a_plan_is_written_by_several_in_place_and_where_somebody_stands_is_for_leads(
    hall: Hall,
) -> None:
    await hall.open("table", [])
    anna = await hall.person("Anna")
    boris = await hall.person("Boris", viewport=PHONE)
    elira = await hall.lead()
    await anna.get_by_label("Name an actor").fill("Minibus operators")
    await anna.get_by_label("Name an actor").press("Enter")
    how = "How, Minibus operators"
    await boris.get_by_label(how, exact=True).select_option(label="Work together")
    await anna.get_by_label("By what way, Minibus operators").fill("At their depot")
    await elira.get_by_label("Should stand, Minibus operators").select_option(label="+2 for")
    await expect(anna.get_by_label(how, exact=True)).to_have_value("work_together")
    channel = boris.get_by_label("By what way, Minibus operators")
    await expect(channel).to_have_value("At their depot")
    await expect(anna.get_by_text("1 cell to fill")).to_be_visible()
    await anna.get_by_label("Next contact, Minibus operators").fill("2020-02-02")
    await expect(boris.get_by_text("Overdue", exact=True)).to_be_visible()
    for page in (anna, boris):
        await expect(page.get_by_label("Should stand, Minibus operators")).to_have_count(0)
        assert await faults(page) == []
    await is_sent(elira)
    (row,) = await records(hall, "engagement")
    assert "stance_wanted" not in row
    (kept,) = await records(hall, "engagement", "closed")
    assert kept["stance_wanted"] == 2
    await anna.get_by_role("button", name="Delete the row of Minibus operators").click()
    await expect(boris.get_by_text("No row yet.")).to_be_visible()
    await anna.get_by_role("button", name="Undo").click()
    await expect(boris.get_by_label(how, exact=True)).to_have_value("work_together")
