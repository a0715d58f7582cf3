"""A workbook of a system map goes to the server and comes back as what is in it, or as all that is wrong with it."""

from __future__ import annotations

import httpx2 as httpx

from codesign.core.limits import WORKBOOK_BYTES
from codesign.i18n import Catalogues
from codesign.results import system_map, xlsx
from codesign.web.csrf import form_token
from tests.results.test_map_import import LINKED, workbook
from tests.results.test_system_map import NAMES, the_map_of_kutaisi
from tests.web.browsing import SECRET, Browser, Walk


async def send(browser: Browser, board: str, data: bytes, **headers: str) -> httpx.Response:
    key = browser.http.cookies.get("codesign_session") or ""
    sent = {"x-form-token": form_token(SECRET.encode(), key), "origin": "http://board.test"}
    return await browser.http.post(f"/boards/{board}/map", content=data, headers=sent | headers)


async def test_what_is_in_a_workbook_is_told_to_whoever_may_write_and_nothing_is_drawn_yet(
    walk: Walk,
) -> None:
    walk.start_processes()
    opened = await walk.workshop(None)
    nino = await walk.guest(opened, "Nino")
    tables = system_map.tables(the_map_of_kutaisi(), Catalogues().words("en"))
    answer = await send(nino, opened.board, xlsx.book(tables))
    assert answer.status_code == 200
    assert [one["label"] for one in answer.json()["factors"]] == list(NAMES)
    assert (await send(nino, opened.board, b"", **{"x-form-token": "no"})).status_code == 403
    lock = {"type": "set_stage", "stage": "locked"}
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", lock, product=True)
    assert (await send(nino, opened.board, xlsx.book(tables))).status_code == 409


async def test_what_is_wrong_is_said_in_words_and_what_is_no_workbook_is_named(walk: Walk) -> None:
    opened = await walk.workshop(None)
    nino = await walk.guest(opened, "Nino")
    wrong = await send(nino, opened.board, workbook([("Factor",), ("=1",)], [LINKED]))
    assert (wrong.status_code, wrong.json()) == (
        422,
        {"wrong": ["Factors, cell A2: a formula. Please put its value there."]},
    )
    nonsense = await send(nino, opened.board, b"a;b;c")
    assert nonsense.status_code == 422
    assert nonsense.json()["text"] == "This file is not an Excel workbook that can be read."
    large = await send(nino, opened.board, b"0" * (WORKBOOK_BYTES + 1))
    assert large.status_code == 413
