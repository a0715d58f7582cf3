"""A report for whoever has its link: read-only, what everyone in the workshop may see, with names or without."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.i18n import N_
from codesign.results.report_booklet import read_plan
from codesign.results.worker import WorkError
from codesign.store import files
from codesign.store.reports import Kept
from codesign.web import report_sources as sources
from codesign.web.access import state_of
from codesign.web.errors import unknown
from codesign.web.forms import read_form
from codesign.web.house import house_of
from codesign.web.pages.images import picture_answer
from codesign.web.pages.report import (
    ReportPage,
    answer_file,
    answer_picture,
    article,
    files_of,
    trouble,
)
from codesign.web.render import render, url
from codesign.web.report_sources import Reader
from codesign.web.sessions import is_secure, known_visitor, visitor_of
from codesign.web.shared_reports import is_token, may_read, ticket_of
from codesign.web.sign_in import address_of, verify

COOKIE = "codesign_report"


@dataclass(frozen=True, slots=True)
class LockedPage:
    title: str
    text: str
    wrong: str = ""


async def show(request: Request) -> Response:
    reader, kept = await _opened(request)
    if not _may_read(request, reader, kept):
        return await _ask(request)
    here = _here(request)
    addresses = {"pictures": f"{here}/boards/{{board}}", "logos": f"{here}/logos/{{logo}}"}
    job = await sources.begin(request, reader, kept, "page", **addresses)
    try:
        made = await asyncio.shield(job.task)
    except WorkError as error:
        return await trouble(request, error)
    page = ReportPage(
        **article(made),
        files=files_of(request, f"{here}/report", ""),
        other="",
        names=kept.names,
    )
    return await render(request, "report/report.html", page)


async def take(request: Request) -> Response:
    """The passphrase. Guesses are counted, by where they come from and by what they are for."""
    form = await read_form(request)
    reader, kept = await _opened(request)
    house, now = house_of(request), house_of(request).now()
    keys = [f"report {reader.workshop}", address_of(request)]
    if any(house.wrong_passwords.too_many(key, now) for key in keys):
        wrong = N_("That was too often. Please wait ten minutes, then try again.")
        return await _ask(request, wrong, 429)
    for key in keys:
        house.wrong_passwords.wrong(key, now)
    if not await verify(kept.passphrase, form.text("passphrase").strip()[:200]):
        return await _ask(request, N_("This is not the passphrase."), 422)
    for key in keys:
        house.wrong_passwords.forgive(key)
    response = RedirectResponse(_here(request), 303)
    response.set_cookie(
        COOKIE,
        ticket_of(house.secret, reader.workshop, kept),
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )
    return response


async def show_file(request: Request) -> Response:
    reader, kept = await _opened(request)
    if not _may_read(request, reader, kept):
        raise unknown()
    return await answer_file(request, reader, kept, _here(request))


async def show_picture(request: Request) -> Response:
    reader, kept = await _opened(request)
    if not _may_read(request, reader, kept):
        raise unknown()
    board = str(request.path_params["picture"])
    return await answer_picture(request, reader, board, reader.workshop)


async def show_logo(request: Request) -> Response:
    """One that the report begins with; no other picture of the workshop."""
    reader, kept = await _opened(request)
    logo = str(request.path_params["logo"])
    if not _may_read(request, reader, kept):
        raise unknown()
    if logo not in {one.file for one in read_plan(kept.plan).logos}:
        raise unknown()
    found = await files.file(house_of(request).database, logo)
    if found is None or found.workshop != reader.workshop:
        raise unknown()
    return picture_answer(request, found)


async def _opened(request: Request) -> tuple[Reader, Kept]:
    """What is not there, was revoked or never shared looks alike."""
    await visitor_of(request)
    workshop, house = str(request.path_params["shared"]), house_of(request)
    kept = await sources.kept_report(request, workshop)
    if not is_token(house.secret, workshop, kept, str(request.path_params["token"])):
        raise unknown()
    state = await state_of(house, f"workshop:{workshop}")
    if state is None:
        raise unknown()
    return sources.by_link(workshop, state, names=kept.names), kept


def _may_read(request: Request, reader: Reader, kept: Kept) -> bool:
    ticket = request.cookies.get(COOKIE, "")
    return may_read(house_of(request).secret, reader.workshop, kept, ticket)


def _here(request: Request) -> str:
    ids = {name: str(request.path_params[name]) for name in ("shared", "token")}
    return url(request, "shared_report", **ids)


async def _ask(request: Request, wrong: str = "", status: int = 200) -> Response:
    _ = known_visitor(request).words.gettext
    page = LockedPage(
        _("This report has a passphrase"),
        _("Whoever sent you the link knows it."),
        _(wrong) if wrong else "",
    )
    return await render(request, "report/locked.html", page, status=status)
