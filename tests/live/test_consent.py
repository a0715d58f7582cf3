"""Consent rounds on the wire: what is shown at the close reaches nobody before, and a restart loses nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ANNA, BOARD, BORIS, OLGA, WORKSHOP, an_id
from tests.live.hall import WORKSHOP_STREAM, Hall

CONSENT = an_id("consent")
CANARY = "Because the drivers sleep until six"


def inbox(person: str) -> str:
    return f"inbox:{WORKSHOP}:{person}"


async def opened(hall: Hall, shown: str) -> None:
    op = {"type": "open_consent", "id": CONSENT, "proposal": "A bus at six", "board": BOARD}
    await hall.ask(WORKSHOP_STREAM, {**op, "shown": shown}, person=OLGA)


async def say(hall: Hall, person: str, answer: str, words: str = "") -> None:
    op = {"type": "answer_consent", "consent": CONSENT, "answer": answer, "words": words}
    await hall.ask(inbox(person), op, person=person)
    await settled(hall)


async def settled(hall: Hall) -> None:
    """What follows from what is asked follows in turns: inbox, desk, workshop."""
    for _ in range(4):
        await hall.later(0)


async def consent(hall: Hall) -> dict[str, Any]:
    found = await hall.rooms.state(WORKSHOP_STREAM)
    assert found is not None
    return found[1].items[CONSENT]


async def test_what_is_shown_at_the_close_is_in_no_frame_of_anybody_else_before() -> None:
    hall = await Hall.opened()
    await opened(hall, "at_close")
    boris, olga = await hall.joined(BORIS), await hall.joined(OLGA)
    for page in (boris, olga):
        page.say("follow", stream=WORKSHOP_STREAM, seq=await hall.head(WORKSHOP_STREAM))
    olga.say("follow", stream=f"desk:{WORKSHOP}", seq=0)
    boris.say("follow", stream=f"desk:{WORKSHOP}", seq=0)
    boris.say("follow", stream=inbox(ANNA), seq=0)
    await settled(hall)
    boris.heard(), olga.heard()
    before = await hall.head(WORKSHOP_STREAM)
    await say(hall, ANNA, "object", CANARY)
    assert (await hall.head(WORKSHOP_STREAM), boris.heard()) == (before, [])
    assert CANARY in str(olga.heard())
    await hall.ask(WORKSHOP_STREAM, {"type": "close_consent", "id": CONSENT}, person=OLGA)
    await settled(hall)
    assert CANARY in str(boris.heard())
    assert (await consent(hall))["count/object"] == 1


async def test_answers_and_rounds_are_there_after_a_restart() -> None:
    hall = await Hall.opened()
    await opened(hall, "at_close")
    await say(hall, ANNA, "object", CANARY)
    hall = await hall.restarted()
    await hall.ask(WORKSHOP_STREAM, {"type": "close_consent", "id": CONSENT}, person=OLGA)
    await settled(hall)
    found = await consent(hall)
    assert (found[f"answer/{ANNA}"], found[f"reason/{ANNA}"]) == ("object", CANARY)


@pytest.mark.parametrize("shown", ["at_once", "at_close"])
async def test_an_answer_entered_for_somebody_comes_to_the_same(shown: str) -> None:
    hall = await Hall.opened()
    await opened(hall, shown)
    olga = await hall.joined(OLGA)
    olga.ask(
        {"type": "answer_for", "consent": CONSENT, "person": BORIS, "answer": "aside"},
        stream=WORKSHOP_STREAM,
    )
    await settled(hall)
    await hall.ask(WORKSHOP_STREAM, {"type": "close_consent", "id": CONSENT}, person=OLGA)
    await settled(hall)
    found = await consent(hall)
    assert (found[f"answer/{BORIS}"], found[f"entered/{BORIS}"]) == ("aside", OLGA)
