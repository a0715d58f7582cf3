"""Nobody gets lost: the keyboard keeps its place when things vanish, and the camera comes back to what is left."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from codesign.web.opening import order
from codesign.web.seats import make_id
from tests.e2e.boards import PHONE, Hall, add, faults, field, note

#: The item that has the focus, by its words; else the name of the element.
HELD = """() => {
  const item = document.activeElement.closest("[data-id]");
  return item ? item.getAttribute("aria-label") ?? item.textContent : document.activeElement.tagName;
}"""


async def keys_live(page: Page) -> None:
    """The keys of the board are heard, wherever the focus is now."""
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await page.keyboard.press("Escape")


async def held_by(page: Page, words: str) -> None:
    await page.wait_for_function(f"(words) => ({HELD})().includes(words)", arg=words)


async def group(hall: Hall, page: Page) -> None:
    """Two notes of the first zone become a group, by keys."""
    for at, text in enumerate(("First", "Second")):
        await hall.write(text, at=at)
    await note(page, "First").click()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Space")
    await page.keyboard.press("g")
    await expect(page.locator(".group textarea")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator(".group")).to_be_focused()


@pytest.mark.long
async def test_undoing_a_group_leaves_the_focus_on_a_note_of_it(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await group(hall, nino)
    await nino.keyboard.press("Control+z")
    await expect(nino.locator(".group")).to_have_count(0)
    await held_by(nino, "First")
    await keys_live(nino)


@pytest.mark.long
async def test_taking_a_group_apart_leaves_the_focus_on_a_note_of_it(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await group(hall, nino)
    await nino.get_by_role("toolbar").get_by_role("button", name="More").click()
    await nino.get_by_role("menuitem", name="Take the group apart").click()
    await expect(nino.locator(".group")).to_have_count(0)
    await held_by(nino, "First")
    await keys_live(nino)


async def test_a_note_that_somebody_else_deletes_gives_the_focus_to_its_neighbour(
    hall: Hall,
) -> None:
    for at, text in enumerate(("Far", "Near", "Goes")):
        id = await hall.write(text, 1, at)
    nino = await hall.person("Nino")
    await note(nino, "Goes").click()
    await hall.ask({"type": "delete_item", "id": id})
    await expect(note(nino, "Goes")).to_have_count(0)
    await held_by(nino, "Far")
    await keys_live(nino)


@pytest.mark.long
async def test_the_last_note_leaves_the_focus_on_the_board(hall: Hall) -> None:
    id = await hall.write("Only one")
    nino = await hall.person("Nino")
    await note(nino, "Only one").click()
    await hall.ask({"type": "delete_item", "id": id})
    await expect(note(nino, "Only one")).to_have_count(0)
    await keys_live(nino)


@pytest.mark.long
async def test_in_the_list_a_row_that_vanishes_gives_the_focus_to_another(hall: Hall) -> None:
    for at, text in enumerate(("First", "Goes", "Third")):
        id = await hall.write(text, at=at)
        if text == "Goes":
            gone = id
    nino = await hall.person("Nino")
    await nino.get_by_role("button", name="List").click()
    await nino.locator(".li", has_text="Goes").get_by_role("button", name="React").focus()
    await hall.ask({"type": "delete_item", "id": gone})
    await expect(nino.locator(".li")).to_have_count(2)
    await nino.wait_for_function("() => document.activeElement.matches('.li')")
    await keys_live(nino)


@pytest.mark.long
async def test_on_a_phone_keys_are_heard_after_a_note_has_vanished(hall: Hall) -> None:
    await hall.write("Stays", at=0)
    id = await hall.write("Goes", at=1)
    nino = await hall.person("Nino", viewport=PHONE)
    await note(nino, "Goes").focus()
    await hall.ask({"type": "delete_item", "id": id})
    await expect(note(nino, "Goes")).to_have_count(0)
    await keys_live(nino)


async def paste(page: Page, words: str) -> None:
    await field(page).evaluate(
        """(area, words) => {
          const data = new DataTransfer();
          data.setData("text/plain", words);
          area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        words,
    )


@pytest.mark.long
async def test_the_undo_of_a_long_paste_brings_the_eye_back_to_what_is_left(hall: Hall) -> None:
    await hall.write("Stays")
    nino = await hall.person("Nino")
    await expect(note(nino, "Stays")).to_be_visible()
    await paste(nino, "\n".join(f"Line {at}" for at in range(200)))
    await nino.get_by_role("button", name="Add 200 notes").click()
    await expect(note(nino, "Line 199")).to_be_in_viewport()
    await nino.get_by_role("button", name="Undo").first.click()
    await expect(note(nino, "Line 0")).to_have_count(0)
    await expect(note(nino, "Stays")).to_be_in_viewport()


@pytest.mark.long
async def test_the_eye_stays_where_it_is_while_there_is_something_to_see(hall: Hall) -> None:
    await hall.write("Stays", at=0)
    id = await hall.write("Goes", at=1)
    nino = await hall.person("Nino")
    await nino.mouse.move(600, 400)
    await nino.mouse.wheel(0, 90)
    before = await note(nino, "Stays").bounding_box()
    await hall.ask({"type": "delete_item", "id": id})
    await expect(note(nino, "Goes")).to_have_count(0)
    assert await note(nino, "Stays").bounding_box() == before


async def test_what_was_searched_for_is_brought_near_enough_to_read(hall: Hall) -> None:
    region = hall.opened.regions[0]
    notes = [
        {"type": "create_note", "id": make_id(), "text": f"Note {at}", "region": region}
        | {"order": order(at)}
        for at in range(200)
    ]
    await hall.ask({"type": "all", "ops": notes})
    nino = await hall.person("Nino")
    await nino.get_by_role("button", name="See the whole board").click()
    await expect(nino.locator("#view")).to_have_attribute("data-level", "sheets")
    await nino.locator("#view").press("/")
    await nino.keyboard.type("Note 150")
    await nino.keyboard.press("Enter")
    await expect(nino.locator("#view")).to_have_attribute("data-level", "near")
    await expect(note(nino, "Note 150")).to_be_in_viewport(ratio=1)


@pytest.mark.long
async def test_one_note_is_no_group_and_a_second_is_asked_for(hall: Hall) -> None:
    nino = await hall.person("Nino")
    for text in ("First", "Second", "Third"):
        await add(nino, text)
    await note(nino, "First").click()
    await nino.keyboard.press("g")
    await expect(nino.locator("#hint")).to_have_text("Choose the note to group it with. Esc stops.")
    assert await hall.items("cluster") == []
    await nino.keyboard.press("ArrowRight")
    await nino.keyboard.press("Enter")
    await expect(nino.locator(".group textarea")).to_be_focused()
    await nino.keyboard.press("Enter")
    await hall.until(lambda notes: sum("cluster" in n for n in notes.values()) == 2)
    # A third joins the group when it is chosen for it.
    await note(nino, "Third").click()
    await nino.keyboard.press("g")
    await note(nino, "Second").click()
    await hall.until(lambda notes: sum("cluster" in n for n in notes.values()) == 3)
    assert len(await hall.items("cluster")) == 1


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.long)])
async def test_who_is_away_can_be_read_and_a_phones_headings_are_in_order(
    hall: Hall, theme: str
) -> None:
    await hall.write("First", at=0)
    await hall.write("Second", at=1)
    scheme = {"color_scheme": theme}
    away = await hall.person("Besa", 1)
    await away.close()
    nino = await hall.person("Nino", **scheme)
    await nino.locator("#people .faces, #people .avatars").first.click()
    await expect(nino.get_by_text("not here now")).to_be_visible()
    assert await faults(nino) == []
    cluster = make_id()
    place = {"region": hall.opened.regions[0], "order": "a0"}
    await hall.ask({"type": "create_cluster", "id": cluster, "name": "Both", **place})
    for id in await hall.notes():
        await hall.ask({"type": "move_item", "id": id, "cluster": cluster})
    phone = await hall.person("Olena", viewport=PHONE, has_touch=True, is_mobile=True, **scheme)
    await expect(phone.locator(".group")).to_be_visible()
    headings = "() => axe.run({ runOnly: ['heading-order'] }).then((r) => r.violations.length)"
    assert await faults(phone) == []
    assert await phone.evaluate(headings) == 0
    await note(phone, "First").tap()
    await note(phone, "First").tap()
    await expect(phone.get_by_role("menu").get_by_role("menuitem").first).to_be_focused()
    assert await faults(phone) == []
    await expect(phone.locator(".popover .kbd:visible")).to_have_count(0)
