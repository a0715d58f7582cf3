"""The demo workshop: codesign/demo/kutaisi.json, put on a board by the same ops that people ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from codesign.core.decision import Refused
from codesign.core.ops import (
    CreateNote,
    CreatePlacement,
    CreateRecord,
    EditRecord,
    Op,
    React,
    Translate,
)
from codesign.store import workshops
from codesign.web import seats
from codesign.web.house import House
from codesign.web.opening import Look, Opened, Plan, open_board, open_workshop, order

FILE = Path(__file__).resolve().parent.parent / "demo/kutaisi.json"
NOTE = "demo"


async def load_demo(house: House) -> str:
    """The demo's workshop, made if there is none in this database yet."""
    known = await workshops.note(house.database, NOTE)
    if known is not None:
        return known
    data = json.loads(FILE.read_text("utf-8"))
    plan = Plan(
        title=data["title"],
        question=data["question"],
        layout=data["layout"],
        zones=[zone["title"] for zone in data["zones"]],
        cities=data["cities"],
    )
    opened = await open_workshop(house, plan, None, "en")
    people = await _let_in(house, opened, data)
    await _translate(house, opened, data)
    await _write(house, opened, data, people)
    await _map_actors(house, opened, data)
    await workshops.keep_note(house.database, NOTE, opened.workshop)
    return opened.workshop


async def _let_in(house: House, opened: Opened, data: dict[str, Any]) -> dict[str, str]:
    """Everybody in the file; their ids by name."""
    cities = dict(zip(data["cities"], opened.cities, strict=True))
    people = {person["name"]: seats.make_id() for person in data["people"]}
    for person in data["people"]:
        refused = await seats.join(
            house,
            opened.workshop,
            person["name"],
            person=people[person["name"]],
            city=cities[person["city"]],
            role="participant",
            lang=person["lang"],
        )
        assert refused is None  # noqa: S101  our own file
    return people


async def _translate(house: House, opened: Opened, data: dict[str, Any]) -> None:
    wanted: list[Op] = [
        Translate(id=None, field="question", lang=lang, words=words)
        for lang, words in data["question_in"].items()
    ]
    for region, zone in zip(opened.regions, data["zones"], strict=True):
        wanted += [
            Translate(id=region, field="title", lang=lang, words=words)
            for lang, words in zone["in"].items()
        ]
    for op in wanted:
        await _ask(house, opened, op, None)


async def _write(
    house: House, opened: Opened, data: dict[str, Any], people: dict[str, str]
) -> None:
    zones = {zone["title"]: id for zone, id in zip(data["zones"], opened.regions, strict=True)}
    for at, note in enumerate(data["notes"]):
        id = seats.make_id()
        create = CreateNote(
            id=id,
            text=note["text"],
            lang=note["lang"],
            region=zones[note["zone"]],
            order=order(at),
        )
        await _ask(house, opened, create, people[note["by"]])
        others = [person for name, person in people.items() if name != note["by"]]
        for reaction, times in note.get("reactions", {}).items():
            for person in others[:times]:
                await _ask(house, opened, React(id=id, reaction=reaction, on=True), person)


async def _map_actors(house: House, opened: Opened, data: dict[str, Any]) -> None:
    """The same actors on a map and on a grid; who can stop it and where there is tension is on the closed side."""
    row = await workshops.workshop(house.database, opened.workshop)
    assert row is not None  # noqa: S101  just made
    boards = [await open_board(house, row, Look(**board)) for board in data["actor_boards"]]
    register, closed = f"register:{row.programme}", f"closed:{row.programme}"
    ids: dict[str, str] = {}
    for actor in data["actors"]:
        id = ids[actor["name"]] = seats.make_id()
        record = CreateRecord(id=id, kind="stakeholder", fields=_fields(actor))
        await _ask_of(house, register, record)
        for board in boards:
            place = CreatePlacement(id=seats.make_id(), record=id)
            await _ask_of(house, f"board:{board}", place)
        if kept := actor.get("closed"):
            await _ask_of(house, closed, EditRecord(id=id, fields=kept))
    for relation in data["relations"]:
        ends = {"from": ids[relation["from"]], "to": ids[relation["to"]]}
        record = CreateRecord(id=seats.make_id(), kind="relation", fields={**relation, **ends})
        await _ask_of(house, closed if relation["type"] == "tension" else register, record)


def _fields(actor: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in actor.items() if key != "closed"}


async def _ask(house: House, opened: Opened, op: Op, person: str | None) -> None:
    await _ask_of(house, f"board:{opened.board}", op, person)


async def _ask_of(house: House, stream: str, op: Op, person: str | None = None) -> None:
    answer = await house.rooms.ask(stream, op, person=person, product=person is None)
    if isinstance(answer, Refused):
        raise RuntimeError(f"the demo does not fit: {op.type} {answer.code}")
