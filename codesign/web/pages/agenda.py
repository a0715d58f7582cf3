"""The page on which those who lead plan a workshop. What is on it comes from the desk, live; here is only its frame."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.decision import Refused
from codesign.core.limits import STAND_INS_LEAST, STAND_INS_MOST
from codesign.store.rehearsals import rehearsal_of
from codesign.web.access import place_of
from codesign.web.errors import refusal_words, unknown
from codesign.web.house import house_of
from codesign.web.render import render, url
from codesign.web.sessions import known_visitor

STAND_INS = (STAND_INS_LEAST, 8, 16, STAND_INS_MOST)


@dataclass(frozen=True, slots=True)
class AgendaPage:
    workshop: str
    person: str
    title: str
    board: str
    epoch: str
    streams_url: str
    socket_url: str
    ticket_url: str
    #: Of a copy to rehearse on there is no rehearsal.
    is_rehearsal: bool
    #: Whether one of this workshop is on.
    is_rehearsed: bool
    #: How many stand-ins there can be, to choose from.
    stand_ins: tuple[int, ...]
    wrong: str = ""


async def show(request: Request) -> Response:
    return await _show(request)


async def show_refused(request: Request, refused: Refused) -> Response:
    """A rehearsal could not begin."""
    words = known_visitor(request).words
    if refused.code == "limit":
        said = words.gettext(
            "This server holds {n} rehearsals at once. Please try again when one of them has ended.",
            n=refused.data["most"],
        )
    else:
        said = refusal_words(words, refused)
    return await _show(request, said, 409)


async def _show(request: Request, wrong: str = "", status: int = 200) -> Response:
    place, house = place_of(request), house_of(request)
    if "board" not in place.state.fields:
        raise unknown()
    front = url(request, "front")
    page = AgendaPage(
        workshop=place.workshop.id,
        person=place.person,
        title=str(place.state.fields["title"]),
        board=str(place.state.fields["board"]),
        epoch=house.database.epoch,
        streams_url=front + "streams/",
        socket_url=front + "socket",
        ticket_url=front + "ticket",
        is_rehearsal=bool(place.state.fields.get("rehearsal", False)),
        is_rehearsed=await rehearsal_of(house.database, place.workshop.id) is not None,
        stand_ins=STAND_INS,
        wrong=wrong,
    )
    return await render(request, "agenda/agenda.html", page, status=status)
