"""Rehearsals: a copy of a workshop with stand-ins in it, and its end, after which nothing of it is left.

It ends when somebody who leads it says so, after some hours, when the server stops, and, where the server was killed,
when the next one starts.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from codesign.core import limits
from codesign.core.decision import Refused
from codesign.i18n import BY_TAG
from codesign.store import rehearsals, workshops
from codesign.store.deletion import scrub_deleted
from codesign.store.errors import StoreError
from codesign.store.workshops import Workshop
from codesign.web import copying, seats, standing_in
from codesign.web.access import Place, state_of
from codesign.web.house import House
from codesign.web.sessions import Visitor
from codesign.web.standing_in import Company
from codesign.web.taking_away import take_away

log = logging.getLogger(__name__)

#: Seconds between two looks at those that are on; a server that has not looked for so long (ms) is gone.
LOOK_EVERY, GONE_MS = 60.0, 5 * 60_000


@dataclass(slots=True)
class Held:
    """One that this server holds; `ends` (ms): when it is over at the latest."""

    workshop: str
    ends: int
    company: Company | None = None


class Rehearsals:
    """One for the process. `clear` before rooms start, `stop` after they have stopped."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._held: dict[str, Held] = {}
        self._beginning = asyncio.Lock()
        #: Of the pace of people; only tests are quicker.
        self.pace = 1.0
        self.send_for = standing_in.send_for

    async def begin(self, place: Place, visitor: Visitor, count: int, server: str) -> str | Refused:
        """The copy, with this many stand-ins on their way to it by the address `server`; or the one that is on."""
        async with self._beginning:
            return await self._begin(place, visitor, count, server)

    async def end(self, copy: str) -> None:
        """Nothing of it is left: in memory, in the database, among the files. Asked again, it does nothing."""
        held = self._held.setdefault(copy, Held(copy, 0))
        held.ends = 0  # whatever fails now is tried again with the next look
        if held.company is not None:
            await held.company.leave()
        house = self._house
        await take_away(house, copy)
        self._held.pop(copy, None)
        await scrub_deleted(house.database)

    async def clear(self) -> None:
        """What servers that were killed have left. On SQLite this is the only server there is."""
        house, now = self._house, self._house.now()
        for one in await rehearsals.every_rehearsal(house.database):
            if house.database.kind == "sqlite" or one.alive < now - GONE_MS:
                await self._try_to_end(one.workshop)
        house.rooms.schedule.after(LOOK_EVERY, lambda: house.rooms.spawn(self.look()))

    def send_home(self) -> None:
        """The server is about to stop: the stand-ins go before they notice."""
        for held in self._held.values():
            if held.company is not None:
                held.company.send_home()

    async def stop(self) -> None:
        for copy in list(self._held):
            await self._try_to_end(copy)

    async def _begin(
        self, place: Place, visitor: Visitor, count: int, server: str
    ) -> str | Refused:
        house, source = self._house, place.workshop
        if place.state.fields.get("rehearsal"):
            return Refused("conflict", {"reason": "rehearsal"})
        if on := await rehearsals.rehearsal_of(house.database, source.id):
            return on.workshop
        if len(await rehearsals.every_rehearsal(house.database)) >= limits.REHEARSALS:
            return Refused("limit", {"limit": "rehearsals", "most": limits.REHEARSALS})
        title = visitor.words.gettext("Rehearsal: {title}", title=place.state.fields["title"])
        owner = visitor.account.id if visitor.account else None
        copy = copying.new_copy(house, owner)
        try:
            await copying.copy_workshop(house, copy, source, place.state, title)
        except IntegrityError:
            # Another server was first.
            on = await rehearsals.rehearsal_of(house.database, source.id)
            return on.workshop if on else Refused("unavailable")
        except BaseException:
            await self._try_to_end(copy.id)
            raise
        held = self._held[copy.id] = Held(copy.id, house.now() + limits.REHEARSAL_MS)
        held.company = await self._company(copy, place, count, server)
        return copy.id

    async def _company(self, copy: Workshop, place: Place, count: int, server: str) -> Company:
        count = max(limits.STAND_INS_LEAST, min(count, limits.STAND_INS_MOST))
        desk = await state_of(self._house, f"desk:{place.workshop.id}")
        return await self.send_for(
            link=f"{server}/join/{self._house.links.join(copy)}",
            count=count,
            languages=_languages(place, {} if desk is None else desk.fields),
            cities=[str(city["name"]) for city in place.state.of_kind("city")],
            pace=self.pace,
        )

    async def look(self) -> None:
        """Every minute: this server lives; what is over ends; what others have left is cleared away."""
        house = self._house
        now = house.now()
        for held in list(self._held.values()):
            if held.ends <= now or not await self._is_there(held.workshop, now):
                await self._try_to_end(held.workshop)
        await self._clear_others(now)
        house.rooms.schedule.after(LOOK_EVERY, lambda: house.rooms.spawn(self.look()))

    async def _clear_others(self, now: int) -> None:
        try:
            for one in await rehearsals.every_rehearsal(self._house.database):
                if one.workshop not in self._held and one.alive < now - GONE_MS:
                    await self._try_to_end(one.workshop)
        except StoreError as error:
            log.warning("rehearsals could not be looked at: %s", type(error).__name__)

    async def _is_there(self, copy: str, now: int) -> bool:
        """Also when the database does not answer just now. False: another server has ended it."""
        try:
            return await rehearsals.still_there(self._house.database, copy, now)
        except StoreError:
            return True

    async def _try_to_end(self, copy: str) -> None:
        """Not being able to now is no reason to stop: the next look, or the next start, tries again."""
        try:
            await self.end(copy)
        except Exception as error:
            log.warning("a rehearsal could not be cleared away yet: %s", type(error).__name__)


async def come_in(house: House, copy: str, place: Place, visitor: Visitor) -> str | None:
    """Somebody who leads the workshop leads its rehearsal, too. Their person there; None where it has just ended."""
    row = await workshops.workshop(house.database, copy)
    if row is None:
        return None
    me = place.state.get(place.person) or {}
    person = seats.derived_id(house, f"rehearsal|{copy}|{place.person}")
    refused = await seats.join(
        house,
        copy,
        str(me.get("name", "")),
        person=person,
        city=me.get("city"),
        role="owner",
        lang=visitor.words.tag,
        account=visitor.account.id if visitor.account else None,
    )
    return None if refused else person


def _languages(place: Place, desk: dict[str, object]) -> list[str]:
    """What is written and read there: the first of the agenda, those it needs, and those of who has come."""
    said = [str(desk.get("lang", ""))]
    said += [key.removeprefix("language/") for key in desk if key.startswith("language/")]
    said += sorted(str(one.get("lang", "")) for one in place.state.of_kind("person"))
    return [tag for tag in dict.fromkeys(said) if tag in BY_TAG]
