"""Who is there, as a fact that outlives the server: from a person's first page to a while after their last.

Nothing is written for a page that comes back soon, and what is new is written together every few seconds. No op: who
was there is no part of what a workshop's people follow, and a room of three hundred must not tick for it.
"""

from __future__ import annotations

import logging

from codesign.live.clock import Appointment
from codesign.live.rooms import Rooms
from codesign.store import attendance, workshops
from codesign.store.attendance import Stay
from codesign.store.database import Database
from codesign.store.errors import Unavailable

log = logging.getLogger(__name__)

#: Whoever is back within so long (ms) has not been away; results/attendance.py joins what a restart has cut.
GRACE_MS = 2 * 60_000
#: Seconds between two writes, and between two signs that this server lives.
WRITE_EVERY, ALIVE_EVERY = 3.0, 60.0
#: The note that says when it last did.
ALIVE = "alive"

Key = tuple[str, str]


class Attendance:
    """One for the process. `begin` before people come, `stop` after they went."""

    def __init__(self, database: Database, rooms: Rooms) -> None:
        self._database = database
        self._rooms = rooms
        #: When each person who is there came; and who went a moment ago, with the alarm that makes it so.
        self._here: dict[Key, int] = {}
        self._leaving: dict[Key, tuple[int, Appointment]] = {}
        self._news: dict[tuple[Key, int], Stay] = {}
        self._is_writing = False
        rooms.pages.attendance = self

    async def begin(self) -> None:
        """Ends what a server that died had left open."""
        said = await workshops.note(self._database, ALIVE)
        await attendance.end_open(self._database, int(said) if said else 0)
        self._alive()

    async def stop(self) -> None:
        """Everybody goes now; those who left a moment ago went then."""
        now = self._rooms.clock.now()
        for key in list(self._here):
            at = self._leaving[key][0] if key in self._leaving else now
            self._end(key, at)
        await self.save()

    def come(self, workshop: str, person: str) -> None:
        """Their first page is here."""
        key = (workshop, person)
        if (left := self._leaving.pop(key, None)) is not None:
            left[1].cancel()
        elif key not in self._here:
            self._here[key] = now = self._rooms.clock.now()
            self._keep(Stay(workshop, person, now))

    def go(self, workshop: str, person: str) -> None:
        """Their last page has gone; in a while they have, too."""
        key = (workshop, person)
        if key in self._here and key not in self._leaving:
            at = self._rooms.clock.now()
            alarm = self._rooms.schedule.after(GRACE_MS / 1000, lambda: self._end(key, at))
            self._leaving[key] = (at, alarm)

    async def forget(self, workshop: str) -> None:
        """The workshop is being taken away: who was there is written no more, and what was being written is."""
        await self.save()
        for key in [key for key in self._here if key[0] == workshop]:
            if (left := self._leaving.pop(key, None)) is not None:
                left[1].cancel()
            del self._here[key]
        self._news = {name: stay for name, stay in self._news.items() if name[0][0] != workshop}

    def _end(self, key: Key, at: int) -> None:
        if (left := self._leaving.pop(key, None)) is not None:
            left[1].cancel()
        if (came := self._here.pop(key, None)) is not None:
            self._keep(Stay(*key, came, max(came, at)))

    def _keep(self, stay: Stay) -> None:
        self._news[(stay.workshop, stay.person), stay.came] = stay
        if not self._is_writing:
            self._is_writing = True
            rooms = self._rooms
            rooms.schedule.after(WRITE_EVERY, lambda: rooms.spawn(self.save()))

    async def save(self) -> None:
        """What was not written, because the server stops or the disk is full, stays to be written."""
        self._is_writing = False
        news = dict(self._news)
        try:
            await attendance.keep(self._database, news.values())
        except Unavailable:
            log.warning("who came and went could not be saved yet")
            if news:
                self._keep(next(iter(news.values())))
            return
        for name, stay in news.items():
            if self._news.get(name) == stay:
                del self._news[name]

    def _alive(self) -> None:
        rooms = self._rooms
        if self._here:
            rooms.spawn(self._say_alive())
        rooms.schedule.after(ALIVE_EVERY, self._alive)

    async def _say_alive(self) -> None:
        try:
            await workshops.keep_note(self._database, ALIVE, str(self._rooms.clock.now()))
        except Unavailable:
            log.warning("the sign of life could not be saved yet")
