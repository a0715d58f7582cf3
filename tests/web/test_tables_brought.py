"""A table goes to the server and comes back as rows, for whoever may write; nothing of it is kept."""

from __future__ import annotations

import httpx2 as httpx

from codesign.web.csrf import form_token
from tests.web.browsing import SECRET, Browser, Walk


async def send(browser: Browser, board: str, data: bytes, **headers: str) -> httpx.Response:
    key = browser.http.cookies.get("codesign_session") or ""
    sent = {"x-form-token": form_token(SECRET.encode(), key), "origin": "http://board.test"}
    return await browser.http.post(f"/boards/{board}/table", content=data, headers=sent | headers)


async def test_a_table_comes_back_as_rows_and_what_is_none_is_named_in_words(walk: Walk) -> None:
    walk.start_processes()
    opened = await walk.workshop(None)
    nino = await walk.guest(opened, "Nino")
    answer = await send(nino, opened.board, b"Text;Zone\nBuses;Ideas\n")
    rows = [{"number": 1, "cells": ["Text", "Zone"]}, {"number": 2, "cells": ["Buses", "Ideas"]}]
    assert (answer.status_code, answer.json()) == (200, {"sheets": [{"title": "", "rows": rows}]})
    assert (await send(nino, opened.board, b"a", **{"x-form-token": "no"})).status_code == 403
    noise = await send(nino, opened.board, b"\xff\xe8\xf0\xff")
    assert noise.status_code == 422
    assert "CSV UTF-8" in noise.json()["text"]
