"""A board brought back from its archive: all of it, or nothing anybody sees.

The board is filled first and named in the workshop last: what breaks off in between is a board nobody can follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.decision import Refused
from codesign.core.limits import IMPORT_BYTES
from codesign.core.ops import (
    OPS,
    AddBoard,
    AddCity,
    All,
    JoinWorkshop,
    Op,
    RemovePerson,
    SetUpBoard,
    SingleOp,
)
from codesign.core.stream import State
from codesign.i18n import N_
from codesign.results.worker import Work, WorkError
from codesign.store import files
from codesign.store.files import File
from codesign.web.access import Place, place_of
from codesign.web.errors import ErrorPage
from codesign.web.files import keep
from codesign.web.house import House, house_of
from codesign.web.render import go, render
from codesign.web.seats import make_id
from codesign.web.sent_files import archive_of
from codesign.web.sessions import known_visitor

TITLE = N_("This board could not be brought in")
SENTENCES = {
    "bad_op": N_("The file is not a board that Codesign has saved, or it was damaged on the way."),
    "limit": N_("The file holds more than fits."),
    "rate": N_("The server is busy. Please try again in a minute."),
    "unavailable": N_("We could not save this. Nothing was changed. Please try again."),
}

#: Ops about cities and people in one go: for each newcomer all names are looked through, and others are waiting.
NAMED_AT_ONCE = 20


async def take(request: Request) -> Response:
    place, house = place_of(request), house_of(request)
    board = make_id()
    try:
        known = await _known(house, place, board)
        with house.uploads.room_for(request, IMPORT_BYTES):
            made = await house.workers.run("import", Work(known, [await archive_of(request)]))
        await _keep_files(house, place, made)
        await _fill(house, place, board, made)
        await _name(house, place, board, made.values)
    except WorkError as error:
        return await _trouble(request, error)
    return go(request, "board", board=board)


async def _known(house: House, place: Place, board: str) -> dict[str, Any]:
    """What the workshop has already: those keep their ids."""
    state: State = place.state
    cities = sorted(state.of_kind("city"), key=lambda city: str(city["order"]))
    return {
        "board": board,
        "workshop": place.workshop.id,
        "people": [person["id"] for person in state.of_kind("person")],
        "files": [one.id for one in await files.files_of(house.database, place.workshop.id)],
        "cities": {str(city["name"]).casefold(): city["id"] for city in cities},
        "papers": {str(city["id"]): city["colour"] for city in cities},
        "order": cities[-1]["order"] if cities else None,
    }


async def _keep_files(house: House, place: Place, made: Work) -> None:
    for about, content in zip(made.values["files"], made.parts, strict=False):
        new = File(workshop=place.workshop.id, bytes=len(content), created=house.now(), **about)
        await keep(house, new, content)


async def _fill(house: House, place: Place, board: str, made: Work) -> None:
    stream, values = f"board:{board}", made.values
    set_up = SetUpBoard(
        workshop=place.workshop.id,
        layout=values["layout"],
        question=values["question"],
        method=values["method"],
        about=values["about"],
    )
    await _ask(house, stream, set_up)
    for part in made.parts[len(values["files"]) :]:
        await _ask(house, stream, OPS.validate_json(part))


async def _name(house: House, place: Place, board: str, values: Mapping[str, Any]) -> None:
    """Cities and authors first, the board last: from then on it is there, and the journal says who brought it."""
    ops = [*_newcomers(values)]
    ops.append(
        AddBoard(
            board=board,
            title=values["title"],
            layout=values["layout"],
            question=values["question"],
            method=values["method"],
            about=values["about"],
        )
    )
    for at in range(0, len(ops), NAMED_AT_ONCE):
        some = All(ops=tuple(ops[at : at + NAMED_AT_ONCE]))
        await _ask(house, place.stream, some, by=place.person)


def _newcomers(values: Mapping[str, Any]) -> Iterator[SingleOp]:
    """Authors from elsewhere are known by name and are not here: they may follow nothing."""
    for city in values["cities"]:
        yield AddCity(**city)
    for person in values["people"]:
        yield JoinWorkshop(**person)
        yield RemovePerson(person=person["person"])


async def _ask(house: House, stream: str, op: Op, by: str | None = None) -> None:
    answer = await house.rooms.ask(stream, op, person=by, product=True)
    if isinstance(answer, Refused):
        raise WorkError(answer.code, "archive")


async def _trouble(request: Request, error: WorkError) -> Response:
    words = known_visitor(request).words
    sentence = SENTENCES.get(error.code) or SENTENCES["bad_op"]
    text = words.gettext(sentence)
    status = {"limit": 413, "rate": 429, "unavailable": 503}.get(error.code, 422)
    page = ErrorPage(status, error.code, words.gettext(TITLE), text)
    return await render(request, "error/error.html", page, status=status)
