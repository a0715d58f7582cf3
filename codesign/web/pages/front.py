"""The front door: the code page for strangers, home for those who prepare workshops; language, privacy."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.i18n import BY_TAG
from codesign.store import workshops
from codesign.web import codes
from codesign.web.forms import look_at_form
from codesign.web.house import house_of
from codesign.web.pages import code_door, home
from codesign.web.render import go, own_path, render, url
from codesign.web.sessions import known_visitor, remember_language, visitor_of
from codesign.web.sign_in import address_of


@dataclass(frozen=True, slots=True)
class CodePage:
    typed: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class NoPage:
    """A page that is all words."""


async def front(request: Request) -> Response:
    visitor = await visitor_of(request)
    if visitor.account:
        return await home.show(request)
    return await show_code(request)


async def show_code(request: Request) -> Response:
    return await render(request, "code/code.html", CodePage())


async def take_code(request: Request) -> Response:
    """A right code leads to the join page; wrong ones slow down, and after too many all of them lead to the door."""
    form = await look_at_form(request)
    house, now, address = house_of(request), house_of(request).now(), address_of(request)
    typed = form.line("code")[:100]
    if not codes.read_code(typed):
        return await _again(request, typed, "")
    if house.wrong_codes.too_many(address, now):
        return await code_door.show_door(request, typed)
    door = await code_door.open_door(house, typed)
    if door is None:
        house.wrong_codes.wrong(address, now)
        await house.wait(house.wrong_codes.slow_down(address, now))
        return await _again(request, typed, codes.show_code(codes.read_code(typed)))
    workshop = await workshops.workshop(house.database, door.workshop)
    assert workshop is not None  # noqa: S101  the door was just found by it
    return go(request, "join", token=house.links.join(workshop))


async def take_language(request: Request) -> Response:
    """No token: the worst another site could do is change the language, and the origin check stops that."""
    form = await look_at_form(request)
    response = RedirectResponse(own_path(form.line("back")) or url(request, "front"), 303)
    if (tag := form.line("lang")) in BY_TAG:
        remember_language(request, response, tag)
    return response


async def privacy(request: Request) -> Response:
    return await render(request, "privacy/privacy.html", NoPage())


async def _again(request: Request, typed: str, read: str) -> Response:
    _ = known_visitor(request).words.gettext
    wrong = (
        _("No workshop has the code {code}. Check the last letters.", code=read)
        if read
        else _("Please type the code you see on the wall.")
    )
    return await render(request, "code/code.html", CodePage(typed, wrong), status=422)
