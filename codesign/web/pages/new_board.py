"""A further board of a workshop that is under way: a method is chosen, then its board is made as the form says."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.method import Method, Purpose
from codesign.core.ops import RegionSpec
from codesign.i18n import Words
from codesign.web import opening, seats
from codesign.web.access import Place, place_of
from codesign.web.forms import look_at_form
from codesign.web.house import house_of
from codesign.web.method_boards import names_zones, zones_of
from codesign.web.opening import CannotOpen, Look, Plan
from codesign.web.pages.library import LAYOUT_WORDS, PURPOSES, Told, told_in
from codesign.web.pages.new_workshop import ZONES_MOST, can_open, read_plan
from codesign.web.render import go, render
from codesign.web.sessions import known_visitor


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """Methods whose board there is, by purpose."""

    workshop: str
    title: str
    shelves: list[tuple[Purpose, str, list[Told]]]
    layouts: dict[str, str]


@dataclass(frozen=True, slots=True)
class BoardForm:
    workshop: str
    title: str
    told: Told
    flows: bool
    name: str
    question: str
    zones: str
    land: bool = False
    #: By field; empty where nothing is wrong.
    wrong: dict[str, str] = field(default_factory=lambda: defaultdict(str))


async def show(request: Request) -> Response:
    place = place_of(request)
    told = await _told(request, request.query_params.get("method", ""))
    if told is None:
        return await _choose(request, place)
    method = told.method
    zones = "\n".join(zones_of(method)[:ZONES_MOST])
    page = _form(place, told, method.title, method.prompts[0], zones)
    return await render(request, "new_board/board.html", page)


async def take(request: Request) -> Response:
    form = await look_at_form(request)
    place, words = place_of(request), known_visitor(request).words
    told = await _told(request, form.text("method")[:100])
    if told is None:
        return await _choose(request, place, status=422)
    plan, wrong = read_plan(form, words, told.method)
    if not form.is_ours and not wrong:
        wrong["form"] = _open_long(words)
    land = bool(form.text("land"))
    if not wrong:
        try:
            board = await _made(request, place, plan, land=land)
        except CannotOpen:
            wrong["form"] = words.gettext("This workshop has as many boards as fit into one.")
        else:
            return go(request, "board", board=board)
    named, question, zones = (form.text(one)[:4000] for one in ("title", "question", "zones"))
    page = _form(place, told, named, question, zones, land=land, wrong=wrong)
    return await render(request, "new_board/board.html", page, status=422)


async def _made(request: Request, place: Place, plan: Plan, *, land: bool) -> str:
    regions = tuple(
        RegionSpec(id=seats.make_id(), title=title, order=opening.order(at))
        for at, title in enumerate(plan.zones)
    )
    look = Look(
        plan.title,
        plan.question,
        plan.layout,
        regions,
        plan.method,
        plan.about,
        plan.kinds,
    )
    return await opening.open_board(house_of(request), place.workshop, look, land=land)


async def _choose(request: Request, place: Place, status: int = 200) -> Response:
    catalog = await asyncio.to_thread(house_of(request).shelf.catalog)
    tag = known_visitor(request).words.tag
    told = [told_in(catalog, id, tag) for id, one in catalog.methods.items() if can_open(one)]
    shelves = [
        (purpose, title, inside)
        for purpose, title in PURPOSES.items()
        if (inside := [one for one in told if one.method.purpose == purpose])
    ]
    page = ChoicePage(place.workshop.id, _title(place), shelves, LAYOUT_WORDS)
    return await render(request, "new_board/choose.html", page, status=status)


async def _told(request: Request, id: str) -> Told | None:
    """The method that was chosen, if there is a board for it."""
    catalog = await asyncio.to_thread(house_of(request).shelf.catalog)
    method: Method | None = catalog.methods.get(id)
    if method is None or not can_open(method):
        return None
    return told_in(catalog, id, known_visitor(request).words.tag)


def _form(
    place: Place,
    told: Told,
    name: str,
    question: str,
    zones: str,
    *,
    land: bool = False,
    wrong: dict[str, str] | None = None,
) -> BoardForm:
    return BoardForm(
        workshop=place.workshop.id,
        title=_title(place),
        told=told,
        flows=names_zones(told.method),
        name=name,
        question=question,
        zones=zones,
        land=land,
        wrong=wrong or defaultdict(str),
    )


def _title(place: Place) -> str:
    return str(place.state.fields["title"])


def _open_long(words: Words) -> str:
    return words.gettext("This page was open for a long time. Please press the button once more.")
