"""Tokens for other programs: made, shown once, and ended; of a workshop, or of a programme."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from codesign.store import tokens
from codesign.store.tokens import Token
from codesign.web import token_list
from codesign.web.access import leads_of, place_of
from codesign.web.deeds import record_deed, record_deeds
from codesign.web.errors import unknown
from codesign.web.forms import read_form
from codesign.web.house import house_of
from codesign.web.links import hash_token
from codesign.web.pages import programme, workshop
from codesign.web.render import go, is_htmx, render
from codesign.web.seats import make_id
from codesign.web.sessions import known_visitor
from codesign.web.token_list import DAY_MS, TokenForm


async def take(request: Request) -> Response:
    """The new token is in this answer, and in no other."""
    form, place, house = await read_form(request), place_of(request), house_of(request)
    filled = token_list.read_form(form)
    there = await tokens.tokens_of(house.database, place.workshop.id)
    if wrong := token_list.fault(filled, len(there)):
        words = known_visitor(request).words.gettext(wrong)
        return await workshop.show_answer(request, words, at="form-tokens", token_form=filled)
    await record_deed(request, "make_token", label=filled.label)
    said = await _add(request, filled, workshop=place.workshop.id)
    page = replace(await workshop.page_of(request, workshop.BEGINNING), new_token=said)
    block = "live" if is_htmx(request) else None
    return await render(request, "workshop/workshop.html", page, block=block)


async def end(request: Request) -> Response:
    await read_form(request)
    place, house = place_of(request), house_of(request)
    id, workshop_id = str(request.path_params["given"]), place.workshop.id
    for one in await tokens.tokens_of(house.database, workshop_id):
        if one.id == id:
            await record_deed(request, "end_token", label=one.label)
            await tokens.end_token(house.database, workshop_id, id)
    return await workshop.show_answer(request)


async def take_of_programme(request: Request) -> Response:
    """It reads what its maker leads of the programme, whenever it is shown; so whoever makes one has an account."""
    form, leads, account = await read_form(request), leads_of(request), _account(request)
    filled = token_list.read_form(form)
    there = await tokens.tokens_of_programme(house_of(request).database, leads.programme, account)
    page = await programme.page_of(request)
    if wrong := token_list.fault(filled, len(there)):
        words = known_visitor(request).words.gettext(wrong)
        page = replace(page, wrong=words, wrong_at="form-tokens", token_form=filled)
        return await render(request, "programme/programme.html", page, status=409)
    await record_deeds(request, leads.places, "make_token", label=filled.label)
    said = await _add(request, filled, programme=leads.programme, account=account)
    page = replace(await programme.page_of(request), new_token=said)
    return await render(request, "programme/programme.html", page)


async def end_of_programme(request: Request) -> Response:
    await read_form(request)
    leads, account, house = leads_of(request), _account(request), house_of(request)
    id = str(request.path_params["given"])
    for one in await tokens.tokens_of_programme(house.database, leads.programme, account):
        if one.id == id:
            await record_deeds(request, leads.places, "end_token", label=one.label)
            await tokens.end_programme_token(house.database, leads.programme, account, id)
    return go(request, "programme", programme=leads.programme)


async def _add(request: Request, filled: TokenForm, **of: str) -> str:
    house, said = house_of(request), token_list.new_secret()
    now = house.now()
    new = Token(
        id=make_id(),
        label=filled.label,
        rights=filled.rights,
        names=filled.names,
        created=now,
        expires=now + filled.days * DAY_MS,
        **of,
    )
    await tokens.add_token(house.database, new, hash_token(said))
    return said


def _account(request: Request) -> str:
    account = known_visitor(request).account
    if account is None:
        raise unknown()
    return account.id
