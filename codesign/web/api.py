"""`/api/v1`: workshops as other programs read them, by a token that somebody who leads made. Nothing can be written.

A token sees what everyone in the workshop may see, as whoever has the link of a report does; what is hidden, closed or
a table's is not in it. Neither cookies nor sessions count here, and no page of another site can read an answer.
"""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from codesign.i18n import BY_TAG
from codesign.results.worker import WorkError
from codesign.store import tokens
from codesign.store.tokens import Token
from codesign.web import report_sources as sources
from codesign.web.house import house_of
from codesign.web.links import hash_token
from codesign.web.sessions import visitor_of
from codesign.web.token_list import RIGHTS
from codesign.web.token_reach import Reached, reached

BASE = "/api/v1"
PAGE_LEAST, PAGE_USUAL, PAGE_MOST = 1, 200, 500
OFFSET_MOST = 10**9
TOKEN_LETTERS = 200
HEADERS = {"Cache-Control": "private, no-store", "Vary": "Authorization"}
WORDS = {
    "session": "This needs a token that holds: Authorization: Bearer …",
    "forbidden": "This token may not read that.",
    "bad_op": "A parameter is not what the description says.",
    "unknown": "This token reads no such workshop.",
    "rate": "Too many requests. Please wait as long as Retry-After says.",
    "unavailable": "This cannot be read just now. Please try again.",
    "limit": "This workshop is too large to be read at once.",
}
STATUS = {
    "session": 401,
    "forbidden": 403,
    "bad_op": 400,
    "unknown": 404,
    "rate": 429,
    "limit": 413,
}


class Refusal(Exception):
    def __init__(self, code: str, **headers: str) -> None:
        super().__init__(code)
        self.code = code
        self.headers = headers


def api_routes() -> list[Route]:
    pages: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "openapi.json": describe,
        "workshops": _answering(_workshops),
        **{right: _reading(right) for right in RIGHTS},
    }
    return [
        Route(f"{BASE}/{name}", page, name=f"api_{name.partition('.')[0]}")
        for name, page in pages.items()
    ]


async def describe(request: Request) -> Response:
    """What there is to read, for programs and those who write them."""
    document = await asyncio.to_thread(_description)
    return JSONResponse(document, headers={"Cache-Control": "max-age=3600"})


@functools.cache
def _description() -> dict[str, Any]:
    """When it is first asked for: it imports what makes reports, which otherwise only workers do."""
    from codesign.web import openapi

    return openapi.document()


def _answering(make: Callable[[Request], Awaitable[bytes]]) -> Callable[..., Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return Response(await make(request), 200, HEADERS, "application/json")
        except Refusal as refusal:
            return _refused(refusal.code, refusal.headers)
        except WorkError as error:
            return _refused(error.code if error.code in WORDS else "unavailable")

    return answer


async def _workshops(request: Request) -> bytes:
    """Which there are to be read: whatever a token may read of them, it may name them."""
    token = await _token(request)
    limit, offset = _span(request)
    found = await reached(house_of(request), token)
    lines = (
        {
            "id": one.workshop,
            "title": str(one.state.fields.get("title", "")),
            "mark": str(one.state.fields.get("gathering", "")),
        }
        for one in found
    )
    return _page("\n".join(json.dumps(one) for one in lines).encode(), limit, offset)


def _reading(right: str) -> Callable[[Request], Awaitable[Response]]:
    async def read(request: Request) -> bytes:
        token = await _token(request)
        if right not in token.rights:
            raise Refusal("forbidden")
        limit, offset = _span(request)
        made = await _made(request, token, RIGHTS.index(right))
        return made if right == "report" else _page(made, limit, offset)

    return _answering(read)


def _span(request: Request) -> tuple[int, int]:
    limit = _whole(request, "limit", PAGE_USUAL, PAGE_LEAST, PAGE_MOST)
    return limit, _whole(request, "offset", 0, 0, OFFSET_MOST)


async def _token(request: Request) -> Token:
    house = house_of(request)
    kind, _, said = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not 0 < len(said) <= TOKEN_LETTERS:
        raise Refusal("session", **{"WWW-Authenticate": "Bearer"})
    found = await tokens.token(house.database, hash_token(said.strip()), house.now())
    if found is None:
        raise Refusal("session", **{"WWW-Authenticate": 'Bearer error="invalid_token"'})
    if wait := house.api_pace.wait(found.id, house.clock.monotonic()):
        raise Refusal("rate", **{"Retry-After": str(wait)})
    return found


async def _made(request: Request, token: Token, part: int) -> bytes:
    """Made in a worker, once for all who ask until something changes."""
    await visitor_of(request)  # only for words: nobody is let in by a cookie
    lang = request.query_params.get("lang", "en")
    if lang not in BY_TAG:
        raise Refusal("bad_op")
    wanted = await _wanted(request, token)
    kept = await sources.kept_report(request, wanted.workshop)
    reader = sources.by_link(wanted.workshop, wanted.state, names=token.names)
    job = await sources.begin(request, reader, kept, "api", lang=lang)
    made = await asyncio.shield(job.task)
    return made.parts[part]


async def _wanted(request: Request, token: Token) -> Reached:
    """The workshop that is asked for; it need not be named where the token reads one only."""
    found = await reached(house_of(request), token)
    if not found:
        raise Refusal("session", **{"WWW-Authenticate": 'Bearer error="invalid_token"'})
    named = request.query_params.get("workshop")
    if named is None and len(found) > 1:
        raise Refusal("bad_op")
    for one in found:
        if named in (None, one.workshop):
            return one
    raise Refusal("unknown")


def _page(lines: bytes, limit: int, offset: int) -> bytes:
    """So many of them, as they were written."""
    items = lines.split(b"\n") if lines else []
    shown = items[offset : offset + limit]
    after = offset + limit if offset + limit < len(items) else None
    about = f'],"total":{len(items)},"next":{json.dumps(after)}}}'
    return b'{"items":[' + b",".join(shown) + about.encode()


def _whole(request: Request, name: str, usual: int, least: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 11) or not least <= int(text) <= most:
        raise Refusal("bad_op")
    return int(text)


def _refused(code: str, headers: dict[str, str] | None = None) -> Response:
    told = {"code": code, "text": WORDS[code]}
    return JSONResponse(told, STATUS.get(code, 503), HEADERS | (headers or {}))
