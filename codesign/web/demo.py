"""The demo workshops: codesign/demo/*.json, put on boards by the same ops that people ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from codesign.core.decision import Refused
from codesign.core.ops import CreateNote, Op, React, Translate
from codesign.store import workshops
from codesign.web import demo_maps, demo_programmes, demo_projects, demo_records, seats
from codesign.web.demo_records import Demo
from codesign.web.house import House
from codesign.web.opening import Opened, Plan, open_workshop, order

FOLDER = Path(__file__).resolve().parent.parent / "demo"
#: The last one is the newest of the workshops, which stands first.
DEMOS = ("tirana", "vushtrri", "kutaisi")


async def load_demos(house: House) -> None:
    for name in DEMOS:
        await load_demo(house, name)


async def load_demo(house: House, name: str = "kutaisi") -> str:
    """The demo's workshop, made if there is none in this database yet."""
    note = "demo" if name == "kutaisi" else f"demo {name}"
    known = await workshops.note(house.database, note)
    if known is not None:
        return known
    data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    plan = Plan(
        title=data["title"],
        question=data["question"],
        layout=data["layout"],
        zones=[zone["title"] for zone in data["zones"]],
        cities=data["cities"],
    )
    of = await demo_programmes.begin(house, data)
    opened = await open_workshop(house, plan, None, data.get("lang", "en"), of)
    people = await _let_in(house, opened, data)
    await _translate(house, opened, data)
    await _write(house, opened, data, people)
    row = await workshops.workshop(house.database, opened.workshop)
    assert row is not None  # noqa: S101  just made
    demo = Demo(house, row.programme, people)
    await demo_records.load(demo, row, data)
    await demo_maps.load(house, row, data, people)
    await demo_projects.load(demo, row, data)
    await demo_programmes.plan(demo, row, data)
    await workshops.keep_note(house.database, note, opened.workshop)
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


async def _ask(house: House, opened: Opened, op: Op, person: str | None) -> None:
    stream = f"board:{opened.board}"
    answer = await house.rooms.ask(stream, op, person=person, product=person is None)
    if isinstance(answer, Refused):
        raise RuntimeError(f"the demo does not fit: {op.type} {answer.code}")
