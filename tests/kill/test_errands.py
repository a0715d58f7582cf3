"""P1 and P2 for what takes several steps: a reveal, a count of ballots, a gathering, with the server killed among them.

Each is asked once. The server dies by itself at a point in the middle, starts again, and what was asked is done: once,
whole, and with nothing left behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from codesign import client, connection
from tests.e2e.crowd import Crowd, Person
from tests.kill.arena import Arena, open_a_workshop
from tests.kill.compare import TABLES, Rows, compare, read_postgres, read_sqlite

# What each step finds of the one before is tested below, in tests/live; here it is done to a real server.
pytestmark = [pytest.mark.long, pytest.mark.timeout(240)]


class Stage:
    """One who leads and three who take part, by script, and a server that can be told where to die."""

    def __init__(self, arena: Arena, crowd: Crowd) -> None:
        self.arena = arena
        self.crowd = crowd
        self.lead = crowd[0].page

    @property
    def people(self) -> Crowd:
        return Crowd(self.crowd[1:])

    async def write(self, words: str) -> list[str]:
        """Two notes each."""
        texts = []
        for person in self.people:
            for n in range(2):
                texts.append(f"{words} {n} of {person.name}")
                person.write(texts[-1])
        await self.people.saved()
        return texts

    async def ask_and_die(self, point: str, op: dict[str, Any], count: int = 1) -> None:
        """The server comes again with an end in it, is asked, ends there, and comes again."""
        await self.crowd.saved()
        await self.is_done()  # else it would end at something that was left
        self.arena.kill()
        await asyncio.to_thread(self.arena.start, (point, count))
        await self.crowd.until(lambda person: person.page.sync.is_online)
        self.lead.ask(op, self.lead.workshop)
        assert await asyncio.to_thread(self.arena.wait) == signal.SIGKILL
        await asyncio.to_thread(self.arena.start)
        await self.lead.saved()

    async def tell(self, **op: Any) -> None:
        self.lead.ask(op, self.lead.workshop)
        await self.lead.saved()
        seq = self.lead.view(self.lead.workshop).seq
        await self.crowd.until(lambda person: person.page.view(person.page.workshop).seq >= seq)

    async def is_done(self) -> None:
        """Nothing is due any more, every stream adds up, and nobody was refused anything."""
        async with asyncio.timeout(20):
            while compare(await self.rows(TABLES), [], replay=True)["wrong"]:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert all(person.page.refused == [] for person in self.crowd)

    async def rows(self, queries: dict[str, str]) -> Rows:
        url = self.arena.url
        if url.startswith("sqlite"):
            return read_sqlite(Path(url.partition("///")[2]), queries)
        return await read_postgres(url, queries)

    async def select(self, query: str) -> list[tuple[Any, ...]]:
        return (await self.rows({"": query}))[""]


@asynccontextmanager
async def a_stage(folder: Path, url: str) -> AsyncIterator[Stage]:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(40))
    arena, crowd = Arena(folder, url, {}), Crowd()
    try:
        lead_link, link = await open_a_workshop(folder, url, arena.port)
        arena.start()
        crowd.append(await Person.come(lead_link, "Elira", ""))
        await crowd.come(link, ("Ana", "Luka", "Nino"), [""])
        yield Stage(arena, crowd)
    finally:
        with contextlib.suppress(Exception):
            await crowd.leave()
        arena.end()


@pytest.fixture(autouse=True)
def quick_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "LEAST_WAIT", 0.02)
    monkeypatch.setattr(connection, "MOST_WAIT", 0.1)
    monkeypatch.setattr(client, "BEAT_SECONDS", 0.1)


async def reveal(stage: Stage, point: str, *, anonymous: bool) -> None:
    before = [*stage.lead.items]
    await stage.tell(type="set_stage", stage="silent", anonymous=anonymous)
    await stage.people.until(lambda person: person.page.sync.hides)
    written = await stage.write(f"Hidden until {point}")
    await stage.ask_and_die(point, {"type": "set_stage", "stage": "open"})

    def is_there(person: Person) -> bool:
        news = (person.notes[id] for id in person.notes.keys() - set(before))
        return Counter(news) == Counter(written)

    await stage.crowd.until(is_there)
    await stage.is_done()
    await stage.crowd.until(is_there)
    news = [n for n in stage.crowd[0].of_kind("note") if n["id"] not in before]
    assert all(("by" in note) != anonymous for note in news)
    silence = stage.crowd[0].room["silence"]
    lanes = await stage.select("SELECT stream FROM streams WHERE kind = 'lane'")
    assert any(f":{silence}:" in stream for (stream,) in lanes) != anonymous


async def vote(stage: Stage, point: str) -> None:
    page, ids = stage.lead, [*stage.crowd[0].notes][:2]
    vote_id = page.new_id()
    op = {"id": vote_id, "question": "Which?", "board": stage.crowd[0].place.board}
    await stage.tell(type="open_vote", **op, options=ids, dots=3, cap=2)
    for person in stage.people:
        person.page.vote(vote_id, {ids[0]: 1})
        person.page.vote(vote_id, {ids[0]: 2, ids[1]: 1})
    await stage.people.saved()
    await stage.ask_and_die(point, {"type": "close_vote", "id": vote_id})

    def result(person: Person) -> tuple[Any, ...]:
        found = person.page.view(person.page.workshop).items[vote_id]
        told = ("state", "cast", "given", f"total/{ids[0]}", f"total/{ids[1]}")
        return tuple(found.get(key) for key in told)

    await stage.crowd.until(lambda person: result(person) == ("closed", 3, 0, 6, 3))
    await stage.is_done()
    assert await stage.select("SELECT vote FROM ballots") == []
    assert await stage.select("SELECT vote FROM vote_keys WHERE key IS NOT NULL") == []


async def gather(stage: Stage, point: str, count: int) -> None:
    page, board = stage.lead, stage.crowd[0].place.board
    tables = [{"id": page.new_id(), "board": page.new_id()} for _ in range(2)]
    seating = page.new_id()
    await stage.tell(type="make_tables", id=seating, template=board, tables=tables)
    sits = {p.place.person: tables[n % 2]["id"] for n, p in enumerate(stage.people)}
    await stage.tell(type="seat_people", id=seating, sits=sits)
    await stage.tell(type="open_tables", id=seating)
    await stage.people.all(lambda person: person.go())
    written = await stage.write(f"At a table until {point}")
    await stage.ask_and_die(point, {"type": "gather_tables", "id": seating, "board": board}, count)

    def gathered() -> list[str]:
        notes = stage.crowd[0].of_kind("note")
        return sorted(note["text"] for note in notes if note["text"] in written)

    await page.until(lambda: gathered() == sorted(written))
    await stage.is_done()
    await stage.tell(type="gather_tables", id=seating, board=board)
    await stage.is_done()
    await stage.tell(type="close_tables", id=seating)
    await stage.people.all(lambda person: person.go())
    assert gathered() == sorted(written)


async def all_of_it(folder: Path, url: str) -> None:
    async with a_stage(folder, url) as stage:
        await reveal(stage, "between closed lanes and the board", anonymous=False)
        await reveal(stage, "between an errand and its mark", anonymous=False)
        await reveal(stage, "between the board and erased lanes", anonymous=True)
        await vote(stage, "between the last ballot and the count")
        await vote(stage, "between the count and forgotten ballots")
        await gather(stage, "among what tables wrote", 2)
        await gather(stage, "between an errand and its mark", 1)


async def test_what_a_kill_interrupts_is_done_once_on_sqlite(
    tmp_path: Path, sqlite_url: str
) -> None:
    await all_of_it(tmp_path, sqlite_url)


async def test_what_a_kill_interrupts_is_done_once_on_postgresql(
    tmp_path: Path, pg_url: str
) -> None:
    await all_of_it(tmp_path, pg_url)
