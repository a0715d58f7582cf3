"""Codes after too many wrong ones: no answer says any more whether one is right, and whoever comes waits to be let in.

A right one knocks at its workshop, where those who lead see it; of a wrong one nobody hears. Both are answered alike
and at once, so that guessing learns nothing; and nobody is locked out.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.core.clean import Unclean, clean_name
from codesign.store import people
from codesign.web import codes, knocking, seats
from codesign.web.access import state_of
from codesign.web.forms import Form, look_at_form
from codesign.web.house import House, house_of
from codesign.web.links import Door
from codesign.web.render import go, is_htmx, render, url
from codesign.web.sessions import (
    KNOCK,
    known_visitor,
    newcomer_key,
    remember_knock,
    start_session,
    visitor_of,
)
from codesign.web.sign_in import address_of


@dataclass(frozen=True, slots=True)
class DoorPage:
    typed: str
    name: str = ""
    city: str = ""
    wrong_code: str = ""
    wrong_name: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class WaitingPage:
    is_in: bool
    code: str


async def show_door(request: Request, typed: str) -> Response:
    return await render(request, "code/door.html", DoorPage(typed))


async def take(request: Request) -> Response:
    """Who they are, and the code; from an address that has cooled meanwhile it is a code like any other."""
    form, visitor = await look_at_form(request), await visitor_of(request)
    house, typed = house_of(request), form.line("code")[:100]
    if not house.wrong_codes.too_many(address_of(request), house.now()):
        return RedirectResponse(url(request, "code"), 307)
    letters = codes.read_code(typed)
    name, wrong = _read(request, form, letters)
    if wrong:
        page = DoorPage(typed, form.text("name")[:400], form.line("city")[:400], **wrong)
        return await render(request, "code/door.html", page, status=422)
    # Derived: a form that is sent twice knocks once.
    person = seats.derived_id(house, f"code|{newcomer_key(request)}|{letters}")
    knocks = _knock(house, letters, person, name, form.line("city"), visitor.words.tag)
    # On the side: how long it takes would tell whether there is such a workshop.
    house.rooms.spawn(knocks)
    response = RedirectResponse(url(request, "code_waiting") + f"?code={letters}", 303)
    remember_knock(request, response, person)
    return response


async def show(request: Request) -> Response:
    """Waiting; whoever was let in is taken there. To who was not, a wrong code and a shut door look alike."""
    house, person = house_of(request), request.cookies.get(KNOCK, "")
    found = await people.person(house.database, person)
    standing = "unknown"
    if found is not None:
        standing, _ = await knocking.standing_of(house, found.workshop, person)
    if found is not None and standing == "in" and not is_htmx(request):
        return await _sit_down(request, found)
    code = codes.show_code(codes.read_code(request.query_params.get("code", ""))[: codes.LETTERS])
    page = WaitingPage(standing == "in", code)
    return await render(request, "code/waiting.html", page, block="standing")


async def open_door(house: House, typed: str) -> Door | None:
    """Codes live unless the door is closed."""
    door = await house.doors.by_code(typed)
    if door is None:
        return None
    state = await state_of(house, f"workshop:{door.workshop}")
    return door if state and state.fields["door"] != "closed" else None


def _read(request: Request, form: Form, letters: str) -> tuple[str, dict[str, str]]:
    """The name; and what is wrong with the form, by field."""
    _ = known_visitor(request).words.gettext
    name, wrong = "", {}
    try:
        name = clean_name(form.text("name"))
    except Unclean as error:
        wrong["wrong_name"] = (
            _("This name is too long. Your first name is enough.")
            if error.code == "limit"
            else _("Please write your first name.")
        )
    if len(letters) != codes.LETTERS:
        wrong["wrong_code"] = _("Please type the code you see on the wall.")
    if not form.is_ours and not wrong:
        wrong["wrong"] = _("This page was open for a long time. Please press the button once more.")
    return name, wrong


async def _knock(house: House, letters: str, person: str, name: str, city: str, lang: str) -> None:
    door = await open_door(house, letters)
    state = await state_of(house, f"workshop:{door.workshop}") if door else None
    if door is None or state is None:
        return
    # Which cities there are would tell of the workshop, so it is written by hand.
    wanted = city.strip().casefold()
    known = (one for one in state.of_kind("city") if str(one["name"]).casefold() == wanted)
    found = next((str(one["id"]) for one in known), None)
    await knocking.knock(house, door, name, person=person, city=found, lang=lang)


async def _sit_down(request: Request, person: people.Person) -> Response:
    house, visitor = house_of(request), await visitor_of(request)
    state = await state_of(house, f"workshop:{person.workshop}")
    assert state is not None  # noqa: S101  they are in it
    response = go(request, "board", board=str(state.fields["board"]))
    session = visitor.session or await start_session(request, response, None)
    await people.take_seat(house.database, session.hash, person.workshop, person.id)
    response.delete_cookie(KNOCK, path="/")
    return response
