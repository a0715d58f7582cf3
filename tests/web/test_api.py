"""What other programs read by a token: as described, as far as the token goes, and nothing private."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from codesign.results import api
from codesign.store import tokens
from codesign.web import openapi
from codesign.web.api import api_routes
from codesign.web.links import hash_token
from codesign.web.opening import Opened
from codesign.web.pace import BURST
from codesign.web.seats import make_id
from codesign.web.token_list import RIGHTS
from tests.web.browsing import Browser, Walk, walking

MODELS: dict[str, Any] = {
    "notes": api.NotesPage,
    "votes": api.VotesPage,
    "records": api.RecordsPage,
    "actions": api.ActionsPage,
}
DAY_MS = 24 * 60 * 60_000


@dataclass
class Cast:
    walk: Walk
    lead: Browser
    opened: Opened


async def made(lead: Browser, opened: Opened, *rights: str, **more: str) -> str:
    """As a facilitator makes one: the token stands in the answer."""
    await lead.get(f"/workshops/{opened.workshop}")
    fields: dict[str, Any] = {
        "label": "The city's page",
        "days": "7",
        "right": list(rights),
        **more,
    }
    answer = await lead.post(f"/workshops/{opened.workshop}/tokens", **fields)
    found = re.search(r'id="new-token" value="(cs_[\w-]{40,})"', answer.text)
    assert found is not None, answer.text
    return found[1]


async def read(walk: Walk, path: str, token: str = "", **query: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return await walk.browser().http.get(f"/api/v1/{path}", headers=headers, params=query)


async def write(walk: Walk, opened: Opened, text: str, name: str) -> None:
    found = await walk.house.rooms.state(f"board:{opened.board}")
    assert found is not None
    region = next(iter(found[1].of_kind("region")))["id"]
    op = {"type": "create_note", "id": make_id(), "text": text, "region": region, "order": "a1"}
    person = await walk.person(opened, name)
    await walk.house.rooms.ask(f"board:{opened.board}", op, person=person)


@pytest.fixture(scope="module")
async def cast(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cast]:
    """One for all these tests: what is read is made in a process of its own, and that takes its time."""
    async with walking(tmp_path_factory.mktemp("api")) as walk:
        yield Cast(walk, *await fill(walk))


async def fill(walk: Walk) -> tuple[Browser, Opened]:
    lead = await walk.facilitator()
    opened = await walk.workshop(lead)
    await walk.guest(opened, "Nino")
    for text in ("Buses come late", "No shade at the stops"):
        await write(walk, opened, text, "Nino")
    programme = (await walk.state(opened)).fields["programme"]
    for kind, fields in (
        ("action", {"title": "Shade", "cost/amount": 5, "cost/currency": "EUR"}),
        ("stakeholder", {"name": "City", "sector": "state"}),
    ):
        record = {"type": "create_record", "id": make_id(), "kind": kind, "fields": fields}
        await walk.house.rooms.ask(f"register:{programme}", record, product=True)
    closed = {"type": "set_up_register", "workshop": opened.workshop}
    await walk.house.rooms.ask(f"closed:{programme}", closed, product=True)
    return lead, opened


def test_the_description_beside_the_docs_is_the_one_that_is_served() -> None:
    kept = Path(__file__).parents[2] / "docs/openapi.json"
    assert json.loads(kept.read_text("utf-8")) == openapi.document(), (
        "python -m codesign.web.openapi > docs/openapi.json"
    )


def test_every_route_is_described_and_every_description_has_a_route() -> None:
    served = {route.path for route in api_routes()} - {f"{openapi.BASE}/openapi.json"}
    assert served == set(openapi.document()["paths"])
    assert served == {f"{openapi.BASE}/{right}" for right in RIGHTS}


async def test_what_is_read_is_as_described_and_pages_follow_one_another(cast: Cast) -> None:
    walk, lead, opened = cast.walk, cast.lead, cast.opened
    token = await made(lead, opened, *RIGHTS)
    for name, model in MODELS.items():
        answer = await read(walk, name, token)
        assert answer.status_code == 200, answer.text
        model.model_validate_json(answer.content)
    report = api.ReportSaid.model_validate_json((await read(walk, "report", token)).content)
    assert report.notes == 2
    first = (await read(walk, "notes", token, limit="1")).json()
    second = (await read(walk, "notes", token, limit="1", offset=str(first["next"]))).json()
    told = [first["items"][0]["text"], second["items"][0]["text"]]
    assert sorted(told) == ["Buses come late", "No shade at the stops"]
    assert (first["total"], second["next"]) == (2, None)
    (action,) = (await read(walk, "actions", token)).json()["items"]
    assert (action["title"], action["cost"], action["currency"]) == ("Shade", 5, "EUR")
    kinds = [one["kind"] for one in (await read(walk, "records", token)).json()["items"]]
    assert kinds == ["stakeholder", "action"]
    described = await read(walk, "openapi.json")
    assert described.json() == openapi.document()


async def test_names_are_told_only_where_the_token_says_so(cast: Cast) -> None:
    walk, lead, opened = cast.walk, cast.lead, cast.opened
    plain, named = (
        await made(lead, opened, "notes"),
        await made(lead, opened, "notes", names="on"),
    )
    assert "Nino" not in (await read(walk, "notes", plain)).text
    assert "Nino" in (await read(walk, "notes", named)).text


async def test_a_token_reads_what_it_may_until_it_is_ended_or_over(cast: Cast) -> None:
    walk, lead, opened = cast.walk, cast.lead, cast.opened
    token = await made(lead, opened, "notes")
    assert (await read(walk, "votes", token)).status_code == 403
    nobody = await read(walk, "notes")
    assert (nobody.status_code, nobody.headers["www-authenticate"]) == (401, "Bearer")
    assert (await read(walk, "notes", "cs_" + "x" * 43)).status_code == 401
    kept = await tokens.token(walk.house.database, hash_token(token), walk.house.now())
    assert kept is not None
    walk.clock.ms += 7 * DAY_MS
    assert (await read(walk, "notes", token)).status_code == 401
    walk.clock.ms -= 7 * DAY_MS
    page = await lead.get(f"/workshops/{opened.workshop}")
    assert token not in page.text
    assert f"until {datetime.fromtimestamp(kept.expires / 1000, UTC).date()}" in lead.text
    await lead.post(f"/workshops/{opened.workshop}/tokens/{kept.id}")
    assert (await read(walk, "notes", token)).status_code == 401


async def test_of_a_token_only_its_hash_is_kept_and_cookies_open_nothing(cast: Cast) -> None:
    walk, lead, opened = cast.walk, cast.lead, cast.opened
    token = await made(lead, opened, "notes")
    assert await tokens.token(walk.house.database, hash_token(token), walk.house.now())
    assert await tokens.token(walk.house.database, token, walk.house.now()) is None
    assert (await lead.http.get("/api/v1/notes")).status_code == 401


async def test_what_is_not_described_is_refused(cast: Cast) -> None:
    walk, lead, opened = cast.walk, cast.lead, cast.opened
    token = await made(lead, opened, "notes")
    for query in (
        {"limit": "0"},
        {"limit": "501"},
        {"offset": "-1"},
        {"limit": "x"},
        {"lang": "xx"},
    ):
        answer = await read(walk, "notes", token, **query)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_op"), query


async def test_who_asks_too_often_is_told_how_long_to_wait(cast: Cast) -> None:
    walk, lead, opened = cast.walk, cast.lead, cast.opened
    token = await made(lead, opened, "notes")
    answers = [await read(walk, "votes", token) for _ in range(int(BURST) + 1)]
    assert [one.status_code for one in answers[-2:]] == [403, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    other = await made(lead, opened, "notes")
    assert (await read(walk, "votes", other)).status_code == 403
