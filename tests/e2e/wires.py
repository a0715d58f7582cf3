"""What a browser says to the server and hears from it, looked at from beside."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from playwright.async_api import Page, Request, WebSocket


class Wire:
    """Of one page, also when it has gone to another board."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._news = asyncio.Event()
        self._pongs = 0
        self._beacons: Counter[tuple[str, int]] = Counter()
        self._snapshots: Counter[str] = Counter()
        page.on("websocket", self._opened)
        page.on("request", self._asked)

    def fetched(self, stream: str) -> int:
        """How often the page has asked for this stream's snapshot."""
        return self._snapshots[stream]

    async def until(self, holds: Callable[[Wire], bool]) -> None:
        async with asyncio.timeout(15):
            while not holds(self):
                self._news.clear()
                await self._news.wait()

    async def learns_the_time(self) -> None:
        """The page asks what time it is, and has heard the answer, and all that came before it."""
        pongs = self._pongs
        await self._page.evaluate("dispatchEvent(new Event('online'))")
        await self.until(lambda wire: wire._pongs > pongs)

    def beacons(self, stream: str, seq: int) -> int:
        return self._beacons[stream, seq]

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._heard)

    def _heard(self, payload: str | bytes) -> None:
        if not isinstance(payload, str) or not ("pong" in payload or "beacon" in payload):
            return
        message: dict[str, Any] = json.loads(payload)
        self._pongs += message["type"] == "pong"
        if message["type"] == "beacon":
            self._beacons[message["stream"], message["seq"]] += 1
        self._news.set()

    def _asked(self, request: Request) -> None:
        _, found, stream = unquote(request.url).partition("/streams/")
        if found:
            self._snapshots[stream] += 1
            self._news.set()
