"""What `codesign check` and `codesign replay` see."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from codesign.core.effects import Due
from codesign.core.hashing import state_hash
from codesign.core.stream import State
from codesign.store import checking
from codesign.store.checking import faults_of, replay_stream
from codesign.store.database import Database
from codesign.store.journal import Journal, open_journal
from tests.store.builders import (
    BOARD,
    OTHER,
    append,
    damage_entry,
    damage_snapshot,
    lose_entry,
    note,
    spoil,
)


async def faults(database: Database) -> list[str]:
    return [fault async for fault in faults_of(database, open_journal(database))]


@pytest.fixture
async def journal(database: Database) -> Journal:
    """A board of five notes with a snapshot after three, and another board."""
    journal = open_journal(database)
    await journal.append([append(BOARD, 0, 3), append(OTHER, 0, 2)])
    loaded = await journal.load(BOARD)
    assert loaded is not None
    await journal.save_snapshot(BOARD, 3, loaded.state)
    await journal.append([replace(append(BOARD, 3, 2), dues=[Due("d", 1, BOARD, {})])])
    return journal


async def test_a_replay_from_the_first_entry_is_what_rooms_open(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_AT_ONCE", 2)
    replayed = await replay_stream(journal, BOARD)
    loaded = await journal.load(BOARD)
    assert replayed is not None
    assert loaded is not None
    assert (replayed.seq, replayed.hash) == (5, state_hash(loaded.state))
    assert replayed.is_equal
    assert replayed.snapshot is not None
    assert replayed.snapshot[0] == 3
    assert await replay_stream(journal, "board:unmade") is None


async def test_a_sound_database_has_no_faults(database: Database, journal: Journal) -> None:
    assert await faults(database) == []


async def test_a_snapshot_that_the_journal_does_not_bear_out_is_found(
    database: Database, journal: Journal
) -> None:
    await journal.save_snapshot(BOARD, 4, State({}, {"x": note("x")}))
    assert await faults(database) == [f"{BOARD}: its snapshot is not what its journal adds up to."]


@pytest.mark.parametrize(
    ("spoil_it", "said"),
    [
        (
            lambda journal: spoil(
                journal, "UPDATE due SET effect = 'x' WHERE stream = :stream", BOARD
            ),
            "a due effect cannot be read",
        ),
        (lambda journal: damage_entry(journal, BOARD, 1), "entry 1 cannot be read"),
        (lambda journal: lose_entry(journal, BOARD, 2), "entry 2 is missing"),
        (lambda journal: damage_snapshot(journal, BOARD), "the snapshot is damaged"),
        (
            lambda journal: spoil(
                journal, "UPDATE streams SET head = 4 WHERE stream = :stream", BOARD
            ),
            "1 entries lie beyond its head",
        ),
        (
            lambda journal: spoil(journal, "DELETE FROM streams WHERE stream = :stream", BOARD),
            "5 entries lie beyond its head",
        ),
    ],
)
async def test_damage_to_one_stream_is_found_and_named(
    database: Database, journal: Journal, spoil_it: Callable[[Journal], Awaitable[None]], said: str
) -> None:
    await spoil_it(journal)
    found = await faults(database)
    assert len(found) == 1
    assert found[0].startswith(f"{BOARD}: ")
    assert said in found[0]
