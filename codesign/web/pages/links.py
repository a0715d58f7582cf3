"""Links for a role or a table: made, shown with their QR picture, and ended."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from codesign.i18n import N_
from codesign.store import links
from codesign.web import cards, given
from codesign.web.access import place_of
from codesign.web.deeds import record_deed
from codesign.web.errors import unknown
from codesign.web.forms import read_form
from codesign.web.given import GivenLink
from codesign.web.house import house_of
from codesign.web.links import ROLES
from codesign.web.pages import workshop
from codesign.web.render import render
from codesign.web.sessions import known_visitor

#: What the form says for a link to each table.
EACH = "each"
GONE = N_("There is no such thing here any more.")
TOO_MANY = N_("These would be too many links. End some of the old ones first.")


@dataclass(frozen=True, slots=True)
class LinkPage:
    workshop: str
    title: str
    link: GivenLink
    qr: Markup


async def take(request: Request) -> Response:
    form, place, house = await read_form(request), place_of(request), house_of(request)
    role, table = form.text("role"), form.text("table")
    known = [id for id, _ in given.tables_of(place.state, known_visitor(request).words)]
    if role not in ROLES or table not in ("", EACH, *known):
        return await workshop.show_answer(request, _words(request, GONE), at="form-links")
    tables: list[str | None] = [*known] if table == EACH else [table or None]
    there = await links.links_of(house.database, place.workshop.id)
    if len(there) + len(tables) > given.MOST:
        return await workshop.show_answer(request, _words(request, TOO_MANY), at="form-links")
    if tables:
        one = tables[0] if len(tables) == 1 else None
        await record_deed(request, "make_link", role=role, table=one, count=len(tables))
        await given.make_links(house, place.workshop.id, role, tables)
    return await workshop.show_answer(request, at="form-links")


async def show(request: Request) -> Response:
    """One link alone, large: to be photographed, or held before a camera."""
    place, house = place_of(request), house_of(request)
    id = str(request.path_params["link"])
    mine = await links.links_of(house.database, place.workshop.id)
    link = next((link for link in mine if link.id == id), None)
    if link is None:
        raise unknown()
    shown = given.shown(request, link, place.state)
    title = str(place.state.fields["title"])
    page = LinkPage(place.workshop.id, title, shown, cards.qr(shown.address))
    return await render(request, "workshop/link.html", page)


async def end(request: Request) -> Response:
    await read_form(request)
    place, house = place_of(request), house_of(request)
    id, workshop_id = str(request.path_params["link"]), place.workshop.id
    for link in await links.links_of(house.database, workshop_id):
        if link.id == id:
            await record_deed(request, "end_link", role=link.role, table=link.table)
            await links.end_link(house.database, workshop_id, id)
    return await workshop.show_answer(request, at="form-links")


def _words(request: Request, msgid: str) -> str:
    return known_visitor(request).words.gettext(msgid)
