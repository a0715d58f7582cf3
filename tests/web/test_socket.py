"""The socket as browsers meet it: a real server, real frames, real closes (protocol 6)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from codesign.core import limits
from codesign.live import pace
from codesign.live.messages import ClientMessage, read_message
from codesign.store.memory import MemoryJournal
from codesign.web.protocol import Line
from tests.builders import ANNA, BORIS, OLGA, an_id
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM, a_note
from tests.web.served import Page, Served, serving, until

MINE = an_id("my page")


@pytest.fixture(params=["our protocol", "plain ASGI"])
async def served(request: pytest.FixtureRequest) -> AsyncIterator[Served]:
    """Both bodies of the wire: the raw transport, and what any ASGI server offers."""
    config: dict[str, Any] = {} if request.param == "our protocol" else {"ws": "websockets-sansio"}
    async with serving(**config) as served:
        yield served


async def test_an_edit_reaches_the_asker_as_ack_and_changes_and_others_as_changes(
    served: Served,
) -> None:
    async with served.page(ANNA) as anna, served.page(BORIS) as boris:
        await anna.ask(a_note("one", "Buses"))
        ack = await anna.hear()
        told = await anna.hear()
        assert (ack["type"], ack["n"], ack["seq"]) == ("ack", 1, 2)
        assert (told["type"], told["from"], told["to"]) == ("changes", 2, 2)
        assert await boris.hear() == told


async def test_a_resend_after_a_restart_of_the_server_is_answered_as_before() -> None:
    """P4.3."""
    journal = MemoryJournal()
    async with serving(journal) as served, served.page(ANNA, MINE) as anna:
        await anna.ask(a_note("one"))
        ack = await anna.hear("ack")
    async with serving(journal) as served, served.page(ANNA, MINE) as anna:
        await anna.ask(a_note("one"), n=1)
        assert await anna.hear("ack", "refused") == ack
        assert await served.head() == 2


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("nonsense", 4400),
        ('{"type":"ping","x":1}', 4400),
        ('{"type":"ping","type":"ping"}', 4400),
        ('{"type":"ping","x":NaN}', 4400),
        ("[" * 60_000, 4400),
        (b'{"type":"ping"}', 1003),
        ("x" * 70_000, 1009),
        ("x" * 2_000_000, 1009),
        (["x" * 40_000, "x" * 40_000], 1009),
    ],
    ids=["text", "field", "twice", "NaN", "deep", "binary", "big", "huge", "big in parts"],
)
async def test_a_bad_frame_is_closed_with_its_code_and_others_feel_nothing(
    served: Served, frame: Any, code: int
) -> None:
    async with served.page(ANNA) as anna, served.page(BORIS) as boris:
        with contextlib.suppress(ConnectionClosed):  # it may hang up while we still send
            await boris.socket.send(frame)
        assert await boris.closed() == code
        await anna.ask(a_note("one"))
        assert [(await anna.hear())["type"] for _ in range(2)] == ["ack", "changes"]


async def test_what_is_said_after_the_close_is_not_even_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """P7: a page that floods on while it is being thrown out costs nobody anything."""
    parsed: list[bytes] = []
    parse = Line._parse

    def seen(line: Line, data: bytes) -> None:
        parsed.append(data)
        parse(line, data)

    async with serving() as served, served.page(ANNA) as anna:
        monkeypatch.setattr(Line, "_parse", seen)
        plain = b"\x81\x8f" + bytes(4) + b'{"type":"ping"}'
        anna.socket.transport.write(b"\x81\x84" + bytes(4) + b"what" + 100 * plain)
        assert await anna.closed() == 4400
        assert [frame for frame in parsed if frame.startswith(b"\x81")] == []


async def test_words_that_are_not_utf_8_are_a_bad_message(served: Served) -> None:
    async with served.page(ANNA) as anna:
        await anna.socket.send(b'{"type":"pi\xffng"}', text=True)
        # uvicorn's own protocol answers for us with the code of WebSocket itself
        assert await anna.closed() in (4400, 1007)


async def test_bye_tells_why_before_the_close(served: Served) -> None:
    """P6.10."""
    async with served.page(ANNA) as anna:
        await anna.socket.send("nonsense")
        assert await anna.hear("bye") == {"type": "bye", "code": "bad_message", "delay": 0}


async def test_nobody_gets_in_without_a_session_or_with_a_ticket_of_somebody_else(
    served: Served,
) -> None:
    """P6.1: refused before the upgrade."""
    ticket = await served.ticket(ANNA)
    url = f"ws://127.0.0.1:{served.port}/socket"
    for address, headers in [
        (url, served.headers(ANNA)),
        (f"{url}?ticket={ticket}", {"Origin": served.origin}),
        (f"{url}?ticket={ticket}", served.headers(BORIS)),
        (f"{url}?ticket={ticket}", {**served.headers(ANNA), "Origin": "http://evil.example"}),
        (f"{url}?ticket={ticket[:-1]}_", served.headers(ANNA)),
        (f"{url}?ticket=1.{ticket.partition('.')[2]}", served.headers(ANNA)),
    ]:
        with pytest.raises(InvalidStatus) as refused:
            await connect(address, additional_headers=headers)
        assert refused.value.response.status_code == 403
    async with connect(f"{url}?ticket={ticket}", additional_headers=served.headers(ANNA)):
        pass


async def test_a_removed_person_is_out_at_once(served: Served) -> None:
    async with served.page(ANNA) as anna, served.page(BORIS) as boris:
        op = {"type": "remove_person", "person": BORIS}
        await served.rooms.ask(WORKSHOP_STREAM, op, person=OLGA)
        assert await boris.closed() == 4403
        await anna.ask(a_note("one"))
        assert (await anna.hear("ack"))["n"] == 1


async def test_signing_out_ends_the_sockets_of_that_browser(served: Served) -> None:
    async with served.page(ANNA) as anna, served.page(BORIS) as boris:
        served.rooms.close_session(ANNA)
        assert await anna.closed() == 4401
        await boris.say("ping")
        assert (await boris.hear("pong"))["type"] == "pong"


async def test_a_session_that_ends_by_itself_ends_its_sockets(served: Served) -> None:
    served.expires_in = 1
    served.sessions_over.clear()
    async with served.page(ANNA) as anna:
        served.sessions_over.add(ANNA)
        assert await anna.closed() == 4401


async def test_a_reader_that_stops_reading_does_not_delay_the_others() -> None:
    """P7, P6.14: it is cut, and has 2 s for its close frame whether it reads them or not."""
    async with serving() as served, served.page(ANNA) as anna, served.page(OLGA) as olga:
        stalled = await served.stalled(BORIS)
        slowest = 0.0
        for number in range(110):
            started = time.perf_counter()
            page = anna if number % 2 else olga
            await page.ask(three_long_notes(number))
            await page.hear("ack")
            await anna.hear("changes")
            await olga.hear("changes")
            slowest = max(slowest, time.perf_counter() - started)
        assert slowest < 0.5
        slow = {"code": "slow"}
        closed = served.rooms.gauges.registry.get_sample_value(
            "codesign_sockets_closed_total", slow
        )
        assert closed == 1
        await served.until_connected(2)
        stalled.close()


async def test_a_flood_of_ops_ends_its_own_socket_only(
    monkeypatch: pytest.MonkeyPatch, served: Served
) -> None:
    """P6.13; here after half a second, where it is left unread."""
    monkeypatch.setattr(pace, "HELD_SECONDS", 0.5)
    async with served.page(ANNA) as anna, served.page(BORIS) as boris:
        flood = [boris.ask(a_note(f"note {number}", x=number)) for number in range(1_000)]
        with contextlib.suppress(ConnectionClosed):
            for one in flood:
                await one
        assert await boris.closed() == 4429
        for one in flood:
            one.close()
        await anna.ask(a_note("one"))
        assert (await anna.hear("ack"))["n"] == 1


async def test_a_flood_is_left_in_the_socket_and_the_page_is_known_to_be_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """P7: what it says costs nothing until it is its turn, and its pong may lie behind all that."""
    read: list[bytes | str] = []

    def seen(data: bytes | str) -> ClientMessage:
        read.append(data)
        return read_message(data)

    monkeypatch.setattr("codesign.live.conversation.read_message", seen)
    pings = serving(ws_ping_interval=0.2, ws_ping_timeout=0.2)
    async with pings as served, served.page(BORIS) as boris:
        began = time.perf_counter()
        sending = asyncio.create_task(flood(boris, 20_000))
        while (await boris.hear("ack"))["n"] < limits.OPS_BURST + 15:
            pass
        most = limits.OPS_BURST + limits.OPS_PER_SECOND * (time.perf_counter() - began)
        assert len(read) <= most + 3  # and its hello
        assert [line._held_back for line in lines(served)] == [True]
        sending.cancel()
        boris.socket.transport.abort()  # a polite goodbye would wait behind all that


async def test_stalled_pinging_and_flooding_pages_at_once_cost_the_others_nothing_and_stay_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """P7, P8. The full numbers are measured by the bench, `hostile`."""
    monkeypatch.setattr(pace, "HELD_SECONDS", 1.0)
    async with serving() as served, served.page(ANNA) as anna, served.page(OLGA) as olga:
        stalled = await served.stalled(BORIS)
        flooding = await served.open(BORIS)
        flooder = Page(flooding, an_id("flooding page"))
        await flooder.hello(await served.head())
        trouble = [asyncio.create_task(ping_on(stalled)), asyncio.create_task(flood(flooder))]
        slowest, most = 0.0, 0.0
        for number in range(110):
            started = time.perf_counter()
            asker, other = (anna, olga) if number % 2 else (olga, anna)
            n = await asker.ask(three_long_notes(number))
            assert (await asker.hear("ack"))["n"] == n
            while not any(entry["by"] == asker_of(number) for entry in await entries(other)):
                pass
            slowest = max(slowest, time.perf_counter() - started)
            most = max(most, gauge(served, "codesign_outgoing_bytes"))
        await asyncio.gather(*trouble)
        assert slowest < 2  # whoever waited for one of them would wait for twenty
        assert most < 4 * limits.OUTGOING_BYTES
        await served.until_connected(2)
        assert gauge(served, "codesign_outgoing_bytes") == 0
        stalled.close()


async def test_pings_of_one_who_reads_no_pongs_do_not_pile_up() -> None:
    async with serving() as served:
        stalled = await served.stalled(BORIS)
        ping = b"\x89\xfd" + bytes(4) + b"p" * 125
        with contextlib.suppress(OSError):
            async with asyncio.timeout(20):
                while served.connected:
                    await asyncio.get_running_loop().sock_sendall(stalled, ping * 1_000)
        assert served.connected == 0
        stalled.close()


async def test_a_silent_socket_is_closed_after_ten_seconds(
    monkeypatch: pytest.MonkeyPatch, served: Served
) -> None:
    """P6.2; here after a tenth of one."""
    monkeypatch.setattr(limits, "HELLO_SECONDS", 0.1)
    socket = await served.open(ANNA)
    assert await Page(socket, MINE).closed() == 4408


async def test_a_new_socket_of_a_page_replaces_the_old_one(served: Served) -> None:
    """P6.12."""
    async with served.page(ANNA, MINE) as old, served.page(ANNA, MINE) as new:
        assert await old.closed() == 1000
        await new.ask(a_note("one"))
        assert [(await new.hear())["type"] for _ in range(2)] == ["ack", "changes"]


async def test_a_stopping_server_tells_everyone_to_come_back_and_ends_within_five_seconds() -> None:
    started = 0.0
    async with serving() as served:
        anna, boris = served.page(ANNA), served.page(BORIS)
        async with anna as one, boris as two, contextlib.AsyncExitStack() as stack:
            stack.callback((await served.stalled(OLGA)).close)
            board = await served.rooms.open(BOARD_STREAM)
            assert board is not None
            await one.ask(a_note("one"))
            await until(
                lambda: bool(board.inbox) or board.seq == 2
            )  # what it has not read is asked again later
            started = time.perf_counter()
            served.server.should_exit = True
            assert (await one.hear("ack"))["seq"] == 2
            assert await one.hear("bye") == {"type": "bye", "code": "restart", "delay": 1000}
            assert [await one.closed(), await two.closed()] == [1012, 1012]
    assert time.perf_counter() - started < 5


async def test_nothing_people_write_or_carry_is_logged(
    caplog: pytest.LogCaptureFixture, served: Served
) -> None:
    """P16."""
    caplog.set_level(0)
    async with served.page(ANNA) as anna:
        await anna.ask(a_note("canary", "a canary sings"))
        await anna.hear("ack")
        await anna.ask({"type": "canary", "canary": "canary"})
        await anna.hear("refused")
        await anna.socket.send('{"type":"canary"}')
        await anna.closed()
    said = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith("codesign")
    )
    assert "canary" not in said
    if served.server.config.ws is Line:
        everything = "\n".join(
            record.getMessage()
            for record in caplog.records
            if not record.name.startswith(("websockets", "httpcore", "httpx", "asyncio"))
        )
        assert "ticket=" not in everything


def lines(served: Served) -> list[Line]:
    return [line for line in served.server.server_state.connections if isinstance(line, Line)]


def asker_of(number: int) -> str:
    return ANNA if number % 2 else OLGA


async def entries(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await page.hear("changes"))["entries"]
    return found


def gauge(served: Served, name: str) -> float:
    return served.rooms.gauges.registry.get_sample_value(name) or 0.0


async def ping_on(stalled: socket.socket) -> None:
    """Pings until the server hangs up, and reads nothing."""
    with contextlib.suppress(OSError):
        while True:
            await asyncio.get_running_loop().sock_sendall(stalled, b"\x89\x80" + bytes(4))
            await asyncio.sleep(0)


async def flood(page: Page, ops: int = 2_000) -> None:
    with contextlib.suppress(ConnectionClosed):
        for number in range(ops):
            await page.ask(a_note(f"flood {number}", x=number))
    assert await page.closed() == 4429


def three_long_notes(number: int) -> dict[str, Any]:
    names = [f"note {number} {each}" for each in range(3)]
    ops = [a_note(name, "x" * 16_000, x=number * 3_000, y=at) for at, name in enumerate(names)]
    return {"type": "all", "ops": ops}
