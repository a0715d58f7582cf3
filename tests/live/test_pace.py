"""Ops that come too fast wait unread, and what cannot be kept is left in the socket (P6.13, promise P7)."""

from __future__ import annotations

import json

import pytest

from codesign.core import limits
from codesign.live import pace
from codesign.live.messages import ClientMessage, read_message
from tests.live.hall import ANNA, BOARD_STREAM, BORIS, Hall, Page, a_note


async def a_page_that_can_be_held(hall: Hall) -> Page:
    page = await hall.joined(BORIS)
    page.wire.can_hold = True
    return page


async def test_what_comes_too_fast_is_not_read_before_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall = await Hall.opened()
    page = await hall.joined()
    read: list[bytes | str] = []

    def seen(data: bytes | str) -> ClientMessage:
        read.append(data)
        return read_message(data)

    monkeypatch.setattr("codesign.live.conversation.read_message", seen)
    for number in range(200):
        page.ask(a_note(f"note {number}"))
    assert len(read) == limits.OPS_BURST
    await hall.later(1)
    assert len(read) == limits.OPS_BURST + limits.OPS_PER_SECOND


async def test_while_ops_wait_pings_are_answered_and_other_streams_followed() -> None:
    """What our pages have under way at most holds nothing up."""
    hall = await Hall.opened()
    page = await a_page_that_can_be_held(hall)
    for number in range(200):
        page.ask(a_note(f"note {number}"))
    await hall.quiet()
    page.heard()
    page.say("ping")
    assert page.types() == ["pong"]
    assert not page.wire.is_held


async def test_a_flood_is_left_in_the_socket_and_read_on_at_its_pace() -> None:
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await a_page_that_can_be_held(hall)
    number = 0
    while not boris.wire.is_held:
        boris.ask(a_note(f"note {number}"))
        number += 1
    assert number <= limits.OPS_BURST + pace.HOLD_OPS + 1
    while boris.wire.is_held:
        await hall.later(0.1)
    assert (boris.code, anna.code) == (None, None)
    for _ in range(40):
        await hall.later(0.1)
    acks = [message["n"] for message in boris.heard() if message["type"] == "ack"]
    assert acks == list(range(1, number + 1))


async def test_who_floods_on_for_half_a_minute_goes() -> None:
    hall = await Hall.opened()
    boris = await a_page_that_can_be_held(hall)
    number, seconds = 0, 0.0
    while boris.code is None:
        while not boris.wire.is_held and boris.code is None:
            boris.ask(a_note(f"note {number}"))
            number += 1
        await hall.later(0.5)
        seconds += 0.5
    assert boris.code == 4429
    assert seconds == pytest.approx(pace.HELD_SECONDS, abs=1)
    assert await hall.head() < 1 + limits.OPS_BURST + limits.OPS_PER_SECOND * (seconds + 1)


async def test_five_hundred_ops_at_once_are_allowed_on_every_wire() -> None:
    for can_hold in (True, False):
        hall = await Hall.opened()
        boris = await hall.joined(BORIS)
        boris.wire.can_hold = can_hold
        for number in range(limits.OPS_WAITING):
            boris.ask(a_note(f"note {number}"))
        for _ in range(250):
            await hall.later(0.1)
        assert boris.code is None
        assert await hall.head() == 1 + limits.OPS_WAITING


async def test_bytes_that_wait_are_bounded_as_well() -> None:
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await a_page_that_can_be_held(hall)
    long = {"type": "create_note", "x": 0, "y": 0, "text": "x" * 16_000}
    for page in (anna, boris):
        for number in range(limits.OPS_BURST + 2 * pace.HOLD_BYTES // 16_000 + 5):
            page.ask({**long, "id": a_note(f"{page.person} {number}")["id"]})
    assert boris.wire.is_held
    assert (anna.code, boris.code) == (4429, None)


async def test_an_op_written_in_another_order_keeps_its_place_in_the_row() -> None:
    """It is not known for an op before it is read; then it waits behind those that came before."""
    hall = await Hall.opened()
    page = await hall.joined()
    for number in range(80):
        page.ask(a_note(f"note {number}"))
    last = {"client": page.client_id, "n": 81, "stream": BOARD_STREAM, "base": 0}
    page.conversation.receive(json.dumps({**last, "op": a_note("last"), "type": "op"}).encode())
    for _ in range(20):
        await hall.later(0.1)
    acks = [message["n"] for message in page.heard() if message["type"] == "ack"]
    assert acks == list(range(1, 82))


async def test_a_bad_op_that_waited_ends_the_socket_when_it_is_read() -> None:
    hall = await Hall.opened()
    page = await hall.joined()
    for number in range(limits.OPS_BURST):
        page.ask(a_note(f"note {number}"))
    page.conversation.receive(b'{"type":"op","n":"seven"}')
    assert page.code is None
    await hall.later(0.1)
    assert page.code == 4400
