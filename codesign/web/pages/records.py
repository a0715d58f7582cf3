"""What a board of a method is drawn from beside its streams: the method's form, and what the board comes to so far."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.catalog import Catalog
from codesign.core.declared_boards import board_layout
from codesign.core.method import Method
from codesign.core.ops import SetUpRegister
from codesign.core.permissions import LEADS
from codesign.core.record_boards import is_from_data
from codesign.core.stream import State
from codesign.core.visibility import may_follow
from codesign.i18n import Words
from codesign.results.facts import Facts
from codesign.results.findings import Finding, findings
from codesign.results.findings_notes import note_findings
from codesign.results.method_form import form_of
from codesign.results.note_facts import NoteFacts, has_notes
from codesign.web.access import Place, place_of, state_of
from codesign.web.errors import unknown
from codesign.web.house import House, house_of
from codesign.web.known_findings import Read, Sources
from codesign.web.sessions import known_visitor

_NOT_KEPT = {"cache-control": "no-store"}
#: A register that nobody has opened yet.
_NOTHING = State()
#: Who has been silent for long is asked of the clock.
_AGAIN_MS = 5 * 60_000


async def form(request: Request) -> Response:
    """Kinds, fields and regions in the reader's words; nothing where no method of this server is behind the board."""
    board, house = await _board(request), house_of(request)
    words = known_visitor(request).words
    method = await method_of_board(house, board, words.tag)
    if method is None:
        return _json({})
    await _declare(house, place_of(request), method)
    return _json(form_of(method, words))


async def found(request: Request) -> Response:
    """Sentences on what the board comes to. Who leads is told what is filled on the closed side, never with what."""
    place, house, words = place_of(request), house_of(request), known_visitor(request).words
    catalog = await asyncio.to_thread(house.shelf.catalog)
    board, leads = await _read_board(request), place.role in LEADS
    if note_method(catalog, board[1], words.tag):
        sources = await _of_notes(house, place, board, (words.tag, catalog))
        about = (catalog, words, str(request.path_params["board"]), house.now(), leads)
        make = partial(_notes_worked_out, *about)
    else:
        register = await _side(house, place, "register") or (0, _NOTHING)
        closed = await _side(house, place, "closed") if leads else None
        day = datetime.fromtimestamp(house.now() / 1000, UTC).date().isoformat()
        beside = (register, closed)
        sources = Sources(board, beside, closed is not None, day, words.tag, catalog)
        make = partial(_worked_out, catalog, words, day)
    body = await house.findings.told(sources, make)
    return Response(body, media_type="application/json", headers=_NOT_KEPT)


async def _of_notes(house: House, place: Place, board: Read, told: tuple[str, Catalog]) -> Sources:
    workshop = await house.rooms.state(place.stream)
    spell = str(house.now() // _AGAIN_MS)
    return Sources(board, (workshop,), place.role in LEADS, spell, *told)


def _worked_out(
    catalog: Catalog, words: Words, day: str, board: State, register: State, closed: State | None
) -> bytes:
    """In a thread, from states that stay as they are."""
    method = _method_in(catalog, board, words.tag)
    facts = method and Facts(method, board, register, words, day, closed)
    return _told(findings(facts) if facts else [])


def _notes_worked_out(
    catalog: Catalog, words: Words, id: str, now: int, leads: bool, board: State, workshop: State
) -> bytes:
    method = note_method(catalog, board, words.tag)
    if method is None:
        return _told([])
    titles = catalog.titles(method.id)
    facts = NoteFacts(method, board, workshop, words, now, id, leads, titles)
    return _told(note_findings(facts))


def _told(found: list[Finding]) -> bytes:
    told = [one.told() for one in found]
    return json.dumps({"findings": told}, ensure_ascii=False).encode()


def note_method(catalog: Catalog, board: State, tag: str) -> Method | None:
    """The method of a board of notes, as its reader is told it."""
    id = str(board.fields.get("method", ""))
    if id not in catalog.methods or not has_notes(board.fields, catalog.methods[id]):
        return None
    return catalog.told(id, [tag])[1]


async def _declare(house: House, place: Place, method: Method) -> None:
    """The register knows the kinds of every board that is looked at: of one brought in from elsewhere, and those that
    a method has got since."""
    register = await state_of(house, f"register:{place.state.fields.get('programme')}")
    declared = method.declares()
    if register is not None and not declared.items() <= register.fields.items():
        told = SetUpRegister(workshop=place.workshop.id, kinds=declared)
        await house.rooms.ask(f"register:{place.state.fields['programme']}", told, product=True)


async def method_of_board(house: House, board: State, tag: str) -> Method | None:
    """As its reader is told it; nothing where the board does not open from data, or the method is here no more."""
    return _method_in(await asyncio.to_thread(house.shelf.catalog), board, tag)


def _method_in(catalog: Catalog, board: State, tag: str) -> Method | None:
    id = str(board.fields.get("method", ""))
    if not is_from_data(board.fields) or id not in catalog.methods:
        return None
    method = catalog.told(id, [tag])[1]
    return method if board_layout(method) else None


async def _board(request: Request) -> State:
    return (await _read_board(request))[1]


async def _read_board(request: Request) -> Read:
    place, house = place_of(request), house_of(request)
    stream = f"board:{request.path_params['board']}"
    state = await house.rooms.state(stream)
    if state is None or not may_follow(place.person, stream, place.state):
        raise unknown()
    return state


async def _side(house: House, place: Place, side: str) -> Read | None:
    stream = f"{side}:{place.state.fields.get('programme')}"
    if not may_follow(place.person, stream, place.state):
        return None
    return await house.rooms.state(stream)


def _json(told: dict[str, Any]) -> Response:
    return JSONResponse(told, headers=_NOT_KEPT)
