"""Stand-ins come in by the door of a real server and do what people do, each in a language that is read there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

from codesign.app import create_app
from codesign.core.stream import State
from codesign.i18n import LANGUAGES
from codesign.settings import Settings
from codesign.standins import NOTES_EACH, Told, cast, read_words
from codesign.store import workshops
from codesign.web import standing_in
from codesign.web.house import House
from codesign.web.opening import Opened, Plan, open_workshop
from codesign.web.seats import make_id
from tests.services import serve
from tests.store.prepared import lay_sqlite
from tests.web.served import until

SECRET = "a secret that only tests have, long enough"
CITIES = ["Kutaisi", "Niš"]


def told(count: int, languages: list[str], cities: list[str]) -> Told:
    return Told("", count, languages, cities, 1.0)


def test_there_are_words_and_names_in_every_language_of_the_interface() -> None:
    books = read_words()
    for language in LANGUAGES:
        book = books[language.tag]
        assert len(set(book["names"])) == len(set(books["en"]["names"])), language.tag
        assert len(set(book["notes"])) == len(set(books["en"]["notes"])), language.tag


def test_languages_and_cities_go_in_turn_and_two_dozen_are_as_different_as_can_be() -> None:
    parts = cast(told(24, ["ka", "sq", "xx"], CITIES), Random(1))
    assert [(part.lang, part.city) for part in parts[:2]] == [("ka", "Kutaisi"), ("sq", "Niš")]
    assert len({part.name for part in parts}) == 16
    assert len({part.notes[0] for part in parts}) > 8


def test_where_no_language_is_known_they_speak_english_and_come_from_nowhere() -> None:
    (part,) = cast(told(1, ["xx"], []), Random(1))
    assert (part.lang, part.city, part.notes[0] in read_words()["en"]["notes"]) == ("en", "", True)


@asynccontextmanager
async def company(folder: Path, count: int) -> AsyncIterator[tuple[House, Opened]]:
    """A server behind an address of its own, and stand-ins on their way to a workshop there, in a hurry."""
    public = "https://board.example"
    lay_sqlite(folder / "codesign.db")
    app = create_app(Settings(data=folder, secret=SECRET, public_url=public))  # type: ignore[arg-type]
    async with serve(app) as address:
        house = app.state.house
        plan = Plan("Getting around", "What is hard?", "zones", ["On foot", "By bus"], CITIES)
        opened = await open_workshop(house, plan, None, "en")
        row = await workshops.workshop(house.database, opened.workshop)
        assert row is not None
        link = f"http://{address}/join/{house.links.join(row)}"
        who = {"count": count, "languages": ["ka", "en"], "cities": CITIES}
        there = await standing_in.send_for(link=link, **who, pace=0.01)  # type: ignore[arg-type]
        try:
            yield house, opened
        finally:
            await there.leave()


async def test_they_come_write_vote_and_sit_down_as_people_do(tmp_path: Path) -> None:
    async with company(tmp_path, 6) as (house, opened):
        room, board = f"workshop:{opened.workshop}", f"board:{opened.board}"
        await until(lambda: len(of_kind(house, room, "person")) == 6, 20)
        # Until everyone has written all they would here: at their tables they begin again.
        await until(lambda: len(of_kind(house, board, "note")) == 6 * NOTES_EACH, 60)
        people, notes = of_kind(house, room, "person"), of_kind(house, board, "note")
        assert {one["role"] for one in people} == {"participant"}
        assert {one["lang"] for one in people} == {"ka", "en"}
        assert {one["city"] for one in people} == set(opened.cities)
        assert {note["lang"] for note in notes} <= {"ka", "en"}
        await votes(house, opened, [note["id"] for note in notes[:3]])
        await until(lambda: of_kind(house, room, "vote")[0]["cast"] == 6, 20)
        tables = await sit_down(house, opened, [str(one["id"]) for one in people])
        await until(lambda: all(of_kind(house, f"board:{table}", "note") for table in tables), 60)


def state_of(house: House, stream: str) -> State:
    room = house.rooms.keeping.get(stream)
    return State() if room is None else room.state


def of_kind(house: House, stream: str, kind: str) -> list[dict[str, Any]]:
    return list(state_of(house, stream).of_kind(kind))


async def votes(house: House, opened: Opened, options: list[str]) -> None:
    room = f"workshop:{opened.workshop}"
    vote = {"id": make_id(), "question": "Which?", "board": opened.board, "options": options}
    dots = {"dots": 3, "cap": 2, "secret": False}
    await house.rooms.ask(room, {"type": "set_stage", "stage": "vote"}, product=True)
    await house.rooms.ask(room, {"type": "open_vote", **vote, **dots}, product=True)


async def sit_down(house: House, opened: Opened, people: list[str]) -> list[str]:
    """At two tables, each with a board of its own."""
    room, seating = f"workshop:{opened.workshop}", make_id()
    tables = [{"id": make_id(), "board": make_id()} for _ in range(2)]
    sits = {person: tables[at % 2]["id"] for at, person in enumerate(people)}
    (vote,) = of_kind(house, room, "vote")
    for op in (
        {"type": "close_vote", "id": vote["id"]},
        {"type": "make_tables", "id": seating, "template": opened.board, "tables": tables},
        {"type": "seat_people", "id": seating, "sits": sits},
        {"type": "set_stage", "stage": "open"},
        {"type": "open_tables", "id": seating},
    ):
        await house.rooms.ask(room, op, product=True)
    return [table["board"] for table in tables]
