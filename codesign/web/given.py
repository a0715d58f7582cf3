"""Links given out for a role or a table: as pages list them, and making them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from codesign.core import limits
from codesign.core.ops import Role
from codesign.core.stream import Item, State
from codesign.i18n import Words
from codesign.results.table_words import board_name, table_name
from codesign.store import links
from codesign.store.links import Link
from codesign.web.access import Place
from codesign.web.house import House, house_of
from codesign.web.links import hash_token
from codesign.web.render import full_url
from codesign.web.roles import ROLE_WORDS
from codesign.web.seats import make_id
from codesign.web.sessions import known_visitor

#: All that a workshop has at once: one for each table and role, and some to spare.
MOST = limits.LINKS_PER_WORKSHOP


@dataclass(frozen=True, slots=True)
class GivenLink:
    id: str
    role: str
    #: Where it leads to; empty without a table.
    table: str
    address: str


async def given_links(request: Request, place: Place, state: State) -> list[GivenLink]:
    house = house_of(request)
    return [
        shown(request, link, state)
        for link in await links.links_of(house.database, place.workshop.id)
    ]


def shown(request: Request, link: Link, state: State) -> GivenLink:
    words, house = known_visitor(request).words, house_of(request)
    role = words.gettext(ROLE_WORDS[link.role])
    address = full_url(request, "join", token=house.links.given(link.id))
    return GivenLink(link.id, role, table_title(link.table, state, words), address)


async def make_links(
    house: House, workshop: str, role: Role, tables: Sequence[str | None]
) -> list[Link]:
    """One for each table; `None` stands for a link to no table."""
    now = house.now()  # and a little later for each, so that they stay in order
    made = [Link(make_id(), workshop, role, table, now + at) for at, table in enumerate(tables)]
    rows = [(link, hash_token(house.links.given(link.id))) for link in made]
    await links.add_links(house.database, rows)
    return made


def tables_of(state: State, words: Words) -> list[tuple[str, str]]:
    """Every table with its title, the seating that was made last first."""
    seatings = list(state.of_kind("seating"))
    found: list[tuple[str, str]] = []
    for seating in reversed(seatings):
        mine = [t for t in state.of_kind("table") if t["seating"] == seating["id"]]
        mine.sort(key=lambda table: table["number"])
        found += [(str(table["id"]), _title(table, state, words)) for table in mine]
    return found


def table_title(table: str | None, state: State, words: Words) -> str:
    item: Item | None = state.get(table) if table else None
    return "" if item is None or item["kind"] != "table" else _title(item, state, words)


def _title(table: Item, state: State, words: Words) -> str:
    return board_name(str(table["board"]), state, words) or table_name(table, words)
