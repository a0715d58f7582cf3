"""What those who lead see of all tables at once, beside the socket: their outlines."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from codesign.web.access import place_of
from codesign.web.house import house_of


async def outlines(request: Request) -> Response:
    """Of one making of tables; `after`: the version that the page has already."""
    place, rooms = place_of(request), house_of(request).rooms
    seating = request.path_params["seating"]
    boards = [str(t["board"]) for t in place.state.of_kind("table") if t["seating"] == seating]
    after = request.query_params.get("after", "0")
    version = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0
    body = "{}" if rooms.outlines is None else await rooms.outlines.since(boards, version)
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})
