"""Who opens a socket or asks for a stream: a browser session, and the persons it is in workshops.

The only thing sockets and snapshots know of sessions and seats; tests hand in their own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from codesign.live.conversation import PersonFor
from codesign.live.rooms import Rooms
from codesign.store import people
from codesign.web.house import house_of
from codesign.web.sessions import session_of
from codesign.web.tickets import Tickets


@dataclass(frozen=True, slots=True)
class Visit:
    rooms: Rooms
    tickets: Tickets
    #: The session's hash, and when (ms since 1970) it ends unless it is used again.
    session: str
    expires: int
    person_for: PersonFor
    #: When the session ends now; None: it is over.
    look_again: Callable[[], Awaitable[int | None]]


VisitOf = Callable[[HTTPConnection], Awaitable[Visit | None]]


async def visit_of(connection: HTTPConnection) -> Visit | None:
    """The visit behind a request or handshake; None without a session."""
    house = house_of(connection)
    session = await session_of(connection)
    if session is None:
        return None
    hash = session.hash

    async def person_for(session: str, workshop: str) -> str | None:
        return await people.seat(house.database, session, workshop)

    async def look_again() -> int | None:
        known = await people.session(house.database, hash, house.now())
        return None if known is None else known.expires

    tickets = Tickets(house.secret)
    return Visit(house.rooms, tickets, hash, session.expires, person_for, look_again)
