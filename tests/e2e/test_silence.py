"""Silent writing in Chromium: one's own notes only, one reveal, nothing lost on the way; with and without names."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.boards import (
    PHONE,
    Hall,
    add,
    faults,
    field,
    is_sent,
    landed,
    note,
    refusals,
)


async def set_stage(hall: Hall, stage: str, **more: Any) -> None:
    await hall.ask_workshop({"type": "set_stage", "stage": stage, **more})


async def in_silence(*pages: Page) -> None:
    for page in pages:
        await expect(page.locator("#banner")).to_contain_text("Private writing")


async def test_three_people_write_in_silence_and_one_reveals(hall: Hall) -> None:
    elira = await hall.lead()
    nino = await hall.person("Nino")
    marko = await hall.person("Marko", 1, viewport=PHONE, has_touch=True, is_mobile=True)
    await elira.locator("#menu-button").click()
    await elira.get_by_role("button", name="Write privately", exact=True).click()
    await in_silence(elira, nino, marko)
    await expect(elira.locator("#banner")).to_contain_text("Fewer than 5 people have written.")
    await expect(field(nino)).to_have_attribute("placeholder", "Write an idea. Only you see it.")
    await expect(nino.locator(".composer__add")).to_have_text("Add privately")
    await add(nino, "No bench between the station and the market")
    await add(marko, "The last bus leaves before my shift ends")
    hers = note(nino, "No bench")
    await expect(hers.locator(".note__hidden")).to_be_visible()
    await expect(hers).to_have_attribute("aria-label", re.compile("You, only you see this"))
    await is_sent(nino)
    await is_sent(marko)
    for page, words in (
        (elira, "bench"),
        (elira, "bus leaves"),
        (nino, "bus leaves"),
        (marko, "bench"),
    ):
        await expect(note(page, words)).to_have_count(0)
    assert await hall.notes() == {}
    assert await faults(nino) == []
    assert await faults(marko) == []
    await elira.locator("#banner").get_by_role("button", name="Reveal…").click()
    await expect(elira.locator("#dialog")).to_contain_text("Reveal everyone’s notes?")
    assert not re.search(r"\d", await elira.locator("#dialog").inner_text())
    assert await faults(elira) == []
    await elira.get_by_role("button", name="Reveal", exact=True).click()
    for page in (elira, nino):
        await expect(note(page, "No bench")).to_be_visible()
        await expect(note(page, "The last bus")).to_be_visible()
        await expect(page.locator("#polite")).to_contain_text("Everyone’s notes are here: 2 notes.")
        await expect(page.locator("#banner")).not_to_contain_text("Private writing")
    await expect(hers.locator(".note__hidden")).to_have_count(0)
    await expect(note(elira, "No bench").locator(".note__by")).to_have_text("Nino")


async def test_the_caret_stays_in_a_note_that_is_revealed_and_undo_goes_on(hall: Hall) -> None:
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await set_stage(hall, "silent")
    await in_silence(nino)
    await add(nino, "No bench")
    await nino.keyboard.press("ArrowUp")
    area = nino.locator(".note textarea")
    await expect(area).to_be_focused()
    await nino.keyboard.type(" at the")
    await set_stage(hall, "open")
    await expect(note(marko, "No bench at the")).to_be_visible()
    await expect(area).to_be_focused()
    await nino.keyboard.type(" market")
    await expect(note(marko, "No bench at the market")).to_be_visible()
    await nino.keyboard.press("Enter")
    await is_sent(nino)
    for _ in range(4):
        await nino.keyboard.press("Escape")
        await nino.locator("#view").focus()
        await nino.keyboard.press("Control+z")
    await expect(note(marko, "No bench")).to_have_count(0)


@pytest.mark.long
async def test_what_was_not_sent_before_the_reveal_is_offered_as_a_new_note(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await set_stage(hall, "silent")
    await in_silence(nino)
    await add(nino, "Sent in time")
    await is_sent(nino)
    await nino.context.set_offline(True)
    await add(nino, "Written in the tunnel")
    await set_stage(hall, "open")
    await hall.until(lambda n: len(n) == 1)
    await nino.context.set_offline(False)
    panel = await refusals(nino)
    await expect(panel).to_contain_text("Everyone’s notes were revealed before this arrived.")
    await panel.get_by_role("button", name="Put back in the field").click()
    await field(nino).press("Enter")
    await hall.until(
        lambda n: {v["text"] for v in n.values()} == {"Sent in time", "Written in the tunnel"}
    )
    await expect(note(nino, "Written in the tunnel")).to_have_count(1)


@pytest.mark.long
async def test_a_reload_in_silence_brings_ones_own_notes_back_and_nobody_elses(hall: Hall) -> None:
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await set_stage(hall, "silent")
    await in_silence(nino, marko)
    await add(nino, "No bench")
    await add(marko, "The last bus")
    await is_sent(nino)
    await is_sent(marko)
    await nino.reload()
    await landed(nino)
    await expect(note(nino, "No bench").locator(".note__hidden")).to_be_visible()
    await expect(note(nino, "The last bus")).to_have_count(0)
    await nino.keyboard.press("Escape")
    await nino.locator("#view").focus()
    await nino.keyboard.press("l")
    row = nino.locator(".li", has_text="No bench")
    await expect(row).to_contain_text("Only you see this")
    assert await faults(nino) == []


@pytest.mark.long
async def test_somebody_shows_their_own_early_and_writes_on(hall: Hall) -> None:
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await set_stage(hall, "silent")
    await in_silence(nino, marko)
    await add(nino, "No bench")
    await add(marko, "The last bus")
    await nino.locator("#menu-button").click()
    await nino.get_by_role("button", name="Show my notes to everyone now").click()
    await nino.get_by_role("button", name="Show mine").click()
    await expect(note(marko, "No bench")).to_be_visible()
    await expect(note(nino, "No bench").locator(".note__hidden")).to_have_count(0)
    await expect(note(nino, "The last bus")).to_have_count(0)
    await add(nino, "No shade")
    await expect(note(nino, "No shade").locator(".note__hidden")).to_be_visible()
    await set_stage(hall, "open")
    await expect(note(marko, "No shade")).to_be_visible()
    await expect(note(nino, "The last bus")).to_be_visible()


async def test_without_names_it_is_said_first_what_is_stored_and_nobody_is_named_after(
    hall: Hall,
) -> None:
    elira = await hall.lead()
    nino = await hall.person("Nino")
    await elira.locator("#menu-button").click()
    await elira.get_by_role("button", name="Write privately, without names").click()
    await in_silence(nino)
    await expect(nino.locator("#promise")).to_contain_text("No name is kept")
    assert await faults(nino) == []
    await field(nino).fill("The mayor")
    await expect(nino.locator("#promise")).to_be_hidden()
    await add(nino, "The mayor never takes the bus")
    await expect(note(nino, "The mayor").locator(".note__by")).to_have_text("You")
    await is_sent(nino)
    await nino.reload()
    await landed(nino)
    await expect(note(nino, "The mayor").locator(".note__hidden")).to_be_visible()
    await nino.keyboard.press("ArrowUp")
    await nino.keyboard.type(" here")
    await nino.keyboard.press("Enter")
    await is_sent(nino)
    await elira.locator("#banner").get_by_role("button", name="Reveal…").click()
    await elira.get_by_role("button", name="Reveal", exact=True).click()
    for page in (elira, nino):
        await expect(note(page, "The mayor never takes the bus here")).to_be_visible()
        await expect(note(page, "The mayor").locator(".note__by")).to_have_text("")
    await expect(note(nino, "The mayor")).to_have_count(1)
    (told,) = (await hall.notes()).values()
    assert "by" not in told
