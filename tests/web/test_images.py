"""Pictures people bring: who may, what is refused and how it is said, and who may look at them."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import httpx2 as httpx
import pytest
from PIL import Image

from codesign.core.limits import IMAGE_BYTES, UPLOADS_BYTES
from codesign.web.csrf import form_token
from tests.web.browsing import SECRET, Browser, Walk


def a_picture(form: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 10, 10)).save(out, form)
    return out.getvalue()


async def send(
    browser: Browser, board: str, data: bytes | Unread, kind: str = "image/png", **headers: str
) -> httpx.Response:
    """As static/js/board/tools/images.js does."""
    key = browser.http.cookies.get("codesign_session") or ""
    token = form_token(SECRET.encode(), key)
    sent = {"content-type": kind, "x-form-token": token, "origin": "http://board.test"}
    return await browser.http.post(f"/boards/{board}/images", content=data, headers=sent | headers)


async def test_a_picture_is_taken_and_everyone_there_may_look_at_it(walk: Walk) -> None:
    walk.start_processes()
    opened = await walk.workshop(None)
    nino, tamar = await walk.guest(opened, "Nino"), await walk.guest(opened, "Tamar")
    answer = await send(nino, opened.board, a_picture())
    assert answer.status_code == 201
    told = answer.json()
    assert (told["w"], told["h"], len(told["file"])) == (60, 40, 22)
    shown = await tamar.get(f"/files/{told['file']}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert shown.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert Image.open(io.BytesIO(shown.content)).size == (60, 40)


async def test_what_was_sent_is_never_what_is_served(walk: Walk) -> None:
    opened = await walk.workshop(None)
    nino = await walk.guest(opened)
    page = b"<script>alert(1)</script>"
    told = (await send(nino, opened.board, a_picture("JPEG") + page, "image/jpeg")).json()
    assert page not in (await nino.get(f"/files/{told['file']}")).content


async def test_people_elsewhere_and_people_removed_find_no_picture(walk: Walk) -> None:
    opened, other = await walk.workshop(None), await walk.workshop(None)
    nino, stranger = await walk.guest(opened), await walk.guest(other)
    file = (await send(nino, opened.board, a_picture())).json()["file"]
    assert (await stranger.get(f"/files/{file}")).status_code == 404
    assert (await walk.browser().get(f"/files/{file}")).status_code == 404
    assert (await nino.get("/files/..%2fsecret")).status_code == 404
    person = await walk.person(opened, "Tamar")
    remove = {"type": "remove_person", "person": person}
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", remove, product=True)
    assert (await nino.get(f"/files/{file}")).status_code == 404
    assert (await send(nino, opened.board, a_picture())).status_code == 403


BAD = {
    "a vector picture": (b"<svg/>", "image/png", 422, "bad_op"),
    "a page": (b"<html>", "text/html", 422, "bad_op"),
    "half a picture": (a_picture(size=(900, 900))[:400], "image/png", 422, "bad_op"),
    "nothing": (b"", "image/png", 422, "bad_op"),
    "too many bytes": (b"x" * (10 * 1024 * 1024 + 1), "image/png", 413, "limit"),
}


@pytest.mark.parametrize(("data", "kind", "status", "code"), BAD.values(), ids=BAD)
async def test_what_is_no_picture_gets_a_code_and_a_sentence(
    walk: Walk, data: bytes, kind: str, status: int, code: str
) -> None:
    opened = await walk.workshop(None)
    nino = await walk.guest(opened)
    answer = await send(nino, opened.board, data, kind)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["text"].endswith((".", "can."))


async def test_a_body_larger_than_any_picture_is_not_even_read(walk: Walk) -> None:
    opened = await walk.workshop(None)
    nino = await walk.guest(opened)

    async def endless():  # type: ignore[no-untyped-def]
        for _ in range(300):
            yield b"x" * 64 * 1024

    answer = await send(nino, opened.board, endless())  # type: ignore[arg-type]
    assert answer.status_code == 413


async def test_other_sites_and_stale_pages_cannot_send_pictures(walk: Walk) -> None:
    opened = await walk.workshop(None)
    nino = await walk.guest(opened)
    evil = {"origin": "http://evil.test"}
    assert (await send(nino, opened.board, a_picture(), **evil)).status_code == 403
    stale = {"x-form-token": "0" * 32}
    assert (await send(nino, opened.board, a_picture(), **stale)).status_code == 403


async def test_on_a_locked_board_only_those_who_lead_add_pictures(walk: Walk) -> None:
    opened = await walk.workshop(owner := await walk.facilitator())
    nino = await walk.guest(opened)
    lock = {"type": "set_stage", "stage": "locked"}
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", lock, product=True)
    answer = await send(nino, opened.board, a_picture())
    assert (answer.status_code, answer.json()["code"]) == (409, "stage")
    assert (await send(owner, opened.board, a_picture())).status_code == 201


async def test_a_picture_leaves_with_the_board_and_comes_back_with_it(walk: Walk) -> None:
    opened = await walk.workshop(None)
    nino = await walk.guest(opened)
    file = (await send(nino, opened.board, a_picture())).json()["file"]
    image = {
        "type": "create_image",
        "id": "i" * 22,
        "file": file,
        "alt": "red",
        "w": 6_000,
        "h": 4_000,
    }
    place = {"region": opened.regions[0], "order": "a0"}
    await walk.house.rooms.ask(f"board:{opened.board}", {**image, **place}, product=True)
    archive = (await nino.get(f"/b/{opened.board}/export.json")).json()
    assert list(archive["files"]) == [file]
    with Image.open(io.BytesIO((await nino.get(f"/b/{opened.board}/export.png")).content)) as shown:
        colours = dict((c, n) for n, c in shown.convert("RGB").getcolors(1_000_000))
    assert sum(n for (r, g, b), n in colours.items() if r > 190 and g < 30 and b < 30) > 10_000


class Unread:
    """A body that tells whether anybody has begun to read it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.was_read = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.was_read = True
        yield self.data


async def test_who_comes_when_there_is_no_room_is_sent_away_unread(walk: Walk) -> None:
    opened = await walk.workshop(None)
    nino = await walk.guest(opened)
    uploads, data = walk.house.uploads, a_picture()
    for said in ({"content-length": str(len(data))}, {}):
        size = len(data) if said else IMAGE_BYTES
        uploads.in_flight = UPLOADS_BYTES - size + 1
        body = Unread(data)
        answer = await send(nino, opened.board, body, **said)
        assert (answer.status_code, answer.json()["code"], body.was_read) == (429, "rate", False)
        uploads.in_flight -= 1
        assert (await send(nino, opened.board, Unread(data), **said)).status_code == 201
        assert uploads.in_flight == UPLOADS_BYTES - size
    uploads.in_flight = 0
    walk.house.workers.most_waiting = 0
    body = Unread(data)
    assert (await send(nino, opened.board, body)).status_code == 429
    assert not body.was_read


async def test_what_failed_gives_its_room_back(walk: Walk) -> None:
    opened = await walk.workshop(None)
    nino = await walk.guest(opened)
    assert (await send(nino, opened.board, b"no picture")).status_code == 422
    assert walk.house.uploads.in_flight == 0
