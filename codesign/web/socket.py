"""The socket: who may open one, and the way of its frames to the conversation and back (P6.1).

What the frames say is live/conversation.py; this knows of HTTP, cookies and tickets, and no ops.
"""

from __future__ import annotations

import asyncio
import logging

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from codesign.live.client import AsgiWire, RawWire
from codesign.live.conversation import Conversation
from codesign.web.protocol import EXTENSION, Line
from codesign.web.visits import Visit, VisitOf, visit_of

log = logging.getLogger(__name__)

#: Sessions are looked at again at least so often (seconds), so that an expired one ends in time (P13).
LOOK_SECONDS = 45.0


class SocketEndpoint:
    """`GET /socket?ticket=…`. Refused before the upgrade unless cookie, origin and ticket agree."""

    def __init__(self, visit_of: VisitOf = visit_of) -> None:
        self._visit_of = visit_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        visit = await self._let_in(HTTPConnection(scope))
        await receive()  # websocket.connect
        if visit is None:
            await send({"type": "websocket.close", "code": 4403})
            return
        await send({"type": "websocket.accept"})
        line: Line | None = scope.get("extensions", {}).get(EXTENSION)
        if line is None:
            await _talk_plainly(visit, receive, send)
        else:
            await _talk(visit, line, receive)

    async def _let_in(self, connection: HTTPConnection) -> Visit | None:
        visit = await self._visit_of(connection)
        if visit is None:
            return None
        ticket = connection.query_params.get("ticket", "")
        now = visit.rooms.clock.now()
        good = visit.tickets.is_good(ticket, visit.session, origin_of(connection), now)
        return visit if good else None


class TicketPage:
    """`POST /ticket`. That the request is from a page of ours was checked before it came here."""

    def __init__(self, visit_of: VisitOf = visit_of) -> None:
        self._visit_of = visit_of

    async def show(self, request: Request) -> Response:
        visit = await self._visit_of(request)
        if visit is None:
            return JSONResponse({"code": "session"}, 401, {"Cache-Control": "no-store"})
        now = visit.rooms.clock.now()
        ticket = visit.tickets.issue(visit.session, origin_of(request), now)
        return JSONResponse({"ticket": ticket}, headers={"Cache-Control": "no-store"})


#: What routes are handed.
socket = SocketEndpoint()
ticket = TicketPage().show


def origin_of(connection: HTTPConnection) -> str:
    """As the browser says it; programs that are no browser say nothing, both times."""
    return connection.headers.get("origin", "")


async def _talk(visit: Visit, line: Line, receive: Receive) -> None:
    """Frames come straight from the protocol; here we only wait for the end."""
    wire = RawWire(line.transport, line.part, line.hold_back)
    conversation = Conversation(visit.rooms, visit.session, wire, visit.person_for)
    line.listen(conversation)
    watch = asyncio.create_task(_watch_session(visit, conversation))
    try:
        await _hear(receive, conversation)
    finally:
        watch.cancel()
        conversation.lost()


async def _talk_plainly(visit: Visit, receive: Receive, send: Send) -> None:
    """The same through ASGI alone, for servers other than our uvicorn."""
    wire = AsgiWire(send)
    conversation = Conversation(visit.rooms, visit.session, wire, visit.person_for)
    tasks = [
        asyncio.create_task(wire.run()),
        asyncio.create_task(_hear(receive, conversation)),
        asyncio.create_task(_watch_session(visit, conversation)),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        conversation.lost()


async def _hear(receive: Receive, conversation: Conversation) -> None:
    while (message := await receive())["type"] != "websocket.disconnect":
        text = message.get("text")
        if text is None:
            conversation.receive_binary()
        else:
            conversation.receive(text)


async def _watch_session(visit: Visit, conversation: Conversation) -> None:
    """Ends the socket of a session that is over, within a minute (P13)."""
    expires: int | None = visit.expires
    while expires is not None:
        left = (expires - visit.rooms.clock.now()) / 1000
        await asyncio.sleep(max(1.0, min(left, LOOK_SECONDS)))
        if visit.rooms.clock.now() >= expires:
            try:
                expires = await visit.look_again()
            except Exception as error:
                log.warning("a session could not be read: %s", type(error).__name__)
    conversation.client.close("session")
    await asyncio.Event().wait()  # the wire ends it
