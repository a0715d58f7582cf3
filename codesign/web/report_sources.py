"""Which streams a report is made of: those its reader may follow now, asked of the one question there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from codesign.core.stream import State
from codesign.core.visibility import may_follow
from codesign.live.encoded import Snapshot
from codesign.store import files, reports
from codesign.store.reports import Kept
from codesign.web.files import path_of
from codesign.web.house import House, house_of
from codesign.web.pages.records import method_of_board
from codesign.web.reporting import Job
from codesign.web.sessions import known_visitor

#: Whoever comes by the link: like an observer who sits at no table. No person has this id: it is too short.
READER = "reader"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads which workshop's report, and whether with names."""

    workshop: str
    state: State
    person: str
    names: bool


def by_link(workshop: str, state: State, *, names: bool) -> Reader:
    """Sees what everyone in the workshop may see, whoever they are."""
    with_reader = State(dict(state.fields), dict(state.items))
    with_reader.put({"id": READER, "kind": "person", "role": "observer", "name": ""})
    return Reader(workshop, with_reader, READER, names)


def boards_of(reader: Reader) -> list[str]:
    """The one people land on first, boards of tables last."""
    state = reader.state
    found = [
        board
        for board in state.of_kind("board")
        if may_follow(reader.person, f"board:{board['id']}", state)
    ]
    found.sort(key=lambda board: (board["id"] != state.fields.get("board"), "table" in board))
    return [board["id"] for board in found]


async def begin(request: Request, reader: Reader, kept: Kept, form: str, **more: Any) -> Job:
    """The job that makes this form of the report for this reader."""
    house = house_of(request)
    snapshots = [await _snapshot(house, f"workshop:{reader.workshop}")]
    tag = known_visitor(request).words.tag
    boards, methods = [], {}
    for board in more.pop("boards", None) or boards_of(reader):
        if (snapshot := await house.rooms.snapshot(f"board:{board}")) is not None:
            boards.append(board)
            snapshots.append(snapshot)
            if method := await _method(house, board, tag):
                methods[board] = method
    register = f"register:{reader.state.fields.get('programme')}"
    if may_follow(reader.person, register, reader.state):
        snapshot = await house.rooms.snapshot(register)
        snapshots += [snapshot] if snapshot is not None else []
    values = {
        "form": form,
        "lang": tag,
        "methods": methods,
        "day": today(house),
        "names": reader.names,
        "boards": boards,
        "plan": kept.plan,
        "files": await files_of(house, reader.workshop),
        **more,
    }
    return house.reporting.begin(values, snapshots)


async def _method(house: House, board: str, tag: str) -> dict[str, Any] | None:
    found = await house.rooms.state(f"board:{board}")
    method = await method_of_board(house, found[1], tag) if found else None
    return method.model_dump(mode="json") if method else None


async def kept_report(request: Request, workshop: str) -> Kept:
    return await reports.report(house_of(request).database, workshop)


def today(house: House) -> str:
    return datetime.fromtimestamp(house.now() / 1000, UTC).date().isoformat()


async def _snapshot(house: House, stream: str) -> Snapshot:
    found = await house.rooms.snapshot(stream)
    assert found is not None  # noqa: S101  the reader's state is of it
    return found


async def files_of(house: House, workshop: str) -> dict[str, tuple[str, str]]:
    """A workshop's pictures: where each lies, and of what kind it is."""
    known = await files.files_of(house.database, workshop)
    return {one.id: (str(path_of(house.settings, one.id)), one.media_type) for one in known}
