"""The logos a report begins with: brought by those who lead, checked and made anew like any other picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.core.clean import Unclean, clean_line
from codesign.core.limits import IMAGE_BYTES
from codesign.i18n import N_
from codesign.results.report_booklet import LOGO_LETTERS, LOGOS_MOST, read_plan
from codesign.results.worker import Work, WorkError
from codesign.store import reports
from codesign.store.files import File
from codesign.web import report_sources as sources
from codesign.web.access import place_of
from codesign.web.deeds import record_deed
from codesign.web.errors import REFUSALS
from codesign.web.files import keep
from codesign.web.forms import read_form
from codesign.web.house import House, house_of
from codesign.web.pages.images import SENTENCES, STATUS
from codesign.web.pages.report import plan_page
from codesign.web.render import render, url
from codesign.web.seats import make_id
from codesign.web.sent_files import logo_of

#: How often it is tried where others change the report at the same time.
TRIES = 5
WITHOUT_NAME = N_("Please say whose logo it is: that is read aloud to those who do not see it.")
TOO_MANY = N_("A report has room for four logos. Please take one away first.")


async def add(request: Request) -> Response:
    house, workshop = house_of(request), place_of(request).workshop.id
    try:
        with house.uploads.room_for(request, IMAGE_BYTES):
            data, said = await logo_of(request)
            name = clean_line(said)[:LOGO_LETTERS]
            made = await house.workers.run("image", Work({}, [data]))
    except WorkError as error:
        sentence = SENTENCES.get(error.reason) or REFUSALS[error.code]
        return await _plan(request, sentence, STATUS.get(error.code, 422))
    except Unclean:
        return await _plan(request, WITHOUT_NAME)
    if not name:
        return await _plan(request, WITHOUT_NAME)
    known = read_plan((await sources.kept_report(request, workshop)).plan)
    if len(known.logos) >= LOGOS_MOST:
        return await _plan(request, TOO_MANY)
    picture = made.parts[0]
    new = File(
        id=make_id(),
        workshop=workshop,
        bytes=len(picture),
        created=house.now(),
        **{key: made.values[key] for key in ("media_type", "width", "height")},
    )
    try:
        await keep(house, new, picture)
    except WorkError as error:
        return await _plan(request, SENTENCES[error.reason], 413)
    await record_deed(request, "set_up_report")
    added = {"file": new.id, "name": name}
    await _change(house, workshop, lambda logos: [*logos, added])
    return _back(request)


async def remove(request: Request) -> Response:
    """Its bytes go with the next sweep, as those of any picture that nothing shows."""
    await read_form(request)
    gone = str(request.path_params["logo"])
    await record_deed(request, "set_up_report")
    left = lambda logos: [one for one in logos if one["file"] != gone]  # noqa: E731
    await _change(house_of(request), place_of(request).workshop.id, left)
    return _back(request)


Logos = list[dict[str, Any]]


async def _change(house: House, workshop: str, change: Callable[[Logos], Logos]) -> None:
    for _ in range(TRIES):
        kept = await reports.report(house.database, workshop)
        plan = read_plan(kept.plan).as_json()
        plan["logos"] = change(plan["logos"])[:LOGOS_MOST]
        if await reports.keep_plan(house.database, workshop, plan, kept.version):
            return


async def _plan(request: Request, wrong: str, status: int = 422) -> Response:
    kept = await sources.kept_report(request, place_of(request).workshop.id)
    return await render(request, "report/plan.html", plan_page(request, kept, wrong), status=status)


def _back(request: Request) -> Response:
    workshop = place_of(request).workshop.id
    return RedirectResponse(url(request, "report_plan", workshop=workshop), 303)
