"""The client that people script against, over real sockets to a real server."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from codesign.app import create_app
from codesign.client import Over, Page, Place, join
from codesign.settings import Settings
from codesign.store import workshops
from codesign.visiting import read_board_page, read_join_page
from codesign.web.house import House
from codesign.web.opening import Opened, Plan, open_workshop
from tests.builders import ANNA, BOARD, BORIS, VERA, WORKSHOP
from tests.services import serve
from tests.store.prepared import lay_sqlite
from tests.web.served import Served, serving


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving() as served:
        yield served


def place(served: Served, person: str) -> Place:
    return Place(served.origin, BOARD, WORKSHOP, person, served.headers(person))


def note(page: Page, text: str) -> str:
    note_id = page.new_id()
    page.ask({"type": "create_note", "id": note_id, "text": text, **page.spot()})
    return note_id


def notes_of(page: Page) -> list[dict[str, Any]]:
    return [item for item in page.items.values() if item["kind"] == "note"]


def has_notes(page: Page, count: int) -> bool:
    return len(notes_of(page)) == count


def hides(page: Page) -> bool:
    return page.sync.hides


async def test_what_one_writes_the_other_sees(served: Served) -> None:
    async with Page(place(served, ANNA)) as anna, Page(place(served, BORIS)) as boris:
        water = note(anna, "Water")
        assert anna.items[water]["text"] == "Water"
        await anna.saved()
        await boris.until(lambda: water in boris.items)
        assert boris.items[water] == anna.items[water]


async def test_two_who_type_in_one_text_keep_every_letter(served: Served) -> None:
    async with Page(place(served, ANNA)) as anna, Page(place(served, BORIS)) as other:
        line = anna.new_id()
        ends = {"from": note(anna, "from"), "to": note(anna, "to")}
        anna.ask({"type": "create_connector", "id": line, "label": "|", **ends})
        await anna.saved()
        await other.until(lambda: line in other.items)
        for _ in range(30):
            anna.write(line, "a" + anna.items[line]["label"], "label")
            other.write(line, other.items[line]["label"] + "b", "label")
            await asyncio.sleep(0)
        await asyncio.gather(anna.saved(), other.saved())
        both = "a" * 30 + "|" + "b" * 30
        await anna.until(lambda: anna.items[line]["label"] == both)
        await other.until(lambda: other.items[line]["label"] == both)


async def test_what_is_asked_without_a_line_is_saved_once_on_return(served: Served) -> None:
    async with Page(place(served, ANNA)) as anna, Page(place(served, BORIS)) as boris:
        await anna.drop()
        water = note(anna, "Wa")
        anna.write(water, "Water")
        anna.ask({"type": "recolour", "id": water, "colour": "sea"})
        assert anna.sync.unsent == 3
        await anna.saved()
        await boris.until(lambda: boris.items.get(water, {}).get("colour") == "sea")
        assert boris.items[water]["text"] == "Water"


async def test_a_refusal_offers_the_words_back(served: Served) -> None:
    async with Page(place(served, VERA)) as vera:
        note(vera, "Only looking")
        await vera.saved()
        assert [(no["code"], no["text"]) for no in vera.refused] == [("forbidden", "Only looking")]
        assert vera.items == {}


async def test_undo_and_redo(served: Served) -> None:
    async with Page(place(served, ANNA)) as anna:
        water = note(anna, "Water")
        await anna.saved()
        anna.sync.undo()
        await anna.saved()
        assert water not in anna.items
        anna.sync.redo()
        await anna.saved()
        assert anna.items[water]["text"] == "Water"


async def test_somebody_whose_session_is_over_is_told_so(served: Served) -> None:
    async with Page(place(served, ANNA)) as anna:
        served.sessions_over.add(ANNA)
        await anna.drop()
        with pytest.raises(Over, match="session"):
            await anna.until(lambda: anna.sync.is_online)


@asynccontextmanager
async def a_workshop(folder: Path, *cities: str) -> AsyncIterator[tuple[House, Opened, str]]:
    """A server with a workshop, and the link for those who take part."""
    lay_sqlite(folder / "codesign.db")
    app = create_app(Settings(data=folder, secret="a secret that only tests have, long enough"))  # type: ignore[arg-type]
    async with serve(app) as address:
        house = app.state.house
        plan = Plan("Getting around", "What is hard?", "zones", ["On foot"], [*cities])
        opened = await open_workshop(house, plan, None, "en")
        row = await workshops.workshop(house.database, opened.workshop)
        assert row is not None
        yield house, opened, f"http://{address}/join/{house.links.join(row, 'participant')}"


async def test_somebody_joins_by_link_and_writes(tmp_path: Path) -> None:
    async with (
        a_workshop(tmp_path, "Kutaisi", "Niš") as (_, opened, link),
        Page(await join(link, "Ana", city="Niš")) as ana,
    ):
        await ana.until(lambda: ana.place.person in ana.view(ana.workshop).items)
        assert ana.view(ana.workshop).items[ana.place.person]["city"] == opened.cities[1]
        water = note(ana, "Water")
        await ana.saved()
        assert ana.refused == []
        assert ana.items[water]["text"] == "Water"


@pytest.mark.parametrize("anonymous", [False, True])
async def test_people_write_in_silence_by_script_and_it_comes_to_the_board_once(
    tmp_path: Path, anonymous: bool
) -> None:
    async with a_workshop(tmp_path) as (house, opened, link), contextlib.AsyncExitStack() as stack:
        stream = f"workshop:{opened.workshop}"
        ana, luka = [
            await stack.enter_async_context(Page(await join(link, name)))
            for name in ("Ana", "Luka")
        ]
        silent = {"type": "set_stage", "stage": "silent", "anonymous": anonymous}
        await house.rooms.ask(stream, silent, product=True)
        await asyncio.gather(*(one.until(partial(hides, one)) for one in (ana, luka)))
        water = note(ana, "Wa")
        ana.write(water, "Water")
        await ana.drop()
        note(luka, "Shade")
        await asyncio.gather(ana.saved(), luka.saved())
        assert [item["text"] for item in luka.sync.hidden.values()] == ["Shade"]
        there = await house.rooms.state(ana.board)
        assert there is not None
        assert [*there[1].of_kind("note")] == []
        await house.rooms.ask(stream, {"type": "set_stage", "stage": "open"}, product=True)
        for page in (ana, luka):
            await page.until(partial(has_notes, page, 2))
            assert sorted(item["text"] for item in notes_of(page)) == ["Shade", "Water"]
            assert all(("by" in item) != anonymous for item in notes_of(page))
            assert page.refused == []
        note(ana, "And on")
        await ana.saved()
        assert ana.refused == []


async def test_people_vote_by_script_over_a_lost_connection_and_are_counted_once(
    tmp_path: Path,
) -> None:
    async with a_workshop(tmp_path, "Kutaisi") as (house, opened, link):
        vote, options = Page.new_id(), [Page.new_id(), Page.new_id()]
        op = {"type": "open_vote", "id": vote, "question": "Which?", "board": opened.board}
        stream = f"workshop:{opened.workshop}"
        asked = {**op, "options": options, "dots": 3, "cap": 2}
        await house.rooms.ask(stream, asked, product=True)
        async with contextlib.AsyncExitStack() as stack:
            names = ("Ana", "Luka", "Nino")
            pages = [await stack.enter_async_context(Page(await join(link, n))) for n in names]
            await pages[0].drop()
            for page in pages:
                page.vote(vote, {options[0]: 1})
                page.vote(vote, {options[0]: 2, options[1]: 1})
            for page in pages:
                await page.saved()
                assert page.ballots.refused == []
            await house.rooms.ask(stream, {"type": "close_vote", "id": vote}, product=True)
            ana = pages[0]
            await ana.until(lambda: ana.view(stream).items[vote]["state"] == "closed")
            result = ana.view(stream).items[vote]
            assert (result["cast"], result[f"total/{options[0]}"]) == (3, 6)


def test_the_pages_it_reads() -> None:
    join = read_join_page(
        '<input type="hidden" name="form_token" value="n&amp;1"><label><input type="radio" name="city" '
        'value="K"><i></i><bdi>Kutaisi</bdi></label><h1><bdi>Title</bdi></h1>'
    )
    assert (join.hidden, join.cities) == ({"form_token": "n&1"}, {"Kutaisi": "K"})
    page = read_board_page('<main id="board" data-board="B" data-workshop="W" data-person="P">')
    assert page["board"] == "B"
    assert page["person"] == "P"
