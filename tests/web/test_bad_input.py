"""Nothing that comes in makes a 5xx, whatever it is (P15)."""

from __future__ import annotations

import random
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from codesign.web.routes import ROUTES
from tests.web.browsing import Walk, walking

WORDS = (
    "", "x", "x" * 5000, "\x00", "\ud800", "\u202e", "🙂" * 50, "<b>", "%00", "../..", "{name}", "ა" * 400,
    "{{7*7}}", "'; DROP TABLE people; --", "-1", "null", "keep", "remove", "closed", "zones", "\r\nX: y", "ka",
)  # fmt: skip
_FIELDS = (
    "name city lang form_token code login password next email question title layout zones cities do role door"
    " back old new"
)
FIELDS = _FIELDS.split()
SEED = 20_261_122
WITH_FILE = b'--x\r\nContent-Disposition: form-data; name="code"; filename="a"\r\n\r\nz\r\n--x--'


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_forms_and_addresses_full_of_nonsense_are_answered(walk: Walk, method: str) -> None:
    chance = random.Random(SEED)
    opened = await walk.workshop(lead := await walk.facilitator())
    guest = await walk.guest(opened)
    browsers = (walk.browser(), guest, lead)
    ids = [
        opened.workshop,
        opened.board,
        opened.cities[0],
        *(w for w in WORDS if w and "\ud800" not in w),
    ]
    forms = {
        browser: "" if method == "GET" else (await browser.get("/code")).text
        for browser in browsers
    }
    for entry in ROUTES:
        if not (entry.get if method == "GET" else entry.post) or entry.name == "sign_out":
            continue
        for browser in browsers:
            for _ in range(2):
                path = _filled(entry.path, ids, chance)
                browser.page = forms[browser]
                status = await _send(browser, method, path, chance)
                assert status < 500, (entry.name, path, SEED)


async def test_a_nul_in_an_address_is_unknown_also_on_postgresql(
    tmp_path: Path, pg_url: str
) -> None:
    """Its text has no NUL: asked for one, it answers with an error."""
    async with walking(tmp_path, database_url=pg_url) as walk:
        opened = await walk.workshop(lead := await walk.facilitator())
        paths = ["/b/%00", "/files/%00", "/workshops/%00", "/streams/board:%00", "/sign-in/%00"]
        assert [(await lead.http.get(path)).status_code for path in paths] == [404] * len(paths)
        assert (await lead.http.get(f"/b/{opened.board}")).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
async def test_other_methods_are_unknown(walk: Walk, method: str) -> None:
    answer = await walk.browser().http.request(method, "/code")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"%ED%A0%80=%FF&&&==&a=%"),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
        ("multipart/form-data; boundary=x", WITH_FILE),
        ("multipart/form-data", b"--"),
        ("", b"\xff" * 2000),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(5000))),
    ],
)  # fmt: skip
async def test_bodies_of_all_sorts_are_answered(walk: Walk, kind: str, body: bytes) -> None:
    for path in ("/code", "/language", "/sign-in", "/join/x", "/sign-out"):
        answer = await walk.browser().http.post(path, content=body, headers={"content-type": kind})
        assert answer.status_code < 500, path


@pytest.mark.parametrize(
    "cookie",
    ["codesign_session=", "codesign_session=x; codesign_lang=../../etc", "codesign_lang=xx",
     "codesign_theme=<b>", "=;;=", "codesign_form=\"", "codesign_session=" + "x" * 3000],
)  # fmt: skip
async def test_cookies_of_all_sorts_are_answered(walk: Walk, cookie: str) -> None:
    for path in ("/", "/workshops/new", "/b/x"):
        answer = await walk.browser().http.get(path, headers={"cookie": cookie})
        assert answer.status_code < 500
        assert "<b>" not in answer.text.partition("<body")[0]


@pytest.mark.parametrize(
    "language", ["", "*", ";;;q=,", "ka;q=x", "x" * 5000, "ქართული".encode().decode("latin-1")]
)
async def test_languages_of_all_sorts_are_answered(walk: Walk, language: str) -> None:
    headers = [(b"accept-language", language.encode("latin-1"))]
    answer = await walk.browser().http.get("/code", headers=headers)
    assert answer.status_code == 200


def _filled(path: str, ids: list[str], chance: random.Random) -> str:
    return re.sub(r"\{\w+\}", lambda _: quote(chance.choice(ids), safe=""), path)


async def _send(browser: object, method: str, path: str, chance: random.Random) -> int:
    fields = {
        name: chance.choice(WORDS).encode("utf-8", "replace").decode()
        for name in chance.sample(FIELDS, 8)
    }
    if chance.random() < 0.6:
        fields.pop("form_token", None)
    if method == "GET":
        return (await browser.get(path)).status_code  # type: ignore[attr-defined,no-any-return]
    return (await browser.post(path, **fields)).status_code  # type: ignore[attr-defined,no-any-return]
