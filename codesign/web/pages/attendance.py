"""Attendance: who was there, when, and in which steps; by city, and as CSV. For those who lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.stream import Item, State
from codesign.i18n import Words
from codesign.results import attendance as results
from codesign.results.attendance import Attended, in_minutes, time_of
from codesign.store import attendance
from codesign.web import faces
from codesign.web.access import place_of, state_of
from codesign.web.errors import unknown
from codesign.web.faces import Face
from codesign.web.house import house_of
from codesign.web.pages.exports import attachment
from codesign.web.render import render
from codesign.web.roles import ROLE_WORDS
from codesign.web.sessions import known_visitor


@dataclass(frozen=True, slots=True)
class Row:
    face: Face
    role: str
    attended: Attended
    #: Minutes in each step that was on, in order; 0 where they were not there.
    steps: list[int]


@dataclass(frozen=True, slots=True)
class CityRow:
    """How many of a city were there: at all, and in each step."""

    name: str
    paper: str
    count: int
    steps: list[int]


@dataclass(frozen=True, slots=True)
class AttendancePage:
    workshop: str
    title: str
    steps: list[str]
    rows: list[Row]
    cities: list[CityRow]


async def show(request: Request) -> Response:
    page = await _page(request)
    return await render(request, "workshop/attendance.html", page)


async def take_home(request: Request) -> Response:
    _ = known_visitor(request).words.gettext
    page = await _page(request)
    header = [
        _("Name"),
        _("City"),
        _("Role"),
        f"{_('Came')} (UTC)",
        f"{_('Left')} (UTC)",
        _("Minutes"),
    ]
    rows = [
        [
            row.face.name,
            row.face.city,
            row.role,
            time_of(row.attended.came),
            "" if row.attended.is_here else time_of(row.attended.went),
            str(row.attended.minutes),
            *(str(minutes) for minutes in row.steps),
        ]
        for row in page.rows
    ]
    day = datetime.fromtimestamp(house_of(request).now() / 1000, UTC).date().isoformat()
    name = f"{page.title} {_('Attendance')} {day}"
    headers = {"Content-Disposition": attachment(name, "csv")}
    made = results.write([*header, *page.steps], rows)
    return Response(made, 200, headers, "text/csv; charset=utf-8")


async def _page(request: Request) -> AttendancePage:
    house, place = house_of(request), place_of(request)
    state = await state_of(house, place.stream)
    if state is None:
        raise unknown()
    words = known_visitor(request).words
    if (book := house.rooms.pages.attendance) is not None:
        await book.save()  # whoever has just come is on the page, too
    stays = await attendance.stays_of(house.database, place.workshop.id)
    begun = await attendance.steps_begun(house.database, place.workshop.id)
    steps = list(dict.fromkeys(step for _, step in begun if step is not None))
    found = results.attended([(s.person, s.came, s.went) for s in stays], begun, house.now())
    rows = [
        _row(one, person, state, steps, words) for one in found if (person := state.get(one.person))
    ]
    return AttendancePage(
        workshop=place.workshop.id,
        title=str(state.fields["title"]),
        steps=[_title(step, at, state, words) for at, step in enumerate(steps, 1)],
        rows=rows,
        cities=_by_city(rows, state, len(steps)),
    )


def _row(one: Attended, person: Item, state: State, steps: list[str], words: Words) -> Row:
    role = words.gettext(ROLE_WORDS[str(person["role"])])
    minutes = [in_minutes(one.steps.get(step, 0)) for step in steps]
    return Row(faces.face(person, state), role, one, minutes)


def _by_city(rows: list[Row], state: State, steps: int) -> list[CityRow]:
    """Cities in their order; those without a city last, if there are any."""
    cities = [
        (c["id"], str(c["name"]), str(c["colour"])) for c in faces.in_order(state.of_kind("city"))
    ]
    made = []
    for id, name, paper in [*cities, ("", "", "")]:
        mine = [row for row in rows if row.face.city_id == id]
        counts = [sum(row.steps[at] > 0 for row in mine) for at in range(steps)]
        if mine:
            made.append(CityRow(name, paper, len(mine), counts))
    return made


def _title(step: str, at: int, state: State, words: Words) -> str:
    item = state.get(step) or {}
    title = item.get(f"title/{words.tag}") or item.get("title")
    return str(title) if title else words.gettext("Step {n}", n=at)
