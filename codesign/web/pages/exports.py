"""Taking a board home: as a table, an archive, a picture. Whoever may follow the board may have it."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.record_boards import ACTORS, method_of
from codesign.core.visibility import may_follow
from codesign.i18n import N_
from codesign.live.encoded import Snapshot
from codesign.results import system_map
from codesign.results.export import MEDIA_TYPES
from codesign.results.table_words import board_name
from codesign.results.worker import Work, WorkError
from codesign.store import files
from codesign.web.access import Place, place_of
from codesign.web.errors import ErrorPage, unknown
from codesign.web.files import path_of
from codesign.web.house import House, house_of
from codesign.web.pages.records import method_of_board, note_method
from codesign.web.render import render
from codesign.web.sessions import known_visitor

#: By what stood in the way: status, heading, what to do.
TROUBLE = {
    "limit": (
        413,
        N_("This board is too large for this kind of file"),
        N_("Please try another kind: CSV and JSON hold boards of every size."),
    ),
    "rate": (
        429,
        N_("Many people are taking their boards home just now"),
        N_("Please try again in a minute."),
    ),
}
BROKEN = (
    500,
    N_("The file could not be made"),
    N_("It is not your doing. The board is safe. Please try another kind of file."),
)
NAME_LETTERS = 80
#: Methods whose records are joined by others.
NETWORKS = ACTORS


async def show(request: Request) -> Response:
    place, house = place_of(request), house_of(request)
    board, form = str(request.path_params["board"]), str(request.path_params["form"])
    stream = f"board:{board}"
    if form not in MEDIA_TYPES or not may_follow(place.person, stream, place.state):
        raise unknown()
    if form == "graphml" and not await _has_network(house, stream):
        raise unknown()
    title = board_title(request, place, board)
    day = datetime.fromtimestamp(house.now() / 1000, UTC).date().isoformat()
    values = {
        "form": form,
        "lang": known_visitor(request).words.tag,
        "title": title,
        "board": board,
        "workshop": place.workshop.id,
        "day": day,
        "files": await _files(house, place.workshop.id),
        "method": await _method(house, stream, known_visitor(request).words.tag),
        "notes": await _notes(house, stream, known_visitor(request).words.tag),
    }
    snapshots = [await _snapshot(house, stream), await _snapshot(house, place.stream)]
    register = await house.rooms.snapshot(f"register:{place.state.fields.get('programme')}")
    if register is not None:
        snapshots.append(register)
    try:
        made = await house.workers.run("export", Work(values, [one.body for one in snapshots]))
    except WorkError as error:
        return await _trouble(request, error)
    headers = {"Content-Disposition": attachment(f"{title} {day}", form)}
    return Response(made.parts[0], 200, headers, MEDIA_TYPES[form])


async def _method(house: House, stream: str, tag: str) -> dict[str, Any] | None:
    """What a board that opens from data is written down by, as its reader is told it."""
    found = await house.rooms.state(stream)
    method = await method_of_board(house, found[1], tag) if found else None
    return method.model_dump(mode="json") if method else None


async def _notes(house: House, stream: str, tag: str) -> dict[str, Any] | None:
    """What a board of notes is worked out by: its method, and how its zones are called in every language."""
    found = await house.rooms.state(stream)
    catalog = await asyncio.to_thread(house.shelf.catalog)
    method = note_method(catalog, found[1], tag) if found else None
    if method is None:
        return None
    return {"method": method.model_dump(mode="json"), "titles": catalog.titles(method.id)}


async def _has_network(house: House, stream: str) -> bool:
    found = await house.rooms.state(stream)
    if found is None:
        return False
    return system_map.is_map(found[1]) or method_of(found[1].fields) in NETWORKS


def board_title(request: Request, place: Place, board: str) -> str:
    named = board_name(board, place.state, known_visitor(request).words)
    return named or str(place.state.fields.get("title", ""))


def attachment(name: str, suffix: str) -> str:
    """A download's name in the board's own script, with one in ASCII for what does not read that (RFC 5987)."""
    name = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', " ", name)
    # Nothing that turns the direction of what follows, such as the suffix.
    name = re.sub("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", name)
    name = " ".join(name.split())[:NAME_LETTERS].strip(". ") or "codesign"
    plain = re.sub("[^A-Za-z0-9-]+", "-", name).strip("-") or "codesign"
    return f"attachment; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{quote(name, safe='')}.{suffix}"


async def _snapshot(house: House, stream: str) -> Snapshot:
    found = await house.rooms.snapshot(stream)
    if found is None:
        raise unknown()
    return found


async def _files(house: House, workshop: str) -> dict[str, tuple[str, str]]:
    known = await files.files_of(house.database, workshop)
    return {one.id: (str(path_of(house.settings, one.id)), one.media_type) for one in known}


async def _trouble(request: Request, error: WorkError) -> Response:
    status, title, text = TROUBLE.get(error.code, BROKEN)
    words = known_visitor(request).words
    page = ErrorPage(status, error.code, words.gettext(title), words.gettext(text))
    return await render(request, "error/error.html", page, status=status)
