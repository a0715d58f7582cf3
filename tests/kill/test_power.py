"""P1: what was acked survives the loss of power at any instant, and half-hearted commits would not."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.kill.arena import Arena, arena
from tests.kill.compare import compare, read_sqlite
from tests.kill.power import Disk, Step, Sync, Tracer, Truncate, Write, steps
from tests.services import NotAvailable

DATABASE = "codesign.db"
NAMES = {DATABASE, f"{DATABASE}-wal"}
#: Bytes of acks under the tracer: enough for several checkpoints, each of which writes the database itself.
TRACED = 250_000
CUTS = 150


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_no_acked_op_is_lost_when_the_power_goes(tmp_path: Path, sqlite_url: str) -> None:
    story, begin = await a_traced_server(tmp_path, sqlite_url)
    syncs = [step for step in story if isinstance(step, Sync)]
    assert {sync.name for sync in syncs} == NAMES  # commits and checkpoints alike
    assert sum(isinstance(step, dict) for step in story) > 1_000  # acks
    for seed, found in enumerate(power_cuts(story, begin, CUTS)):
        assert found == [], f"cut {seed}"


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_commits_that_are_not_synced_are_found_out(tmp_path: Path, sqlite_url: str) -> None:
    """A proof that cannot fail is none: with `synchronous=NORMAL` acked ops are lost, and this sees it."""
    story, begin = await a_traced_server(tmp_path, sqlite_url, SYNCHRONOUS="NORMAL")
    found = [wrong for cut in power_cuts(story, begin, CUTS) for wrong in cut]
    assert any("acked and not there" in wrong for wrong in found)


async def a_traced_server(
    folder: Path, url: str, **environment: str
) -> tuple[list[Step], dict[str, bytearray]]:
    """All it did to its files while people wrote, and what they held when it began."""
    async with arena(folder, url, environment=environment) as stage:
        begin = {name: bytearray((folder / name).read_bytes()) for name in NAMES}
        tracer = trace(stage, folder)
        stage.until_acks(TRACED, seconds=120)
        stage.kill()
        tracer.end()
    return [*steps(folder / "trace", NAMES)], begin


def trace(stage: Arena, folder: Path) -> Tracer:
    try:
        return Tracer(stage.server, folder)
    except NotAvailable as missing:
        if os.environ.get("CODESIGN_REQUIRE_SERVICES") == "1":
            raise
        pytest.skip(str(missing))


def power_cuts(story: list[Step], begin: dict[str, bytearray], count: int) -> list[list[str]]:
    """What is wrong after each of so many cuts, spread over the story."""
    random = Random(count)
    at = set(random.sample(range(len(story)), count))
    disk, acks, found = Disk(begin), list[dict[str, Any]](), []
    for number, step in enumerate(story):
        if isinstance(step, dict):
            acks.append(step)
        else:
            disk.take(step)
        if number in at:
            found.append(wrong_after(disk.after_a_power_cut(random), acks))
    return found


def wrong_after(files: dict[str, bytes], acks: list[dict[str, Any]]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        try:
            tables = read_sqlite(Path(folder) / DATABASE)
        except sqlite3.DatabaseError as error:
            return [f"it cannot be read: {error}"]
    wrong: list[str] = compare(tables, acks, replay=False)["wrong"]
    return wrong


def test_a_disk_keeps_what_was_synced_and_may_lose_the_rest() -> None:
    disk = Disk({"a": bytearray(b"....")})
    for step in [Write("a", 0, b"AB"), Sync("a"), Write("a", 2, b"CD"), Truncate("a", 1)]:
        disk.take(step)
    cuts = {disk.after_a_power_cut(Random(seed))["a"] for seed in range(50)}
    assert {b"AB..", b"ABCD", b"A"} <= cuts
    assert all(cut.startswith(b"A") for cut in cuts)
