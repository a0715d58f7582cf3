"""Presence is told and forgotten (protocol 8)."""

from __future__ import annotations

import json
import operator
import random
from functools import partial
from typing import Any

import pytest

from codesign.core import limits
from codesign.live.messages import ShowPresence, plain_cursor
from codesign.live.presence import Presence
from tests.builders import ANNA, BORIS, OLGA, an_id
from tests.live.hall import BOARD_STREAM, Hall, Page, a_note


async def test_what_a_person_shows_comes_in_one_merged_frame_after_fifty_milliseconds() -> None:
    """P8.2."""
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    await hall.later(1)
    anna.heard()
    boris.heard()
    show(anna, cursor=[100, 200])
    show(anna, cursor=[300, 400], selection=[an_id("one")])
    show(boris, writing={"id": an_id("two"), "field": "text"})
    await hall.later(0.04)
    assert anna.heard_presence() == []
    await hall.later(0.02)
    (frame,) = anna.heard_presence()
    assert frame == {
        "type": "presence",
        "stream": BOARD_STREAM,
        "here": 2,
        "people": {
            ANNA: {"cursor": [300, 400], "selection": [an_id("one")]},
            BORIS: {"writing": {"id": an_id("two"), "field": "text"}},
        },
    }
    assert boris.heard_presence() == [frame]


async def test_presence_that_is_due_while_ops_wait_goes_out_with_their_tick() -> None:
    """Two frames in one turn of the loop are one packet for each reader."""
    hall = await Hall.opened()
    anna = await hall.joined(ANNA)
    await hall.later(1)
    anna.wire.sent.clear()
    show(anna, cursor=[100, 200])
    anna.ask(a_note("one"))
    hall.clock.seconds += 0.06
    hall.rooms.schedule.run_due()
    assert anna.wire.sent == []
    await hall.rooms.ticker.flush_once()
    told = [json.loads(frame.payload)["type"] for frame in anna.wire.sent]
    assert told == ["ack", "changes", "presence"]
    anna.wire.sent.clear()
    await hall.later(1)
    assert anna.heard_presence() == []


async def test_presence_does_not_wait_for_a_tick_that_does_not_come() -> None:
    hall = await Hall.opened()
    anna = await hall.joined(ANNA)
    await hall.later(1)
    anna.wire.sent.clear()
    show(anna, cursor=[100, 200])
    anna.ask(a_note("one"))
    for _ in range(2):
        hall.clock.seconds += 0.06
        hall.rooms.schedule.run_due()
    assert [json.loads(frame.payload)["type"] for frame in anna.wire.sent] == ["presence"]
    await hall.quiet()


async def test_absent_is_unchanged_and_null_is_taken_away() -> None:
    """P8.1."""
    hall = await Hall.opened()
    anna = await hall.joined(ANNA)
    show(anna, cursor=[1, 2], selection=[an_id("one")])
    await hall.later(0.1)
    show(anna, cursor=None)
    await hall.later(0.1)
    assert anna.heard_presence()[-1]["people"] == {ANNA: {"selection": [an_id("one")]}}
    show(anna, selection=[])
    await hall.later(0.1)
    assert anna.heard_presence()[-1]["people"] == {ANNA: {}}


async def test_who_follows_hears_of_everyone_present_in_one_frame() -> None:
    hall = await Hall.opened()
    anna = await hall.joined(ANNA)
    show(anna, cursor=[1, 2])
    await hall.later(0.1)
    boris = hall.page(BORIS)
    await boris.hello(1)
    (frame,) = [m for m in boris.heard_presence() if m["stream"] == BOARD_STREAM]
    assert (frame["here"], frame["people"]) == (2, {ANNA: {"cursor": [1, 2]}, BORIS: {}})


async def test_a_person_leaves_with_their_last_page() -> None:
    hall = await Hall.opened()
    boris = await hall.joined(BORIS)
    first, second = await hall.joined(ANNA), await hall.joined(ANNA)
    await hall.later(0.1)
    boris.heard()
    first.conversation.lost()
    await hall.later(0.1)
    assert boris.heard_presence() == []
    second.conversation.lost()
    await hall.later(0.1)
    left = [m for m in boris.heard_presence() if m["stream"] == BOARD_STREAM]
    assert [(m["here"], m["people"]) for m in left] == [(1, {ANNA: None})]


async def test_what_one_page_of_a_person_shows_is_not_taken_away_by_another() -> None:
    hall = await Hall.opened()
    boris = await hall.joined(BORIS)
    first, second = await hall.joined(ANNA), await hall.joined(ANNA)
    mark = {"id": an_id("one"), "field": "text"}
    show(first, cursor=[1, 2], writing=mark)
    await hall.later(0.1)
    boris.heard()
    show(second, cursor=[3, 4], writing=None)
    await hall.later(0.1)
    shown = {"cursor": [3, 4], "writing": mark}
    assert [m["people"] for m in boris.heard_presence()] == [{ANNA: shown}]
    first.conversation.lost()  # in the middle of a word: nobody says that the writing has ended
    await hall.later(0.1)
    assert [m["people"] for m in boris.heard_presence()] == [{ANNA: {"cursor": [3, 4]}}]


async def test_presence_is_not_journalled_and_leaves_no_trace_in_the_state() -> None:
    hall = await Hall.opened()
    anna = await hall.joined(ANNA)
    show(anna, cursor=[1, 2])
    await hall.later(0.1)
    assert await hall.head() == 1


async def test_more_than_twenty_a_second_is_not_told() -> None:
    """P8.1 asks pages for ten; twice that is forgiven."""
    hall = await Hall.opened()
    anna = await hall.joined(ANNA)
    for x in range(100):
        show(anna, cursor=[x, 0])
    await hall.later(0.1)
    assert anna.heard_presence()[-1]["people"] == {ANNA: {"cursor": [19, 0]}}
    assert anna.code is None


async def test_presence_is_dropped_before_anything_else_when_a_reader_is_behind() -> None:
    """P8.3, P6.14."""
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    await hall.later(0.1)
    boris.heard()
    boris.wire.room = 100
    show(anna, cursor=[1, 2])
    await hall.later(0.1)
    assert (boris.heard_presence(), boris.code) == ([], None)
    dropped = hall.rooms.gauges.registry.get_sample_value("codesign_presence_dropped_total")
    assert dropped == 1


async def test_presence_is_not_even_read_while_more_ops_wait_than_a_tick_takes() -> None:
    """P8.3."""
    hall = await Hall.opened()
    anna = await hall.joined(ANNA)
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    crowd = [await hall.joined(BORIS) for _ in range(10)]
    await hall.later(1)
    anna.heard()
    for number, page in enumerate(crowd):
        for each in range(50):
            page.ask(a_note(f"note {number} {each}"))
    await hall.rooms.ticker.flush_once()
    show(anna, cursor=[1, 2])
    await hall.rooms.ticker.flush_once()
    show(anna, cursor=[3, 4])
    await hall.later(0.1)
    assert [m["people"] for m in anna.heard_presence()] == [{ANNA: {"cursor": [3, 4]}}]


async def test_who_does_not_follow_shows_nothing() -> None:
    hall = await Hall.opened()
    olga, anna = await hall.joined(OLGA), await hall.joined(ANNA)
    anna.say("unfollow", stream=BOARD_STREAM)
    await hall.later(0.1)
    olga.heard()
    show(anna, cursor=[1, 2])
    await hall.later(0.1)
    assert olga.heard_presence() == []


def test_frames_grow_rarer_as_the_crowd_grows() -> None:
    """P8.2: every 50 ms, 100 ms above 50 people, 200 ms above 100."""
    presence = Presence(BOARD_STREAM, lambda: None)
    intervals = []
    for number in range(101):
        presence.come(f"person {number}")
        if presence.here in (1, 50, 51, 100, 101):
            intervals.append(presence.interval)
    assert intervals == [0.05, 0.05, 0.1, 0.1, 0.2]


def test_a_frame_holds_the_newest_forty_movers_and_the_others_come_later() -> None:
    presence = Presence(BOARD_STREAM, lambda: None)
    for number in range(100):
        presence.come(f"person {number}")
    presence.take_frame()
    for number in range(100):
        presence.show(f"person {number}", moved_to(number))
    told = []
    while (frame := presence.take_frame()) is not None:
        told.append(frame.payload.count(b"cursor"))
    assert told == [limits.PRESENCE_MOVERS, limits.PRESENCE_MOVERS, 20]


def show(page: Page, **shown: Any) -> None:
    page.say("presence", stream=BOARD_STREAM, **shown)


def moved_to(x: int) -> ShowPresence:
    return ShowPresence(type="presence", stream=BOARD_STREAM, cursor=[x, 0])


async def test_a_cursor_alone_is_not_read_until_it_is_told_and_then_shown_like_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    await hall.later(1)
    boris.heard()
    show(anna, selection=[an_id("one")])
    monkeypatch.setattr("codesign.live.conversation.read_message", lambda data: 1 / 0)
    for at in range(10):
        point(anna, at, -at)
    await hall.later(0.06)
    (frame,) = boris.heard_presence()
    assert frame["people"] == {ANNA: {"cursor": [9, -9], "selection": [an_id("one")]}}


async def test_cursors_told_unread_add_up_to_what_they_do_when_they_are_read() -> None:
    """Over several pages of a person, with other things shown, people who come and go, and silence."""
    chance = random.Random(7)
    acts = chance.choices(("point", "show", "tell", "come", "leave", "all", "hide"), k=2_000)
    news: list[None] = []
    unread, read = (Presence(BOARD_STREAM, lambda: news.append(None)) for _ in range(2))
    for act in acts:
        who, page = chance.choice([ANNA, BORIS, OLGA]), chance.randrange(2)
        x, y = chance.randrange(-9_999, 9_999), chance.randrange(99_999_999)
        both = (unread, read)
        match act:
            case "point":
                unread.point(who, b"%d,%d" % (x, y), page)
                read.show(who, presence_of(cursor=[x, y]), page)
            case "show":
                shown = presence_of(cursor=chance.choice([None, [y, x]]), selection=[an_id(str(x))])
                for one in both:
                    one.show(who, shown, page)
            case "come":
                for one in both:
                    one.come(who)
            case "leave" if who in read._pages:
                for one in both:
                    one.leave(who, page)
            case "hide":
                for one in both:
                    one.hide(partial(operator.eq, who))
            case "all":
                assert unread.everyone().payload == read.everyone().payload
            case "tell":
                told, expected = (one.take_frame() for one in both)
                assert (told and json.loads(told.payload)) == (
                    expected and json.loads(expected.payload)
                )


@pytest.mark.parametrize(
    "cursor", ["[1]", "[1,2,3]", "[1.5,2]", "[01,2]", "[100000001,2]", '["1",2]', "null"]
)
async def test_a_cursor_that_is_none_is_left_to_the_decoder(cursor: str) -> None:
    frame = f'{{"type":"presence","stream":"{BOARD_STREAM}","cursor":{cursor}}}'.encode()
    assert plain_cursor(frame) is None
    plain = f'{{"type":"presence","stream":"{BOARD_STREAM}","cursor":[-10,0]}}'
    assert plain_cursor(plain.encode()) == (BOARD_STREAM, b"-10,0")
    assert plain_cursor(plain) is None


def presence_of(**fields: Any) -> ShowPresence:
    return ShowPresence(type="presence", stream=BOARD_STREAM, **fields)


def point(page: Page, x: int, y: int) -> None:
    """As the browser writes it, without a space."""
    message = {"type": "presence", "stream": BOARD_STREAM, "cursor": [x, y]}
    page.conversation.receive(json.dumps(message, separators=(",", ":")).encode())
