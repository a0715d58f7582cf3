"""POST and a held GET, for networks that let no socket through (protocol 12).

Each answer is whole: a proxy that keeps an answer back until its end keeps nothing back here.
What the messages say is live/conversation.py.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.core import limits
from codesign.live.held import Told
from codesign.live.lines import Line, Lines
from codesign.web.socket import origin_of
from codesign.web.visits import VisitOf, visit_of

#: Numbers in the address; more digits are no number of ours.
_DIGITS = 16


class LinePages:
    """`POST /line` opens one; `POST` and `GET /line/<line>` are its two directions."""

    def __init__(self, lines: Lines, visit_of: VisitOf = visit_of) -> None:
        self._lines = lines
        self._visit_of = visit_of

    async def open(self, request: Request) -> Response:
        """As for a socket, a ticket; here it is the body, and in no address (P12.1)."""
        visit = await self._visit_of(request)
        if visit is None:
            return _no("session", 401)
        ticket = (await request.body()).decode(errors="replace")
        now = visit.rooms.clock.now()
        if not visit.tickets.is_good(ticket, visit.session, origin_of(request), now):
            return _no("forbidden", 403)
        line = self._lines.open(visit.rooms, visit.session, visit.person_for)
        if line is None:
            return _no("too_many", 429)
        return _answer({"line": line.id, "hold": limits.HOLD_SECONDS}, 201)

    async def talk(self, request: Request) -> Response:
        found = await self._find(request)
        if isinstance(found, Response):
            return found
        if request.method == "POST":
            return await self._take(request, found)
        return await self._tell(request, found)

    async def _take(self, request: Request, line: Line) -> Response:
        """Messages, one a line (P12.3)."""
        first = _number(request, "first")
        body = await request.body()
        if not first:
            return _no("bad_message", 400)
        return _answer({"taken": line.take(first, body.split(b"\n") if body else [])})

    async def _tell(self, request: Request, line: Line) -> Response:
        """Held until there is something to tell, or for a while (P12.4)."""
        after = _number(request, "after")
        told: asyncio.Future[Told] = asyncio.get_running_loop().create_future()

        def reader(answer: Told) -> None:
            if not told.done():
                told.set_result(answer)

        if after is None or not line.wire.listen(after, reader, _number(request, "hold")):
            return _no("bad_message", 400)
        hung_up = asyncio.create_task(_until_gone(request))
        try:
            await asyncio.wait((told, hung_up), return_when=asyncio.FIRST_COMPLETED)
        finally:
            hung_up.cancel()
            line.wire.leave(reader)
        return _told(told.result()) if told.done() else Response(status_code=204)

    async def _find(self, request: Request) -> Line | Response:
        """The line, if it is this browser's; unknown and somebody else's look alike."""
        line = self._lines.find(str(request.path_params["line"]))
        visit = await self._visit_of(request)
        if visit is None:
            if line is not None:
                line.conversation.client.close("session")
            return _no("session", 401)
        if line is None or line.session != visit.session:
            return _no("unknown", 404)
        return line


async def _until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _number(request: Request, name: str) -> int | None:
    given = request.query_params.get(name, "")
    is_number = given.isascii() and given.isdigit() and len(given) <= _DIGITS
    return int(given) if is_number else None


def _told(told: Told) -> Response:
    """Frames are JSON already, and shared: put together, not encoded anew."""
    messages = b",".join(frame.payload for frame in told.frames)
    close = b"" if told.close is None else b',"close":%d' % told.close
    body = b'{"first":%d,"messages":[%b]%b}' % (told.first, messages, close)
    return Response(body, 200, _NOT_KEPT, "application/json")


def _answer(value: dict[str, Any], status: int = 200) -> Response:
    return JSONResponse(value, status, _NOT_KEPT)


def _no(code: str, status: int) -> Response:
    return _answer({"code": code}, status)


#: Nor changed on the way: some proxies unpack and pack again what they may.
_NOT_KEPT = {"Cache-Control": "no-store, no-transform"}
