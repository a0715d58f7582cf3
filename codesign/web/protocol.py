"""uvicorn's WebSocket protocol, opened up: frames reach us without a queue, and we write finished ones ourselves.

Leans on a class that uvicorn does not promise, so uvicorn is pinned to one minor release; every
other ASGI server takes the plain way (live/client.py, AsgiWire). After accept nothing else writes
but this class's pongs and closes, and only whole frames.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol

import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.http11 import Request
from websockets.protocol import OPEN

from codesign.core import limits
from codesign.live.client import CLOSE_SECONDS
from codesign.web.patience import Patient

try:
    from websockets.speedups import apply_mask
except ImportError:  # where nobody compiled it
    from websockets.utils import apply_mask

if TYPE_CHECKING:
    from socket import socket

#: Where the line lies in the scope's extensions.
EXTENSION = "codesign.line"
#: Pongs that nobody reads are cut at this many bytes.
UNREAD_BYTES = limits.OUTGOING_BYTES


class Listener(Protocol):
    def receive(self, data: bytes) -> None: ...
    def receive_binary(self) -> None: ...
    def lost(self) -> None: ...
    def restart(self) -> None: ...


class Line(WebSocketsSansIOProtocol):
    """One socket. Until somebody listens it behaves as uvicorn's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._listener: Listener | None = None
        #: Whether frames may pass the parser by, and the beginning of one whose end has not come.
        self._short_way = True
        self._half = b""
        #: Whether what the page says is left in the socket for now.
        self._held_back = False
        # The ticket stands in the address: what uvicorn logs of a socket at INFO is not for logs.
        self.logger = logging.getLogger("uvicorn.error.socket")
        self.logger.setLevel(logging.WARNING)
        # Nor is what websockets logs at DEBUG: the frames themselves.
        self.conn.logger, self.conn.debug = self.logger, False

    def listen(self, listener: Listener) -> None:
        """Frames go here from now on, in the moment they arrive."""
        self._listener = listener

    def hold_back(self, on: bool) -> None:
        """Leaves what the page says in the socket, or reads on. What has begun to come in is heard all the same."""
        if on == self._held_back or self.close_sent or self.transport.is_closing():
            return
        self._held_back = on
        if on:
            self.transport.pause_reading()
        else:
            self.transport.resume_reading()

    def part(self, code: int) -> None:
        """Ends the socket; a reader that takes nothing has two seconds for its close frame."""
        if self.close_sent or self.transport.is_closing():
            return
        try:
            self.conn.send_close(code)
        except InvalidState:
            return
        self._say_last(code)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):  # not when the handshake was refused
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self

    def send_receive_event_to_app(self) -> None:
        if self._listener is None or self.close_sent:
            super().send_receive_event_to_app()
            return
        # No queue, no waking of a task, no pausing of the transport: one call for each message.
        data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        if self.curr_msg_data_type == "text":
            self._listener.receive(bytes(data))
        else:
            self._listener.receive_binary()

    def data_received(self, data: bytes) -> None:
        if self._short_way and self._listener is not None:
            self._hear_frames(self._half + data)
        else:
            # Who speaks before being let in may be in the middle of a frame when we begin to listen.
            self._short_way = self._short_way and not self.handshake_initiated
            self._parse(data)

    def _hear_frames(self, data: bytes) -> None:
        """Hands plain texts over, and everything else, a whole frame at a time, to uvicorn's own parser."""
        found, taken, is_odd = whole_frames(data)
        for is_text, frame in found:
            if is_text and self.close_sent:
                continue  # nobody hears it; a flood that goes on for two seconds is not worth a look
            plain = is_text and self.conn.current_size is None and self.conn.state is OPEN
            if plain and self._listener is not None:
                self._listener.receive(unmasked(frame))
            else:
                self._parse(frame)
        self._half = data[taken:]
        if is_odd:
            self._short_way, rest, self._half = False, self._half, b""
            self._parse(rest)

    def _parse(self, data: bytes) -> None:
        if self.conn.parser_exc is None:
            super().data_received(data)

    def handle_ping(self) -> None:
        if self.transport.get_write_buffer_size() > UNREAD_BYTES:
            self.transport.abort()
        else:
            super().handle_ping()

    def keepalive_timeout(self) -> None:
        if self._held_back and self.ping_timeout is not None:
            # The pong may lie among what we do not read. Who holds a page back ends it if that lasts.
            self.pong_timer = self.loop.call_later(self.ping_timeout, self.keepalive_timeout)
            return
        super().keepalive_timeout()
        self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    def handle_parser_exception(self) -> None:
        """Not WebSocket, or too big. The close frame is read by the other side before we hang up."""
        close = self.conn.close_sent
        self._say_last(1006 if close is None else int(close.code))

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._listener is not None:
            self._listener.lost()
            self._listener = None

    def shutdown(self) -> None:
        if self._listener is not None:
            self._listener.restart()
        super().shutdown()

    def _say_last(self, code: int) -> None:
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        # Who was held back has nothing to say that is worth the reading, not even a close frame.
        # abort, not close: close would wait for a reader that never comes.
        self.close_timer = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)


def whole_frames(data: bytes) -> tuple[list[tuple[bool, bytes]], int, bool]:
    """The whole frames at the start of `data`, how many bytes they take, and whether what follows is odd.

    Each with whether it is a text in one piece, as nearly everything is that a page says: those need
    no parser, and websockets' own takes ten times as long. Odd is what is not masked or too big; that
    is for the parser to refuse.
    """
    found: list[tuple[bool, bytes]] = []
    at, length = 0, len(data)
    while length - at >= 2:
        size = data[at + 1] - 0x80
        head = at + 2
        if size == 126:
            head += 2
            if head > length:
                break
            size = int.from_bytes(data[at + 2 : head])
        elif not 0 <= size < 126:
            return found, at, True
        end = head + 4 + size
        if end > length:
            break
        found.append((data[at] == 0x81, data[at:end]))
        at = end
    return found, at, False


def unmasked(frame: bytes) -> bytes:
    """The payload of a whole frame."""
    head = 8 if frame[1] == 0xFE else 6
    return apply_mask(frame[head:], frame[head - 4 : head])


#: What servers are handed as `ws`.
PROTOCOL = Line


class Server(uvicorn.Server):
    """Answers what was asked and says goodbye before the sockets are closed; stops within 5 s."""

    def __init__(
        self,
        config: uvicorn.Config,
        before_shutdown: Callable[[], Awaitable[None]],
        *,
        owns_process: bool = True,
    ) -> None:
        super().__init__(config)
        self._owns_process = owns_process
        self._before_shutdown = before_shutdown

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        # What lives as long as the process is not looked through again, and the rest less often: with a big board
        # in memory a full collection stops everyone for 50 ms. Boards hold no cycles.
        if self._owns_process:
            gc.collect()
            gc.freeze()
            gc.set_threshold(20_000, 50, 100)

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        try:
            await asyncio.wait_for(self._before_shutdown(), 3)
        except TimeoutError:
            logging.getLogger(__name__).warning("the rooms did not come to rest in time")
        await super().shutdown(sockets=sockets)


def server_config(app: Any, **more: Any) -> uvicorn.Config:
    """What every way of serving has in common."""
    return uvicorn.Config(
        app,
        **{
            "http": Patient,
            "ws": Line,
            "ws_max_size": limits.MESSAGE_BYTES,
            "ws_per_message_deflate": False,
            "ws_ping_interval": 20.0,
            "ws_ping_timeout": 20.0,
            "timeout_graceful_shutdown": 2,
            "timeout_keep_alive": 10,
            "access_log": False,  # addresses hold links and tickets
            "log_config": None,
            "server_header": False,
            **more,
        },
    )
