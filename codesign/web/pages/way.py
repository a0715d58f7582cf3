"""The whole way of one result: back to notes, votes and people's evidence, and on to what became of it.

It is made of the boards and the register that the visitor may follow; of anything else it says only that there is more.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.computed.completeness import evidence
from codesign.core.computed.ranking import options_of
from codesign.core.kinds import kind_in
from codesign.core.stream import Item, State
from codesign.core.visibility import may_follow
from codesign.core.ways import Stop, Ways
from codesign.i18n import N_, Words
from codesign.results import field_words
from codesign.web.access import Leads, Place, leads_of, state_of
from codesign.web.errors import unknown
from codesign.web.house import House, house_of
from codesign.web.programmes import desk_of
from codesign.web.render import render
from codesign.web.sessions import known_visitor

#: What people ask the way of; and how many of a programme are listed.
ASKED, LISTED = ("project", "action", "idea", "commitment", "practice"), 100
#: Of items that are no records.
ITEMS = {
    "note": N_("Note"),
    "cluster": N_("Group"),
    "factor": N_("Factor"),
    "persona": N_("Persona"),
}
WORDS = ("text", "name", "label", "title")


@dataclass(frozen=True, slots=True)
class Told:
    """A stop as the page shows it. Without words: it lies where the visitor may not read."""

    depth: int
    id: str
    board: str
    kind: str
    words: str
    lang: str
    where: str
    dots: int
    #: Of a persona: how much of it was heard from people, in percent; -1 where nothing is said of it.
    heard: int


@dataclass(frozen=True, slots=True)
class WayPage:
    programme: str
    title: str
    here: Told | None = None
    back: tuple[Told, ...] = ()
    forward: tuple[Told, ...] = ()
    listed: tuple[Told, ...] = ()


class Reading:
    """The boards of a programme that one visitor may follow, and what is told of them."""

    def __init__(self, words: Words, register: State) -> None:
        self.words, self.register = words, register
        self.boards: dict[str, State] = {}
        self.titles: dict[str, str] = {}
        self.places: dict[str, Place] = {}

    async def add(self, house: House, place: Place, board: str) -> None:
        stream, known = f"board:{board}", place.state.get(board)
        if known is None or not may_follow(place.person, stream, place.state):
            return
        state = await state_of(house, stream)
        if state is not None:
            self.boards[board], self.places[board] = state, place
            self.titles[board] = f"{place.state.fields['title']}: {known['title']}"

    def told(self, stop: Stop) -> Told:
        item = stop.item
        if item is None:
            return Told(stop.depth, "", "", "", "", "", "", 0, -1)
        kind = str(item["kind"])
        known = kind_in(kind, self.register.fields) if stop.is_record else None
        title = known.title if known else next((name for name in WORDS if name in item), "")
        said = self.words.gettext(ITEMS[kind]) if kind in ITEMS else ""
        return Told(
            stop.depth,
            str(item["id"]),
            stop.board,
            said or field_words.kind_word(kind, self.words),
            str(item.get(title, "")),
            str(item.get("lang", "")),
            self.titles.get(stop.board, ""),
            self._dots(stop.board, str(item["id"])),
            self._heard(item) if kind == "persona" else -1,
        )

    def _dots(self, board: str, id: str) -> int:
        """Of the last vote on this board that was counted and may be told."""
        place = self.places.get(board)
        votes = place.state.of_kind("vote") if place else ()
        counted = [one for one in votes if one["board"] == board and one["state"] == "closed"]
        last = max(counted, key=lambda one: one["opened"], default=None)
        return int(last.get(f"total/{id}", 0)) if last and id in options_of(last) else 0

    def _heard(self, item: Item) -> int:
        kind = kind_in("persona", self.register.fields)
        said = {key[9:]: str(value) for key, value in item.items() if key.startswith("evidence/")}
        asked = [one for one in kind.required if one in item] if kind else []
        return round(evidence(item, asked, said).share * 100)


async def show(request: Request) -> Response:
    leads, given = leads_of(request), request.query_params
    words = known_visitor(request).words
    register = await state_of(house_of(request), f"register:{leads.programme}") or State()
    reading, item = Reading(words, register), given.get("item", "")
    if not item:
        return await render(request, "programme/way.html", _list(leads, reading))
    for place, board in await _boards(request, leads, given.get("board", "")):
        await reading.add(house_of(request), place, board)
    ways = Ways(reading.boards, register)
    here = ways.at(given.get("board", ""), item)
    if here is None:
        raise unknown()
    page = WayPage(
        leads.programme,
        leads.title,
        reading.told(here),
        tuple(map(reading.told, ways.back(here))),
        tuple(map(reading.told, ways.forward(here))),
    )
    return await render(request, "programme/way.html", page)


def _list(leads: Leads, reading: Reading) -> WayPage:
    live = [one for kind in ASKED for one in reading.register.of_kind(kind) if "merged" not in one]
    told = tuple(reading.told(Stop(0, "", one, is_record=True)) for one in live[:LISTED])
    return WayPage(leads.programme, leads.title, listed=told)


async def _boards(request: Request, leads: Leads, asked: str) -> list[tuple[Place, str]]:
    """Those that something was carried from or to, and the one that is looked at: no other is opened for it."""
    wanted = {asked}
    for place in leads.places:
        desk = await desk_of(request, place.workshop.id)
        steps = {one["id"]: str(one.get("board", "")) for one in desk.of_kind("step")}
        for run in desk.of_kind("carried"):
            wanted.add(steps.get(run["step"], ""))
            streams = (entry.partition("@")[0] for entry in str(run["entries"]).split())
            wanted |= {one.removeprefix("board:") for one in streams if one.startswith("board:")}
    return [
        (place, str(board["id"]))
        for place in leads.places
        for board in place.state.of_kind("board")
        if board["id"] in wanted or _template(place, board) in wanted
    ]


def _template(place: Place, board: Item) -> str:
    """A table's board is like the board of its step."""
    table = place.state.get(str(board.get("table", "")))
    seating = place.state.get(str(table["seating"])) if table else None
    return str(seating["template"]) if seating else ""
