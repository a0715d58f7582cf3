"""The report on its page, as files and by its link: live, as those who lead want it, and with nothing hidden in it."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from codesign.results.worker import Work, Workers
from codesign.store import pictures
from codesign.web.csrf import form_token
from codesign.web.files import folder_of
from codesign.web.house import House
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from tests.web.browsing import Browser, Walk, walking
from tests.web.test_canaries import a_note, gather, plant
from tests.web.test_images import a_picture

FORMS = {
    "docx": b"PK",
    "csv": b"\xef\xbb\xbf",
}


class Scene:
    """A workshop with one note of Tamar's, its facilitator and a guest."""

    def __init__(self, walk: Walk, opened: Opened, lead: Browser, guest: Browser) -> None:
        self.walk = walk
        self.opened = opened
        self.lead = lead
        self.guest = guest
        self.path = f"/w/{opened.workshop}/report"

    async def write(self, text: str) -> str:
        note = make_id()
        place = {"region": self.opened.regions[0], "order": "a0"}
        op = {"type": "create_note", "id": note, "text": text, **place}
        tamar = await self.walk.person(self.opened, "Tamar")
        await self.walk.house.rooms.ask(f"board:{self.opened.board}", op, person=tamar)
        return note

    async def share(self, **wanted: str) -> str:
        """The path of a new link."""
        await self.lead.get(self.path)
        await self.lead.post(f"/w/{self.opened.workshop}/report-link", do="share", **wanted)
        await self.lead.get(self.path)
        found = re.search(r'data-copy="([^"]+/r/[^"]+)"', self.lead.page)
        assert found is not None, self.lead.text
        return urlsplit(found[1]).path


@pytest.fixture
async def scene(walk: Walk) -> Scene:
    lead = await walk.facilitator()
    opened = await walk.workshop(lead, title="Roads/and: გზა")
    found = Scene(walk, opened, lead, await walk.guest(opened))
    await found.write("No bench 🚲")
    return found


async def test_everyone_in_the_workshop_reads_it_and_it_is_new_each_time(scene: Scene) -> None:
    for browser in (scene.lead, scene.guest):
        assert (await browser.get(scene.path)).status_code == 200
        assert "No bench 🚲" in browser.text
        assert "1 note" in browser.text
    await scene.write("No shade")
    await scene.guest.get(scene.path)
    assert "No shade" in scene.guest.text


async def test_nobody_else_finds_it(scene: Scene) -> None:
    stranger = scene.walk.browser()
    for path in (scene.path, f"{scene.path}.pdf", f"/b/{scene.opened.board}/report-picture"):
        assert (await stranger.get(path)).status_code == 404


async def test_a_board_is_a_picture_in_it(scene: Scene) -> None:
    await scene.guest.get(scene.path)
    (address,) = re.findall(r'<img src="([^"]+)"', scene.guest.page)[-1:]
    answer = await scene.guest.get(address)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


@pytest.mark.parametrize("form", FORMS)
async def test_it_is_taken_home_as_a_file(scene: Scene, form: str) -> None:
    answer = await file_of(scene.guest, f"{scene.path}.{form}")
    assert answer.content.startswith(FORMS[form])
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith(f'attachment; filename="Roads-and-2026-09-21.{form}"; ')
    assert (await scene.guest.get(f"{scene.path}.exe")).status_code == 404


async def test_a_calendar_of_a_workshop_without_any_date_says_so(scene: Scene) -> None:
    assert f'href="{scene.path}.ics"' in (await scene.guest.get(scene.path)).text
    answer = await file_of(scene.guest, f"{scene.path}.ics")
    assert answer.status_code == 409
    assert "Nothing here has a date yet" in scene.guest.page


async def file_of(browser: Browser, path: str) -> Any:
    """As a browser that is told to ask again."""
    async with asyncio.timeout(60):
        while (answer := await browser.get(path)).status_code == 202:
            assert answer.headers["refresh"] == "2"
    return answer


async def test_who_has_to_wait_is_told_so_and_the_download_comes_by_itself(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.walk.start_processes()
    go_on, run = asyncio.Event(), Workers.run

    async def slow(self: Workers, job: str, work: Work) -> Work:
        await go_on.wait()
        return await run(self, job, work)

    monkeypatch.setattr(Workers, "run", slow)
    monkeypatch.setattr("codesign.web.pages.report.SOON_S", 0.01)
    first = await scene.guest.get(f"{scene.path}.md")
    assert (first.status_code, first.headers["refresh"]) == (202, "2")
    assert "Your file is being made" in scene.guest.text
    assert "The download begins by itself." in scene.guest.text
    go_on.set()
    assert (await file_of(scene.guest, f"{scene.path}.md")).content.startswith(b"# ")


async def test_the_same_report_is_made_once_for_all_who_ask(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, run = [], Workers.run

    async def counted(self: Workers, job: str, work: Work) -> Work:
        asked.append(work.values["form"])
        return await run(self, job, work)

    monkeypatch.setattr(Workers, "run", counted)
    await asyncio.gather(*(file_of(scene.guest, f"{scene.path}.md") for _ in range(5)))
    assert asked == ["md"]
    await scene.write("New")
    await file_of(scene.guest, f"{scene.path}.md")
    assert asked == ["md", "md"]


# Chapters


async def test_those_who_lead_choose_order_rename_and_annotate_chapters(scene: Scene) -> None:
    plan = f"/w/{scene.opened.workshop}/report-plan"
    await scene.lead.get(plan)
    told = {"told-people": "on", "told-words": "on", "place-people": "1", "place-words": "2"}
    words = {"title-words": "Voices", "note-words": "Heard in May.", "short": "We agree."}
    assert (await scene.lead.post(plan, **told, **words)).status_code == 303
    await scene.guest.get(scene.path)
    titles = re.findall(r'<h2 id="h-\w+">([^<]+)', scene.guest.page)
    assert titles == ["Who took part", "Voices"]
    assert "Heard in May." in scene.guest.text
    assert "We agree." in scene.guest.text
    assert (await scene.guest.get(plan)).status_code in (303, 404)


async def test_two_who_change_the_chapters_at_once_do_not_overwrite_each_other(
    scene: Scene,
) -> None:
    plan = f"/w/{scene.opened.workshop}/report-plan"
    await scene.lead.get(plan)
    before = scene.lead.hidden()
    await scene.lead.post(plan, short="Mine")
    answer = await scene.lead.post(plan, **{**before, "short": "Yours"})
    assert answer.status_code == 409
    assert "Someone else changed this meanwhile." in scene.lead.text
    assert "Mine" in scene.lead.page


# The link


async def test_a_link_reads_without_names_and_leads_nowhere_once_it_is_revoked(
    scene: Scene,
) -> None:
    link, stranger = await scene.share(), scene.walk.browser()
    assert (await stranger.get(link)).status_code == 200
    assert "No bench 🚲" in stranger.text
    assert "Tamar" not in stranger.text
    pictures = [one for one in re.findall(r'src="([^"]+)"', stranger.page) if "/boards/" in one]
    assert b"Tamar" not in (await stranger.get(pictures[0])).content
    assert "Tamar" not in (await file_of(stranger, f"{link}/report.md")).text
    revoke = f"/w/{scene.opened.workshop}/report-link"
    await scene.lead.post(revoke, do="revoke")
    for path in (link, f"{link}/report.md", pictures[0]):
        assert (await stranger.get(path)).status_code == 404
    again = await scene.share(names="on")
    assert again != link
    await stranger.get(again)
    assert "Tamar" in stranger.text


async def test_a_link_with_a_passphrase_opens_for_whoever_knows_it(scene: Scene) -> None:
    link, stranger = await scene.share(passphrase="blue river"), scene.walk.browser()
    assert "No bench" not in (await stranger.get(link)).text
    assert (await stranger.get(f"{link}/report.md")).status_code == 404
    await stranger.get(link)
    assert (await stranger.post(link, passphrase="red river")).status_code == 422
    assert "This is not the passphrase." in stranger.text
    assert (await stranger.post(link, passphrase="blue river")).status_code == 303
    await stranger.get(link)
    assert "No bench" in stranger.text
    other = await scene.share(passphrase="blue river")
    assert "No bench" not in (await stranger.get(other)).text  # the ticket was for the one before


async def test_guesses_of_a_passphrase_are_slowed_down(scene: Scene) -> None:
    link, stranger = await scene.share(passphrase="blue river"), scene.walk.browser()
    await stranger.get(link)
    for _ in range(20):
        now = scene.walk.clock.now()
        scene.walk.house.wrong_passwords.wrong(f"report {scene.opened.workshop}", now)
    answer = await stranger.post(link, passphrase="blue river")
    assert answer.status_code == 429
    assert "That was too often." in stranger.text


async def add_logo(scene: Scene, data: bytes, name: str) -> Any:
    key = scene.lead.http.cookies.get("codesign_session") or ""
    return await scene.lead.http.post(
        f"/w/{scene.opened.workshop}/report-logos",
        data={"form_token": form_token(scene.walk.house.secret, key), "name": name},
        files={"logo": ("logo.png", data, "image/png")},
        headers={"origin": "http://board.test"},
    )


async def test_a_logo_stands_on_the_page_by_the_link_and_in_files_until_it_is_taken_away(
    scene: Scene,
) -> None:
    plan = f"/w/{scene.opened.workshop}/report-plan"
    for data, name in ((b"<svg onload=alert(1)>", "City"), (a_picture(), " ")):
        assert (await add_logo(scene, data, name)).status_code == 422
    assert (await add_logo(scene, a_picture(), "City of Kutaisi 🚲")).status_code == 303
    path = await scene.share()
    (page,) = re.findall(r'<img src="(/files/[^"]+)" alt="City of Kutaisi 🚲"', scene.lead.page)
    assert (await scene.guest.get(page)).content[8:12] == b"WEBP"
    stranger = scene.walk.browser()
    await stranger.get(path)
    (shared,) = re.findall(r'<img src="(/r/[^"]+)" alt="City of Kutaisi 🚲"', stranger.page)
    assert (await stranger.get(shared)).content[8:12] == b"WEBP"
    # The link shows the report's logos, and no other picture of the workshop.
    assert (await stranger.get(page)).status_code == 404
    assert (await stranger.get(f"{path}/logos/{'x' * 22}")).status_code == 404
    said = (await file_of(scene.guest, f"{scene.path}.docx")).content
    with zipfile.ZipFile(io.BytesIO(said)) as word:
        assert "City of Kutaisi 🚲" in word.read("word/document.xml").decode()
    # Chapters are changed without losing it; a sweep leaves it where it is.
    await scene.lead.get(plan)
    await scene.lead.post(plan, version="1", short="Shorter")
    await sweep(scene.walk.house, days=8)
    await sweep(scene.walk.house, days=9)
    assert (await scene.guest.get(page)).status_code == 200
    await scene.lead.get(plan)
    await scene.lead.post(f"/w/{scene.opened.workshop}/report-logos/{page[-22:]}")
    await scene.guest.get(scene.path)
    assert "Shorter" in scene.guest.text
    assert "City of Kutaisi" not in scene.guest.page


async def sweep(house: House, days: int) -> None:
    now = house.now() + days * pictures.DAY_MS
    await pictures.sweep(house.database, house.journal, folder_of(house.settings), now)


@pytest.mark.parametrize("link", ["x" * 22, "ქ", "%00"])
async def test_what_is_no_link_leads_nowhere(scene: Scene, link: str) -> None:
    await scene.share()
    stranger = scene.walk.browser()
    assert (await stranger.get(f"/r/{scene.opened.workshop}/{link}")).status_code == 404
    assert (await stranger.get(f"/r/{make_id()}/{link}")).status_code == 404


async def test_nothing_hidden_is_in_any_form_of_the_report(tmp_path: Path) -> None:
    """Lanes, desks, closed sides, ballots, and tables that are not shown: for guests, and for whoever has the link."""
    async with walking(tmp_path) as walk:
        cast = await gather(walk)
        lead = cast.browsers["lead"]
        shown = a_note("everybody sees this")
        person = await walk.person(cast.opened, "Tamar")
        await cast.ask(f"board:{cast.opened.board}", shown, person)
        await plant(cast, anonymous=False)
        scene = Scene(walk, cast.opened, lead, cast.browsers["participant"])
        link = await scene.share(names="on")
        for browser, page, files in (
            (scene.guest, scene.path, scene.path),
            (walk.browser(), link, f"{link}/report"),
        ):
            said = [(await browser.get(page)).content]
            said.append((await file_of(browser, f"{files}.md")).content)
            (picture,) = re.findall(rb'<img src="([^"]+)" alt="Picture', said[0])
            said.append((await browser.get(picture.decode())).content)
            assert all(b"everybody sees this" in one for one in said)
            found = {
                n for n, canary in cast.canaries.items() if any(canary.encode() in s for s in said)
            }
            assert found == set()
