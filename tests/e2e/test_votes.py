"""Votes in Chromium: opened, voted on in every view, lost connections, one count, results that name nobody."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.boards import PHONE, Hall, faults, hall_of, is_sent, landed, note

IDEAS = [
    "Benches at every stop",
    "Shade on the square",
    "A night bus",
    "One ticket for all",
    "Safe crossings",
]


async def ideas(hall: Hall) -> list[str]:
    return [await hall.write(words, 0, at) for at, words in enumerate(IDEAS)]


async def open_vote(
    lead: Page, question: str = "Which first?", *, secret: bool = True, locks: bool = True
) -> None:
    await lead.locator("#menu-button").click()
    await lead.get_by_role("button", name="Open a vote", exact=True).click()
    await lead.get_by_role("textbox", name="Question").fill(question)
    if not secret:
        await lead.get_by_role("switch", name=re.compile("Secret until it closes")).click()
    if not locks:
        await lead.get_by_role("switch", name="Nobody writes or moves notes meanwhile").click()
    await lead.get_by_role("button", name="Open it for everyone").click()


async def close_vote(lead: Page) -> None:
    await lead.locator("#tray").get_by_role("button", name="Close the vote").click()
    await lead.get_by_role("button", name="Close and count").click()


def card(page: Page, words: str) -> Locator:
    return page.locator(".vc", has_text=words)


async def give(page: Page, *ideas: str) -> None:
    for idea in ideas:
        await card(page, idea).locator("[data-give]").click()


async def counted(page: Page) -> None:
    await expect(page.locator("#tray")).to_contain_text("Counted. You can change it")


async def votes(hall: Hall) -> list[dict[str, Any]]:
    found = await hall.house.rooms.state(f"workshop:{hall.opened.workshop}")
    assert found is not None
    return [dict(vote) for vote in found[1].of_kind("vote")]


async def test_three_people_vote_one_of_them_on_a_phone_and_the_result_names_nobody(
    hall: Hall,
) -> None:
    ids = await ideas(hall)
    elira = await hall.lead()
    nino, luka = await hall.person("Nino"), await hall.person("Luka")
    marko = await hall.person("Marko", 1, viewport=PHONE, has_touch=True, is_mobile=True)
    await elira.locator("#cockpit").get_by_role("button", name="Open a vote").click()
    await elira.locator("#vote-dialog").get_by_role("button", name="Not yet").click()
    await elira.locator("#room-button").click()  # the cockpit has its own walk
    await elira.locator("#menu-button").click()
    await elira.get_by_role("button", name="Open a vote", exact=True).click()
    await expect(elira.locator("#vote-dialog")).to_contain_text("5 options to vote on")
    await expect(elira.get_by_label("Dots each")).to_have_value("3")
    assert await faults(elira) == []
    await elira.get_by_role("textbox", name="Question").fill("Which first?")
    await elira.get_by_role("button", name="Open it for everyone").click()
    for page in (nino, luka, marko):
        await expect(page.locator("#tray")).to_contain_text("3 dots left")
        await expect(page.locator("#assertive")).to_contain_text("A vote is open: Which first?")
        await expect(page.locator(".vc")).to_have_count(5)
    await expect(elira.locator("#tray")).to_contain_text("Fewer than 5 people have voted")
    await give(nino, "A night bus", "A night bus")
    await expect(card(nino, "A night bus").locator("[data-give]")).to_have_attribute(
        "aria-disabled", "true"
    )
    await give(nino, "Safe crossings")
    await expect(nino.locator("#tray")).to_contain_text("0 dots left")
    await give(luka, "A night bus", "Benches")
    await give(marko, "A night bus", "Safe crossings", "Benches")
    for page in (nino, luka, marko):
        await counted(page)
    for page in (nino, marko):
        assert await faults(page) == []
    await close_vote(elira)
    for page in (elira, nino, luka, marko):
        await expect(page.locator(".rk").first).to_contain_text("A night bus")
    for page in (elira, luka, marko):
        assert await faults(page) == []
    totals = await elira.locator(".rk__v b").all_inner_texts()
    assert [words.split()[0] for words in totals] == ["4", "2", "2", "0", "0"]
    await expect(elira.locator(".rk__tie")).to_have_count(2)
    await expect(elira.locator(".cut")).to_contain_text("A tie lies across the line after 2")
    await elira.get_by_role("button", name="One fewer goes on").click()
    await expect(elira.locator(".cut")).to_contain_text("The 1 above goes on")
    await elira.get_by_role("button", name="One more goes on").click()
    await expect(elira.locator(".cut")).to_contain_text("A tie lies across the line after 2")
    await elira.get_by_role("button", name="As a table").click()
    await expect(elira.locator(".res__table tbody tr")).to_have_count(5)
    assert await faults(elira) == []
    await elira.get_by_role("button", name="Large, for the wall").click()
    (vote,) = await votes(hall)
    assert (vote["state"], vote["cast"], vote[f"total/{ids[2]}"]) == ("closed", 3, 4)


async def test_dots_are_put_on_the_board_in_the_list_and_by_key_and_said_aloud(hall: Hall) -> None:
    await ideas(hall)
    elira, nino = await hall.lead(), await hall.person("Nino")
    await open_vote(elira)
    await nino.locator("#tray [data-view]").click()
    await note(nino, "A night bus").click()
    toolbar = nino.locator("#toolbar")
    await toolbar.get_by_role("button", name="Give a dot").click()
    await expect(note(nino, "A night bus").locator(".note__dots")).to_have_text("1")
    await expect(nino.locator("#polite")).to_contain_text("1 dot here. 2 dots left")
    await nino.keyboard.press("Escape")
    await note(nino, "A night bus").focus()
    await nino.keyboard.press("v")
    await expect(note(nino, "A night bus").locator(".note__dots")).to_have_text("2")
    await nino.keyboard.press("v")
    await expect(nino.locator("#polite")).to_contain_text("At most 2 dots on one.")
    await nino.keyboard.press("Shift+V")
    await expect(note(nino, "A night bus")).to_have_attribute(
        "aria-label", re.compile("1 dot of yours")
    )
    await nino.keyboard.press("l")
    row = nino.locator(".li", has_text="Safe crossings")
    await row.get_by_role("button", name="Give a dot").click()
    await expect(row).to_contain_text("1 dot of yours")
    assert await faults(nino) == []
    await nino.keyboard.press("Escape")
    await nino.locator("#tray [data-view]").click()
    first = card(nino, "Benches").locator("[data-give]")
    await first.focus()
    await nino.keyboard.press("v")
    await expect(nino.locator("#tray")).to_contain_text("0 dots left")
    await nino.keyboard.press("Shift+V")
    await expect(first).to_be_focused()
    await counted(nino)
    await expect(elira.locator(".note__dots")).to_have_count(0)


@pytest.mark.long
async def test_a_ballot_put_without_a_connection_is_marked_survives_the_page_and_is_counted_on_return(
    hall: Hall,
) -> None:
    await ideas(hall)
    elira, nino = await hall.lead(), await hall.person("Nino")
    await open_vote(elira)
    await give(nino, "A night bus")
    await counted(nino)
    await nino.context.set_offline(True)
    await give(nino, "Benches")
    await expect(nino.locator("#tray")).to_contain_text(
        "Not counted yet. It is sent when you are back."
    )
    await nino.goto("about:blank")
    await nino.context.set_offline(False)
    await nino.goto(f"{hall.url}/b/{hall.opened.board}")
    await landed(nino)
    await expect(card(nino, "Benches")).to_have_class(re.compile("is-mine"))
    await counted(nino)
    other = await nino.context.new_page()  # another page of the same person: from the server
    await other.goto(f"{hall.url}/b/{hall.opened.board}")
    await landed(other)
    await expect(other.locator(".vc.is-mine")).to_have_count(2)
    await expect(other.locator("#tray")).to_contain_text("1 dot left")


@pytest.mark.long
async def test_dots_that_come_after_the_close_are_refused_in_words_and_named(hall: Hall) -> None:
    await ideas(hall)
    elira, nino = await hall.lead(), await hall.person("Nino")
    await open_vote(elira)
    await expect(nino.locator("#tray")).to_contain_text("3 dots left")
    await nino.context.set_offline(True)
    await give(nino, "A night bus")
    await close_vote(elira)
    await expect(elira.locator("#vote")).to_contain_text("Nobody has voted.")
    await nino.context.set_offline(False)
    toast = nino.locator("#toast")
    await expect(toast).to_contain_text("The vote closed before these dots were counted.")
    await expect(toast).to_contain_text("“A night bus” 1")


@pytest.mark.long
async def test_fewer_than_three_secret_ballots_are_not_told_and_a_cancelled_vote_has_no_result(
    hall: Hall,
) -> None:
    await ideas(hall)
    elira, nino = await hall.lead(), await hall.person("Nino")
    await open_vote(elira)
    await give(nino, "A night bus")
    await counted(nino)
    await close_vote(elira)
    await expect(nino.locator("#vote")).to_contain_text(
        "With fewer than 3 ballots a secret vote has no result"
    )
    await nino.locator("#vote").press("Escape")
    await open_vote(elira)
    await expect(nino.locator("#tray")).to_contain_text("3 dots left")
    await elira.get_by_role("button", name="More about this vote").click()
    await elira.get_by_role("button", name="Cancel the vote").click()
    await elira.get_by_role("button", name="Cancel it").click()
    await expect(nino.locator("#toast")).to_contain_text("The vote was cancelled.")
    await expect(nino.locator("#composer textarea")).to_be_visible()


@pytest.mark.long
async def test_an_open_vote_shows_dots_at_once_a_tie_goes_to_a_second_round_and_one_votes_for_another(
    hall: Hall,
) -> None:
    await ideas(hall)
    elira = await hall.lead()
    nino, luka = await hall.person("Nino"), await hall.person("Luka", 1)
    await open_vote(elira, secret=False)
    await give(nino, "A night bus", "Benches")
    await counted(nino)
    await expect(card(luka, "A night bus")).to_contain_text("1 dot so far")
    await elira.get_by_role("button", name="More about this vote").click()
    await elira.get_by_role("button", name="Vote for somebody without a device").click()
    await elira.locator("#popover").get_by_role("button", name="Luka").click()
    await expect(elira.locator("#tray")).to_contain_text("For Luka: 3 dots left")
    await give(elira, "A night bus", "Shade")
    await counted(elira)
    await elira.get_by_role("button", name="Done").click()
    await close_vote(elira)
    await expect(elira.locator("#vote")).to_contain_text("1 ballot was given by a facilitator")
    await elira.get_by_role("button", name="Vote on the tie").click()
    await expect(elira.locator("#vote-dialog")).to_contain_text("2 options to vote on")
    await elira.get_by_role("button", name="Open it for everyone").click()
    await expect(nino.locator(".vc")).to_have_count(2)
    await give(nino, "Shade")
    await counted(nino)
    after, before = await votes(hall), None
    assert [vote.get("after") for vote in after] == [before, after[0]["id"]]


@pytest.mark.long
async def test_nobody_who_writes_is_taken_away_by_a_vote(hall: Hall) -> None:
    await ideas(hall)
    elira, nino = await hall.lead(), await hall.person("Nino")
    await nino.locator("#composer textarea").fill("Half a")
    await open_vote(elira, locks=False)
    await expect(nino.locator("#toast")).to_contain_text(
        "A vote is open. It comes when you have finished writing."
    )
    await expect(nino.locator("#composer textarea")).to_be_focused()
    await nino.keyboard.type(" thought")
    await expect(nino.locator("#vote")).to_be_hidden()
    await nino.keyboard.press("Enter")
    await expect(note(nino, "Half a thought")).to_have_count(1)
    await expect(nino.locator(".vc")).to_have_count(5)
    await is_sent(nino)


@pytest.mark.long
async def test_a_server_that_stops_with_a_vote_open_comes_back_with_every_ballot(
    tmp_path: Path, new_context: Any
) -> None:
    """The second server listens where the first did, on the same data."""
    async with hall_of(tmp_path, new_context) as hall:
        await ideas(hall)
        elira = await hall.lead()
        people = [await hall.person(name) for name in ("Nino", "Luka", "Ana")]
        await open_vote(elira)
        for page in people:
            await give(page, "A night bus")
            await counted(page)
    await give(people[0], "Benches")
    await expect(people[0].locator("#tray")).to_contain_text("Not counted yet")
    async with hall_of(tmp_path, new_context, again=hall):
        await counted(people[0])
        await close_vote(elira)
        await expect(people[2].locator(".rk").first.locator(".rk__v b")).to_have_text(
            re.compile("^3")
        )
        await expect(people[1].locator(".rk").nth(1)).to_contain_text("Benches")
