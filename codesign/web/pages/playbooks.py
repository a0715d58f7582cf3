"""A playbook of the library: what it is for, its gatherings, what comes out; and starting a programme from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from codesign.catalog import Catalog
from codesign.core.playbook import Gathering, Playbook, Step
from codesign.i18n import Words
from codesign.web.errors import unknown
from codesign.web.forms import Form, look_at_form
from codesign.web.from_playbook import (
    BOARDLESS,
    Making,
    Wanted,
    board_of,
    catalog_of,
    make_programme,
)
from codesign.web.house import house_of
from codesign.web.opening import CannotOpen
from codesign.web.pages.library import guide_of
from codesign.web.pages.new_workshop import CITIES_MOST, clean_cities, clean_words
from codesign.web.playbook_words import DOCUMENTS, STANDING
from codesign.web.render import go, render
from codesign.web.sessions import known_visitor, visitor_of


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a running order."""

    title: str
    minutes: int
    days: int
    step: Step | None = None
    methods: tuple[str, ...] = ()
    #: Whether a board shows what the step's method does; a standing step needs none.
    opens: bool = True


@dataclass(frozen=True, slots=True)
class PlaybookPage:
    playbook: Playbook
    #: By id of the gathering.
    lines: dict[str, list[Line]]
    documents: list[str]
    guide: Markup
    guide_lang: str
    can_start: bool
    title: str = ""
    cities: str = ""
    #: The gathering that is wanted; empty: all of them.
    gathering: str = ""
    wrong: dict[str, str] = field(default_factory=lambda: defaultdict(str))


async def show(request: Request) -> Response:
    visitor = await visitor_of(request)
    page = await _page(request, visitor.words, Form.empty(), defaultdict(str))
    return await render(request, "library/playbook.html", page)


async def start(request: Request) -> Response:
    form = await look_at_form(request)
    visitor, house = known_visitor(request), house_of(request)
    words, catalog = visitor.words, await catalog_of(house)
    playbook = _playbook(request, catalog)
    wrong: dict[str, str] = defaultdict(str)
    wanted = _read(form, playbook, words, wrong)
    if not form.is_ours and not wrong:
        wrong["form"] = words.gettext(
            "This page was open for a long time. Please press the button once more."
        )
    if not wrong:
        making = Making(house, catalog, playbook, visitor.account, words)
        try:
            return go(request, "programme", programme=await make_programme(making, wanted))
        except CannotOpen:
            wrong["form"] = words.gettext("Not all of it could be made. Please try once more.")
    page = await _page(request, words, form, wrong)
    return await render(request, "library/playbook.html", page, status=422)


def _read(form: Form, playbook: Playbook, words: Words, wrong: dict[str, str]) -> Wanted:
    title = clean_words(form.text("title"), "title", wrong, words)
    if not title and "title" not in wrong:
        wrong["title"] = words.gettext("Please give the programme a name.")
    cities = clean_cities(form.lines("cities"), wrong, words)
    one = playbook.gathering(form.text("gathering"))
    gatherings: tuple[Gathering, ...] = (one,) if one else playbook.workshops
    return Wanted(title, cities[:CITIES_MOST], gatherings)


async def _page(request: Request, words: Words, form: Form, wrong: dict[str, str]) -> PlaybookPage:
    catalog = await catalog_of(house_of(request))
    playbook = _playbook(request, catalog)
    guide = catalog.books.guide(playbook.id, [words.tag])
    return PlaybookPage(
        playbook,
        {one.id: _lines(one, catalog, words) for one in playbook.workshops},
        [words.gettext(DOCUMENTS[one]) for one in playbook.outputs],
        guide=guide_of(guide[1]) if guide else Markup(),
        guide_lang=guide[0] if guide else "en",
        can_start=known_visitor(request).account is not None,
        title=form.text("title")[:2000],
        cities=form.text("cities")[:4000],
        gathering=form.text("gathering")[:20],
        wrong=wrong,
    )


def _playbook(request: Request, catalog: Catalog) -> Playbook:
    found = catalog.books.playbooks.get(str(request.path_params["playbook"]))
    if found is None:
        raise unknown()
    return found


def _lines(gathering: Gathering, catalog: Catalog, words: Words) -> list[Line]:
    lines = []
    for slot in gathering.slots:
        step = gathering.step(slot.step) if slot.step else None
        if step is None:
            assert slot.standing is not None  # noqa: S101  the catalogue saw to it
            lines.append(Line(words.gettext(STANDING[slot.standing][0]), slot.minutes, 0))
            continue
        titles = tuple(catalog.told(id, [words.tag])[1].title for id in step.methods)
        opens = bool(step.zones) or board_of(step, catalog) is not None
        alone = all(id in BOARDLESS for id in step.methods)
        line = Line(step.title, step.minutes or 0, step.days or 0, step, titles, opens or alone)
        lines.append(line)
    return lines
