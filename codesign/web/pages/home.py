"""Home of those who prepare workshops: the latest one large, the others after it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.store import workshops
from codesign.web import cards
from codesign.web.access import state_of
from codesign.web.cards import Card
from codesign.web.house import house_of
from codesign.web.render import render
from codesign.web.sessions import known_visitor


@dataclass(frozen=True, slots=True)
class HomePage:
    first_name: str
    latest: Card | None
    #: Of the latest one's agenda.
    steps: int
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
        steps=await _steps(request, found[0].id) if found else 0,
        others=found[1:],
        has_password=account.password_hash is not None,
        is_plain_http=request.url.scheme == "http" and not _is_local(request),
    )
    return await render(request, "home/home.html", page)


async def _steps(request: Request, workshop: str) -> int:
    desk = await state_of(house_of(request), f"desk:{workshop}")
    return 0 if desk is None else desk.count_of("step")


def _is_local(request: Request) -> bool:
    return request.url.hostname in ("localhost", "127.0.0.1", "::1")
