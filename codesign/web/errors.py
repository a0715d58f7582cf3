"""Pages and sentences for what does not work out. Every refusal has a code and words; none has a traceback."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from codesign.core.decision import Refused
from codesign.i18n import N_, Words
from codesign.store.errors import Unavailable
from codesign.web.forms import Stale
from codesign.web.render import render_for
from codesign.web.sessions import nobody, visitor_of

log = logging.getLogger(__name__)

#: What a refused op says to people on pages. The board has the same sentences.
REFUSALS: Mapping[str, str] = {
    "bad_message": N_("This could not be read."),
    "bad_op": N_("This does not work as it is written. Please change it and try again."),
    "unknown": N_("There is no such thing here any more."),
    "forbidden": N_("You may not do this here."),
    "stage": N_("Not now: the facilitator has locked the board."),
    "conflict": N_("Someone else changed this meanwhile. Have a look, then try again."),
    "limit": N_("That is more than fits."),
    "rate": N_("That was too fast. Please try again in a moment."),
    "too_old": N_("The text has moved on too far. Please try again."),
    "unavailable": N_("We could not save this. Nothing was changed. Please try again."),
    "last_lead": N_("Somebody must lead the workshop. Make another person a facilitator first."),
    "last_owner": N_("A workshop needs an owner. Make another person an owner first."),
}


@dataclass(frozen=True, slots=True)
class ErrorPage:
    status: int
    code: str
    title: str
    text: str


#: By status: the code, a heading, and what to do.
PAGES: Mapping[int, tuple[str, str, str]] = {
    400: (
        "bad_message",
        N_("This could not be read"),
        N_("Please go back, load the page again and repeat what you did."),
    ),
    403: (
        "forbidden",
        N_("This page was open for too long"),
        N_("Nothing was changed. Please go back, load the page again and repeat what you did."),
    ),
    404: (
        "unknown",
        N_("There is nothing here for you"),
        N_("The address may be mistyped, or old, or meant for somebody else."),
    ),
    413: (
        "limit",
        N_("That is too much at once"),
        N_("Nothing was changed. Please send less and try again."),
    ),
    429: ("rate", N_("That was too often"), N_("Please wait a few minutes, then try again.")),
    500: (
        "unavailable",
        N_("Something broke on our side"),
        N_("It is not your doing. What was saved before is safe. Please try again."),
    ),
    503: (
        "unavailable",
        N_("We could not save this"),
        N_("Nothing was changed. Please go back and try again in a moment."),
    ),
}


def refusal_words(words: Words, refused: Refused) -> str:
    reason = str(refused.data.get("reason", ""))
    return words.gettext(REFUSALS.get(reason) or REFUSALS[refused.code])


def unknown() -> HTTPException:
    """For what is not there and for what you may not see: nobody can tell the two apart."""
    return HTTPException(404)


async def show_error(request: Request, error: Exception) -> Response:
    """The handler for what pages raise on purpose."""
    match error:
        case HTTPException(status_code=405):
            status = 404
        case HTTPException(status_code=status):
            pass
        case Stale():
            status = 403
        case Unavailable():
            status = 503
        case _:
            raise error
    headers = error.headers if isinstance(error, HTTPException) else None
    return await error_page(request, status, headers)


async def error_page(
    request: Request, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    known = status if status in PAGES else (500 if status >= 500 else 400)
    code, title, text = PAGES[known]
    try:
        visitor = await visitor_of(request)
    except Exception:
        # The database may be what is broken; the page needs none.
        visitor = nobody(request)
    page = ErrorPage(status, code, visitor.words.gettext(title), visitor.words.gettext(text))
    response = render_for(visitor, request, "error/error.html", page, status)
    response.headers.update(headers or {})
    return response


async def refuse_origin(scope: Scope, receive: Receive, send: Send) -> None:
    """The answer to other sites' requests, as OriginMiddleware wants it. Looks nobody up."""
    request = Request(scope, receive)
    visitor = nobody(request)
    code, title, text = PAGES[403]
    page = ErrorPage(403, code, visitor.words.gettext(title), visitor.words.gettext(text))
    await render_for(visitor, request, "error/error.html", page, 403)(scope, receive, send)


class CatchAllMiddleware:
    """Whatever went wrong, people get a page in their language, and the log no words of theirs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = False, 0

        async def noting_send(message: Message) -> None:
            nonlocal started, status
            if _is_bare_413(message):
                status = 413
            if not status:
                started = True
                await send(message)

        try:
            await self.app(scope, receive, noting_send)
        except Exception as error:
            _log(error)
            if started:
                raise
            status = 500
        if status:
            response = await error_page(Request(scope, receive), status)
            await response(scope, receive, send)


def _is_bare_413(message: Message) -> bool:
    """The body limit's own answer, which is a line of English without a page."""
    return (
        message["type"] == "http.response.start"
        and message["status"] == 413
        and Headers(raw=message["headers"]).get("content-type", "").startswith("text/plain")
    )


def _log(error: Exception) -> None:
    """The place and the kind, not the message: it may hold what somebody wrote."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("unexpected %s\n%s", type(error).__name__, where)
