"""Opening a workshop: its rows, its stream with cities, and the board people land on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from codesign.core.decision import Refused
from codesign.core.declared_boards import board_layout
from codesign.core.items import Colour, Layout
from codesign.core.method import Method
from codesign.core.ops import (
    AddBoard,
    CitySpec,
    Op,
    RegionSpec,
    SetUpBoard,
    SetUpRegister,
    SetUpWorkshop,
)
from codesign.core.record_boards import shows_records
from codesign.store import workshops
from codesign.store.people import Account
from codesign.store.workshops import Workshop
from codesign.web import seats
from codesign.web.house import House

#: Papers in the order cities get them; further cities share stone.
PAPERS: tuple[Colour, ...] = ("sun", "lilac", "apricot", "leaf", "sky", "rose", "sea", "stone")


@dataclass(frozen=True, slots=True)
class Plan:
    title: str
    question: str
    layout: Layout
    zones: list[str]
    cities: list[str]
    method: str | None = None
    #: Kinds of card and rounds that the method brings.
    about: Mapping[str, str | int] = field(default_factory=dict)
    #: What the method declares of its kinds, where its board opens from data.
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A new workshop, with the ids of what is in it, in the order of the plan."""

    workshop: str
    board: str
    regions: list[str]
    cities: list[str]


@dataclass(frozen=True, slots=True)
class Look:
    """A board to be: what it is called and asks, and how it lies."""

    title: str
    question: str
    layout: Layout
    regions: tuple[RegionSpec, ...] = ()
    #: Of a board of records: whose, where several methods share the layout.
    method: str | None = None
    about: Mapping[str, str | int] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


def look_of(method: Method, title: str, question: str) -> Look | None:
    """The board of a method that opens from its data; nothing where it does not."""
    layout = board_layout(method)
    return layout and Look(title, question, layout, method=method.id, kinds=method.declares())


class CannotOpen(Exception):
    """The core refused what the page had checked."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """Of a workshop that is one of a programme's: the programme, and what the playbook says it is."""

    programme: str
    #: Of the programme, where it is made with this workshop.
    title: str | None
    playbook: str
    id: str
    turn: int


async def open_workshop(
    house: House, plan: Plan, account: Account | None, lang: str, of: Gathering | None = None
) -> Opened:
    row, cities = await begin_workshop(house, plan, account, lang, of)
    regions = [
        RegionSpec(id=seats.make_id(), title=title, order=order(at))
        for at, title in enumerate(plan.zones)
    ]
    look = Look(
        plan.title,
        plan.question,
        plan.layout,
        tuple(regions),
        plan.method,
        plan.about,
        plan.kinds,
    )
    board = await open_board(house, row, look, land=True)
    if account:
        await seats.seat_owner(house, row.id, account, lang)
    return Opened(row.id, board, [r.id for r in regions], [c.id for c in cities])


async def begin_workshop(
    house: House, plan: Plan, account: Account | None, lang: str, of: Gathering | None = None
) -> tuple[Workshop, list[CitySpec]]:
    """Its rows and its stream, with cities and without a board; alone, or `of` a programme."""
    row = Workshop(
        id=seats.make_id(),
        programme=of.programme if of else seats.make_id(),
        created=house.now(),
        link_generation=1,
        code_generation=1,
        owner_account=account.id if account else None,
    )
    await workshops.add_workshop(house.database, row, of.title if of else plan.title)
    house.doors.know(row)
    cities = [
        CitySpec(id=seats.make_id(), name=name, colour=paper(at), order=order(at))
        for at, name in enumerate(plan.cities)
    ]
    set_up = SetUpWorkshop(
        title=plan.title,
        question=plan.question,
        programme=row.programme,
        cities=tuple(cities),
        lang=lang,
        playbook=of.playbook if of else None,
        gathering=of.id if of else None,
        turn=of.turn if of else None,
    )
    await _ask(house, f"workshop:{row.id}", set_up)
    return row, cities


async def open_board(house: House, row: Workshop, look: Look, *, land: bool = False) -> str:
    """A further board, there when its page is opened next: what effects of add_board ask as well is asked here."""
    board = seats.make_id()
    add = AddBoard(
        board=board,
        title=look.title,
        layout=look.layout,
        question=look.question,
        regions=look.regions,
        method=look.method,
        about=dict(look.about),
        land=land,
    )
    lay_out = SetUpBoard(
        workshop=row.id,
        layout=look.layout,
        question=look.question,
        regions=look.regions,
        method=look.method,
        about=dict(look.about),
    )
    # Before the board is there: a register that knows a kind nobody uses is no harm.
    if look.kinds:
        declared = SetUpRegister(workshop=row.id, kinds=dict(look.kinds))
        await _ask(house, f"register:{row.programme}", declared)
    await _ask(house, f"workshop:{row.id}", add)
    if shows_records(look.layout, look.method):
        await open_register(house, row)
    await _ask(house, f"board:{board}", lay_out)
    return board


async def open_register(house: House, row: Workshop) -> None:
    """Both sides of the programme's, for this workshop; asked again, it changes nothing."""
    for side in ("register", "closed"):
        await _ask(house, f"{side}:{row.programme}", SetUpRegister(workshop=row.id))


async def _ask(house: House, stream: str, op: Op) -> None:
    answer = await house.rooms.ask(stream, op, product=True)
    if isinstance(answer, Refused):
        raise CannotOpen(answer.code)


def paper(at: int) -> Colour:
    """More cities than papers: the rest share stone, and the name is always written."""
    return PAPERS[min(at, len(PAPERS) - 1)]


def order(at: int) -> str:
    """Order keys of what is made in one go: `a0`, `a1`, … as fractional-indexing writes them."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    if at < len(digits):
        return f"a{digits[at]}"
    high, low = divmod(at - len(digits), len(digits))
    return f"b{digits[high]}{digits[low]}"
