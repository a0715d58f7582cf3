"""Until when a programme is kept; and the archive of one that ended, for those who led it."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from codesign.i18n import N_
from codesign.store import retention as store
from codesign.store.retention import Ending
from codesign.web.access import leads_of
from codesign.web.deeds import record_deeds
from codesign.web.errors import unknown
from codesign.web.forms import read_form
from codesign.web.house import House, house_of
from codesign.web.kept_until import may_end, today
from codesign.web.pages import programme
from codesign.web.pages.exports import attachment
from codesign.web.render import go, render
from codesign.web.retention import (
    DAY_MS,
    LEAST_DAYS,
    MOST_DAYS,
    archive_of,
    drop_archive,
    folder_of,
)
from codesign.web.sessions import known_visitor

NO_DAY = N_("This is not a day.")
TOO_SOON = N_(
    "Take a day that is at least a week away, so that everyone who leads can see it coming."
)
NOT_ALL = N_("Only who leads all workshops of the programme can say this.")


async def take(request: Request) -> Response:
    """Without a day it is kept for as long as there is a server."""
    form, leads, house = await read_form(request), leads_of(request), house_of(request)
    said = form.text("day").strip() if form.text("do") != "keep" else ""
    wrong, until = "" if await may_end(house, leads) else NOT_ALL, None
    if said and not wrong:
        wrong, until = _read(said, house)
    if wrong:
        page = await programme.page_of(request)
        words = known_visitor(request).words.gettext(wrong)
        page = replace(page, wrong=words, wrong_at="form-retention", said_day=said)
        return await render(request, "programme/programme.html", page, status=409)
    about = {"label": said} if said else {}
    await record_deeds(request, leads.places, "set_retention", **about)
    if not await store.keep_until(house.database, leads.programme, until):
        raise unknown()  # it is going just now
    # An ending that was broken off may have left one: by the new day it says too little.
    folder = folder_of(house.settings, leads.programme)
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    return go(request, "programme", programme=leads.programme)


async def fetch(request: Request) -> Response:
    ending, house = await _ending(request), house_of(request)
    path = archive_of(house.settings, ending.id)
    if not await asyncio.to_thread(path.exists):
        raise unknown()
    headers = {"Content-Disposition": attachment(ending.title or "", "zip")}
    return FileResponse(path, 200, headers, "application/zip")


async def drop(request: Request) -> Response:
    """Before its thirty days are over, and for everyone who may fetch it."""
    await read_form(request)
    await drop_archive(house_of(request), (await _ending(request)).id)
    return go(request, "front")


async def _ending(request: Request) -> Ending:
    account, id = known_visitor(request).account, str(request.path_params["ending"])
    assert account is not None  # noqa: S101  the guard saw to it
    for one in await store.endings_of(house_of(request).database, account.id):
        if one.id == id:
            return one
    raise unknown()


def _read(said: str, house: House) -> tuple[str, int | None]:
    """What is wrong with it, or the moment at which that day is over."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return NO_DAY, None
    away = (day - today(house)).days
    if away < LEAST_DAYS:
        return TOO_SOON, None
    if away > MOST_DAYS:
        return NO_DAY, None
    last = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return "", int(last.timestamp() * 1000) + DAY_MS
