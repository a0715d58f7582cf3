"""Somebody leads, always: the last one who does cannot walk out."""

from __future__ import annotations

from codesign.core.ops import SetRole
from tests.web.browsing import Browser, Walk, path_of


async def leave(browser: Browser, board: str) -> int:
    page = await browser.get(f"/b/{board}")
    token = page.text.partition('data-form-token="')[2].partition('"')[0]
    answer = await browser.post(f"/b/{board}/leave", form_token=token)
    if answer.status_code == 303:
        assert path_of(answer) == "/"
    return answer.status_code


async def test_who_leads_alone_hands_over_before_leaving(walk: Walk) -> None:
    elira = await walk.facilitator()
    opened = await walk.workshop(elira)
    await walk.guest(opened, "Nino")
    assert await leave(elira, opened.board) == 409
    assert "Somebody must lead the workshop." in elira.text
    nino = await walk.person(opened, "Nino")
    lead = SetRole(person=nino, role="facilitator")
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", lead, product=True)
    assert await leave(elira, opened.board) == 303
