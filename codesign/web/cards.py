"""A workshop as pages show it: its words, how to get in, and how many are there."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import segno
from markupsafe import Markup
from starlette.requests import Request

from codesign.core.stream import Item, State
from codesign.store.workshops import Workshop
from codesign.web import codes, faces
from codesign.web.access import state_of
from codesign.web.faces import Face
from codesign.web.house import house_of
from codesign.web.render import full_url


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    title: str
    question: str
    board: str
    #: `open`, `closed`, `passphrase` or `approve`.
    door: str
    created: int
    code: str
    in_cyrillic: str
    in_georgian: str
    join_url: str
    cities: list[Item]
    people: list[Face]

    @property
    def door_is_open(self) -> bool:
        """Whether anybody can come at all: at once, by a word, or when they are let in."""
        return self.door != "closed"

    @property
    def count(self) -> int:
        return sum(1 for person in self.people if not person.gone)


async def card(request: Request, workshop: Workshop) -> Card | None:
    """None for a workshop whose stream was never begun."""
    house = house_of(request)
    state = await state_of(house, f"workshop:{workshop.id}")
    return make_card(request, workshop, state) if state and "board" in state.fields else None


def make_card(request: Request, workshop: Workshop, state: State) -> Card:
    house = house_of(request)
    code = house.links.code(workshop)
    return Card(
        id=workshop.id,
        title=str(state.fields["title"]),
        question=str(state.fields["question"]),
        board=str(state.fields["board"]),
        door=str(state.fields["door"]),
        created=workshop.created,
        code=code,
        in_cyrillic=codes.in_cyrillic(code),
        in_georgian=codes.in_georgian(code),
        join_url=full_url(request, "join", token=house.links.join(workshop)),
        cities=faces.in_order(state.of_kind("city")),
        people=[faces.face(person, state) for person in state.of_kind("person")],
    )


@functools.lru_cache(64)
def qr(address: str) -> Markup:
    """The address as a QR picture, dark on nothing: what lies behind it must be light, with a margin.

    Kept, since drawing takes longer than all the rest of the page. In memory alone: some addresses are for one person.
    """
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None, dark="#17211D")
    return Markup(svg)  # noqa: S704  made by segno, with nothing of the address in it but squares
