"""Worlds that once went wrong, by what was wrong. A seed is the same world only while the world draws as it does;
what each of them taught also stands as a test of its own beside the code that was mended."""

from __future__ import annotations

import pytest

from tests.simulator.test_simulator import MIXED, PYTHON
from tests.simulator.world import play

KNOWN = {
    "a tab that took over a queue was shown out while its snapshots were on their way": 51,
    "the same, in another order": 145,
    "someone removed had words in a tab that another tab had taken over": 8454,
    "the same, before they were asked": 9410,
    "typing that went into an unsent edit stayed in the queue and came twice": 10893,
    "an item taken back from an unanswered deletion showed old words, and typing undid newer ones": 10956,
    "a page that woke up lost the words typed before it saw that its queue was taken": 1749,
    "words waited for a note of the last silence while the next had begun": 7109,
    "words of another tab came too late for a lane whose note was on the board already": 7004,
    "the same with browsers": 101256,
    "an edit waited for an entry of the life before the backup was restored": 8551,
    "the checks did not see that two colours went with the notes that never were": 7640,
}
#: Worlds of lines (protocol 12). All of them: what a proxy repeated was answered to the page as well.
KNOWN_LINES = {
    "two held requests answered each other for ever": 301041,
    "the same, before all was asked": 301069,
    "the same, in another order": 301175,
}

#: Silences without names, and votes.
KNOWN_NAMELESS = {
    "what was typed into a note of a closed tab was lost with its silence": 436,
    "the same, later": 410_258,
    "and once more": 410_085,
    "an open vote kept its count when all had taken their dots back": 410_339,
}


@pytest.mark.parametrize("seed", KNOWN.values(), ids=KNOWN)
async def test_a_world_that_once_went_wrong(seed: int) -> None:
    await play(seed, PYTHON, private=False)
    await play(seed, MIXED, private=False)


@pytest.mark.parametrize("seed", KNOWN_LINES.values(), ids=KNOWN_LINES)
async def test_a_world_of_lines_that_once_went_wrong(seed: int) -> None:
    await play(seed, MIXED if seed % 5 == 0 else PYTHON, lines=1, private=False)


@pytest.mark.parametrize("seed", KNOWN_NAMELESS.values(), ids=KNOWN_NAMELESS)
async def test_a_world_of_silences_without_names_that_once_went_wrong(seed: int) -> None:
    await play(seed, PYTHON, private=True, nameless=True)
    await play(seed, MIXED, private=True, nameless=True)
