"""Open sockets end when their right does: removal, signing out, leaving (P13)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import websockets
from websockets.asyncio.client import connect

from codesign.app import create_app
from codesign.core.ops import RemovePerson
from codesign.settings import Settings
from codesign.web import sign_in
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from tests.services import serve
from tests.store.prepared import lay_sqlite
from tests.web.browsing import SECRET, Browser, SetClock, Walk


class Served(Walk):
    """The same walk, with a real server beside it for the sockets."""

    def __init__(self, app: Any, clock: SetClock, address: str) -> None:
        super().__init__(app, clock)
        self.address = address

    async def socket(self, browser: Browser, opened: Opened) -> Any:
        # A program that is no browser: it says no origin, neither here nor there.
        ticket = await browser.http.post("/ticket")
        cookie = f"codesign_session={browser.http.cookies['codesign_session']}"
        url = f"ws://{self.address}/socket?ticket={ticket.json()['ticket']}"
        socket = await connect(url, additional_headers={"cookie": cookie}, compression=None)
        follow = [{"stream": f"board:{opened.board}", "seq": 0}]
        hello = {"protocol": 1, "epoch": None, "clients": {make_id(): 1}, "follow": follow}
        await socket.send(json.dumps({"type": "hello", **hello}))
        assert json.loads(await asyncio.wait_for(socket.recv(), 5))["type"] == "welcome"
        return socket


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    clock = SetClock()
    lay_sqlite(tmp_path / "codesign.db")
    app = create_app(Settings(data=tmp_path, secret=SECRET), clock=clock)  # type: ignore[arg-type]
    async with serve(app, ws="websockets-sansio") as address:
        yield Served(app, clock, address)


async def closed(socket: Any) -> int:
    """Reads on until the server closes: the code, within the two seconds it has."""
    async with asyncio.timeout(2):
        try:
            while True:
                await socket.recv()
        except websockets.ConnectionClosed:
            return int(socket.close_code)


async def test_sockets_of_removed_people_close(served: Served) -> None:
    opened = await served.workshop(await served.facilitator())
    guest, other = await served.guest(opened), await served.guest(opened, "Besa")
    mine, theirs = await served.socket(guest, opened), await served.socket(other, opened)
    op = RemovePerson(person=await served.person(opened, "Tamar"))
    await served.house.rooms.ask(f"workshop:{opened.workshop}", op, product=True)
    assert await closed(mine) == 4403
    await still_open(theirs)


async def test_sockets_close_when_their_browser_signs_out_or_leaves(served: Served) -> None:
    lead = await served.facilitator()
    opened = await served.workshop(lead)
    await lead.get(f"/b/{opened.board}")
    socket = await served.socket(lead, opened)
    await lead.get("/")
    await lead.post("/sign-out")
    assert await closed(socket) == 4401
    guest = await served.guest(opened)
    socket = await served.socket(guest, opened)
    page = await guest.get(f"/b/{opened.board}")
    token = page.text.partition('data-form-token="')[2].partition('"')[0]
    await guest.post(f"/b/{opened.board}/leave", form_token=token)
    assert await closed(socket) == 4401


async def test_a_new_password_ends_the_accounts_other_sessions_and_their_sockets(
    served: Served,
) -> None:
    lead = await served.facilitator()
    opened = await served.workshop(lead)
    assert lead.account is not None
    other = served.browser(address="192.0.2.7")
    token = await sign_in.make_link(served.house, lead.account.id)
    await other.get(f"/sign-in/{token}")
    await other.post(f"/sign-in/{token}")
    guest = await served.guest(opened)
    for browser in (lead, other):
        await browser.get(f"/b/{opened.board}")
    mine, theirs, guests = [await served.socket(b, opened) for b in (lead, other, guest)]
    await lead.get("/password")
    assert "is set" in (await lead.post("/password", new="three plain words")).text
    assert await closed(theirs) == 4401
    assert (await other.get("/password")).status_code == 303
    for browser, socket in ((lead, mine), (guest, guests)):
        await still_open(socket)
        assert (await browser.get(f"/b/{opened.board}")).status_code == 200


async def test_leaving_one_workshop_leaves_the_browsers_pages_of_another_alone(
    served: Served,
) -> None:
    lead = await served.facilitator()
    here, there = await served.workshop(lead), await served.workshop(lead, title="Elsewhere")
    guest = await served.guest(here)
    path = await served.join_path(there)
    await guest.get(path)
    await guest.post(path, name="Tamar", city=there.cities[0])
    socket, other = await served.socket(guest, here), await served.socket(guest, there)
    page = await guest.get(f"/b/{here.board}")
    token = page.text.partition('data-form-token="')[2].partition('"')[0]
    await guest.post(f"/b/{here.board}/leave", form_token=token)
    assert await closed(socket) == 4401
    await still_open(other)


async def test_pages_of_a_guest_who_signs_in_come_back_as_the_same_guest(served: Served) -> None:
    lead = await served.facilitator()
    opened = await served.workshop(lead)
    guest = await served.guest(opened)
    socket = await served.socket(guest, opened)
    assert lead.account is not None
    token = await sign_in.make_link(served.house, lead.account.id)
    await guest.get(f"/sign-in/{token}")
    await guest.post(f"/sign-in/{token}")
    assert await closed(socket) == 1012  # come back, rather than: signed out
    await (await served.socket(guest, opened)).close()


async def test_a_browser_that_becomes_somebody_else_no_longer_writes_as_who_it_was(
    served: Served,
) -> None:
    opened = await served.workshop(await served.facilitator())
    guest, other = await served.guest(opened), await served.guest(opened, "Besa")
    socket = await served.socket(guest, opened)
    link = (await other.get(f"/b/{opened.board}/return-link")).json()["link"]
    path = "/return/" + link.rpartition("/")[2]
    await guest.get(path)
    assert (await guest.post(path)).status_code == 303
    assert await closed(socket) == 4401


async def still_open(socket: Any) -> None:
    await socket.send(json.dumps({"type": "ping"}))
    while json.loads(await asyncio.wait_for(socket.recv(), 5))["type"] != "pong":
        pass
    await socket.close()
