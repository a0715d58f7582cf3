"""What stands for a socket where none opens, for codesign.connection: POST and a held GET (protocol 12).

It is used as a connection of `websockets` is: send, recv, and ConnectionClosed when it is over.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.exceptions import ConnectionClosedError
from websockets.frames import Close

from codesign.sync.line import LineEnd
from codesign.visiting import HttpError, Visitor

#: How long an answer may take on its way, beyond what it is held for.
PATIENCE_SECONDS = 10.0
#: A line that answers nothing for so long is over; the server gives it up soon after.
GIVE_UP_SECONDS = 12.0
LEAST_PAUSE, MOST_PAUSE = 0.25, 2.0
#: Who cuts a GET after this long does so because it was held, not because the network is gone.
CUT_AFTER_SECONDS = 2.0
LEAST_HOLD = 3


class CutWhileHeld(Exception):
    """Some proxy has less patience than we: no harm in it."""


@asynccontextmanager
async def open_line(visitor: Visitor, ticket: str) -> AsyncIterator[HeldLine]:
    """A line of one's own. Raises OSError when there is none to be had."""
    try:
        opened = json.loads(await visitor.send("/line", ticket.encode(), PATIENCE_SECONDS))
    except (HttpError, ValueError) as error:
        raise ConnectionError("no line") from error
    line = HeldLine(visitor, f"/line/{opened['line']}", opened["hold"])
    tasks = [asyncio.create_task(line.listen()), asyncio.create_task(line.speak())]
    try:
        yield line
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class HeldLine:
    def __init__(self, visitor: Visitor, path: str, hold: int) -> None:
        self._visitor = visitor
        self._path = path
        self._hold = hold
        self._end = LineEnd()
        self._said = asyncio.Event()
        self._heard: asyncio.Queue[str | ConnectionClosedError] = asyncio.Queue()
        self._is_over = False

    async def send(self, text: str) -> None:
        self._end.say(text)
        self._said.set()

    async def recv(self) -> str:
        heard = await self._heard.get()
        if isinstance(heard, ConnectionClosedError):
            self._heard.put_nowait(heard)
            raise heard
        return heard

    def abort(self) -> None:
        """As a network that is gone; the server learns of it by silence."""
        self._close(None)

    async def listen(self) -> None:
        while not self._is_over:
            answer = await self._insist(self._get)
            for message in self._end.hear(answer["first"], answer["messages"]) if answer else ():
                self._heard.put_nowait(json.dumps(message, ensure_ascii=False))
            if answer and "close" in answer:
                self._close(answer["close"])

    async def speak(self) -> None:
        while not self._is_over:
            await self._said.wait()
            self._said.clear()
            while (post := self._end.post()) is not None and not self._is_over:
                first, body = post
                path, data = f"{self._path}?first={first}", body.encode()
                answer = await self._insist(
                    lambda path=path, data=data: self._visitor.send(path, data, PATIENCE_SECONDS)  # type: ignore[misc]
                )
                if answer and answer["taken"] >= first:
                    self._end.taken(answer["taken"])
                else:
                    self._close(None)

    async def _get(self) -> str:
        path = f"{self._path}?after={self._end.heard}&hold={self._hold}"
        asked = time.monotonic()
        try:
            return await self._visitor.send(path, None, self._hold + PATIENCE_SECONDS)
        except (OSError, HttpError) as error:
            refused = isinstance(error, HttpError) and error.status < 500
            at_once = time.monotonic() - asked < CUT_AFTER_SECONDS
            if refused or at_once or self._hold == LEAST_HOLD:
                raise
            self._hold = max(LEAST_HOLD, self._hold // 2)
            raise CutWhileHeld from None

    async def _insist(self, ask: Callable[[], Awaitable[str]]) -> dict[str, Any] | None:
        """Asks until it is answered; the numbers see to it that nothing happens twice. None: it is over."""
        since, pause = time.monotonic(), LEAST_PAUSE
        while not self._is_over:
            try:
                answer: dict[str, Any] = json.loads(await ask())
                return answer
            except CutWhileHeld:
                since = time.monotonic()
            except HttpError as error:
                if error.status < 500:
                    break
            except (OSError, ValueError):
                pass
            if time.monotonic() - since > GIVE_UP_SECONDS:
                break
            await asyncio.sleep(pause)
            pause = min(MOST_PAUSE, pause * 2)
        self._close(None)
        return None

    def _close(self, code: int | None) -> None:
        if not self._is_over:
            self._is_over = True
            self._said.set()
            end = None if code is None else Close(code, "")
            self._heard.put_nowait(ConnectionClosedError(end, None))
