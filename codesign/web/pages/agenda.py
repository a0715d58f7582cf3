"""The page on which those who lead plan a workshop. What is on it comes from the desk, live; here is only its frame."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.web.access import place_of
from codesign.web.errors import unknown
from codesign.web.house import house_of
from codesign.web.render import render, url


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


async def show(request: Request) -> Response:
    place = place_of(request)
    if "board" not in place.state.fields:
        raise unknown()
    front = url(request, "front")
    page = AgendaPage(
        workshop=place.workshop.id,
        person=place.person,
        title=str(place.state.fields["title"]),
        board=str(place.state.fields["board"]),
        epoch=house_of(request).database.epoch,
        streams_url=front + "streams/",
        socket_url=front + "socket",
        ticket_url=front + "ticket",
    )
    return await render(request, "agenda/agenda.html", page)
