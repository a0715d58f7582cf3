"""The load: people on pages of their own who write without a pause and log every ack before they believe it.

`python -m tests.kill.people FOLDER COUNT LEAD_LINK LINK`; a line on stdin ends it: then everyone waits until all is
saved, and for each one line with the hash of what they see is printed.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import urllib.error
from pathlib import Path
from random import Random
from typing import Any

from codesign import client, connection
from codesign.client import Page, Place, join
from codesign.core.hashing import state_hash
from codesign.visiting import HttpError

#: How many ops one person has under way at most.
UNDER_WAY = 6


class LoggedPage(Page):
    """Every answer is on file before the client hears it."""

    def __init__(self, place: Place, log: Path) -> None:
        super().__init__(place)
        self._log = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self._receive = self.sync.receive
        self.sync.receive = self._note  # type: ignore[method-assign]
        self.sync.on("refused", lambda event: self._write_down({"type": "refused", **event}))

    def _note(self, message: dict[str, Any]) -> None:
        if message["type"] == "ack":
            self._write_down(message)
        self._receive(message)

    def _write_down(self, answer: dict[str, Any]) -> None:
        os.write(self._log, (json.dumps(answer) + "\n").encode())


class Writer:
    """Asks only what changes something, so that every ack stands for an entry."""

    def __init__(self, page: Page, random: Random, *, leads: bool) -> None:
        self.page = page
        self.random = random
        self.leads = leads
        self.made = 0

    async def write(self, over: asyncio.Event) -> None:
        while not over.is_set():
            if self.page.sync.unsent < UNDER_WAY:
                self.act()
            await asyncio.sleep(0.004)
        await self.page.saved()

    def act(self) -> None:
        me = self.page.place.person
        mine = [item for item in self.page.items.values() if item.get("by") == me]
        self.made += 1
        if self.leads and self.made % 25 == 0:
            self.add_a_board()
        elif not mine or len(mine) < 5 or self.random.random() < 0.2:
            self.create()
        elif self.random.random() < 0.6:
            item = self.random.choice(mine)
            self.page.write(item["id"], item["text"][-40:] + f" {self.made}")
        elif self.page.sync.unsent or self.random.random() < 0.7:
            place = self.page.spot()
            item = self.random.choice(mine)
            self.page.ask({"type": "move_item", "id": item["id"], **place})
        else:  # nothing of what was typed into it is still waiting
            self.page.ask({"type": "delete_item", "id": mine[0]["id"]})

    def create(self) -> None:
        notes = [
            {"type": "create_note", "id": self.page.new_id(), "text": "Water", **self.page.spot()}
            for _ in range(self.random.choice([1, 1, 2]))
        ]
        self.page.ask(notes[0] if len(notes) == 1 else {"type": "all", "ops": notes})

    def add_a_board(self) -> None:
        board = {"type": "add_board", "board": self.page.new_id(), "title": "More"}
        op = {**board, "layout": "free", "question": "And now?"}
        self.page.ask(op, stream=self.page.workshop)


async def main(folder: Path, count: int, lead_link: str, link: str) -> None:
    connection.LEAST_WAIT, connection.MOST_WAIT, client.BEAT_SECONDS = 0.02, 0.1, 0.1
    over, done = asyncio.Event(), asyncio.Barrier(count)
    pages: list[LoggedPage] = []
    for number in range(count):
        place = await _joined(lead_link if number == 0 else link, f"Person {number}")
        pages.append(LoggedPage(place, folder / f"{number}.acks"))
    print("joined", flush=True)
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            group.create_task(_be(number, pages, over, done))
        await asyncio.to_thread(sys.stdin.readline)
        over.set()


async def _be(
    number: int, pages: list[LoggedPage], over: asyncio.Event, done: asyncio.Barrier
) -> None:
    page = pages[number]
    async with page:
        await Writer(page, Random(number), leads=number == 0).write(over)
        await done.wait()
        head = max(other.view().seq for other in pages)
        await page.until(lambda: page.view().seq == head)
        told = {"seq": head, "hash": state_hash(page.sync.confirmed(page.board))}
        print(json.dumps({"board": page.board, **told}), flush=True)
        await done.wait()


async def _joined(link: str, name: str) -> Place:
    """The server may be killed while someone joins; they try again, as people do."""
    while True:
        try:
            return await join(link, name)
        except (OSError, HttpError, urllib.error.URLError):
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:5]))
