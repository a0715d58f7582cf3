"""Headers, origins, cookies, limits: what every answer has, and what is refused before anything reads it."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2 as httpx
import pytest
from starlette.datastructures import Headers

from codesign.web.csrf import allowed
from codesign.web.headers import POLICY
from tests.web.browsing import Walk, path_of, walking

OURS = "http://board.test"


@pytest.mark.parametrize(
    ("headers", "answer"),
    [
        ({}, True),
        ({"origin": OURS}, True),
        ({"origin": "https://board.test"}, True),
        ({"origin": "http://board.test:8000"}, False),
        ({"origin": "http://evil.test"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "https://trusted.test"}, True),
        ({"origin": "https://trusted.test", "sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"origin": OURS, "sec-fetch-site": "cross-site"}, False),
        ({"origin": OURS, "sec-fetch-site": "nonsense"}, False),
    ],
)
def test_requests_that_change_something_come_from_our_own_pages(
    headers: dict[str, str], answer: bool
) -> None:
    given = Headers({"host": "board.test"} | headers)
    assert allowed(given, {"https://trusted.test"}) is answer


async def test_other_sites_forms_are_refused_in_words(walk: Walk) -> None:
    browser = walk.browser("en")
    for headers in ({"origin": "http://evil.test"}, {"sec-fetch-site": "cross-site"}):
        answer = await browser.http.post("/language", data={"lang": "ka"}, headers=headers)
        assert answer.status_code == 403
        assert "<h1" in answer.text
        assert "set-cookie" not in answer.headers
        assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("path", ["/", "/nothing", "/healthz", "/static/nothing", "/streams/x"])
async def test_every_answer_has_the_headers(walk: Walk, path: str) -> None:
    answer = await walk.browser().get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("https://board.test", "same-origin"),
        ("http://localhost:8000", "same-origin"),
        ("http://board.localhost", "same-origin"),
        ("http://127.0.0.1:8000", "same-origin"),
        ("http://[::1]:8000", "same-origin"),
        ("http://city.lan", None),
        ("http://192.168.1.20:8000", None),
        ("http://localhost.evil.test", None),
        ("http://127.0.0.1.evil.test", None),
    ],
)
async def test_windows_are_kept_apart_only_where_browsers_heed_it(
    walk: Walk, address: str, answer: str | None
) -> None:
    """Over plain http in a town hall's network browsers call the header an error on each page."""
    got = await walk.browser().http.get(f"{address}/healthz")
    assert got.headers.get("cross-origin-opener-policy") == answer


async def test_what_was_built_may_be_kept_for_ever(walk: Walk) -> None:
    page = (await walk.browser().get("/")).text
    path = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    for encoding in ("gzip", "identity"):
        answer = await walk.browser().get(path, **{"accept-encoding": encoding})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers.get("content-encoding", "identity") == encoding
        assert ":root" in answer.text


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "%2e%2e/pyproject.toml", ".built-from", "", "css", "/etc/passwd"]
)
async def test_nothing_else_is_served(walk: Walk, path: str) -> None:
    assert (await walk.browser().get(f"/static/{path}")).status_code in (404, 307)


async def test_cookies_are_bound_to_an_https_address(tmp_path: Path) -> None:
    async with walking(tmp_path, public_url="https://board.example") as walk:
        opened = await walk.workshop(None)
        browser, path = walk.browser(), await walk.join_path(opened)
        browser.http.base_url = "https://board.example"
        await browser.get(path)
        token = browser.hidden()
        answer = await browser.http.post(
            path,
            data={**token, "name": "Tamar", "city": opened.cities[0]},
            headers={"origin": "https://board.example", "sec-fetch-site": "same-origin"},
        )
        assert answer.status_code == 303
        cookie = next(c for c in answer.headers.get_list("set-cookie") if "__Host-codesign=" in c)
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert (await browser.get(f"/b/{opened.board}")).status_code == 200
        shown = (await browser.get(f"/b/{opened.board}/return-link")).json()
        assert shown["link"].startswith("https://board.example/return/")


async def test_every_address_has_the_prefix_a_proxy_serves_us_under(walk: Walk) -> None:
    opened = await walk.workshop(None)
    browser, path = walk.browser(), await walk.join_path(opened)
    transport = httpx.ASGITransport(
        app=walk.app, client=("192.0.2.1", 1), root_path="/boards", raise_app_exceptions=False
    )
    browser.http._transport = transport
    page = (await browser.get(f"/boards{path}")).text
    found = re.findall(r'(?:href|action|src|data-\w+-url)="(/[^"]*)"', page)
    assert found
    assert [address for address in found if not address.startswith("/boards/")] == []
    answer = await browser.post(f"/boards{path}", name="Tamar", city=opened.cities[0])
    assert path_of(answer) == f"/boards/b/{opened.board}"
    page = (await browser.get(f"/boards/b/{opened.board}")).text
    found = re.findall(r'(?:href|action|src|data-\w+-url)="(/[^"]*)"', page)
    assert [address for address in found if not address.startswith("/boards/")] == []


async def test_session_cookies_are_for_servers_eyes_only(walk: Walk) -> None:
    opened = await walk.workshop(None)
    browser, path = walk.browser(), await walk.join_path(opened)
    await browser.get(path)
    answer = await browser.post(path, name="Tamar", city=opened.cities[0])
    cookie = next(
        c for c in answer.headers.get_list("set-cookie") if c.startswith("codesign_session")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


async def test_a_body_that_is_too_big_is_refused_in_words(walk: Walk) -> None:
    browser = walk.browser()
    await browser.get("/code")
    answer = await browser.post("/code", code="x" * 100_000)
    assert answer.status_code == 413
    assert "That is too much at once" in browser.text


async def test_pages_for_machines(walk: Walk) -> None:
    here, there = walk.browser(address="127.0.0.1"), walk.browser()
    assert (await there.get("/healthz")).json() == {"status": "ok"}
    assert (await there.get("/readyz")).json() == {"status": "ready", "database": "sqlite"}
    assert "codesign_rooms_open" in (await here.get("/metrics")).text
    assert (await there.get("/metrics")).status_code == 404
    proxied = await here.get("/metrics", **{"x-forwarded-for": "192.0.2.9"})
    assert proxied.status_code == 404


async def test_what_breaks_inside_is_said_without_a_word_of_anybodys(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    opened = await walk.workshop(await walk.facilitator())
    guest = await walk.guest(opened)

    async def broken(stream: str) -> None:
        raise ValueError("canary: what somebody wrote")

    monkeypatch.setattr(walk.house.rooms, "state", broken)
    answer = await guest.get(f"/b/{opened.board}")
    assert answer.status_code == 500
    assert "Something broke on our side" in guest.text
    assert "canary" not in answer.text
    assert "unexpected ValueError" in caplog.text
    assert "canary: what" not in caplog.text.replace('raise ValueError("canary: what', "")
