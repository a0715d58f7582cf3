"""The agenda of a workshop for people's calendars: the whole of it, and each step at its time."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.stream import Item, State
from codesign.results import calendar
from codesign.results.calendar import MINUTE_MS, Slot
from codesign.web.access import place_of, state_of
from codesign.web.errors import unknown
from codesign.web.house import house_of
from codesign.web.pages.exports import attachment
from codesign.web.render import full_url
from codesign.web.sessions import known_visitor


async def take_home(request: Request) -> Response:
    place, house = place_of(request), house_of(request)
    desk = await state_of(house, f"desk:{place.workshop.id}")
    if desk is None or not desk.fields.get("starts"):
        raise unknown()  # without a time there is nothing to put into a calendar
    lang, title = known_visitor(request).words.tag, str(place.state.fields.get("title", ""))
    starts = int(desk.fields["starts"])
    steps = calendar.slots_of_steps(_steps(desk, lang), starts)
    ends = int(desk.fields.get("ends") or (steps[-1].ends if steps else starts + 60 * MINUTE_MS))
    question = str(place.state.fields.get("question", ""))
    whole = Slot(place.workshop.id, title, starts, max(ends, starts), question)
    host = urlsplit(full_url(request, "front")).hostname or "codesign"
    made = calendar.write(title, [whole, *steps], host, house.now())
    headers = {"Content-Disposition": attachment(title, "ics")}
    return Response(made, 200, headers, "text/calendar; charset=utf-8")


def _steps(desk: State, lang: str) -> list[Slot]:
    """In their order, each from 0 on; those that are skipped take no time."""
    found = sorted(desk.of_kind("step"), key=lambda step: (step["order"], step["id"]))
    return [
        Slot(
            str(step["id"]),
            _said(step, "title", lang),
            0,
            int(step["minutes"]) * MINUTE_MS,
            _said(step, "question", lang),
        )
        for step in found
        if not step.get("skipped", False)
    ]


def _said(step: Item, field: str, lang: str) -> str:
    return str(step.get(f"{field}/{lang}") or step.get(field, ""))
