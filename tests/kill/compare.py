"""Reads logs of acks and a database, and says what does not fit. It knows the tables and the core, and no server.

`python -m tests.kill.compare DATABASE_URL FOLDER [--replay]` prints {"acked", "entries", "wrong", "hashes"}.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from codesign.core.changes import apply_changes, from_wire
from codesign.core.hashing import state_hash
from codesign.core.stream import State

TABLES = {
    "entries": "SELECT stream, seq, client, n, changes FROM entries ORDER BY stream, seq",
    "streams": "SELECT stream, head FROM streams",
    "snapshots": "SELECT stream, seq, state FROM snapshots",
    "due": "SELECT stream, effect, done FROM due",
}
Rows = dict[str, list[tuple[Any, ...]]]


def compare(tables: Rows, acks: list[dict[str, Any]], *, replay: bool) -> dict[str, Any]:
    wrong: list[str] = []
    names = {(row[2], row[3]): (row[0], row[1]) for row in tables["entries"] if row[2]}
    twice = Counter((row[2], row[3]) for row in tables["entries"] if row[2])
    wrong += [f"{name} is there {count} times" for name, count in twice.items() if count > 1]
    for ack in acks:
        if ack["type"] == "refused":
            wrong.append(f"refused for good: {ack}")
        elif names.get((ack["client"], ack["n"])) != (ack["stream"], ack["seq"]):
            wrong.append(f"acked and not there: {ack}")
    seqs: dict[str, list[int]] = {}
    for row in tables["entries"]:
        seqs.setdefault(row[0], []).append(row[1])
    for stream, head in tables["streams"]:
        if seqs.get(stream, []) != [*range(1, head + 1)]:
            wrong.append(f"{stream}: entries do not count from 1 to {head}")
    hashes = dict(_replay(tables, wrong)) if replay else {}
    told = len([ack for ack in acks if ack["type"] == "ack"])
    return {"acked": told, "entries": len(names), "wrong": wrong[:20], "hashes": hashes}


def _replay(tables: Rows, wrong: list[str]) -> Iterator[tuple[str, str]]:
    """The hash of each stream; on the way snapshots are compared with what the entries add up to."""
    kept = {(stream, seq): json.loads(state) for stream, seq, state in tables["snapshots"]}
    states: dict[str, State] = {}
    for stream, seq, _, _, changes in tables["entries"]:
        state = states.setdefault(stream, State())
        apply_changes(state, map(from_wire, json.loads(changes)))
        if (snapshot := kept.get((stream, seq))) is not None:
            items = {item["id"]: item for item in snapshot["items"]}
            if (snapshot["fields"], items) != (state.fields, state.items):
                wrong.append(f"{stream}: the snapshot at {seq} is not what its entries add up to")
    for workshop in [state for name, state in states.items() if name.startswith("workshop:")]:
        for board in workshop.of_kind("board"):
            if not states.get(f"board:{board['id']}", State()).fields:
                wrong.append(f"{board['id']} was added and never set up")
    wrong += [f"not done: {stream} {op}" for stream, op, done in tables["due"] if done is None]
    for stream, state in states.items():
        yield stream, state_hash(state)


def read_sqlite(path: Path, queries: dict[str, str] = TABLES) -> Rows:
    """Reads a copy: recovering the database is for the server alone."""
    with tempfile.TemporaryDirectory() as folder:
        for name in (path.name, f"{path.name}-wal"):
            if (path.parent / name).exists():
                shutil.copy(path.parent / name, folder)
        connection = sqlite3.connect(Path(folder) / path.name)
        try:
            return {name: connection.execute(query).fetchall() for name, query in queries.items()}
        finally:
            connection.close()


async def read_postgres(url: str, queries: dict[str, str] = TABLES) -> Rows:
    import asyncpg

    connection = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    try:
        return {name: [*map(tuple, await connection.fetch(q))] for name, q in queries.items()}
    finally:
        await connection.close()


def read_logs(folder: Path) -> list[dict[str, Any]]:
    """Whole lines only: the people may be writing the next one."""
    lines = [line for log in folder.glob("*.acks") for line in log.read_text().splitlines(True)]
    return [json.loads(line) for line in lines if line.endswith("\n")]


def look(url: str, folder: Path, *, replay: bool) -> dict[str, Any]:
    acks = read_logs(folder)  # before the database: what is acked later cannot be missed
    path = Path(url.partition("///")[2])
    tables = read_sqlite(path) if url.startswith("sqlite") else asyncio.run(read_postgres(url))
    return compare(tables, acks, replay=replay)


if __name__ == "__main__":
    database, logs, *options = sys.argv[1:]
    print(json.dumps(look(database, Path(logs), replay="--replay" in options)))
