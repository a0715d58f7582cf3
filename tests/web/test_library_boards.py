"""Every method of the library: which open as a board, which kinds can be added there, and that they are taken home."""

from __future__ import annotations

import csv
import io
from typing import Any

from codesign.catalog import HOUSE, read
from codesign.core.decision import Refused
from codesign.core.declared_boards import (
    between,
    board_layout,
    place_of,
    records_of,
    said_by_each,
)
from codesign.core.kinds import KINDS, Kind
from codesign.core.method import Method
from codesign.core.ops import (
    CreateCausalLink,
    CreateFactor,
    CreateNote,
    CreatePlacement,
    CreateRecord,
    EditItem,
    JoinWorkshop,
    Op,
    RegionSpec,
    SetRound,
)
from codesign.core.record_boards import METHODS, has_board
from codesign.core.stream import State
from codesign.i18n import Catalogues
from codesign.results import choosing, sheets, system_map
from codesign.results.board_reading import read_board
from codesign.results.csv import write
from codesign.store import workshops
from codesign.web.method_boards import about_of, cards_of, has_sheets, names_zones
from codesign.web.opening import Look, look_of, open_board, order
from codesign.web.pages.new_workshop import can_open
from codesign.web.seats import make_id
from tests.web.browsing import Walk

TODAY = "2026-11-22"
ENGLISH = Catalogues().words("en")
METHODS_OF_THE_HOUSE = read(HOUSE).methods
#: What a card says in a field of this type.
A_VALUE: dict[str, Any] = {"text": "Said beside the words", "bool": True, "date": "2026-11-22"}
#: What a record says beside its title.
SAID: dict[str, dict[str, Any]] = {
    "stakeholder": {"sector": "state"},
    "criterion": {"weight": 20},
    "relation": {"type": "close"},
    "score": {"value": 4},
}


def test_every_method_opens_as_a_board() -> None:
    assert len(METHODS_OF_THE_HOUSE) == 49
    assert [id for id, method in METHODS_OF_THE_HOUSE.items() if not can_open(method)] == []
    assert {id for ids in METHODS.values() for id in ids} <= METHODS_OF_THE_HOUSE.keys()


def test_a_board_takes_every_kind_that_its_method_names() -> None:
    lost = {id: lost_kinds(one) for id, one in METHODS_OF_THE_HOUSE.items()}
    assert {id: kinds for id, kinds in lost.items() if kinds} == {}


async def test_what_is_added_on_each_board_is_found_when_it_is_taken_home(walk: Walk) -> None:
    opened = await walk.workshop(await walk.facilitator())
    lost = {}
    for id, method in METHODS_OF_THE_HOUSE.items():
        home = _Board(walk, opened.workshop, method)
        await home.open()
        wanted = await home.fill()
        assert wanted, id
        cells = " ".join(await home.cells())
        said = [words for one in wanted for words in one.split("\n")]
        if missing := [one for one in said if one not in cells]:
            lost[id] = missing
    assert lost == {}


def lost_kinds(method: Method) -> set[str]:
    return set(method.kinds) - taken(method)


def taken(method: Method) -> set[str]:
    """Kinds that people can add to the board."""
    if board_layout(method):
        return set(records_of(method))
    by_method = {
        "actor-map": {"stakeholder", "relation"},
        "power-interest": {"stakeholder"},
        "onion": {"stakeholder"},
        "salience": {"stakeholder"},
        "net-map": {"stakeholder", "relation"},
        "persona": {"persona"},
        "empathy": {"persona", "line"},
        "engagement-plan": {"engagement"},
        "action-plan": {"action"},
        "impact-effort": {"idea", "action"},
        "criteria-matrix": {"idea", "action", "project", "criterion", "score"},
        "system-map": {"factor", "causal_link"},
    }
    cards = {one.name for one in cards_of(method)}
    return by_method.get(method.id, {"note", "cluster", "connector"} | cards)


class _Board:
    """A board of one method, filled with one of every kind it takes."""

    def __init__(self, walk: Walk, workshop: str, method: Method) -> None:
        self.walk, self.workshop, self.method = walk, workshop, method
        self.board = self.programme = ""
        self.regions = [
            RegionSpec(id=make_id(), title=one.title, order=order(at))
            for at, one in enumerate(method.regions)
        ]

    @property
    def shows_records(self) -> bool:
        return has_board(self.method.layout, self.method.id) or self.is_from_data

    @property
    def is_from_data(self) -> bool:
        return board_layout(self.method) is not None

    async def open(self) -> None:
        row = await workshops.workshop(self.walk.house.database, self.workshop)
        assert row is not None
        self.programme = row.programme
        method = self.method
        if look := look_of(method, method.title, method.prompts[0]):
            self.board = await open_board(self.walk.house, row, look)
            return
        whose = method.id if self.shows_records else None
        flows = names_zones(method)
        if has_sheets(method):
            self.regions = []
        regions = tuple(self.regions) if flows else ()
        about = about_of(method)
        look = Look(method.title, method.prompts[0], method.layout, regions, whose, about)  # type: ignore[arg-type]
        self.board = await open_board(self.walk.house, row, look)

    async def fill(self) -> list[str]:
        """The words that are to be found again."""
        if self.method.layout == "graph" and not self.shows_records:
            return await self._map()
        if not self.shows_records:
            return await self._notes()
        if self.is_from_data:
            return [
                words for kind in records_of(self.method) for words in await self._declared(kind)
            ]
        made: dict[str, str] = {}
        kinds = sorted(taken(self.method), key=lambda kind: kind in ("relation", "score"))
        needs = {"relation": "stakeholder", "engagement": "stakeholder", "line": "persona"}
        for kind in kinds:
            if (first := needs.get(kind)) and first not in made:
                made[first] = await self._record(first, made)
            made[kind] = await self._record(kind, made)
        unsaid = ("relation", "score", "engagement")
        return [f"One {kind} of {self.method.id}" for kind in kinds if kind not in unsaid] or [
            f"One {kind} of {self.method.id}" for kind in made if kind not in unsaid
        ]

    async def _declared(self, name: str) -> list[str]:
        """One of a kind, with a word in every field that takes words; what it needs beside is made first."""
        kind = self.method.kind(name)
        assert kind is not None
        fields: dict[str, Any] = {}
        for field in kind.fields:
            if field.name == place_of(self.method, name):
                fields[field.name] = self.method.regions[0].id
            elif field.type == "ref" and field.required:
                fields[field.name] = await self._of_house(field.options[0])
            elif field.type in ("text", "longtext") and not field.closed:
                fields[field.name] = f"{field.name} of {name} of {self.method.id}"
            elif field.type in ("int", "scale") and field.required:
                fields[field.name] = field.least if field.least is not None else 1
        id = make_id()
        await self._ask(f"register:{self.programme}", CreateRecord(id=id, kind=name, fields=fields))
        if not said_by_each(self.method, name) and not between(kind):
            await self._ask(f"board:{self.board}", CreatePlacement(id=make_id(), record=id))
        if said_by_each(self.method, name):
            return []
        place = place_of(self.method, name)
        return [
            str(words) for key, words in fields.items() if key != place and " of " in str(words)
        ]

    async def _of_house(self, kind: str) -> str:
        """Of the kind there has to be first, on this board."""
        title = KINDS[kind].title
        id = make_id()
        fields = {title: f"One {kind} for {self.method.id}", **SAID.get(kind, {})}
        await self._ask(f"register:{self.programme}", CreateRecord(id=id, kind=kind, fields=fields))
        await self._ask(f"board:{self.board}", CreatePlacement(id=make_id(), record=id))
        return id

    async def _notes(self) -> list[str]:
        if has_sheets(self.method):
            await self._begin_a_sheet()
        places: list[dict[str, Any]] = [
            {"region": one.id, "order": "a0"} for one in self.regions
        ] or [{"x": 0, "y": 0}]
        for at, place in enumerate(places):
            note = CreateNote(id=make_id(), text=f"Note {at} of {self.method.id}", **place)
            await self._ask(f"board:{self.board}", note)
        made = [f"Note {at} of {self.method.id}" for at in range(len(places))]
        return made + [await self._card(kind, places[0]) for kind in cards_of(self.method)]

    async def _card(self, kind: Kind, place: dict[str, Any]) -> str:
        """By field and by form: its words, then what else it says, and a stroke."""
        id, text = make_id(), f"One {kind.name} of {self.method.id}"
        stream, others = f"board:{self.board}", kind.fields[1:]
        await self._ask(stream, CreateNote(id=id, text=text, card=kind.name, **place))
        said = {f"said/{one.name}": A_VALUE[one.type] for one in others if one.type in A_VALUE}
        said |= {f"said/{one.name}": one.options[0] for one in others if one.type == "enum"}
        await self._ask(stream, EditItem(id=id, fields={**said, "ink/1": "1,2 300,400"}))
        return f"{text}\n{A_VALUE['text']}" if any(one.type == "text" for one in others) else text

    async def _begin_a_sheet(self) -> None:
        """Somebody who is there, to whom the first round deals one."""
        person = make_id()
        await self._ask(f"workshop:{self.workshop}", JoinWorkshop(person=person, name="Zora"))
        await self._ask(f"board:{self.board}", SetRound(round=1))
        board = await self._state("board", self.board)
        self.regions = [
            RegionSpec(id=str(one["id"]), title=str(one["title"]), order=str(one["order"]))
            for one in board.of_kind("region")
            if one["holder"] == person
        ]
        assert len(self.regions) == 1

    async def _map(self) -> list[str]:
        """Two factors, and what one does to the other."""
        ends = [make_id(), make_id()]
        for at, id in enumerate(ends):
            factor = CreateFactor(id=id, label=f"Factor {at}", x=at * 50_000, y=0)
            await self._ask(f"board:{self.board}", factor)
        link = {"id": make_id(), "from": ends[0], "to": ends[1], "polarity": "+"}
        await self._ask(f"board:{self.board}", CreateCausalLink.model_validate(link))
        return ["Factor 0", "Factor 1"]

    async def _record(self, kind: str, made: dict[str, str]) -> str:
        id, title = make_id(), KINDS[kind].title
        fields: dict[str, Any] = {title: f"One {kind} of {self.method.id}", **SAID.get(kind, {})}
        match kind:
            case "relation":
                fields |= {"from": made["stakeholder"], "to": await self._record("stakeholder", {})}
            case "engagement":
                fields = {"stakeholder": made["stakeholder"]}
            case "score":
                fields |= {"item": made["idea"], "criterion": made["criterion"]}
            case "line":
                fields |= {"of": made["persona"], "field": "hear", "order": "a0"}
        register = f"register:{self.programme}"
        await self._ask(register, CreateRecord(id=id, kind=kind, fields=fields))
        if kind not in ("relation", "engagement", "score", "line"):
            await self._ask(f"board:{self.board}", CreatePlacement(id=make_id(), record=id))
        return id

    async def cells(self) -> list[str]:
        board, workshop = await self._state("board", self.board), await self._state("workshop", "")
        table: list[tuple[str, ...]] = []
        if self.method.layout == "graph" and not self.shows_records:
            rows = (row for _, _, rows in system_map.tables(board, ENGLISH) for row in rows)
            return [str(cell) for row in rows for cell in row]
        if self.shows_records:
            register = await self._state("register", self.programme)
            table = choosing.table_of(board, register, ENGLISH, self.method, TODAY)
            board = sheets.as_notes(board, register, ENGLISH, self.method, TODAY)
        text = write(read_board(board, workshop), ENGLISH, table).decode("utf-8-sig")
        return [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]

    async def _state(self, kind: str, id: str) -> State:
        found = await self.walk.house.rooms.state(f"{kind}:{id or self.workshop}")
        assert found is not None
        return found[1]

    async def _ask(self, stream: str, op: Op) -> None:
        answer = await self.walk.house.rooms.ask(stream, op, product=True)
        assert not isinstance(answer, Refused), (self.method.id, op, answer)
