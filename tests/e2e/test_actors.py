"""Maps of actors: one actor on two boards at once, placed by hand, by key and by menu, in the list and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from codesign.store import workshops
from codesign.web.opening import Look, open_board
from tests.e2e.boards import PHONE, Hall, faults, is_sent, landed

GRID, RINGS = "Grid", "Rings"


async def opened(hall: Hall) -> dict[str, str]:
    """A workshop that begins with the grid, and has the map of the same actors beside it."""
    await hall.open("grid2", [])
    row = await workshops.workshop(hall.house.database, hall.opened.workshop)
    assert row is not None
    rings = await open_board(hall.house, row, Look(RINGS, "Who decides?", "rings"))
    return {GRID: hall.opened.board, RINGS: rings}


async def go(hall: Hall, page: Page, board: str) -> None:
    await page.goto(f"{hall.url}/b/{board}")
    await landed(page)


async def name(page: Page, words: str, kind: str = "Public authority") -> None:
    await page.get_by_label("Kind of actor").select_option(label=kind)
    await page.get_by_label("Name an actor").fill(words)
    await page.get_by_label("Name an actor").press("Enter")


def actor(page: Page, words: str) -> Locator:
    return page.locator("button.actor", has_text=words)


async def records(hall: Hall, side: str = "register") -> dict[str, dict[str, Any]]:
    row = await workshops.workshop(hall.house.database, hall.opened.workshop)
    assert row is not None
    found = await hall.house.rooms.state(f"{side}:{row.programme}")
    assert found is not None
    return {item.get("name", item["id"]): item for item in found[1].all()}


async def middle(of: Locator) -> tuple[float, float]:
    box = await of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


async def test_one_actor_is_moved_on_the_grid_and_on_the_map_and_both_see_it_live(
    hall: Hall,
) -> None:
    boards = await opened(hall)
    anna, boris = await hall.person("Anna"), await hall.person("Boris")
    await go(hall, boris, boards[RINGS])
    await name(anna, "City council")
    await expect(actor(boris, "City council")).to_be_visible()  # in the tray of the map
    await actor(anna, "City council").click()
    await anna.get_by_role("button", name="Power 4 of 4, interest 2 of 4").click()
    await anna.keyboard.press("Escape")
    await actor(boris, "City council").click()
    dialog = boris.get_by_role("dialog", name="City council")
    await dialog.get_by_role("button", name="key", exact=True).click()
    await boris.keyboard.press("Escape")
    await expect(boris.locator(".actors__plane button.actor")).to_have_count(1)
    await is_sent(boris)
    council = (await records(hall))["City council"]
    said = {key: council[key] for key in ("power", "interest", "class", "sector")}
    assert said == {"power": 88, "interest": 38, "class": "key", "sector": "state"}
    # Renamed on the map, read on the grid; the words are one text that both may write in.
    await actor(boris, "City council").press("e")
    await boris.get_by_label("Name", exact=True).press("End")
    await boris.get_by_label("Name", exact=True).press_sequentially(" of Kutaisi")
    await expect(actor(anna, "City council of Kutaisi")).to_be_visible()


async def test_an_actor_is_dragged_nudged_and_put_back_by_undo(hall: Hall) -> None:
    await opened(hall)
    anna = await hall.person("Anna")
    await name(anna, "Riders", "Civil society, residents")
    plane = anna.locator(".actors__plane")
    box = await plane.bounding_box()
    assert box is not None
    x, y = await middle(actor(anna, "Riders"))
    await anna.mouse.move(x, y)
    await anna.mouse.down()
    await anna.mouse.move(x + 20, y + 20)
    await anna.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.8)
    await anna.mouse.up()
    riders = plane.locator("button.actor", has_text="Riders")
    await expect(riders).to_be_visible()
    await is_sent(anna)
    place = (await records(hall))["Riders"]
    assert abs(place["interest"] - 75) <= 2
    assert abs(place["power"] - 20) <= 2
    await riders.focus()
    await riders.press("Alt+ArrowUp")
    await expect(riders).to_contain_text(f"power {place['power'] + 2} of 100")
    await riders.press("Control+z")
    await expect(riders).to_contain_text(f"power {place['power']} of 100")


@pytest.mark.long
async def test_what_only_those_who_lead_know_is_on_no_other_page(hall: Hall) -> None:
    boards = await opened(hall)
    elira, anna = await hall.lead(), await hall.person("Anna")
    heard: list[str] = []
    anna.on("websocket", lambda socket: socket.on("framereceived", lambda f: heard.append(str(f))))
    await anna.reload()
    await landed(anna)
    await name(elira, "Minibus operators", "Operator, business")
    await name(elira, "City council")
    await actor(elira, "Minibus operators").press("e")
    await elira.get_by_label("Can stop it").check()
    await elira.get_by_label("Contact").fill("tremulous-canary")
    await elira.get_by_label("Contact").press("Tab")
    await elira.keyboard.press("Escape")
    await actor(elira, "Minibus operators").press("c")
    await elira.locator("[name=to]").select_option(label="City council")
    await elira.locator("[name=type]").select_option(label="tension")
    await elira.get_by_role("button", name="Add the relation").click()
    await expect(actor(elira, "Minibus operators").get_by_text("veto")).to_be_visible()
    await is_sent(elira)
    assert len(await records(hall, "closed")) == 2
    await go(hall, anna, boards[RINGS])
    await expect(actor(anna, "Minibus operators")).to_be_visible()
    await actor(anna, "Minibus operators").press("e")
    await expect(anna.get_by_role("dialog")).to_be_visible()
    await expect(anna.get_by_label("Can stop it")).to_have_count(0)
    told = "".join(heard) + await anna.content()
    for word in ("tremulous-canary", "tension", "veto"):
        assert word not in told


@pytest.mark.long
async def test_several_people_place_an_actor_and_their_difference_is_named(hall: Hall) -> None:
    await opened(hall)
    anna, boris = await hall.person("Anna"), await hall.person("Boris")
    await name(anna, "Tourism firms", "Operator, business")
    await actor(anna, "Tourism firms").click()
    await anna.get_by_role("button", name="Power 2 of 4, interest 2 of 4").click()
    await anna.keyboard.press("Escape")
    for page, cell in (
        (anna, "Power 1 of 4, interest 1 of 4"),
        (boris, "Power 4 of 4, interest 1 of 4"),
    ):
        await page.locator(".actors__side").get_by_role("button", name="Show").click()
        await page.get_by_role("switch", name="Only how I see it").click()
        await actor(page, "Tourism firms").click()
        await page.get_by_role("button", name=cell).click()
        await page.keyboard.press("Escape")
    await anna.get_by_role("button", name="What stands out").click()
    await expect(anna.get_by_text("Tourism firms: 2 people, 75 apart")).to_be_visible()
    # What was agreed stays what it was.
    await is_sent(boris)
    firms = (await records(hall))["Tourism firms"]
    assert (firms["power"], firms["interest"]) == (38, 38)


@pytest.mark.long
async def test_deleting_asks_where_it_is_used_and_merging_keeps_the_place(hall: Hall) -> None:
    boards = await opened(hall)
    anna = await hall.person("Anna")
    for words in ("Council", "The council"):
        await name(anna, words)
    await actor(anna, "The council").click()
    await anna.get_by_role("button", name="Power 4 of 4, interest 4 of 4").click()
    await anna.keyboard.press("Escape")
    await anna.locator(".tray button.actor", has_text="Council").press("e")
    await anna.get_by_role("button", name="It is the same as…").click()
    await anna.get_by_label("The same as").select_option(label="The council")
    await anna.get_by_role("button", name="Merge", exact=True).click()
    await expect(anna.locator("button.actor")).to_have_count(1)
    await go(hall, anna, boards[GRID])
    await actor(anna, "The council").press("e")
    await anna.get_by_role("button", name="Delete", exact=True).click()
    await expect(anna.get_by_text("Boards that show it: Cities on the move.")).to_be_visible()
    await anna.get_by_role("button", name="Delete for everyone").click()
    await expect(anna.locator("button.actor")).to_have_count(0)


async def test_the_list_and_the_phone_can_do_it_all(hall: Hall) -> None:
    boards = await opened(hall)
    anna = await hall.person("Anna")
    phone = await hall.person("Boris", viewport=PHONE)
    await name(phone, "Eco club", "Civil society, residents")
    for page, cell in (
        (phone, "Power 2 of 4, interest 4 of 4"),
        (anna, "Power 4 of 4, interest 4 of 4"),
    ):
        if page is anna:
            await page.get_by_role("button", name="List").click()
        row = page.locator(".al__row", has_text="Eco club")
        await row.get_by_role("button", name="Move to").click()
        await page.get_by_role("button", name=cell).click()
        await page.keyboard.press("Escape")
    await expect(
        phone.locator(".al", has_text="Work closely").get_by_text("Eco club")
    ).to_be_visible()
    for page in (anna, phone):
        assert await faults(page) == []
        await go(hall, page, boards[RINGS])
        assert await faults(page) == []


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.long)])
async def test_planes_are_free_of_faults(hall: Hall, theme: str) -> None:
    boards = await opened(hall)
    page = await hall.person("Anna", color_scheme=theme)
    await name(page, "City council")
    await name(page, "Riders", "Civil society, residents")
    for board in boards.values():
        await go(hall, page, board)
        await actor(page, "City council").click()
        assert await faults(page) == []
