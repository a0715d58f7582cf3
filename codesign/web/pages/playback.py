"""How a board came to be: its journal as far as somebody may see it, and bringing back what was, here or as a copy."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.core import clean, copies, playback
from codesign.core.changes import PatchStream, to_wire
from codesign.core.decision import Refused
from codesign.core.items import question_keys
from codesign.core.ops import AddBoard, RestoreBoard
from codesign.core.permissions import LEADS
from codesign.core.stream import Item, State
from codesign.core.visibility import may_follow
from codesign.i18n import N_
from codesign.results.table_words import board_name
from codesign.store.rows import Row
from codesign.web.access import Place, place_of
from codesign.web.errors import ErrorPage, refusal_words, unknown
from codesign.web.forms import read_form
from codesign.web.house import House, house_of
from codesign.web.pages import board as board_page
from codesign.web.past import state_at
from codesign.web.render import go, render, url
from codesign.web.seats import make_id
from codesign.web.sessions import known_visitor

#: Entries told in one answer, and of how many a moment is made again.
ENTRIES_AT_ONCE, ENTRIES_MOST = 1_000, 500_000
#: What is said of a moment by the page of whoever restores it.
MOMENT_LETTERS = 60
TITLE = N_("This moment could not be brought back")


async def show(request: Request) -> Response:
    """The board's own page, with the journal in the place of the line."""
    place, board = place_of(request), _board(request)
    course = url(request, "course", workshop=place.workshop.id)
    urls = {"history_url": url(request, "history", board=board), "course_url": course}
    if place.role in LEADS:
        urls["restore_url"] = url(request, "restore", board=board)
    page = board_page.page_of(request, **urls)
    return await render(request, "board/board.html", page)


async def history(request: Request) -> Response:
    """`?after=`: the entries that follow it, some at a time; with the first of them when which step began."""
    place, house, board = place_of(request), house_of(request), _board(request)
    after = _whole(request.query_params.get("after", "0"))
    found = await house.rooms.state(f"board:{board}")
    if found is None or after is None:
        raise unknown()
    head, now = found
    to = min(after + ENTRIES_AT_ONCE, head)
    rows = await house.journal.entries(f"board:{board}", after, to)
    leads = place.role in LEADS
    answer = {
        "head": head,
        "next": to if to < head else None,
        "entries": await asyncio.to_thread(_told, rows, now, leads=leads),
        "steps": await steps_of(house, place) if after == 0 else [],
    }
    return JSONResponse(answer, headers={"Cache-Control": "private, no-store"})


async def restore(request: Request) -> Response:
    """`seq`: the moment; `do`: `here`, or `copy`; `moment`: its time in words, for the title of the copy."""
    form = await read_form(request)
    place, house, board = place_of(request), house_of(request), _board(request)
    seq = _whole(form.text("seq"))
    found = await house.rooms.state(f"board:{board}")
    if found is None:
        raise unknown()
    if seq is None or not 0 < seq <= min(found[0], ENTRIES_MOST):
        raise HTTPException(400)
    then = await state_at(house, f"board:{board}", seq)
    if form.text("do") != "copy":
        refused = await _put_back(house, place, board, then)
        return await _trouble(request, refused) if refused else go(request, "board", board=board)
    copy = make_id()
    title = _title(request, place, board, form.line("moment"))
    refused = await _copy(house, place, copy, title, then)
    return await _trouble(request, refused) if refused else go(request, "board", board=copy)


def _told(rows: Sequence[Row], now: State, *, leads: bool) -> list[dict[str, Any]]:
    told = [(row.entry, playback.told(row.entry.changes, now, leads=leads)) for row in rows]
    # What is not told has no time either, and no number by which it would be missed.
    return [
        ({"seq": entry.seq} if leads else {})
        | {"at": entry.at, "changes": [to_wire(one) for one in changes]}
        for entry, changes in told
        if changes
    ]


async def steps_of(house: House, place: Place) -> list[dict[str, Any]]:
    """When which step began, as everyone in the workshop was told."""
    found = await house.rooms.state(place.stream)
    head = found[0] if found else 0
    steps = []
    for after in range(max(0, head - ENTRIES_MOST), head, ENTRIES_AT_ONCE):
        to = min(after + ENTRIES_AT_ONCE, head)
        for row in await house.journal.entries(place.stream, after, to):
            for change in row.entry.changes:
                if isinstance(change, PatchStream) and change.fields.get("step"):
                    steps.append({"step": change.fields["step"], "at": row.entry.at})
    return [_placed(step, place) for step in steps]


def _placed(step: dict[str, Any], place: Place) -> dict[str, Any]:
    """With the board it was on, where this person may follow that."""
    item: Item = place.state.get(step["step"]) or {}
    board = item.get("board")
    if board and may_follow(place.person, f"board:{board}", place.state):
        return {**step, "board": board}
    return step


async def _put_back(house: House, place: Place, board: str, then: State) -> Refused | None:
    answer = await house.rooms.ask(
        f"board:{board}", _restoring(then, list(then.all())), person=place.person, product=True
    )
    return answer if isinstance(answer, Refused) else None


async def _copy(house: House, place: Place, copy: str, title: str, then: State) -> Refused | None:
    """The board first, which the workshop knows empty for a moment; then all of it in one entry."""
    fields = then.fields
    add = AddBoard(
        board=copy,
        title=title,
        layout=fields["layout"],
        question=str(fields.get("question", "")),
        method=fields.get("method"),
    )
    answer = await house.rooms.ask(place.stream, add, person=place.person)
    if isinstance(answer, Refused):
        return answer
    await house.rooms.open_made(f"board:{copy}")
    op = _restoring(then, copies.whole_copy(then.all(), copy))
    answer = await house.rooms.ask(f"board:{copy}", op, person=place.person, product=True)
    return answer if isinstance(answer, Refused) else None


def _restoring(then: State, items: Sequence[Item]) -> RestoreBoard:
    words = {key: then.fields[key] for key in question_keys(then.fields)}
    return RestoreBoard(fields=words, items=tuple(items))


def _title(request: Request, place: Place, board: str, moment: str) -> str:
    words = known_visitor(request).words
    named = board_name(board, place.state, words)[:200]
    try:
        when = clean.clean_line(moment[:MOMENT_LETTERS])
    except clean.Unclean:
        when = ""
    return words.gettext("{title}, as of {moment}", title=named, moment=when) if when else named


async def _trouble(request: Request, refused: Refused) -> Response:
    words = known_visitor(request).words
    page = ErrorPage(409, refused.code, words.gettext(TITLE), refusal_words(words, refused))
    return await render(request, "error/error.html", page, status=409)


def _board(request: Request) -> str:
    place, board = place_of(request), str(request.path_params["board"])
    if not may_follow(place.person, f"board:{board}", place.state):
        raise unknown()
    return board


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
