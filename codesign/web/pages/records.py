"""What a board of records is drawn from beside its streams: the method's form, and what its records come to so far."""

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
from codesign.results.findings import findings
from codesign.results.method_form import form_of
from codesign.web.access import Place, place_of, state_of
from codesign.web.errors import unknown
from codesign.web.house import House, house_of
from codesign.web.known_findings import Read, Sources
from codesign.web.sessions import known_visitor

_NOT_KEPT = {"cache-control": "no-store"}
#: A register that nobody has opened yet.
_NOTHING = State()


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
    """Sentences on what the records come to. Who leads is told what is filled on the closed side, never with what."""
    place, house, words = place_of(request), house_of(request), known_visitor(request).words
    catalog = await asyncio.to_thread(house.shelf.catalog)
    register = await _side(house, place, "register") or (0, _NOTHING)
    closed = await _side(house, place, "closed") if place.role in LEADS else None
    board = await _read_board(request)
    day = datetime.fromtimestamp(house.now() / 1000, UTC).date().isoformat()
    sources = Sources(board, register, closed, day, words.tag, catalog)
    body = await house.findings.told(sources, partial(_worked_out, catalog, words, day))
    return Response(body, media_type="application/json", headers=_NOT_KEPT)


def _worked_out(
    catalog: Catalog, words: Words, day: str, board: State, register: State, closed: State | None
) -> bytes:
    """In a thread, from states that stay as they are."""
    method = _method_in(catalog, board, words.tag)
    facts = method and Facts(method, board, register, words, day, closed)
    told = [one.told() for one in findings(facts)] if facts else []
    return json.dumps({"findings": told}, ensure_ascii=False).encode()


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
