"""The wall: one page for the projector, read from ten metres. How to get in until the first step; then the step, its
question and its time; what a vote came to; and always how many are here, and the code for whoever comes late."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.core.computed.ranking import ranks
from codesign.core.stream import Fields, Item, State
from codesign.i18n import Words
from codesign.store import attendance, workshops
from codesign.web import cards, codes, faces
from codesign.web.access import Place, place_of, state_of
from codesign.web.cards import Card
from codesign.web.errors import unknown
from codesign.web.house import House, house_of
from codesign.web.knocking import plan_of
from codesign.web.render import full_url, render
from codesign.web.sessions import known_visitor

#: So many options of a vote are read from the last row.
OPTIONS = 5
#: Up to so many dots on one are drawn as marks; more as a bar.
MARKS = 24
#: Turnout is told in steps of five.
STEP = 5
#: Before the first step time is counted from here on.
COUNTED_MS = 60 * 60_000


@dataclass(frozen=True, slots=True)
class Group:
    """A city whose dots are told apart, or all the others together: paper, name, ballots."""

    id: str
    paper: str
    name: str
    ballots: int


@dataclass(frozen=True, slots=True)
class Option:
    """What was voted on: its place, its words, and its dots by city, as they can be drawn."""

    place: int
    words: str
    lang: str
    total: int
    #: Of the dots of the best one, in percent.
    share: int
    is_tied: bool
    #: The paper of each dot, where so many can be drawn; and the same in words.
    marks: list[str]
    said: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the wall is about now."""

    kind: Literal["lobby", "step", "vote", "result"]
    title: str
    #: Above the title: the workshop, the step, the state of the vote.
    above: str = ""
    options: list[Option] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    more: int = 0
    cast: int = 0
    voters: int = 0
    is_secret: bool = True


@dataclass(frozen=True, slots=True)
class Timer:
    """When it runs out (ms), or what is left while it rests; by the server's clock, which is told as well."""

    now: int
    ends: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class WallPage:
    card: Card
    qr: str
    host: str
    #: The code's syllables, by word.
    syllables: list[list[str]]
    shown: Shown
    timer: Timer | None
    #: When the first step begins by the plan; 0 without one, or when it has.
    starts: int
    here: int
    #: How many are here, by city.
    by_city: list[tuple[Item, int]]


async def show(request: Request) -> Response:
    """The page; for whoever asks again every few seconds, what of it changes."""
    house, place = house_of(request), place_of(request)
    state = await state_of(house, place.stream)
    row = await workshops.workshop(house.database, place.workshop.id)
    if state is None or row is None or "board" not in state.fields:
        raise unknown()
    card = cards.make_card(request, row, state)
    here = await _here(house, place, state)
    starts = await _starts(house, place, state)
    page = WallPage(
        card,
        qr=cards.qr(card.join_url),
        host=full_url(request, "front").partition("://")[2].rstrip("/"),
        syllables=[codes.syllables(word) for word in card.code.split()],
        shown=await _shown(house, state, known_visitor(request).words),
        timer=_timer(state.fields, house.now(), starts),
        starts=starts,
        here=len(here),
        by_city=_by_city(card.cities, here),
    )
    return await render(request, "workshop/wall.html", page, block="wall")


async def plan(request: Request) -> Response:
    """What is planned, for who is in before the first step: titles, minutes and hours, and no more of the desk."""
    place, words = place_of(request), known_visitor(request).words
    lines = (
        []
        if "step" in place.state.fields
        else await plan_of(house_of(request), place.workshop.id, words)
    )
    steps = [
        {"title": one.title, "minutes": one.minutes, "at": one.at, "pause": one.pause}
        for one in lines
    ]
    return JSONResponse({"steps": steps}, headers={"cache-control": "no-store"})


async def _here(house: House, place: Place, state: State) -> list[Item]:
    """Whoever has a page open, or had a moment ago."""
    if (book := house.rooms.pages.attendance) is not None:
        await book.save()
    stays = await attendance.stays_of(house.database, place.workshop.id)
    ids = {stay.person for stay in stays if stay.went is None}
    people = (state.get(id) for id in ids)
    return [one for one in people if one is not None and not one.get("gone", False)]


def _by_city(cities: list[Item], here: list[Item]) -> list[tuple[Item, int]]:
    counts = [(city, sum(one.get("city") == city["id"] for one in here)) for city in cities]
    return [(city, n) for city, n in counts if n]


async def _starts(house: House, place: Place, state: State) -> int:
    if "step" in state.fields:
        return 0
    desk = await state_of(house, f"desk:{place.workshop.id}")
    starts = int(desk.fields.get("starts", 0)) if desk else 0
    return starts if starts > house.now() else 0


def _timer(fields: Fields, now: int, starts: int) -> Timer | None:
    """Of the step that is on; before the first one until it begins, in the hour before."""
    if 0 < starts - now < COUNTED_MS:
        return Timer(now, ends=starts)
    if "timer_left" in fields:
        return Timer(now, left=int(fields["timer_left"]))
    return Timer(now, ends=int(fields["timer_ends"])) if "timer_ends" in fields else None


async def _shown(house: House, state: State, words: Words) -> Shown:
    """A vote at the board where everybody is, open or closed in this step; else the step; else how to get in."""
    fields = state.fields
    vote = _vote(state)
    if vote is not None:
        board = await state_of(house, f"board:{vote['board']}")
        return _of_vote(vote, state, board, words)
    if "ended" in fields:
        return Shown("step", words.gettext("The workshop has ended"), "")
    step = state.get(str(fields.get("step", "")))
    if step is None:
        return Shown("lobby", str(fields["title"]))
    title = _words(step, "title", words)
    number, of = fields.get("step_number", 1), fields.get("steps", 1)
    above = " · ".join(filter(None, [words.gettext("Step {n} of {all}", n=number, all=of), title]))
    question = _words(step, "question", words)
    if not question and (board := await state_of(house, f"board:{fields['board']}")):
        question = _words({"kind": "board", **board.fields}, "question", words)
    return Shown("step", question or title or str(fields["title"]), above)


def _vote(state: State) -> Item | None:
    """The newest at the board of everybody; a closed one until the next step begins."""
    fields = state.fields
    votes = [v for v in state.of_kind("vote") if v["board"] == fields["board"]]
    votes = [v for v in votes if v["state"] in ("open", "counting", "closed")]
    newest = max(votes, key=lambda v: int(v["opened"]), default=None)
    if newest is None or newest["state"] != "closed":
        return newest
    return newest if int(newest.get("closed", 0)) >= int(fields.get("step_at", 0)) else None


def _of_vote(vote: Item, state: State, board: State | None, words: Words) -> Shown:
    is_closed = vote["state"] == "closed"
    cast = int(vote.get("cast", 0))
    voters = int(vote.get("voters", 0))
    above = words.gettext("Result of the vote") if is_closed else words.gettext("Vote")
    question = str(vote["question"])
    is_secret = bool(vote["secret"])
    if not is_closed:
        return Shown("vote", question, above, cast=cast - cast % STEP, is_secret=is_secret)
    groups = _groups(vote, state, words)
    options = _options(vote, groups, board, words)
    best = [one for one in options if one.total][:OPTIONS]
    more = len(options) - len(best)
    return Shown("result", question, above, best, groups, more, cast, voters, is_secret)


def _groups(vote: Item, state: State, words: Words) -> list[Group]:
    """In the order of the cities, the rest last."""
    counts = {key[8:]: int(vote[key]) for key in vote if key.startswith("ballots/")}
    cities = [c for c in faces.in_order(state.of_kind("city")) if c["id"] in counts]
    found = [Group(c["id"], str(c["colour"]), str(c["name"]), counts[c["id"]]) for c in cities]
    if "rest" in counts:
        name = words.gettext("All others together")
        found.append(Group("rest", "rest", name, counts["rest"]))
    return found


def _options(vote: Item, groups: list[Group], board: State | None, words: Words) -> list[Option]:
    """Best first, equals as they were offered. Under three ballots of a secret vote there is nothing to tell."""
    ids = sorted(
        (key[7:] for key in vote if key.startswith("option/")),
        key=lambda id: int(vote[f"option/{id}"]),
    )
    totals = {id: int(vote.get(f"total/{id}", 0)) for id in ids}
    places = ranks(totals)
    most = max(totals.values(), default=0) or 1
    tied = Counter(totals.values())
    return [
        Option(
            place=places[id],
            words=_text(board, id) or words.gettext("A note without words"),
            lang=_lang(board, id),
            total=totals[id],
            share=round(100 * totals[id] / most),
            is_tied=tied[totals[id]] > 1,
            marks=_marks(vote, id, groups, totals[id]) if most <= MARKS else [],
            said=", ".join(f"{one.name} {n}" for one in groups if (n := _dots(vote, one, id))),
        )
        for id in sorted(ids, key=lambda id: places[id])
    ]


def _dots(vote: Item, group: Group, option: str) -> int:
    return int(vote.get(f"of/{group.id}/{option}", 0))


def _marks(vote: Item, option: str, groups: list[Group], total: int) -> list[str]:
    """In the papers of the cities, where they are told apart."""
    if not groups:
        return [""] * total
    return [one.paper for one in groups for _ in range(_dots(vote, one, option))]


def _text(board: State | None, id: str) -> str:
    item = (board.get(id) if board else None) or {}
    return str(item.get("text") or item.get("name") or item.get("alt") or "")


def _lang(board: State | None, id: str) -> str:
    item = (board.get(id) if board else None) or {}
    return str(item.get("lang", ""))


def _words(item: Item, name: str, words: Words) -> str:
    return str(item.get(f"{name}/{words.tag}") or item.get(name) or "")
