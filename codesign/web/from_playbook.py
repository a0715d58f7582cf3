"""Makes workshops of a playbook: each gathering with its agenda, and a board for every step that has one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from codesign.catalog import Catalog
from codesign.core.decision import Refused
from codesign.core.items import Layout
from codesign.core.method import Method
from codesign.core.ops import AddStep, All, RegionSpec
from codesign.core.playbook import PAUSES, Gathering, Playbook, Slot, Step
from codesign.i18n import Words
from codesign.store.people import Account
from codesign.store.workshops import Workshop
from codesign.web import opening, seats
from codesign.web.house import House
from codesign.web.method_boards import about_of, names_zones, zones_of
from codesign.web.opening import CannotOpen, Look, Plan
from codesign.web.pages.new_workshop import METHOD_LAYOUTS, ZONES_MOST, can_open
from codesign.web.playbook_words import BOARDS, STANDING

#: A vote is over what is on a board, and is no board itself.
BOARDLESS = ("dot-vote",)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody makes of a playbook."""

    title: str
    cities: list[str]
    gatherings: Sequence[Gathering]


@dataclass(frozen=True, slots=True)
class Making:
    house: House
    catalog: Catalog
    playbook: Playbook
    account: Account | None
    words: Words

    def method(self, id: str) -> Method:
        return self.catalog.told(id, [self.words.tag])[1]


async def make_programme(making: Making, wanted: Wanted) -> str:
    """A programme with these gatherings; its id."""
    programme = seats.make_id()
    for at, gathering in enumerate(wanted.gatherings):
        title = wanted.title if at == 0 else None
        place = making.playbook.workshops.index(gathering) * 10
        await make_gathering(making, gathering, wanted.cities, (programme, title, place))
    return programme


async def make_gathering(
    making: Making, gathering: Gathering, cities: list[str], of: tuple[str, str | None, int]
) -> Workshop:
    """One workshop; `of`: the programme, its title where it is made now, and the place among its workshops."""
    programme, title, place = of
    plan = Plan(gathering.title, making.playbook.aim, "free", [], cities)
    whence = opening.Gathering(programme, title, making.playbook.id, gathering.id, place)
    tag = making.words.tag
    row, _ = await opening.begin_workshop(making.house, plan, making.account, tag, whence)
    # Also where no board of it shows records: its people are of the programme.
    await opening.open_register(making.house, row)
    steps = [
        await _step(making, row, gathering, slot, at) for at, slot in enumerate(gathering.slots)
    ]
    answer = await making.house.rooms.ask(f"desk:{row.id}", All(ops=tuple(steps)), product=True)
    if isinstance(answer, Refused):
        raise CannotOpen(answer.code)
    if making.account:
        await seats.seat_owner(making.house, row.id, making.account, tag)
    return row


def board_of(step: Step, catalog: Catalog) -> str | None:
    """The method of the step's board, if a board can show one of its methods; else it has an open board."""
    there = [id for id in step.methods if id not in BOARDLESS]
    return next((id for id in there if can_open(catalog.methods[id])), None)


async def _step(
    making: Making, row: Workshop, gathering: Gathering, slot: Slot, at: int
) -> AddStep:
    """The step on the desk, after its board was made."""
    step = gathering.step(slot.step) if slot.step else None
    if step is None:
        return await _standing(making, row, slot, at)
    method = board_of(step, making.catalog)
    look = _look(making, step, making.method(method) if method else None)
    board = await opening.open_board(making.house, row, look, land=at == 0)
    return planned(making, step, at, board)


def planned(making: Making, step: Step, at: int, board: str | None) -> AddStep:
    """A step of the playbook on the desk, with the board it works on."""
    return AddStep(
        id=seats.make_id(),
        order=opening.order(at),
        title=step.title,
        question=step.instruction,
        minutes=step.minutes or 0,
        mode=step.mode,
        board=board,
        stage="silent" if step.mode == "individual" else "open",
        note=_note(making, step, board_of(step, making.catalog)),
        key=step.id,
        methods="+".join(step.methods),
        carry="\n".join(step.carry) or None,
    )


async def _standing(making: Making, row: Workshop, slot: Slot, at: int) -> AddStep:
    assert slot.standing is not None  # noqa: S101  the catalogue saw to it
    title, question = STANDING[slot.standing]
    board = None
    if (whose := BOARDS.get(slot.standing)) and whose in making.catalog.methods:
        asked = making.words.gettext(question)
        look = _looks(making.words.gettext(title), asked, making.method(whose))
        board = await opening.open_board(making.house, row, look, land=at == 0)
    return standing_step(making, slot, at, board)


def standing_step(making: Making, slot: Slot, at: int, board: str | None) -> AddStep:
    assert slot.standing is not None  # noqa: S101  the catalogue saw to it
    title, question = STANDING[slot.standing]
    return AddStep(
        id=seats.make_id(),
        order=opening.order(at),
        title=making.words.gettext(title),
        question=making.words.gettext(question) if question else None,
        minutes=slot.minutes,
        mode="plenary",
        board=board,
        pause=True if slot.standing in PAUSES else None,
        key=slot.standing,
    )


def _look(making: Making, step: Step, method: Method | None) -> Look:
    if step.zones:
        return Look(step.title, step.instruction, "zones", _regions(step.zones))
    if method is None:
        return Look(step.title, step.instruction, "free")
    return _looks(step.title, step.instruction, method)


def _looks(title: str, question: str, method: Method) -> Look:
    if (from_data := opening.look_of(method, title, question)) is not None:
        return from_data
    zones = zones_of(method)[:ZONES_MOST] if names_zones(method) else []
    layout: Layout = next(one for one in METHOD_LAYOUTS if one == method.layout)
    return Look(title, question, layout, _regions(zones), method.id, about_of(method))


def _regions(titles: Sequence[str]) -> tuple[RegionSpec, ...]:
    return tuple(
        RegionSpec(id=seats.make_id(), title=title, order=opening.order(at))
        for at, title in enumerate(titles)
    )


def _note(making: Making, step: Step, board: str | None) -> str:
    """For those who lead: with what people work, how, and where there is no board for it yet."""
    words = making.words
    titles = [making.method(id).title for id in step.methods]
    said = [words.gettext("Methods: {methods}.", methods=", ".join(titles))]
    said += [f"{making.method(id).title}: {how}." for id, how in step.how.items()]
    if step.groups:
        said.append(words.gettext("Groups: {groups}.", groups=step.groups))
    if step.days:
        said.append(words.ngettext("Open for {n} day.", "Open for {n} days.", step.days))
    if board is None and not step.zones:
        said.append(words.gettext("This method has no board of its own yet; here is an open one."))
    return " ".join(said)


async def catalog_of(house: House) -> Catalog:
    return await asyncio.to_thread(house.shelf.catalog)
