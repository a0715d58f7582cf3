"""What a link or a code opens is found without reading all workshops for each guess (P12)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from codesign.store import workshops
from codesign.web.links import LOOK_AT_ALL_MS, LOOK_MS, Doors, Links
from tests.web.browsing import SECRET, Walk


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each look has read."""
    counts: list[int] = []
    for name in ("every_workshop", "workshops_since"):
        real = getattr(workshops, name)

        async def counting(*args: Any, real: Any = real) -> Any:
            found = await real(*args)
            counts.append(len(found))
            return found

        monkeypatch.setattr(workshops, name, counting)
    return counts


async def test_a_guess_reads_no_more_than_what_is_new(walk: Walk, read: list[int]) -> None:
    for _ in range(3):
        await walk.workshop(None)
        walk.clock.ms += 2 * LOOK_AT_ALL_MS
    doors = other_process(walk)
    for _ in range(20):
        assert await doors.by_code("MORAKI TUBELO") is None
        walk.clock.ms += LOOK_MS
    assert read == [3] + [1] * 19
    read.clear()
    for _ in range(20):
        assert await doors.by_link("x" * 22) is None
    assert read == [1]


async def test_a_workshop_made_by_another_process_is_found_at_once(walk: Walk) -> None:
    doors = other_process(walk)
    assert await doors.by_link("x" * 22) is None
    walk.clock.ms += LOOK_MS
    opened = await walk.workshop(None)
    found = await doors.by_code(await walk.code(opened))
    assert found is not None
    assert found.workshop == opened.workshop


async def test_a_code_that_another_process_made_anew_is_found_within_a_minute(walk: Walk) -> None:
    opened = await walk.workshop(None)
    walk.clock.ms += 10 * LOOK_AT_ALL_MS
    await walk.workshop(None)
    doors, old = other_process(walk), await walk.code(opened)
    assert await doors.by_code(old) is not None
    await workshops.rotate(walk.house.database, opened.workshop)
    walk.clock.ms += LOOK_MS
    assert await doors.by_code(old) is None
    walk.clock.ms += LOOK_AT_ALL_MS
    assert await doors.by_code(await walk.code(opened)) is not None


async def test_forty_who_come_at_once_after_a_start_all_get_in_and_it_is_read_once(
    walk: Walk, read: list[int]
) -> None:
    opened = await walk.workshop(None)
    doors, code = other_process(walk), await walk.code(opened)
    link = (await walk.join_path(opened)).removeprefix("/join/")
    found = await asyncio.gather(
        *(doors.by_link(link) for _ in range(40)), *(doors.by_code(code) for _ in range(40))
    )
    assert [door and door.workshop for door in found] == [opened.workshop] * 80
    assert read == [1]


def other_process(walk: Walk) -> Doors:
    return Doors(walk.house.database, Links(SECRET.encode()), walk.clock.now)
