"""The errand that takes a person out of what is kept: of memory, journal, files and the database's own log.

It runs from a due row, so that being killed anywhere only means running it again: each step finds what it did before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from codesign.core.decision import Refused
from codesign.core.effects import Due
from codesign.core.forgetting import Forgetting
from codesign.core.inbox import Inbox
from codesign.core.lanes import lane_of
from codesign.core.ops import DeleteItem, Op, TakeWords
from codesign.core.stream import id_of, kind_of
from codesign.live.asked import UNAVAILABLE, Answer
from codesign.live.errands import DONE
from codesign.live.rooms import Rooms
from codesign.store import forgetting
from codesign.store.database import Database
from codesign.store.errors import Unavailable

#: The log is emptied once nobody reads what was before.
SCRUBS, PAUSE = 50, 0.1


class ForgettingErrand:
    def __init__(self, database: Database, rooms: Rooms, path_of: Callable[[str], Path]) -> None:
        self._database = database
        self._rooms = rooms
        self._path_of = path_of
        rooms.errands.learn("forget_person", self._forget)

    async def _forget(self, due: Due) -> Answer:
        workshop, person, words = id_of(due.stream), str(due.op["person"]), bool(due.op["words"])
        for session in await forgetting.forget_rows(self._database, person):
            self._rooms.close_session(session, workshop=workshop)
        streams = await forgetting.streams_of(self._database, workshop)
        if words and (no := await self._take_words(streams, person)):
            return no
        await self._drop_own(workshop, person, streams, words=words)
        # The workshop first: it says what the person was called.
        streams.sort(key=lambda stream: kind_of(stream) != "workshop")
        names, pictures = set[str](), set[str]()
        for stream in streams:
            who = Forgetting(person, words, names)
            await self._rewrite(stream, who)
            pictures |= who.files
        await self._drop_pictures(workshop, pictures)
        return await self._scrub()

    async def _take_words(self, streams: list[str], person: str) -> Refused | None:
        """As everyone sees it: by ops, so that pages follow, and every cache has a new name."""
        for stream in streams:
            if kind_of(stream) != "board":
                continue
            room = await self._rooms.open(stream)
            if room is None:
                continue
            images = [one for one in room.state.of_kind("image") if one.get("by") == person]
            ops: list[Op] = [TakeWords(person=person)]
            ops += [DeleteItem(id=one["id"]) for one in images]
            for op in ops:
                answer = await self._rooms.ask(stream, op, product=True)
                if isinstance(answer, Refused) and answer.code == "unavailable":
                    return answer
        return None

    async def _drop_own(
        self, workshop: str, person: str, streams: list[str], *, words: bool
    ) -> None:
        """What nobody else ever followed: messages to them, and with their words what they wrote in silence."""
        own = [Inbox(workshop, person).stream]
        if words:
            lanes = ((stream, lane_of(stream)) for stream in streams)
            own += [stream for stream, lane in lanes if lane is not None and lane.key == person]
        for stream in own:
            self._rooms.keeping.forget(stream)
        await self._rooms.journal.forget(own)
        streams[:] = [stream for stream in streams if stream not in own]

    async def _rewrite(self, stream: str, who: Forgetting) -> None:
        """Between two beats: nothing is decided by what was there before, and nothing is appended meanwhile."""
        async with self._rooms.ticker.still():
            changed = await forgetting.rewrite(self._database, stream, who)
            room = self._rooms.keeping.get(stream)
            if changed and room is not None:
                room.stale = True
                await self._rooms.keeping.reload(room)

    async def _drop_pictures(self, workshop: str, pictures: set[str]) -> None:
        gone = await forgetting.forget_files(self._database, workshop, sorted(pictures))
        for id in gone:
            await asyncio.to_thread(self._path_of(id).unlink, missing_ok=True)

    async def _scrub(self) -> Answer:
        for _ in range(SCRUBS):
            try:
                await self._database.scrub(*forgetting.TABLES)
            except Unavailable:
                await asyncio.sleep(PAUSE)
            else:
                return DONE
        return UNAVAILABLE
