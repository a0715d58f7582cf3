"""Who may call a route, decided before its page runs: from the table in routes.py, in one place.

What is unknown and what is forbidden look alike. Somebody who is not signed in is asked to sign in, whether or not the
thing they asked for is there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from codesign.core.permissions import LEADS
from codesign.core.stream import State
from codesign.core.visibility import role_of
from codesign.store import people, workshops
from codesign.store.workshops import Workshop
from codesign.web import seats
from codesign.web.errors import unknown
from codesign.web.house import House, house_of
from codesign.web.notices import say_removed
from codesign.web.render import go, url
from codesign.web.sessions import Visitor, visitor_of

#: `anyone`; `account`: signed in; `leader`: that, or leads any workshop; `lead`: leads this workshop; `person`: is in
#: this board's workshop; `programme`: leads a workshop of this programme.
Who = Literal["anyone", "account", "leader", "lead", "person", "programme"]
#: Of how many workshops that a browser has a seat in it is looked whether it leads one.
SEATS_LOOKED_AT = 20
Page = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Place:
    """Who the visitor is in a workshop, and the workshop as it stands."""

    workshop: Workshop
    state: State
    person: str
    role: str

    @property
    def stream(self) -> str:
        return f"workshop:{self.workshop.id}"


@dataclass(frozen=True, slots=True)
class Leads:
    """A programme, and those of its workshops that the visitor leads, in their order."""

    programme: str
    title: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Rehearsing:
    """What a page says of a rehearsal: whoever leads can end it."""

    workshop: str
    leads: bool


def guard(page: Page, who: Who) -> Page:
    async def guarded(request: Request) -> Response:
        if any("\0" in str(part) for part in request.path_params.values()):
            raise unknown()  # no name of ours holds it, and PostgreSQL would not even look
        visitor = await visitor_of(request)
        if who == "account" and visitor.account is None:
            return ask_to_sign_in(request)
        if who == "leader" and not (visitor.account or await _leads_somewhere(request, visitor)):
            return ask_to_sign_in(request)
        if who == "programme":
            leads = await _find_leads(request, visitor)
            if leads is None and visitor.account is None:
                return ask_to_sign_in(request)
            if leads is None:
                raise unknown()
            request.state.leads = leads
        if who in ("lead", "person"):
            place = await _place(request, visitor)
            if place is None and (state := await _left_behind(request, visitor)):
                return await say_removed(request, state)
            if place is None and (workshop := await _waits_for(request, visitor)):
                return go(request, "lobby", workshop=workshop)
            if place is None or (who == "lead" and place.role not in LEADS):
                if who == "lead" and visitor.account is None:
                    return ask_to_sign_in(request)
                raise unknown()
            request.state.place = place
            mark_rehearsal(request, place.workshop.id, place.state, leads=place.role in LEADS)
        return await page(request)

    return guarded


def place_of(request: Request) -> Place:
    """The place that the guard found."""
    place: Place = request.state.place
    return place


def leads_of(request: Request) -> Leads:
    """The programme that the guard found."""
    leads: Leads = request.state.leads
    return leads


def mark_rehearsal(request: Request, workshop: str, state: State, *, leads: bool = False) -> None:
    """Where the workshop is a copy to rehearse on, whatever page is shown says so (render.py)."""
    if state.fields.get("rehearsal", False):
        request.state.rehearsal = Rehearsing(workshop, leads)


def ask_to_sign_in(request: Request) -> Response:
    back = f"?next={quote(request.url.path)}" if request.method == "GET" else ""
    return RedirectResponse(url(request, "sign_in") + back, 303)


async def find_place(connection: HTTPConnection, visitor: Visitor, id: str) -> Place | None:
    """The visitor's place in this workshop; None when they have none, or not any more."""
    house = house_of(connection)
    if visitor.session is None:
        return None
    workshop = await workshops.workshop(house.database, id)
    if workshop is None:
        return None
    person = await people.seat(house.database, visitor.session.hash, id)
    if person is None and visitor.account is not None:
        person = await _by_account(house, visitor, workshop)
    state = await state_of(house, f"workshop:{id}")
    role = role_of(person, state)
    if person is None or state is None or role is None:
        return None
    return Place(workshop, state, person, role)


async def state_of(house: House, stream: str) -> State | None:
    found = await house.rooms.state(stream)
    return found[1] if found else None


async def _place(request: Request, visitor: Visitor) -> Place | None:
    id = await _workshop_id(request)
    return await find_place(request, visitor, id) if id else None


async def _find_leads(request: Request, visitor: Visitor) -> Leads | None:
    """None where the visitor leads nothing of it, and where there is none: both look alike."""
    db, id = house_of(request).database, str(request.path_params["programme"])
    title = await workshops.programme_title(db, id)
    if title is None:
        return None
    places = []
    for row in await workshops.workshops_in(db, id):
        place = await find_place(request, visitor, row.id)
        if place is not None and place.role in LEADS and "board" in place.state.fields:
            places.append(place)
    return Leads(id, title, tuple(sorted(places, key=_in_order))) if places else None


def _in_order(place: Place) -> tuple[int, int, str]:
    return (int(place.state.fields.get("turn", 0)), place.workshop.created, place.workshop.id)


async def _leads_somewhere(request: Request, visitor: Visitor) -> bool:
    if visitor.session is None:
        return False
    house = house_of(request)
    for workshop, person in (await people.seats_of(house.database, visitor.session.hash))[
        :SEATS_LOOKED_AT
    ]:
        if role_of(person, await state_of(house, f"workshop:{workshop}")) in LEADS:
            return True
    return False


async def _workshop_id(request: Request) -> str | None:
    """The workshop that the address is about, if there is one."""
    if board := request.path_params.get("board"):
        room = await house_of(request).rooms.open_made(f"board:{board}")
        return None if room is None else str(room.state.fields.get("workshop", ""))
    return str(request.path_params["workshop"])


async def _left_behind(request: Request, visitor: Visitor) -> State | None:
    """The workshop this browser has a seat in, though its person was removed."""
    house, id = house_of(request), await _workshop_id(request)
    if visitor.session is None or id is None:
        return None
    person = await people.seat(house.database, visitor.session.hash, id)
    state = await state_of(house, f"workshop:{id}") if person else None
    return state if person and state and state.get(person) else None


async def _waits_for(request: Request, visitor: Visitor) -> str | None:
    """The workshop this browser has a seat in, though its person has not been let in yet."""
    house, id = house_of(request), await _workshop_id(request)
    if visitor.session is None or id is None:
        return None
    person = await people.seat(house.database, visitor.session.hash, id)
    state = await state_of(house, f"workshop:{id}") if person else None
    return id if person and state and state.get(person) is None else None


async def _by_account(house: House, visitor: Visitor, workshop: Workshop) -> str | None:
    """Whoever signed in takes the place their account has; the owner gets one if there is none yet."""
    assert visitor.account is not None  # noqa: S101  find_place saw to it
    assert visitor.session is not None  # noqa: S101
    account = visitor.account
    person = await people.person_of_account(house.database, account.id, workshop.id)
    if person is None and workshop.owner_account == account.id:
        person = await seats.seat_owner(house, workshop.id, account, visitor.words.tag)
    if person is not None:
        await people.take_seat(house.database, visitor.session.hash, workshop.id, person)
    return person
