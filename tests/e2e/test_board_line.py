"""The board behind a proxy that lets no socket through: the same board, slower, and it says so (protocol 12)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from tests.e2e.boards import PHONE, Hall, add, faults, field, is_sent, landed, note
from tests.proxies import Proxy, proxied

SLOWER = "only a slower connection"


@pytest.fixture
async def proxy(hall: Hall) -> AsyncIterator[Proxy]:
    """Everybody comes to the hall through it."""
    parts = urlsplit(hall.url)
    assert parts.hostname
    assert parts.port
    async with proxied(parts.hostname, parts.port) as proxy:
        hall.url = proxy.url
        yield proxy


async def test_two_people_behind_a_proxy_that_refuses_sockets(hall: Hall, proxy: Proxy) -> None:
    proxy.sockets = "refuse"
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1, viewport=PHONE)
    for page in (nino, marko):
        await expect(page.locator("#banner")).to_contain_text(SLOWER)
        await expect(page.locator("#polite")).to_contain_text(SLOWER)
    await add(nino, "The last bus")
    await expect(note(marko, "The last bus")).to_be_visible()
    await add(marko, "No light at the stop")
    await expect(note(nino, "No light at the stop")).to_be_visible()
    await is_sent(nino)
    await is_sent(marko)
    assert await faults(nino) == []
    await nino.reload()
    await landed(nino)
    await expect(note(nino, "No light at the stop")).to_be_visible()
    await expect(nino.locator("#banner")).to_contain_text(SLOWER)
    await add(nino, "After the reload")
    await expect(note(marko, "After the reload")).to_be_visible()
    texts = sorted(v["text"] for v in (await hall.notes()).values())
    assert texts == ["After the reload", "No light at the stop", "The last bus"]


@pytest.mark.long
async def test_where_sockets_never_open_the_line_stands_within_five_seconds(
    hall: Hall, proxy: Proxy
) -> None:
    """J7, P12.9; closing the banner gives the keys back to the board."""
    proxy.sockets = "hang"
    nino = await hall.person("Nino")
    await expect(nino.locator("#banner")).to_contain_text(SLOWER, timeout=5_000)
    await nino.locator("#banner button").focus()
    await nino.keyboard.press("Enter")
    await expect(nino.locator("#banner")).to_be_empty()
    assert await nino.evaluate("document.activeElement !== document.body")
    await add(nino, "The last bus")
    await is_sent(nino)


@pytest.mark.long
async def test_offline_on_the_line_is_said_and_nothing_is_lost(hall: Hall, proxy: Proxy) -> None:
    proxy.sockets = "refuse"
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await expect(nino.locator("#banner")).to_contain_text(SLOWER)
    await nino.context.set_offline(True)
    await add(nino, "Written in the tunnel")
    await expect(nino.locator("#banner")).to_contain_text("You are offline")
    await expect(nino.locator("#banner")).not_to_contain_text(SLOWER)
    await nino.context.set_offline(False)
    await expect(note(marko, "Written in the tunnel")).to_be_visible()
    await expect(nino.locator("#banner")).to_contain_text(SLOWER)
    await field(nino).fill("")
    assert [v["text"] for v in (await hall.notes()).values()] == ["Written in the tunnel"]
