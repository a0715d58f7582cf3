"""A translation service on this machine that speaks the LibreTranslate API: what it is told, and what is told of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from codesign.core.ops import CreateNote
from codesign.web.csrf import form_token
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from codesign.web.translating import MOST_BYTES, MOST_LETTERS, Translating, Untranslated
from tests.services import serve
from tests.web.browsing import SECRET, Browser, Walk, walking


class Service:
    """What it was asked, and what it says next."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answer: Response = JSONResponse({"translatedText": "The bus"})
        #: Held until this is set.
        self.go = asyncio.Event()
        self.go.set()
        self.waits = asyncio.Event()
        self.url = ""

    async def translate(self, request: Request) -> Response:
        self.asked.append(json.loads(await request.body()))
        self.waits.set()
        await self.go.wait()
        return self.answer


async def elsewhere(request: Request) -> Response:
    return JSONResponse({"translatedText": "from elsewhere"})


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    service = Service()
    there = Route("/translate", service.translate, methods=["POST"])
    app = Starlette(routes=[there, Route("/elsewhere", elsewhere)])
    async with serve(app) as address:
        service.url = f"http://{address}"
        yield service
        service.go.set()


@asynccontextmanager
async def a_walk(folder: Path, service: Service, **more: Any) -> AsyncIterator[Walk]:
    async with walking(folder, translation_url=service.url, **more) as walk:
        yield walk


@pytest.fixture
async def walk(tmp_path: Path, service: Service) -> AsyncIterator[Walk]:
    async with a_walk(tmp_path, service, translation_key="a key of ours") as found:
        yield found


async def write(walk: Walk, opened: Opened, text: str, **more: Any) -> str:
    id = make_id()
    op = CreateNote(id=id, text=text, region=opened.regions[0], order="a0", **more)
    await walk.house.rooms.ask(f"board:{opened.board}", op, product=True)
    return id


async def ask(browser: Browser, board: str, note: str, lang: str = "en") -> httpx.Response:
    key = browser.http.cookies.get("codesign_session") or ""
    form = {"form_token": form_token(SECRET.encode(), key), "note": note, "lang": lang}
    return await browser.http.post(
        f"/b/{board}/translate", data=form, headers={"origin": "http://board.test"}
    )


async def test_a_note_is_sent_with_nothing_but_its_words_and_languages(
    walk: Walk, service: Service
) -> None:
    opened = await walk.workshop(None)
    nino = await walk.guest(opened, "Nino")
    note = await write(walk, opened, "Autobusi", lang="sq")
    answer = await ask(nino, opened.board, note)
    assert (answer.status_code, answer.json()) == (200, {"words": "The bus"})
    assert answer.headers["cache-control"] == "no-store"
    words = {"q": "Autobusi", "source": "sq", "target": "en", "format": "text"}
    assert service.asked == [{**words, "api_key": "a key of ours"}]


async def test_serbian_is_asked_without_a_script_and_given_in_the_one_that_was_wanted(
    walk: Walk, service: Service
) -> None:
    opened = await walk.workshop(None)
    nino, note = await walk.guest(opened), await write(walk, opened, "The bus")
    service.answer = JSONResponse({"translatedText": "Љубав"})
    assert (await ask(nino, opened.board, note, "sr-Latn")).json() == {"words": "Ljubav"}
    assert (await ask(nino, opened.board, note, "sr-Cyrl")).json() == {"words": "Љубав"}
    assert [(one["source"], one["target"]) for one in service.asked] == [("auto", "sr")] * 2


async def test_without_a_service_nothing_is_sent_and_the_page_says_nothing_of_it(
    tmp_path: Path, service: Service
) -> None:
    async with walking(tmp_path) as walk:
        opened = await walk.workshop(None)
        nino, note = await walk.guest(opened), await write(walk, opened, "Autobusi")
        assert (await ask(nino, opened.board, note)).json()["code"] == "unknown"
        assert "translate-url" not in (await nino.get(f"/b/{opened.board}")).text
    assert service.asked == []


async def test_the_page_says_to_whom_words_would_go(walk: Walk) -> None:
    opened = await walk.workshop(None)
    page = (await (await walk.guest(opened)).get(f"/b/{opened.board}")).text
    assert f'data-translate-url="/b/{opened.board}/translate"' in page
    assert 'data-translates="127.0.0.1"' in page


async def test_a_hidden_note_is_never_sent_whoever_asks(walk: Walk, service: Service) -> None:
    opened = await walk.workshop(None)
    nino = await walk.guest(opened, "Nino")
    person = await walk.person(opened, "Nino")
    stage = {"type": "set_stage", "stage": "silent"}
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", stage, product=True)
    id = make_id()
    note = {"type": "create_note", "id": id, "text": "canary", "region": opened.regions[0]}
    lane = f"lane:{opened.board}:1:{person}"
    await walk.house.rooms.ask(lane, {**note, "order": "a0"}, person=person)
    state = await walk.house.rooms.state(lane)
    assert state is not None
    assert state[1].get(id) is not None
    assert (await ask(nino, opened.board, id)).json()["code"] == "unknown"
    there = await write(walk, opened, "Autobusi")
    assert (await ask(nino, opened.board, there)).json()["code"] == "stage"
    assert service.asked == []


async def test_who_only_reads_and_who_is_elsewhere_asks_nothing(
    walk: Walk, service: Service
) -> None:
    opened, other = await walk.workshop(None), await walk.workshop(None)
    note = await write(walk, opened, "Autobusi")
    vera, stranger = await walk.guest(opened, "Vera"), await walk.guest(other)
    role = {"type": "set_role", "person": await walk.person(opened, "Vera"), "role": "observer"}
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", role, product=True)
    assert (await ask(vera, opened.board, note)).json()["code"] == "forbidden"
    assert (await ask(stranger, opened.board, note)).status_code == 404
    assert (await ask(vera, opened.board, note, "no language")).json()["code"] == "bad_op"
    assert service.asked == []


BAD: dict[str, tuple[Response, int, str]] = {
    "an error": (JSONResponse({"error": "xx is not supported"}, 400), 422, "does not know"),
    "no key": (JSONResponse({"error": "Invalid API key"}, 403), 429, "takes no more"),
    "too many": (JSONResponse({"error": "Slowdown"}, 429), 429, "takes no more"),
    "a crash": (Response("<html>", 500), 503, "gave no answer"),
    "no JSON": (Response("<html>"), 503, "gave no answer"),
    "other JSON": (JSONResponse(["The bus"]), 503, "gave no answer"),
    "no words": (JSONResponse({"translatedText": "  "}), 503, "gave no answer"),
    "letters that are none": (JSONResponse({"translatedText": "a\x00b"}), 503, "gave no answer"),
    "a way elsewhere": (Response(None, 302, {"location": "/elsewhere"}), 503, "gave no answer"),
    "far too much": (
        JSONResponse({"translatedText": "The bus", "more": "x" * MOST_BYTES}),
        503,
        "gave no answer",
    ),
}


@pytest.mark.parametrize(("bad", "status", "says"), BAD.values(), ids=BAD)
async def test_what_goes_wrong_is_a_sentence_for_whoever_asked(
    walk: Walk, service: Service, bad: Response, status: int, says: str
) -> None:
    opened = await walk.workshop(None)
    nino, note = await walk.guest(opened), await write(walk, opened, "Autobusi")
    service.answer = bad
    answer = await ask(nino, opened.board, note)
    assert answer.status_code == status
    assert says in answer.json()["text"]


async def test_a_service_that_is_not_there_is_told_and_nothing_else_suffers() -> None:
    gone = Translating("http://127.0.0.1:9")
    with pytest.raises(Untranslated) as error:
        await gone.translate("nino", "Autobusi", "sq", "en")
    assert (error.value.code, error.value.reason) == ("unavailable", "silent")


async def test_a_service_that_hangs_is_given_up(service: Service) -> None:
    service.go.clear()
    with pytest.raises(Untranslated) as error:
        await Translating(service.url, seconds=0.05).translate("nino", "Autobusi", "sq", "en")
    assert error.value.reason == "slow"


async def test_each_person_asks_one_thing_at_a_time(service: Service) -> None:
    service.go.clear()
    translating = Translating(service.url)
    first = asyncio.create_task(translating.translate("nino", "Autobusi", "sq", "en"))
    await service.waits.wait()
    with pytest.raises(Untranslated) as error:
        await translating.translate("nino", "Treni", "sq", "en")
    assert error.value.reason == "busy"
    service.go.set()
    assert await first == "The bus"
    assert await translating.translate("nino", "Treni", "sq", "en") == "The bus"


async def test_what_is_too_long_is_not_sent(service: Service) -> None:
    with pytest.raises(Untranslated) as error:
        await Translating(service.url).translate("nino", "x" * (MOST_LETTERS + 1), "sq", "en")
    assert (error.value.reason, service.asked) == ("long", [])
