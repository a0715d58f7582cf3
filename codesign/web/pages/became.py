"""What became of one's own notes: how far they went on, over the boards and records that whoever asks may read."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.stream import State
from codesign.core.visibility import may_follow
from codesign.core.ways import Stop, Ways
from codesign.store import workshops
from codesign.web.access import Place, find_place, place_of, state_of
from codesign.web.house import house_of
from codesign.web.pages.way import Reading, Told
from codesign.web.render import render, url
from codesign.web.sessions import known_visitor

#: Workshops of the programme that are looked through, boards of all of them, and notes that are told.
MOST_WORKSHOPS, MOST_BOARDS, MOST_NOTES = 24, 80, 200


@dataclass(frozen=True, slots=True)
class Mine:
    note: Told
    became: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class MinePage:
    title: str
    board: str
    notes: list[Mine]
    more: int
    #: How many went on.
    went: int


async def show(request: Request) -> Response:
    place, words = place_of(request), known_visitor(request).words
    reading = Reading(words, await _register(request, place))
    await _read(request, place, reading)
    ways = Ways(reading.boards, reading.register)
    notes = [_mine(stop, ways, reading) for stop in _written(place, reading)]
    # What went on stands first; the sort keeps the others as they were written.
    notes.sort(key=lambda one: not one.became)
    page = MinePage(
        title=str(place.state.fields.get("title", "")),
        board=url(request, "board", board=str(place.state.fields["board"])),
        notes=notes[:MOST_NOTES],
        more=max(0, len(notes) - MOST_NOTES),
        went=sum(bool(one.became) for one in notes),
    )
    return await render(request, "me/became.html", page)


async def _register(request: Request, place: Place) -> State:
    stream = f"register:{place.workshop.programme}"
    if not may_follow(place.person, stream, place.state):
        return State()
    return await state_of(house_of(request), stream) or State()


async def _read(request: Request, place: Place, reading: Reading) -> None:
    """The boards of this workshop, then those of others in which the visitor is somebody."""
    house, visitor = house_of(request), known_visitor(request)
    rows = await workshops.workshops_in(house.database, place.workshop.programme)
    others = [row.id for row in rows if row.id != place.workshop.id][:MOST_WORKSHOPS]
    found = [await find_place(request, visitor, id) for id in others]
    places = [place, *(one for one in found if one is not None)]
    boards = [(one, str(board["id"])) for one in places for board in one.state.of_kind("board")]
    for one, board in boards[:MOST_BOARDS]:
        await reading.add(house, one, board)


def _written(place: Place, reading: Reading) -> list[Stop]:
    """One's own notes in this workshop, as they were written."""
    found = [
        Stop(0, board, item)
        for board, state in reading.boards.items()
        if reading.places[board] is place
        for item in state.of_kind("note")
        if item.get("by") == place.person and item.get("text")
    ]
    return sorted(found, key=lambda stop: stop.item["at"] if stop.item else 0)


def _mine(stop: Stop, ways: Ways, reading: Reading) -> Mine:
    told = (reading.told(one) for one in ways.forward(stop) if one.item is not None)
    return Mine(reading.told(stop), tuple(told))
