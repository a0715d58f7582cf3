"""Groups that may be, of the notes of a board: computed in a worker when somebody asks, and kept by nobody."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.core.visibility import may_follow
from codesign.results.worker import Work, WorkError
from codesign.web.access import place_of
from codesign.web.errors import unknown
from codesign.web.house import house_of


async def show(request: Request) -> Response:
    place, house = place_of(request), house_of(request)
    stream = f"board:{request.path_params['board']}"
    if not may_follow(place.person, stream, place.state):
        raise unknown()
    snapshot = await house.rooms.snapshot(stream)
    if snapshot is None:
        raise unknown()
    region = request.query_params.get("region", "")[:100]
    try:
        made = await house.workers.run("groups", Work({"region": region}, [snapshot.body]))
    except WorkError as error:
        return JSONResponse({"error": error.code}, 503 if error.code == "full" else 422)
    return JSONResponse(dict(made.values), headers={"Cache-Control": "no-store"})
