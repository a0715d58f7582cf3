"""P1 and P2 of the promises: what was acked survives `kill -9` at any instant, and takes effect once."""

from __future__ import annotations

import signal
from pathlib import Path
from random import Random

import pytest

from tests.kill.arena import Arena, arena

pytestmark = pytest.mark.timeout(600)  # it is busy all the time, and so may the machine be
POINTS = ("between commit and telling", "between commit and effect")
#: Bytes of acks that people get before the next blow: a few dozen acks.
SERVED = 4_000


async def test_sqlite_loses_nothing_in_40_kills(tmp_path: Path, sqlite_url: str) -> None:
    await kill_loop(tmp_path, sqlite_url, rounds=40)


async def test_postgresql_loses_nothing_in_5_kills(tmp_path: Path, pg_url: str) -> None:
    await kill_loop(tmp_path, pg_url, rounds=5)


@pytest.mark.long
@pytest.mark.timeout(2400)
async def test_sqlite_loses_nothing_in_500_kills(tmp_path: Path, sqlite_url: str) -> None:
    await kill_loop(tmp_path, sqlite_url, rounds=500)


@pytest.mark.long
@pytest.mark.timeout(2400)
async def test_postgresql_loses_nothing_in_100_kills(tmp_path: Path, pg_url: str) -> None:
    await kill_loop(tmp_path, pg_url, rounds=100)


async def kill_loop(folder: Path, url: str, *, rounds: int) -> None:
    """Every fifth round the server dies by itself, at a point a blow from outside hardly ever hits."""
    random = Random(rounds)
    async with arena(folder, url) as stage:
        for number in range(rounds):
            stage.until_acks(random.randrange(SERVED))
            stage.kill()
            said = stage.compare()
            assert said["wrong"] == [], f"round {number}: {said}"
            if number % 5 == 4:
                die_by_itself(stage, POINTS[number // 5 % 2], random)
            stage.start()
        seen = stage.see_people_out()
        stage.kill()
        said = stage.compare(replay=True)
    assert said["wrong"] == []
    assert said["acked"] > 20 * rounds
    board = {"hash": said["hashes"][seen[0]["board"]], "seq": seen[0]["seq"]}
    assert [{"hash": one["hash"], "seq": one["seq"]} for one in seen] == [board] * len(seen)


def die_by_itself(stage: Arena, point: str, random: Random) -> None:
    stage.start((point, random.randint(1, 30) if point == POINTS[0] else 1))
    assert stage.wait() == signal.SIGKILL
    assert stage.compare()["wrong"] == []


def test_the_comparison_itself_finds_what_is_missing(tmp_path: Path) -> None:
    """A judge who never says no proves nothing."""
    from tests.kill.compare import compare

    entries = [("board:x", 1, "me", 1, "[]"), ("board:x", 2, "me", 1, "[]")]
    tables = {"entries": entries, "streams": [("board:x", 3)], "snapshots": [], "due": []}
    ack = {"type": "ack", "client": "me", "n": 2, "stream": "board:x", "seq": 3}
    assert compare(tables, [ack], replay=False)["wrong"] == [
        "('me', 1) is there 2 times",
        f"acked and not there: {ack}",
        "board:x: entries do not count from 1 to 3",
    ]
