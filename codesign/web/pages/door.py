"""The door as those who lead see it: how it stands, and who waits there to be let in."""

from __future__ import annotations

from typing import Literal, cast

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.decision import Refused
from codesign.core.ops import AdmitPeople, SetDoor, TurnAway
from codesign.core.rules.door import waiting
from codesign.i18n import N_
from codesign.store import workshops
from codesign.web import passphrases
from codesign.web.access import Place, place_of, state_of
from codesign.web.deeds import record_deed
from codesign.web.errors import refusal_words
from codesign.web.forms import Form, read_form
from codesign.web.house import House, house_of
from codesign.web.pages import workshop
from codesign.web.people_list import Look
from codesign.web.render import render
from codesign.web.sessions import known_visitor

STANDS = ("open", "passphrase", "approve", "closed")
NO_WORD = N_("Please write the word that people are to say at the door.")


async def show(request: Request) -> Response:
    """Who waits, for htmx and its like, which ask now and then; the whole page for everyone else."""
    page = await workshop.page_of(request, Look())
    return await render(request, "workshop/workshop.html", page, block="waiting")


async def take(request: Request) -> Response:
    """One, some or all of those who were shown are let in, or sent away."""
    form, place = await read_form(request), place_of(request)
    op = _asked(form)
    if op is None:
        return await workshop.show_answer(request)
    house = house_of(request)
    answer = await house.rooms.ask(f"desk:{place.workshop.id}", op, person=place.person)
    wrong = ""
    if isinstance(answer, Refused):
        wrong = refusal_words(known_visitor(request).words, answer)
    await house.rooms.effects.run_due()  # so that the page shows them inside
    return await workshop.show_answer(request, wrong, at="form-knocks")


async def take_door(request: Request) -> Response:
    """Another way to stand. A door that opens lets in whoever waits before it."""
    form, place, house = await read_form(request), place_of(request), house_of(request)
    stands = form.text("door")
    if stands not in STANDS:
        stands = "open"
    if stands == "passphrase" and (wrong := await _keep_word(request, place, form)):
        return await workshop.show_answer(request, wrong, at="form-door")
    if stands == "open":
        await _let_all_in(house, place)
    door = cast("Literal['open', 'closed', 'passphrase', 'approve']", stands)
    return await workshop.ask(request, place, SetDoor(door=door), at="form-door")


async def _keep_word(request: Request, place: Place, form: Form) -> str:
    """What is wrong with the word, if something is. Without a new one the old one stays."""
    house, typed = house_of(request), form.line("passphrase")
    if passphrases.folded(typed):
        kept = passphrases.hash_of(house.secret, place.workshop.id, typed)
        await record_deed(request, "new_word")
        await workshops.set_passphrase(house.database, place.workshop.id, kept)
        return ""
    row = await workshops.workshop(house.database, place.workshop.id)
    return "" if row and row.passphrase else known_visitor(request).words.gettext(NO_WORD)


async def _let_all_in(house: House, place: Place) -> None:
    desk = await state_of(house, f"desk:{place.workshop.id}")
    people = [str(item["id"]) for item in waiting(desk)] if desk else []
    for at in range(0, len(people), 100):
        op = AdmitPeople(people=tuple(people[at : at + 100]))
        await house.rooms.ask(f"desk:{place.workshop.id}", op, person=place.person)


def _asked(form: Form) -> AdmitPeople | TurnAway | None:
    """`admit` and `refuse` name one; `do` is about those who were ticked, or all who were shown."""
    try:
        if one := form.text("admit"):
            return AdmitPeople(people=(one,))
        if one := form.text("refuse"):
            return TurnAway(people=(one,))
        ticked = tuple(form.all("person"))
        match form.text("do"):
            case "admit":
                return AdmitPeople(people=ticked)
            case "refuse":
                return TurnAway(people=ticked)
            case "all":
                return AdmitPeople(people=tuple(form.text("shown").split()))
    except ValueError:
        pass  # nobody was ticked, or what came is no id
    return None
