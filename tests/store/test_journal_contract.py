"""The promises of the journal, held by all three of its bodies: memory, SQLite, PostgreSQL."""

from __future__ import annotations

from codesign.core.changes import DropItem, PatchItem, PatchStream, PutItem
from codesign.core.effects import Due
from codesign.core.stream import State
from codesign.store.errors import Corrupt, HeadMoved, OpKnown
from codesign.store.journal import Append, Journal
from tests.store.builders import BOARD, OTHER, append, entry, note, parts, row


async def test_what_was_appended_is_loaded_after_it(journal: Journal) -> None:
    rows = [
        row(1, PatchStream({"layout": "zones"})),
        row(2, PutItem(note("a", text="Buses")), client="c", n=1),
        row(
            3,
            PatchItem("a", {"colour": "blue"}, {"text": ((5, "", " at night"),)}),
            client="c",
            n=2,
        ),
        row(4, PutItem(note("b")), client="c", n=3),
        row(5, DropItem("b"), client="c", n=4),
    ]
    assert await journal.append([Append(BOARD, "w", 0, rows)]) == [None]
    loaded = await journal.load(BOARD)
    assert loaded is not None
    assert loaded.head == 5
    assert parts(loaded.state) == (
        {"layout": "zones"},
        {"a": note("a", text="Buses at night", colour="blue")},
        {"b"},
    )
    assert loaded.tail == rows
    assert loaded.snapshot == 0
    assert await journal.entries(BOARD, 2) == rows[2:]
    assert await journal.entries(BOARD, 2, 4) == rows[2:4]
