"""The library of methods: browsing by purpose, time and group; a preview of each, its guide, and starting from it."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from codesign.catalog import Catalog
from codesign.core.method import Method, Purpose
from codesign.core.playbook import Playbook
from codesign.i18n import N_
from codesign.store import workshops
from codesign.web.access import state_of
from codesign.web.drawings import Drawing, drawing
from codesign.web.errors import unknown
from codesign.web.house import house_of
from codesign.web.pages.new_workshop import can_open
from codesign.web.render import render
from codesign.web.sessions import Visitor, visitor_of

PURPOSES: dict[Purpose, str] = {
    "opening": N_("Opening and exchange"),
    "ideas": N_("Ideas"),
    "people": N_("People and services"),
    "stakeholders": N_("Stakeholders"),
    "systems": N_("Situation and systems"),
    "choosing": N_("Choosing"),
    "finance": N_("Business and finance"),
    "planning": N_("Planning and keeping going"),
}
LAYOUT_WORDS = {
    "free": N_("Free board"),
    "zones": N_("Zones"),
    "columns": N_("Columns"),
    "grid2": N_("Two axes"),
    "rings": N_("Rings"),
    "canvas": N_("Canvas"),
    "graph": N_("Map of links"),
    "tree": N_("Tree"),
    "table": N_("Table"),
    "cards": N_("Sheets"),
    "rounds": N_("Rounds"),
    "image": N_("Plan or picture"),
}
#: The most minutes somebody has.
TIMES = (15, 30, 45, 60)
#: To how many workshops a method's page offers to add its board.
WORKSHOPS_SHOWN = 8
#: How many people they are.
GROUPS = {"6": (1, 6), "20": (7, 20), "60": (21, 60), "300": (61, 300)}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; empty is everything."""

    words: str
    purpose: str
    time: str
    group: str

    @property
    def anything(self) -> bool:
        return bool(self.words or self.purpose or self.time or self.group)


@dataclass(frozen=True, slots=True)
class Told:
    """A method as this reader sees it."""

    method: Method
    #: The language it is told in.
    lang: str


@dataclass(frozen=True, slots=True)
class LibraryPage:
    asked: Asked
    #: By purpose, only those with something in them.
    shelves: list[tuple[Purpose, str, list[Told]]]
    count: int
    #: Whole programmes; shown while nothing is looked for.
    playbooks: list[Playbook]
    purposes: dict[Purpose, str]
    layouts: dict[str, str]
    times: tuple[int, ...]
    #: Something here is not in the reader's language.
    some_in_english: bool


@dataclass(frozen=True, slots=True)
class MethodPage:
    told: Told
    drawing: Drawing
    guide: Markup
    guide_lang: str
    purpose: str
    layout: str
    #: Methods this one leads on to.
    leads_to: list[Told]
    can_start: bool
    #: Workshops of this reader a board of it can be added to: id and title.
    workshops: list[tuple[str, str]]


async def show(request: Request) -> Response:
    visitor = await visitor_of(request)
    catalog = await asyncio.to_thread(house_of(request).shelf.catalog)
    asked = _asked(request)
    tag = visitor.words.tag
    found = [
        told
        for id in catalog.methods
        if _fits(asked, told := told_in(catalog, id, tag), catalog.methods[id])
    ]
    shelves = [
        (purpose, title, inside)
        for purpose, title in PURPOSES.items()
        if (inside := [told for told in found if told.method.purpose == purpose])
    ]
    page = LibraryPage(
        asked,
        shelves,
        len(found),
        [] if asked.anything else [*catalog.books.playbooks.values()],
        PURPOSES,
        LAYOUT_WORDS,
        TIMES,
        some_in_english=any(told.lang != tag for told in found),
    )
    return await render(request, "library/library.html", page)


async def show_method(request: Request) -> Response:
    visitor = await visitor_of(request)
    catalog = await asyncio.to_thread(house_of(request).shelf.catalog)
    id, tag = str(request.path_params["method"]), visitor.words.tag
    if id not in catalog.methods:
        raise unknown()
    told = told_in(catalog, id, tag)
    guide = await asyncio.to_thread(catalog.guide, id, [tag])
    opens = can_open(told.method) and visitor.account is not None
    page = MethodPage(
        told,
        drawing(told.method),
        guide=guide_of(guide[1]) if guide else Markup(),
        guide_lang=guide[0] if guide else tag,
        purpose=PURPOSES[told.method.purpose],
        layout=LAYOUT_WORDS[told.method.layout],
        leads_to=[
            told_in(catalog, one, tag) for one in told.method.feeds if one in catalog.methods
        ],
        can_start=opens,
        workshops=await _workshops(request, visitor) if opens else [],
    )
    return await render(request, "library/method.html", page)


async def _workshops(request: Request, visitor: Visitor) -> list[tuple[str, str]]:
    """The newest of those the reader leads."""
    assert visitor.account is not None  # noqa: S101  asked of accounts alone
    house, found = house_of(request), []
    mine = await workshops.workshops_of(house.database, visitor.account.id)
    for one in mine[:WORKSHOPS_SHOWN]:
        state = await state_of(house, f"workshop:{one.id}")
        if state is not None and "title" in state.fields:
            found.append((one.id, str(state.fields["title"])))
    return found


def _asked(request: Request) -> Asked:
    given = request.query_params
    purpose, time, group = (given.get(name, "") for name in ("purpose", "time", "group"))
    return Asked(
        words=given.get("q", "").strip()[:200],
        purpose=purpose if purpose in get_args(Purpose) else "",
        time=time if time in map(str, TIMES) else "",
        group=group if group in GROUPS else "",
    )


def _fits(asked: Asked, told: Told, in_english: Method) -> bool:
    method = told.method
    if asked.purpose and method.purpose != asked.purpose:
        return False
    if asked.time and method.minutes[0] > int(asked.time):
        return False
    if asked.group:
        least, most = GROUPS[asked.group]
        if method.people[1] < least or method.people[0] > most:
            return False
    text = _plain(
        (told.method.title, told.method.aim, told.method.when, in_english.title, in_english.aim)
    )
    return all(word in text for word in _plain([asked.words]).split())


def told_in(catalog: Catalog, id: str, tag: str) -> Told:
    lang, method = catalog.told(id, [tag])
    return Told(method, lang)


def _plain(texts: Iterable[str]) -> str:
    """Without capitals and marks on letters, so that a plain keyboard finds them."""
    text = unicodedata.normalize("NFD", " ".join(texts).casefold())
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def guide_of(text: str) -> Markup:
    """Without its title, which the page shows above. Nothing in it becomes markup that Markdown has no sign for."""
    _, _, body = text.partition("\n")
    return Markup(_MARKDOWN.render(body))  # noqa: S704  rendered with html off
