"""Versions of a document: keeping one, reading it as it was, and what has changed since."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.core.decision import Refused
from codesign.core.ops import KeepVersion
from codesign.results.document_list import TITLES
from codesign.results.worker import WorkError
from codesign.web import document_contents as contents
from codesign.web import document_sources as sources
from codesign.web import opening, seats
from codesign.web.access import Leads, leads_of
from codesign.web.document_sources import Asked, asked_for
from codesign.web.errors import refusal_words
from codesign.web.forms import read_form
from codesign.web.house import house_of
from codesign.web.pages.documents import address_of, day_of
from codesign.web.pages.new_workshop import clean_words
from codesign.web.pages.report import trouble
from codesign.web.render import render
from codesign.web.sessions import known_visitor


@dataclass(frozen=True, slots=True)
class Version:
    id: str
    title: str
    #: In the reader's words.
    day: str
    by: str
    read: str
    compare: str


@dataclass(frozen=True, slots=True)
class VersionsPage:
    programme: str
    title: str
    document: str
    versions: list[Version]
    wrong: str = ""
    typed: str = ""
    #: The version that is compared with today's, and what is gone and new.
    compared: Version | None = None
    lines: tuple[tuple[str, str], ...] = ()


async def show(request: Request) -> Response:
    asked = asked_for(request)
    versions = await _versions(request, asked)
    since = request.query_params.get("since", "")
    compared = next((one for one in versions if one.id == since), None)
    if compared is None:
        return await render(request, "documents/versions.html", _page(request, asked, versions))
    job = await sources.begin_comparison(request, asked, compared.id)
    try:
        made = await asyncio.shield(job.task)
    except WorkError as error:
        return await trouble(request, error)
    lines = tuple((str(how), str(text)) for how, text in made.values["lines"])
    page = _page(request, asked, versions, compared=compared, lines=lines)
    return await render(request, "documents/versions.html", page)


async def keep(request: Request) -> Response:
    asked, form, house = asked_for(request), await read_form(request), house_of(request)
    words, leads = known_visitor(request).words, leads_of(request)
    problems: dict[str, str] = {}
    title = clean_words(form.text("title"), "title", problems, words)
    if not title and not problems:
        problems["title"] = words.gettext("Please give it a name, such as: for the council.")
    if not problems:
        place = leads.places[0]
        await opening.open_register(house, place.workshop)
        stands = [await house.rooms.state(f"{side}:{leads.programme}") for side in SIDES]
        seq, closed_seq = (one[0] if one else 0 for one in stands)
        op = KeepVersion(
            id=seats.make_id(),
            document=asked.document.id,
            record=asked.record or None,
            title=title,
            seq=seq,
            closed_seq=closed_seq,
        )
        stream = f"closed:{leads.programme}"
        answer = await house.rooms.ask(stream, op, person=place.person, product=True)
        if not isinstance(answer, Refused):
            return RedirectResponse(address_of(request, asked, "document_versions"), 303)
        problems["title"] = refusal_words(words, answer)
    wrong, typed = problems["title"], form.text("title")[:300]
    page = _page(request, asked, await _versions(request, asked), wrong=wrong, typed=typed)
    return await render(request, "documents/versions.html", page, status=422)


SIDES = ("register", "closed")


async def _versions(request: Request, asked: Asked) -> list[Version]:
    leads, words = leads_of(request), known_visitor(request).words
    closed = await contents.closed_of(request, leads)
    here, there = (address_of(request, asked, f"document{s}") for s in ("_versions", ""))
    found = []
    for one in contents.versions_of(closed, asked.document.id, asked.record):
        more = "&" if asked.record else "?"
        found.append(
            Version(
                str(one["id"]),
                str(one["title"]),
                day_of(int(one["at"]), words),
                _name(leads, str(one.get("by", ""))),
                f"{there}{more}version={one['id']}",
                f"{here}{more}since={one['id']}",
            )
        )
    return found


def _name(leads: Leads, person: str) -> str:
    known = (place.state.get(person) for place in leads.places)
    return next((str(one["name"]) for one in known if one is not None), "")


def _page(
    request: Request,
    asked: Asked,
    versions: list[Version],
    *,
    compared: Version | None = None,
    lines: tuple[tuple[str, str], ...] = (),
    wrong: str = "",
    typed: str = "",
) -> VersionsPage:
    return VersionsPage(
        programme=leads_of(request).programme,
        title=known_visitor(request).words.gettext(TITLES[asked.document.id]),
        document=address_of(request, asked, "document"),
        versions=versions,
        compared=compared,
        lines=lines,
        wrong=wrong,
        typed=typed,
    )
