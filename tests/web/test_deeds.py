"""What those who lead do outside of every stream is in the journal, with who and when, and with nothing secret."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from codesign.core.decision import Refused
from codesign.core.forgetting import NOBODY
from codesign.core.ops import RecordDeed
from codesign.core.rules.deeds import newest_deeds
from codesign.core.stream import Item
from codesign.live.rooms import Rooms
from codesign.store import links, reports, tokens, workshops
from codesign.store.rows import Row
from codesign.web.opening import Opened
from tests.web.browsing import Browser, Walk


async def deeds(walk: Walk, opened: Opened) -> list[Item]:
    """The first one first."""
    found = await walk.house.rooms.state(f"desk:{opened.workshop}")
    return newest_deeds(found[1])[::-1] if found else []


async def journal(walk: Walk, opened: Opened) -> list[Row]:
    return await walk.house.journal.entries(f"desk:{opened.workshop}", 0)


async def co_facilitator(walk: Walk, opened: Opened, name: str = "Ilir") -> tuple[Browser, str]:
    browser, path = walk.browser(), await walk.join_path(opened, "co-facilitator")
    await browser.get(path)
    await browser.post(path, name=name, city=opened.cities[0])
    return browser, await walk.person(opened, name)


async def do_everything(browser: Browser, opened: Opened) -> list[str]:
    """Each form once; what nobody may read in the journal afterwards."""
    page, told = f"/workshops/{opened.workshop}", f"/w/{opened.workshop}"
    await browser.get(page)
    await browser.post(f"{page}/links", role="observer")
    await browser.get(page)
    address = re.findall(r'id="given-([^"]*)" value="([^"]*)"', browser.page)[0]
    await browser.post(f"{page}/links/{address[0]}")
    await browser.post(f"{page}/rotate")
    await browser.post(f"{page}/door", door="passphrase", passphrase="CANARYword")
    await browser.get(page)
    label = {"label": "The city’s page", "days": "7", "right": "report"}
    await browser.post(f"{page}/tokens", **label)
    (token,) = re.findall(r'id="new-token" value="([^"]*)"', browser.page)
    (ending,) = re.findall(rf'action="({page}/tokens/[^"]*)"', browser.page)
    await browser.post(ending)
    await browser.get(f"{told}/report-plan")
    await browser.post(f"{told}/report-plan", short="CANARYwords")
    await browser.post(f"{told}/report-link", do="share", passphrase="CANARYphrase")
    await browser.post(f"{told}/report-link", do="revoke")
    return ["CANARY", token, address[1].rpartition("/")[2]]


ORDER = (
    *("make_link", "end_link", "new_code", "new_word", "make_token", "end_token"),
    *("set_up_report", "share_report", "end_report_link"),
)


async def test_each_deed_is_in_the_journal_once_with_who_and_when_and_nothing_secret(
    walk: Walk,
) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    ilir, me = await co_facilitator(walk, opened)
    secrets = [*await do_everything(ilir, opened), await walk.code(opened)]
    assert [one["deed"] for one in await deeds(walk, opened)] == list(ORDER)
    rows = await journal(walk, opened)
    assert [row.entry.by for row in rows] == [me] * len(ORDER)
    assert {one["at"] // 1_000 for one in await deeds(walk, opened)} == {walk.clock.ms // 1_000}
    assert not [one for one in secrets if one in repr(rows)]
    # Those who lead read them on the workshop's page, the newest first.
    await elira.get(f"/workshops/{opened.workshop}")
    shown = elira.text.partition("Who changed what")[2]
    assert shown.index("Link to the report ended") < shown.index("New word for the door")
    assert "Link made · Observer Ilir" in shown
    assert "Token ended · The city’s page Ilir" in shown
    # Once that person is forgotten, the deeds are nobody's by name.
    page = f"/workshops/{opened.workshop}"
    await elira.post(f"{page}/people/{me}", do="remove")
    await elira.get(page)
    await elira.post(f"{page}/people/{me}", do="forget", words="on")
    await walk.house.rooms.settle()
    await elira.get(page)
    assert f"Link made · Observer {NOBODY}" in elira.text
    assert "Ilir" not in elira.text
    assert len(await journal(walk, opened)) == len(ORDER)


async def test_links_for_all_tables_are_one_deed_and_what_is_refused_is_none(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    page = f"/workshops/{opened.workshop}"
    await elira.get(page)
    for path, fields in (
        ("links", {"role": "owner"}),
        (f"links/{'x' * 22}", {}),
        ("tokens", {"label": "All", "days": "7"}),
        (f"tokens/{'x' * 22}", {}),
        ("door", {"door": "passphrase", "passphrase": " "}),
        ("links", {"role": "host", "table": "each"}),  # there is no table
    ):
        await elira.post(f"{page}/{path}", **fields)
    assert await deeds(walk, opened) == []
    tables = [{"id": one * 22, "board": one.upper() * 22} for one in "tu"]
    make = {"type": "make_tables", "id": "s" * 22, "template": opened.board, "tables": tables}
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", make, product=True)
    await elira.post(f"{page}/links", role="host", table="each")
    (deed,) = await deeds(walk, opened)
    assert (deed["role"], deed["count"], "table" in deed) == ("host", 2, False)
    await elira.get(page)
    assert "Link made · Table host · 2 at once" in elira.text


async def test_what_cannot_be_told_to_the_journal_is_not_done(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    page, database = f"/workshops/{opened.workshop}", walk.house.database
    await elira.get(page)
    before, ask = await walk.code(opened), Rooms.ask

    async def failing(self: Rooms, stream: str, op: object, **known: object) -> object:
        if isinstance(op, RecordDeed):
            return Refused("unavailable")
        return await ask(self, stream, op, **known)  # type: ignore[arg-type]

    monkeypatch.setattr(Rooms, "ask", failing)
    for path, fields in (
        (f"{page}/rotate", {}),
        (f"{page}/links", {"role": "observer"}),
        (f"{page}/tokens", {"label": "All", "days": "7", "right": "report"}),
        (f"{page}/door", {"door": "passphrase", "passphrase": "river"}),
        (f"/w/{opened.workshop}/report-link", {"do": "share"}),
        (f"/w/{opened.workshop}/report-plan", {"short": "Mine", "version": "0"}),
    ):
        answer = await elira.post(path, **fields)
        assert answer.status_code == 503, path
        await elira.get(page)
    assert await walk.code(opened) == before
    assert await links.links_of(database, opened.workshop) == []
    assert await tokens.tokens_of(database, opened.workshop) == []
    row = await workshops.workshop(database, opened.workshop)
    assert row is not None
    assert row.passphrase is None
    assert (await reports.report(database, opened.workshop)) == reports.Kept()


async def test_no_archive_holds_deeds(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await elira.get(f"/workshops/{opened.workshop}")
    await elira.post(f"/workshops/{opened.workshop}/rotate")
    for query in ("", "?names=no"):
        answer = await elira.get(f"/workshops/{opened.workshop}/archive.zip{query}")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
            desk = json.loads(file.read(f"streams/desk-{opened.workshop}.json"))
        assert desk["items"] == []
