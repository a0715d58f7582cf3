"""Waiting at the door: who knocked sees what is planned, and is taken in without doing anything."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.store import people
from codesign.web import faces, knocking
from codesign.web.access import mark_rehearsal, state_of
from codesign.web.errors import unknown
from codesign.web.house import house_of
from codesign.web.knocking import PlanLine, Standing
from codesign.web.notices import say_removed
from codesign.web.render import go, is_htmx, render
from codesign.web.sessions import session_of, visitor_of


@dataclass(frozen=True, slots=True)
class LobbyPage:
    workshop: str
    title: str
    #: Of who waits.
    name: str
    city: str
    paper: str
    #: Whoever leads, by first name; empty without one.
    lead: str
    standing: Standing
    #: Where they go once they are in.
    board: str
    plan: list[PlanLine]


async def show(request: Request) -> Response:
    """The page; for htmx and its like, which ask every few seconds, only how it stands."""
    house, visitor = house_of(request), await visitor_of(request)
    workshop = str(request.path_params["workshop"])
    session = await session_of(request)
    person = session and await people.seat(house.database, session.hash, workshop)
    state = await state_of(house, f"workshop:{workshop}") if person else None
    if not person or state is None:
        raise unknown()
    mark_rehearsal(request, workshop, state)
    standing, item = await knocking.standing_of(house, workshop, person)
    board = str(state.fields["board"])
    if standing == "unknown":
        raise unknown()
    if standing == "gone":
        return await say_removed(request, state)
    if standing == "in" and not is_htmx(request):
        return go(request, "board", board=board)
    city = state.get(str(item.get("city", ""))) if item else None
    page = LobbyPage(
        workshop=workshop,
        title=str(state.fields["title"]),
        name=str(item["name"]) if item else "",
        city=str(city["name"]) if city else "",
        paper=str(city["colour"]) if city else "",
        lead=faces.lead_name(state),
        standing=standing,
        board=board if standing == "in" else "",
        plan=[] if is_htmx(request) else await knocking.plan_of(house, workshop, visitor.words),
    )
    return await render(request, "join/lobby.html", page, block="standing")
