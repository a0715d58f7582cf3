"""Random worlds, each from its seed. A failure names the seed; `python -m tests.simulator SEED` plays it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from codesign.store.database import Database
from codesign.store.journal import open_journal
from tests.simulator.engines import JsEngine, PyEngine, Start
from tests.simulator.world import World, play
from tests.store.builders import At

#: Seeds in one test: few enough to be shared out well, and enough that a test is worth its start.
CHUNK = 25
PYTHON: list[Start] = [PyEngine]
MIXED: list[Start] = [PyEngine, JsEngine, JsEngine]


def chunks(first: int, count: int) -> list[range]:
    return [range(start, start + CHUNK) for start in range(first, first + count, CHUNK)]


@pytest.mark.parametrize("seeds", chunks(0, 450), ids=str)
async def test_a_world_of_python_clients_comes_to_rest_with_nothing_lost(seeds: range) -> None:
    for seed in seeds:
        await play(seed, PYTHON)


@pytest.mark.parametrize("seeds", chunks(100_000, 50), ids=str)
async def test_a_world_with_browsers_in_it_does_so_too(seeds: range) -> None:
    for seed in seeds:
        await play(seed, MIXED)


@pytest.mark.parametrize("seeds", chunks(300_000, 50), ids=str)
async def test_a_world_where_no_socket_opens_does_so_too(seeds: range) -> None:
    """Protocol 12: POST and a held GET, through a proxy that loses and repeats requests."""
    for seed in seeds:
        await play(seed, MIXED if seed % 5 == 0 else PYTHON, lines=1)


@pytest.mark.parametrize("seeds", chunks(310_000, 25), ids=str)
async def test_a_world_where_people_change_between_socket_and_line_does_so_too(
    seeds: range,
) -> None:
    """P12.8."""
    for seed in seeds:
        await play(seed, PYTHON, lines=0.5)


@pytest.mark.parametrize("seed", range(200_000, 200_006))
async def test_a_world_on_sqlite_does_so_too(seed: int, sqlite_url: str, tmp_path: Path) -> None:
    """Its writer has a thread of its own, so here a seed does not decide everything."""
    database = await Database.open(At(sqlite_url))
    try:
        await World(seed, PYTHON, open_journal(database)).play(200)
    finally:
        await database.close()


@pytest.mark.long
@pytest.mark.parametrize("seeds", chunks(1_000, 9_000), ids=str)
async def test_many_worlds_of_python_clients(seeds: range) -> None:
    for seed in seeds:
        await play(seed, PYTHON)


@pytest.mark.long
@pytest.mark.parametrize("seeds", chunks(400_000, 1_000), ids=str)
async def test_many_worlds_in_which_people_vote(seeds: range) -> None:
    for seed in seeds:
        await play(seed, MIXED if seed % 5 == 0 else PYTHON, private=True)


@pytest.mark.long
@pytest.mark.parametrize("seeds", chunks(410_400, 75), ids=str)
async def test_worlds_with_silences_without_names(seeds: range) -> None:
    for seed in seeds:
        await play(seed, PYTHON, private=True, nameless=True)


@pytest.mark.long
@pytest.mark.parametrize("seeds", chunks(101_000, 1_000), ids=str)
async def test_many_worlds_with_browsers_in_them(seeds: range) -> None:
    for seed in seeds:
        await play(seed, MIXED)


@pytest.mark.long
@pytest.mark.parametrize("seeds", chunks(301_000, 1_000), ids=str)
async def test_many_worlds_with_lines(seeds: range) -> None:
    for seed in seeds:
        await play(seed, MIXED if seed % 5 == 0 else PYTHON, lines=1 if seed % 2 else 0.5)


async def test_the_same_seed_is_the_same_world() -> None:
    first, second = (World(7, MIXED) for _ in range(2))
    await first.play(200)
    await second.play(200)
    assert first.log == second.log
