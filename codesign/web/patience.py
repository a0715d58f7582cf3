"""uvicorn's HTTP protocol with an end to its patience: for who connects and says nothing, or half a request (P9).

A proxy in front has deadlines of its own; a server on a LAN has only these.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from codesign.core import limits

#: How much head a request may have, cookies and all.
HEAD_BYTES = 64 * 1024
#: As much of a body has all the time of one: large files arrive, and nothing trickles in for ever.
BODY_PIECE = 1024 * 1024


class Patient(HttpToolsProtocol):
    """Ten seconds for the head of a request, thirty for each megabyte of its body, thirty for a reader that stalls."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reading: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None
        #: Bytes of the head that is being read; None while no head is.
        self._head: int | None = 0
        self._body = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect(limits.HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect(None)
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            self._head += len(data)
        elif self._reading is not None:
            self._read_on(len(data))
        super().data_received(data)
        if self._head is not None and self._head > HEAD_BYTES:
            self.send_400_response("The request's head is too big.")

    def _read_on(self, size: int) -> None:
        self._body += size
        if self._body >= BODY_PIECE:
            self._body = 0
            self._expect(limits.BODY_SECONDS)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = 0
        self._expect(limits.HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        self._head, self._body = None, 0
        self._expect(limits.BODY_SECONDS)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._expect(None)
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._expect(None)
        super().handle_websocket_upgrade()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._writing is None:
            self._writing = self.loop.call_later(limits.BODY_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None
        super().resume_writing()

    def _expect(self, seconds: float | None) -> None:
        """Something must have come until then; None: nothing is awaited."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        if seconds is not None:
            self._reading = self.loop.call_later(seconds, self.transport.abort)
