"""Groups that may be, asked for by somebody on the board: from a worker, for those who follow it, kept by nobody."""

from __future__ import annotations

from typing import Any

from codesign.core.decision import Refused
from codesign.web.seats import make_id
from tests.web.browsing import Walk


async def write(walk: Walk, board: str, region: str, text: str, **more: Any) -> str:
    id = make_id()
    note = {"type": "create_note", "id": id, "text": text, "region": region, "order": "a0", **more}
    answer = await walk.house.rooms.ask(f"board:{board}", note, product=True)
    assert not isinstance(answer, Refused), answer
    return id


async def test_notes_that_lie_alone_are_proposed_as_groups_and_what_is_grouped_is_not(
    walk: Walk,
) -> None:
    opened = await walk.workshop(await walk.facilitator())
    guest = await walk.guest(opened)
    region, board = opened.regions[0], opened.board
    bins = [
        await write(walk, board, region, text, lang="en")
        for text in ("Bins overflow", "The bins overflow again")
    ]
    cluster = {"type": "create_cluster", "id": make_id(), "region": region, "order": "a5"}
    await walk.house.rooms.ask(f"board:{board}", cluster, product=True)
    await write(walk, board, region, "Bins overflow too", lang="en", cluster=cluster["id"])
    merged = await write(walk, board, region, "Overflowing bins", lang="en")
    op = {"type": "merge_note", "id": merged, "into": bins[0]}
    await walk.house.rooms.ask(f"board:{board}", op, product=True)
    await write(walk, board, region, "გაჩერებაზე განრიგი არ არის", lang="ka")
    answer = await guest.get(f"/b/{board}/groups.json")
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    (only,) = told["groups"]
    assert sorted(only["ids"]) == sorted(bins)
    assert (told["notes"], told["left"]) == (3, 0)
    assert only["words"] == ["overflow", "bins"]
    state = await walk.house.rooms.state(f"board:{board}")
    assert state is not None
    assert len([*state[1].of_kind("cluster")]) == 1
