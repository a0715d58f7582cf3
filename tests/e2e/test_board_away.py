"""The board without a network, and what could not be done: nothing typed is lost, nothing is done twice."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.e2e.boards import Hall, add, field, is_sent, landed, note, refusals


async def test_offline_is_said_writing_goes_on_and_is_sent_once_on_return(hall: Hall) -> None:
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await nino.context.set_offline(True)
    await add(nino, "Written in the tunnel")
    await expect(nino.locator("#banner")).to_contain_text(re.compile("offline|Connecting again"))
    await expect(note(nino, "Written in the tunnel")).to_contain_text(
        "Will be sent when you are back"
    )
    await expect(note(nino, "Written in the tunnel")).to_have_class(re.compile("is-pending"))
    assert await hall.notes() == {}
    await nino.context.set_offline(False)
    await expect(nino.locator("#banner")).to_contain_text("You are back. 1 note sent.")
    await expect(note(marko, "Written in the tunnel")).to_be_visible()
    await expect(note(nino, "Written in the tunnel")).not_to_contain_text("Will be sent")
    assert [v["text"] for v in (await hall.notes()).values()] == ["Written in the tunnel"]


async def test_closing_the_tab_offline_keeps_the_notes_for_the_next_visit(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await nino.context.set_offline(True)
    await add(nino, "Kept on this device")
    await nino.locator("#board[data-unsent='1']").wait_for()
    address, context = nino.url, nino.context
    await nino.close()
    await context.set_offline(False)
    again = await context.new_page()
    await again.goto(address)
    await landed(again)
    # At once, since the page that closed said so; or, where the browser gave it no time to, when its lease has run out
    # (10 s) and the queues are looked at again (5 s).
    await expect(note(again, "Kept on this device")).to_be_visible(timeout=18_000)
    await hall.until(lambda n: [v["text"] for v in n.values()] == ["Kept on this device"])


@pytest.mark.long
async def test_words_for_a_note_that_is_gone_are_offered_back(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await add(nino, "Bench")
    await is_sent(nino)
    [id] = await hall.notes()
    await nino.context.set_offline(True)
    await nino.keyboard.press("ArrowUp")
    await nino.keyboard.type(" at the market")
    await nino.keyboard.press("Enter")
    await hall.ask({"type": "delete_item", "id": id})
    await nino.context.set_offline(False)
    panel = await refusals(nino)
    await expect(panel).to_contain_text("“Bench at the market”: the words were not changed.")
    await expect(panel).to_contain_text("somebody deleted it")
    await expect(panel.get_by_role("textbox")).to_have_value("Bench at the market")
    await panel.get_by_role("button", name="Put back in the field").click()
    await expect(field(nino)).to_have_value("Bench at the market")


async def test_a_locked_board_says_who_locked_it_and_keeps_the_words(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await field(nino).fill("In the middle of")
    await hall.ask_workshop({"type": "set_stage", "stage": "locked"})
    await expect(nino.locator("#banner")).to_contain_text("has locked the board")
    await expect(nino.locator("#assertive")).to_contain_text("has locked the board")
    await expect(field(nino)).to_have_value("In the middle of")
    await hall.ask_workshop({"type": "set_stage", "stage": "open"})
    await expect(nino.locator("#banner")).to_be_empty()


async def test_who_is_removed_keeps_the_words_and_writes_no_more(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await field(nino).fill("In the middle of")
    person = next(p for p in await hall.people() if p["name"] == "Nino")
    await hall.ask_workshop({"type": "remove_person", "person": person["id"]})
    await expect(nino.locator("#banner")).to_contain_text("has closed your place")
    await expect(field(nino)).to_have_value("In the middle of")
    await expect(field(nino)).not_to_be_editable()
    await field(nino).press("Enter")
    await expect(nino.locator("#toast")).to_contain_text("has closed your place")
    assert await hall.notes() == {}


@pytest.mark.long
async def test_what_someone_else_changed_meanwhile_is_offered_both_ways(hall: Hall) -> None:
    """P4.8: not overwritten when the other's change is more than ten seconds old."""
    nino = await hall.person("Nino")
    await add(nino, "Mine")
    await is_sent(nino)
    [id] = await hall.notes()
    marko = await hall.person("Marko", 1)
    person = next(p for p in await hall.people() if p["name"] == "Marko")
    await nino.context.set_offline(True)
    hall.clock.offset += 60_000
    await hall.ask(
        {"type": "move_item", "id": id, "region": hall.opened.regions[1], "order": "a5"},
        person["id"],
    )
    hall.clock.offset += 60_000
    await note(nino, "Mine").click()
    await nino.keyboard.press("Delete")
    await nino.context.set_offline(False)
    await expect(nino.locator("#banner")).to_contain_text(re.compile("You are back.$"))
    panel = await refusals(nino)
    await expect(panel).to_contain_text("“Mine” was not deleted.")
    await expect(panel).to_contain_text("Marko changed this while you were away.")
    await expect(note(nino, "Mine")).to_be_visible()
    await expect(note(marko, "Mine")).to_be_visible()
    await panel.get_by_role("button", name="Delete anyway").click()
    await hall.until(lambda n: n == {})
