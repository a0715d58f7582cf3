"""A copy of a workshop to rehearse on: agenda, boards as they were set up, tables. Nobody's words, and nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from codesign.core.copies import copy_id, set_up_of
from codesign.core.decision import Refused
from codesign.core.items import translation_key
from codesign.core.kinds import DECLARED
from codesign.core.ops import (
    AddStep,
    All,
    CitySpec,
    CopyItems,
    MakeTables,
    Op,
    SetDesk,
    SetUpWorkshop,
    SingleOp,
    Translate,
)
from codesign.core.ops.desk import StepFields
from codesign.core.ops.tables import TableSpec
from codesign.core.stream import Item, State
from codesign.core.whole import about
from codesign.store import workshops
from codesign.store.workshops import Workshop
from codesign.web import opening, seats
from codesign.web.access import state_of
from codesign.web.house import House
from codesign.web.opening import CannotOpen, Look

#: Items of a board in one entry, and ops of a desk in one.
AT_ONCE = 100
TRANSLATED: tuple[Literal["title", "question"], ...] = ("title", "question")
#: What a title of a workshop may have of the one it is copied from.
TITLE_LETTERS = 300


def new_copy(house: House, owner: str | None) -> Workshop:
    """Its row to be, with a programme of its own: the registers of the real one are not touched."""
    return Workshop(
        id=seats.make_id(),
        programme=seats.make_id(),
        created=house.now(),
        link_generation=1,
        code_generation=1,
        owner_account=owner,
    )


async def copy_workshop(
    house: House, row: Workshop, source: Workshop, state: State, title: str
) -> None:
    """Marked to go again from its first moment on. Raises CannotOpen, and leaves what it began; where there is a
    rehearsal of this workshop already, IntegrityError.
    """
    title = title[:TITLE_LETTERS]
    await workshops.add_workshop(house.database, row, title, rehearsal_of=source.id)
    house.doors.know(row)
    set_up = SetUpWorkshop(
        title=title,
        question=str(state.fields.get("question", "")),
        programme=row.programme,
        rehearsal=True,
        cities=tuple(_city(city) for city in state.of_kind("city")),
    )
    await _ask(house, f"workshop:{row.id}", set_up)
    boards = await _copy_boards(house, row, state)
    await _copy_desk(house, row, source, boards)
    await _copy_tables(house, row, state, boards)


async def _copy_boards(house: House, row: Workshop, state: State) -> dict[str, str]:
    """The boards that are no tables', with what was set up on them; the copy of each by its id."""
    copies: dict[str, str] = {}
    register = await state_of(house, f"register:{state.fields.get('programme')}")
    fields = register.fields if register else {}
    kinds = {key: str(fields[key]) for key in fields if key.startswith(DECLARED)}
    for board in [one for one in state.of_kind("board") if "table" not in one]:
        id = str(board["id"])
        source = await state_of(house, f"board:{id}")
        if source is None:
            continue
        look = Look(
            title=str(board["title"]),
            question=str(source.fields.get("question", "")),
            layout=source.fields["layout"],
            method=source.fields.get("method"),
            about=about(source.fields),
            kinds=kinds,
        )
        lands = state.fields.get("board") == id
        copies[id] = await opening.open_board(house, row, look, land=lands)
        fields, items = set_up_of(source, copies[id])
        await _put(house, copies[id], fields, [_nobodys(item) for item in items])
    return copies


async def _put(house: House, board: str, fields: Mapping[str, Any], items: Sequence[Item]) -> None:
    kept = tuple(item for item in items if item["kind"] != "placement")
    for at in range(0, max(1, len(kept)), AT_ONCE):
        some = CopyItems(fields=dict(fields), items=kept[at : at + AT_ONCE])
        await _ask(house, f"board:{board}", some)


def _nobodys(item: Item) -> Item:
    """Without its author, and without the personas it is for: neither is in the copy."""
    return {k: v for k, v in item.items() if k != "by" and not k.startswith("serves/")}


async def _copy_desk(
    house: House, row: Workshop, source: Workshop, boards: Mapping[str, str]
) -> None:
    """The agenda. How far it got is not in it: the copy begins at the beginning."""
    desk = await state_of(house, f"desk:{source.id}")
    if desk is None:
        return
    ops: list[SingleOp] = [_desk_op(desk)]
    for step in desk.of_kind("step"):
        ops += _step_ops(step, copy_id(row.id, str(step["id"])), boards)
    for at in range(0, len(ops), AT_ONCE):
        await _ask(house, f"desk:{row.id}", All(ops=tuple(ops[at : at + AT_ONCE])))


def _desk_op(desk: State) -> SetDesk:
    given = {key: desk.fields[key] for key in ("starts", "ends", "lang") if key in desk.fields}
    languages = {
        key.removeprefix("language/"): True for key in desk.fields if key.startswith("language/")
    }
    return SetDesk(**given, languages=languages)


def _step_ops(step: Item, id: str, boards: Mapping[str, str]) -> list[SingleOp]:
    given = {key: step[key] for key in StepFields.model_fields if key in step}
    if "board" in given:
        given["board"] = boards.get(given["board"])
    may = {key.removeprefix("may/"): True for key in step if key.startswith("may/")}
    made: list[SingleOp] = [AddStep(**given | {"may": may}, id=id, order=step["order"])]
    for field in TRANSLATED:
        start = translation_key(field, "")
        made += [
            Translate(id=id, field=field, lang=key.removeprefix(start), words=words)
            for key, words in step.items()
            if key.startswith(start)
        ]
    return made


async def _copy_tables(
    house: House, row: Workshop, state: State, boards: Mapping[str, str]
) -> None:
    """The tables that were made last, with nobody at them."""
    made = sorted(state.of_kind("seating"), key=lambda one: (one["made"], one["id"]))
    if not made or (template := boards.get(made[-1]["template"])) is None:
        return
    seating = made[-1]
    mine = [one for one in state.of_kind("table") if one["seating"] == seating["id"]]
    tables = tuple(
        TableSpec(id=seats.make_id(), board=seats.make_id(), title=one.get("title"))
        for one in sorted(mine, key=lambda one: int(one["number"]))
    )
    op = MakeTables(
        id=seats.make_id(),
        template=template,
        tables=tables,
        late=seating["late"],
        choose=bool(seating.get("choose", False)),
        cap=seating.get("cap"),
    )
    await _ask(house, f"workshop:{row.id}", op)


def _city(city: Item) -> CitySpec:
    given = {key: city[key] for key in ("id", "name", "colour", "order")}
    return CitySpec(**given, zone=city.get("zone"))


async def _ask(house: House, stream: str, op: Op) -> None:
    answer = await house.rooms.ask(stream, op, product=True)
    if isinstance(answer, Refused):
        raise CannotOpen(answer.code)
