"""A programme that is kept until a day: said, warned of, archived, and then gone to the last byte (P17)."""

from __future__ import annotations

import io
import logging
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from codesign.core.decision import Refused
from codesign.core.rules.deeds import newest_deeds
from codesign.results.worker import WorkError
from codesign.store import retention as store
from codesign.store.tables import endings, metadata, workshops
from codesign.web import retention, seats, sign_in
from codesign.web.house import House
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from tests.web.browsing import Browser, Walk, walking

WORDS, NAME, TITLE = "canary-words-7f3a", "Canaryname", "Canary title"


def day(walk: Walk, days: int) -> str:
    now = datetime.fromtimestamp(walk.clock.ms / 1000, UTC)
    return (now + timedelta(days=days)).date().isoformat()


async def fill(walk: Walk, lead: Browser) -> tuple[Opened, str]:
    opened = await walk.workshop(lead, title=TITLE, layout="free", zones=[])
    await walk.guest(opened, NAME)
    op = {"type": "create_note", "id": make_id(), "text": WORDS, "x": 0, "y": 0}
    person = await walk.person(opened, NAME)
    await walk.house.rooms.ask(f"board:{opened.board}", op, person=person)
    programme = str((await walk.state(opened)).fields["programme"])
    for side in ("register", "closed"):
        set_up = {"type": "set_up_register", "workshop": opened.workshop}
        await walk.house.rooms.ask(f"{side}:{programme}", set_up, product=True)
    record = {
        "type": "create_record",
        "id": make_id(),
        "kind": "action",
        "fields": {"title": WORDS},
    }
    await walk.house.rooms.ask(f"register:{programme}", record, product=True)
    return opened, programme


async def say(lead: Browser, programme: str, last: str, **more: str) -> int:
    page = f"/programmes/{programme}"
    await lead.get(page)
    return (await lead.post(f"{page}/retention", day=last, **more)).status_code


async def pass_days(walk: Walk, days: int, *browsers: Browser) -> None:
    """After so long they have to sign in again."""
    walk.clock.ms += days * retention.DAY_MS
    for browser in browsers:
        assert browser.account is not None
        token = await sign_in.make_link(walk.house, browser.account.id)
        await browser.get(f"/sign-in/{token}")
        await browser.post(f"/sign-in/{token}")


def holding(folder: Path, *words: str) -> list[str]:
    """Files of the data folder, also inside archives, in which one of these stands."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if any(word.encode() in _unpacked(path.read_bytes()) for word in words):
            found.append(path.relative_to(folder).as_posix())
    return found


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    archive = zipfile.ZipFile(io.BytesIO(content))
    return b"".join(_unpacked(archive.read(name)) for name in archive.namelist())


async def test_on_its_day_all_of_a_programme_goes_but_figures_and_its_archive_thirty_days_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with walking(tmp_path) as walk:
        lead, stranger = await walk.facilitator(), await walk.facilitator("Ilir")
        opened, programme = await fill(walk, lead)
        kept = await walk.workshop(stranger, title="Another")
        # The registers were made with the first workshop, and go with the last.
        await join_programme(walk, await walk.workshop(lead, title="Second"), programme)
        page = f"/programmes/{programme}"
        # It is said a week before at the earliest, and journalled for those who lead.
        assert await say(lead, programme, day(walk, 6)) == 409
        assert "at least a week away" in lead.text
        assert await say(lead, programme, "no day") == 409
        assert await say(lead, programme, day(walk, 60)) == 303
        desk = await walk.house.rooms.state(f"desk:{opened.workshop}")
        assert desk is not None
        (deed,) = newest_deeds(desk[1])
        assert (deed["deed"], deed["label"]) == ("set_retention", day(walk, 60))
        # A month before, its pages begin to warn.
        assert "then all of it is deleted" not in (await lead.get(page)).text
        await pass_days(walk, 30, lead, stranger)
        for path in (page, f"/workshops/{opened.workshop}"):
            assert "then all of it is deleted" in (await lead.get(path)).text
        # To the end of its last day nothing is touched.
        await pass_days(walk, 30, lead, stranger)
        await retention.look(walk.house)
        assert (await lead.get(page)).status_code == 200
        assert "codesign.db" in "".join(holding(tmp_path, WORDS))
        # Then it is gone from memory, database, log and files, and in the archive alone.
        await pass_days(walk, 1, lead, stranger)
        await retention.look(walk.house)
        assert holding(tmp_path, WORDS, NAME) == [f"archives/{programme}/archive.zip"]
        for path in (page, f"/workshops/{opened.workshop}", f"/b/{opened.board}"):
            assert (await lead.get(path)).status_code == 404, path
        assert await of_programme(walk, programme) == []
        assert (await stranger.get(f"/workshops/{kept.workshop}")).status_code == 200
        assert await figures(walk) == [{"workshops": 2, "people": 3, "notes": 1, "records": 1}]
        # Who led can fetch it, and nobody else.
        await lead.get("/")
        assert TITLE in lead.text
        fetched = await lead.http.get(f"/endings/{programme}/archive.zip")
        assert WORDS.encode() in _unpacked(fetched.content)
        assert (await stranger.http.get(f"/endings/{programme}/archive.zip")).status_code == 404
        await stranger.post(f"/endings/{programme}")
        assert holding(tmp_path, WORDS) == [f"archives/{programme}/archive.zip"]
        await pass_days(walk, retention.ARCHIVE_DAYS, lead)
        await retention.look(walk.house)
        assert holding(tmp_path, WORDS, NAME, TITLE) == []
        assert len(await figures(walk)) == 1
        assert (await lead.http.get(f"/endings/{programme}/archive.zip")).status_code == 404
    assert holding(tmp_path, WORDS, NAME, TITLE) == []
    assert not [one for one in caplog.records if WORDS in one.getMessage()]


async def test_a_programme_whose_archive_cannot_be_made_is_kept_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walking(tmp_path) as walk:
        lead = await walk.facilitator()
        opened, programme = await fill(walk, lead)
        await store.keep_until(walk.house.database, programme, walk.clock.ms)

        async def too_large(*_: object, **__: object) -> None:
            raise WorkError("limit", "archive")

        with monkeypatch.context() as broken:
            broken.setattr("codesign.web.retention.write_archive", too_large)
            await retention.look(walk.house)
        page = await lead.get(f"/programmes/{programme}")
        assert page.status_code == 200
        assert "Its archive could not be made" in page.text
        # Killed after the archive was made, or after half of the rows went: the next look goes on.
        before = retention.take_away

        async def dies(*_: object) -> None:
            raise OSError

        with monkeypatch.context() as broken:
            broken.setattr("codesign.web.retention.take_away", dies)
            await retention.look(walk.house)
        assert (await lead.get(f"/workshops/{opened.workshop}")).status_code == 200
        assert retention.take_away is before
        await retention.look(walk.house)
        assert await of_programme(walk, programme) == []
        await lead.get("/")
        await lead.post(f"/endings/{programme}")
        assert holding(tmp_path, WORDS, NAME, TITLE) == []


async def test_only_who_leads_all_of_a_programme_says_until_when_it_is_kept(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        lead, other = await walk.facilitator(), await walk.facilitator("Ilir")
        opened, programme = await fill(walk, lead)
        await join_programme(walk, await walk.workshop(other), programme)
        for browser in (lead, other):
            assert await say(browser, programme, day(walk, 60)) == 409
            assert "Only who leads all workshops" in browser.text
        assert await store.kept(walk.house.database, programme) is None
        assert (await lead.get(f"/workshops/{opened.workshop}")).status_code == 200


async def test_a_day_that_is_taken_back_while_the_archive_is_made_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walking(tmp_path) as walk:
        lead = await walk.facilitator()
        opened, programme = await fill(walk, lead)
        await store.keep_until(walk.house.database, programme, walk.clock.ms)
        count = retention._totals

        async def slow(*given: Any) -> dict[str, int]:
            assert await say(lead, programme, "", do="keep") == 303
            return await count(*given)

        monkeypatch.setattr("codesign.web.retention._totals", slow)
        await retention.look(walk.house)
        assert (await lead.get(f"/workshops/{opened.workshop}")).status_code == 200
        assert await figures(walk) == []
        assert not retention.folder_of(walk.house.settings, programme).exists()
        page = await lead.get(f"/programmes/{programme}")
        assert "Its archive could not be made" not in page.text


async def test_once_a_programme_goes_no_day_is_said_any_more_and_its_archive_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walking(tmp_path) as walk:
        lead = await walk.facilitator()
        _, programme = await fill(walk, lead)
        await join_programme(walk, await walk.workshop(lead, title="Second"), programme)
        await store.keep_until(walk.house.database, programme, walk.clock.ms)
        take_away = retention.take_away

        async def dies_after_one(house: House, workshop: str) -> None:
            await take_away(house, workshop)
            raise OSError

        with monkeypatch.context() as broken:
            broken.setattr("codesign.web.retention.take_away", dies_after_one)
            await retention.look(walk.house)
        assert await say(lead, programme, "", do="keep") == 404
        assert retention.archive_of(walk.house.settings, programme).exists()
        await retention.look(walk.house)
        assert await of_programme(walk, programme) == []
        fetched = await lead.http.get(f"/endings/{programme}/archive.zip")
        assert WORDS.encode() in _unpacked(fetched.content)


async def test_a_programme_that_cannot_end_for_whatever_reason_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walking(tmp_path) as walk:
        lead = await walk.facilitator()
        _, first = await fill(walk, lead)
        _, second = await fill(walk, lead)
        await store.keep_until(walk.house.database, first, walk.clock.ms - 1)
        await store.keep_until(walk.house.database, second, walk.clock.ms)
        end = retention.end_programme

        async def breaks(house: House, over: store.Kept) -> None:
            if over.programme == first:
                raise LookupError
            await end(house, over)

        monkeypatch.setattr("codesign.web.retention.end_programme", breaks)
        await retention.look(walk.house)
        assert await of_programme(walk, second) == []
        known = await store.kept(walk.house.database, first)
        assert known is not None
        assert known.failed is not None


async def test_an_owner_who_was_removed_since_does_not_get_the_archive(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        lead, other = await walk.facilitator(), await walk.facilitator("Ilir")
        opened, programme = await fill(walk, lead)
        await join_programme(walk, await walk.workshop(other, title="Second"), programme)
        await lead.get(f"/workshops/{opened.workshop}")
        assert other.account is not None
        await seats.seat_owner(walk.house, opened.workshop, other.account, "en")
        person = await walk.person(opened, "Elira Hoxha")
        by = await walk.person(opened, NAME)
        for op in (
            {"type": "set_role", "person": by, "role": "owner"},
            {"type": "remove_person", "person": person},
        ):
            answer = await walk.house.rooms.ask(f"workshop:{opened.workshop}", op, product=True)
            assert not isinstance(answer, Refused), answer
        assert (await lead.get(f"/workshops/{opened.workshop}")).status_code != 200
        await store.keep_until(walk.house.database, programme, walk.clock.ms)
        await retention.look(walk.house)
        archive = f"/endings/{programme}/archive.zip"
        assert (await other.http.get(archive)).status_code == 200
        assert (await lead.http.get(archive)).status_code == 404


async def test_the_archive_is_for_those_who_led_all_of_it_and_without_them_nothing_goes(
    tmp_path: Path,
) -> None:
    async with walking(tmp_path) as walk:
        lead, other = await walk.facilitator(), await walk.facilitator("Ilir")
        opened, programme = await fill(walk, lead)
        second = await walk.workshop(other, title="Second")
        await join_programme(walk, second, programme)
        await store.keep_until(walk.house.database, programme, walk.clock.ms)
        await retention.look(walk.house)
        known = await store.kept(walk.house.database, programme)
        assert known is not None
        assert known.failed is not None
        assert (await lead.get(f"/workshops/{opened.workshop}")).status_code == 200
        assert lead.account is not None
        await seats.seat_owner(walk.house, second.workshop, lead.account, "en")
        await retention.look(walk.house)
        archive = f"/endings/{programme}/archive.zip"
        assert (await lead.http.get(archive)).status_code == 200
        assert (await other.http.get(archive)).status_code == 404


async def test_a_workshop_opened_while_its_programme_ends_is_in_the_archive_or_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walking(tmp_path) as walk:
        lead = await walk.facilitator()
        _, programme = await fill(walk, lead)
        await store.keep_until(walk.house.database, programme, walk.clock.ms)
        count, late = retention._totals, list[Opened]()

        async def opens_one() -> None:
            walk.clock.ms += 1
            late.append(await walk.workshop(lead, title="Late"))
            await join_programme(walk, late[-1], programme)

        async def slow(*given: Any) -> dict[str, int]:
            await opens_one()
            return await count(*given)

        async def dies(house: House, workshop: str) -> None:
            await opens_one()
            raise OSError

        with monkeypatch.context() as broken:
            broken.setattr("codesign.web.retention._totals", slow)
            await retention.look(walk.house)
        assert await figures(walk) == []
        with monkeypatch.context() as broken:
            broken.setattr("codesign.web.retention.take_away", dies)
            await retention.look(walk.house)
        await retention.look(walk.house)
        first, second = late
        assert (await lead.get(f"/workshops/{first.workshop}")).status_code == 404
        assert (await lead.get(f"/workshops/{second.workshop}")).status_code == 200
        fetched = await lead.http.get(f"/endings/{programme}/archive.zip")
        assert b"Late" in _unpacked(fetched.content)


async def join_programme(walk: Walk, opened: Opened, programme: str) -> None:
    """As a further gathering would have been made."""
    table = workshops.update().where(workshops.c.id == opened.workshop)
    await walk.house.database.write(lambda c: c.execute(table.values(programme=programme)))


async def figures(walk: Walk) -> list[dict[str, int]]:
    async with walk.house.database.read() as connection:
        ids = (await connection.execute(sa.select(endings.c.totals))).scalars().all()
    return [store.json.loads(one) for one in ids]


async def of_programme(walk: Walk, programme: str) -> list[str]:
    """Tables that still know it, but for the one that says that it ended."""
    found = []
    async with walk.house.database.read() as connection:
        for table in metadata.sorted_tables:
            rows = (await connection.execute(sa.select(table))).all()
            if table.name not in ("endings", "ending_readers") and programme in repr(rows):
                found.append(table.name)
    return found
