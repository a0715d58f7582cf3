"""Lines turned by hand: numbers, holding, silence, and what happens to a line that ends (protocol 12)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from codesign.core import limits
from codesign.live.frames import Frame
from codesign.live.held import ANSWER_BYTES, GATHER_SECONDS, KEEP_SECONDS, Told
from codesign.live.lines import Line, Lines
from tests.builders import ANNA, BORIS, OLGA, an_id
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM, Hall, a_note


@pytest.fixture
async def hall() -> Hall:
    return await Hall.opened()


class Get:
    """One GET, and what came of it."""

    def __init__(self, line: Line, after: int) -> None:
        self.line = line
        self.answer: Told | None = None
        self.was_taken = line.wire.listen(after, self.hear)

    def hear(self, told: Told) -> None:
        assert self.answer is None, "answered twice"
        self.answer = told

    def hang_up(self) -> None:
        self.line.wire.leave(self.hear)

    @property
    def types(self) -> list[str] | None:
        if self.answer is None:
            return None
        return [json.loads(frame.payload)["type"] for frame in self.answer.frames]


class Page:
    """The browser's side of a line, one request at a time."""

    def __init__(self, hall: Hall, lines: Lines, person: str = ANNA) -> None:
        self.hall = hall
        line = lines.open(hall.rooms, f"session-of-{person}", hall.person_for)
        assert line is not None
        self.line = line
        self.client = an_id(f"line {len(lines)} {person[:5]}")
        self.heard = 0

    def say(self, *messages: dict[str, Any], first: int | None = None) -> int:
        said = [json.dumps(message).encode() for message in messages]
        return self.line.take(self.line.taken + 1 if first is None else first, said)

    async def hello(self) -> None:
        seq = await self.hall.head()
        follow = [{"stream": BOARD_STREAM, "seq": seq}]
        clients = {self.client: 1}
        hello = {"type": "hello", "protocol": 1, "epoch": None}
        self.say({**hello, "clients": clients, "follow": follow})
        await self.hall.quiet()

    async def get(self) -> Get:
        get = Get(self.line, self.heard)
        await self.hall.later(0)
        if get.answer is not None:
            self.heard = get.answer.first + len(get.answer.frames) - 1
        return get

    def op(self, n: int, note: str) -> dict[str, Any]:
        name = {"client": self.client, "n": n, "stream": BOARD_STREAM, "base": 0}
        return {"type": "op", **name, "op": a_note(note)}


async def greeted(hall: Hall, lines: Lines, person: str = ANNA) -> Page:
    page = Page(hall, lines, person)
    await page.hello()
    await hall.later(1)  # who is here has been told, too
    assert ((await page.get()).types or [])[0] == "welcome"
    return page


async def test_what_comes_of_one_beat_is_one_answer(hall: Hall) -> None:
    """P12.4."""
    page = await greeted(hall, Lines())
    get = await page.get()
    assert get.answer is None
    page.say(page.op(1, "one"))
    await hall.quiet()
    await hall.later(0)
    assert get.types == ["ack", "changes"]


async def test_a_message_is_taken_once_however_often_it_is_posted(hall: Hall) -> None:
    """P12.3."""
    page = await greeted(hall, Lines())
    ping = {"type": "ping"}
    assert page.say(ping, ping, first=2) == 3
    assert page.say(ping, ping, first=2) == 3
    assert page.say(ping, ping, first=3) == 4
    assert (await page.get()).types == ["pong"] * 3


async def test_a_message_that_comes_before_its_turn_is_not_taken(hall: Hall) -> None:
    """P12.3."""
    page = await greeted(hall, Lines())
    assert page.say({"type": "ping"}, first=3) == 1
    assert page.say({"type": "ping"}, {"type": "ping"}, first=2) == 3


async def test_what_an_answer_carried_stays_until_the_next_get_has_it(hall: Hall) -> None:
    """P12.5: an answer that is cut loses nothing."""
    page = await greeted(hall, Lines())
    page.say({"type": "ping"}, {"type": "ping"})
    cut = Get(page.line, page.heard)
    assert cut.types == ["pong", "pong"]
    again = Get(page.line, page.heard)
    assert again.answer == cut.answer
    half = Get(page.line, page.heard + 1)
    assert half.types == ["pong"]
    assert not Get(page.line, page.heard).was_taken  # it said that it had that one
    assert not Get(page.line, page.heard + 3).was_taken


async def test_a_newer_get_takes_over_from_an_older_one(hall: Hall) -> None:
    """P12.4."""
    page = await greeted(hall, Lines())
    old, new = await page.get(), await page.get()
    assert (old.types, new.types) == ([], None)
    page.say({"type": "ping"})
    await hall.later(0)
    assert new.types == ["pong"]


async def test_a_get_with_nothing_to_tell_is_answered_after_a_while(hall: Hall) -> None:
    page = await greeted(hall, Lines())
    get = await page.get()
    await hall.later(limits.HOLD_SECONDS - 1)
    assert get.answer is None
    await hall.later(1)
    assert get.types == []
    told: list[Told] = []
    page.line.wire.listen(page.heard, told.append, hold=3)
    await hall.later(3)
    assert told == [Told(page.heard + 1)]


async def test_presence_alone_waits_a_little_and_anything_else_takes_it_along(hall: Hall) -> None:
    page, other = await greeted(hall, Lines()), await hall.joined(BORIS)
    await hall.later(1)
    assert (await page.get()).types == ["presence"]
    get = await page.get()
    other.say("presence", stream=BOARD_STREAM, cursor=[1, 2])
    await hall.later(0.06)
    assert get.answer is None
    await hall.later(GATHER_SECONDS)
    assert get.types == ["presence"]
    page.heard += 1
    get = await page.get()
    other.say("presence", stream=BOARD_STREAM, cursor=[3, 4])
    await hall.later(0.06)
    page.say({"type": "ping"})
    await hall.later(0)
    assert get.types == ["presence", "pong"]


async def test_a_line_that_nobody_asks_any_more_ends(hall: Hall) -> None:
    """P12.6."""
    lines = Lines()
    page = await greeted(hall, lines)
    get = await page.get()
    await hall.later(limits.HOLD_SECONDS)
    assert get.types == []
    await hall.later(limits.SILENCE_SECONDS - 1)
    page.say({"type": "ping"})
    await hall.later(limits.SILENCE_SECONDS - 1)
    assert len(lines) == 1
    await hall.later(1)
    assert (len(lines), len(hall.rooms.pages)) == (0, 0)


async def test_who_hangs_up_is_silent_from_then_on(hall: Hall) -> None:
    lines = Lines()
    page = await greeted(hall, lines)
    get = await page.get()
    await hall.later(limits.HOLD_SECONDS - 1)
    get.hang_up()
    await hall.later(limits.SILENCE_SECONDS - 1)
    assert len(lines) == 1
    await hall.later(1)
    assert len(lines) == 0


async def test_a_slow_reader_of_a_long_answer_has_longer(hall: Hall) -> None:
    lines = Lines()
    page = await greeted(hall, lines)
    page.line.wire.send([frame_of(1_000_000)])
    assert (await page.get()).answer is not None
    await hall.later(limits.SILENCE_SECONDS + 25)
    assert len(lines) == 1
    await hall.later(10)
    assert len(lines) == 0


async def test_long_answers_come_in_parts_and_the_end_with_the_last(hall: Hall) -> None:
    page = await greeted(hall, Lines())
    page.line.wire.send([frame_of(ANSWER_BYTES - 100)] * 3)
    page.line.wire.close(4403)
    parts = [(await page.get()).answer for _ in range(3)]
    assert [part and (len(part.frames), part.close) for part in parts] == [
        (1, None),
        (1, None),
        (1, 4403),
    ]


async def test_a_removed_person_is_told_in_the_get_that_is_held(hall: Hall) -> None:
    """P12.7."""
    lines = Lines()
    page = await greeted(hall, lines, BORIS)
    get = await page.get()
    await hall.ask(WORKSHOP_STREAM, {"type": "remove_person", "person": BORIS}, person=OLGA)
    assert get.answer is not None
    assert get.answer.close == 4403
    again = await page.get()
    assert again.answer is not None
    assert again.answer.close == 4403
    assert page.say({"type": "ping"}) == 2
    await hall.later(KEEP_SECONDS)
    assert len(lines) == 0


async def test_a_stopping_server_says_bye(hall: Hall) -> None:
    """P12.7."""
    page = await greeted(hall, Lines())
    get = await page.get()
    await hall.rooms.stop()
    assert (get.types, get.answer and get.answer.close) == (["bye"], 1012)


async def test_a_socket_of_the_same_page_replaces_the_line(hall: Hall) -> None:
    """P6.12, P12.8."""
    page = await greeted(hall, Lines())
    get = await page.get()
    socket = hall.page(ANNA, page.client)
    await socket.hello(await hall.head())
    assert socket.types() == ["welcome"]
    assert (get.types, get.answer and get.answer.close) == ([], 1000)
    page.say(page.op(1, "late"))
    await hall.quiet()
    assert await hall.head() == 1


async def test_a_browser_has_only_so_many_lines(hall: Hall) -> None:
    lines = Lines()
    for _ in range(limits.CONNECTIONS_PER_PERSON):
        assert lines.open(hall.rooms, "one", hall.person_for)
    assert lines.open(hall.rooms, "one", hall.person_for) is None
    assert lines.open(hall.rooms, "another", hall.person_for)
    # None of them said hello: closed after ten seconds, and kept a while for who asks why.
    await hall.later(limits.HELLO_SECONDS)
    await hall.later(KEEP_SECONDS)
    assert len(lines) == 0


async def test_a_socket_that_is_tried_in_passing_may_ping_before_its_hello(hall: Hall) -> None:
    """P6.2: a page proves both directions before it changes over."""
    page = hall.page()
    page.say("ping")
    assert page.types() == ["pong"]
    await page.hello(await hall.head())
    assert page.types() == ["welcome"]


def frame_of(size: int) -> Frame:
    return Frame(b'"' + b"x" * (size - 2) + b'"')
