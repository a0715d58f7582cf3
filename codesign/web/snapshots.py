"""`GET /streams/<stream>`: a stream as it is, for those who may follow it (protocol 7)."""

from __future__ import annotations

import asyncio
import gzip
import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.web.visits import Visit, VisitOf, visit_of

log = logging.getLogger(__name__)


class SnapshotPage:
    """Unknown and forbidden look alike. The body is made once for each seq and shared (P7.1)."""

    def __init__(self, visit_of: VisitOf = visit_of) -> None:
        self._visit_of = visit_of

    async def show(self, request: Request) -> Response:
        stream = str(request.path_params["stream"])
        visit = await self._visit_of(request)
        if visit is None:
            return _refusal("session", 401)
        try:
            if not await _may_follow(visit, stream):
                return _refusal("unknown", 404)
            snapshot = await visit.rooms.snapshot(stream)
        except Exception as error:
            log.warning("a snapshot could not be read: %s", type(error).__name__)
            return _refusal("unavailable", 503)
        if snapshot is None:
            return _refusal("unknown", 404)
        headers = {
            "ETag": snapshot.etag,
            "Cache-Control": "private, no-cache",
            "Vary": "Accept-Encoding, Cookie",
        }
        if snapshot.etag in _etags(request.headers.get("if-none-match", "")):
            return Response(None, 304, headers)
        if _takes_gzip(request.headers.get("accept-encoding", "")):
            headers["Content-Encoding"] = "gzip"
            return Response(snapshot.body, 200, headers, "application/json")
        # Tens of megabytes, with a big board: others go on meanwhile.
        body = await asyncio.to_thread(gzip.decompress, snapshot.body)
        return Response(body, 200, headers, "application/json")


#: What the route is handed.
snapshot = SnapshotPage().show


async def _may_follow(visit: Visit, stream: str) -> bool:
    if "\0" in stream:
        return False  # PostgreSQL would not even look
    room = await visit.rooms.open_made(stream)
    if room is None:
        return False
    for workshop in room.workshop_ids:
        if room.may_follow(await visit.person_for(visit.session, workshop)):
            return True
    return False


def _etags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def _takes_gzip(header: str) -> bool:
    for part in header.lower().split(","):
        name, _, quality = part.strip().partition(";")
        if name == "gzip":
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _refusal(code: str, status: int) -> Response:
    return JSONResponse({"code": code}, status, {"Cache-Control": "no-store"})
