"""List, phone, keyboard alone, search, dark, menu; axe and touch targets on each screen."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

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
    until,
)


async def test_a_note_is_written_read_moved_and_deleted_by_keyboard_alone(hall: Hall) -> None:
    await hall.write("Already here")
    await hall.write("On the bus", 1)
    nino = await hall.person("Nino")
    press = nino.keyboard.press
    await nino.keyboard.type("By keys alone")
    await press("Enter")
    await press("Shift+Tab")
    await nino.keyboard.press("Tab")
    await expect(field(nino)).to_be_focused()
    await nino.locator("#view").press("ArrowDown")
    await expect(note(nino, "Already here")).to_be_focused()
    await press("ArrowRight")
    await expect(note(nino, "By keys alone")).to_be_focused()
    await expect(note(nino, "By keys alone")).to_have_attribute(
        "aria-label", "By keys alone, You, Kutaisi, in On foot, 2 of 2"
    )
    # Drawn again for what others do to it, it still says where it is.
    written = next(id for id, n in (await hall.notes()).items() if n["text"] == "By keys alone")
    await hall.ask({"type": "recolour", "id": written, "colour": "sea"})
    await expect(note(nino, "By keys alone")).to_have_class(re.compile("c-sea"))
    await expect(note(nino, "By keys alone")).to_have_attribute(
        "aria-label", "By keys alone, You, Kutaisi, Teal, two bars, in On foot, 2 of 2"
    )
    await press("Enter")
    await nino.keyboard.type(" and edited")
    await press("Escape")
    await expect(note(nino, "By keys alone and edited")).to_be_focused()
    await press("m")
    await nino.keyboard.press("ArrowDown")
    await press("Enter")
    await expect(nino.locator("#polite")).to_contain_text("moved to")
    await expect(note(nino, "By keys alone and edited")).to_be_focused()
    await press("Alt+ArrowLeft")
    await press("Space")
    await expect(nino.locator("#polite")).to_contain_text("no longer selected")
    await press("Space")
    await expect(nino.locator("#polite")).to_contain_text("selected, 1 in all")
    await press("Tab")
    await expect(nino.get_by_role("toolbar").get_by_role("button").first).to_be_focused()
    await press("ArrowRight")
    await expect(nino.get_by_role("toolbar").get_by_role("button", name="Edit")).to_be_focused()
    await press("Escape")
    await expect(note(nino, "By keys alone and edited")).to_be_focused()
    await press("Delete")
    await expect(nino.locator("#polite")).to_contain_text("Note deleted.")
    await press("Control+z")
    await expect(note(nino, "By keys alone and edited")).to_be_visible()
    await press("Escape")
    await press("Escape")
    await press("n")
    await expect(field(nino)).to_be_focused()


async def test_keys_go_by_their_place_on_a_georgian_keyboard(hall: Hall) -> None:
    await hall.write("Note")
    nino = await hall.person("Nino")
    await note(nino, "Note").click()
    await nino.evaluate(
        """() => document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { key: "ლ", code: "KeyL", bubbles: true, cancelable: true }))"""
    )
    await expect(nino.get_by_role("region", name="Board as a list")).to_be_visible()


async def test_the_list_has_the_same_abilities(hall: Hall) -> None:
    await hall.write("Someone else’s")
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await nino.get_by_role("button", name="List").click()
    rows = nino.locator(".li")
    await add_in_list(nino, "Mine in the list")
    await expect(rows).to_have_count(2)
    await rows.nth(1).get_by_role("button", name="Edit").click()
    await nino.keyboard.type(", edited")
    await nino.keyboard.press("Enter")
    await expect(rows.nth(1)).to_contain_text("Mine in the list, edited")
    await rows.nth(0).get_by_role("button", name="React").click()
    await nino.get_by_role("menuitemcheckbox", name="Good idea").click()
    await expect(rows.nth(0).get_by_role("img", name="1 × Good idea")).to_be_visible()
    await rows.nth(0).get_by_role("button", name="Move to").click()
    await nino.get_by_role("menuitem", name="By bus").click()
    await expect(nino.locator("h2[data-zone]").nth(1)).to_contain_text("1 note")
    await add(marko, "From the board")
    await expect(nino.get_by_role("complementary", name="What is happening")).to_contain_text(
        "Marko added a note to On foot: From the board"
    )
    assert await faults(nino) == []
    assert await nino.evaluate(SMALL_TARGETS) == []


async def add_in_list(page: Page, text: str) -> None:
    await field(page).fill(text)
    await field(page).press("Enter")
    await expect(page.locator(".li", has_text=text)).to_be_visible()


async def test_a_phone_has_a_tab_for_each_zone_and_a_sheet_for_each_note(hall: Hall) -> None:
    await hall.write("On foot note")
    nino = await hall.person("Nino", viewport=PHONE, has_touch=True, is_mobile=True)
    await expect(note(nino, "On foot note")).to_be_visible()
    await nino.get_by_role("tab", name="By bus").tap()
    await add(nino, "From the phone")
    await is_sent(nino)
    assert {n["region"] for n in (await hall.notes()).values()} == set(hall.opened.regions[:2])
    await note(nino, "From the phone").tap()
    await note(nino, "From the phone").tap()
    await nino.get_by_role("menuitem", name="Edit the text").tap()
    await nino.keyboard.type(", edited")
    await nino.keyboard.press("Enter")
    await hall.until(lambda n: "From the phone, edited" in [v["text"] for v in n.values()])
    assert await faults(nino) == []
    assert await nino.evaluate(SMALL_TARGETS) == []
    assert await nino.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_board_is_clean_for_axe_in_light_and_dark(hall: Hall) -> None:
    await hall.write("A note")
    for scheme in ("light", "dark"):
        nino = await hall.person("Nino", color_scheme=scheme)
        await note(nino, "A note").click()
        await expect(nino.get_by_role("toolbar")).to_be_visible()
        assert await faults(nino) == []
        assert await nino.evaluate(SMALL_TARGETS) == []
        await nino.locator("#menu-button").click()
        assert await faults(nino) == []
        await nino.keyboard.press("Escape")
        await expect(nino.locator("#menu-button")).to_be_focused()
        await nino.keyboard.press("?")


async def test_search_finds_over_scripts_and_says_when_there_is_nothing(hall: Hall) -> None:
    await hall.write("ქუთაისი ფეხით")
    await hall.write("Цена карте", 1)
    nino = await hall.person("Nino")
    await nino.get_by_role("button", name="Search").click()
    box = nino.get_by_role("searchbox", name="Search the board")
    await box.fill("kutaisi")
    await expect(nino.get_by_role("search")).to_contain_text("1 found")
    await expect(note(nino, "ქუთაისი")).to_have_class(re.compile("is-hit"))
    await box.fill("bicycle")
    await expect(nino.get_by_role("search")).to_contain_text("Nothing with “bicycle”.")
    await nino.keyboard.press("Escape")
    await expect(nino.get_by_role("search")).to_be_hidden()


async def test_the_language_and_theme_change_in_the_menu(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await nino.locator("#menu-button").click()
    await nino.get_by_role("button", name="Dark").click()
    await expect(nino.locator("html")).to_have_attribute("data-theme", "dark")
    await nino.get_by_role("button", name="Language: English").click()
    await nino.get_by_role("button", name="ქართული").click()
    await expect(nino.locator("html")).to_have_attribute("lang", "ka")
    await landed(nino)
    await expect(nino.locator("html")).to_have_attribute("data-theme", "dark")


async def test_at_400_percent_zoom_the_list_opens_by_itself(hall: Hall) -> None:
    await hall.write("Large")
    nino = await hall.person("Nino", viewport={"width": 320, "height": 256})
    await expect(nino.get_by_role("region", name="Board as a list")).to_be_visible()
    assert await nino.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.long
async def test_a_pointer_and_what_is_selected_are_seen_by_others(hall: Hall) -> None:
    await hall.write("Watched", at=0)
    await hall.write("Beside", at=1)
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await nino.mouse.move(500, 400)
    await nino.mouse.move(520, 420)
    await expect(marko.locator(".cursor")).to_have_text("Nino")
    await note(nino, "Watched").click()
    await expect(note(marko, "Watched").locator(".note__flag")).to_have_text("Nino")
    await expect(marko.get_by_role("button", name="2 people here")).to_be_visible()
    await note(nino, "Beside").click(modifiers=["Shift"])
    await nino.keyboard.press("g")
    await nino.keyboard.type("A name")
    await expect(marko.locator(".group .note__flag")).to_have_text("Nino is writing…")
    await nino.keyboard.press("Enter")
    await expect(marko.locator(".group .note__flag")).to_have_text("Nino")


@pytest.mark.long
async def test_back_from_the_list_the_board_stands_where_it_stood(hall: Hall) -> None:
    await hall.write("Stays here")
    nino = await hall.person("Nino")
    before = await note(nino, "Stays here").bounding_box()
    await note(nino, "Stays here").click()
    await nino.keyboard.press("l")
    await expect(nino.locator(".li", has_text="Stays here")).to_be_focused()
    await nino.keyboard.press("l")
    await expect(note(nino, "Stays here")).to_be_focused()
    await nino.mouse.move(5, 300)  # what the mouse lies on is lifted
    await until(note(nino, "Stays here").bounding_box, lambda box: box == before)


@pytest.mark.long
async def test_opened_as_a_list_the_board_is_landed_on_when_it_is_opened(hall: Hall) -> None:
    await hall.write("First seen")
    nino = await hall.person("Nino")
    place = await note(nino, "First seen").bounding_box()
    await nino.get_by_role("button", name="List").click()
    await nino.reload()
    await landed(nino)
    await expect(nino.get_by_role("region", name="Board as a list")).to_be_visible()
    await nino.get_by_role("button", name="List").click()
    await expect(note(nino, "First seen")).to_be_visible()
    assert await note(nino, "First seen").bounding_box() == place
