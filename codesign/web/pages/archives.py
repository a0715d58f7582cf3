"""A workshop taken home as one file, and brought in again: all of it, or nothing at all."""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from codesign.core.limits import IMPORT_BYTES
from codesign.i18n import N_
from codesign.results import scratch
from codesign.results.worker import Work, WorkError
from codesign.store import archives
from codesign.store.archives import Arriving
from codesign.store.files import File
from codesign.store.workshops import Workshop
from codesign.web import report_sources as sources
from codesign.web.access import place_of
from codesign.web.archiving import write_archive
from codesign.web.errors import ErrorPage
from codesign.web.files import write_file
from codesign.web.house import House, house_of
from codesign.web.links import hash_token
from codesign.web.pages.exports import BROKEN, attachment
from codesign.web.render import render, url
from codesign.web.report_sources import Reader
from codesign.web.seats import make_id
from codesign.web.sent_files import keep_archive
from codesign.web.sessions import known_visitor

#: Pictures made anew in one go: a worker has a minute.
PICTURES_AT_ONCE = 20
#: What stood in the way of taking it home.
TROUBLE = {
    "limit": (
        413,
        N_("This workshop is too large for one file"),
        N_("Please take its boards and its report home one by one."),
    ),
    "rate": (
        429,
        N_("The server is busy"),
        N_("Please try again in a minute."),
    ),
}
#: What stood in the way of bringing it in, by what the reader said of it.
SENTENCES = {
    "newer": N_(
        "The file was made by a newer Codesign than this one. Please ask whoever runs this server to update it."
    ),
    "bad_op": N_(
        "The file is not a workshop that Codesign has saved, or it was changed or damaged on the way. "
        "Nothing was brought in."
    ),
    "limit": N_("The file holds more than fits. Nothing was brought in."),
    "rate": N_("The server is busy. Please try again in a minute."),
    "unavailable": N_("We could not save this. Nothing was changed. Please try again."),
}
STATUS = {"limit": 413, "rate": 429, "unavailable": 503}


@dataclass(frozen=True, slots=True)
class BringInPage:
    wrong: str = ""


async def take_home(request: Request) -> Response:
    """`?names=no`: without who anybody is; `?closed=yes`: with what only those who lead may see."""
    place, house, words = place_of(request), house_of(request), known_visitor(request).words
    names = request.query_params.get("names") != "no"
    closed = names and request.query_params.get("closed") == "yes"
    title, day = str(place.state.fields.get("title", "")), sources.today(house)
    reader = Reader(place.workshop.id, place.state, place.person, names)
    folder = Path(tempfile.mkdtemp(prefix=scratch.prefix()))
    made = folder / "archive.zip"
    try:
        await write_archive(house, reader, made, words.tag, closed=closed)
    except asyncio.CancelledError:
        await asyncio.shield(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))
        raise
    except WorkError as error:
        await asyncio.to_thread(shutil.rmtree, folder)
        status, head, text = TROUBLE.get(error.code, BROKEN)
        page = ErrorPage(status, error.code, words.gettext(head), words.gettext(text))
        return await render(request, "error/error.html", page, status=status)
    name = f"{title} {day}" + ("" if names else " " + words.gettext("without names"))
    headers = {"Content-Disposition": attachment(name, "codesign.zip")}
    return _SentOnce(made, 200, headers, "application/zip")


class _SentOnce(FileResponse):
    """A file in a folder of its own, which goes however sending it ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            folder = Path(self.path).parent
            await asyncio.shield(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))


# In


async def show(request: Request) -> Response:
    return await render(request, "new_workshop/bring_in.html", BringInPage())


async def take(request: Request) -> Response:
    """Read and checked in a worker, pictures made anew, then written at once: the workshop is there, or it is not."""
    house = house_of(request)
    try:
        # On disk from the first byte to the last: in memory is never more than what a worker may take.
        with (
            house.uploads.room_for(request, IMPORT_BYTES),
            tempfile.TemporaryDirectory(prefix=scratch.prefix()) as folder,
        ):
            archive, pictures = Path(folder, "archive"), Path(folder, "pictures")
            await asyncio.to_thread(pictures.mkdir)
            await keep_archive(request, archive)
            known = await archives.ids_in_use(house.database)
            where = {"archive": str(archive), "folder": str(pictures)}
            values = {**where, "known": known, "seed": make_id()}
            read = await house.workers.run("bring_in", Work(values))
            workshop = await _bring_in(request, read, pictures)
    except WorkError as error:
        sentence = SENTENCES.get(error.reason) or SENTENCES.get(error.code) or SENTENCES["bad_op"]
        page = BringInPage(known_visitor(request).words.gettext(sentence))
        status = STATUS.get(error.code, 422)
        return await render(request, "new_workshop/bring_in.html", page, status=status)
    came = "copy" if read.values["is_copy"] else "new"
    return RedirectResponse(url(request, "workshop", workshop=workshop) + f"?came={came}", 303)


async def _bring_in(request: Request, read: Work, folder: Path) -> str:
    house, account = house_of(request), known_visitor(request).account
    told = read.values
    pictures = await _keep_pictures(house, told, folder)
    row = Workshop(
        id=told["workshop"],
        programme=told["programme"],
        created=house.now(),
        link_generation=1,
        code_generation=1,
        owner_account=account.id if account else None,
    )
    changes = iter(read.parts)
    new = Arriving(
        workshop=row,
        programme_title=told["title"],
        streams=[
            (one["stream"], [part.decode() for part in islice(changes, one["entries"])])
            for one in told["streams"]
        ],
        people=[(person, hash_token(house.links.back(person))) for person in told["people"]],
        files=pictures,
        attendance=[tuple(stay) for stay in told["attendance"]],
        plan=json.dumps(told["plan"], ensure_ascii=False),
    )
    if not await archives.take_in(house.database, new):
        raise WorkError("unavailable", "taken")  # somebody brought the same in at this moment
    house.doors.know(row)
    return row.id


async def _keep_pictures(house: House, told: Mapping[str, Any], folder: Path) -> list[File]:
    """On disk before the rows that name them; where it ends here, a sweep finds them."""
    kept = []
    for at in range(0, len(told["files"]), PICTURES_AT_ONCE):
        some = told["files"][at : at + PICTURES_AT_ONCE]
        paths = [str(folder / id) for id in some]
        clean = await house.workers.run("pictures", Work({"paths": paths}))
        made = zip(some, clean.values["pictures"], clean.parts, strict=True)
        for id, about, data in made:
            await asyncio.to_thread(write_file, house.settings, id, data)
            new = File(
                id=id,
                workshop=told["workshop"],
                media_type="image/webp",
                bytes=len(data),
                created=house.now(),
                **about,
            )
            kept.append(new)
    return kept
