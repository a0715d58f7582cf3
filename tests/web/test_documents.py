"""The documents of a programme: who may see them, how far each is, what goes out, and what never does."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from codesign.core.ops import CreateRecord, EditRecord
from codesign.store import workshops
from codesign.web.seats import make_id
from tests.web.browsing import Browser, Walk, walking


@dataclass
class Programme:
    walk: Walk
    lead: Browser
    guest: Browser
    id: str
    workshop: str
    project: str

    @property
    def path(self) -> str:
        return f"/programmes/{self.id}/documents"

    async def page(self, path: str = "") -> str:
        answer = await self.lead.http.get(self.path + path)
        assert answer.status_code == 200
        return answer.text


@pytest.fixture(scope="module")
async def schools(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Programme]:
    """A project with a contact, that nobody has said much about."""
    async with walking(tmp_path_factory.mktemp("documents")) as walk:
        lead = await walk.facilitator()
        opened = await walk.workshop(lead)
        row = await workshops.workshop(walk.house.database, opened.workshop)
        assert row is not None
        id, rooms = make_id(), walk.house.rooms
        fields: dict[str, Any] = {
            "title": "Warm schools",
            "city": "Tirana",
            "summary": "<b>Warm</b>",
        }
        made = CreateRecord(id=id, kind="project", fields=fields)
        await rooms.ask(f"register:{row.programme}", made, product=True)
        kept = EditRecord(id=id, fields={"contact": "CONTACT-CANARY"})
        await rooms.ask(f"closed:{row.programme}", kept, product=True)
        guest = await walk.guest(opened)
        yield Programme(walk, lead, guest, row.programme, opened.workshop, id)


async def test_the_list_says_how_far_each_is_and_that_a_request_cannot_be_sent(
    schools: Programme,
) -> None:
    page = await schools.page()
    assert "Warm schools" in page
    assert "28 % complete" in page  # title, city, contact, summary: 4 of 14
    assert "Cannot be sent yet" in page
    assert "Who stands behind it" in page
    assert "CANARY" not in page
    workshop = await schools.lead.http.get(f"/workshops/{schools.workshop}")
    assert schools.path in workshop.text


async def test_a_document_is_read_before_it_is_made_and_says_what_it_lacks(
    schools: Programme,
) -> None:
    page = await schools.page(f"/request-file?record={schools.project}")
    assert "A draft: this request cannot be sent yet." in page
    assert "they hand it on with the document" in page
    assert "&lt;b&gt;Warm&lt;/b&gt;" in page
    assert "CANARY" not in page
    georgian = await schools.page(f"/request-file?record={schools.project}&lang=ka")
    assert "რას ვითხოვთ" in georgian
    assert 'lang="ka"' in georgian


async def test_a_file_of_a_request_that_cannot_be_sent_is_called_a_draft(
    schools: Programme,
) -> None:
    path = f"{schools.path}/request-file/file.md?record={schools.project}"
    answer = await schools.lead.http.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "draft" in answer.headers["content-disposition"]
    assert "CANARY" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        *("/nothing", "/action-plan/file.exe", "/request-file/file.csv?record=x"),
        *("/project-fiche", "/project-fiche?record=AAAAAAAAAAAAAAAAAAAAAA"),
    ],
)
async def test_what_is_no_document_is_unknown(schools: Programme, path: str) -> None:
    assert (await schools.lead.http.get(schools.path + path)).status_code == 404


async def test_whoever_does_not_lead_is_told_of_no_document(schools: Programme) -> None:
    for path in ("", "/action-plan", "/action-plan/file.md"):
        answer = await schools.guest.http.get(schools.path + path)
        assert answer.status_code == 303
        assert "/sign-in" in answer.headers["location"]


async def test_a_programme_without_records_has_a_list_of_what_is_not_begun(
    schools: Programme,
) -> None:
    lead = await schools.walk.facilitator("Ilir")
    opened = await schools.walk.workshop(lead)
    row = await workshops.workshop(schools.walk.house.database, opened.workshop)
    assert row is not None
    answer = await lead.http.get(f"/programmes/{row.programme}/documents")
    assert answer.status_code == 200
    assert "Not begun" in answer.text
    plan = await lead.http.get(f"/programmes/{row.programme}/documents/action-plan")
    assert "Nothing has been written about this yet." in plan.text


async def test_words_of_ones_own_stand_in_the_document_and_nobody_overwrites_them(
    schools: Programme,
) -> None:
    path = f"{schools.path}/project-fiche/words?record={schools.project}"
    await schools.lead.get(path)
    sent = {"text.": "Why now: the winter.", "text.money": "All in euro."}
    answer = await schools.lead.post(path, **written(schools.lead, **sent))
    assert answer.status_code == 303
    page = await schools.page(f"/project-fiche?record={schools.project}")
    assert "Why now: the winter." in page
    assert "All in euro." in page
    # Somebody else has looked at the page before, and sends theirs now.
    stale = written(schools.lead, **{"text.": "Mine instead"})
    answer = await schools.lead.post(path, **stale)
    assert answer.status_code == 409
    assert "Somebody else changed this meanwhile" in schools.lead.text
    assert "Why now: the winter." in schools.lead.text
    assert "Mine instead" in schools.lead.text
    md = await schools.page(f"/project-fiche/file.md?record={schools.project}")
    assert "Why now: the winter." in md


def written(browser: Browser, **fields: str) -> dict[str, str]:
    """The form as the page has it, hidden marks and all, with these fields filled."""
    was = dict(re.findall(r'name="(was\.[a-z-]*)" value="([^"]*)"', browser.page))
    return {**was, **fields}


async def test_a_version_is_read_as_it_was_and_compared_with_today(schools: Programme) -> None:
    versions = f"{schools.path}/project-fiche/versions?record={schools.project}"
    await schools.lead.get(versions)
    assert (await schools.lead.post(versions, title=" ")).status_code == 422
    assert (await schools.lead.post(versions, title="For the council")).status_code == 303
    renamed = EditRecord(id=schools.project, fields={"summary": "Warm in winter"})
    stream = f"register:{schools.id}"
    await schools.walk.house.rooms.ask(stream, renamed, product=True)
    await schools.lead.get(versions)
    assert "For the council" in schools.lead.text
    kept = re.search(r"version=([\w-]{22})", schools.lead.page)
    assert kept is not None
    then = await schools.page(f"/project-fiche?record={schools.project}&version={kept[1]}")
    assert "&lt;b&gt;Warm&lt;/b&gt;" in then
    assert "Warm in winter" not in then
    assert "CANARY" not in then
    file = await schools.page(f"/project-fiche/file.md?record={schools.project}&version={kept[1]}")
    assert "Warm in winter" not in file
    await schools.lead.get(f"{versions}&since={kept[1]}")
    assert "Gone: <b>Warm</b>" in schools.lead.text
    assert "New: Warm in winter" in schools.lead.text


async def test_a_version_that_there_is_not_is_unknown(schools: Programme) -> None:
    for path in (
        f"/project-fiche?record={schools.project}&version=AAAAAAAAAAAAAAAAAAAAAA",
        "/action-plan?version=AAAAAAAAAAAAAAAAAAAAAA",
    ):
        assert (await schools.lead.http.get(schools.path + path)).status_code == 404
