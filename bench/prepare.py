"""A workshop with its people, boards and notes, written into a data folder before the server starts.

By the product's own ways in (rooms, seats, sessions), only without a form and a page for each of a thousand people.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codesign.app import open_house
from codesign.core.decision import Refused
from codesign.core.ops import (
    AddBoard,
    AddStep,
    CreateNote,
    DealSeats,
    EditText,
    MakeTables,
    Op,
    OpenTables,
    Role,
    SetUpBoard,
    SetUpWorkshop,
    StartStep,
)
from codesign.core.ops.tables import TableSpec
from codesign.core.rules.seats import sitting
from codesign.live.clock import SystemClock
from codesign.settings import Settings
from codesign.store import workshops
from codesign.store.people import Account, Session, add_account
from codesign.store.tables import seats as seats_table
from codesign.store.tables import sessions as sessions_table
from codesign.store.workshops import Workshop
from codesign.web import seats
from codesign.web.house import House
from codesign.web.links import hash_token
from codesign.web.sessions import GUEST_MS
from codesign.web.sign_in import hash_password

#: What a note's text begins with, as long as the generator's marker; about sixty letters follow.
MARKER = "@E000000000000000@"
VOCABULARY = [
    *(
        "river",
        "market",
        "school",
        "bridge",
        "tram",
        "garden",
        "library",
        "square",
        "bench",
        "tree",
    ),
    *("water", "light", "street", "bus", "station", "cinema", "theatre", "people", "children"),
    *("noise", "shade", "bicycle", "path", "corner", "shop", "festival", "music", "history"),
    *("evening", "morning", "volunteers", "neighbours", "council", "budget", "signs", "ramps"),
    *("playground", "museum", "parking", "kiosk", "fountain", "hill", "elderly", "wifi"),
]
SCRIPTS = [
    VOCABULARY,
    [
        "река",
        "пијаца",
        "школа",
        "мост",
        "трамвај",
        "башта",
        "трг",
        "клупа",
        "дрво",
        "вода",
        "улица",
    ],
    ["მდინარე", "ბაზარი", "სკოლა", "ხიდი", "ბაღი", "მოედანი", "სკამი", "ხე", "წყალი", "ქუჩა"],
]
AT_ONCE = 200


#: Somebody with an account, who can sign in.
LOGIN, PASSWORD = "Bench", "a password that only the bench has"


@dataclass(frozen=True, slots=True)
class Place:
    """One person's: what they come in with, and the note they write on."""

    cookie: str
    board: str
    workshop: str
    note: str


@dataclass(frozen=True, slots=True)
class Crowd:
    people: int
    boards: int = 1
    #: Notes on each board besides the people's own.
    notes: int = 0
    #: How long they are; long ones are in the scripts of our people.
    letters: int = 60
    #: Entries that its people's edits add to the first board's journal.
    edits: int = 0
    #: The last of them lead.
    leads: int = 0
    #: All others sit at so many tables, which are open, in the middle of a step whose timer runs.
    tables: int = 0


def prepare(data: Path, crowd: Crowd) -> list[Place]:
    # In a thread of its own: Playwright's has a loop already.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(_prepare(Settings(data=data), crowd))).result()


def link_of(data: Path, workshop: str) -> str:
    """The path by which people join; of a server that does not run yet."""

    async def find() -> str:
        async with open_house(Settings(data=data), SystemClock()) as house:
            row = await workshops.workshop(house.database, workshop)
            assert row is not None
            return f"/join/{house.links.join(row)}"

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(find())).result()


def write_places(places: list[Place], file: Path) -> None:
    lines = (f"{p.cookie} board:{p.board} workshop:{p.workshop} {p.note}\n" for p in places)
    file.write_text("".join(lines))


def words(at: int, letters: int = 60) -> str:
    """The same for the same note, and not the same for all: else everything could be packed into nothing."""
    chance = random.Random(at)
    vocabulary = VOCABULARY if letters <= 60 else SCRIPTS[at % len(SCRIPTS)]
    return " ".join(chance.choice(vocabulary) for _ in range(letters // 6))[:letters]


async def _prepare(settings: Settings, crowd: Crowd) -> list[Place]:
    settings.make_data_folder()
    async with open_house(settings, SystemClock()) as house:
        account = Account(seats.make_id(), LOGIN, None, await hash_password(PASSWORD), house.now())
        await add_account(house.database, account)
        workshop = await _open_workshop(house)
        boards = [await _add_board(house, workshop) for _ in range(crowd.boards)]
        ids = [seats.make_id() for _ in range(crowd.people)]
        await _in_parts(
            [_join(house, workshop, id, at, role_of(at, crowd)) for at, id in enumerate(ids)]
        )
        at_tables = await _sit_at_tables(house, workshop, boards[0], crowd)
        places = [
            Place(
                secrets.token_urlsafe(32),
                at_tables.get(id, boards[at % crowd.boards]),
                workshop,
                seats.make_id(),
            )
            for at, id in enumerate(ids)
        ]
        await _sit_down(house, places, ids)
        await _in_parts(
            [
                _write(house, place.board, place.note, id, at)
                for at, (place, id) in enumerate(zip(places, ids, strict=True))
            ]
        )
        await _edit(house, places, ids, crowd.edits)
        for board in boards:
            more = range(crowd.people, crowd.people + crowd.notes)
            await _in_parts(
                [
                    _write(house, board, seats.make_id(), ids[at % len(ids)], at, crowd.letters)
                    for at in more
                ]
            )
    return places


async def _in_parts(work: list[Coroutine[Any, Any, None]]) -> None:
    for at in range(0, len(work), AT_ONCE):
        await asyncio.gather(*work[at : at + AT_ONCE])


async def _open_workshop(house: House) -> str:
    row = Workshop(
        id=seats.make_id(),
        programme=seats.make_id(),
        created=house.now(),
        link_generation=1,
        code_generation=1,
        owner_account=None,
    )
    await workshops.add_workshop(house.database, row, "Bench")
    set_up = SetUpWorkshop(title="Bench", question="How fast?", programme=row.programme, cities=())
    await _ask(house, f"workshop:{row.id}", set_up)
    return row.id


async def _add_board(house: House, workshop: str) -> str:
    board = seats.make_id()
    add = AddBoard(
        board=board, title="Bench", layout="free", question="How fast?", regions=(), land=True
    )
    lay_out = SetUpBoard(workshop=workshop, layout="free", question="How fast?", regions=())
    await _ask(house, f"workshop:{workshop}", add)
    await _ask(house, f"board:{board}", lay_out)
    return board


def role_of(at: int, crowd: Crowd) -> Role:
    if at >= crowd.people - crowd.leads:
        return "co-facilitator"
    return "owner" if at == 0 and not crowd.leads else "participant"


async def _sit_at_tables(house: House, workshop: str, board: str, crowd: Crowd) -> dict[str, str]:
    """Each person's board, where people sit at tables."""
    if not crowd.tables:
        return {}
    room, step, seating = f"workshop:{workshop}", seats.make_id(), seats.make_id()
    specs = [TableSpec(id=seats.make_id(), board=seats.make_id()) for _ in range(crowd.tables)]
    plan = AddStep(id=step, order="a0", title="At tables", minutes=45, mode="breakout")
    await _ask(house, f"desk:{workshop}", plan)
    await _ask(house, room, StartStep.model_validate({"step": step, "from": None}))
    await _ask(house, room, MakeTables(id=seating, template=board, tables=tuple(specs)))
    await _ask(house, room, DealSeats(id=seating, rule="random", seed=1))
    await _ask(house, room, OpenTables(id=seating))
    board_of = {spec.id: spec.board for spec in specs}
    for spec in specs:
        assert await house.rooms.open_made(f"board:{spec.board}") is not None
    found = await house.rooms.state(room)
    assert found is not None
    sits = sitting(found[1].items[seating])
    return {person: board_of[table] for person, table in sits.items()}


async def _join(house: House, workshop: str, id: str, at: int, role: Role) -> None:
    refused = await seats.join(
        house, workshop, f"Person {at}", person=id, city=None, role=role, lang="en"
    )
    assert refused is None, refused


async def _sit_down(house: House, places: list[Place], ids: list[str]) -> None:
    now = house.now()
    known = [Session(hash_token(place.cookie), None, now, now, now + GUEST_MS) for place in places]
    rows = [{c.name: getattr(session, c.name) for c in sessions_table.columns} for session in known]
    taken = [
        {"session": session.hash, "workshop": place.workshop, "person": id}
        for session, place, id in zip(known, places, ids, strict=True)
    ]
    await house.database.write(lambda c: c.execute(sessions_table.insert(), rows).close())
    await house.database.write(lambda c: c.execute(seats_table.insert(), taken).close())


async def _write(
    house: House, board: str, note: str, person: str, at: int, letters: int = 60
) -> None:
    x, y = at % 100 * 24_000, at // 100 * 24_000
    op = CreateNote(id=note, text=f"{MARKER} {words(at, letters)}", x=x, y=y)
    await _ask(house, f"board:{board}", op, person)


async def _edit(house: House, places: list[Place], ids: list[str], edits: int) -> None:
    """Each note's marker becomes another one, again and again."""
    texts = [MARKER] * len(places)
    for at in range(0, edits, len(places)):
        new = f"@E{at:015d}@"
        ops = [
            EditText(id=place.note, field="text", splices=((0, text, new),))
            for place, text in zip(places, texts, strict=True)
        ][: edits - at]
        state = await house.rooms.state(f"board:{places[0].board}")
        base = state[0] if state else 0
        await asyncio.gather(
            *(
                house.rooms.ask(f"board:{place.board}", op, person=id, base=base)
                for op, place, id in zip(ops, places, ids, strict=False)
            )
        )
        texts = [new] * len(places)


async def _ask(house: House, stream: str, op: Op, person: str | None = None) -> None:
    answer = await house.rooms.ask(stream, op, person=person, product=person is None)
    if isinstance(answer, Refused):
        raise RuntimeError(f"{op.type} was refused: {answer.code} {answer.data}")
