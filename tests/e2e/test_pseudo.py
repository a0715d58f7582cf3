"""The interface in the pseudo language, 40 % longer and in brackets, on a laptop and on a phone.

What people wrote is in Georgian here, so a Latin letter outside brackets is a sentence that escaped the catalogues.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from codesign.store import people, workshops
from codesign.store.people import Account
from codesign.web import sign_in
from codesign.web.opening import Plan, open_workshop
from codesign.web.seats import make_id
from tests.e2e.boards import LAPTOP, PHONE, Hall, landed

LOOK = (Path(__file__).parent / "pseudo.js").read_text("utf-8")
PLAN = Plan(
    "ქალაქი", "რა გვიშლის ხელს?", "zones", ["ფეხით", "ავტობუსით", "სხვა გზით"], ["ქუთაისი", "ნიში"]
)


class Walker:
    """A browser in the pseudo language, and what was wrong wherever it looked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: dict[str, Any] = {}

    async def look(self, where: str) -> None:
        # Fonts and what glides decide what fits.
        await self.page.evaluate("document.fonts.ready")
        found = await self.page.evaluate(LOOK)
        if found:
            self.wrong[where] = found

    async def close(self) -> None:
        await self.page.keyboard.press("Escape")


async def walker(hall: Hall, size: Any) -> Walker:
    context = await hall.new_context(viewport=size, reduced_motion="reduce")
    await context.add_cookies([{"name": "codesign_lang", "value": "en-XA", "url": hall.url}])
    return Walker(await context.new_page())


async def owner(hall: Hall, page: Page) -> None:
    account = Account(make_id(), "ელირა", None, None, hall.house.now())
    await people.add_account(hall.house.database, account)
    hall.opened = await open_workshop(hall.house, PLAN, account, "ka")
    await page.goto(f"{hall.url}/sign-in/{await sign_in.make_link(hall.house, account.id)}")
    await page.locator("form[action*='/sign-in/'] .btn--primary").click()
    await page.locator(".today").wait_for()


# Words are most likely not to fit on a phone, so that is looked at in every run.
SIZES = pytest.mark.parametrize(
    "size",
    [pytest.param(LAPTOP, id="laptop", marks=pytest.mark.long), pytest.param(PHONE, id="phone")],
)


@SIZES
async def test_pages_around_the_board_are_all_words_of_the_catalogue_and_fit(
    hall: Hall, size: Any
) -> None:
    walk = await walker(hall, size)
    page = walk.page
    await owner(hall, page)
    await walk.look("home")
    await page.locator("header .menu summary").last.click()
    await walk.look("account menu")
    for path in (
        "/workshops/new",
        "/password",
        f"/workshops/{hall.opened.workshop}",
        f"/workshops/{hall.opened.workshop}/wall",
    ):
        await page.goto(hall.url + path)
        await page.evaluate(
            "document.querySelectorAll('main details').forEach((d) => (d.open = true))"
        )
        await walk.look(path)
    row = await workshops.workshop(hall.house.database, hall.opened.workshop)
    assert row is not None
    join = f"/join/{hall.house.links.join(row, 'participant')}"
    stranger = await walker(hall, size)
    for path in ("/code", "/sign-in", "/privacy", "/nothing", join):
        await stranger.page.goto(hall.url + path)
        await stranger.look(path)
    assert walk.wrong | stranger.wrong == {}


@SIZES
async def test_the_board_is_all_words_of_the_catalogue_and_fits(hall: Hall, size: Any) -> None:
    walk = await walker(hall, size)
    page = walk.page
    await owner(hall, page)
    await hall.write("ტროტუარი ვიწროა")
    await hall.write("საღამოს ავტობუსი აღარ დადის", 1)
    await page.goto(f"{hall.url}/b/{hall.opened.board}")
    await landed(page)
    empty = await page.locator("#composer textarea").bounding_box()
    assert empty is not None
    assert empty["height"] < 60, "an empty field has one line"
    await page.locator("#composer textarea").fill("სკამი არ არის")
    await page.keyboard.press("Enter")
    mine = page.locator(".note:not(.is-ghost)", has_text="სკამი")
    await expect(mine).to_be_visible()
    await walk.look("board")
    await mine.click()
    if size is PHONE:
        await mine.click()
        await walk.look("sheet of a note")
    else:
        await toolbar(walk)
    await walk.close()
    await page.locator("#people .avatars").click()
    await walk.look("who is here")
    await walk.close()
    await page.locator("#menu-button").click()
    await walk.look("menu")
    await page.locator(".menu__item", has=page.locator("use[href$='#i-keyboard']")).click()
    await walk.look("keys")
    await walk.close()
    await expect(page.locator("#dialog")).to_be_hidden()
    if size is LAPTOP:
        await page.locator(".composer__zone").click()
        await walk.look("zones for the next note")
        await walk.close()
        await page.locator(".top__search").click()
        await page.locator("#search input").fill("ზღვა")
        await walk.look("search")
        await walk.close()
    await page.locator("#composer textarea").blur()
    await page.locator("#menu-button").click()
    await page.locator(".menu__item", has=page.locator("use[href$='#i-list']")).click()
    await expect(page.locator("#list")).to_be_visible()
    await walk.look("list")
    await page.context.set_offline(True)
    await expect(page.locator("#banner .notice")).to_be_visible()
    await walk.look("offline")
    assert walk.wrong == {}


@SIZES
async def test_the_agenda_and_the_running_room_are_all_words_of_the_catalogue_and_fit(
    hall: Hall, size: Any
) -> None:
    walk = await walker(hall, size)
    page = walk.page
    await owner(hall, page)
    await page.goto(f"{hall.url}/workshops/{hall.opened.workshop}/agenda")
    await page.locator("#agenda[data-ready]").wait_for()
    await walk.look("empty agenda")
    await page.locator(".ag__none .btn").click()
    await expect(page.locator(".ag__step")).to_have_count(8)
    await page.locator(".ag__cities summary").click()
    await walk.look("agenda")
    await page.locator(".ag__what").nth(1).click()
    await walk.look("a step of the agenda")
    await page.goto(f"{hall.url}/b/{hall.opened.board}")
    await landed(page)
    if size is PHONE:
        await page.locator("#room-button").click()
    await page.locator(".runbar__start:visible").click()
    await expect(page.locator(".task__step")).to_be_visible()
    await walk.look("running")
    if size is LAPTOP:
        await page.locator(".run__s").nth(2).click()
        await walk.look("a step to come")
        await walk.close()
        await page.locator(".runbar__clock").click()
        await walk.look("behind or ahead")
    assert walk.wrong == {}


async def test_the_look_finds_words_outside_brackets_and_words_that_do_not_fit(hall: Hall) -> None:
    walk = await walker(hall, LAPTOP)
    await walk.page.set_content(
        """<button style="width: 90px; white-space: nowrap" aria-label="Close">⟦À šéñtéñçé ⟦ñîñõ⟧ tõõ lõñg··⟧</button>
        <p>⟦Héllõ, <bdi>Nino</bdi>··⟧ and <b>more</b></p>"""
    )
    await walk.look("here")
    assert walk.wrong == {
        "here": {
            "escaped": ["and more", "Close"],
            "spilled": ["⟦À šéñtéñçé ⟦ñîñõ⟧ tõõ lõñg··⟧ in "],
        }
    }


async def toolbar(walk: Walker) -> None:
    page = walk.page
    await expect(page.locator("#toolbar")).to_be_visible()
    await walk.look("toolbar")
    for at, name in enumerate(("papers", "edit", "places", "reactions", "more")):
        if name == "edit":
            continue
        await page.locator("#toolbar .tool").nth(at).click()
        await walk.look(name)
        await walk.close()
