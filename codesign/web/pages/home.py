"""Home of those who prepare workshops: the latest one large, the others after it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.store import workshops
from codesign.web import cards
from codesign.web.cards import Card
from codesign.web.house import house_of
from codesign.web.render import render
from codesign.web.sessions import known_visitor


@dataclass(frozen=True, slots=True)
class HomePage:
    first_name: str
    latest: Card | None
    others: list[Card]
    has_password: bool
    #: Plain http: what browsers leave out is said once, to the one who can change it.
    is_plain_http: bool


async def show(request: Request) -> Response:
    account = known_visitor(request).account
    assert account is not None  # noqa: S101  front() saw to it
    mine = await workshops.workshops_of(house_of(request).database, account.id)
    found = [card for workshop in mine[:60] if (card := await cards.card(request, workshop))]
    page = HomePage(
        first_name=account.name.split()[0] if account.name else "",
        latest=found[0] if found else None,
        others=found[1:],
        has_password=account.password_hash is not None,
        is_plain_http=request.url.scheme == "http" and not _is_local(request),
    )
    return await render(request, "home/home.html", page)


def _is_local(request: Request) -> bool:
    return request.url.hostname in ("localhost", "127.0.0.1", "::1")
