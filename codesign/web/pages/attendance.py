"""Attendance: who was there, when, and in which steps; by city, and as CSV. For those who lead, who may correct it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.decision import Refused
from codesign.core.ops import CorrectAttendance, TakeBackCorrection
from codesign.core.stream import Item, State, id_of
from codesign.i18n import Words
from codesign.results import attendance as results
from codesign.results.attendance import Attended, Correction, in_minutes, time_of
from codesign.results.entered import Apart, apart_words, counted_apart, device_words
from codesign.store import attendance
from codesign.web import faces
from codesign.web.access import place_of, state_of
from codesign.web.errors import refusal_words, unknown
from codesign.web.faces import Face
from codesign.web.forms import Form, read_form
from codesign.web.house import house_of
from codesign.web.pages.exports import attachment
from codesign.web.render import go, render
from codesign.web.roles import ROLE_WORDS
from codesign.web.seats import make_id
from codesign.web.sessions import known_visitor

MINUTE = 60_000
#: Of those who were never seen, so many are offered.
UNSEEN = 60
#: How far a clock on earth may be from UTC, in minutes.
MOST_OFFSET = 14 * 60


@dataclass(frozen=True, slots=True)
class Row:
    """`attended` is what was measured, `stands` what counts; either may be nothing."""

    face: Face
    role: str
    #: Whether they have a device of their own, in words.
    device: str
    attended: Attended | None
    stands: Attended | None
    #: Minutes in each step that was on, in order; 0 where they were not there.
    steps: list[int]
    measured_steps: list[int]
    #: As they count: those of the correction, if it says so.
    city_id: str
    city: str
    correction: Correction | None = None
    corrected_by: str = ""


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
    every_city: list[Item]
    #: People counted apart, in a sentence; and those who are in the workshop and were never seen.
    apart: str
    unseen: list[Face]
    now: int
    wrong: str = ""

    def utc(self, ms: int) -> str:
        """As a field for times wants it."""
        return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M") if ms else ""

    @property
    def count(self) -> int:
        return sum(row.stands is not None for row in self.rows)


async def show(request: Request) -> Response:
    page = await _page(request)
    return await render(request, "workshop/attendance.html", page)


async def correct(request: Request) -> Response:
    """One person's correction, or one that is taken back. Times are those of the reader's clock."""
    form, place = await read_form(request), place_of(request)
    words = known_visitor(request).words
    op = _op(form, words)
    answer: object = op
    if not isinstance(op, str):
        desk = f"desk:{place.workshop.id}"
        answer = await house_of(request).rooms.ask(desk, op, person=place.person)
    if isinstance(answer, Refused):
        answer = refusal_words(words, answer)
    if isinstance(answer, str):
        page = await _page(request, answer)
        return await render(request, "workshop/attendance.html", page, status=422)
    return go(request, "attendance", workshop=place.workshop.id)


async def take_home(request: Request) -> Response:
    words = known_visitor(request).words
    _ = words.gettext
    page = await _page(request)
    header = [
        *(_("Name"), _("City"), _("Role"), f"{_('Came')} (UTC)", f"{_('Left')} (UTC)"),
        *(_("Minutes"), *page.steps, _("Device"), _("Corrected"), _("City that counts")),
        *(_("Came (UTC), as it counts"), _("Left (UTC), as it counts")),
        *(_("Minutes, as it counts"), _("Corrected by"), _("Corrected at (UTC)")),
    ]
    rows = [_cells(row, words) for row in page.rows]
    day = datetime.fromtimestamp(house_of(request).now() / 1000, UTC).date().isoformat()
    name = f"{page.title} {_('Attendance')} {day}"
    headers = {"Content-Disposition": attachment(name, "csv")}
    return Response(results.write(header, rows), 200, headers, "text/csv; charset=utf-8")


def _cells(row: Row, words: Words) -> list[str]:
    """What was measured, then what counts, and who says so."""
    said, stands = row.correction, row.stands
    corrected = (
        "" if said is None else words.gettext("there") if said.there else words.gettext("not there")
    )
    measured_steps = (str(minutes) for minutes in row.measured_steps)
    counts = _times(stands) if said is not None or row.attended is None else ["", "", ""]
    return [
        *(row.face.name, row.face.city, row.role, *_times(row.attended), *measured_steps),
        *(row.device, corrected, row.city, *counts),
        *(row.corrected_by, "" if said is None else time_of(said.at)),
    ]


def _times(attended: Attended | None) -> list[str]:
    if attended is None:
        return ["", "", ""]
    went = "" if attended.is_here else time_of(attended.went)
    return [time_of(attended.came), went, str(attended.minutes)]


def _op(form: Form, words: Words) -> CorrectAttendance | TakeBackCorrection | str:
    """What the form asks, or what is wrong with it."""
    try:
        if form.line("take_back"):
            return TakeBackCorrection(id=form.line("take_back"))
        offset = _offset(form.line("offset"))
        return CorrectAttendance(
            id=make_id(),
            person=form.line("person"),
            there=form.line("there") != "no",
            came=_time(form.line("came"), offset),
            went=_time(form.line("went"), offset),
            city=form.line("city") or None,
        )
    except ValueError:
        return words.gettext("This time cannot be read. Please write it as 2026-05-04 10:30.")


def _time(said: str, offset: int) -> int | None:
    if not said:
        return None
    at = datetime.fromisoformat(said.replace("T", " ")).replace(tzinfo=UTC)
    return int(at.timestamp() * 1000) - offset * MINUTE


def _offset(said: str) -> int:
    """Minutes the reader's clock is ahead of UTC; without scripts it is UTC that is asked for."""
    offset = int(said or 0)
    if abs(offset) > MOST_OFFSET:
        raise ValueError("offset")
    return offset


async def _page(request: Request, wrong: str = "") -> AttendancePage:
    house, place = house_of(request), place_of(request)
    state = await state_of(house, place.stream)
    if state is None:
        raise unknown()
    words = known_visitor(request).words
    if (book := house.rooms.pages.attendance) is not None:
        await book.save()  # whoever has just come is on the page, too
    desk = await state_of(house, f"desk:{id_of(place.stream)}")
    kept = await attendance.stays_of(house.database, place.workshop.id)
    stays = [(one.person, one.came, one.went) for one in kept]
    begun = await attendance.steps_begun(house.database, place.workshop.id)
    steps = list(dict.fromkeys(step for _, step in begun if step is not None))
    corrections = results.corrections_of(desk)
    counted = results.standing(stays, corrections, _without(state), house.now())
    rows = _rows(
        results.attended(stays, begun, house.now()),
        results.attended(counted, begun, house.now()),
        corrections,
        state,
        steps,
        words,
    )
    there = [row for row in rows if row.stands is not None]
    shown = {row.face.id for row in rows}
    people = [faces.face(one, state) for one in state.of_kind("person") if not one.get("gone")]
    return AttendancePage(
        workshop=place.workshop.id,
        title=str(state.fields["title"]),
        steps=[_title(step, at, state, words) for at, step in enumerate(steps, 1)],
        rows=rows,
        cities=_by_city(there, state, len(steps)),
        every_city=faces.in_order(state.of_kind("city")),
        apart=apart_words(_apart(there, state), words),
        unseen=[face for face in people if face.id not in shown][:UNSEEN],
        now=house.now(),
        wrong=wrong,
    )


def _without(state: State) -> dict[str, int]:
    """Who has no device, and since when they are on the list."""
    people = (one for one in state.of_kind("person") if not one.get("gone"))
    return {str(one["id"]): int(one["deviceless"]) for one in people if one.get("deviceless")}


def _apart(there: Sequence[Row], state: State) -> Apart:
    people = (state.get(row.face.id) for row in there)
    return counted_apart(one for one in people if one is not None)


def _rows(
    measured: list[Attended],
    counted: list[Attended],
    corrections: dict[str, Correction],
    state: State,
    steps: list[str],
    words: Words,
) -> list[Row]:
    """Whoever was measured, counts, or was corrected."""
    was = {one.person: one for one in measured}
    stands = {one.person: one for one in counted}
    everyone = [*stands, *(one for one in (*was, *corrections) if one not in stands)]
    known = [(id, item) for id in dict.fromkeys(everyone) if (item := state.get(id)) is not None]
    return [
        _row(was.get(id), stands.get(id), corrections.get(id), item, state, steps, words)
        for id, item in known
        if item["kind"] == "person"
    ]


def _row(
    was: Attended | None,
    stands: Attended | None,
    said: Correction | None,
    person: Item,
    state: State,
    steps: list[str],
    words: Words,
) -> Row:
    face = faces.face(person, state)
    city = state.get(said.city) if said is not None and said.city else None
    by = state.get(said.by) if said is not None else None
    return Row(
        face=face,
        role=words.gettext(ROLE_WORDS[str(person["role"])]),
        device=device_words(person, words),
        attended=was,
        stands=stands,
        steps=_minutes(stands, steps),
        measured_steps=_minutes(was, steps),
        city_id=str(city["id"]) if city else face.city_id,
        city=str(city["name"]) if city else face.city,
        correction=said,
        corrected_by=faces.name_of(by) if by else "",
    )


def _minutes(attended: Attended | None, steps: list[str]) -> list[int]:
    return [in_minutes(attended.steps.get(step, 0)) if attended else 0 for step in steps]


def _by_city(rows: list[Row], state: State, steps: int) -> list[CityRow]:
    """Cities in their order; those without a city last, if there are any."""
    cities = [
        (c["id"], str(c["name"]), str(c["colour"])) for c in faces.in_order(state.of_kind("city"))
    ]
    made = []
    for id, name, paper in [*cities, ("", "", "")]:
        mine = [row for row in rows if row.city_id == id]
        counts = [sum(row.steps[at] > 0 for row in mine) for at in range(steps)]
        if mine:
            made.append(CityRow(name, paper, len(mine), counts))
    return made


def _title(step: str, at: int, state: State, words: Words) -> str:
    item = state.get(step) or {}
    title = item.get(f"title/{words.tag}") or item.get("title")
    return str(title) if title else words.gettext("Step {n}", n=at)
