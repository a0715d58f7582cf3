"""What the server says over the socket, encoded (protocol 6). One frame is built once and shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import to_json

from codesign.core.changes import to_wire
from codesign.core.stream import Entry


class Frame:
    """One message: its JSON, and the same as a WebSocket text frame that can be written as it is."""

    __slots__ = ("payload", "wire")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self.wire = _text_frame(payload)

    def __len__(self) -> int:
        return len(self.wire)


def _text_frame(payload: bytes) -> bytes:
    """A server's frame: FIN and text, no mask. Length in 7, 16 or 64 bits."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2) + payload
    return b"\x81\x7f" + size.to_bytes(8) + payload


def encode_changes(entry: Entry) -> bytes:
    """The entry's changes as a JSON list: the same bytes go to the journal and to people."""
    return to_json([to_wire(change) for change in entry.changes])


def encode_entry(entry: Entry, changes: bytes) -> bytes:
    """The entry as others see it (P3.5): who, when, what; never client or n."""
    by = b"" if entry.by is None else b'"by":"%b",' % entry.by.encode()
    return b'{"seq":%d,%b"at":%d,"changes":%b}' % (entry.seq, by, entry.at, changes)


def changes(stream: str, first: int, last: int, entries: Iterable[bytes]) -> Frame:
    return Frame(
        b'{"type":"changes","stream":"%b","from":%d,"to":%d,"entries":[%b]}'
        % (stream.encode(), first, last, b",".join(entries))
    )


def ack(client: str, n: int, stream: str, seq: int) -> Frame:
    # Ids are letters, digits, - and _: nothing in here needs escaping.
    return Frame(
        b'{"type":"ack","client":"%b","n":%d,"stream":"%b","seq":%d}'
        % (client.encode(), n, stream.encode(), seq)
    )


def counted(client: str, n: int, stream: str, vote: str) -> Frame:
    return _frame({"type": "counted", "client": client, "n": n, "stream": stream, "vote": vote})


def refused(client: str, n: int, stream: str, code: str, data: Mapping[str, Any]) -> Frame:
    return _frame(
        {
            "type": "refused",
            "client": client,
            "n": n,
            "stream": stream,
            "code": code,
            "data": data,
        }
    )


def welcome(epoch: str, now: int, person: str | None, last: Mapping[str, int]) -> Frame:
    return _frame(
        {"type": "welcome", "epoch": epoch, "now": now, "person": person, "last": dict(last)}
    )


def unfollowed(stream: str, code: str) -> Frame:
    return _frame({"type": "unfollowed", "stream": stream, "code": code})


def beacon(stream: str, seq: int, count: int, xor: int) -> Frame:
    return _frame(
        {"type": "beacon", "stream": stream, "seq": seq, "count": count, "xor": f"{xor:016x}"}
    )


def presence(stream: str, here: int, people: Mapping[str, Any]) -> Frame:
    return _frame({"type": "presence", "stream": stream, "here": here, "people": dict(people)})


def pong(now: int) -> Frame:
    return Frame(b'{"type":"pong","now":%d}' % now)


def bye(code: str, delay: int) -> Frame:
    return _frame({"type": "bye", "code": code, "delay": delay})


def _frame(message: dict[str, Any]) -> Frame:
    return Frame(to_json(message))
