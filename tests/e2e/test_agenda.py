"""Planning a workshop in Chromium: quick, by hand and by keys, and by several at once."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from codesign.core.rules.steps import in_order
from tests.e2e.boards import LAPTOP, PHONE, SMALL_TARGETS, Hall, faults


async def agenda(hall: Hall, page: Page) -> Page:
    await page.goto(f"{hall.url}/workshops/{hall.opened.workshop}/agenda")
    await page.locator("#agenda[data-ready]").wait_for()
    return page


async def planned(hall: Hall, page: Page) -> list[dict[str, Any]]:
    """The steps as they are on disk, once this page has nothing left to say."""
    await page.locator("#agenda[data-unsent='0']").wait_for()
    found = await hall.house.rooms.state(f"desk:{hall.opened.workshop}")
    assert found is not None
    return [dict(step) for step in in_order(found[1])]


def rows(page: Page) -> Any:
    return page.locator(".ag__title b")


async def three_hours(page: Page) -> None:
    await page.get_by_role("button", name="A workshop of three hours").click()
    await expect(rows(page)).to_have_count(8)


async def test_three_hours_are_planned_in_one_press_and_fitted_in_another(hall: Hall) -> None:
    page = await agenda(hall, await hall.lead())
    await three_hours(page)
    await expect(page.locator(".ag__facts")).to_contain_text("3 h planned")
    await page.get_by_role("button", name="25 % longer").click()
    await expect(page.locator(".ag__facts")).to_contain_text("3 h 46 min planned")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator(".ag__facts")).to_contain_text("3 h planned")
    assert [step["minutes"] for step in await planned(hall, page)] == [
        15,
        25,
        20,
        15,
        15,
        40,
        30,
        20,
    ]


async def test_steps_are_moved_by_keys_and_by_hand(hall: Hall) -> None:
    page = await agenda(hall, await hall.lead())
    await three_hours(page)
    await page.get_by_role("button", name="Move Break: up and down").focus()
    await page.keyboard.press("ArrowUp")
    await expect(rows(page).nth(3)).to_have_text("Break")
    await expect(page.locator("#polite")).to_have_text("Place 4 of 8")
    await page.keyboard.press("ArrowUp")
    await expect(rows(page).nth(2)).to_have_text("Break")
    grip = await page.get_by_role("button", name="Move Welcome: up and down").bounding_box()
    below = await page.locator(".ag__step").nth(2).bounding_box()
    assert grip is not None
    assert below is not None
    await page.mouse.move(grip["x"] + 20, grip["y"] + 20)
    await page.mouse.down()
    await page.mouse.move(grip["x"] + 20, below["y"] + below["height"] - 6, steps=4)
    await page.mouse.up()
    await expect(rows(page).nth(2)).to_have_text("Welcome")
    titles = [step["title"] for step in await planned(hall, page)]
    assert titles[:3] == ["Write ideas", "Break", "Welcome"]


@pytest.mark.long
async def test_what_one_facilitator_writes_another_sees(hall: Hall) -> None:
    elira, nino = (
        await agenda(hall, await hall.lead()),
        await agenda(hall, await hall.lead("Nino K")),
    )
    await three_hours(elira)
    await expect(rows(nino)).to_have_count(8)
    await nino.locator(".ag__what").first.click()
    await nino.get_by_label("Name of the step").fill("Good morning")
    await expect(rows(elira).first).to_have_text("Good morning")
    await elira.get_by_label("Minutes of Good morning").fill("20")
    await elira.get_by_label("Minutes of Good morning").press("Enter")
    await expect(nino.locator(".ag__n").first).to_have_value("20")


@pytest.mark.long
async def test_a_question_that_a_language_lacks_is_said_until_it_is_written(hall: Hall) -> None:
    page = await agenda(hall, await hall.lead())
    await hall.person("თამარ", locale="ka-GE")
    await page.get_by_role("button", name="Write", exact=True).click()
    await page.get_by_label("Question on the screen").fill("What hinders you?")
    warning = page.locator(".ag__warn")
    await expect(warning).to_contain_text("Question missing in ქართული")
    await page.get_by_role("button", name="ქართული missing").click()
    await page.get_by_label("Question on the screen").fill("რა გიშლით ხელს?")
    await expect(warning).to_have_count(0)
    (step,) = await planned(hall, page)
    assert (step["question"], step["question/ka"]) == ("What hinders you?", "რა გიშლით ხელს?")


@pytest.mark.long
async def test_too_long_without_a_pause_and_too_long_for_the_day_are_said(hall: Hall) -> None:
    page = await agenda(hall, await hall.lead())
    await three_hours(page)
    await page.get_by_label("Begins").fill("2030-05-12T14:00")
    await page.get_by_label("Ends").fill("2030-05-12T16:30")
    await page.get_by_label("Ends").press("Tab")
    await expect(page.locator(".ag__facts")).to_contain_text("30 minutes too long")
    await expect(page.locator(".ag__warn")).to_contain_text("90 minutes without a pause")
    await expect(page.locator(".ag__time").nth(2)).to_have_text("14:40")


@pytest.mark.long
async def test_times_are_told_for_other_cities(hall: Hall) -> None:
    page = await agenda(hall, await hall.lead(timezone_id="Europe/Tirane"))
    await three_hours(page)
    await page.get_by_label("Begins").fill("2030-05-12T14:00")
    await page.get_by_label("Begins").press("Tab")
    await page.get_by_text("Local times").click()
    await page.get_by_label("Time zone of Kutaisi").select_option("Asia/Tbilisi")
    await expect(page.locator(".ag__zones li").first).to_contain_text("16:00")
    await page.get_by_label("Times for").select_option("Asia/Tbilisi")
    await expect(page.locator(".ag__time").first).to_have_text("16:00")


@pytest.mark.long
async def test_a_deleted_step_comes_back_and_a_copy_is_one_more(hall: Hall) -> None:
    page = await agenda(hall, await hall.lead())
    await three_hours(page)
    await page.locator(".ag__what").nth(3).click()
    await page.get_by_role("button", name="Copy", exact=True).click()
    await expect(rows(page)).to_have_count(9)
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(rows(page)).to_have_count(8)
    await page.get_by_role("button", name="Undo").click()
    await expect(rows(page)).to_have_count(9)
    assert [s["title"] for s in await planned(hall, page)][3:5] == ["Vote", "Vote"]


async def test_the_agenda_has_no_faults_on_laptop_and_phone(hall: Hall) -> None:
    page = await agenda(hall, await hall.lead())
    await three_hours(page)
    await page.locator(".ag__what").nth(1).click()
    for size in (LAPTOP, PHONE):
        await page.set_viewport_size(size)
        assert await faults(page) == []
        assert await page.evaluate(SMALL_TARGETS) == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.long
async def test_a_participant_has_no_way_to_the_agenda(hall: Hall) -> None:
    anna = await hall.person("Anna")
    answer = await anna.goto(f"{hall.url}/workshops/{hall.opened.workshop}/agenda")
    assert answer is not None
    await expect(anna.locator("#agenda")).to_have_count(0)
    answer = await anna.goto(f"{hall.url}/streams/desk:{hall.opened.workshop}")
    assert answer is not None
    assert answer.status == 404
