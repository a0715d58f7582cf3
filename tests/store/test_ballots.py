"""Ballots: the last one counts, none comes after the close, and afterwards nobody can tell who chose what."""

from __future__ import annotations

import asyncio
from pathlib import Path

from codesign.core.ballots import voter_name
from codesign.store import ballots
from codesign.store.database import Database
from tests.builders import an_id
from tests.store.builders import At

VOTE, ANNA, BORIS = an_id("vote"), an_id("anna"), an_id("boris")
#: Options that are found in the bytes of a file, if they are there.
WATER, BUSES = an_id("canary-water"), an_id("canary-buses")


async def voted(database: Database, person: str, dots: dict[str, int], n: int = 1) -> bool:
    found = await ballots.cast(database, VOTE, person, dots, page=person[::-1], n=n)
    return found == "counted"


async def test_the_last_ballot_of_a_person_counts(database: Database) -> None:
    assert await voted(database, ANNA, {WATER: 2})
    assert await voted(database, BORIS, {WATER: 1})
    assert await voted(database, ANNA, {BUSES: 1}, n=2)
    assert await ballots.mine(database, VOTE, ANNA) == {BUSES: 1}
    dots = [ballot.dots for ballot in await ballots.cast_so_far(database, VOTE)]
    assert sorted(dots, key=str) == sorted([{BUSES: 1}, {WATER: 1}], key=str)


async def test_a_ballot_that_was_sent_again_late_changes_nothing(database: Database) -> None:
    assert await voted(database, ANNA, {WATER: 1}, n=1)
    assert await voted(database, ANNA, {BUSES: 1}, n=2)
    assert await voted(database, ANNA, {WATER: 1}, n=1)
    assert await ballots.mine(database, VOTE, ANNA) == {BUSES: 1}


async def test_another_page_of_the_same_person_replaces_what_the_first_said(
    database: Database,
) -> None:
    assert await voted(database, ANNA, {WATER: 1}, n=9)
    assert await ballots.cast(database, VOTE, ANNA, {BUSES: 1}, page="phone", n=1)
    assert await ballots.mine(database, VOTE, ANNA) == {BUSES: 1}


async def test_a_ballot_given_for_somebody_never_replaces_their_own(database: Database) -> None:
    given = {"page": "lead", "given": True}
    assert await ballots.cast(database, VOTE, BORIS, {WATER: 1}, n=1, **given) == "counted"
    assert await voted(database, BORIS, {BUSES: 1})
    assert await ballots.cast(database, VOTE, BORIS, {WATER: 1}, n=2, **given) == "own"
    assert await ballots.mine(database, VOTE, BORIS) == {BUSES: 1}


async def test_no_ballot_comes_after_the_close(database: Database) -> None:
    await voted(database, ANNA, {WATER: 1})
    key, cast = await ballots.close(database, VOTE, 1)
    assert [ballot.voter for ballot in cast] == [voter_name(key, ANNA)]
    assert not await voted(database, BORIS, {WATER: 1})
    assert await ballots.close(database, VOTE, 2) == (key, cast)  # asked again after a crash


async def test_a_vote_nobody_voted_in_closes_too(database: Database) -> None:
    assert await ballots.close(database, VOTE, 1) == (b"", [])
    assert not await voted(database, ANNA, {WATER: 1})


async def test_ballots_that_arrive_while_it_closes_are_counted_or_refused(
    database: Database,
) -> None:
    people = [an_id(f"person {number}") for number in range(20)]
    casting = [asyncio.create_task(voted(database, person, {WATER: 1})) for person in people]
    _, counted = await ballots.close(database, VOTE, 1)
    taken = sum(await asyncio.gather(*casting))
    _, again = await ballots.close(database, VOTE, 1)
    assert len(counted) == len(again) == taken


async def test_after_a_vote_is_forgotten_nothing_of_it_can_be_read(database: Database) -> None:
    await voted(database, ANNA, {WATER: 1})
    await ballots.close(database, VOTE, 1)
    await ballots.forget(database, VOTE)
    assert await ballots.close(database, VOTE, 2) == (b"", [])
    assert await ballots.mine(database, VOTE, ANNA) == {}
    assert not await voted(database, ANNA, {WATER: 1})


async def test_the_database_file_and_its_log_hold_no_trace_of_a_ballot(
    tmp_path: Path, sqlite_url: str
) -> None:
    database = await Database.open(At(sqlite_url))
    try:
        await voted(database, ANNA, {WATER: 1})
        key, cast = await ballots.close(database, VOTE, 1)
        traces = [WATER.encode(), key, cast[0].voter.encode()]
        assert all(found_in(tmp_path, trace) for trace in traces)  # they were there
        await ballots.forget(database, VOTE)
        assert [trace for trace in traces if found_in(tmp_path, trace)] == []
    finally:
        await database.close()
    assert [trace for trace in traces if found_in(tmp_path, trace)] == []


def found_in(folder: Path, trace: bytes) -> bool:
    files = [*folder.glob("codesign.db"), *folder.glob("codesign.db-wal")]
    return any(trace in file.read_bytes() for file in files)
