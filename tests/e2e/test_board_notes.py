"""Notes on a board in Chromium: written, edited, moved, coloured, deleted, brought back; two people at once."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.e2e.boards import Hall, add, field, note


async def zone_of(hall: Hall, text: str) -> str:
    notes = await hall.notes()
    region = next(n["region"] for n in notes.values() if n["text"] == text)
    return str(hall.opened.regions.index(region))


async def drag(page: Page, text: str, x: float, y: float) -> None:
    """By hand, onto a place on the page."""
    box = await note(page, text).bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 40, box["y"] + 40)
    await page.mouse.down()
    await page.mouse.move(x - 10, y, steps=4)
    await page.mouse.move(x, y, steps=2)


async def test_people_land_with_the_caret_in_the_field_and_enter_adds_a_note(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await expect(field(nino)).to_be_focused()
    await nino.keyboard.type("No bench at the station")
    await nino.keyboard.press("Shift+Enter")
    await nino.keyboard.type("and no shade")
    await nino.keyboard.press("Enter")
    await expect(note(nino, "No bench at the station")).to_contain_text("You")
    await expect(field(nino)).to_be_focused()
    await expect(field(nino)).to_have_value("")
    await hall.until(
        lambda n: [v["text"] for v in n.values()] == ["No bench at the station\nand no shade"]
    )


async def test_two_people_on_one_board_see_each_others_notes(hall: Hall) -> None:
    nino, marko = await hall.person("ნინო"), await hall.person("Марко", 1)
    await add(nino, "ტროტუარი ვიწროა")
    await expect(note(marko, "ტროტუარი ვიწროა")).to_contain_text("ნინო")
    await add(marko, "Такси је јефтинији")
    await expect(note(nino, "Такси је јефтинији")).to_contain_text("Марко")
    await expect(nino.locator(".zone__n").first).to_have_text("2")


@pytest.mark.long
async def test_alt_and_a_figure_choose_the_zone_the_next_note_goes_to(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await nino.keyboard.press("Alt+2")
    await expect(nino.locator(".composer__zone")).to_contain_text("By bus")
    await add(nino, "No bus after nine")
    await hall.until(lambda n: len(n) == 1)
    assert await zone_of(hall, "No bus after nine") == "1"


async def test_my_words_are_edited_in_place_and_others_are_only_read(hall: Hall) -> None:
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await add(nino, "The bus is late")
    await note(nino, "The bus is late").dblclick()
    await nino.keyboard.type(" again")
    await expect(note(marko, "The bus is late again")).to_be_visible()
    await nino.keyboard.press("Enter")
    await expect(nino.locator(".note textarea")).to_have_count(0)
    await note(marko, "The bus is late again").dblclick()
    await expect(marko.locator(".note textarea")).to_have_count(0)
    await expect(marko.locator("#toast")).to_contain_text("Only the person who wrote a note")


@pytest.mark.long
async def test_arrow_up_in_the_empty_field_edits_my_last_note(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await add(nino, "First")
    await add(nino, "Second")
    await nino.keyboard.press("ArrowUp")
    await nino.keyboard.type(" thought")
    await nino.keyboard.press("Escape")
    await hall.until(lambda n: "Second thought" in [v["text"] for v in n.values()])


async def test_a_note_is_dragged_into_another_zone_and_back_by_undo(hall: Hall) -> None:
    await hall.write("Loose slab")
    nino = await hall.person("Nino")
    target = await nino.locator(".zone").nth(2).bounding_box()
    assert target is not None
    await drag(nino, "Loose slab", target["x"] + 80, target["y"] + 120)
    await expect(nino.locator(".drop-mark")).to_be_visible()
    await nino.mouse.up()
    await hall.until(lambda n: [v["region"] for v in n.values()] == [hall.opened.regions[2]])
    await nino.get_by_role("button", name="Undo").click()
    await hall.until(lambda n: [v["region"] for v in n.values()] == [hall.opened.regions[0]])


async def test_the_toolbar_moves_colours_and_reacts(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await add(nino, "No shade")
    await note(nino, "No shade").click()
    bar = nino.get_by_role("toolbar")
    await bar.get_by_role("button", name="Move to").click()
    await nino.get_by_role("menuitem", name="By bus").click()
    await hall.until(lambda n: [v["region"] for v in n.values()] == [hall.opened.regions[1]])
    await bar.get_by_role("button", name="Colour").click()
    await nino.get_by_role("menuitemradio", name="Teal, two bars").click()
    await hall.until(lambda n: [v["colour"] for v in n.values()] == ["sea"])
    await bar.get_by_role("button", name="React").click()
    await nino.get_by_role("menuitemcheckbox", name="Heart").click()
    await expect(note(nino, "No shade").locator(".note__react")).to_have_text("1")


async def test_a_deleted_note_comes_back_by_the_undo_of_the_message(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await add(nino, "A slip")
    await note(nino, "A slip").click()
    await nino.keyboard.press("Delete")
    await hall.until(lambda n: n == {})
    await expect(nino.locator("#toast")).to_contain_text("Note deleted.")
    await nino.locator("#toast").get_by_role("button", name="Undo").click()
    await expect(note(nino, "A slip")).to_be_visible()
    await hall.until(lambda n: len(n) == 1)


async def test_200_pasted_lines_become_200_notes_and_one_undo_takes_them_back(hall: Hall) -> None:
    nino = await hall.person("Nino")
    lines = "\n".join(f"Idea {i}" for i in range(200))
    await nino.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector("#composer textarea").dispatchEvent(event);
        }""",
        lines,
    )
    await nino.get_by_role("button", name="Add 200 notes").click()
    await hall.until(lambda n: len(n) == 200)
    await expect(nino.locator(".zone__n").first).to_have_text("200")
    assert await nino.locator(".note").count() < 120, (
        "only notes in and near the view are in the page"
    )
    await nino.get_by_role("button", name="Undo").click()
    await hall.until(lambda n: n == {})


async def test_several_are_selected_and_grouped_and_two_hands_name_the_group(hall: Hall) -> None:
    for at, text in enumerate(("One", "Two", "Three")):
        await hall.write(text, at=at)
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await note(nino, "One").click()
    await note(nino, "Two").click(modifiers=["Shift"])
    await nino.get_by_role("toolbar").get_by_role("button", name="Group").click()
    await expect(nino.locator(".group textarea")).to_be_focused()
    await marko.locator(".group").dblclick(position={"x": 30, "y": 20})
    await expect(marko.locator(".group textarea")).to_be_focused()
    await nino.keyboard.type("Waiting", delay=15)
    await expect(marko.locator(".group textarea")).to_have_value("Waiting")
    await marko.keyboard.press("End")
    await marko.keyboard.type(" is hard")
    await nino.keyboard.press("Home")
    await nino.keyboard.type("Why ")
    for page in (nino, marko):
        await expect(page.locator(".group textarea")).to_have_value("Why Waiting is hard")
    await hall.until(lambda n: sum("cluster" in v for v in n.values()) == 2)
    await nino.keyboard.press("Escape")
    await nino.locator(".group").click(position={"x": 30, "y": 20})
    await nino.get_by_role("toolbar").get_by_role("button", name="More").click()
    await nino.get_by_role("menuitem", name="Take the group apart").click()
    await hall.until(lambda n: not any("cluster" in v for v in n.values()))


@pytest.mark.long
async def test_staying_over_another_note_makes_a_group_of_the_two(hall: Hall) -> None:
    await hall.write("Near one")
    await hall.write("Far one", at=1)
    nino = await hall.person("Nino")
    box = await note(nino, "Far one").bounding_box()
    assert box is not None
    await drag(nino, "Near one", box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await expect(nino.locator(".note.is-target")).to_have_count(1)
    await nino.mouse.up()
    await expect(nino.locator(".group textarea")).to_be_focused()
    await hall.until(lambda n: sum("cluster" in v for v in n.values()) == 2)


async def test_two_notes_are_connected_and_the_line_gets_its_words(hall: Hall) -> None:
    await hall.write("Cause")
    await hall.write("Effect", 1)
    nino = await hall.person("Nino")
    await note(nino, "Cause").click()
    await nino.keyboard.press("c")
    await expect(nino.locator("#hint")).to_be_visible()
    await note(nino, "Effect").click()
    await nino.keyboard.type("leads to")
    await nino.keyboard.press("Enter")
    await expect(nino.locator(".link")).to_have_text("leads to")
    await expect(nino.locator(".links > path")).to_have_count(1)
