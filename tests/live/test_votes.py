"""Votes from a page's point of view: counted means on disk, a no reaches one page, and a close counts once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from codesign.live.votes import COUNT_EVERY, Votes
from codesign.store import ballots
from codesign.store.database import Database
from codesign.store.journal import open_journal
from tests.builders import ANNA, BOARD, BORIS, OLGA, VERA, an_id
from tests.live.hall import WORKSHOP_STREAM, Hall, Page
from tests.store.builders import At
from tests.store.prepared import lay_sqlite

VOTE, WATER, BUSES = an_id("vote"), an_id("water"), an_id("buses")
OPEN = {
    "type": "open_vote",
    "id": VOTE,
    "question": "Which first?",
    "board": BOARD,
    "options": [WATER, BUSES],
    "dots": 3,
    "cap": 2,
}


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    lay_sqlite(tmp_path / "codesign.db")
    database = await Database.open(At(f"sqlite+aiosqlite:///{tmp_path}/codesign.db"))
    yield database
    await database.close()


@pytest.fixture
async def hall(database: Database) -> Hall:
    return await a_hall(database)


async def a_hall(database: Database, **more: Any) -> Hall:
    hall = await Hall.opened(open_journal(database))
    Votes(database, hall.rooms)
    await hall.ask(WORKSHOP_STREAM, {**OPEN, **more}, person=OLGA)
    return hall


async def cast(hall: Hall, page: Page, dots: dict[str, int], n: int = 1, **more: Any) -> Any:
    """The one answer, to this page."""
    page.heard()
    said = {"client": page.client_id, "n": n, "stream": WORKSHOP_STREAM, "vote": VOTE, "dots": dots}
    page.say("ballot", **{**said, **more})
    await until(hall, lambda: any(frame for frame in page.wire.sent))
    (answer,) = [m for m in page.heard() if m["type"] in ("counted", "refused")]
    assert (answer["client"], answer["n"], answer["stream"]) == (page.client_id, n, WORKSHOP_STREAM)
    return answer


async def until(hall: Hall, holds: Any) -> None:
    while not holds():
        await hall.quiet()


async def the_vote(hall: Hall) -> dict[str, Any]:
    found = await hall.rooms.state(WORKSHOP_STREAM)
    assert found is not None
    return found[1].items[VOTE]


async def people_who_voted(hall: Hall, count: int, dots: dict[str, int]) -> None:
    for number in range(count):
        person = an_id(f"person {number}")
        join = {"type": "join_workshop", "person": person, "name": f"P{number}"}
        await hall.ask(WORKSHOP_STREAM, join, product=True)
        assert (await cast(hall, await hall.joined(person), dots))["type"] == "counted"


async def closed(hall: Hall) -> dict[str, Any]:
    await hall.ask(WORKSHOP_STREAM, {"type": "close_vote", "id": VOTE}, person=OLGA)
    while (await the_vote(hall))["state"] == "counting":
        await hall.later(1)
    return await the_vote(hall)


async def test_a_ballot_that_is_counted_is_on_disk(hall: Hall, database: Database) -> None:
    page = await hall.joined(ANNA)
    assert (await cast(hall, page, {WATER: 2, BUSES: 1}))["type"] == "counted"
    assert await ballots.mine(database, VOTE, ANNA) == {WATER: 2, BUSES: 1}


async def test_nobody_else_hears_of_a_ballot(hall: Hall) -> None:
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    await cast(hall, anna, {WATER: 1})
    await cast(hall, anna, {BUSES: 3})
    assert boris.heard() == []


@pytest.mark.parametrize(
    ("person", "dots", "code"),
    [
        (ANNA, {WATER: 3}, "limit"),
        (ANNA, {an_id("other"): 1}, "unknown"),
        (VERA, {WATER: 1}, "forbidden"),
        (OLGA, {WATER: 1}, "forbidden"),
    ],
)
async def test_a_ballot_that_may_not_be_is_refused_with_its_code(
    hall: Hall, person: str, dots: dict[str, int], code: str
) -> None:
    assert (await cast(hall, await hall.joined(person), dots))["code"] == code


async def test_a_vote_that_is_not_there_looks_like_one_that_is_not_mine(hall: Hall) -> None:
    page = await hall.joined(ANNA)
    assert (await cast(hall, page, {}, vote=an_id("none")))["code"] == "unknown"
    elsewhere = f"workshop:{an_id('elsewhere')}"
    page.say("ballot", client="c" * 22, n=1, stream=elsewhere, vote=VOTE, dots={})
    await until(hall, lambda: page.wire.sent)
    assert page.heard()[-1]["code"] == "unknown"


async def test_how_many_have_voted_moves_in_steps_of_five(hall: Hall) -> None:
    await people_who_voted(hall, 4, {WATER: 1})
    await hall.later(COUNT_EVERY)
    assert (await the_vote(hall))["cast"] == 0
    assert (await cast(hall, await hall.joined(ANNA), {WATER: 1}))["type"] == "counted"
    while (await the_vote(hall))["cast"] != 5:
        await hall.later(COUNT_EVERY)
    assert f"total/{WATER}" not in await the_vote(hall)


async def test_an_open_vote_shows_where_the_dots_lie(database: Database) -> None:
    hall = await a_hall(database, secret=False)
    await cast(hall, await hall.joined(ANNA), {WATER: 2})
    while (await the_vote(hall))["cast"] != 1:
        await hall.later(COUNT_EVERY)
    assert (await the_vote(hall))[f"total/{WATER}"] == 2


async def test_a_close_counts_and_forgets(hall: Hall, database: Database, tmp_path: Path) -> None:
    await people_who_voted(hall, 3, {WATER: 2, BUSES: 1})
    vote = await closed(hall)
    assert (vote["state"], vote["cast"], vote["voters"]) == ("closed", 3, 5)
    assert (vote[f"total/{WATER}"], vote[f"supporters/{BUSES}"]) == (6, 3)
    while await hall.journal.due(hall.clock.now()):
        await hall.later(1)
    assert await ballots.cast_so_far(database, VOTE) == []
    late = await cast(hall, await hall.joined(ANNA), {WATER: 1})
    assert late["code"] == "stage"


async def test_a_server_that_dies_while_it_counts_counts_once(
    hall: Hall, database: Database
) -> None:
    await people_who_voted(hall, 3, {WATER: 1})
    await hall.ask(WORKSHOP_STREAM, {"type": "close_vote", "id": VOTE}, person=OLGA)
    again = await hall.restarted()  # before the errand ran
    Votes(database, again.rooms)
    again.rooms.effects.wake(0)
    while (await the_vote(again))["state"] != "closed":
        await again.later(1)
    assert (await the_vote(again))[f"total/{WATER}"] == 3


async def test_a_cancelled_vote_has_no_result_and_no_ballots(
    hall: Hall, database: Database
) -> None:
    await people_who_voted(hall, 3, {WATER: 1})
    await hall.ask(WORKSHOP_STREAM, {"type": "cancel_vote", "id": VOTE}, person=OLGA)
    while await hall.journal.due(hall.clock.now()):
        await hall.later(1)
    assert await ballots.cast_so_far(database, VOTE) == []
    assert (await the_vote(hall))["state"] == "cancelled"


async def test_one_who_leads_votes_for_somebody_without_a_device(hall: Hall) -> None:
    lead = await hall.joined(OLGA)
    assert (await cast(hall, lead, {WATER: 1}, voter=ANNA))["type"] == "counted"
    assert (await cast(hall, await hall.joined(BORIS), {BUSES: 1}))["type"] == "counted"
    assert (await cast(hall, lead, {WATER: 1}, n=2, voter=BORIS))["code"] == "conflict"
    nobody = await cast(hall, await hall.joined(ANNA), {WATER: 1}, voter=BORIS)
    assert nobody["code"] == "forbidden"
    join = {"type": "join_workshop", "person": an_id("third"), "name": "Third"}
    await hall.ask(WORKSHOP_STREAM, join, product=True)
    await cast(hall, await hall.joined(an_id("third")), {WATER: 1})
    assert (await closed(hall))["given"] == 1


async def told_to_others(
    tmp_path: Path, dots: dict[str, int], *, again: bool
) -> dict[str, list[bytes]]:
    """All that those beside Anna are sent while she votes; `again`: she changes her mind on the way."""
    lay_sqlite(tmp_path / "codesign.db")
    database = await Database.open(At(f"sqlite+aiosqlite:///{tmp_path}/codesign.db"))
    try:
        hall = await a_hall(database)
        anna = await hall.joined(ANNA)
        others = {person: await hall.joined(person) for person in (OLGA, BORIS, VERA)}
        await cast(hall, others[BORIS], {WATER: 1})
        if again:
            await cast(hall, anna, {WATER: 1}, n=1)
        await cast(hall, anna, dots, n=2)
        for _ in range(30):
            await hall.later(COUNT_EVERY)
        return {
            person: [frame.payload for frame in page.wire.sent] for person, page in others.items()
        }
    finally:
        await database.close()


async def test_two_runs_that_differ_only_in_one_ballot_are_the_same_bytes_to_everyone_else(
    tmp_path: Path,
) -> None:
    runs: list[tuple[dict[str, int], bool]] = [
        ({WATER: 2, BUSES: 1}, False),
        ({BUSES: 1}, True),
        ({WATER: 1}, False),
    ]
    told = []
    for number, (dots, again) in enumerate(runs):
        folder = tmp_path / str(number)
        folder.mkdir()
        told.append(await told_to_others(folder, dots, again=again))
    assert told[0] == told[1] == told[2]
    assert any(told[0].values())
