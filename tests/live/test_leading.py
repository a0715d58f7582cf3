"""Who leads, who follows whom, what they see, and reactions to the room: presence, and no more (protocol 8)."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core import limits
from tests.builders import ANNA, BOARD, BORIS, OLGA, VERA, an_id
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM, Hall, Page

VIEW: dict[str, Any] = {"x": -100, "y": 200, "w": 90_000, "h": 50_000, "region": an_id("region")}


def show(page: Page, stream: str = BOARD_STREAM, **shown: Any) -> None:
    page.say("presence", stream=stream, **shown)


def told(page: Page, stream: str = BOARD_STREAM) -> dict[str, Any]:
    """What this page has heard of each person since the last time."""
    people: dict[str, Any] = {}
    for message in page.heard_presence():
        if message["stream"] == stream:
            people |= message["people"]
    return people


async def test_the_view_of_somebody_is_told_to_their_board_and_stored_nowhere() -> None:
    """P8.4."""
    hall = await Hall.opened()
    olga, anna = await hall.joined(OLGA), await hall.joined(ANNA)
    await hall.later(1)
    anna.heard()
    heads = [await hall.head(stream) for stream in (BOARD_STREAM, WORKSHOP_STREAM)]
    show(olga, view=VIEW)
    show(olga, WORKSHOP_STREAM, leads=5, at=BOARD)
    await hall.later(0.1)
    people = {m["stream"]: m["people"] for m in anna.heard_presence()}
    leads = {"leads": 5, "at": BOARD}
    assert people == {BOARD_STREAM: {OLGA: {"view": VIEW}}, WORKSHOP_STREAM: {OLGA: leads}}
    assert [await hall.head(stream) for stream in (BOARD_STREAM, WORKSHOP_STREAM)] == heads


@pytest.mark.parametrize("person", [ANNA, BORIS, VERA])
async def test_nobody_leads_who_does_not_lead(person: str) -> None:
    hall = await Hall.opened()
    olga, other = await hall.joined(OLGA), await hall.joined(person)
    await hall.later(1)
    olga.heard()
    show(other, WORKSHOP_STREAM, leads=5, follows=OLGA)
    await hall.later(0.1)
    assert told(olga, WORKSHOP_STREAM) == {person: {"follows": OLGA}}


async def test_a_workshop_is_told_of_no_cursor_and_a_board_of_no_following() -> None:
    hall = await Hall.opened()
    olga, anna = await hall.joined(OLGA), await hall.joined(ANNA)
    await hall.later(1)
    olga.heard()
    show(anna, WORKSHOP_STREAM, view=VIEW, cursor=[1, 2], selection=[an_id("one")])
    show(anna, WORKSHOP_STREAM, cursor=[1, 2])
    show(anna, follows=OLGA, at=BOARD)
    await hall.later(0.1)
    heard = olga.heard_presence()
    assert [shown for m in heard for shown in m["people"].values() if shown] == []


async def test_whoever_writes_in_silence_is_not_seen_to_follow_and_who_leads_still_is() -> None:
    """P15.4."""
    hall = await Hall.opened()
    olga, anna = await hall.joined(OLGA), await hall.joined(ANNA)
    show(anna, WORKSHOP_STREAM, follows=OLGA)
    show(anna, view=VIEW)
    await hall.later(1)
    await hall.ask(WORKSHOP_STREAM, {"type": "set_stage", "stage": "silent"}, person=OLGA)
    olga.heard()
    anna.heard()
    show(anna, view={**VIEW, "x": 5})
    show(anna, cheer={"reaction": "heart", "n": 1})
    show(olga, view=VIEW)
    await hall.later(1)
    shown = told(olga)
    assert shown.get(ANNA, {}) == {}
    assert told(anna)[OLGA] == {"view": VIEW}


async def test_reactions_to_the_room_are_told_to_all_and_not_more_often_than_a_hand_means_them() -> (
    None
):
    hall = await Hall.opened()
    boris, anna = await hall.joined(BORIS), await hall.joined(ANNA)
    await hall.later(1)
    boris.heard()
    for n in range(1, 20):
        show(anna, cheer={"reaction": "heart", "n": n})
    await hall.later(0.1)
    heart = {"cheer": {"reaction": "heart", "n": limits.CHEERS_BURST}}
    assert told(boris) == {ANNA: heart}
    await hall.later(1 / limits.CHEERS_PER_SECOND)
    boris.heard()
    show(anna, cheer={"reaction": "idea", "n": 20})
    await hall.later(0.1)
    assert told(boris) == {ANNA: {"cheer": {"reaction": "idea", "n": 20}}}


async def test_an_observer_reacts_to_nothing_and_nobody_does_where_it_is_switched_off() -> None:
    hall = await Hall.opened()
    boris, vera = await hall.joined(BORIS), await hall.joined(VERA)
    await hall.later(1)
    boris.heard()
    show(vera, cheer={"reaction": "heart", "n": 1})
    await hall.later(0.1)
    assert told(boris).get(VERA, {}) == {}
    await hall.ask(WORKSHOP_STREAM, {"type": "allow_cheers", "on": False}, person=OLGA)
    vera.heard()
    show(boris, cheer={"reaction": "heart", "n": 1})
    await hall.later(0.1)
    assert told(vera).get(BORIS, {}) == {}
    await hall.ask(WORKSHOP_STREAM, {"type": "allow_cheers", "on": True}, person=OLGA)
    show(boris, cheer={"reaction": "heart", "n": 2})
    await hall.later(0.1)
    assert told(vera) == {BORIS: {"cheer": {"reaction": "heart", "n": 2}}}
