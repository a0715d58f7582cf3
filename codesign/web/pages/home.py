"""Home of those who prepare workshops: the latest one large, the others after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.store import workshops
from codesign.store.workshops import Workshop
from codesign.web import cards
from codesign.web.access import state_of
from codesign.web.cards import Card
from codesign.web.house import house_of
from codesign.web.kept_until import ShownEnding, shown_endings
from codesign.web.render import render
from codesign.web.sessions import known_visitor

#: So many of the newest workshops are looked at.
LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Programme:
    id: str
    title: str
    workshops: int


@dataclass(frozen=True, slots=True)
class HomePage:
    first_name: str
    latest: Card | None
    #: Of the latest one's agenda.
    steps: int
    others: list[Card]
    programmes: list[Programme]
    #: Archives of programmes that ended, while they are there.
    endings: list[ShownEnding]
    has_password: bool
    #: Plain http: what browsers leave out is said once, to the one who can change it.
    is_plain_http: bool


async def show(request: Request) -> Response:
    account = known_visitor(request).account
    assert account is not None  # noqa: S101  front() saw to it
    mine = await workshops.workshops_of(house_of(request).database, account.id)
    found = [card for one in mine[:LOOKED_AT] if (card := await cards.card(request, one))]
    programmes = await _programmes(request, mine[:LOOKED_AT])
    inside = {one.id for one in programmes}
    apart = {one.id for one in mine if one.programme not in inside}
    page = HomePage(
        first_name=account.name.split()[0] if account.name else "",
        latest=found[0] if found else None,
        steps=await _steps(request, found[0].id) if found else 0,
        others=[card for card in found[1:] if card.id in apart],
        programmes=programmes,
        endings=await shown_endings(request, account.id),
        has_password=account.password_hash is not None,
        is_plain_http=request.url.scheme == "http" and not _is_local(request),
    )
    return await render(request, "home/home.html", page)


async def _programmes(request: Request, mine: list[Workshop]) -> list[Programme]:
    """Those of several workshops, or made from a playbook; the one with the newest workshop first."""
    house, count = house_of(request), Counter(one.programme for one in mine)
    for one in mine:
        state = await state_of(house, f"workshop:{one.id}")
        if state is not None and "gathering" in state.fields:
            count[one.programme] += 1
    found = []
    for id in dict.fromkeys(one.programme for one in mine if count[one.programme] > 1):
        title = await workshops.programme_title(house.database, id)
        found.append(Programme(id, title or "", sum(one.programme == id for one in mine)))
    return found


async def _steps(request: Request, workshop: str) -> int:
    desk = await state_of(house_of(request), f"desk:{workshop}")
    return 0 if desk is None else desk.count_of("step")


def _is_local(request: Request) -> bool:
    return request.url.hostname in ("localhost", "127.0.0.1", "::1")
