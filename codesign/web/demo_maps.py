"""The system maps of a demo: factors where they stand, and links, drawn by the same ops as on screen."""

from __future__ import annotations

from typing import Any

from codesign.core.decision import Refused
from codesign.core.ops import CreateCausalLink, CreateFactor, Op, Translate
from codesign.store.workshops import Workshop
from codesign.web import seats
from codesign.web.house import House
from codesign.web.opening import Look, open_board

#: Keys of the file that are no fields of the factor.
ABOUT = ("key", "label", "lang", "by", "x", "y")


async def load(house: House, row: Workshop, data: dict[str, Any], people: dict[str, str]) -> None:
    for about in data.get("maps", ()):
        look = Look(about["title"], about["question"], "graph")
        board = await open_board(house, row, look)
        for op, by in [*_words(about), *_drawn(about)]:
            person = people[by] if by else None
            answer = await house.rooms.ask(
                f"board:{board}", op, person=person, product=person is None
            )
            if isinstance(answer, Refused):
                raise RuntimeError(f"the map does not fit: {op.type} {answer.code} {answer.data}")


def _words(about: dict[str, Any]) -> list[tuple[Op, str]]:
    return [
        (Translate(id=None, field="question", lang=lang, words=words), "")
        for lang, words in about.get("question_in", {}).items()
    ]


def _drawn(about: dict[str, Any]) -> list[tuple[Op, str]]:
    ids = {one["key"]: seats.make_id() for one in about["factors"]}
    drawn: list[tuple[Op, str]] = []
    for one in about["factors"]:
        said = {key: value for key, value in one.items() if key not in ABOUT}
        place = {"x": one["x"] * 100, "y": one["y"] * 100}
        factor = CreateFactor(
            id=ids[one["key"]], label=one["label"], lang=one["lang"], fields=said, **place
        )
        drawn.append((factor, one["by"]))
    for one in about["links"]:
        said = {key: value for key, value in one.items() if key not in ("from", "to", "sign", "by")}
        ends: dict[str, Any] = {"from": ids[one["from"]], "to": ids[one["to"]]}
        link = CreateCausalLink(id=seats.make_id(), polarity=one["sign"], fields=said, **ends)
        drawn.append((link, one["by"]))
    return drawn
