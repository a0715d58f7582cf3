"""`GET /streams/<stream>` (protocol 7): whole, compressed, tagged, and only for those who may follow."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import AsyncIterator

import httpx2 as httpx
import pytest

from codesign.core.changes import apply_changes, from_wire
from codesign.core.hashing import state_hash
from codesign.core.stream import State
from codesign.store.memory import MemoryJournal
from tests.builders import ANNA, BORIS, OLGA, an_id
from tests.live.hall import BOARD_STREAM, EPOCH, WORKSHOP_STREAM, a_note
from tests.web.served import Served, serving


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving() as served:
        yield served


@pytest.fixture
async def http(served: Served) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=served.origin) as http:
        yield http


async def test_unpacking_for_who_takes_no_gzip_holds_nobody_up(
    served: Served, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P7 of promises.md: a big board's snapshot is ten megabytes."""
    threads: list[object] = []
    unpack = gzip.decompress
    monkeypatch.setattr(
        gzip, "decompress", lambda data: threads.append(threading.current_thread()) or unpack(data)
    )
    headers = {**served.headers(ANNA), "Accept-Encoding": "identity"}
    answer = await http.get(f"/streams/{BOARD_STREAM}", headers=headers)
    assert answer.json()["epoch"] == EPOCH
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


async def test_a_snapshot_and_its_tail_are_the_state_with_nothing_missing_and_nothing_twice(
    served: Served, http: httpx.AsyncClient
) -> None:
    """P7.2."""
    await served.rooms.ask(BOARD_STREAM, a_note("one"), person=ANNA)
    answer = await http.get(f"/streams/{BOARD_STREAM}", headers=served.headers(ANNA))
    body = answer.json()
    assert (body["epoch"], body["seq"]) == (EPOCH, 2)
    mirror = State(body["state"]["fields"], {item["id"]: item for item in body["state"]["items"]})
    await served.rooms.ask(BOARD_STREAM, a_note("two"), person=ANNA)
    async with served.page(BORIS, seq=body["seq"]) as boris:
        told = await boris.hear("changes")
        assert told["from"] == body["seq"] + 1
        for entry in told["entries"]:
            apply_changes(mirror, map(from_wire, entry["changes"]))
    found = await served.rooms.state(BOARD_STREAM)
    assert found is not None
    assert state_hash(mirror) == state_hash(found[1])


async def test_the_etag_is_epoch_and_seq_and_saves_the_body(
    served: Served, http: httpx.AsyncClient
) -> None:
    """P7.1."""
    url, headers = f"/streams/{BOARD_STREAM}", served.headers(ANNA)
    first = await http.get(url, headers=headers)
    assert first.headers["etag"] == f'"{EPOCH}.1"'
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == "private, no-cache"
    again = await http.get(url, headers={**headers, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await served.rooms.ask(BOARD_STREAM, a_note("one"), person=ANNA)
    moved = await http.get(url, headers={**headers, "If-None-Match": first.headers["etag"]})
    assert (moved.status_code, moved.headers["etag"]) == (200, f'"{EPOCH}.2"')


async def test_one_who_takes_no_gzip_gets_plain_json(
    served: Served, http: httpx.AsyncClient
) -> None:
    headers = {**served.headers(ANNA), "Accept-Encoding": "gzip;q=0, identity"}
    plain = await http.get(f"/streams/{BOARD_STREAM}", headers=headers)
    assert "content-encoding" not in plain.headers
    assert json.loads(plain.content)["seq"] == 1


async def test_unknown_and_forbidden_look_alike(served: Served, http: httpx.AsyncClient) -> None:
    answers = [
        await http.get(f"/streams/{stream}", headers=served.headers(person))
        for stream, person in [
            (BOARD_STREAM, an_id("stranger")),
            (WORKSHOP_STREAM, an_id("stranger")),
            (f"board:{an_id('nowhere')}", ANNA),
            ("lane:nobody", ANNA),
            ("nonsense", ANNA),
        ]
    ]
    assert {(a.status_code, a.content) for a in answers} == {(404, b'{"code":"unknown"}')}
    assert (await http.get(f"/streams/{BOARD_STREAM}")).status_code == 401


async def test_one_who_was_removed_gets_nothing_more(
    served: Served, http: httpx.AsyncClient
) -> None:
    url, headers = f"/streams/{BOARD_STREAM}", served.headers(BORIS)
    etag = (await http.get(url, headers=headers)).headers["etag"]
    op = {"type": "remove_person", "person": BORIS}
    await served.rooms.ask(WORKSHOP_STREAM, op, person=OLGA)
    again = await http.get(url, headers={**headers, "If-None-Match": etag})
    assert again.status_code == 404


async def test_a_journal_that_cannot_be_read_is_unavailable_and_nothing_worse() -> None:
    class Broken(MemoryJournal):
        async def load(self, stream: str, **more: object) -> None:
            raise OSError("the disk is gone")

    async with serving() as served:
        served.rooms.keeping._journal = Broken()
        async with httpx.AsyncClient(base_url=served.origin) as http:
            url = f"/streams/board:{an_id('other')}"
            answer = await http.get(url, headers=served.headers(ANNA))
            assert (answer.status_code, answer.json()) == (503, {"code": "unavailable"})
