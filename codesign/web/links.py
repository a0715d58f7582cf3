"""Links and codes that open a workshop: derived from the secret, so that nothing in the database opens a door.

Links hold 132 bits. The participants' own and the code that stands for it die with their generation. Links for another
role, or for a table, have a row each: nothing in their address says what they are, so that none can be made of another.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from codesign.core.ops import Role
from codesign.store import links as given_links
from codesign.store import workshops
from codesign.store.database import Database
from codesign.store.workshops import Workshop
from codesign.web import codes

PARTICIPANT: Literal["participant"] = "participant"
#: Roles that a link can be given out for, beside the participants' own link.
ROLES: tuple[Role, ...] = ("observer", "expert", "host", "co-facilitator", PARTICIPANT)
#: How often, at most, an unknown link makes us look whether there are new workshops.
LOOK_MS = 1_000
#: And whether another process has made new links and codes for old ones: that reads them all.
LOOK_AT_ALL_MS = 60_000


@dataclass(frozen=True, slots=True)
class Door:
    """What a link or a code opens, and as whom."""

    workshop: str
    role: Role
    #: Where whoever comes in by it sits.
    table: str | None = None


class Links:
    """Makes them. Two servers with one secret make the same."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def join(self, workshop: Workshop, role: Literal["participant"] = PARTICIPANT) -> str:
        return self._token(f"link|{workshop.id}|{role}|{workshop.link_generation}")

    def given(self, link: str) -> str:
        """The address of a link that has a row."""
        return self._token(f"given|{link}")

    def code(self, workshop: Workshop) -> str:
        return codes.make_code(self._secret, workshop.id, workshop.code_generation)

    def back(self, person: str) -> str:
        """A person's own way back from another device. Derived, so that asking again does not break the first."""
        return self._token(f"return|{person}")

    def _token(self, message: str) -> str:
        digest = hmac.digest(self._secret, message.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).decode()[:22]


class Doors:
    """Finds what a link or a code opens.

    An index in memory, checked against the workshop's row on every hit: an old link is refused at once, also when
    another process made the new one.
    """

    def __init__(self, database: Database, links: Links, now: Callable[[], int]) -> None:
        self._database = database
        self._links = links
        self._now = now
        self._by_link: dict[str, Door] = {}
        self._by_code: dict[str, str] = {}
        self._reading = asyncio.Lock()
        self._looks = 0
        self._looked = 0
        self._looked_at_all = 0
        #: Generations by workshop, of those that are in the index.
        self._known: dict[str, tuple[int, int]] = {}
        self._newest = 0

    async def by_link(self, token: str) -> Door | None:
        for _ in range(2):
            if door := self._by_link.get(token):
                workshop = await workshops.workshop(self._database, door.workshop)
                if workshop and self._links.join(workshop) == token:
                    return door
                del self._by_link[token]
            if link := await given_links.link(self._database, hash_token(token)):
                return Door(link.workshop, cast("Role", link.role), link.table)
            # It may have been read while the links that were given out were looked at.
            if not await self._look() and token not in self._by_link:
                break
        return None

    async def by_code(self, typed: str) -> Door | None:
        letters = codes.read_code(typed)
        for _ in range(2):
            if id := self._by_code.get(letters):
                workshop = await workshops.workshop(self._database, id)
                if workshop and codes.read_code(self._links.code(workshop)) == letters:
                    return Door(id, PARTICIPANT)
                del self._by_code[letters]
            if len(letters) != codes.LETTERS or not await self._look():
                break
        return None

    def know(self, workshop: Workshop) -> None:
        """A workshop made or rotated in this process is found at once."""
        generations = (workshop.link_generation, workshop.code_generation)
        if self._known.get(workshop.id) == generations:
            return
        self._known[workshop.id] = generations
        self._newest = max(self._newest, workshop.created)
        self._by_link[self._links.join(workshop)] = Door(workshop.id, PARTICIPANT)
        self._by_code[codes.read_code(self._links.code(workshop))] = workshop.id

    def forget(self, workshop: str) -> None:
        """There is no such workshop any more."""
        self._known.pop(workshop, None)
        self._by_link = {k: door for k, door in self._by_link.items() if door.workshop != workshop}
        self._by_code = {k: id for k, id in self._by_code.items() if id != workshop}

    async def _look(self) -> bool:
        """Read what is new, unless that was just done. Guessing must not become reading.

        Whoever comes while it is being read waits for that: after a start a whole room comes at once.
        """
        looks = self._looks
        async with self._reading:
            if self._looks != looks:
                return True
            now = self._now()
            if now - self._looked < LOOK_MS and self._looked:
                return False
            self._looked = now
            await self._read(now)
            self._looks += 1
        return True

    async def _read(self, now: int) -> None:
        if now - self._looked_at_all >= LOOK_AT_ALL_MS:
            self._looked_at_all = now
            found = await workshops.every_workshop(self._database)
        else:  # a minute back: another process's clock may be behind
            since = self._newest - LOOK_AT_ALL_MS
            found = await workshops.workshops_since(self._database, since)
        for workshop in found:
            self.know(workshop)


def hash_token(token: str) -> str:
    """How a token is kept at rest. It has bits enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
