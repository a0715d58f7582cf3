"""Short words for what the store is handed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from codesign.core.changes import Change, PutItem
from codesign.core.stream import Entry, State
from codesign.store.journal import Append, Journal
from codesign.store.journal_sql import SqlJournal
from codesign.store.memory import MemoryJournal
from codesign.store.rows import Row


@dataclass(frozen=True)
class At:
    """All the store wants to know of the settings."""

    database_url: str


BOARD, OTHER = "board:one", "board:two"


def note(item_id: str, **fields: Any) -> dict[str, Any]:
    return {"id": item_id, "kind": "note", "text": "", **fields}


def entry(seq: int, *changes: Change, by: str | None = "ana", at: int = 1_000) -> Entry:
    return Entry(seq, by, at, changes or (PutItem(note(f"note{seq}")),), ())


def row(seq: int, *changes: Change, client: str | None = None, n: int | None = None) -> Row:
    return Row(entry(seq, *changes), client, n, client and f"digest{n}", client and seq - 1, None)


def append(
    stream: str, head: int, count: int = 1, *, client: str | None = None, n: int = 1
) -> Append:
    """`count` new notes; with a client, its ops from `n` on."""
    rows = [row(head + i, client=client, n=client and n + i - 1) for i in range(1, count + 1)]
    clients = {client: ("ana", n + count - 1)} if client else {}
    return Append(stream, "w", head, rows, clients=clients, at=1_000)


def parts(state: State) -> tuple[dict[str, Any], dict[str, Any], set[str]]:
    """What two equal states have in common."""
    return state.fields, state.items, state.dropped


def why(outcomes: list[Exception | None]) -> list[type[Exception] | None]:
    """The kinds of failure of some appends."""
    return [outcome and type(outcome) for outcome in outcomes]


async def damage_entry(journal: Journal, stream: str, seq: int) -> None:
    await spoil(
        journal,
        "UPDATE entries SET changes = '[{' WHERE stream = :stream AND seq = :seq",
        stream,
        seq,
    )


async def lose_entry(journal: Journal, stream: str, seq: int) -> None:
    await spoil(journal, "DELETE FROM entries WHERE stream = :stream AND seq = :seq", stream, seq)


async def damage_snapshot(journal: Journal, stream: str) -> None:
    await spoil(journal, "UPDATE snapshots SET state = state || ' ' WHERE stream = :stream", stream)


async def spoil(journal: Journal, statement: str, stream: str, seq: int = 0) -> None:
    """What a failing disk does to a row."""
    if isinstance(journal, SqlJournal):
        values = {"stream": stream, "seq": seq}
        await journal._database.write(lambda c: c.execute(sa.text(statement), values).close())
    elif isinstance(journal, MemoryJournal):
        kept = journal._streams[stream]
        if statement.startswith("DELETE"):
            del kept.entries[seq - 1]
        elif "entries" in statement:
            kept.entries[seq - 1] = (*kept.entries[seq - 1][:-2], "[{", "[]")
        elif kept.snapshot:
            kept.snapshot = (kept.snapshot[0], kept.snapshot[1] + " ", kept.snapshot[2])
