"""Pages that say one thing about a workshop: the door is closed, your place is closed."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.stream import State
from codesign.web import faces
from codesign.web.render import render
from codesign.web.sessions import visitor_of


@dataclass(frozen=True, slots=True)
class NoticePage:
    title: str
    text: str


async def say_closed(request: Request, state: State) -> Response:
    _ = (await visitor_of(request)).words.gettext
    page = NoticePage(
        _("The door is closed"),
        _("Nobody new can come in just now. Please ask the people who run the workshop."),
    )
    return await render(request, "join/notice.html", page, status=403)


async def say_removed(request: Request, state: State) -> Response:
    """They know that the workshop is there: they were in it."""
    _ = (await visitor_of(request)).words.gettext
    name = faces.lead_name(state)
    said = _("{name} has closed your place", name=name) if name else _("Your place has been closed")
    text = _("What you wrote is still on the board. Ask in the room if you want to come back.")
    return await render(request, "join/notice.html", NoticePage(said, text), status=403)
