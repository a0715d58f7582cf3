"""Joining: by link, and back again by one's own return link. Language, first name, city, one button."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.core import limits
from codesign.core.clean import Unclean, clean_name
from codesign.core.decision import Refused
from codesign.core.stream import Item, State
from codesign.core.visibility import is_in
from codesign.i18n import BY_TAG
from codesign.store import people, workshops
from codesign.web import faces, given, knocking, passphrases, seats
from codesign.web.access import find_place, mark_rehearsal, state_of
from codesign.web.errors import refusal_words, unknown
from codesign.web.faces import Face
from codesign.web.forms import Form, look_at_form, read_form
from codesign.web.house import house_of
from codesign.web.links import PARTICIPANT, Door, hash_token
from codesign.web.notices import say_closed, say_removed
from codesign.web.render import go, render
from codesign.web.roles import ROLE_WORDS, ROLE_YOU
from codesign.web.sessions import (
    known_visitor,
    newcomer_key,
    remember_language,
    session_of,
    start_session,
    use_language,
    visitor_of,
)
from codesign.web.sign_in import address_of


@dataclass(frozen=True, slots=True)
class JoinPage:
    token: str
    title: str
    cities: list[Item]
    here: list[Face]
    count: int
    #: What the link makes of whoever joins, and where they sit; empty for participants, and without a table.
    role: str = ""
    hint: str = ""
    table: str = ""
    name: str = ""
    city: str = ""
    shared: str = ""
    wrong_name: str = ""
    wrong_city: str = ""
    wrong_word: str = ""
    wrong: str = ""
    #: How the door stands: whether a word is asked for, or somebody has to let them in.
    stands: str = "open"


@dataclass(frozen=True, slots=True)
class ReturnPage:
    token: str
    title: str
    name: str


async def show(request: Request) -> Response:
    door = await _door(request)
    house, visitor = house_of(request), await visitor_of(request)
    state = await state_of(house, f"workshop:{door.workshop}")
    if state is None:
        raise unknown()
    mark_rehearsal(request, door.workshop, state)
    if place := await find_place(request, visitor, door.workshop):
        return go(request, "board", board=str(place.state.fields["board"]))
    if await _waits(request, door.workshop, state):
        return go(request, "lobby", workshop=door.workshop)
    if await _was_removed(request, door.workshop, state):
        return await say_removed(request, state)
    if state.fields["door"] == "closed":
        return await say_closed(request, state)
    return await _form(request, door, state)


async def take(request: Request) -> Response:
    """The form: another language, or joining."""
    door, form = await _door(request), await look_at_form(request)
    house = house_of(request)
    state = await state_of(house, f"workshop:{door.workshop}")
    if state is None:
        raise unknown()
    mark_rehearsal(request, door.workshop, state)
    if (tag := form.line("lang")) in BY_TAG:
        use_language(request, tag)
        response = await _form(request, door, state, form)
        remember_language(request, response, tag)
        return response
    if await find_place(request, await visitor_of(request), door.workshop):
        # Another tab was first, and its answer made this one's form token old.
        return go(request, "board", board=str(state.fields["board"]))
    if state.fields["door"] == "closed":
        return await say_closed(request, state)
    if await _was_removed(request, door.workshop, state):
        return await say_removed(request, state)
    if await _waits(request, door.workshop, state):
        return go(request, "lobby", workshop=door.workshop)
    return await _join(request, door, state, form)


async def show_return(request: Request) -> Response:
    """Asks first: programs that look at links in mails must not take somebody's place."""
    house, token = house_of(request), str(request.path_params["token"])
    person, state, item = await _returning(request)
    if item.get("gone"):
        return await say_removed(request, state)
    session = await session_of(request)
    if session and await people.seat(house.database, session.hash, person.workshop) == person.id:
        return go(request, "board", board=str(state.fields["board"]))
    page = ReturnPage(token, str(state.fields["title"]), faces.name_of(item))
    return await render(request, "join/return.html", page)


async def take_return(request: Request) -> Response:
    await read_form(request)
    house = house_of(request)
    person, state, item = await _returning(request)
    if item.get("gone"):
        return await say_removed(request, state)
    response = go(request, "board", board=str(state.fields["board"]))
    session = await session_of(request) or await start_session(request, response, None)
    await people.take_seat(house.database, session.hash, person.workshop, person.id)
    # Pages of this browser that were somebody else here must not go on writing in that name.
    house.rooms.close_session(session.hash, workshop=person.workshop)
    return response


async def _join(request: Request, door: Door, state: State, form: Form) -> Response:
    house, visitor = house_of(request), await visitor_of(request)
    _ = visitor.words.gettext
    city = form.line("city")
    cities = {item["id"] for item in state.of_kind("city")}
    wrong = {}
    name = ""
    try:
        name = clean_name(form.text("name"))
    except Unclean as error:
        wrong["wrong_name"] = (
            _("This name is too long. Your first name is enough.")
            if error.code == "limit"
            else _("Please write your first name.")
        )
    if cities and city not in cities:
        wrong["wrong_city"] = _("Please choose your city.")
    if not form.is_ours and not wrong:
        wrong["wrong"] = _("This page was open for a long time. Please press the button once more.")
    if wrong:
        return await _form(request, door, state, form, status=422, **wrong)
    stands = await _stands(request, door, state, form)
    if stands == "wrong":
        said = _("This is not the word. Ask the people who run the workshop for it.")
        return await _form(request, door, state, form, status=422, wrong_word=said)
    # Of the browser and not of the page: two tabs in which somebody joins at one instant make one person.
    person = seats.derived_id(house, f"join|{door.workshop}|{newcomer_key(request)}")
    refused = await _enter(
        request, door, name, person, city or None, _shared(form), waits=stands == "approve"
    )
    if refused:
        said = (
            _("The room is full. Tell the people who run the workshop.")
            if refused.code == "limit"
            else refusal_words(visitor.words, refused)
        )
        return await _form(request, door, state, form, status=409, wrong=said)
    return await _sit_down(request, door.workshop, person, state, waits=stands == "approve")


async def _stands(request: Request, door: Door, state: State, form: Form) -> str:
    """`open`, `approve` or `wrong`, as the door stands for this form.

    After too many wrong words from an address no word is looked at any more: whoever comes waits to be let in.
    """
    house = house_of(request)
    stands = str(state.fields["door"])
    if stands != "passphrase":
        return stands
    who, now = f"{address_of(request)}|{door.workshop}", house.now()
    if house.wrong_words.too_many(who, now):
        return "approve"
    row = await workshops.workshop(house.database, door.workshop)
    kept = row.passphrase if row else None
    if passphrases.is_right(house.secret, door.workshop, form.text("passphrase"), kept):
        return "open"
    house.wrong_words.wrong(who, now)
    return "wrong"


async def _enter(
    request: Request,
    door: Door,
    name: str,
    person: str,
    city: str | None,
    shared: int | None,
    *,
    waits: bool,
) -> Refused | None:
    """They join, or wait at the door."""
    house, visitor = house_of(request), await visitor_of(request)
    lang = visitor.words.tag
    if waits:
        return await knocking.knock(
            house, door, name, person=person, city=city, lang=lang, shared=shared
        )
    return await seats.join(
        house,
        door.workshop,
        name,
        person=person,
        city=city,
        role=door.role,
        lang=lang,
        account=visitor.account.id if visitor.account else None,
        table=door.table,
        shared=shared,
    )


def _shared(form: Form) -> int | None:
    """How many are at this device; what makes no sense is one, who needs no word."""
    said = form.line("shared")
    people = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 1
    return people if limits.SHARING_LEAST <= people <= limits.SHARING_MOST else None


async def _sit_down(
    request: Request, workshop: str, person: str, state: State, *, waits: bool = False
) -> Response:
    """This browser is that person: in the room, or at the door until they are let in."""
    house, visitor = house_of(request), await visitor_of(request)
    if waits:
        response = go(request, "lobby", workshop=workshop)
    else:
        response = go(request, "board", board=str(state.fields["board"]))
    session = visitor.session or await start_session(request, response, None)
    await people.take_seat(house.database, session.hash, workshop, person)
    remember_language(request, response, visitor.words.tag)
    return response


async def _form(
    request: Request,
    door: Door,
    state: State,
    form: Form | None = None,
    status: int = 200,
    **wrong: str,
) -> Response:
    # Before a door that is not simply open nobody is shown who is inside.
    is_open = state.fields["door"] == "open"
    present = [p for p in state.of_kind("person") if is_open and not p.get("gone")]
    words = known_visitor(request).words
    gettext = words.gettext
    is_other = door.role != PARTICIPANT
    page = JoinPage(
        token=str(request.path_params["token"]),
        title=str(state.fields["title"]),
        cities=faces.in_order(state.of_kind("city")),
        here=[faces.face(item, state) for item in present[-5:]],
        count=len(present),
        role=gettext(ROLE_WORDS[door.role]) if is_other else "",
        hint=gettext(ROLE_YOU[door.role]) if is_other else "",
        table=given.table_title(door.table, state, words),
        name=form.text("name")[:400] if form else "",
        city=form.text("city") if form else "",
        shared=form.line("shared")[:3] if form else "",
        stands=str(state.fields["door"]),
        **wrong,
    )
    return await render(request, "join/join.html", page, status=status)


async def _door(request: Request) -> Door:
    door = await house_of(request).doors.by_link(str(request.path_params["token"]))
    if door is None:
        raise unknown()
    return door


async def _returning(request: Request) -> tuple[people.Person, State, Item]:
    house = house_of(request)
    token = str(request.path_params["token"])
    person = await people.returning(house.database, hash_token(token))
    state = await state_of(house, f"workshop:{person.workshop}") if person else None
    item = state.get(person.id) if person and state else None
    if person is None or state is None or item is None:
        raise unknown()
    mark_rehearsal(request, person.workshop, state)
    return person, state, item


async def _was_removed(request: Request, workshop: str, state: State) -> bool:
    """Whether this browser is somebody who was removed: the link does not bring them back in."""
    session = await session_of(request)
    if session is None:
        return False
    person = await people.seat(house_of(request).database, session.hash, workshop)
    return person is not None and state.get(person) is not None and not is_in(person, state)


async def _waits(request: Request, workshop: str, state: State) -> bool:
    """Whether this browser has knocked already."""
    session = await session_of(request)
    if session is None:
        return False
    person = await people.seat(house_of(request).database, session.hash, workshop)
    return person is not None and state.get(person) is None
