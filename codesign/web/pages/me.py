"""What is kept about whoever asks, as a file to take along; and being forgotten."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.decision import Refused
from codesign.core.inbox import Inbox
from codesign.core.lanes import lane_of
from codesign.core.ops import ForgetPerson
from codesign.core.permissions import LEADS
from codesign.core.stream import Readable
from codesign.core.visibility import may_follow
from codesign.results.own_data import own_data
from codesign.store import attendance
from codesign.web import report_sources as sources
from codesign.web.access import Place, place_of, state_of
from codesign.web.errors import refusal_words
from codesign.web.forms import read_form
from codesign.web.house import House, house_of
from codesign.web.pages.exports import attachment
from codesign.web.render import render, url
from codesign.web.sessions import known_visitor


@dataclass(frozen=True, slots=True)
class MePage:
    title: str
    workshop: str
    board: str
    #: As results/own_data.py has it.
    data: dict[str, Any]
    notes: int
    pictures: int
    #: Whoever leads is let go by another one who leads.
    leads: bool
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class ForgottenPage:
    title: str
    words: bool


@dataclass(frozen=True, slots=True)
class FilePage:
    title: str
    data: dict[str, Any]
    #: By file: the picture, written into the page.
    pictures: dict[str, str]

    def when(self, ms: int) -> str:
        return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


async def show(request: Request) -> Response:
    return await render(request, "me/me.html", await _page(request))


async def take_page(request: Request) -> Response:
    """Everything in one file, to read."""
    page = await _file(request)
    made = await render(request, "me/file.html", page)
    return Response(made.body, 200, _named(page, "html"), "text/html; charset=utf-8")


async def take_json(request: Request) -> Response:
    """The same for another program."""
    page = await _file(request)
    said = json.dumps({**page.data, "pictures": page.pictures}, ensure_ascii=False, indent=1)
    return Response(said, 200, _named(page, "json"), "application/json")


async def forget(request: Request) -> Response:
    """Asked of the room like anything else; what the journal holds is rewritten before the answer, if it can be."""
    form, place, house = await read_form(request), place_of(request), house_of(request)
    if form.text("sure") != "on":
        words = known_visitor(request).words
        page = await _page(
            request, words.gettext("Please tick the box first: this cannot be undone.")
        )
        return await render(request, "me/me.html", page, status=422)
    words_too = form.text("words") == "on"
    op = ForgetPerson(person=place.person, words=words_too)
    answer = await house.rooms.ask(place.stream, op, person=place.person)
    if isinstance(answer, Refused):
        page = await _page(request, refusal_words(known_visitor(request).words, answer))
        return await render(request, "me/me.html", page, status=409)
    await house.rooms.effects.catch_up()
    title = str(place.state.fields.get("title", ""))
    return await render(request, "me/forgotten.html", ForgottenPage(title, words_too))


async def _page(request: Request, wrong: str = "") -> MePage:
    place, data = place_of(request), await _data(request)
    kinds = [one["kind"] for one in data["written"]]
    return MePage(
        title=str(place.state.fields.get("title", "")),
        workshop=place.workshop.id,
        board=url(request, "board", board=str(place.state.fields["board"])),
        data=data,
        notes=kinds.count("note"),
        pictures=kinds.count("image"),
        leads=place.role in LEADS,
        wrong=wrong,
    )


async def _data(request: Request) -> dict[str, Any]:
    """One's own words, wherever in the workshop: also at tables one has left since. Nothing of anybody else's."""
    place, house = place_of(request), house_of(request)
    boards: dict[str, Readable] = {}
    for board in place.state.of_kind("board"):
        if (state := await state_of(house, f"board:{board['id']}")) is not None:
            boards[str(board["id"])] = state
    stays = await attendance.stays_of(house.database, place.workshop.id)
    desk = await state_of(house, f"desk:{place.workshop.id}")
    return own_data(
        place.person,
        place.state,
        boards,
        await _hidden(house, place),
        await state_of(house, Inbox(place.workshop.id, place.person).stream),
        [(one.came, one.went) for one in stays if one.person == place.person],
        known_visitor(request).words,
        [] if desk is None else desk.of_kind("correction"),
    )


async def _hidden(house: House, place: Place) -> list[tuple[str, Readable]]:
    """What they write in silence just now; what was revealed is on its board."""
    found: list[tuple[str, Readable]] = []
    for stream in await house.journal.lanes(place.workshop.id):
        lane = lane_of(stream)
        is_now = lane is not None and lane.silence == place.state.fields.get("silence")
        if lane is None or not is_now or lane.key != place.person:
            continue
        state = await state_of(house, stream)
        board = await state_of(house, f"board:{lane.board}")
        told = board is not None and board.fields.get("revealed", 0) >= lane.silence
        if state is not None and not told and may_follow(place.person, stream, place.state):
            found.append((lane.board, state))
    return found


async def _file(request: Request) -> FilePage:
    place, house, data = place_of(request), house_of(request), await _data(request)
    known = await sources.files_of(house, place.workshop.id)
    mine = [one["file"] for one in data["written"] if one.get("file") in known]
    pictures = {file: await asyncio.to_thread(_written_out, *known[file]) for file in mine}
    return FilePage(str(place.state.fields.get("title", "")), data, pictures)


def _named(page: FilePage, suffix: str) -> dict[str, str]:
    name = f"{page.title} {page.data['person']['name']}"
    return {"Content-Disposition": attachment(name, suffix)}


def _written_out(path: str, kind: str) -> str:
    with open(path, "rb") as file:
        return f"data:{kind};base64,{base64.b64encode(file.read()).decode()}"
