"""The report of a workshop: its page, its files, and how those who lead want it told."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.core.clean import Unclean, clean_line, clean_text
from codesign.core.permissions import LEADS
from codesign.i18n import N_
from codesign.results.report_booklet import (
    CHAPTERS,
    LOGOS_MOST,
    NOTE_LETTERS,
    SHORT_LETTERS,
    TITLE_LETTERS,
    Logo,
    read_plan,
)
from codesign.results.report_chapters import TITLES
from codesign.results.report_export import MEDIA_TYPES
from codesign.results.worker import Work, WorkError
from codesign.store import reports
from codesign.store.reports import Kept
from codesign.web import report_sources as sources
from codesign.web.access import place_of
from codesign.web.deeds import record_deed
from codesign.web.errors import ErrorPage, unknown
from codesign.web.forms import Form, read_form
from codesign.web.house import house_of
from codesign.web.pages.exports import BROKEN, TROUBLE, attachment
from codesign.web.render import full_url, render, url
from codesign.web.report_sources import Reader
from codesign.web.reporting import Job
from codesign.web.sessions import known_visitor
from codesign.web.shared_reports import token_of
from codesign.web.sign_in import hash_password

#: Looked at for so long before somebody is told to wait, and so often then.
SOON_S, AGAIN_S = 2.0, 2
#: What a file is called on its button, and what ends its name.
FILES = (
    ("pdf", "PDF", "PDF"),
    ("docx", "Word", "DOCX"),
    ("pptx", N_("Slides"), "PPTX"),
    ("xlsx", N_("Tables"), "XLSX"),
    ("html", N_("One page"), "HTML"),
    ("md", N_("Text"), "Markdown"),
    ("csv", N_("Notes"), "CSV"),
    ("ics", N_("For calendars"), "ICS"),
)
#: By reason: what only a report can lack, beside what is in the way of a board's file, too.
IN_THE_WAY = {
    "no_dates": (
        409,
        N_("Nothing here has a date yet"),
        N_(
            "This file has actions, first steps, milestones and commitments, once they have a day or a month."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class ReportPage:
    title: str
    #: What the headings are written in.
    lang: str
    article: Markup
    chapters: list[tuple[str, str]]
    #: Address, name and form of each file.
    files: list[tuple[str, str, str]]
    #: Where the same is with names, or without; nothing for whoever may not choose.
    other: str
    names: bool
    #: Of those who are in the workshop; nothing by the link.
    back: str = ""
    workshop: str = ""
    leads: bool = False
    kept: Kept | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class WaitingPage:
    title: str
    name: str
    ahead: int
    back: str


@dataclass(frozen=True, slots=True)
class ChapterForm:
    id: str
    usual: str
    title: str
    note: str
    place: int
    is_told: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    workshop: str
    title: str
    short: str
    chapters: list[ChapterForm]
    version: int
    limits: tuple[int, int, int]
    #: What headings are written in; nothing: as the reader's pages.
    lang: str
    logos: tuple[Logo, ...]
    more_logos: bool
    wrong: str = ""


async def show(request: Request) -> Response:
    place, reader = place_of(request), _reader(request)
    kept = await sources.kept_report(request, place.workshop.id)
    picture = url(request, "report_picture", board="BOARD").replace("BOARD", "{board}")
    job = await sources.begin(
        *(request, reader, kept, "page"),
        pictures=picture + _query(reader.names),
        logos=url(request, "file", file="LOGO").replace("LOGO", "{logo}"),
    )
    try:
        made = await asyncio.shield(job.task)
    except WorkError as error:
        return await trouble(request, error)
    leads = place.role in LEADS
    here = url(request, "report", workshop=place.workshop.id)
    page = ReportPage(
        **article(made),
        files=_files(request, here, _query(reader.names)),
        other=here + _query(not reader.names),
        names=reader.names,
        back=_back(request, leads),
        workshop=place.workshop.id,
        leads=leads,
        kept=kept,
        link=_link(request, kept) if leads and kept.is_shared else "",
    )
    return await render(request, "report/report.html", page)


async def show_file(request: Request) -> Response:
    """At once where it is made soon; else a page that says how many wait, and asks again by itself."""
    place, reader = place_of(request), _reader(request)
    kept = await sources.kept_report(request, place.workshop.id)
    back = url(request, "report", workshop=place.workshop.id)
    return await answer_file(request, reader, kept, back)


async def show_picture(request: Request) -> Response:
    place, board = place_of(request), str(request.path_params["board"])
    return await answer_picture(request, _reader(request), board, place.workshop.id)


async def show_plan(request: Request) -> Response:
    place = place_of(request)
    kept = await sources.kept_report(request, place.workshop.id)
    return await render(request, "report/plan.html", plan_page(request, kept))


async def take_plan(request: Request) -> Response:
    form, place = await read_form(request), place_of(request)
    # Logos have forms of their own; were they others meanwhile, this version would be an old one.
    kept = await sources.kept_report(request, place.workshop.id)
    try:
        plan = _plan_of(form) | {"logos": read_plan(kept.plan).as_json()["logos"]}
    except Unclean:
        page = plan_page(request, kept, N_("This text cannot be used."))
        return await render(request, "report/plan.html", page, status=422)
    version = int(form.text("version")) if form.text("version").isdecimal() else 0
    database = house_of(request).database
    if version == kept.version:
        await record_deed(request, "set_up_report")
    if not await reports.keep_plan(database, place.workshop.id, plan, version):
        kept = await sources.kept_report(request, place.workshop.id)
        wrong = N_("Someone else changed this meanwhile. Have a look, then try again.")
        return await render(
            request, "report/plan.html", plan_page(request, kept, wrong), status=409
        )
    return _to_report(request)


async def take_link(request: Request) -> Response:
    """A new link, or none any more. The one before opens nothing from now on."""
    form, place, house = await read_form(request), place_of(request), house_of(request)
    if form.text("do") == "revoke":
        await record_deed(request, "end_report_link")
        await reports.revoke(house.database, place.workshop.id)
    elif form.text("do") == "share":
        secret = form.text("passphrase").strip()[:200]
        hashed = await hash_password(secret) if secret else None
        names = form.text("names") == "on"
        await record_deed(request, "share_report")
        await reports.share(house.database, place.workshop.id, names=names, passphrase=hashed)
    return _to_report(request)


# What the page by the link does alike


def article(made: Work) -> dict[str, Any]:
    chapters = [(id, title) for id, title in made.values["chapters"]]
    # Made by our own template in a worker, which escapes what people wrote.
    text = Markup(made.parts[0].decode())  # noqa: S704
    told = {key: made.values[key] for key in ("title", "lang")}
    return {**told, "article": text, "chapters": chapters}


async def answer_file(request: Request, reader: Reader, kept: Kept, back: str) -> Response:
    form = str(request.path_params["form"])
    if form not in MEDIA_TYPES:
        raise unknown()
    job = await sources.begin(request, reader, kept, form)
    title = str(reader.state.fields.get("title", ""))
    await asyncio.wait({job.task}, timeout=SOON_S)
    if not job.task.done():
        return await say_wait(request, job, title, form, back)
    try:
        made = await job.task
    except WorkError as error:
        return await trouble(request, error)
    day = datetime.fromtimestamp(house_of(request).now() / 1000, UTC).date().isoformat()
    headers = {"Content-Disposition": attachment(f"{title} {day}", form)}
    return Response(made.parts[0], 200, headers, MEDIA_TYPES[form])


async def answer_picture(request: Request, reader: Reader, board: str, workshop: str) -> Response:
    """A board as the report shows it."""
    if board not in sources.boards_of(reader):
        raise unknown()
    kept = Kept()  # what is said about chapters is not in a picture
    job = await sources.begin(request, reader, kept, "picture", boards=[board])
    try:
        made = await asyncio.shield(job.task)
    except WorkError as error:
        return await trouble(request, error)
    return Response(made.parts[0], 200, {}, str(made.values["media_type"]))


async def trouble(request: Request, error: WorkError) -> Response:
    status, title, text = IN_THE_WAY.get(error.reason) or TROUBLE.get(error.code, BROKEN)
    words = known_visitor(request).words
    page = ErrorPage(status, error.code, words.gettext(title), words.gettext(text))
    return await render(request, "error/error.html", page, status=status)


def _files(request: Request, here: str, query: str) -> list[tuple[str, str, str]]:
    words = known_visitor(request).words
    return [(f"{here}.{form}{query}", words.gettext(name), suffix) for form, name, suffix in FILES]


files_of = _files


async def say_wait(request: Request, job: Job, title: str, form: str, back: str) -> Response:
    page = WaitingPage(title, form.upper(), job.ahead, back)
    response = await render(request, "report/waiting.html", page, status=202)
    response.headers["Refresh"] = str(AGAIN_S)
    return response


def _reader(request: Request) -> Reader:
    place = place_of(request)
    names = request.query_params.get("names") != "no"
    return Reader(place.workshop.id, place.state, place.person, names)


def _query(names: bool) -> str:
    return "" if names else "?names=no"


def _back(request: Request, leads: bool) -> str:
    place = place_of(request)
    if leads:
        return url(request, "workshop", workshop=place.workshop.id)
    return url(request, "board", board=str(place.state.fields.get("board", "")))


def _link(request: Request, kept: Kept) -> str:
    workshop = place_of(request).workshop.id
    token = token_of(house_of(request).secret, workshop, kept.link)
    return full_url(request, "shared_report", shared=workshop, token=token)


def _to_report(request: Request) -> Response:
    workshop = place_of(request).workshop.id
    return RedirectResponse(url(request, "report", workshop=workshop), 303)


# The plan


def plan_page(request: Request, kept: Kept, wrong: str = "") -> PlanPage:
    place, words, plan = place_of(request), known_visitor(request).words, read_plan(kept.plan)
    chapters = [
        ChapterForm(
            id=id,
            usual=words.gettext(TITLES[id]),
            title=plan.titles.get(id, ""),
            note=plan.notes.get(id, ""),
            place=at + 1,
            is_told=id not in plan.left_out,
        )
        for at, id in enumerate(plan.order)
    ]
    return PlanPage(
        workshop=place.workshop.id,
        title=str(place.state.fields.get("title", "")),
        short=plan.short,
        chapters=chapters,
        version=kept.version,
        limits=(TITLE_LETTERS, NOTE_LETTERS, SHORT_LETTERS),
        lang=plan.lang,
        logos=plan.logos,
        more_logos=len(plan.logos) < LOGOS_MOST,
        wrong=words.gettext(wrong) if wrong else "",
    )


def _plan_of(form: Form) -> dict[str, Any]:
    """Chapters in the order of their numbers; two with the same stay as they stood."""

    def place(id: str) -> int:
        number = form.text(f"place-{id}").strip()
        return int(number) if number.isdecimal() and len(number) < 6 else len(CHAPTERS)

    def written(name: str) -> str:
        return clean_text(form.text(name).strip(), most=16_000)

    shown = [one for one in form.text("order").split(",") if one in CHAPTERS]
    order = sorted(dict.fromkeys([*shown, *CHAPTERS]), key=place)
    said = {
        "order": order,
        "left_out": [id for id in CHAPTERS if form.text(f"told-{id}") != "on"],
        "titles": {id: clean_line(form.text(f"title-{id}")) for id in CHAPTERS},
        "notes": {id: written(f"note-{id}") for id in CHAPTERS},
        "short": written("short"),
        "lang": form.text("lang"),
    }
    return read_plan(said).as_json()
