"""The short way through the frames hears exactly what the long way would."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from codesign.web.protocol import unmasked, whole_frames


def masked(payload: bytes, opcode: Opcode = Opcode.TEXT, fin: bool = True) -> bytes:
    return Frame(opcode, payload, fin).serialize(mask=True)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535])
def test_texts_of_every_size_are_whole_when_their_last_byte_has_come(size: int) -> None:
    said = b"x" * size
    frame = masked(said)
    assert whole_frames(frame + b"\x81") == ([(True, frame)], len(frame), False)
    assert unmasked(frame) == said
    for cut in {0, 1, 2, 3, 5, len(frame) - 1}:
        assert whole_frames(frame[:cut]) == ([], 0, False)


@pytest.mark.parametrize(
    "other",
    [
        masked(b"\x03\xe8", Opcode.CLOSE),
        masked(b"", Opcode.PING),
        masked(b"x", Opcode.PONG),
        masked(b"x", Opcode.BINARY),
        masked(b"x", fin=False),
        masked(b"x", Opcode.CONT),
        b"\xc1\x81" + bytes(4) + b"x",
    ],
    ids=["close", "ping", "pong", "binary", "first part", "last part", "reserved bit"],
)
def test_other_frames_are_told_from_texts(other: bytes) -> None:
    plain = masked(b"plain")
    found, _taken, is_odd = whole_frames(plain + other + plain)
    assert (found, is_odd) == ([(True, plain), (False, other), (True, plain)], False)


@pytest.mark.parametrize(
    "odd",
    [masked(b"x" * 70_000)[:10], Frame(Opcode.TEXT, b"bare").serialize(mask=False)],
    ids=["too big", "not masked"],
)
def test_what_is_odd_is_left_to_the_parser(odd: bytes) -> None:
    plain = masked(b"plain")
    assert whole_frames(plain + odd + plain) == ([(True, plain)], len(plain), True)


@given(st.binary(max_size=60))
def test_any_bytes_are_cut_where_websockets_would_cut_them(data: bytes) -> None:
    found, taken, _is_odd = whole_frames(data)
    assert b"".join(frame for _text, frame in found) == data[:taken]
    for is_text, frame in found:
        if is_text:
            assert parsed(frame) == (Opcode.TEXT, unmasked(frame))


def parsed(frame: bytes) -> tuple[Opcode, bytes]:
    """The frame as websockets reads it, and nothing may be left over."""
    reader = StreamReader()
    reader.feed_data(frame)
    parsing = Frame.parse(reader.read_exact, mask=True, max_size=2**16)
    with pytest.raises(StopIteration) as end:
        next(parsing)
    assert not reader.buffer
    return end.value.value.opcode, bytes(end.value.value.data)


def test_it_does_not_matter_how_the_network_cuts_the_stream() -> None:
    chance = random.Random(3)
    said = [chance.randbytes(chance.randrange(300)) for _ in range(200)]
    stream = b"".join(masked(text) for text in said)
    heard: list[bytes] = []
    waiting = b""
    while stream:
        size = chance.randrange(1, 400)
        waiting, stream = waiting + stream[:size], stream[size:]
        found, taken, _odd = whole_frames(waiting)
        heard += [unmasked(frame) for _text, frame in found]
        waiting = waiting[taken:]
    assert heard == said
