"""What other programs read by a token: as described, as far as the token goes, and nothing private."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from codesign.core.ops import SetRole
from codesign.core.rules.deeds import newest_deeds
from codesign.results import api
from codesign.store import tokens
from codesign.store.tables import workshops
from codesign.web import openapi
from codesign.web.api import api_routes
from codesign.web.links import hash_token
from codesign.web.opening import Opened
from codesign.web.pace import BURST
from codesign.web.seats import make_id
from codesign.web.token_list import RIGHTS
from tests.web.browsing import Browser, Walk, walking
from tests.web.reading import made, read

MODELS: dict[str, Any] = {
    "workshops": api.WorkshopsPage,
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


async def write(walk: Walk, opened: Opened, text: str, name: str) -> None:
    found = await walk.house.rooms.state(f"board:{opened.board}")
    assert found is not None
    region = next(iter(found[1].of_kind("region")))["id"]
    op = {"type": "create_note", "id": make_id(), "text": text, "region": region, "order": "a1"}
    person = await walk.person(opened, name)
    await walk.house.rooms.ask(f"board:{opened.board}", op, person=person)


def page_of(opened: Opened) -> str:
    return f"/workshops/{opened.workshop}"


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
    assert served == {f"{openapi.BASE}/{part}" for part in ("workshops", *RIGHTS)}


async def test_what_is_read_is_as_described_and_pages_follow_one_another(cast: Cast) -> None:
    walk, lead, opened = cast.walk, cast.lead, cast.opened
    token = await made(lead, page_of(opened), *RIGHTS)
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
        await made(lead, page_of(opened), "notes"),
        await made(lead, page_of(opened), "notes", names="on"),
    )
    assert "Nino" not in (await read(walk, "notes", plain)).text
    assert "Nino" in (await read(walk, "notes", named)).text


async def test_a_token_reads_what_it_may_until_it_is_ended_or_over(cast: Cast) -> None:
    walk, lead, opened = cast.walk, cast.lead, cast.opened
    token = await made(lead, page_of(opened), "notes")
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
    token = await made(lead, page_of(opened), "notes")
    assert await tokens.token(walk.house.database, hash_token(token), walk.house.now())
    assert await tokens.token(walk.house.database, token, walk.house.now()) is None
    assert (await lead.http.get("/api/v1/notes")).status_code == 401


async def test_what_is_not_described_is_refused(cast: Cast) -> None:
    walk, lead, opened = cast.walk, cast.lead, cast.opened
    token = await made(lead, page_of(opened), "notes")
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
    token = await made(lead, page_of(opened), "notes")
    answers = [await read(walk, "votes", token) for _ in range(int(BURST) + 1)]
    assert [one.status_code for one in answers[-2:]] == [403, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    other = await made(lead, page_of(opened), "notes")
    assert (await read(walk, "votes", other)).status_code == 403


async def test_a_token_of_a_programme_reads_what_its_maker_leads_there_and_nothing_else(
    cast: Cast,
) -> None:
    walk, lead, opened = cast.walk, cast.lead, cast.opened
    other_lead = await walk.facilitator("Ilir")
    second, foreign = await walk.workshop(lead, title="Second"), await walk.workshop(other_lead)
    programme = str((await walk.state(opened)).fields["programme"])
    for one in (second, foreign):
        await join_programme(walk, one, programme)
    await write(walk, second, "A second note", "Elira Hoxha")
    page = f"/programmes/{programme}"
    token = await made(lead, page, "notes", "actions")
    listed = (await read(walk, "workshops", token)).json()["items"]
    assert {one["id"] for one in listed} == {opened.workshop, second.workshop}
    found = (await read(walk, "notes", token, workshop=second.workshop)).json()
    assert [one["text"] for one in found["items"]] == ["A second note"]
    unsaid = await read(walk, "notes", token)
    assert (unsaid.status_code, unsaid.json()["code"]) == (400, "bad_op")
    for id in (foreign.workshop, make_id()):  # what is not led and what is not there look alike
        refused = await read(walk, "notes", token, workshop=id)
        assert (refused.status_code, refused.json()["code"]) == (404, "unknown")
    assert (await read(walk, "votes", token, workshop=second.workshop)).status_code == 403
    assert "The city's page" in lead.text
    assert token not in (await lead.get(page)).text
    # Whoever leads another workshop of it sees and ends tokens of their own alone.
    assert "The city's page" not in unescape((await other_lead.get(page)).text)
    kept = await tokens.token(walk.house.database, hash_token(token), walk.house.now())
    assert kept is not None
    await other_lead.post(f"{page}/tokens/{kept.id}")
    assert (await read(walk, "workshops", token)).status_code == 200
    await no_longer_leads(walk, second, "Elira Hoxha")
    gone = await read(walk, "notes", token, workshop=second.workshop)
    assert gone.status_code == 404
    assert (await read(walk, "notes", token)).status_code == 200  # there is one left
    await lead.get(page)
    await lead.post(f"{page}/tokens/{kept.id}")
    assert (await read(walk, "workshops", token)).status_code == 401
    # What was made and ended is told to those who lead each workshop it could read.
    desk = await walk.house.rooms.state(f"desk:{opened.workshop}")
    assert desk is not None
    deeds = [one["deed"] for one in newest_deeds(desk[1])][:2]
    assert deeds == ["end_token", "make_token"]


async def join_programme(walk: Walk, opened: Opened, programme: str) -> None:
    """As a further gathering would have been made."""
    table = workshops.update().where(workshops.c.id == opened.workshop)
    await walk.house.database.write(lambda c: c.execute(table.values(programme=programme)))


async def no_longer_leads(walk: Walk, opened: Opened, name: str) -> None:
    stream = f"workshop:{opened.workshop}"
    await walk.guest(opened, "Somebody else")
    other = SetRole(person=await walk.person(opened, "Somebody else"), role="owner")
    await walk.house.rooms.ask(stream, other, product=True)
    removed = SetRole(person=await walk.person(opened, name), role="participant")
    answer = await walk.house.rooms.ask(stream, removed, product=True)
    assert not hasattr(answer, "code"), answer
