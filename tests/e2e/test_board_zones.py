"""Zones are renamed, put in order, added and removed by those who lead; a frame takes along what lies in it."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import FloatRect, Locator, Page, expect

from codesign.web.seats import make_id
from tests.e2e.boards import PHONE, SMALL_TARGETS, Hall, faults, note


async def shown(page: Page, *titles: str) -> None:
    await expect(page.locator(".zone__t")).to_have_text(list(titles))


async def open_zones(page: Page) -> None:
    await page.locator("#menu-button").click()
    await page.get_by_role("button", name="Zones", exact=True).click()
    await expect(page.get_by_role("dialog", name="Zones")).to_be_visible()


@pytest.mark.long
async def test_zones_change_their_order_and_their_notes_come_along(hall: Hall) -> None:
    await hall.write("Walks", 0)
    elira, nino = await hall.lead(), await hall.person("Nino")
    await elira.get_by_role("button", name="Zone On foot: rename, move, delete").click()
    await elira.get_by_role("button", name="On foot: one place later").click()
    for page in (elira, nino):
        await expect(page.locator(".zone__t").nth(1)).to_have_text("On foot")
    await expect(elira.locator("#polite")).to_contain_text("On foot: 2 of 3")
    await expect(elira.get_by_role("button", name="On foot: one place later")).to_be_focused()
    bus, walks = nino.locator(".zone", has_text="By bus"), note(nino, "Walks")
    assert (await box(bus))["x"] + (await box(bus))["width"] < (await box(walks))["x"]
    await elira.keyboard.press("Escape")
    await elira.keyboard.press("Control+z")
    await expect(nino.locator(".zone__t").first).to_have_text("On foot")


async def box(locator: Locator) -> FloatRect:
    found = await locator.bounding_box()
    assert found
    return found


@pytest.mark.long
async def test_a_zone_is_renamed_by_pressing_its_title_twice(hall: Hall) -> None:
    elira, nino = await hall.lead(), await hall.person("Nino")
    await elira.locator(".zone__t", has_text="By bus").dblclick()
    await elira.keyboard.type(" or tram")
    await elira.keyboard.press("Enter")
    await shown(nino, "On foot", "By bus or tram", "By bike and other ways")
    await elira.keyboard.press("?")
    await expect(elira.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await nino.locator(".zone__t", has_text="By bus").dblclick()
    await expect(nino.locator(".zone textarea")).to_have_count(0)
    await expect(nino.locator(".zone__more")).to_have_count(0)


async def test_zones_are_looked_after_by_keys_alone_and_only_empty_ones_go(hall: Hall) -> None:
    await hall.write("Walks", 0)
    elira, nino = await hall.lead(), await hall.person("Nino")
    press, focused = elira.keyboard.press, elira.locator(":focus")
    await elira.locator("#menu-button").focus()
    await press("Enter")
    await elira.get_by_role("button", name="Zones", exact=True).focus()
    await press("Enter")
    await expect(focused).to_have_accessible_name(re.compile("Rename On foot"))
    await press("Enter")
    await elira.keyboard.type("Walking")
    await press("Enter")
    await expect(focused).to_have_accessible_name(re.compile("Rename Walking"))
    await shown(nino, "Walking", "By bus", "By bike and other ways")
    for _ in range(3):
        await press("ArrowRight")
    await expect(focused).to_have_attribute("aria-label", "Delete Walking")
    await press("Enter")
    await expect(elira.locator("#toast")).to_contain_text("Only an empty zone can be deleted")
    assert await faults(elira) == []
    assert await elira.evaluate(SMALL_TARGETS) == []
    await elira.get_by_role("button", name="Delete By bus").focus()
    await press("Enter")
    await shown(nino, "Walking", "By bike and other ways")
    await expect(focused).to_have_accessible_name(re.compile("Rename By bike and other ways"))
    await press("Escape")
    await elira.locator("#toast").get_by_role("button", name="Undo").click()
    await shown(nino, "Walking", "By bus", "By bike and other ways")
    await elira.get_by_role("button", name="List").click()
    await elira.get_by_role("button", name="Zone By bus: rename, move, delete").click()
    await elira.get_by_role("button", name="By bus: one place earlier").click()
    await shown(nino, "By bus", "Walking", "By bike and other ways")
    assert await faults(elira) == []


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.long)])
async def test_zones_on_a_phone(hall: Hall, theme: str) -> None:
    elira = await hall.lead(viewport=PHONE, has_touch=True, is_mobile=True, color_scheme=theme)
    nino = await hall.person("Nino")
    await open_zones(elira)
    await elira.get_by_role("button", name="By bus: one place earlier").tap()
    await shown(nino, "By bus", "On foot", "By bike and other ways")
    assert await faults(elira) == []
    assert await elira.evaluate(SMALL_TARGETS) == []
    await elira.get_by_role("button", name="Add a zone").tap()
    await elira.keyboard.type("By train")
    await elira.keyboard.press("Enter")
    await shown(nino, "By bus", "On foot", "By bike and other ways", "By train")


async def framed(hall: Hall) -> dict[str, tuple[int, int]]:
    """A free board with a frame, a note in it, a group in it, and a note beside it."""
    await hall.open("free", [])
    frame = {"type": "create_frame", "id": "f" * 22, "title": "Centre"}
    await hall.ask({**frame, "x": 0, "y": 0, "w": 64_000, "h": 44_800})
    for text, x in (("Inside", 4_000), ("Beside", 80_000)):
        await hall.ask({"type": "create_note", "id": make_id(), "text": text, "x": x, "y": 12_000})
    cluster = {"type": "create_cluster", "id": "c" * 22, "name": "Both", "x": 30_000, "y": 8_000}
    await hall.ask(cluster)
    return await places(hall)


async def places(hall: Hall) -> dict[str, tuple[int, int]]:
    items = [i for kind in ("frame", "note", "cluster") for i in await hall.items(kind)]
    return {i.get("title") or i.get("text") or i["name"]: (i["x"], i["y"]) for i in items}


def moved(before: dict[str, tuple[int, int]], dx: int, dy: int) -> dict[str, tuple[int, int]]:
    stay = {"Beside": before["Beside"]}
    return {name: (x + dx, y + dy) for name, (x, y) in before.items()} | stay


async def test_a_frame_that_is_dragged_takes_along_what_lies_in_it_in_one_step(hall: Hall) -> None:
    before = await framed(hall)
    elira, nino = await hall.lead(), await hall.person("Nino")
    title = await box(elira.locator(".frame .zone__t"))
    zoom = (await box(elira.locator(".frame")))["width"] / 640
    x, y = title["x"] + 20, title["y"] + 8
    await elira.mouse.move(x, y)
    await elira.mouse.down()
    await elira.mouse.move(x + 40 * zoom, y + 24 * zoom, steps=4)
    await elira.mouse.move(x + 80 * zoom, y + 48 * zoom, steps=4)
    inside = await box(note(elira, "Inside"))
    assert inside["x"] > (await box(elira.locator(".frame")))["x"]
    await elira.mouse.up()
    await hall.until(lambda notes: any(n["x"] == 12_000 for n in notes.values()))
    assert await places(hall) == moved(before, 8_000, 4_800)
    await expect(elira.locator("#polite")).to_contain_text("Frame moved, with 2 things in it")
    await expect(note(nino, "Inside")).to_be_visible()
    await elira.get_by_role("button", name="Undo").click()
    await hall.until(lambda notes: any(n["x"] == 4_000 for n in notes.values()))
    assert await places(hall) == before


@pytest.mark.long
async def test_a_frame_is_moved_by_keys_with_what_lies_in_it(hall: Hall) -> None:
    before = await framed(hall)
    elira = await hall.lead()
    await note(elira, "Inside").click()
    await elira.keyboard.press("ArrowUp")
    await expect(elira.locator(".frame")).to_be_focused()
    await elira.keyboard.press("Escape")
    await elira.keyboard.press("Alt+Shift+ArrowRight")
    await hall.until(lambda notes: any(n["x"] == 8_000 for n in notes.values()))
    assert await places(hall) == moved(before, 4_000, 0)
    await expect(elira.locator(".frame")).to_be_focused()
    nino = await hall.person("Nino")
    await note(nino, "Inside").click()
    await nino.keyboard.press("ArrowUp")
    await expect(nino.locator(".frame")).not_to_be_focused()
