"""The line as browsers meet it where no socket opens: a real server, real requests (protocol 12)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from codesign.app import create_app
from codesign.core import limits
from codesign.settings import Settings
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from tests.builders import ANNA, BORIS, OLGA, an_id
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM, a_note
from tests.services import serve
from tests.store.prepared import lay_sqlite
from tests.web.browsing import SECRET, Browser, SetClock, Walk
from tests.web.served import Served, serving, until

MINE = an_id("my page")


@pytest.fixture(params=["our server", "any server"])
async def served(request: pytest.FixtureRequest) -> AsyncIterator[Served]:
    config: dict[str, Any] = {} if request.param == "our server" else {"http": "h11"}
    async with serving(**config) as served:
        yield served


class LinePage:
    """A page of somebody, over requests; it asks again when its answer is here."""

    def __init__(self, http: httpx.AsyncClient, client: str = MINE) -> None:
        self.http = http
        self.client = client
        self.id = ""
        self.said = 0
        self.after = 0
        self.close: int | None = None
        self._heard: list[dict[str, Any]] = []

    async def open(self, ticket: str, **more: Any) -> httpx.Response:
        answer = await self.http.post("/line", content=ticket, **more)
        if answer.status_code == 201:
            self.id = answer.json()["line"]
        return answer

    async def say(self, *messages: dict[str, Any]) -> None:
        body = "\n".join(json.dumps(message) for message in messages)
        answer = await self.http.post(f"/line/{self.id}?first={self.said + 1}", content=body)
        self.said += len(messages)
        assert answer.json() == {"taken": self.said}

    async def hello(self, stream: str = BOARD_STREAM, seq: int = 0) -> dict[str, Any]:
        hello = {"type": "hello", "protocol": 1, "epoch": None, "clients": {self.client: 1}}
        await self.say({**hello, "follow": [{"stream": stream, "seq": seq}]})
        return await self.hear("welcome")

    async def get(self) -> httpx.Response:
        return await self.http.get(f"/line/{self.id}?after={self.after}", timeout=20)

    async def hear(self, *types: str) -> dict[str, Any]:
        while True:
            while self._heard:
                message = self._heard.pop(0)
                if message["type"] in types or (not types and message["type"] != "presence"):
                    return message
            assert self.close is None, self.close
            self._read((await self.get()).json())

    async def closed(self) -> int:
        while self.close is None:
            self._read((await self.get()).json())
        return self.close

    def op(self, n: int, note: str) -> dict[str, Any]:
        name = {"client": self.client, "n": n, "stream": BOARD_STREAM, "base": 0}
        return {"type": "op", **name, "op": a_note(note)}

    def _read(self, answer: dict[str, Any]) -> None:
        assert answer["first"] == self.after + 1
        self.after += len(answer["messages"])
        self._heard += answer["messages"]
        self.close = answer.get("close")


def browser(served: Served, person: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=served.origin, headers=served.headers(person))


async def joined(served: Served, http: httpx.AsyncClient, person: str = ANNA) -> LinePage:
    page = LinePage(http, an_id(f"page of {person[:5]}"))
    await page.open(await served.ticket(person))
    await page.hello(seq=await served.head())
    return page


async def held(served: Served, page: LinePage) -> asyncio.Task[httpx.Response]:
    """A GET that waits at the server, after all there was to tell."""
    line = served.lines.find(page.id)
    assert line is not None
    while True:
        getting = asyncio.create_task(page.get())
        await until(lambda asked=getting: asked.done() or line.wire.is_held)  # type: ignore[misc]
        if not getting.done():
            return getting
        page._read((await getting).json())


async def test_a_line_and_a_socket_are_on_the_same_board(served: Served) -> None:
    async with browser(served, ANNA) as http, served.page(BORIS) as boris:
        anna = await joined(served, http)
        await anna.say(anna.op(1, "one"))
        assert [(await anna.hear())["type"] for _ in range(2)] == ["ack", "changes"]
        told = await boris.hear()
        assert (told["type"], told["from"]) == ("changes", 2)
        await boris.ask(a_note("two"))
        assert (await anna.hear())["from"] == 3


async def test_an_answer_comes_as_soon_as_there_is_something_to_tell(served: Served) -> None:
    """P12.4."""
    async with browser(served, ANNA) as http, served.page(BORIS) as boris:
        anna = await joined(served, http)
        await anna.hear("presence")
        started = time.perf_counter()
        getting = asyncio.create_task(anna.get())
        await boris.ask(a_note("one"))
        answer = await getting
        assert time.perf_counter() - started < 1
        assert answer.headers["cache-control"] == "no-store, no-transform"
        assert int(answer.headers["content-length"]) == len(answer.content)


async def test_a_get_is_held_for_a_while_and_then_answered_with_nothing(
    monkeypatch: pytest.MonkeyPatch, served: Served
) -> None:
    monkeypatch.setattr(limits, "HOLD_SECONDS", 0.2)
    async with browser(served, ANNA) as http:
        anna = await joined(served, http)
        while (answer := (await anna.get()).json())["messages"]:
            anna._read(answer)  # who is here
        assert answer == {"first": anna.after + 1, "messages": []}


async def test_who_hangs_up_or_falls_silent_is_gone(
    monkeypatch: pytest.MonkeyPatch, served: Served
) -> None:
    """P12.6."""
    async with browser(served, ANNA) as http:
        anna = await joined(served, http)
        getting = await held(served, anna)
        monkeypatch.setattr(limits, "SILENCE_SECONDS", 0.05)
        getting.cancel()
        await until(lambda: len(served.lines) == 0)
        assert len(served.rooms.pages) == 0
        again = await anna.get()
        assert (again.status_code, again.json()) == (404, {"code": "unknown"})


async def test_nobody_gets_in_without_a_session_or_with_a_ticket_of_somebody_else(
    served: Served,
) -> None:
    """P12.1."""
    ticket = await served.ticket(ANNA)
    async with httpx.AsyncClient(base_url=served.origin) as http:
        for headers, given, status in [
            (served.headers(ANNA), "", 403),
            ({"Origin": served.origin}, ticket, 401),
            (served.headers(BORIS), ticket, 403),
            ({**served.headers(ANNA), "Origin": "http://evil.example"}, ticket, 403),
            (served.headers(ANNA), ticket[:-1] + "_", 403),
            (served.headers(ANNA), "\xff" * 5_000, 403),
            (served.headers(ANNA), ticket, 201),
        ]:
            answer = await LinePage(http).open(given, headers=headers)
            assert answer.status_code == status
    assert len(served.lines) == 1


async def test_a_line_is_its_own_browsers_only_and_looks_like_none_to_others(
    served: Served,
) -> None:
    """P12.2."""
    async with browser(served, ANNA) as http, browser(served, BORIS) as other:
        anna = await joined(served, http)
        for id in (anna.id, an_id("no line"), "%00", "x" * 3_000):
            for answer in (
                await other.get(f"/line/{id}?after=0"),
                await other.post(f"/line/{id}?first=1", content='{"type":"ping"}'),
            ):
                assert (answer.status_code, answer.json()) == (404, {"code": "unknown"})
        await anna.say({"type": "ping"})
        assert (await anna.hear("pong"))["type"] == "pong"


@pytest.mark.parametrize("query", ["", "first=", "first=0", "first=-1", "first=x", "first=1e3"])
async def test_numbers_that_are_none_are_refused(served: Served, query: str) -> None:
    async with browser(served, ANNA) as http:
        anna = await joined(served, http)
        answer = await http.post(f"/line/{anna.id}?{query}", content='{"type":"ping"}')
        assert (answer.status_code, answer.json()) == (400, {"code": "bad_message"})
        answer = await http.get(f"/line/{anna.id}?{query.replace('first', 'after')}9{'9' * 20}")
        assert answer.status_code == 400


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"nonsense", 4400),
        (b"\n", 4400),
        (b"\xff\xfe", 4400),
        (b'{"type":"ping","x":1}', 4400),
        (b'"' + b"x" * 70_000 + b'"', 1009),
    ],
    ids=["text", "nothing", "no UTF-8", "field", "big"],
)
async def test_a_bad_message_ends_the_line_and_others_feel_nothing(
    served: Served, body: bytes, code: int
) -> None:
    async with browser(served, ANNA) as http, served.page(BORIS) as boris:
        anna = await joined(served, http)
        await http.post(f"/line/{anna.id}?first={anna.said + 1}", content=body)
        assert await anna.closed() == code
        await boris.ask(a_note("one"))
        assert (await boris.hear("ack"))["n"] == 1


async def test_a_removed_person_is_out_at_once(served: Served) -> None:
    """P12.7."""
    async with browser(served, BORIS) as http:
        boris = await joined(served, http, BORIS)
        closing = asyncio.create_task(boris.closed())
        op = {"type": "remove_person", "person": BORIS}
        await served.rooms.ask(WORKSHOP_STREAM, op, person=OLGA)
        async with asyncio.timeout(2):
            assert await closing == 4403


async def test_a_session_that_is_over_ends_its_line(served: Served) -> None:
    async with browser(served, ANNA) as http:
        anna = await joined(served, http)
        served.sessions_over.add(ANNA)
        assert (await anna.get()).status_code == 401
        assert len(served.rooms.pages) == 0


async def test_a_stopping_server_says_bye() -> None:
    """P12.7."""
    started = 0.0
    async with serving() as served, browser(served, ANNA) as http:
        anna = await joined(served, http)
        getting = await held(served, anna)
        started = time.perf_counter()
        served.server.should_exit = True
        anna._read((await getting).json())
        assert await anna.hear() == {"type": "bye", "code": "restart", "delay": 1000}
        assert anna.close == 1012
    assert time.perf_counter() - started < 5


async def test_a_reader_that_stops_reading_is_bounded_and_dropped(served: Served) -> None:
    """P6.14: its frames do not pile up; presence goes first."""
    async with browser(served, ANNA) as http, served.page(BORIS) as boris:
        anna = await joined(served, http)
        for number in range(30):
            notes = [a_note(f"note {number} {each}", "x" * 16_000) for each in range(3)]
            await boris.ask({"type": "all", "ops": notes})
            await boris.hear("ack")
        slow = {"code": "slow"}
        closed = served.rooms.gauges.registry.get_sample_value(
            "codesign_sockets_closed_total", slow
        )
        assert closed == 1
        assert await anna.closed() == 4408


class WholeApp(Walk):
    """The product itself, with cookies and origins, and a real server beside it."""

    def __init__(self, app: Any, clock: SetClock, address: str) -> None:
        super().__init__(app, clock)
        self.address = address

    def http(self, browser: Browser) -> httpx.AsyncClient:
        session = browser.http.cookies["codesign_session"]
        headers = {"cookie": f"codesign_session={session}"}
        return httpx.AsyncClient(base_url=f"http://{self.address}", headers=headers)


@pytest.fixture
async def whole(tmp_path: Path, any_database_url: str) -> AsyncIterator[WholeApp]:
    clock = SetClock()
    url = any_database_url
    if url.startswith("sqlite"):
        lay_sqlite(tmp_path / "codesign.db")
    app = create_app(Settings(data=tmp_path, secret=SECRET, database_url=url), clock=clock)  # type: ignore[arg-type]
    async with serve(app) as address:
        yield WholeApp(app, clock, address)


async def on_line(whole: WholeApp, http: httpx.AsyncClient, opened: Opened) -> LinePage:
    page = LinePage(http, make_id())
    ticket = (await http.post("/ticket")).json()["ticket"]
    assert (await page.open(ticket)).status_code == 201
    await page.hello(f"board:{opened.board}")
    return page


async def test_on_every_database_and_from_our_own_pages_only(whole: WholeApp) -> None:
    """P12.1: what another site sends is refused before anything reads it."""
    opened = await whole.workshop(await whole.facilitator())
    guest = await whole.guest(opened)
    async with whole.http(guest) as http:
        page = await on_line(whole, http, opened)
        await page.say({"type": "ping"})
        assert (await page.hear("pong"))["type"] == "pong"
        evil = {"origin": "http://evil.example", "sec-fetch-site": "cross-site"}
        ticket = (await http.post("/ticket")).json()["ticket"]
        assert (await http.post("/line", content=ticket, headers=evil)).status_code == 403
        path = f"/line/{page.id}?first={page.said + 1}"
        assert (await http.post(path, content='{"type":"ping"}', headers=evil)).status_code == 403
        big = "\n".join(['{"type":"ping"}'] * 20_000)
        assert (await http.post(path, content=big)).status_code == 413


async def test_signing_out_ends_the_line(whole: WholeApp) -> None:
    lead = await whole.facilitator()
    opened = await whole.workshop(lead)
    async with whole.http(lead) as http:
        await http.get(f"/b/{opened.board}")
        page = await on_line(whole, http, opened)
        closing = asyncio.create_task(page.get())
        await lead.get("/")
        await lead.post("/sign-out")
        async with asyncio.timeout(2):
            while closing.done() and (await closing).json().get("close") is None:
                page._read((await closing).json())
                closing = asyncio.create_task(page.get())
            answer = await closing
        assert answer.status_code == 401 or answer.json().get("close") == 4401
