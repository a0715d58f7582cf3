"""What the bench of a whole workshop measures with: people at tables, and whoever looks at all of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bench.prepare import Crowd, prepare, role_of
from bench.workshop import Looks, Size, worked
from codesign.app import open_house
from codesign.live.clock import SystemClock
from codesign.settings import Settings


async def test_people_sit_at_open_tables_with_a_note_each_and_those_who_lead_do_not(
    tmp_path: Path,
) -> None:
    size = Size(people=6, tables=2, leads=1)
    places = prepare(tmp_path, size.crowd)
    assert sorted(Counter(place.board for place in places).values()) == [1, 3, 3]
    async with open_house(Settings(data=tmp_path), SystemClock()) as house:
        room = await house.rooms.state(f"workshop:{places[0].workshop}")
        assert room is not None
        assert room[1].fields["timer_ends"] > house.now()
        assert room[1].items[room[1].fields["tables"]]["state"] == "open"
        for place in places:
            board = await house.rooms.state(f"board:{place.board}")
            assert board is not None
            assert place.note in board[1].items


def test_one_leads_where_nobody_else_does() -> None:
    assert role_of(0, Crowd(3)) == "owner"
    assert [role_of(at, Crowd(3, leads=1)) for at in range(3)] == [
        *("participant", "participant", "co-facilitator")
    ]


def test_what_is_too_slow_is_said() -> None:
    calm = {"stall_ms": 1, "own_cpu": 0.1, "others_cpu": 0, "stolen": 0, "rss_mb": 90}
    run = {**calm, "edit_ms": [20, 400, 700], "edits_share": 1.0, "cpu": 0.2}
    missed = [figure.what for figure in worked(run, Looks(3), Size()) if figure.is_met is False]
    assert missed == ["delivery p95"]
