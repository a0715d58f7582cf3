"""Managing a workshop: link, code and QR, the door, and the people in it. What changes is asked of its room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.core.clean import Unclean, clean_line, clean_name
from codesign.core.decision import Refused
from codesign.core.ops import (
    AddCity,
    ChangeCity,
    ForgetPerson,
    Op,
    ReadmitPerson,
    RemovePerson,
    RenamePerson,
    Role,
    SetRole,
    SetWorkshop,
)
from codesign.core.stream import Item, State
from codesign.i18n import N_, Words
from codesign.order import order_between
from codesign.results.table_words import board_name
from codesign.store import tokens, workshops
from codesign.web import cards, faces, given, opening
from codesign.web.access import Place, place_of, state_of
from codesign.web.cards import Card
from codesign.web.deeds import ShownDeed, record_deed, shown_deeds
from codesign.web.errors import refusal_words, unknown
from codesign.web.forms import Form, read_form
from codesign.web.given import GivenLink
from codesign.web.house import house_of
from codesign.web.kept_until import ShownKept, warning_of
from codesign.web.knocking import Knocker, knockers
from codesign.web.links import ROLES
from codesign.web.people_list import Look, PeopleList, part_of, read_look
from codesign.web.render import is_htmx, render, url
from codesign.web.roles import ROLE_HINTS, ROLE_WORDS
from codesign.web.seats import make_id
from codesign.web.sessions import known_visitor
from codesign.web.token_list import BLANK, DAYS, ShownToken, TokenForm, right_words, shown_tokens

#: What somebody can be made here. Only owners make owners.
GIVEN = ("facilitator", "co-facilitator", "host", "participant", "expert", "observer")
GIVEN_BY_OWNERS = ("owner", *GIVEN)

BEGINNING = Look()


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    card: Card
    people: PeopleList
    #: At the door: those who wait, and after them those who were sent away.
    knockers: list[Knocker]
    waiting: int
    #: Whether a word for the door is kept.
    has_word: bool
    me: str
    roles: dict[str, str]
    given: tuple[str, ...]
    #: Links that carry a role, or lead to a table; the roles and tables there can be links for.
    links: list[GivenLink]
    link_roles: list[tuple[str, str, str]]
    tables: list[tuple[str, str]]
    qr: str
    #: Every board of the workshop: id and title, the one people land on first.
    boards: list[tuple[str, str]]
    #: By which other programs read it; one that was just made is said this once.
    tokens: list[ShownToken]
    #: Whether it is known when it begins.
    has_time: bool
    #: What was done with links, tokens, the word and the report, the newest first.
    deeds: list[ShownDeed]
    #: Its programme, where it is one gathering of several.
    programme: str = ""
    #: The programme whose records it writes, which every workshop has.
    records_of: str = ""
    #: That the programme is about to be deleted.
    kept: ShownKept | None = None
    #: `new` or `copy`: it has just been brought in from an archive.
    came: str = ""
    #: What came of the last thing asked, if it was refused, and about whom.
    wrong: str = ""
    wrong_person: str = ""
    #: By the id of its form, if it was asked beside the list of people.
    wrong_at: str = ""
    #: The form that was answered, where what came of it lies folded away beside it.
    done_at: str = ""
    token_form: TokenForm = BLANK
    new_token: str = ""
    token_rights: tuple[tuple[str, str], ...] = ()
    token_days: tuple[int, ...] = DAYS


async def show(request: Request) -> Response:
    page = await page_of(request, _look(request))
    return await render(request, "workshop/workshop.html", page)


async def show_people(request: Request) -> Response:
    """The list alone for htmx, which asks now and then; the whole page for everyone else."""
    page = await page_of(request, _look(request))
    return await render(request, "workshop/workshop.html", page, block="people")


async def show_last_lead(request: Request) -> Response:
    """Whoever leads alone wants to leave: first somebody else has to lead, which is done here."""
    wrong = refusal_words(
        known_visitor(request).words, Refused("conflict", {"reason": "last_lead"})
    )
    page = await page_of(request, BEGINNING, wrong)
    return await render(request, "workshop/workshop.html", page, status=409)


async def take_person(request: Request) -> Response:
    """One person's row: keep what was changed, remove, or let back in."""
    form, person = await read_form(request), str(request.path_params["person"])
    place = place_of(request)
    item = place.state.get(person)
    if item is None or item["kind"] != "person":
        raise unknown()
    wrong = ""
    for op in _ops_for(form, item):
        if isinstance(op, str):
            wrong = known_visitor(request).words.gettext(op)
            break
        answer = await house_of(request).rooms.ask(place.stream, op, person=place.person)
        if isinstance(answer, Refused):
            wrong = refusal_words(known_visitor(request).words, answer)
            break
    return await show_answer(request, wrong, person, read_look(form.text("q"), form.text("page")))


async def take_name(request: Request) -> Response:
    form, place = await read_form(request), place_of(request)
    try:
        title = clean_line(form.text("title"))
    except Unclean:
        title = ""
    if not title:
        return await _no_name(request, "form-name")
    return await ask(request, place, SetWorkshop(title=title), at="form-name")


async def take_city(request: Request) -> Response:
    """One more city, with the next paper. Cities stay: their names stand on people's notes."""
    form, place = await read_form(request), place_of(request)
    known = faces.in_order(place.state.of_kind("city"))
    try:
        name = clean_name(form.text("city"))
    except Unclean:
        return await _no_name(request, "form-city")
    last = known[-1]["order"] if known else None
    city = AddCity(
        id=make_id(), name=name, colour=opening.paper(len(known)), order=order_between(last, None)
    )
    return await ask(request, place, city, at="form-city")


async def take_rotate(request: Request) -> Response:
    """New link, new code, new QR. People who are in stay in."""
    await read_form(request)
    house, id = house_of(request), place_of(request).workshop.id
    await record_deed(request, "new_code")
    await workshops.rotate(house.database, id)
    if row := await workshops.workshop(house.database, id):
        house.doors.know(row)
    return await show_answer(request)


async def ask(request: Request, place: Place, op: Op, *, at: str) -> Response:
    """An op about the workshop as a whole; `at`: its form."""
    answer = await house_of(request).rooms.ask(place.stream, op, person=place.person)
    wrong = ""
    if isinstance(answer, Refused):
        wrong = refusal_words(known_visitor(request).words, answer)
    return await show_answer(request, wrong, at=at)


async def _no_name(request: Request, at: str) -> Response:
    words = known_visitor(request).words
    return await show_answer(request, words.gettext(N_("This name cannot be used.")), at=at)


def _ops_for(form: Form, person: Item) -> list[Op | str]:
    """The ops a form about one person asks for; a text in between says what is wrong."""
    id = person["id"]
    match form.text("do"):
        case "remove":
            return [RemovePerson(person=id)]
        case "forget":
            return [ForgetPerson(person=id, words=form.text("words") == "on")]
        case "readmit":
            return [ReadmitPerson(person=id)]
    ops: list[Op | str] = []
    try:
        name = clean_name(form.text("name"))
    except Unclean:
        return [N_("This name cannot be used.")]
    if name != person["name"]:
        ops.append(RenamePerson(person=id, name=name))
    if form.has("city") and form.text("city") != person.get("city", ""):
        ops.append(_change_city(id, form.text("city")))
    role: Role | None = next((r for r in get_args(Role) if r == form.text("role")), None)
    if role in GIVEN_BY_OWNERS and role != person["role"]:
        ops.append(SetRole(person=id, role=role))
    return ops


def _change_city(person: str, city: str) -> Op | str:
    try:
        return ChangeCity(person=person, city=city or None)
    except ValueError:
        return N_("There is no such thing here any more.")


def _look(request: Request) -> Look:
    """Which part of the people the address asks for."""
    return read_look(request.query_params.get("q", ""), request.query_params.get("page", ""))


async def show_answer(
    request: Request,
    wrong: str = "",
    person: str = "",
    look: Look = BEGINNING,
    *,
    at: str = "",
    token_form: TokenForm = BLANK,
) -> Response:
    """The page's lists with what came of it for htmx; without it, back to the page, or the page with what was wrong.

    That is said where it was asked: in the row of a person, in the form `at`, or above the list of people.
    """
    if not wrong and not is_htmx(request):
        address = url(request, "workshop", workshop=place_of(request).workshop.id)
        return RedirectResponse(address + look.query, 303)
    page = await page_of(request, look, wrong, person)
    page = replace(
        page, wrong_at=at if wrong else "", done_at="" if wrong else at, token_form=token_form
    )
    status = 409 if wrong else 200
    return await render(request, "workshop/workshop.html", page, status=status, block="live")


async def page_of(
    request: Request, look: Look, wrong: str = "", wrong_person: str = ""
) -> WorkshopPage:
    card, place = await _card(request), place_of(request)
    state = await state_of(house_of(request), place.stream) or place.state
    words = known_visitor(request).words
    gettext = words.gettext
    roles = {role: gettext(text) for role, text in ROLE_WORDS.items()}
    desk = await state_of(house_of(request), f"desk:{place.workshop.id}")
    at_door = knockers(desk, state, roles, words)
    row = await workshops.workshop(house_of(request).database, place.workshop.id)
    made = await tokens.tokens_of(house_of(request).database, place.workshop.id)
    return WorkshopPage(
        card=card,
        people=part_of(card.people, look, wrong_person),
        knockers=at_door,
        waiting=sum(not one.refused for one in at_door),
        has_word=bool(row and row.passphrase),
        me=place.person,
        roles=roles,
        given=GIVEN_BY_OWNERS if _is_owner(place) else GIVEN,
        links=await given.given_links(request, place, state),
        link_roles=[(r, gettext(ROLE_WORDS[r]), gettext(ROLE_HINTS[r])) for r in ROLES],
        tables=given.tables_of(state, words),
        qr=cards.qr(card.join_url),
        boards=_boards(state, words),
        tokens=shown_tokens(request, made),
        token_rights=right_words(request),
        has_time=bool(desk and desk.fields.get("starts")),
        deeds=shown_deeds(desk, state, words),
        programme=place.workshop.programme if "gathering" in state.fields else "",
        kept=await warning_of(request, place.workshop.programme),
        records_of=place.workshop.programme,
        came=request.query_params.get("came", ""),
        wrong=wrong,
        wrong_person=wrong_person,
    )


def _is_owner(place: Place) -> bool:
    return place.role == "owner"


def _boards(state: State, words: Words) -> list[tuple[str, str]]:
    found = sorted(state.of_kind("board"), key=lambda b: b["id"] != state.fields.get("board"))
    return [(board["id"], board_name(board["id"], state, words)) for board in found]


async def _card(request: Request) -> Card:
    """As it stands now, not as it stood when the guard looked."""
    house, place = house_of(request), place_of(request)
    state = await state_of(house, place.stream)
    row = await workshops.workshop(house.database, place.workshop.id)
    if state is None or row is None or "board" not in state.fields:
        raise unknown()
    return cards.make_card(request, row, state)
