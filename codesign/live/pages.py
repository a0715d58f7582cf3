"""The connected pages: who is whose, and how they leave. Keyed by the page itself, never by its client id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from codesign.core import limits
from codesign.live.asked import Memories
from codesign.live.client import Client
from codesign.live.gauges import Gauges
from codesign.live.room import Room

if TYPE_CHECKING:
    from codesign.live.attendance import Attendance


class Pages:
    def __init__(
        self, memories: Memories, gauges: Gauges, *, touch: Callable[[Room], None]
    ) -> None:
        self._memories = memories
        self._gauges = gauges
        self._touch = touch
        #: Told of each person's first page and last; attendance.py puts itself here.
        self.attendance: Attendance | None = None
        self._all: dict[Client, None] = {}
        self._by_person: dict[str, set[Client]] = {}

    def __iter__(self) -> Iterator[Client]:
        return iter(list(self._all))

    def __len__(self) -> int:
        return len(self._all)

    def enter(self, client: Client) -> None:
        self._all[client] = None
        client.on_close = self._leave
        self._gauges.connections.set(len(self._all))

    def name(self, client: Client, workshop: str, person: str) -> bool:
        """The page is this person in the workshop. False: they have too many pages open."""
        pages = self._by_person.setdefault(person, set())
        if client not in pages and len(pages) >= limits.CONNECTIONS_PER_PERSON:
            return False
        if not pages and self.attendance is not None:
            self.attendance.come(workshop, person)
        pages.add(client)
        client.people[workshop] = person
        return True

    def close_session(
        self, session: str, code: str, *, workshop: str | None = None, delay: int = 0
    ) -> None:
        """That browser's session is over, or its seat in one workshop: the pages that were there by it end (P13)."""
        for client in self:
            if client.session == session and workshop is None:
                client.close(code, delay=delay)
            elif client.session == session and workshop in client.people:
                self._part(client, workshop, code)

    def show_out(self, workshop: Room) -> None:
        """People who lost the right to follow are told so; who was removed is closed (P6.8, 4403)."""
        for client in self:
            person = client.people.get(workshop.workshop_id)
            if person is None:
                continue
            for room in list(client.follows.values()):
                if workshop.workshop_id in room.workshop_ids and not room.may_follow(
                    room.person_of(client)
                ):
                    room.unfollow(client, "unknown")
            if not workshop.may_follow(person):
                self._part(client, workshop.workshop_id, "forbidden")

    def send_out(self, workshop: str) -> None:
        """Everyone leaves the workshop: there is none any more."""
        for client in self:
            if workshop in client.people:
                self._part(client, workshop, "forbidden")

    def _part(self, client: Client, workshop: str, code: str) -> None:
        """The page is nobody in this workshop any more. What it follows elsewhere it goes on following."""
        if len(client.people) == 1:
            return client.close(code)
        person = client.people[workshop]
        for room in list(client.follows.values()):
            if workshop in room.workshop_ids and room.person_of(client) == person:
                room.unfollow(client, "unknown")
                self._touch(room)
        self._forget(client, workshop, client.people.pop(workshop))
        return None

    def _forget(self, client: Client, workshop: str, person: str) -> None:
        if (pages := self._by_person.get(person)) is not None:
            pages.discard(client)
            if not pages:
                del self._by_person[person]
                if self.attendance is not None:
                    self.attendance.go(workshop, person)

    def _leave(self, client: Client, code: str) -> None:
        """A newer page of the same client stays what it is (P6.12)."""
        self._gauges.closed.labels(code).inc()
        del self._all[client]
        self._gauges.connections.set(len(self._all))
        for room in list(client.follows.values()):
            room.unfollow(client)
            self._touch(room)
        for workshop, person in client.people.items():
            self._forget(client, workshop, person)
        memory = self._memories.get(client.id) if client.id else None
        if memory is not None and memory.page is client:
            memory.page = None
