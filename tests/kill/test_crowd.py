"""P5 and P10 with a crowd: many people on one board, the server killed among them, and all come to one board."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kill.arena import arena

CROWD = 150
#: Bytes of acks: about ten for each person.
SERVED = 200_000


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_a_crowd_on_one_board_comes_back_after_a_kill_and_sees_one_board(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with arena(tmp_path, sqlite_url, people=CROWD) as stage:
        stage.until_acks(SERVED, seconds=120)
        stage.kill()
        stage.start()
        stage.until_acks(SERVED, seconds=120)
        seen = stage.see_people_out(seconds=240)
        stage.kill()
        said = stage.compare(replay=True)
    assert said["wrong"] == []
    assert len(seen) == CROWD
    assert {one["hash"] for one in seen} == {said["hashes"][seen[0]["board"]]}
