"""People by script beside those in browsers: the real protocol over real sockets, and they go where they are taken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

from codesign.client import Page, Place, join

Item = dict[str, Any]


class Person:
    """One page at a time, as in a browser; another board is another page."""

    def __init__(self, place: Place, name: str) -> None:
        self.name = name
        self.place = place
        self._stack = AsyncExitStack()

    @classmethod
    async def come(cls, link: str, name: str, city: str) -> Person:
        person = cls(await join(link, name, city), name)
        await person._open()
        return person

    async def _open(self) -> None:
        self.page = await self._stack.enter_async_context(Page(self.place))

    async def leave(self) -> None:
        await self._stack.aclose()

    # What this person sees

    @property
    def room(self) -> Item:
        """The workshop's own fields."""
        return dict(self.page.view(self.page.workshop).fields)

    def of_kind(self, kind: str, stream: str | None = None) -> list[Item]:
        items = self.page.view(stream).items.values()
        return sorted((i for i in items if i["kind"] == kind), key=lambda i: str(i["id"]))

    @property
    def notes(self) -> dict[str, str]:
        """Words by id, of what is on the board I am at."""
        return {note["id"]: note["text"] for note in self.of_kind("note")}

    @property
    def step(self) -> str:
        items = self.page.view(self.page.workshop).items
        return str(items.get(self.room.get("step"), {}).get("title", ""))

    @property
    def table(self) -> Item | None:
        """Where I sit, while tables are open."""
        items = self.page.view(self.page.workshop).items
        seating = items.get(self.room.get("tables"), {})
        return items.get(seating.get(f"sits/{self.place.person}"))

    @property
    def belongs_at(self) -> str:
        return str((self.table or self.room)["board"])

    # What this person does

    async def go(self) -> None:
        """Where everybody is taken."""
        while (board := self.belongs_at) != self.place.board:
            await self.page.saved()
            await self.leave()
            self.place = replace(self.place, board=board)
            await self._open()

    def write(self, text: str, zone: int = 0) -> str:
        """As people do: some letters, and then the rest."""
        note = self.page.new_id()
        op = {"type": "create_note", "id": note, "text": text[:4]}
        zones = sorted(self.of_kind("region"), key=lambda region: str(region["order"]))
        self.page.ask({**op, **self.page.spot(zones[zone]["id"])})
        self.page.write(note, text)
        return note


class Crowd(list[Person]):
    """All of them at once."""

    async def come(self, link: str, names: Iterable[str], cities: list[str]) -> None:
        coming = [
            Person.come(link, name, cities[at % len(cities)]) for at, name in enumerate(names)
        ]
        self.extend(await asyncio.gather(*coming))

    async def all(self, act: Callable[[Person], Awaitable[Any]]) -> None:
        await asyncio.gather(*map(act, self))

    async def until(self, holds: Callable[[Person], bool]) -> None:
        """Everyone sees that it is so."""

        async def sees(person: Person) -> None:
            await person.page.until(lambda: holds(person))

        await self.all(sees)

    async def saved(self) -> None:
        await self.all(lambda person: person.page.saved())

    async def leave(self) -> None:
        await self.all(lambda person: person.leave())
