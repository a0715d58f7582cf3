"""Errands: effects that need more than one stream, and are not an op of any. Here, those of silent writing.

They run from due rows (effects.py) and may run again after a crash: each step finds what it did before, and adds
nothing to it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from codesign.core.decision import Refused
from codesign.core.effects import Due
from codesign.core.lanes import Lane, in_ticks, lane_of
from codesign.core.ops import CloseLane, CountWriters, HiddenPlace, Op, RevealNotes
from codesign.core.rules.lanes import hidden_notes, hidden_places
from codesign.core.stream import Fields, Item, id_of, new_id
from codesign.live.asked import UNAVAILABLE, Answer, Done
from codesign.live.room import Room
from codesign.store.errors import Corrupt
from codesign.store.journal import Journal

log = logging.getLogger(__name__)

#: Runs one errand, and may have to run it again.
Way = Callable[[Due], Awaitable[Answer]]
DONE = Done(0)
#: What lanes hold for one board: notes, and where people put things.
Held = tuple[list[Item], list[Fields]]


class AskOf(Protocol):
    def __call__(
        self, stream: str, op: Op, *, product: bool = False, due: str | None = None
    ) -> Awaitable[Answer]: ...


class Errands:
    def __init__(
        self,
        journal: Journal,
        open_room: Callable[[str], Awaitable[Room | None]],
        ask: AskOf,
        forget: Callable[[str], None],
    ) -> None:
        self._journal = journal
        self._open = open_room
        self._ask = ask
        self._forget = forget
        self._ways: dict[str, Way] = {"reveal_lanes": self._reveal, "count_lanes": self._count}

    def learn(self, name: str, way: Way) -> None:
        """Errands of another part of the house."""
        self._ways[name] = way

    def knows(self, name: str) -> bool:
        return name in self._ways

    async def run(self, due: Due) -> Answer:
        """Done, or `unavailable`: then it is run again, all of it."""
        try:
            return await self._ways[due.op["type"]](due)
        except Exception as error:
            log.warning("an errand could not be run: %s", type(error).__name__)
            return UNAVAILABLE

    # A silence has ended

    async def _reveal(self, due: Due) -> Answer:
        """Board by board: close the lanes, put what they hold onto it, and forget those without a name."""
        silence, anonymous = int(due.op["silence"]), bool(due.op["anonymous"])
        boards: dict[str, list[Lane]] = {}
        for lane in await self._lanes(id_of(due.stream), silence):
            boards.setdefault(lane.board, []).append(lane)
        for board, lanes in boards.items():
            closed = await self._closed(lanes)
            if closed is None:
                return UNAVAILABLE
            if any(closed):
                answer = await self._put(board, closed, silence, anonymous)
                if isinstance(answer, Refused):
                    return answer
            if anonymous:
                await self._erase(lanes)
        return DONE

    async def _put(self, board: str, held: Held, silence: int, anonymous: bool) -> Answer:
        """Fresh ids where there are no names: an old one would lead back to the page that made it."""
        notes, places = held
        if anonymous:
            notes = [{**note, "id": _drawn()} for note in notes]
            places = [{**place, "by": _drawn()} for place in places]
        op = RevealNotes(
            notes=tuple(notes),
            places=tuple(HiddenPlace(**place) for place in places),
            silence=silence,
            seed=_drawn(),
            anonymous=anonymous,
        )
        return await self._ask(f"board:{board}", op, product=True)

    async def _closed(self, lanes: Sequence[Lane]) -> Held | None:
        """What the lanes hold, once nothing more comes into them; None: one of them cannot be asked just now."""
        found = await asyncio.gather(*(self._close(lane) for lane in lanes))
        notes: list[Item] = []
        places: list[Fields] = []
        for each in found:
            if each is None:
                return None
            notes += each[0]
            places += each[1]
        return notes, places

    async def _close(self, lane: Lane) -> Held | None:
        try:
            room = await self._open(lane.stream)
        except Corrupt:
            log.error("a lane is damaged; the others are revealed without it")
            return [], []
        answer = await self._ask(lane.stream, CloseLane(), product=True)
        if room is None or isinstance(answer, Refused):
            return None
        room = await self._open(lane.stream)
        if room is None:
            return None
        notes = [told(note) for note in hidden_notes(room.state)]
        return notes, hidden_places(room.state, lane.key)

    async def _erase(self, lanes: Sequence[Lane]) -> None:
        streams = [lane.stream for lane in lanes]
        for stream in streams:
            self._forget(stream)
        await self._journal.forget(streams)

    # Somebody has begun to write

    async def _count(self, due: Due) -> Answer:
        silence = int(due.op["silence"])
        people = {lane.key for lane in await self._lanes(id_of(due.stream), silence)}
        op = CountWriters(silence=silence, written=in_ticks(len(people)))
        return await self._ask(due.stream, op, product=True, due=due.id)

    async def _lanes(self, workshop: str, silence: int) -> list[Lane]:
        lanes = map(lane_of, await self._journal.lanes(workshop))
        return [lane for lane in lanes if lane is not None and lane.silence == silence]


def told(note: Item) -> dict[str, Any]:
    return {key: value for key, value in note.items() if key != "released"}


def _drawn() -> str:
    return new_id(secrets.token_bytes(16))
