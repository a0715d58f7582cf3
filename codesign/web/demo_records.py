"""The records of a demo: actors, how they relate and who talks to them, personas with their lines, and their boards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from codesign.core.decision import Refused
from codesign.core.kinds import KINDS
from codesign.core.ops import CreatePlacement, CreateRecord, EditRecord, Op, Translate
from codesign.store.workshops import Workshop
from codesign.web import seats
from codesign.web.house import House
from codesign.web.opening import Look, open_board, order

#: What a board of this layout places; a plan has rows and places nothing.
PLACED = {"rings": "actors", "grid2": "actors", "cards": "personas", "canvas": "personas"}
#: Keys of the file that are no fields of the record.
ABOUT = ("by", "closed", "evidence", "actor")
LISTS = {one.name for one in KINDS["persona"].fields if one.type == "list"}
SEVERAL = {one.name for one in KINDS["persona"].fields if one.type == "multi"}


@dataclass(frozen=True)
class _Demo:
    house: House
    programme: str
    people: dict[str, str]
    #: Ids of actors and personas by name.
    ids: dict[str, str] = field(default_factory=dict)

    async def ask(self, stream: str, op: Op, by: str | None = None) -> None:
        person = self.people[by] if by else None
        answer = await self.house.rooms.ask(stream, op, person=person, product=person is None)
        if isinstance(answer, Refused):
            raise RuntimeError(f"the demo does not fit: {op.type} {answer.code} {answer.data}")

    async def record(self, kind: str, fields: dict[str, Any], by: str | None = None) -> str:
        id = seats.make_id()
        await self.ask(
            f"register:{self.programme}", CreateRecord(id=id, kind=kind, fields=fields), by
        )
        return id

    async def close(self, id: str, about: dict[str, Any]) -> None:
        """What only those who lead are told."""
        if kept := about.get("closed"):
            await self.ask(f"closed:{self.programme}", EditRecord(id=id, fields=kept))


async def load(house: House, row: Workshop, data: dict[str, Any], people: dict[str, str]) -> None:
    demo = _Demo(house, row.programme, people)
    boards = [(await _board(demo, row, about), about["layout"]) for about in data["boards"]]
    for actor in data["actors"]:
        id = demo.ids[actor["name"]] = await demo.record("stakeholder", _plain(actor))
        await demo.close(id, actor)
    for relation in data["relations"]:
        await _relate(demo, relation)
    for row_of_plan in data["engagements"]:
        fields = {**_plain(row_of_plan), "stakeholder": demo.ids[row_of_plan["actor"]]}
        await demo.close(await demo.record("engagement", fields), row_of_plan)
    for persona in data["personas"]:
        await _persona(demo, persona)
    for board, layout in boards:
        for one in data[PLACED[layout]] if layout in PLACED else ():
            place = CreatePlacement(id=seats.make_id(), record=demo.ids[one["name"]])
            await demo.ask(f"board:{board}", place)


async def _board(demo: _Demo, row: Workshop, about: dict[str, Any]) -> str:
    look = Look(about["title"], about["question"], about["layout"])
    board = await open_board(demo.house, row, look)
    for lang, words in about.get("question_in", {}).items():
        translate = Translate(id=None, field="question", lang=lang, words=words)
        await demo.ask(f"board:{board}", translate)
    return board


async def _relate(demo: _Demo, relation: dict[str, Any]) -> None:
    """Where there is tension, on the closed side."""
    ends = {"from": demo.ids[relation["from"]], "to": demo.ids[relation["to"]]}
    side = "closed" if relation["type"] == "tension" else "register"
    record = CreateRecord(id=seats.make_id(), kind="relation", fields={**relation, **ends})
    await demo.ask(f"{side}:{demo.programme}", record)


async def _persona(demo: _Demo, about: dict[str, Any]) -> None:
    fields: dict[str, Any] = {}
    for key, value in _plain(about).items():
        if key in SEVERAL:
            fields |= {f"{key}/{one}": True for one in value}
        elif key == "languages":
            fields |= {f"languages/{seats.make_id()}": one for one in value}
        elif key not in LISTS:
            fields[key] = value
    fields |= {f"evidence/{key}": ground for key, ground in about["evidence"].items()}
    id = demo.ids[about["name"]] = await demo.record("persona", fields, about["by"])
    for key in LISTS & about.keys():
        for at, line in enumerate(about[key]):
            said = {"confidence": "known"} if line.get("known") else {}
            words = {"text": line["text"], "of": id, "field": key, "order": order(at)}
            await demo.record("line", {**words, **said}, line["by"])


def _plain(about: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in about.items() if key not in ABOUT}
