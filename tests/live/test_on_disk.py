"""The same rooms on the real journal: what is acked is on disk, and opening it again gives the same board."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from codesign.core.hashing import state_hash
from codesign.store.checking import faults_of
from codesign.store.database import Database
from codesign.store.journal import open_journal
from tests.builders import ANNA, BORIS, an_id, edit
from tests.live.hall import BOARD_STREAM, Hall, a_note
from tests.store.builders import At
from tests.store.prepared import lay_sqlite


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    lay_sqlite(tmp_path / "codesign.db")
    database = await Database.open(At(f"sqlite+aiosqlite:///{tmp_path}/codesign.db"))
    yield database
    await database.close()


@pytest.mark.parametrize("seed", range(3))
async def test_a_board_opened_again_is_the_board_that_was_acked(
    database: Database, seed: int
) -> None:
    chance = random.Random(seed)
    hall = await Hall.opened(open_journal(database))
    names = [f"note {number}" for number in range(20)]
    asked = acked = 0
    for round in range(6):
        pages = [
            await hall.joined(ANNA, an_id(f"anna {round}")),
            await hall.joined(BORIS, an_id(f"boris {round}")),
        ]
        for _ in range(40):
            page, name = chance.choice(pages), chance.choice(names)
            op = chance.choice(
                [
                    a_note(name, "Buses", x=chance.randrange(10**6)),
                    edit(name, (0, "", chance.choice("abc"))),
                    {
                        "type": "recolour",
                        "id": an_id(name),
                        "colour": chance.choice(["sea", "sun"]),
                    },
                    {"type": "delete_item", "id": an_id(name)},
                    {"type": "undo", "n": max(1, page.n - chance.randrange(3))},
                ]
            )
            page.ask(op, base=await hall.head())
            asked += 1
            if chance.random() < 0.5:
                await hall.quiet()
        await hall.later(10)
        acked += sum(m["type"] == "ack" for page in pages for m in page.heard())
        found = await hall.rooms.state(BOARD_STREAM)
        assert found is not None
        before = found[0], state_hash(found[1])
        if chance.random() < 0.5:
            await hall.rooms.stop()
        hall = await hall.restarted()
        found = await hall.rooms.state(BOARD_STREAM)
        assert found is not None
        assert (found[0], state_hash(found[1])) == before
    assert 0 < acked <= asked
    assert [fault async for fault in faults_of(database, hall.journal)] == []
