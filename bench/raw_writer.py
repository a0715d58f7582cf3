"""The lower bound of fan-out: asyncio, a finished frame, one write for each reader. Stands alone: PORT RATE SIZE."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import sys
from typing import cast

import uvloop

KEY = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Reader(asyncio.Protocol):
    readers: set[asyncio.Transport] = set()  # noqa: RUF012 - one crowd for all of them

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own is none by name

    def data_received(self, data: bytes) -> None:
        at = data.lower().find(b"sec-websocket-key:")
        if at < 0:
            return
        key = data[at + 18 :].split(b"\r\n")[0].strip()
        accept = base64.b64encode(hashlib.sha1(key + KEY).digest())
        self.transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        self.readers.add(self.transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.readers.discard(self.transport)


async def main(port: int, rate: float, size: int) -> None:
    loop = asyncio.get_running_loop()
    await loop.create_server(Reader, "127.0.0.1", port)
    # The frame's length stands in 7 or in 16 bits.
    head = b"\x81" + (bytes((size,)) if size < 126 else b"\x7e" + size.to_bytes(2))
    frame = head + b"x" * size
    due = loop.time()
    while True:
        due += 1 / rate
        await asyncio.sleep(max(0.0, due - loop.time()))
        for transport in Reader.readers:
            transport.write(frame)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
