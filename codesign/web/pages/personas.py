"""The page of the programme's personas, opened from a board. What is on it comes from the register, live."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.ops import SetUpRegister
from codesign.core.visibility import may_follow
from codesign.web.access import place_of
from codesign.web.errors import unknown
from codesign.web.house import House, house_of
from codesign.web.render import render, url


@dataclass(frozen=True, slots=True)
class PersonasPage:
    board: str
    workshop: str
    programme: str
    person: str
    title: str
    epoch: str
    streams_url: str
    socket_url: str
    ticket_url: str
    line_url: str


async def show(request: Request) -> Response:
    place = place_of(request)
    board = str(request.path_params["board"])
    programme = str(place.state.fields.get("programme", ""))
    streams = (f"board:{board}", f"register:{programme}")
    if not all(may_follow(place.person, stream, place.state) for stream in streams):
        raise unknown()
    await _set_up(house_of(request), programme, place.workshop.id)
    front = url(request, "front")
    page = PersonasPage(
        board=board,
        workshop=place.workshop.id,
        programme=programme,
        person=place.person,
        title=str(place.state.fields["title"]),
        epoch=house_of(request).database.epoch,
        streams_url=front + "streams/",
        socket_url=front + "socket",
        ticket_url=front + "ticket",
        line_url=front + "line",
    )
    return await render(request, "personas/personas.html", page)


async def _set_up(house: House, programme: str, workshop: str) -> None:
    """Both sides of the register are there from the first look at it; asked again, this changes nothing."""
    for stream in (f"register:{programme}", f"closed:{programme}"):
        if await house.rooms.open(stream) is None:
            await house.rooms.ask(stream, SetUpRegister(workshop=workshop), product=True)
