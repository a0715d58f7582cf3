"""The documents of a programme: the list with how far each is, one to read before it is made, and its files."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from codesign.i18n import N_, Words
from codesign.results.dates import in_words
from codesign.results.document_list import BY_ID, DOCUMENTS, IN_REPORTS, TITLES
from codesign.results.report_export import MEDIA_TYPES
from codesign.results.worker import WorkError
from codesign.web import document_contents as contents
from codesign.web import document_sources as sources
from codesign.web.access import leads_of
from codesign.web.document_sources import Asked, asked_for
from codesign.web.errors import unknown
from codesign.web.house import house_of
from codesign.web.pages.exports import attachment
from codesign.web.pages.programme import playbook_of
from codesign.web.pages.report import SOON_S, say_wait, trouble
from codesign.web.render import render, url
from codesign.web.report_sources import today
from codesign.web.sessions import known_visitor

#: What a file is called on its button, and what ends its name.
FILES = {
    "pdf": ("PDF", "PDF"),
    "docx": ("Word", "DOCX"),
    "xlsx": (N_("Tables"), "XLSX"),
    "html": (N_("One page"), "HTML"),
    "md": (N_("Text"), "Markdown"),
    "csv": (N_("First table"), "CSV"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the list has it; or one of a project."""

    id: str
    record: str
    title: str
    address: str
    #: Nothing where it is made of boards, which are not opened for a list.
    percent: int | None
    missing: list[str]
    more: int
    points: int | None
    can_be_sent: bool | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A document, and where each record has one of its own, all of them."""

    title: str
    aim: str
    rows: list[Row]
    #: What the programme's playbook ends in.
    is_named: bool


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    programme: str
    title: str
    shelves: list[Shelf]
    #: Those of which nothing is there yet.
    empty: list[Shelf]
    #: Addresses and titles of the workshops' reports, which are records of what happened.
    reports: list[tuple[str, str]]
    reported: list[str]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    programme: str
    title: str
    #: What kind of document it is.
    name: str
    lang: str
    article: Markup
    chapters: list[tuple[str, str]]
    files: list[tuple[str, str, str]]
    percent: int
    missing: list[str]
    more: int
    points: int | None
    can_be_sent: bool | None
    names: bool
    other: str
    record: str
    #: Tables want the room that a list of chapters takes.
    is_wide: bool
    #: Where words of one's own are written, and where versions are kept.
    words: str
    versions: str
    #: The version that is looked at, where it is one, with its day; and its way back to today's.
    version: str = ""
    kept: str = ""
    now: str = ""
    #: What steps gave to it: where, how much, and where that is chosen.
    chosen: tuple[tuple[str, int, str], ...] = ()


async def show_list(request: Request) -> Response:
    leads, words = leads_of(request), known_visitor(request).words
    job = await sources.begin_list(request)
    try:
        made = await asyncio.shield(job.task)
    except WorkError as error:
        return await trouble(request, error)
    playbook = await playbook_of(request, leads)
    named = playbook.outputs if playbook else ()
    rows: dict[str, list[Row]] = {one.id: [] for one in DOCUMENTS}
    for told in made.values["documents"]:
        rows[told["document"]].append(_row(request, told))
    shelves = [
        Shelf(words.gettext(TITLES[id]), words.gettext(BY_ID[id].aim), found, id in named)
        for id, found in rows.items()
    ]
    shelves.sort(key=lambda one: not one.is_named)
    page = DocumentsPage(
        programme=leads.programme,
        title=leads.title,
        shelves=[one for one in shelves if _is_begun(one)],
        empty=[one for one in shelves if not _is_begun(one)],
        reports=[
            (url(request, "report", workshop=one.workshop.id), str(one.state.fields["title"]))
            for one in leads.places
        ],
        reported=[words.gettext(TITLES[id]) for id in IN_REPORTS],
    )
    return await render(request, "documents/list.html", page)


async def show(request: Request) -> Response:
    leads, asked = leads_of(request), asked_for(request)
    words = known_visitor(request).words
    job = await sources.begin(request, asked, "page")
    try:
        made = await asyncio.shield(job.task)
    except WorkError as error:
        return await _trouble(request, error)
    told = made.values
    page = DocumentPage(
        programme=leads.programme,
        title=told["title"],
        name=words.gettext(TITLES[asked.document.id]),
        lang=told["lang"],
        # Made by our own template in a worker, which escapes what people wrote.
        article=Markup(made.parts[0].decode()),  # noqa: S704
        chapters=[(id, title) for id, title in told["chapters"]],
        files=_files(request, asked, words),
        percent=told["percent"],
        missing=told["missing"],
        more=told["more"],
        points=told["points"],
        can_be_sent=told["can_be_sent"],
        names=asked.names,
        other=_address(request, asked, names=not asked.names),
        record=asked.record,
        is_wide=asked.document.is_wide,
        words=address_of(request, asked, "document_words"),
        versions=address_of(request, asked, "document_versions"),
        **await _kept(request, asked, words),
    )
    return await render(request, "documents/document.html", page)


async def _kept(request: Request, asked: Asked, words: Words) -> dict[str, Any]:
    leads = leads_of(request)
    if asked.version:
        known = contents.versions_of(
            await contents.closed_of(request, leads), asked.document.id, asked.record
        )
        one = next(one for one in known if one["id"] == asked.version)
        now = _address(request, replace(asked, version=""))
        kept = day_of(int(one["at"]), words)
        return {"version": str(one["title"]), "kept": kept, "now": now}
    gifts = [one for one in await contents.given(request) if one.document == asked.document.id]
    carry = url(request, "carry", programme=leads.programme)
    chosen = tuple(
        (
            f"{one.place.state.fields['title']}: {one.title}",
            len(one.ids),
            f"{carry}?step={one.step}&line={one.line}",
        )
        for one in gifts
    )
    return {"chosen": chosen}


def day_of(at: int, words: Words) -> str:
    """By the clock of the world."""
    return in_words(datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d"), words)


def address_of(request: Request, asked: Asked, name: str) -> str:
    path = {"programme": leads_of(request).programme, "document": asked.document.id}
    address = url(request, name, **path)
    return f"{address}?record={asked.record}" if asked.record else address


async def show_file(request: Request) -> Response:
    """At once where it is made soon; else a page that says how many wait, and asks again by itself."""
    asked, form = asked_for(request), str(request.path_params["form"])
    if form not in asked.document.forms:
        raise unknown()
    words = known_visitor(request).words
    name = words.gettext(TITLES[asked.document.id])
    job = await sources.begin(request, asked, form)
    await asyncio.wait({job.task}, timeout=SOON_S)
    if not job.task.done():
        return await say_wait(request, job, name, form, _address(request, asked))
    try:
        made = await job.task
    except WorkError as error:
        return await _trouble(request, error)
    told = made.values
    parts = [str(told["title"]), name if asked.record else leads_of(request).title]
    # Whoever gets it sees by its name that it is not for sending.
    parts += [words.gettext("draft")] if told["can_be_sent"] is False else []
    called = attachment(" · ".join([*parts, today(house_of(request))]), form)
    return Response(made.parts[0], 200, {"Content-Disposition": called}, MEDIA_TYPES[form])


async def _trouble(request: Request, error: WorkError) -> Response:
    if error.code == "unknown":  # the project that the address names is not there
        raise unknown()
    return await trouble(request, error)


def _is_begun(shelf: Shelf) -> bool:
    return any(row.percent is None or row.percent > 0 for row in shelf.rows)


def _row(request: Request, told: Mapping[str, Any]) -> Row:
    asked = Asked(BY_ID[told["document"]], told["record"])
    keys = ("record", "title", "percent", "missing", "more", "points", "can_be_sent")
    return Row(
        id=told["document"],
        address=_address(request, asked),
        **{key: told[key] for key in keys},
    )


def _files(request: Request, asked: Asked, words: Words) -> list[tuple[str, str, str]]:
    return [
        (_address(request, asked, form=form), words.gettext(FILES[form][0]), FILES[form][1])
        for form in asked.document.forms
    ]


def _address(request: Request, asked: Asked, *, form: str = "", names: bool | None = None) -> str:
    named = asked.names if names is None else names
    said = {"record": asked.record, "lang": asked.lang, "names": "" if named else "no"}
    said["version"] = asked.version
    query = urlencode({key: value for key, value in said.items() if value})
    path = {"programme": leads_of(request).programme, "document": asked.document.id}
    path |= {"form": form} if form else {}
    address = url(request, "document_file" if form else "document", **path)
    return f"{address}?{query}" if query else address
