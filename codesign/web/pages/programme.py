"""A programme: its workshops in order and how they stand, what comes next, what waits for whom, its actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from codesign.core.permissions import LEADS
from codesign.core.playbook import Playbook
from codesign.core.stream import Item, State
from codesign.i18n import N_, Words
from codesign.results.choosing import STATES
from codesign.results.dates import in_words
from codesign.store import tokens
from codesign.web import faces
from codesign.web.access import Leads, Place, leads_of, state_of
from codesign.web.forms import read_form
from codesign.web.from_playbook import Making, catalog_of, make_gathering
from codesign.web.house import house_of
from codesign.web.kept_until import ShownKept, shown_kept
from codesign.web.playbook_words import DOCUMENTS
from codesign.web.programmes import MINUTE, Standing, desk_of, standing, steps_of
from codesign.web.render import go, render
from codesign.web.sessions import known_visitor
from codesign.web.token_list import BLANK, DAYS, ShownToken, TokenForm, right_words, shown_tokens

DAY = 24 * 60 * MINUTE
ACTIONS_SHOWN = 12
CITIES_NAMED = 8
LATE = N_("late")
#: Kinds of which the page says how many there are.
COUNTED = {
    "stakeholder": N_("Actors"),
    "persona": N_("Personas"),
    "idea": N_("Ideas"),
    "action": N_("Actions"),
    "project": N_("Projects"),
    "practice": N_("Practices"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A workshop of the programme, as its page shows it."""

    id: str
    mark: str
    title: str
    standing: Standing
    #: In how many days it begins; 0 today.
    days: int
    starts: int | None
    #: The day in the reader's words, by the clock of the world; the page says it by the device's.
    day: str
    people: int
    steps: int
    board: str
    is_next: bool


@dataclass(frozen=True, slots=True)
class Action:
    title: str
    lead: str
    end: str
    #: In the reader's words.
    until: str
    #: A code of core/kinds.py; `late` where its month is over and it is not done.
    status: str
    state: str


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    id: str
    title: str
    playbook: Playbook | None
    stops: list[Stop]
    cities: list[str]
    more_cities: int
    people: int
    #: How many the register has of a kind; only those there are.
    records: list[tuple[str, int]]
    actions: list[Action]
    actions_in_all: int
    late: int
    documents: list[str]
    #: Gatherings of the playbook a workshop can be made of: mark, title, and whether there is one already.
    gatherings: list[tuple[str, str, bool]]
    #: Lines of its steps that say what goes on, and how many of them have been carried.
    goes_on: int = 0
    carried: int = 0
    #: What was wrong with the last thing asked, and in which form.
    wrong: str = ""
    wrong_at: str = ""
    #: Until when it is kept, and the day that was just said, if it was refused.
    kept: ShownKept | None = None
    said_day: str = ""
    #: By which other programs read what the visitor leads of it; one that was just made is said this once.
    may_make_tokens: bool = False
    tokens: Sequence[ShownToken] = ()
    token_form: TokenForm = BLANK
    new_token: str = ""
    token_rights: tuple[tuple[str, str], ...] = ()
    token_days: tuple[int, ...] = DAYS


async def show(request: Request) -> Response:
    return await render(request, "programme/programme.html", await page_of(request))


async def page_of(request: Request) -> ProgrammePage:
    leads, house = leads_of(request), house_of(request)
    words = known_visitor(request).words
    desks = {place.workshop.id: await desk_of(request, place.workshop.id) for place in leads.places}
    register = await state_of(house, f"register:{leads.programme}") or State()
    playbook = await playbook_of(request, leads)
    stops = _stops(leads, desks, house.now(), words)
    cities = list(dict.fromkeys(name for place in leads.places for name in _cities(place)))
    month = datetime.fromtimestamp(house.now() / 1000, UTC).strftime("%Y-%m")
    actions = [_action(one, register, month, words) for one in _live(register, "action")]
    actions.sort(key=lambda one: (one.status in ("done", "dropped"), one.end or "9", one.title))
    there = {stop.mark for stop in stops}
    steps = [step for desk in desks.values() for step in desk.of_kind("step")]
    account = known_visitor(request).account
    return ProgrammePage(
        id=leads.programme,
        title=leads.title,
        playbook=playbook,
        stops=stops,
        cities=cities[:CITIES_NAMED],
        more_cities=max(0, len(cities) - CITIES_NAMED),
        people=sum(stop.people for stop in stops),
        records=[
            (words.gettext(title), count)
            for kind, title in COUNTED.items()
            if (count := len(_live(register, kind)))
        ],
        actions=actions[:ACTIONS_SHOWN],
        actions_in_all=len(actions),
        late=sum(one.status == "late" for one in actions),
        documents=[words.gettext(DOCUMENTS[one]) for one in playbook.outputs] if playbook else [],
        gatherings=[(one.id, one.title, one.id in there) for one in playbook.workshops]
        if playbook and known_visitor(request).account
        else [],
        goes_on=sum(len(str(step.get("carry", "")).splitlines()) for step in steps),
        carried=len(
            {
                (run["step"], run["line"])
                for desk in desks.values()
                for run in desk.of_kind("carried")
                if not run.get("undone", False)
            }
        ),
        kept=await shown_kept(request, leads),
        may_make_tokens=account is not None,
        tokens=shown_tokens(
            request,
            await tokens.tokens_of_programme(house.database, leads.programme, account.id)
            if account
            else (),
        ),
        token_rights=right_words(request),
    )


async def add(request: Request) -> Response:
    """One more workshop of the playbook: a gathering that is not there yet, or one again."""
    form, leads, house = await read_form(request), leads_of(request), house_of(request)
    visitor = known_visitor(request)
    catalog, playbook = await catalog_of(house), await playbook_of(request, leads)
    gathering = playbook.gathering(form.text("gathering")) if playbook else None
    if playbook is not None and gathering is not None and visitor.account is not None:
        making = Making(house, catalog, playbook, visitor.account, visitor.words)
        place = playbook.workshops.index(gathering) * 10
        cities = list(dict.fromkeys(name for one in leads.places for name in _cities(one)))
        await make_gathering(making, gathering, cities, (leads.programme, None, place))
    return go(request, "programme", programme=leads.programme)


async def playbook_of(request: Request, leads: Leads) -> Playbook | None:
    catalog = await catalog_of(house_of(request))
    named = (str(place.state.fields.get("playbook", "")) for place in leads.places)
    return next(
        (catalog.books.playbooks[id] for id in named if id in catalog.books.playbooks), None
    )


def _stops(leads: Leads, desks: dict[str, State], now: int, words: Words) -> list[Stop]:
    found = [(place, standing(place, desks[place.workshop.id], now)) for place in leads.places]
    following = next((at for at, (_, how) in enumerate(found) if how != "done"), -1)
    return [
        _stop(place, desks[place.workshop.id], how, now, words, is_next=at == following)
        for at, (place, how) in enumerate(found)
    ]


def _day(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d")


def _stop(
    place: Place, desk: State, how: Standing, now: int, words: Words, *, is_next: bool
) -> Stop:
    starts = desk.fields.get("starts")
    fields = place.state.fields
    return Stop(
        id=place.workshop.id,
        mark=str(fields.get("gathering", "")),
        title=str(fields["title"]),
        standing=how,
        days=max(0, -(-(int(starts) - now) // DAY)) if starts else 0,
        starts=int(starts) if starts else None,
        day=in_words(_day(int(starts)), words) if starts else "",
        people=sum(_came(person) for person in place.state.of_kind("person")),
        steps=len(steps_of(desk)),
        board=str(fields["board"]),
        is_next=is_next,
    )


def _came(person: Item) -> bool:
    """Those who lead are the same in every workshop, and would be counted in each."""
    return not person.get("gone", False) and person["role"] not in LEADS


def _cities(place: Place) -> list[str]:
    return [str(city["name"]) for city in faces.in_order(place.state.of_kind("city"))]


def _live(register: State, kind: str) -> list[Item]:
    return [one for one in register.of_kind(kind) if "merged" not in one]


def _action(one: Item, register: State, month: str, words: Words) -> Action:
    lead = register.get(str(one.get("lead", "")))
    status, end = str(one.get("status", "")), str(one.get("end", ""))
    if end and status not in ("done", "dropped") and end < month:
        status = "late"
    state = words.gettext(LATE if status == "late" else STATES.get(status, STATES[""]))
    who = str(lead["name"]) if lead else ""
    return Action(str(one["title"]), who, end, in_words(end, words), status, state)
