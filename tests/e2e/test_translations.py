"""Many languages in one room: somebody helps with a translation, somebody else reads it beneath the words."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from codesign.web.translating import Translating
from tests.e2e.boards import PHONE, Hall, add, faults, is_sent, note
from tests.services import serve

BUS = "Autobusi nuk vjen në orar dhe askush nuk e di pse"
TREES = "More trees along the river"


async def choose(page: Page, item: str) -> None:
    await page.locator("#menu-button").click()
    await page.locator("#popover").get_by_text(item, exact=True).click()


async def suggest(request: Request) -> JSONResponse:
    asked = await request.json()
    return JSONResponse({"translatedText": f"{asked['source']} {asked['target']}"})


@pytest.mark.long
async def test_a_helper_goes_from_note_to_note_and_readers_see_it_beneath_the_words(
    hall: Hall,
) -> None:
    hall.house.translating = Translating("http://127.0.0.1:9")
    ana = await hall.lead("Ana")
    besa = await hall.person("Besa", locale="sq-AL")
    await add(ana, TREES)
    await add(besa, BUS)
    await expect(note(ana, BUS)).to_be_visible()

    await choose(ana, "Translate notes")
    helper = ana.get_by_role("dialog", name="Translate notes")
    await expect(helper.get_by_role("status")).to_have_text("1 note cannot be read in English yet.")
    await expect(helper.locator(".tl__text")).to_have_attribute("lang", "sq")
    assert await faults(ana) == []
    await ana.keyboard.type("Nobody knows when the bus comes")
    await ana.keyboard.press("Enter")
    await expect(helper.get_by_role("status")).to_have_text(
        "Kept. Every note here can be read in English."
    )
    await helper.get_by_label("Into").select_option("sq")
    await expect(helper.locator(".tl__text")).to_have_text(TREES)
    async with serve(Starlette(routes=[Route("/translate", suggest, methods=["POST"])])) as to:
        hall.house.translating = Translating(f"http://{to}")
        await helper.get_by_role("button", name="Suggest one").click()
        words = helper.get_by_role("textbox", name="In Albanian")
        await expect(words).to_have_value("en sq")
    await expect(helper.get_by_role("switch")).to_be_checked()
    await helper.get_by_role("textbox", name="In Albanian").fill("Më shumë pemë")
    await ana.keyboard.press("Enter")
    await expect(helper.get_by_role("status")).to_contain_text("Every note here")
    await ana.keyboard.press("Escape")
    await expect(helper).to_be_hidden()
    await is_sent(ana)
    assert {one.get("text/en") for one in (await hall.notes()).values()} == {
        None,
        "Nobody knows when the bus comes",
    }

    beneath = note(ana, BUS).locator(".note__tr")
    await expect(beneath).to_have_count(0)
    await choose(ana, "Show translations beneath notes")
    await ana.keyboard.press("Escape")
    await expect(beneath.locator("[lang=en]")).to_have_text("Nobody knows when the bus comes")
    await expect(note(ana, BUS).locator(".note__text[lang=sq]")).to_have_text(BUS)
    await expect(note(ana, TREES).locator(".note__tr")).to_have_count(0)

    # On a phone, in the list, and with the words changed since.
    await besa.set_viewport_size(PHONE)
    await choose(besa, "Shfaq përkthimet poshtë shënimeve")
    await besa.keyboard.press("Escape")
    await expect(note(besa, TREES).locator(".note__tr [lang=sq]")).to_have_text("Më shumë pemë")
    notes = await hall.notes()
    trees = next(id for id, one in notes.items() if one["text"] == TREES)
    author = str(notes[trees]["by"])
    splice = [[0, "More", "Many more"]]
    edit = {"type": "edit_text", "id": trees, "field": "text", "splices": splice}
    await hall.ask(edit, author)
    await expect(note(besa, "Many more trees").locator(".tr__kind")).to_be_visible()
    assert await faults(besa) == []
    await choose(ana, "List view")
    row = ana.locator(".li", has_text=BUS)
    await expect(row.locator(".li__tr [lang=en]")).to_have_text("Nobody knows when the bus comes")
