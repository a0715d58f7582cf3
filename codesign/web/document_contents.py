"""What people add to documents: words of their own, what workshops chose for them, and versions that were kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.requests import Request

from codesign.core.carrying import WORDS
from codesign.core.stream import Item, State
from codesign.core.visibility import may_follow
from codesign.results.documents import Document
from codesign.web.access import Leads, Place, leads_of, state_of
from codesign.web.house import house_of
from codesign.web.programmes import desk_of

#: Boards that are looked through for the words that were chosen of one step.
MOST_BOARDS = 40


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one step gave to a document."""

    place: Place
    step: str
    title: str
    line: int
    document: str
    ids: tuple[str, ...]
    board: str
    at: int


@dataclass(frozen=True, slots=True)
class Contents:
    writings: dict[str, str] = field(default_factory=dict)
    #: By document: ids of records.
    chosen: dict[str, list[str]] = field(default_factory=dict)
    #: Where it was written, and the words.
    taken: list[tuple[str, list[str]]] = field(default_factory=list)


async def closed_of(request: Request, leads: Leads) -> State:
    """The closed side; the programme's page has seen to it that the visitor leads."""
    stream = f"closed:{leads.programme}"
    if not any(may_follow(one.person, stream, one.state) for one in leads.places):
        return State()
    return await state_of(house_of(request), stream) or State()


def writings_of(closed: State, document: str, record: str) -> dict[str, str]:
    """By chapter."""
    return {
        str(one["section"]): str(one["text"])
        for one in closed.of_kind("writing")
        if one["document"] == document and one.get("record", "") == record and one["text"]
    }


def versions_of(closed: State, document: str, record: str) -> list[Item]:
    """The newest first."""
    found = [
        one
        for one in closed.of_kind("version")
        if one["document"] == document and one.get("record", "") == record
    ]
    return sorted(found, key=lambda one: (one["at"], one["id"]), reverse=True)


async def given(request: Request, until: int | None = None) -> list[Chosen]:
    """What the steps of the programme gave to its documents: of each line what was carried last."""
    found = []
    for place in leads_of(request).places:
        desk = await desk_of(request, place.workshop.id)
        newest: dict[tuple[str, int, str], Item] = {}
        for run in sorted(desk.of_kind("carried"), key=lambda one: one["at"]):
            late = until is not None and run["at"] > until
            if run.get("document") and not run.get("undone", False) and not late:
                newest[run["step"], run["line"], run["document"]] = run
        for (step, line, document), run in newest.items():
            known = desk.get(step) or {}
            title, board = str(known.get("title", "")), str(known.get("board", ""))
            ids = tuple(str(run.get("takes", "")).split())
            found.append(Chosen(place, step, title, line, document, ids, board, run["at"]))
    return found


def chosen_records(gifts: Iterable[Chosen], register: State) -> dict[str, list[str]]:
    chosen: dict[str, list[str]] = {}
    for one in gifts:
        known = [id for id in one.ids if register.get(id) is not None]
        if known:
            chosen.setdefault(one.document, []).extend(known)
    return chosen


async def chosen_words(
    request: Request, gifts: Iterable[Chosen], document: Document, register: State
) -> list[tuple[str, list[str]]]:
    """Notes and other words on boards, as they read now; of a board that may not be looked into, nothing."""
    taken = []
    for one in (gift for gift in gifts if gift.document == document.id):
        ids = [id for id in one.ids if register.get(id) is None]
        if not ids:
            continue
        states = [await _board(request, one.place, board) for board in _boards(one)]
        items = (item for id in ids for state in states if state and (item := state.get(id)))
        texts = [str(item.get(WORDS.get(item["kind"], ""), "")) for item in items]
        if lines := list(dict.fromkeys(filter(None, texts))):
            taken.append((f"{one.place.state.fields['title']}: {one.title}", lines))
    return taken


def _boards(one: Chosen) -> list[str]:
    """The step's board, and those of the tables that were made of it."""
    workshop = one.place.state
    made = {seat["id"] for seat in workshop.of_kind("seating") if seat["template"] == one.board}
    tables = (t for t in workshop.of_kind("table") if t["seating"] in made)
    return [one.board, *(str(table["board"]) for table in tables)][:MOST_BOARDS]


async def _board(request: Request, place: Place, board: str) -> State | None:
    stream = f"board:{board}"
    if not may_follow(place.person, stream, place.state):
        return None
    return await state_of(house_of(request), stream)
