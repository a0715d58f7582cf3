"""The records of a demo: actors, how they relate and who talks to them, personas with their lines, ideas and where
people put them, actions with their money, and the boards that show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from codesign.core.decision import Refused
from codesign.core.kinds import KINDS
from codesign.core.ops import (
    CreatePlacement,
    CreateRecord,
    EditRecord,
    MoveItem,
    Op,
    ReadPlace,
    Translate,
)
from codesign.core.record_boards import method_of
from codesign.store.workshops import Workshop
from codesign.web import seats
from codesign.web.house import House
from codesign.web.opening import Look, open_board, order

#: What a board of this method places; a plan has rows and places nothing.
PLACED = {
    "actor-map": "actors",
    "power-interest": "actors",
    "onion": "actors",
    "salience": "actors",
    "net-map": "actors",
    "persona": "personas",
    "empathy": "personas",
    "impact-effort": "ideas",
}
#: Keys of the file that are no fields of the record.
ABOUT = ("by", "closed", "evidence", "actor", "places", "net", "goals", "surrogate")
#: A place on a net-map is in the file in percent, from the left and from above.
PERCENT = 1000
#: Of an action: what is written by name, and the word under which that is in the file.
NAMED = {
    "lead": "actors",
    "cost": "",
    "partners": "actors",
    "personas": "personas",
    "depends_on": "actions",
}
LISTS = {one.name for one in KINDS["persona"].fields if one.type == "list"}
SEVERAL = {one.name for one in KINDS["persona"].fields if one.type == "multi"}


@dataclass(frozen=True)
class Demo:
    house: House
    programme: str
    people: dict[str, str]
    #: Ids of records by their kind's word in the file and their name: an idea and an action may be called alike.
    ids: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, word: str, names: list[str]) -> list[str]:
        return [self.ids[word, name] for name in names]

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


async def load(demo: Demo, row: Workshop, data: dict[str, Any]) -> None:
    boards = [(await _board(demo, row, about), method_of(about)) for about in data["boards"]]
    for actor in data["actors"]:
        await _actor(demo, actor)
    for actor in data["actors"]:
        if name := actor.get("surrogate"):
            speaks = EditRecord(
                id=demo.ids["actors", actor["name"]],
                fields={"surrogate": demo.ids["actors", name]},
            )
            await demo.ask(f"register:{demo.programme}", speaks)
    for relation in data["relations"]:
        await _relate(demo, relation)
    for row_of_plan in data["engagements"]:
        fields = {**_plain(row_of_plan), "stakeholder": demo.ids["actors", row_of_plan["actor"]]}
        await demo.close(await demo.record("engagement", fields), row_of_plan)
    for persona in data["personas"]:
        await _persona(demo, persona)
    for idea in data["ideas"]:
        demo.ids["ideas", idea["name"]] = await demo.record("idea", _plain(idea), idea["by"])
    for action in data["actions"]:
        await _act(demo, action)
    for board, method in boards:
        word = PLACED.get(method, "")
        for one in data.get(word, ()):
            place = await _place(demo, f"board:{board}", demo.ids[word, one["name"]], one)
            if method == "net-map":
                x, y = one["net"]
                spot = MoveItem(id=place, x=x * PERCENT, y=y * PERCENT)
                await demo.ask(f"board:{board}", spot)


async def _board(demo: Demo, row: Workshop, about: dict[str, Any]) -> str:
    look = Look(about["title"], about["question"], about["layout"], method=about.get("method"))
    board = await open_board(demo.house, row, look)
    for lang, words in about.get("question_in", {}).items():
        translate = Translate(id=None, field="question", lang=lang, words=words)
        await demo.ask(f"board:{board}", translate)
    return board


async def _actor(demo: Demo, about: dict[str, Any]) -> None:
    goals = {f"goals/{seats.make_id()}": words for words in about.get("goals", ())}
    id = await demo.record("stakeholder", {**_plain(about), **goals})
    demo.ids["actors", about["name"]] = id
    await demo.close(id, about)


async def _relate(demo: Demo, relation: dict[str, Any]) -> None:
    """Where there is tension, on the closed side."""
    ends = {end: demo.ids["actors", relation[end]] for end in ("from", "to")}
    side = "closed" if relation["type"] == "tension" else "register"
    record = CreateRecord(id=seats.make_id(), kind="relation", fields={**relation, **ends})
    await demo.ask(f"{side}:{demo.programme}", record)


async def _persona(demo: Demo, about: dict[str, Any]) -> None:
    fields: dict[str, Any] = {}
    for key, value in _plain(about).items():
        if key in SEVERAL:
            fields |= {f"{key}/{one}": True for one in value}
        elif key == "languages":
            fields |= {f"languages/{seats.make_id()}": one for one in value}
        elif key not in LISTS:
            fields[key] = value
    fields |= {f"evidence/{key}": ground for key, ground in about["evidence"].items()}
    id = await demo.record("persona", fields, about["by"])
    demo.ids["personas", about["name"]] = id
    for key in LISTS & about.keys():
        for at, line in enumerate(about[key]):
            said = {"confidence": "known"} if line.get("known") else {}
            words = {"text": line["text"], "of": id, "field": key, "order": order(at)}
            await demo.record("line", {**words, **said}, line["by"])


async def _act(demo: Demo, about: dict[str, Any]) -> None:
    """An action names its lead, its partners, whom it serves and what it waits for."""
    fields = {key: value for key, value in _plain(about).items() if key not in NAMED}
    if "cost" in about:
        fields["cost/amount"], fields["cost/currency"] = about["cost"]
    if "lead" in about:
        fields["lead"] = demo.ids["actors", about["lead"]]
    for key, word in NAMED.items():
        if key not in ("lead", "cost"):
            fields |= {f"{key}/{id}": True for id in demo.of(word, about.get(key, []))}
    id = await demo.record("action", fields, about["by"])
    demo.ids["actions", about["title"]] = id


async def _place(demo: Demo, board: str, record: str, about: dict[str, Any]) -> str:
    """On the board, and on a grid where each of several people put it."""
    place = CreatePlacement(id=seats.make_id(), record=record)
    await demo.ask(board, place)
    for person, (x, y) in about.get("places", {}).items():
        await demo.ask(board, ReadPlace(id=place.id, x=x, y=y), person)
    return place.id


def _plain(about: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in about.items() if key not in ABOUT}
