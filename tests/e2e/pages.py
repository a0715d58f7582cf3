"""Browser pages that one walk after another opens boards in.

Starting a renderer and its context costs as much as all that a page of ours does. A page is lent to one walk at a time,
and comes back as if it were new: without cookies, storage and extra pages. All walks of a worker have one address, so
that the browser has read our scripts before, as everybody's has who comes a second time; `test_join.py` has a new
address each time. A walk that fails, or leaves its page where it cannot be cleared, gives nothing back.
"""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from playwright.async_api import Browser, Error, Page

#: What a page can be given while it is open. All else is its context's for good.
GIVEN = ("viewport", "color_scheme")
WAITING_AT_MOST = 4
PASSED = pytest.StashKey[bool]()


def has_passed(walk: pytest.Item) -> bool:
    return walk.stash.get(PASSED, False)


class Pages:
    """Pages that wait, by the options of their contexts; `take` and `give_back`."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._waiting: dict[str, list[Page]] = {}
        self._lent: list[tuple[str, Page]] = []

    async def take(self, **options: Any) -> Page:
        given = {name: options.pop(name) for name in GIVEN if name in options}
        kind = json.dumps(options, sort_keys=True)
        if waiting := self._waiting.get(kind):
            page = waiting.pop()
        else:
            page = await (await self._browser.new_context(**options)).new_page()
        self._lent.append((kind, page))
        await page.set_viewport_size(given["viewport"])
        await page.emulate_media(color_scheme=given.get("color_scheme", "null"))
        return page

    async def give_back(self, address: str, again: bool) -> None:
        """All that are lent, while the server at this address still answers. Not again: they are closed."""
        lent, self._lent = self._lent, []
        for kind, page in lent:
            waiting = self._waiting.setdefault(kind, [])
            if again and len(waiting) < WAITING_AT_MOST and await self._is_clear(page, address):
                waiting.append(page)
            else:
                await page.context.close()

    async def _is_clear(self, page: Page, address: str) -> bool:
        with contextlib.suppress(Error):
            for other in page.context.pages:
                if other != page:
                    await other.close()
            await page.context.set_offline(False)
            # A plain page of the same site, which keeps the renderer.
            await page.goto(f"{address}/healthz")
            await page.mouse.move(0, 0)
            device = await page.context.new_cdp_session(page)
            where = {"origin": address, "storageTypes": "all"}
            await device.send("Storage.clearDataForOrigin", where)
            await device.detach()
            await page.context.clear_cookies()
            return True
        return False
