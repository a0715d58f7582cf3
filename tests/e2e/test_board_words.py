"""Words that are long, odd, half written or refused: none is lost, and what is said of them covers no work."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.boards import (
    LAPTOP,
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

LONG = ("The bus comes late and nobody says why. " * 8).strip()
# Each on one screen in every run, on the other in the long one.
LAPTOP_FIRST = pytest.mark.parametrize(
    "screen",
    [pytest.param(LAPTOP, id="laptop"), pytest.param(PHONE, id="phone", marks=pytest.mark.long)],
)
PHONE_FIRST = pytest.mark.parametrize(
    "screen",
    [pytest.param(LAPTOP, id="laptop", marks=pytest.mark.long), pytest.param(PHONE, id="phone")],
)
PASTE = """([area, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  if (area.dispatchEvent(event)) document.execCommand("insertText", false, text);
}"""


async def paste(area: Locator, text: str) -> None:
    await area.focus()
    page = area.page
    await page.evaluate(PASTE, [await area.element_handle(), text])


def above(page: Page) -> Locator:
    return page.locator(".composer__extra")


async def texts(hall: Hall) -> list[str]:
    return sorted(str(n["text"]) for n in (await hall.notes()).values())


def words_of(notes: dict[str, dict[str, Any]]) -> str:
    in_order = sorted(notes.values(), key=lambda note: str(note["order"]))
    return " ".join(str(note["text"]) for note in in_order)


async def box(of: Locator) -> dict[str, float]:
    found: Any = await of.bounding_box()
    assert found is not None
    return dict(found)


@LAPTOP_FIRST
async def test_a_long_note_may_be_added_and_is_offered_to_become_several(
    hall: Hall, screen: dict[str, int]
) -> None:
    nino = await hall.person("Nino", viewport=screen)
    await field(nino).fill("x" * 239)
    await expect(above(nino)).to_be_empty()
    await field(nino).fill("x" * 240)
    await expect(above(nino)).to_have_text("240 letters. Up to 280 are easy to read.")
    await field(nino).fill(LONG)
    await expect(above(nino)).to_contain_text("319 letters. Long notes are hard to read.")
    await expect(nino.locator("#polite")).to_contain_text("Long notes are hard to read.")
    assert await faults(nino) == []
    await above(nino).get_by_role("button", name="Split into 2 notes").click()
    await hall.until(lambda n: len(n) == 2)
    assert " ".join(reversed(await texts(hall))) == LONG
    await expect(field(nino)).to_have_value("")
    await expect(field(nino)).to_be_focused()
    await field(nino).fill(LONG)
    await field(nino).press("Enter")
    await hall.until(lambda n: LONG in {v["text"] for v in n.values()})


@pytest.mark.long
@LAPTOP_FIRST
async def test_a_note_written_on_and_on_becomes_several_in_its_place(
    hall: Hall, screen: dict[str, int]
) -> None:
    nino = await hall.person("Nino", viewport=screen)
    await add(nino, "First")
    await add(nino, "Last")
    await is_sent(nino)
    await nino.keyboard.press("ArrowUp")
    await nino.keyboard.insert_text(f". {LONG}")
    split = nino.locator(".note .count")
    await expect(split).to_contain_text("Long notes are hard to read.")
    await expect(split).to_be_in_viewport()
    # By keyboard: the way out is the next stop after the words.
    await nino.keyboard.press("Tab")
    await expect(split.get_by_role("button")).to_be_focused()
    await nino.keyboard.press("Enter")
    # First the new note is made and then the old one cut, so that no word is ever missing.
    await hall.until(lambda n: len(n) == 3 and words_of(n) == f"First Last. {LONG}")
    await expect(nino.locator(".note textarea")).to_have_count(0)
    await expect(nino.locator(".note:focus")).to_contain_text("Last")


@LAPTOP_FIRST
async def test_a_paste_beyond_what_a_note_takes_stays_whole_and_the_limit_is_named(
    hall: Hall, screen: dict[str, int]
) -> None:
    nino = await hall.person("Nino", viewport=screen)
    much = ("One more thing. " * 1500).strip()
    await paste(field(nino), much)
    await expect(field(nino)).to_have_value(much)
    await expect(above(nino)).to_contain_text(
        "23999 letters. One note takes 16384 of them at most."
    )
    await field(nino).press("Enter")
    await expect(field(nino)).to_have_value(much)
    await expect(nino.locator("#polite")).to_contain_text("One note takes 16384")
    assert await hall.notes() == {}
    await above(nino).get_by_role("button", name="Split into").click()
    await hall.until(lambda n: sum(len(v["text"].split()) for v in n.values()) == 4500)


@pytest.mark.long
async def test_a_paste_that_does_not_fit_into_a_note_is_given_back_whole(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await add(nino, "Bench")
    await nino.keyboard.press("ArrowUp")
    await nino.keyboard.insert_text("z" * 17_000)
    await expect(nino.locator(".note textarea")).to_have_value("Bench")
    panel = await refusals(nino)
    await expect(panel).to_contain_text("there is room for about 16384 letters like these")
    await expect(panel.get_by_role("textbox")).to_have_value("z" * 17_000)
    await panel.get_by_role("button", name="Put back in the field").click()
    await expect(field(nino)).to_have_value("z" * 17_000)


@pytest.mark.long
async def test_what_no_note_can_hold_is_left_out_and_the_words_are_taken(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await field(nino).evaluate("(area) => { area.value = 'No\\0 bench\\ud83d here\\udc00'; }")
    await field(nino).press("Enter")
    await hall.until(lambda n: [v["text"] for v in n.values()] == ["No bench here"])
    await is_sent(nino)
    await nino.keyboard.press("ArrowUp")
    area = nino.locator(".note textarea")
    await area.evaluate("(a) => { a.value += '\\0!'; a.dispatchEvent(new InputEvent('input')); }")
    await hall.until(lambda n: [v["text"] for v in n.values()] == ["No bench here!"])
    await expect(nino.locator("#refused")).to_be_empty()


async def test_half_written_words_survive_the_tab_until_they_are_sent(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await field(nino).fill("Half a thou")
    await nino.reload()
    await landed(nino)
    await expect(field(nino)).to_have_value("Half a thou")
    address, context = nino.url, nino.context
    await nino.close()
    again = await context.new_page()
    await again.goto(address)
    await landed(again)
    await expect(field(again)).to_have_value("Half a thou")
    await field(again).press("Enter")
    await is_sent(again)
    await again.reload()
    await landed(again)
    await expect(field(again)).to_have_value("")


async def test_half_written_words_are_not_for_the_next_person_at_this_browser(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await field(nino).fill("Between me and me")
    keys = await nino.evaluate("Object.keys(localStorage).filter((k) => k.includes('draft'))")
    [me] = [p["id"] for p in await hall.people() if p["name"] == "Nino"]
    assert keys == [f"codesign.draft.{me}.{hall.stream}"]
    await nino.locator("#menu-button").click()
    await (
        nino.get_by_role("menuitem", name="Leave the workshop")
        .or_(nino.get_by_role("button", name="Leave the workshop"))
        .click()
    )
    await nino.wait_for_url(lambda url: "/b/" not in url)
    assert "Between me" not in await nino.evaluate("JSON.stringify(localStorage)")
    await hall.join(nino, "Ana", 1)
    await expect(field(nino)).to_have_value("")


@PHONE_FIRST
async def test_refusals_gather_in_one_line_and_say_which_note_and_why(
    hall: Hall, screen: dict[str, int]
) -> None:
    nino, marko = await hall.person("Nino", viewport=screen), await hall.person("Marko", 1)
    for words in ("Bench", "Tree"):
        await add(nino, words)
    await is_sent(nino)
    ids = {n["text"]: id for id, n in (await hall.notes()).items()}
    [other] = [p["id"] for p in await hall.people() if p["name"] == "Marko"]
    await hall.ask_workshop({"type": "set_role", "person": other, "role": "facilitator"})
    await nino.context.set_offline(True)
    hall.clock.offset += 60_000
    await hall.ask({"type": "recolour", "id": ids["Bench"], "colour": "rose"}, other)
    await hall.ask({"type": "delete_item", "id": ids["Tree"]})
    hall.clock.offset += 60_000
    await nino.keyboard.press("ArrowUp")
    await nino.keyboard.type(" with a roof")
    await nino.keyboard.press("Enter")
    await add(nino, "Lamp")
    recolour = "Green, leaf"
    await note(nino, "Bench").click()
    if screen == PHONE:
        await note(nino, "Bench").click()
        await nino.get_by_role("menuitem", name="Colour").click()
    else:
        await nino.locator("#toolbar").get_by_role("button", name="Colour").click()
    await nino.get_by_role("menuitemradio", name=recolour).click()
    await nino.context.set_offline(False)
    line = nino.locator("#refused")
    await expect(line).to_contain_text("2 things could not be done.")
    await expect(nino.locator("#banner")).to_contain_text("You are back. 1 note sent.")
    await expect(nino.locator("#refusals")).to_be_hidden()
    head = await box(line.locator(".notice"))
    body = await box(nino.locator("#phone .ph__cols" if screen == PHONE else ".zone__t >> nth=1"))
    assert head["y"] + head["height"] <= body["y"]
    panel = await refusals(nino)
    await expect(panel).to_contain_text("“Tree with a roof”: the words were not changed.")
    await expect(panel).to_contain_text("“Bench”: the colour was not changed.")
    await expect(panel).to_contain_text("Now: Pink, plus. You chose: Green, leaf.")
    assert await faults(nino) == []
    await nino.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(line.get_by_role("button", name="Show")).to_be_focused()
    await expect(note(marko, "Lamp")).to_be_visible()


@pytest.mark.long
async def test_words_that_came_back_are_still_there_after_the_tab_was_closed(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await add(nino, "Bench")
    await nino.keyboard.press("ArrowUp")
    await nino.keyboard.insert_text("y" * 17_000)
    await expect(nino.locator("#refused")).to_contain_text("Bench")
    await nino.reload()
    await landed(nino)
    panel = await refusals(nino)
    await expect(panel.get_by_role("textbox")).to_have_value("y" * 17_000)
    await panel.get_by_role("button", name="Remove from the list").click()
    await nino.reload()
    await landed(nino)
    await expect(nino.locator("#refused")).to_be_empty()


@pytest.mark.long
@PHONE_FIRST
async def test_what_the_page_says_has_a_place_of_its_own(
    hall: Hall, screen: dict[str, int]
) -> None:
    nino = await hall.person("Nino", viewport=screen)
    await hall.write("No bench")
    await expect(note(nino, "No bench")).to_be_visible()
    first = nino.locator("#phone .ph__cols" if screen == PHONE else ".zone__t >> nth=1")
    before = await box(first)
    await nino.context.set_offline(True)
    await expect(nino.locator("#banner .notice")).to_be_visible()
    # The board makes room in the frame after the one that shows the notice.
    clear = "([notice, first]) => notice.getBoundingClientRect().bottom <= first.getBoundingClientRect().top"
    parts = [await nino.locator("#banner .notice").element_handle(), await first.element_handle()]
    await nino.wait_for_function(clear, arg=parts)
    assert (await box(nino.locator("#banner .notice")))["y"] >= before["y"] - 40
    await nino.context.set_offline(False)
    await expect(nino.locator("#banner")).to_be_empty(timeout=10_000)
    back = "([first, y]) => Math.abs(first.getBoundingClientRect().y - y) <= 1"
    await nino.wait_for_function(back, arg=[parts[1], before["y"]])


async def test_titles_of_columns_are_read_to_the_end(hall: Hall) -> None:
    await hall.open("columns", ["What works", "What gets in the way, really now"])
    await hall.write("No bench")
    nino = await hall.person("Nino")
    cut = await nino.locator(".zone__t").evaluate_all(
        "(all) => all.filter((t) => t.scrollHeight > t.clientHeight + 1 || t.scrollWidth > t.clientWidth)"
        ".map((t) => t.textContent)"
    )
    assert cut == []
    title, first = await box(nino.locator(".zone__t >> nth=1")), await box(note(nino, "No bench"))
    assert title["height"] > 30
    assert title["y"] + title["height"] <= first["y"]


@pytest.mark.long
async def test_several_lines_have_the_whole_width_of_the_bar(hall: Hall) -> None:
    nino = await hall.person("Nino")
    bar, one = await box(nino.locator("#composer")), await box(field(nino))
    assert one["width"] < bar["width"] * 0.7
    await field(nino).fill("One\nTwo\nThree")
    tall, grown = await box(field(nino)), await box(nino.locator("#composer"))
    assert tall["width"] > bar["width"] - 20
    for name in (".composer__zone", ".composer__add"):
        button = await box(nino.locator(name))
        assert button["y"] >= tall["y"] + tall["height"]
        assert button["y"] + button["height"] <= grown["y"] + grown["height"]
    await field(nino).fill("")
    assert (await box(field(nino)))["width"] == one["width"]
