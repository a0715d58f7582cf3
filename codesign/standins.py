"""Stand-ins for a rehearsal: people without a browser who come through the door and take part as people do.

`main` is a process of its own, which a server starts (web/standing_in.py). It ends when its input does. What one of
them would do next is `StandIn.act`: it sees what a page sees, asks what a page asks, and knows nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from codesign.client import Over, Page, Place, join
from codesign.core.items import FLOWING
from codesign.transliteration import to_latin
from codesign.visiting import HttpError

WORDS = Path(__file__).resolve().parent / "demo" / "standins.json"
#: Seconds between two things somebody does, and until the last one has come in.
LEAST_PAUSE, MOST_PAUSE, COMING = 4.0, 14.0, 25.0
#: Notes somebody writes in one step on one board; then they are finished.
NOTES_EACH = 5
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What the server says: the door, how many come, from where and reading what, and how quickly (1: as people)."""

    link: str
    count: int
    languages: Sequence[str]
    cities: Sequence[str]
    pace: float


@dataclass(frozen=True, slots=True)
class Part:
    """Who somebody is, and what they have to say."""

    name: str
    lang: str
    city: str
    notes: Sequence[str]


def cast(told: Told, chance: Random) -> list[Part]:
    """Languages and cities in turn; English where there are no words in any of the languages."""
    books = read_words()
    languages = [tag for tag in told.languages if tag in books] or ["en"]
    parts = []
    for at in range(told.count):
        lang = languages[at % len(languages)]
        book = books[lang]
        name = book["names"][at // len(languages) % len(book["names"])]
        city = told.cities[at % len(told.cities)] if told.cities else ""
        notes = chance.sample(book["notes"], len(book["notes"]))
        parts.append(Part(name, lang, city, notes))
    return parts


def read_words() -> dict[str, dict[str, list[str]]]:
    """By language; Serbian is written once, in Cyrillic."""
    books: dict[str, dict[str, list[str]]] = json.loads(WORDS.read_text("utf-8"))
    latin = {key: [to_latin(one) for one in some] for key, some in books["sr-Cyrl"].items()}
    return {**books, "sr-Latn": latin}


class StandIn:
    """One of them, on one page at a time; another board is another page, as in a browser."""

    page: Page

    def __init__(self, part: Part, place: Place, chance: Random) -> None:
        self.part = part
        self.place = place
        self._chance = chance
        self._stack = AsyncExitStack()
        self._notes = list(part.notes)
        #: In which step and on which board, and how many notes have been written there.
        self._at, self._written = ("", ""), 0

    async def open(self) -> None:
        self.page = await self._stack.enter_async_context(Page(self.place))
        self.page.sync.follow(self._inbox)

    async def leave(self) -> None:
        await self._stack.aclose()

    async def go(self) -> None:
        """Where everybody is taken; first what was asked here is answered."""
        while (board := self._belongs_at) != self.place.board:
            await self.page.saved()
            await self.leave()
            self.place = replace(self.place, board=board)
            await self.open()

    def act(self) -> None:
        """One thing that somebody would do now, or nothing."""
        if self._at != (at := (str(self._room.get("step", "")), self.place.board)):
            self._at, self._written = at, 0
        if vote := self._open_vote:
            return self._vote(vote)
        ways = self._ways.get(str(self._room.get("stage")), ())
        if not ways or self._chance.random() < 0.2:
            return self._say()
        return self._chance.choice(ways)()

    # What is seen

    @property
    def _inbox(self) -> str:
        return f"inbox:{self.place.workshop}:{self.place.person}"

    @property
    def _room(self) -> Item:
        return dict(self.page.view(self.page.workshop).fields)

    @property
    def _belongs_at(self) -> str:
        room, items = self._room, self.page.view(self.page.workshop).items
        seating = items.get(room.get("tables", ""), {})
        table = items.get(seating.get(f"sits/{self.place.person}", ""), {})
        return str(table.get("board") or room.get("board") or self.place.board)

    @property
    def _open_vote(self) -> Item | None:
        votes = self._of_kind("vote", self.page.workshop)
        return next((vote for vote in votes if vote["state"] == "open"), None)

    @property
    def _can_write(self) -> bool:
        """Sheets that go round are dealt later: until then there is nowhere to write."""
        layout = self.page.view().fields.get("layout")
        return layout == "free" or (layout in FLOWING and bool(self._of_kind("region")))

    def _of_kind(self, kind: str, stream: str | None = None) -> list[Item]:
        items = self.page.view(stream).items.values()
        return sorted(
            (item for item in items if item["kind"] == kind), key=lambda one: str(one["id"])
        )

    # What is done

    @property
    def _ways(self) -> dict[str, Sequence[Callable[[], None]]]:
        """By stage; what is named twice is done twice as often."""
        write, react, move = self._write, self._react, self._move
        return {
            "silent": (write, write, self._say),
            "open": (write, write, react, move, self._mend),
            "cluster": (move, move, self._group, react),
            "vote": (react,),
        }

    def _write(self) -> None:
        if not self._can_write:
            return
        if self._written >= NOTES_EACH or not self._notes:
            return self._say_finished()
        self._written += 1
        note, text = self.page.new_id(), self._notes.pop()
        zones = self._of_kind("region")
        spot = self.page.spot(str(self._chance.choice(zones)["id"]) if zones else None)
        # As it is typed: some letters, and then the rest.
        first = {"type": "create_note", "id": note, "text": text[:6], "lang": self.part.lang}
        self.page.ask({**first, **spot})
        self.page.write(note, text)

    def _mend(self) -> None:
        mine = [note for note in self._of_kind("note") if note.get("by") == self.place.person]
        if mine and not (note := self._chance.choice(mine))["text"].endswith("!"):
            self.page.write(str(note["id"]), note["text"] + "!")

    def _react(self) -> None:
        if notes := self._of_kind("note"):
            note = self._chance.choice(notes)
            self.page.ask({"type": "react", "id": note["id"], "reaction": "heart", "on": True})

    def _move(self) -> None:
        notes, groups = self._of_kind("note"), self._of_kind("cluster")
        if not notes:
            return
        note = self._chance.choice(notes)
        if groups and self._chance.random() < 0.6:
            to: Item = {"cluster": self._chance.choice(groups)["id"]}
        else:
            to = self.page.spot()
        self.page.ask({"type": "move_item", "id": note["id"], **to})

    def _group(self) -> None:
        if len(self._of_kind("cluster")) < 4 and self._can_write:
            op = {"type": "create_cluster", "id": self.page.new_id(), "name": ""}
            self.page.ask({**op, **self.page.spot()})

    def _vote(self, vote: Item) -> None:
        """All the dots at once; now and then somebody changes their mind."""
        if self.page.ballots.dots(str(vote["id"])) and self._chance.random() < 0.8:
            return self._say_finished()
        options = [key.removeprefix("option/") for key in vote if key.startswith("option/")]
        dots: dict[str, int] = {}
        for _ in range(int(vote["dots"])):
            option = self._chance.choice(sorted(options))
            if dots.get(option, 0) < int(vote["cap"]):
                dots[option] = dots.get(option, 0) + 1
        self.page.vote(str(vote["id"]), dots)
        return None

    def _say(self) -> None:
        """Without words: a hand, a wish for help, or that one is finished."""
        chance = self._chance.random()
        if chance < 0.15:
            is_up = bool(self._room.get(f"hand/{self.place.person}"))
            self._ask_room({"type": "raise_hand", "on": not is_up})
        elif chance < 0.25:
            waits = bool(self.page.view(self._inbox).fields.get("help"))
            op = {"type": "ask_help", "on": not waits, "board": self.place.board}
            self.page.ask(op, self._inbox)
        elif chance < 0.5 and self._written >= NOTES_EACH:
            self._say_finished()

    def _say_finished(self) -> None:
        if not self._room.get(f"finished/{self.place.person}"):
            self._ask_room({"type": "say_finished", "on": True})

    def _ask_room(self, op: Item) -> None:
        step, _ = self._at
        self.page.ask({**op, **({"step": step} if step else {})}, self.page.workshop)


async def take_part(part: Part, told: Told, chance: Random) -> None:
    """From coming in to the end of the rehearsal."""
    await asyncio.sleep(chance.uniform(0, COMING) * told.pace)
    place = await join(told.link, part.name, part.city, lang=part.lang, same_machine=True)
    person = StandIn(part, place, chance)
    try:
        await person.open()
        while True:
            await asyncio.sleep(chance.uniform(LEAST_PAUSE, MOST_PAUSE) * told.pace)
            await person.go()
            person.act()
    finally:
        await person.leave()


async def rehearse(told: Told, chance: Random) -> None:
    """Everyone, until the last has no place there any more. Who does not get in, or is removed, stays away."""

    async def one(part: Part, own: Random) -> None:
        with contextlib.suppress(Over, HttpError, OSError):
            await take_part(part, told, own)

    parts = cast(told, chance)
    await asyncio.gather(*(one(part, Random(chance.random())) for part in parts))  # noqa: S311


def main() -> None:
    """One line of input says what there is to do; its end ends everything."""
    told = Told(**json.loads(sys.stdin.readline()))
    with contextlib.suppress(AttributeError):  # Windows has no such thing
        os.nice(5)  # the server's own work goes first
    asyncio.run(_until_input_ends(told))


async def _until_input_ends(told: Told) -> None:
    """The server holds the other end; however it goes, that is closed."""
    loop = asyncio.get_running_loop()
    work = asyncio.create_task(rehearse(told, Random()))  # noqa: S311
    ended = loop.run_in_executor(None, sys.stdin.read)
    await asyncio.wait((work, ended), return_when=asyncio.FIRST_COMPLETED)
    os._exit(0)  # nothing here is worth waiting for
