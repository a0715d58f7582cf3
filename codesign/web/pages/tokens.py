"""Tokens for other programs: made, shown once, and ended."""

from __future__ import annotations

import secrets
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from codesign.core import limits
from codesign.core.clean import Unclean, clean_line
from codesign.i18n import N_
from codesign.store import tokens
from codesign.store.tokens import Token
from codesign.web.access import place_of
from codesign.web.deeds import record_deed
from codesign.web.forms import read_form
from codesign.web.house import house_of
from codesign.web.links import hash_token
from codesign.web.pages import workshop
from codesign.web.render import is_htmx, render
from codesign.web.seats import make_id
from codesign.web.sessions import known_visitor
from codesign.web.token_list import DAYS, RIGHTS, TokenForm

#: At once, of one workshop.
MOST = 20
LABEL_LETTERS = limits.DEED_LETTERS
DAY_MS = 24 * 60 * 60_000
NOTHING_CHOSEN = N_("Say what the token may read.")
UNNAMED = N_("Say what the token is for.")
TOO_MANY = N_("These would be too many tokens. End some of the old ones first.")


async def take(request: Request) -> Response:
    """The new token is in this answer, and in no other."""
    form, place, house = await read_form(request), place_of(request), house_of(request)
    rights = tuple(right for right in RIGHTS if right in form.all("right"))
    days = form.text("days")
    try:
        label = clean_line(form.text("label"))[:LABEL_LETTERS]
    except Unclean:
        label = ""
    there = await tokens.tokens_of(house.database, place.workshop.id)
    wrong = _wrong(label, rights, len(there))
    if wrong:
        lasts_days = next((one for one in DAYS if str(one) == days), workshop.BLANK.days)
        filled = TokenForm(label, rights, form.text("names") == "on", lasts_days)
        words = known_visitor(request).words.gettext(wrong)
        return await workshop.show_answer(request, words, at="form-tokens", token_form=filled)
    said, now = f"cs_{secrets.token_urlsafe(32)}", house.now()
    lasts = next((one for one in DAYS if str(one) == days), DAYS[0]) * DAY_MS
    names = form.text("names") == "on"
    new = Token(make_id(), place.workshop.id, label, rights, names, now, now + lasts)
    await record_deed(request, "make_token", label=label)
    await tokens.add_token(house.database, new, hash_token(said))
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


def _wrong(label: str, rights: tuple[str, ...], there: int) -> str:
    if not label:
        return UNNAMED
    if not rights:
        return NOTHING_CHOSEN
    return TOO_MANY if there >= MOST else ""
