"""Beginning a rehearsal of a workshop, and ending one. Both are forms of those who lead."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.decision import Refused
from codesign.store import people, rehearsals
from codesign.web import rehearsing
from codesign.web.access import place_of, state_of
from codesign.web.errors import unknown
from codesign.web.forms import read_form
from codesign.web.house import house_of
from codesign.web.pages import agenda
from codesign.web.render import go
from codesign.web.sessions import visitor_of


async def take(request: Request) -> Response:
    """To the copy: a new one, or the one that is on, which whoever leads may join."""
    form = await read_form(request)
    place, house, visitor = place_of(request), house_of(request), await visitor_of(request)
    said = form.line("stand_ins")
    count = int(said) if said.isdecimal() and len(said) < 8 else 0
    copy = await house.rehearsals.begin(place, visitor, count, own_address(request))
    if isinstance(copy, Refused):
        return await agenda.show_refused(request, copy)
    person = await rehearsing.come_in(house, copy, place, visitor)
    state = await state_of(house, f"workshop:{copy}")
    if person is None or state is None or visitor.session is None:
        raise unknown()
    await people.take_seat(house.database, visitor.session.hash, copy, person)
    return go(request, "board", board=str(state.fields["board"]))


async def end(request: Request) -> Response:
    """Back to the agenda of the real one."""
    await read_form(request)
    house, copy = house_of(request), place_of(request).workshop.id
    found = await rehearsals.rehearsal(house.database, copy)
    if found is None:
        return go(request, "agenda", workshop=copy)  # a real workshop: there is nothing to end
    await house.rehearsals.end(copy)
    return go(request, "agenda", workshop=found.of)


def own_address(request: Request) -> str:
    """Where this server listens: the address in the browser may be a proxy's, which only others reach."""
    server = request.scope.get("server")
    if server is None or server[1] is None:  # a socket file
        return f"{request.url.scheme}://{request.url.netloc}"
    host, port = server
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
