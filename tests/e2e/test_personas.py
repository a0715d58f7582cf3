"""Personas in Chromium: one sheet by four hands in three languages, its figures, the set, two side by side, by keys."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from codesign.core.computed.completeness import completeness, evidence
from codesign.core.computed.personas import REQUIRED
from codesign.core.computed.sheets import gathered, grounds
from codesign.core.decision import Refused
from codesign.core.stream import State
from codesign.web.seats import make_id
from tests.builders import an_id
from tests.core.demo_personas import DEMO, ops_of
from tests.e2e.boards import LAPTOP, PHONE, SMALL_TARGETS, Hall, faults, note

#: Where pictures go, for those who want to look at them.
PICTURES = os.environ.get("CODESIGN_PICTURES")


async def programme(hall: Hall) -> str:
    found = await hall.house.rooms.state(f"workshop:{hall.opened.workshop}")
    assert found is not None
    return str(found[1].fields["programme"])


async def register(hall: Hall) -> State:
    found = await hall.house.rooms.state(f"register:{await programme(hall)}")
    assert found is not None
    return found[1]


async def ask(hall: Hall, *ops: dict[str, Any]) -> None:
    stream = f"register:{await programme(hall)}"
    made = {"type": "set_up_register", "workshop": hall.opened.workshop}
    for op in (made, *ops):
        answer = await hall.house.rooms.ask(stream, op, product=True)
        assert not isinstance(answer, Refused), answer


async def personas(hall: Hall, page: Page, id: str = "") -> Page:
    await page.goto(f"{hall.url}/b/{hall.opened.board}/personas{'#' + id if id else ''}")
    await page.locator("#personas[data-ready]").wait_for()
    return page


async def is_sent(page: Page) -> None:
    await page.locator("#personas[data-unsent='0']").wait_for()


def area(page: Page, name: str) -> Locator:
    return page.locator(f"textarea[data-text='{name}']")


async def add_line(page: Page, name: str, words: str) -> None:
    adder = page.locator(f"[data-field='{name}'] .pe__add")
    await adder.fill(words)
    await adder.press("Enter")


async def rest_on(page: Page, name: str, how: str, source: str = "") -> None:
    """Say what a field rests on, with the keys alone."""
    where = page.locator(f"section:has(> .pe__ground[data-ground='{name}']), [data-field='{name}']")
    await where.first.locator(".pe__ev").focus()
    await page.keyboard.press("Enter")
    ground = page.locator(f".pe__ground[data-ground='{name}']")
    await ground.get_by_role("button", name=how, exact=True).focus()
    await page.keyboard.press("Enter")
    if source:
        await ground.locator("input").fill(source)
        await ground.locator("input").press("Tab")
    await page.keyboard.press("Escape")
    await expect(ground).to_have_count(0)


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


async def test_four_hands_in_three_languages_make_one_persona(hall: Hall) -> None:
    id = make_id()
    fields = {"name": "Lumnije"}
    await ask(hall, {"type": "create_record", "id": id, "kind": "persona", "fields": fields})
    besa = await personas(hall, await hall.person("Besa", 2, locale="sq"), id)
    nino = await personas(hall, await hall.person("ნინო", 0, locale="ka"), id)
    jelena = await personas(hall, await hall.person("Јелена", 1, locale="sr-RS"), id)
    ana = await personas(hall, await hall.person("Ana", 1, viewport=PHONE, locale="sq"), id)
    await area(besa, "scenario").fill("Kamioni nuk erdhi.")
    await add_line(nino, "needs", "იცოდეს, როდის მოდის მანქანა")
    await add_line(jelena, "needs", "Рачун на свом језику")
    await ana.locator("[data-field='place_type'] select").select_option("village")
    await area(besa, "quote").fill("Paguaj rregullisht.")
    await area(nino, "scenario").focus()
    await expect(besa.locator("[data-field='scenario'] .pe__who")).to_have_text(
        "ნინო po shkruan këtu"
    )
    await nino.keyboard.press("Control+End")
    await nino.keyboard.type(" და არავინ იცის.")
    await area(besa, "scenario").focus()
    await besa.keyboard.press("Control+Home")
    await besa.keyboard.type("Sot: ")
    for page in (besa, nino, jelena, ana):
        await expect(area(page, "scenario")).to_have_value(
            "Sot: Kamioni nuk erdhi. და არავინ იცის."
        )
        await expect(page.locator("[data-field='needs'] .pe__line")).to_have_count(2)
        await expect(page.locator("[data-figure='complete']")).to_have_text("42 %")
    for page, name in ((besa, "sq"), (nino, "ka"), (jelena, "sr"), (ana, "phone")):
        await picture(page, f"four-{name}")


@pytest.mark.long
async def test_lumnije_has_her_figures_and_they_move_with_what_people_say(hall: Hall) -> None:
    await ask(hall, *(op for name in DEMO for op in ops_of(name)))
    nino = await personas(hall, await hall.person("Nino"), an_id("lumnije"))
    besa = await personas(hall, await hall.person("Besa"), an_id("lumnije"))
    await expect(nino.locator("[data-figure='complete']")).to_have_text("92 %")
    await expect(nino.locator("[data-figure='evidence']")).to_have_text("36 %")
    await expect(nino.locator(".pe__figures")).to_contain_text("Partly evidenced")
    await expect(nino.locator(".pe__next summary")).to_have_text("Ask next: Access needs")
    await nino.locator("[data-field='access_needs']").get_by_role("button", name="Sight").click()
    await rest_on(nino, "access_needs", "Heard", "Her daughter, in May")
    for page in (nino, besa):
        await expect(page.locator("[data-figure='complete']")).to_have_text("100 %")
        await expect(page.locator("[data-figure='evidence']")).to_have_text("42 %")
    await is_sent(nino)
    state = await register(hall)
    there = state.get(an_id("lumnije"))
    assert there is not None
    read = gathered(there, state.of_kind("line"))
    rests = evidence(read, REQUIRED, grounds(there))
    assert (completeness(read, REQUIRED).missing, round(rests.share * 100)) == ((), 42)
    assert there["source/access_needs"] == "Her daughter, in May"


@pytest.mark.long
async def test_the_set_is_checked_and_says_whom_nothing_serves(hall: Hall) -> None:
    await ask(hall, *(op for name in DEMO for op in ops_of(name)))
    bill = await hall.write("One bill for three months")
    await hall.ask({"type": "serve_persona", "id": bill, "persona": an_id("arben"), "on": True})
    nino = await personas(hall, await hall.person("Nino", locale="sq"), an_id("arben"))
    card = nino.locator(".ps__card")
    await expect(card).to_have_count(3)
    await expect(nino.locator(".ps__none")).to_have_count(2)
    await expect(nino.locator(".ps__serves")).to_contain_text("One bill for three months")
    await expect(nino.locator(".ps__check.notice--good")).to_be_visible()
    await ask(hall, {"type": "delete_record", "id": an_id("dragica")})
    await expect(nino.locator(".ps__check li")).to_have_count(1)
    await card.first.click()
    await expect(nino.locator("[data-unserved]")).to_be_visible()


async def test_a_copy_says_where_it_is_from_and_two_stand_side_by_side(hall: Hall) -> None:
    await ask(hall, *(op for name in DEMO for op in ops_of(name)))
    nino = await personas(hall, await hall.person("Nino"), an_id("lumnije"))
    await nino.get_by_role("button", name="Copy", exact=True).press("Enter")
    await expect(nino.locator(".ps__acts")).to_contain_text("Copied from Lumnije.")
    await expect(nino.locator("[data-figure='complete']")).to_have_text("92 %")
    await area(nino, "name").fill("Shpresa")
    await nino.locator(".ps__beside select").select_option(label="Arben")
    rows = nino.locator(".pc__table tbody tr")
    await expect(rows.filter(has_text="Digital skill")).to_contain_text("differs")
    await expect(rows.filter(has_text="Digital skill")).to_contain_text("8: Confident")
    assert await faults(nino) == []
    await picture(nino, "beside")
    async with nino.expect_download() as coming:
        await nino.get_by_role("button", name="Take home as a table").click()
    text = (await asyncio.to_thread((await (await coming.value).path()).read_bytes)).decode()
    assert "Paguaj rregullisht" in text
    assert text.splitlines()[0].startswith(
        '\ufeff"Invented name","Invented name: How do you know?"'
    )


async def test_a_note_says_whom_it_is_for_and_everyone_sees_it(hall: Hall) -> None:
    await ask(hall, *(op for name in DEMO for op in ops_of(name)))
    bill = await hall.write("One bill for three months")
    nino, besa = await hall.person("Nino"), await hall.person("Besa")
    for page, name in ((nino, "Arben"), (besa, "Lumnije")):
        await note(page, "One bill").click()
        await page.get_by_role("toolbar").get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Whom is this for?").click()
        box = page.get_by_role("checkbox", name=name)
        await box.focus()
        await page.keyboard.press("Enter")
        await expect(box).to_have_attribute("aria-checked", "true")
        await expect(page.locator("#polite")).to_have_text(f"For {name}")
    await expect(nino.get_by_role("checkbox", name="Lumnije")).to_have_attribute(
        "aria-checked", "true"
    )
    assert await faults(nino) == []
    await hall.until(lambda notes: sum(key.startswith("serves/") for key in notes[bill]) == 2)


async def test_a_persona_is_made_by_keys_alone_and_taken_back(hall: Hall) -> None:
    nino = await personas(hall, await hall.person("Nino"))
    await nino.locator("input[name='name']").focus()
    await nino.keyboard.type("Tamar")
    await nino.keyboard.press("Enter")
    await expect(nino.locator("#polite")).to_have_text("Tamar added")
    await nino.locator("[data-field='goals'] .pe__add").focus()
    await nino.keyboard.type("Home by ten")
    await nino.keyboard.press("Enter")
    await nino.keyboard.type("No taxi")
    await nino.keyboard.press("Enter")
    lines = nino.locator("[data-field='goals'] .pe__in")
    await expect(lines).to_have_count(2)
    await (
        nino.locator("[data-field='goals'] .pe__line")
        .nth(1)
        .get_by_role("button", name="Up")
        .press("Enter")
    )
    await expect(lines.first).to_have_value("No taxi")
    await expect(nino.locator("#polite")).to_have_text("Place 1 of 2")
    skill = nino.locator("[data-field='digital_skill'] input")
    await skill.first.focus()
    await nino.keyboard.press("ArrowRight")
    await expect(nino.locator("#polite")).to_have_text("Digital skill: Was online, stopped")
    await is_sent(nino)
    await nino.get_by_role("button", name="Undo").press("Enter")
    await expect(nino.locator(".pe__step.is-on")).to_have_count(0)
    await area(nino, "name").fill("Nino")
    await expect(nino.locator(".pe__hint")).to_contain_text("Invent another one")


@pytest.mark.parametrize(
    ("screen", "scheme"),
    [
        pytest.param(LAPTOP, "light", marks=pytest.mark.long),
        pytest.param(LAPTOP, "dark", marks=pytest.mark.long),
        (PHONE, "dark"),
        pytest.param(PHONE, "light", marks=pytest.mark.long),
    ],
    ids=["laptop light", "laptop dark", "phone dark", "phone light"],
)
async def test_the_sheet_is_clean_for_all_on_every_screen(
    hall: Hall, screen: dict[str, int], scheme: str
) -> None:
    await ask(hall, *(op for name in DEMO for op in ops_of(name)))
    look: dict[str, Any] = {"viewport": screen, "color_scheme": scheme, "locale": "sq"}
    besa = await personas(hall, await hall.person("Besa", **look), an_id("lumnije"))
    await besa.locator("[data-field='needs'] .pe__ev").click()
    assert await faults(besa) == []
    assert await besa.evaluate(SMALL_TARGETS) == []
    wide = await besa.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    await picture(besa, f"sheet-{screen['width']}-{scheme}")
