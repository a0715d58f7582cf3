"""What a page asks about votes beside the socket: where one's own dots lie, after a reload or on another device."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.store import ballots
from codesign.web.access import place_of
from codesign.web.house import house_of


async def mine(request: Request) -> Response:
    """Nowhere, where this person has not voted, the vote is over, or there is none."""
    place, database = place_of(request), house_of(request).database
    dots = await ballots.mine(database, request.path_params["vote"], place.person)
    return JSONResponse({"dots": dots}, headers={"cache-control": "no-store"})
