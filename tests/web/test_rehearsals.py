"""A rehearsal is a copy that can be run like the real one, says so on every page, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from codesign.core.stream import State
from codesign.live.messages import CastBallot
from codesign.store.database import Database
from codesign.store.rehearsals import rehearsal_of
from codesign.store.tables import meta, metadata, sessions
from codesign.web import standing_in
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from tests.builders import add_step
from tests.web.browsing import Browser, Walk, path_of, walking


async def rows(database: Database) -> dict[str, set[tuple[Any, ...]]]:
    """Every row there is, but for what a server notes of itself and when a browser was last seen."""
    passing = {meta: meta.c.value, sessions: sessions.c.seen}
    found = {}
    async with database.read() as connection:
        for table in metadata.sorted_tables:
            columns = [c for c in table.c if c is not passing.get(table)]
            found[table.name] = {
                tuple(row) for row in await connection.execute(sa.select(*columns))
            }
    return found


def files_with(folder: Path, words: bytes) -> list[str]:
    found = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in found if words in file.read_bytes()]


async def prepared(walk: Walk, lead: Browser) -> Opened:
    """A workshop with an agenda in two languages, tables, somebody in it, and a note of theirs."""
    opened = await walk.workshop(lead)
    ask = walk.house.rooms.ask
    desk, room = f"desk:{opened.workshop}", f"workshop:{opened.workshop}"
    step = add_step("write", title="Write ideas", question="What hinders you?", board=opened.board)
    await ask(desk, {**step, "stage": "silent", "may": {"add": True}}, product=True)
    words = {"type": "translate", "id": step["id"], "field": "question", "lang": "ka"}
    await ask(desk, {**words, "words": "რა გიშლით ხელს?"}, product=True)
    await ask(desk, {"type": "set_desk", "lang": "en", "languages": {"ka": True}}, product=True)
    tables = [
        {"id": make_id(), "board": make_id(), "title": "Bridge"},
        {"id": make_id(), "board": make_id()},
    ]
    made = {"type": "make_tables", "id": make_id(), "template": opened.board, "tables": tables}
    await ask(room, made, product=True)
    await walk.guest(opened, "Tamar")
    note = {"type": "create_note", "id": make_id(), "text": "canary of Tamar", "order": "a1"}
    place = {"region": opened.regions[0]}
    await ask(f"board:{opened.board}", {**note, **place}, person=await walk.person(opened, "Tamar"))
    await walk.house.rooms.settle()
    await lead.get(f"/workshops/{opened.workshop}/agenda")
    return opened


async def begun(walk: Walk, lead: Browser, opened: Opened, stand_ins: str = "8") -> str:
    """The copy's board."""
    await lead.get(f"/workshops/{opened.workshop}/agenda")
    answer = await lead.post(f"/workshops/{opened.workshop}/rehearsal", stand_ins=stand_ins)
    await walk.house.rooms.settle()
    return path_of(answer).removeprefix("/b/")


async def copy_of(walk: Walk, opened: Opened) -> str:
    found = await rehearsal_of(walk.house.database, opened.workshop)
    assert found is not None
    return found.workshop


async def state(walk: Walk, stream: str) -> State:
    found = await walk.house.rooms.state(stream)
    assert found is not None, stream
    return found[1]


async def test_the_copy_has_agenda_boards_and_tables_and_nobodys_words(walk: Walk) -> None:
    opened = await prepared(walk, elira := await walk.facilitator())
    board = await begun(walk, elira, opened)
    copy = await copy_of(walk, opened)
    room, desk = await state(walk, f"workshop:{copy}"), await state(walk, f"desk:{copy}")
    assert room.fields["title"] == "Rehearsal: Getting around"
    assert [one["name"] for one in room.of_kind("person")] == ["Elira Hoxha"]
    assert {one["name"] for one in room.of_kind("city")} == {"Kutaisi", "Niš"}
    (step,) = desk.of_kind("step")
    (real,) = (await state(walk, f"desk:{opened.workshop}")).of_kind("step")
    assert {**step, "id": 0, "board": 0} == {**real, "id": 0, "board": 0}
    assert (step["board"], desk.fields) == (board, {"lang": "en", "language/ka": True})
    plane = await state(walk, f"board:{board}")
    assert [one["title"] for one in plane.of_kind("region")] == ["On foot", "By bus"]
    assert list(plane.of_kind("note")) == []
    tables = sorted(room.of_kind("table"), key=lambda one: one["number"])
    assert [one.get("title") for one in tables] == ["Bridge", None]
    assert len(list((await state(walk, f"board:{tables[0]['board']}")).of_kind("region"))) == 2


async def test_nothing_is_left_when_it_ends_and_the_real_one_stays_as_it_was(walk: Walk) -> None:
    opened = await prepared(walk, elira := await walk.facilitator())
    await elira.get("/")
    before = await rows(walk.house.database)
    board = await begun(walk, elira, opened)
    copy = await copy_of(walk, opened)
    ask, room = walk.house.rooms.ask, f"workshop:{copy}"
    # A stand-in comes through the door and does what people do.
    ana = walk.browser()
    link = walk.nobody.told["link"].removeprefix("http://board.test")
    await ana.get(link)
    assert "Rehearsal" in ana.text
    cities = [one["id"] for one in (await state(walk, room)).of_kind("city")]
    path_of(await ana.post(link, name="Ana", city=cities[0]))
    person = next(
        p["id"] for p in (await state(walk, room)).of_kind("person") if p["name"] == "Ana"
    )
    place = {
        "region": next(iter((await state(walk, f"board:{board}")).of_kind("region")))["id"],
        "order": "a1",
    }
    notes = [make_id(), make_id()]
    for note in notes:
        op = {"type": "create_note", "id": note, "text": "canary of Ana", **place}
        await ask(f"board:{board}", op, person=person)
    await ask(
        f"inbox:{copy}:{person}", {"type": "ask_help", "on": True, "board": board}, person=person
    )
    vote = {
        "id": make_id(),
        "question": "Which?",
        "board": board,
        "options": notes,
        "dots": 3,
        "cap": 3,
    }
    await ask(room, {"type": "open_vote", **vote}, product=True)
    votes = walk.house.rooms.votes
    opened_room = await walk.house.rooms.open(room)
    assert votes is not None
    assert opened_room is not None
    said = {"client": make_id(), "n": 1, "stream": room, "vote": vote["id"], "dots": {notes[0]: 2}}
    ballot = CastBallot(type="ballot", **said)  # type: ignore[arg-type]
    assert await votes.cast(opened_room, person, ballot) is None
    await ask(room, {"type": "set_stage", "stage": "silent", "anonymous": False}, product=True)
    lane = f"lane:{board}:1:{person}"
    await ask(
        lane, {"type": "create_note", "id": make_id(), "text": "hidden", **place}, person=person
    )
    await walk.house.rooms.settle()
    await ask(f"desk:{copy}", {"type": "knock", "person": make_id(), "name": "Nino"}, product=True)
    await elira.get(f"/workshops/{copy}")
    path_of(await elira.post(f"/workshops/{copy}/rehearsal/end"))
    assert walk.nobody.is_home
    assert await rows(walk.house.database) == before
    assert [one for one in walk.house.rooms.keeping if one.workshop_id == copy] == []
    assert files_with(walk.house.settings.data, b"canary of Tamar")
    assert files_with(walk.house.settings.data, b"canary of Ana") == []
    await elira.get("/")
    assert "Rehearsal" not in elira.text


async def test_what_comes_late_to_a_rehearsal_that_is_over_changes_nothing(walk: Walk) -> None:
    opened = await prepared(walk, elira := await walk.facilitator())
    before = await rows(walk.house.database)
    board = await begun(walk, elira, opened)
    copy = await copy_of(walk, opened)
    await walk.house.rehearsals.end(copy)
    await walk.house.rehearsals.end(copy)
    ask = walk.house.rooms.ask
    late = {"type": "set_up_board", "workshop": copy, "layout": "zones", "question": ""}
    for stream, op in (
        (f"board:{make_id()}", late),
        (f"board:{board}", late),
        (f"workshop:{copy}", {"type": "set_workshop", "title": "late"}),
        (f"desk:{copy}", add_step("late", title="late")),
        (f"inbox:{copy}:{make_id()}", {"type": "ask_help", "on": True}),
    ):
        answer = await ask(stream, op, product=True)
        assert answer.code in ("unknown", "unavailable"), stream  # type: ignore[union-attr]
    link = walk.nobody.told["link"].removeprefix("http://board.test")
    assert (await walk.browser().get(link)).status_code == 404
    await walk.house.rooms.settle()
    await elira.get("/")
    assert await rows(walk.house.database) == before


async def test_every_page_of_it_says_that_it_is_a_rehearsal_and_no_other_does(walk: Walk) -> None:
    opened = await prepared(walk, elira := await walk.facilitator())
    board = await begun(walk, elira, opened)
    copy = await copy_of(walk, opened)
    pages = (
        "/workshops/{w}",
        "/workshops/{w}/agenda",
        "/workshops/{w}/wall",
        "/workshops/{w}/attendance",
    )
    for path in (*pages, "/b/{b}", "/w/{w}/report-plan"):
        await elira.get(path.format(w=copy, b=board))
        assert "Rehearsal · nothing here is kept" in elira.text, path
        assert f'action="/workshops/{copy}/rehearsal/end"' in elira.page, path
        await elira.get(path.format(w=opened.workshop, b=opened.board))
        assert "rehearsal__is" not in elira.page, path
    await elira.get(f"/workshops/{copy}/agenda")
    assert "Begin the rehearsal" not in elira.text


async def test_of_one_workshop_there_is_one_and_all_who_lead_can_join_it(walk: Walk) -> None:
    opened = await prepared(walk, elira := await walk.facilitator())
    board = await begun(walk, elira, opened)
    path = await walk.join_path(opened, "co-facilitator")
    ivan = walk.browser()
    await ivan.get(path)
    path_of(await ivan.post(path, name="Ivan", city=opened.cities[0]))
    assert await begun(walk, ivan, opened) == board
    people = (await state(walk, f"workshop:{await copy_of(walk, opened)}")).of_kind("person")
    assert sorted(one["name"] for one in people) == ["Elira Hoxha", "Ivan"]
    guest = await walk.guest(opened, "Nino")
    await guest.get(f"/b/{opened.board}")
    assert (await guest.post(f"/workshops/{opened.workshop}/rehearsal")).status_code in (303, 404)
    assert (await guest.get(f"/b/{board}")).status_code == 404


async def test_a_server_holds_three_and_says_so_to_the_fourth(walk: Walk) -> None:
    elira = await walk.facilitator()
    several = [await walk.workshop(elira, title=f"Workshop {n}") for n in range(4)]
    for opened in several[:3]:
        await begun(walk, elira, opened)
    await elira.get(f"/workshops/{several[3].workshop}/agenda")
    answer = await elira.post(f"/workshops/{several[3].workshop}/rehearsal", stand_ins="8")
    assert answer.status_code == 409
    assert "This server holds 3 rehearsals at once" in elira.text
    await walk.house.rehearsals.end(await copy_of(walk, several[0]))
    await begun(walk, elira, several[3])


async def test_there_is_no_rehearsal_of_a_rehearsal_and_a_real_workshop_cannot_be_ended(
    walk: Walk,
) -> None:
    opened = await prepared(walk, elira := await walk.facilitator())
    await begun(walk, elira, opened)
    copy = await copy_of(walk, opened)
    await elira.get(f"/workshops/{copy}/agenda")
    assert (await elira.post(f"/workshops/{copy}/rehearsal", stand_ins="8")).status_code == 409
    await elira.post(f"/workshops/{opened.workshop}/rehearsal/end")
    assert (await elira.get(f"/workshops/{opened.workshop}/agenda")).status_code == 200


@pytest.mark.parametrize(
    ("said", "come"), [("8", 8), ("1000", 24), ("", 4), ("-3", 4), ("9" * 9, 4)]
)
async def test_there_are_four_to_two_dozen_stand_ins(walk: Walk, said: str, come: int) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await begun(walk, elira, opened, said)
    assert walk.nobody.told["count"] == come


async def test_it_ends_by_itself_after_some_hours(walk: Walk) -> None:
    opened = await prepared(walk, elira := await walk.facilitator())
    await begun(walk, elira, opened)
    walk.clock.ms += 3 * 60 * 60_000
    await walk.house.rehearsals.look()
    assert await rehearsal_of(walk.house.database, opened.workshop)
    walk.clock.ms += 2 * 60 * 60_000
    await walk.house.rehearsals.look()
    assert await rehearsal_of(walk.house.database, opened.workshop) is None


@pytest.mark.parametrize("killed", [False, True])
async def test_a_server_that_stops_or_is_killed_leaves_none(tmp_path: Path, killed: bool) -> None:
    async with walking(tmp_path) as walk:
        opened = await prepared(walk, elira := await walk.facilitator())
        before = await rows(walk.house.database)
        await begun(walk, elira, opened)
        if killed:
            walk.house.rehearsals._held.clear()
    async with walking(tmp_path) as walk:
        after = await rows(walk.house.database)
        # A server that stops saves snapshots: of what was there before, and of nothing else.
        saved, streams = after.pop("snapshots"), {name for name, *_ in before["streams"]}
        assert {name for name, *_ in saved} <= streams
        assert after == {name: found for name, found in before.items() if name != "snapshots"}


@pytest.fixture
async def process() -> AsyncIterator[standing_in.Company]:
    """Stand-ins who are sent to a door where nobody is."""
    link = "http://127.0.0.1:9/join/nowhere"
    company = await standing_in.send_for(link=link, count=4, languages=[], cities=[], pace=1.0)
    yield company
    await company.leave()


async def test_stand_ins_go_when_the_server_is_no_more(process: standing_in.Company) -> None:
    child = process._process
    assert child.stdin is not None
    child.stdin.close()
    async with asyncio.timeout(20):
        assert await child.wait() == 0


async def test_stand_ins_are_told_by_their_input_and_know_no_secret(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    class Child:
        returncode = 0

        class stdin:
            @staticmethod
            def write(said: bytes) -> None:
                seen["said"] = json.loads(said)

            @staticmethod
            async def drain() -> None: ...

        async def wait(self) -> int:
            return 0

    async def spawn(*command: str, **options: Any) -> Child:
        seen.update(command=command, env=options["env"])
        return Child()

    monkeypatch.setattr(asyncio, "create_subprocess_exec", spawn)
    monkeypatch.setenv("CODESIGN_SECRET", "canary")
    walk.house.rehearsals.send_for = standing_in.send_for
    opened = await prepared(walk, elira := await walk.facilitator())
    await begun(walk, elira, opened)
    assert "/join/" not in str(seen["command"])
    assert "canary" not in str(seen["env"])
    assert (seen["said"]["languages"], seen["said"]["cities"]) == (["en", "ka"], ["Kutaisi", "Niš"])
