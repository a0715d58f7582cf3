"""Silent, half-open and endless requests come to an end, and do not cost others anything (P9)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import httpx2 as httpx
import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from codesign.core import limits
from codesign.web.patience import Patient
from tests.builders import ANNA
from tests.web.served import Served, serving


@pytest.fixture
async def served(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    """With a tenth of a second where people have ten."""
    monkeypatch.setattr(limits, "HEAD_SECONDS", 0.1)
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.1)
    async with serving() as served:
        yield served


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET /streams/x HTTP/1.1\r\nHost: x\r\nX-Half: a",
        b"POST /ticket HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345",
    ],
    ids=["nothing", "half a head", "half a body"],
)
async def test_who_stops_halfway_is_cut(served: Served, said: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    started = time.perf_counter()
    writer.write(said)
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await asyncio.wait_for(reader.readexactly(100_000), 5)
    assert time.perf_counter() - started < 2
    writer.close()


async def test_a_head_without_end_is_refused(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-More: aaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 4_000)
    answer = await asyncio.wait_for(reader.read(12), 5)
    assert answer in (b"HTTP/1.1 400", b"")
    writer.close()


def test_a_large_body_has_its_time_again_with_each_megabyte(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits = list[float | None]()
    monkeypatch.setattr(HttpToolsProtocol, "data_received", lambda self, data: None)
    monkeypatch.setattr(Patient, "_expect", lambda self, seconds: waits.append(seconds))
    large = Patient.__new__(Patient)
    large._head, large._body, large._reading = None, 0, object()  # type: ignore[assignment]
    for _ in range(40):
        large.data_received(b"x" * 64 * 1024)
    assert waits == [limits.BODY_SECONDS] * 2


async def test_who_asks_again_on_the_same_connection_is_served_again(served: Served) -> None:
    async with httpx.AsyncClient(base_url=served.origin) as http:
        for _ in range(3):
            answer = await http.post("/ticket", headers=served.headers(ANNA))
            assert answer.status_code == 200
            await asyncio.sleep(0.15)


async def test_a_socket_outlives_the_deadlines_of_its_request(served: Served) -> None:
    async with served.page(ANNA) as anna:
        await asyncio.sleep(0.3)
        await anna.say("ping")
        assert (await anna.hear("pong"))["type"] == "pong"
