"""The page around the board: what the browser's modules are told, one's own return link, leaving."""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.core.permissions import LEADS
from codesign.core.visibility import may_follow
from codesign.store import people
from codesign.web import cards
from codesign.web.access import Place, place_of
from codesign.web.forms import read_form
from codesign.web.house import house_of
from codesign.web.pages import workshop
from codesign.web.render import assets_below, full_url, go, render, url
from codesign.web.sessions import known_visitor, remember_leaving


@dataclass(frozen=True, slots=True)
class BoardPage:
    board: str
    workshop: str
    person: str
    role: str
    title: str
    epoch: str
    streams_url: str
    socket_url: str
    ticket_url: str
    line_url: str
    #: With `VOTE` in the place of a vote's id: where one's own dots lie.
    mine_url: str
    #: What is planned, before the first step.
    plan_url: str
    return_url: str
    leave_url: str
    manage_url: str
    images_url: str
    map_url: str
    #: Where a table goes that somebody brings in.
    table_url: str
    files_url: str
    #: What says which notes may belong together.
    groups_url: str
    #: Without the kind of file at its end.
    export_url: str
    report_url: str
    me_url: str
    became_url: str
    #: What of the page is fetched later, by name, as JSON.
    wings: str
    #: Where a service that translates is asked, and who that is; empty where there is none.
    translate_url: str = ""
    translates: str = ""
    #: For those who lead, else empty: the spoken code, the page for the wall, the agenda.
    code: str = ""
    wall_url: str = ""
    agenda_url: str = ""
    #: The outlines of tables; the id of their seating goes to its end.
    tables_url: str = ""
    #: Where what was is seen again; on that page itself, where it is read from and, for those who lead, restored.
    playback_url: str = ""
    course_url: str = ""
    history_url: str = ""
    restore_url: str = ""


async def show(request: Request) -> Response:
    place = place_of(request)
    board = str(request.path_params["board"])
    together = str(place.state.fields.get("board", board))
    if board != together and not may_follow(place.person, f"board:{board}", place.state):
        return go(request, "board", board=together)  # somebody else's table
    playback = url(request, "playback", board=board)
    return await render(request, "board/board.html", page_of(request, playback_url=playback))


def page_of(request: Request, **more: str) -> BoardPage:
    place, house = place_of(request), house_of(request)
    board = str(request.path_params["board"])
    return BoardPage(
        board=board,
        workshop=place.workshop.id,
        person=place.person,
        role=place.role,
        title=str(place.state.fields["title"]),
        epoch=house.database.epoch,
        streams_url=url(request, "front") + "streams/",
        socket_url=url(request, "front") + "socket",
        ticket_url=url(request, "front") + "ticket",
        line_url=url(request, "front") + "line",
        mine_url=url(request, "my_ballot", workshop=place.workshop.id, vote="VOTE"),
        plan_url=url(request, "plan", workshop=place.workshop.id),
        return_url=url(request, "return_link", board=board),
        leave_url=url(request, "leave", board=board),
        manage_url=_manage_url(request, place),
        images_url=url(request, "images", board=board),
        map_url=url(request, "map", board=board),
        table_url=url(request, "table", board=board),
        groups_url=url(request, "groups", board=board),
        files_url=url(request, "front") + "files",
        export_url=url(request, "front") + f"b/{board}/export.",
        report_url=url(request, "report", workshop=place.workshop.id),
        me_url=url(request, "me", workshop=place.workshop.id),
        became_url=url(request, "became", workshop=place.workshop.id),
        wings=json.dumps(assets_below(request, "js/board/wings/")),
        **_translating(request, board),
        **_for_leads(request, place),
        **more,
    )


async def return_link(request: Request) -> Response:
    """One's own way back from another device, with a QR to point its camera at."""
    place, house = place_of(request), house_of(request)
    link = full_url(request, "return", token=house.links.back(place.person))
    return JSONResponse({"link": link, "qr": str(cards.qr(link))})


async def leave(request: Request) -> Response:
    """This browser forgets who it was here; the return link still knows. Nobody leaves a workshop without a lead."""
    await read_form(request)
    place, house, visitor = place_of(request), house_of(request), known_visitor(request)
    if place.role in LEADS and _leads_alone(place):
        return await workshop.show_last_lead(request)
    assert visitor.session is not None  # noqa: S101  the guard found a seat by it
    await people.leave_seat(house.database, visitor.session.hash, place.workshop.id)
    house.rooms.close_session(visitor.session.hash, workshop=place.workshop.id)
    response = go(request, "front")
    remember_leaving(request, response)
    return response


def _leads_alone(place: Place) -> bool:
    return not any(
        person["role"] in LEADS and not person.get("gone", False) and person["id"] != place.person
        for person in place.state.of_kind("person")
    )


def _translating(request: Request, board: str) -> dict[str, str]:
    service = house_of(request).translating
    if service is None:
        return {}
    return {"translate_url": url(request, "translate", board=board), "translates": service.host}


def _for_leads(request: Request, place: Place) -> dict[str, str]:
    if place.role not in LEADS:
        return {}
    id = place.workshop.id
    return {
        "code": house_of(request).links.code(place.workshop),
        "wall_url": url(request, "wall", workshop=id),
        "agenda_url": url(request, "agenda", workshop=id),
        "tables_url": url(request, "outlines", workshop=id, seating="-")[:-1],
    }


def _manage_url(request: Request, place: Place) -> str:
    return url(request, "workshop", workshop=place.workshop.id) if place.role in LEADS else ""
