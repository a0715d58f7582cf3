"""The dress rehearsal: three hours of a workshop with people by script and in browsers, told to a quicker clock.

Each step of the day is a function. What people wrote and voted is written down as it happens, and compared at the end.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from codesign import client, connection
from codesign.core.hashing import state_hash
from codesign.live import frames
from codesign.live.room import Room
from tests.e2e.boards import CITIES, is_sent, note
from tests.e2e.crowd import Crowd, Person
from tests.e2e.rehearsing import MINUTE, Day, gathered_for
from tests.e2e.restarting import Restarting, restarting_hall
from tests.e2e.wires import Wire

THEMES = ["Benches", "Shade", "Buses at night", "Tickets", "Crossings", "Bicycles"]


@pytest.fixture
async def hall(
    tmp_path: Path, new_context: Any, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Restarting]:
    monkeypatch.setattr(connection, "LEAST_WAIT", 0.05)
    monkeypatch.setattr(connection, "MOST_WAIT", 0.5)
    monkeypatch.setattr(client, "BEAT_SECONDS", 0.2)
    # People by script wait for answers in the threads in which the server, here in one process with them, reads.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(100))
    async with restarting_hall(tmp_path, new_context) as found:
        yield found


# The steps of the day


async def writing(day: Day) -> None:
    """Nobody sees a word of others; one loses the connection in the middle of it; the reveal comes by itself."""
    await day.start("Write")
    await day.crowd.until(lambda person: person.page.sync.hides)
    before = await day.hall.notes()
    away = day.taking_part[-1]
    await away.context.set_offline(True)
    for at, person in enumerate(day.crowd):
        day.written.add(text := f"{person.name} waits for a bus")
        person.write(text, zone=at % 3)
    await asyncio.gather(*(person.page.drop() for person in day.crowd[::4]))
    for at, page in enumerate(day.taking_part):
        day.written.add(text := f"Browser {at} walks in the sun")
        await day.write(page, text)
    await away.context.set_offline(False)
    await day.crowd.saved()
    for page in day.taking_part:
        await is_sent(page)
        await expect(page.locator(".note:not(.is-ghost)")).to_have_count(1)
    assert await day.hall.notes() == before == {}
    await expect(day.lead.locator(".note:not(.is-ghost)")).to_have_count(0)
    await day.later(10)
    for page in day.pages:
        await expect(page.locator("#room-notice")).to_contain_text(
            "The notes are shown to everyone"
        )
    await day.later(0.2)
    await day.crowd.until(lambda person: set(person.notes.values()) == day.written)
    for page in day.pages:
        await expect(note(page, "waits for a bus").first).to_be_visible()
    left = (await day.fields())["timer_ends"] - day.hall.clock.now()
    assert 14 * MINUTE < left < 15 * MINUTE  # what is left of the step
    await day.later(15)
    assert (await day.fields())["stage"] == "open"


async def grouping(day: Day) -> None:
    """Some make groups, and everyone puts notes into one."""
    groups: list[str] = []
    for person, theme in zip(day.crowd, THEMES, strict=False):
        groups.append(person.page.new_id())
        op = {"type": "create_cluster", "id": groups[-1], "name": theme}
        person.page.ask({**op, **person.page.spot()})
    await day.crowd.saved()
    await day.crowd.until(lambda person: len(person.of_kind("cluster")) == len(groups))
    for at, id in enumerate(sorted(day.crowd[0].notes)):
        person = day.crowd[at % len(day.crowd)]
        move = {"type": "move_item", "id": id, "cluster": groups[at % len(groups)]}
        person.page.ask({**move, **person.page.spot()})
    await day.crowd.saved()
    await day.crowd.until(lambda p: all("cluster" in note for note in p.of_kind("note")))


async def voting(day: Day, by: Page) -> None:
    """Secret; everybody votes, some change their mind, some lose the line; the result is who counted it here."""
    await by.locator("#cockpit").get_by_role("button", name="Open a vote").click()
    await by.get_by_role("textbox", name="Question").fill("Which first?")
    await by.get_by_role("button", name="Open it for everyone").click()
    await day.crowd.until(lambda person: bool(person.of_kind("vote", person.page.workshop)))
    (vote,) = await day.of_kind("vote")
    options = sorted(key.removeprefix("option/") for key in vote if key.startswith("option/"))
    for at, person in enumerate(day.crowd):
        person.page.vote(vote["id"], {options[(at + 1) % len(options)]: 1})
        dots = {options[at % len(options)]: 2, options[(at * at + 1) % len(options)]: 1}
        dots = {one: min(vote["cap"], count) for one, count in dots.items()}
        person.page.vote(vote["id"], dots)
        day.dots.update(dots)
    await asyncio.gather(*(person.page.drop() for person in day.crowd[1::4]))
    for page in day.taking_part:
        card = page.locator(".vc").first
        await card.locator("[data-give]").click()
        await expect(page.locator("#tray")).to_contain_text("Counted. You can change it")
    if len(day.pages) > 2:
        await day.hall.restart()
    await day.crowd.saved()
    assert all(person.page.ballots.refused == [] for person in day.crowd)
    await by.locator("#tray").get_by_role("button", name="Close the vote").click()
    await by.get_by_role("button", name="Close and count").click()
    for page in day.pages:
        await expect(page.locator(".rk").first).to_be_visible()
    for page in day.taking_part:
        await expect(page.locator(".composer__add")).to_have_attribute("aria-disabled", "true")
    await day.crowd.until(lambda p: p.of_kind("vote", p.page.workshop)[0]["state"] == "closed")


async def judge_votes(day: Day) -> None:
    """Everyone who could vote did, and the dots are those that were given: by option and by city."""
    (vote,) = await day.of_kind("vote")
    cast = len(day.crowd) + len(day.taking_part)
    assert (vote["cast"], vote["voters"], vote["given"]) == (cast, cast, 0)
    totals = Counter({k.removeprefix("total/"): v for k, v in vote.items() if k[:6] == "total/"})
    assert sum(totals.values()) == sum(day.dots.values()) + len(day.taking_part)
    by_browsers = totals - day.dots
    assert (day.dots - totals, sum(by_browsers.values())) == (Counter(), len(day.taking_part))
    assert sum(v for k, v in vote.items() if k.startswith("ballots/")) in (0, cast)


async def made_tables(day: Day) -> None:
    await day.lead.locator("#tables-button").click()
    panel = day.lead.locator("#tables")
    await panel.get_by_label("How many tables").fill(str(day.tables))
    await panel.get_by_role("button", name="Make tables", exact=True).click()
    await expect(panel.locator(".tb")).to_have_count(day.tables)
    await panel.get_by_role("button", name="Seat people").click()
    await day.lead.get_by_role("menuitem", name="Spread the cities").click()
    await expect(panel).not_to_contain_text("Not at a table")


async def at_tables(day: Day) -> None:
    """Somebody comes late; the server ends in the middle and everything is as it was."""
    lead, panel = day.lead, day.lead.locator("#tables")
    await day.crowd.until(lambda person: person.table is not None)
    await day.crowd.all(lambda person: person.go())
    late = await Person.come(day.link, "Late Lejla", CITIES[1])
    day.crowd.append(late)
    assert late.table is not None
    await late.go()
    await write_at_tables(day, "finds a place")
    for page in day.taking_part:
        await expect(page.locator(".at-table")).to_be_visible(timeout=15_000)
    before, seats = await day.fields(), await day.of_kind("seating")
    full = Counter(table for key, table in seats[0].items() if key.startswith("sits/"))
    assert max(full.values()) - min(full.values()) <= 1  # whoever came late, too
    await day.hall.restart()
    assert (await day.fields(), await day.of_kind("seating")) == (before, seats)
    assert before["timer_ends"] > day.hall.clock.now()
    for page in day.taking_part:
        day.at_tables.add(text := f"Written while nobody was there {len(day.at_tables)}")
        await day.write(page, text)
        await is_sent(page)
    await panel.get_by_role("button", name="Gather on the board").click()
    await is_sent(lead)
    await write_at_tables(day, "writes on")
    if len(day.pages) == 2:
        return
    await expect(panel.locator(".tb__note").first).to_be_visible(timeout=15_000)
    await day.taking_part[0].reload()
    await expect(day.taking_part[0].locator(".at-table")).to_be_visible()
    await day.shows_one_time()


async def write_at_tables(day: Day, words: str) -> None:
    """Everyone sees what their table wrote, and nothing of the others."""
    for person in day.crowd:
        day.at_tables.add(text := f"{person.name} {words}")
        person.write(text)
    await day.crowd.saved()
    theirs = Counter(str(person.table["board"]) for person in day.crowd if person.table)
    assert len(theirs) == day.tables

    def sees_their_table(person: Person) -> bool:
        there = [text for text in person.notes.values() if text.endswith(words)]
        return len(there) == theirs[person.place.board]

    await day.crowd.until(sees_their_table)


async def gathering(day: Day, by: Page) -> None:
    """Everyone is back, and what the tables wrote is on the board; asked again, twice, by two, it is there once."""
    await day.crowd.until(lambda person: person.table is None)
    await day.crowd.all(lambda person: person.go())
    if await by.locator("#tables").is_hidden():
        await by.locator("#tables-button").click()
    for page in (by, day.lead, by):
        await page.locator("#tables").get_by_role("button", name="Gather on the board").click()
    for page in (by, day.lead):
        await is_sent(page)
    both = sorted([*day.written, *day.at_tables])
    await day.crowd.until(lambda person: sorted(person.notes.values()) == both)
    for page in day.taking_part:
        await expect(page.locator(".at-table")).to_have_count(0, timeout=15_000)
        await page.locator("#board[data-ready]").wait_for()
    await expect(day.taking_part[0].locator("#tabs")).to_contain_text(f"Table {day.tables}")
    await judge_gathered(day)


async def judge_gathered(day: Day) -> None:
    """Once each, with its author and the table it was written at."""
    people = {person["id"]: person["name"] for person in await day.of_kind("person")}
    gathered = [n for n in (await day.hall.notes()).values() if "origin/board" in n]
    assert sorted(n["text"] for n in gathered) == sorted(day.at_tables)
    for one in gathered:
        if (name := people[one["by"]]) not in ("Marko", "Drita"):
            assert one["text"].startswith(name)
    where = {one["text"]: one["origin/number"] for one in gathered}
    assert len(set(where.values())) == day.tables
    for person in day.crowd:
        assert where[f"{person.name} finds a place"] == where[f"{person.name} writes on"]


async def judge_copies(day: Day) -> None:
    """The server, everyone by script, somebody new and every browser hold the same."""
    rooms = day.hall.house.rooms
    await day.crowd.saved()
    for page in day.pages:
        await is_sent(page)
    await day.hall.house.rooms.effects.run_due()
    new = Person(day.crowd[0].place, "a second page of the first")
    await new._open()
    everyone = Crowd([*day.crowd, new])
    for stream in (day.room, day.hall.stream):
        room = await rooms.open(stream)
        assert room is not None
        await everyone.until(partial(has_all, room))
        seen = {state_hash(person.page.sync.confirmed(stream)) for person in everyone}
        assert seen == {state_hash(room.state)}
        await agree(day, room)
    assert all(person.page.refused == [] for person in day.crowd)
    await new.leave()


def has_all(room: Room, person: Person) -> bool:
    return person.page.view(room.stream).seq == room.seq


async def agree(day: Day, room: Room) -> None:
    """A page that is told a hash which is not its own fetches the snapshot: at the true one none does."""
    while not room.encoded.hash_some():
        pass
    true = room.encoded.xor
    for xor, fetches in ((true, 0), (true ^ 1, 1)):
        wires = [day.wires[page] for page in day.pages]
        before = [(w.beacons(room.stream, room.seq), w.fetched(room.stream)) for w in wires]
        room.tell(frames.beacon(room.stream, room.seq, len(room.state), xor))
        for wire, (heard, fetched) in zip(wires, before, strict=True):
            await wire.until(partial(hears_more, room, heard, fetched + fetches))
            await wire.learns_the_time()
            assert wire.fetched(room.stream) == fetched + fetches


def hears_more(room: Room, heard: int, fetched: int, wire: Wire) -> bool:
    return wire.beacons(room.stream, room.seq) > heard and wire.fetched(room.stream) >= fetched


# The days


@pytest.mark.long
async def test_three_hours_with_forty_people_by_script_and_four_in_browsers(
    hall: Restarting,
) -> None:
    day = await gathered_for(hall, 40, tables=6, whole=True)
    co_lead = day.pages[2]
    await day.plan()
    await day.start("Welcome")
    await day.later(10)
    await writing(day)
    await day.start("Group", co_lead)
    await grouping(day)
    await day.later(20)
    await day.start("Vote")
    await voting(day, co_lead)
    await judge_votes(day)
    await day.later(15)
    await day.start("Break", co_lead)
    await made_tables(day)
    await day.later(17)
    await expect(day.lead.locator(".runbar__start")).to_contain_text("for everyone, at 6 tables")
    await day.start("Tables")
    await at_tables(day)
    await day.later(43)
    await day.start("Gather")
    await gathering(day, co_lead)
    await day.later(10)
    await day.start("Report back", co_lead)
    await day.later(25)
    await day.start("Next steps")
    for person in day.crowd:
        person.write(f"{person.name} calls the mayor")
    await judge_copies(day)


async def test_an_hour_with_eight_people_by_script_and_two_in_browsers(hall: Restarting) -> None:
    day = await gathered_for(hall, 8, tables=3, whole=False)
    await day.plan("Write", "Vote", "Tables", "Gather")
    await writing(day)
    await day.start("Vote")
    await voting(day, day.lead)
    await judge_votes(day)
    await day.start("Tables")
    await made_tables(day)
    await day.lead.locator("#tables").get_by_role("button", name="Open for everyone").click()
    await at_tables(day)
    await day.start("Gather")
    await gathering(day, day.lead)
    await judge_copies(day)
