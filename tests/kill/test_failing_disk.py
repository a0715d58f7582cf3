"""Commits that fail under a real server: nothing is acked, and the rooms go on when the disk is well again."""

from __future__ import annotations

import resource
import sqlite3
import urllib.request
from pathlib import Path

import pytest

from tests.kill.arena import Arena, arena, until

pytestmark = pytest.mark.timeout(300)
PLENTY = 8_000


async def test_a_full_disk_acks_nothing_and_the_server_goes_on_when_there_is_room_again(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with arena(tmp_path, sqlite_url) as stage:
        stage.until_acks(PLENTY)
        resource.prlimit(stage.server, resource.RLIMIT_FSIZE, (4_096, resource.RLIM_INFINITY))
        until(lambda: failed_commits(stage) >= 3, "commits do not fail")
        await nothing_new_is_acked(stage, until_failed=6)
        resource.prlimit(
            stage.server, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        )
        stage.until_acks(PLENTY)
        await everything_is_there(stage)


async def test_a_locked_file_acks_nothing_and_the_server_goes_on_when_it_is_let_go(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with arena(tmp_path, sqlite_url) as stage:
        stage.until_acks(PLENTY)
        other = sqlite3.connect(tmp_path / "codesign.db", timeout=30, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        until(lambda: failed_commits(stage) >= 1, "commits do not fail")
        await nothing_new_is_acked(stage, until_failed=2)
        other.execute("ROLLBACK")
        other.close()
        stage.until_acks(PLENTY)
        await everything_is_there(stage)


async def nothing_new_is_acked(stage: Arena, *, until_failed: int) -> None:
    """What is on disk stays as it is, and every ack is of that: those of before the failure may still come in late, and
    to a page that comes back they are said once more."""
    before = stage.compare()
    until(lambda: failed_commits(stage) >= until_failed, "commits do not fail any more")
    after = stage.compare()
    assert (before["wrong"], after["wrong"]) == ([], [])
    assert after["entries"] == before["entries"]


async def everything_is_there(stage: Arena) -> None:
    seen = stage.see_people_out()
    stage.kill()
    said = stage.compare(replay=True)
    assert said["wrong"] == []
    assert {one["hash"] for one in seen} == {said["hashes"][seen[0]["board"]]}


def failed_commits(stage: Arena) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{stage.port}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    (line,) = [line for line in lines if line.startswith("codesign_failed_commits")][-1:]
    return float(line.split()[-1])
