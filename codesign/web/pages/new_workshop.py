"""A new workshop from a question, the zones of its board, and the cities that come."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.clean import Unclean, clean_line, clean_name
from codesign.core.declared_boards import board_layout
from codesign.core.items import FLOWING, PLACING, Layout
from codesign.core.method import Method
from codesign.core.record_boards import METHODS, PLAIN, has_board
from codesign.i18n import Words
from codesign.web import opening
from codesign.web.forms import Form, look_at_form
from codesign.web.house import house_of
from codesign.web.method_boards import about_of, names_zones, zones_of
from codesign.web.opening import Plan
from codesign.web.render import go, render
from codesign.web.sessions import known_visitor, visitor_of

#: What the form offers. Other layouts are opened from their own pages.
FORM_LAYOUTS: tuple[Layout, ...] = ("zones", "columns", "free", "graph", *PLACING)
#: What a method's own page opens beside them.
METHOD_LAYOUTS: tuple[Layout, ...] = (*FORM_LAYOUTS, "rounds", "image")
#: Of methods that lie as maps of links, those whose factors and links there are.
MAPS = ("system-map",)
ZONES_MOST = 12
CITIES_MOST = 12


@dataclass(frozen=True, slots=True)
class NewPage:
    question: str = ""
    title: str = ""
    layout: str = "zones"
    #: Are its zones named here? And whose board it is, where the form does not ask: its id and title.
    flows: bool = True
    method: str = ""
    method_title: str = ""
    zones: str = ""
    cities: str = ""
    #: By field; empty where nothing is wrong.
    wrong: dict[str, str] = field(default_factory=lambda: defaultdict(str))


async def show(request: Request) -> Response:
    words = (await visitor_of(request)).words
    page = await _from_method(request, words) or NewPage(zones=_default_zones(words))
    return await render(request, "new_workshop/new.html", page)


async def _from_method(request: Request, words: Words) -> NewPage | None:
    """The form as a method of the library fills it (`?method=`), to be changed before anything is made."""
    method = await _method(request, words, request.query_params.get("method", ""))
    if method is None:
        return None
    zones = zones_of(method)[:ZONES_MOST]
    return NewPage(
        question=method.prompts[0],
        title=method.title,
        layout=board_layout(method) or method.layout,
        flows=names_zones(method),
        method=method.id,
        method_title=method.title,
        zones="\n".join(zones) or _default_zones(words),
    )


async def _method(request: Request, words: Words, id: str) -> Method | None:
    """The method, as this reader is told it, if there is a board for it."""
    catalog = await asyncio.to_thread(house_of(request).shelf.catalog)
    if id not in catalog.methods:
        return None
    _, method = catalog.told(id, [words.tag])
    return method if can_open(method) else None


def can_open(method: Method) -> bool:
    """Whether a board can show what the method does."""
    if has_board(method.layout, method.id):
        return True
    if method.layout == "graph":
        return method.id in MAPS
    if board_layout(method):
        return True
    return method.layout in METHOD_LAYOUTS and (
        method.layout not in METHODS or method.layout in PLAIN
    )


async def take(request: Request) -> Response:
    form = await look_at_form(request)
    words, account = known_visitor(request).words, known_visitor(request).account
    method = await _method(request, words, form.text("method")[:100])
    plan, wrong = read_plan(form, words, method)
    if not form.is_ours and not wrong:
        wrong["form"] = words.gettext(
            "This page was open for a long time. Please press the button once more."
        )
    if wrong:
        page = NewPage(
            form.text("question")[:2000],
            form.text("title")[:2000],
            plan.layout,
            names_zones(method) if method else plan.layout in FLOWING,
            method.id if method else "",
            method.title if method else "",
            form.text("zones")[:4000],
            form.text("cities")[:4000],
            wrong,
        )
        return await render(request, "new_workshop/new.html", page, status=422)
    opened = await opening.open_workshop(house_of(request), plan, account, words.tag)
    return go(request, "workshop", workshop=opened.workshop)


def read_plan(
    form: Form, words: Words, method: Method | None = None
) -> tuple[Plan, dict[str, str]]:
    """What was asked for, and what is wrong with it, by field. `method`: where the form does not ask for a layout."""
    _ = words.gettext
    wrong: dict[str, str] = defaultdict(str)
    question = clean_words(form.text("question"), "question", wrong, words)
    if not question and "question" not in wrong:
        wrong["question"] = _("Please write the question people will answer.")
    title = clean_words(form.text("title"), "title", wrong, words) or question
    asked = (board_layout(method) or method.layout) if method else form.text("layout")
    offered = METHOD_LAYOUTS if method else FORM_LAYOUTS
    layout: Layout = next((one for one in offered if one == asked), "zones")
    zones = [clean_words(line, "zones", wrong, words) for line in form.lines("zones")]
    whose = method.id if method else None
    flows = names_zones(method) if method else layout in FLOWING
    if flows and not 1 <= len(zones) <= ZONES_MOST:
        wrong["zones"] = words.ngettext(
            "Please write one zone on each line, at most {n}.",
            "Please write one zone on each line, at most {n}.",
            ZONES_MOST,
        )
    cities = clean_cities(form.lines("cities"), wrong, words)
    about = about_of(method) if method else {}
    kinds = method.declares() if method and board_layout(method) else {}
    shown = zones if flows else []
    return Plan(title, question, layout, shown, cities, whose, about, kinds), wrong


def clean_cities(lines: list[str], wrong: dict[str, str], words: Words) -> list[str]:
    """Each once."""
    named = [_name(line, wrong, words) for line in lines]
    cities = list({name.casefold(): name for name in reversed(named)}.values())[::-1]
    if len(cities) > CITIES_MOST:
        wrong["cities"] = words.ngettext(
            "At most {n} city fits.", "At most {n} cities fit.", CITIES_MOST
        )
    return cities


def clean_words(text: str, name: str, wrong: dict[str, str], words: Words) -> str:
    try:
        return clean_line(text)
    except Unclean as error:
        too_long = words.gettext("This is too long. Please say it shorter.")
        unreadable = words.gettext("There are signs in this that cannot be kept.")
        wrong[name] = too_long if error.code == "limit" else unreadable
        return ""


def _name(text: str, wrong: dict[str, str], words: Words) -> str:
    try:
        return clean_name(text)
    except Unclean:
        wrong["cities"] = words.gettext("One of these names cannot be used.")
        return ""


def _default_zones(words: Words) -> str:
    _ = words.gettext
    return "\n".join((_("What works well"), _("What gets in the way"), _("What we could try")))
