"""The guarded decoder holds for every input (protocol 6)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.core.decision import Refused
from codesign.live.messages import AskOp, BadMessage, Ping, ShowPresence, read_message, read_op
from tests.builders import an_id
from tests.live.hall import BOARD_STREAM, a_note

ID = an_id("client")
HELLO = {"type": "hello", "protocol": 1, "epoch": None, "clients": {ID: 1}, "follow": []}
ASK = {"type": "op", "client": ID, "n": 1, "stream": BOARD_STREAM, "base": 0, "op": a_note("one")}


def test_a_message_is_read_as_what_it_is() -> None:
    assert read_message(b'{"type":"ping"}') == Ping(type="ping")
    asked = read_message(json.dumps(ASK).encode())
    assert isinstance(asked, AskOp)
    assert asked.op == a_note("one")


NESTED = "[" * 17 + "]" * 17


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"hello",
        b'{"type":"ping"',
        b'{"type":"ping"}{"type":"ping"}',
        b'{"type":"dance"}',
        b'{"type":"ping","more":1}',
        b'{"type":"ping","type":"ping"}',
        b'{"type":"pi\xffng"}',
        b'\xef\xbb\xbf{"type":"ping"}',
        json.dumps(ASK).replace('"text": ""', f'"text": {NESTED}').encode(),
        json.dumps(ASK).replace('"text": ""', '"text": NaN').encode(),
        json.dumps(ASK).replace('"text": ""', '"text": -Infinity').encode(),
        json.dumps(ASK).replace('"text": ""', '"text": "", "text": ""').encode(),
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b"1" * 60_000,
        json.dumps({**ASK, "n": 0}).encode(),
        json.dumps({**ASK, "n": 1.0}).encode(),
        json.dumps({**ASK, "n": "1"}).encode(),
        json.dumps({**ASK, "n": True}).encode(),
        json.dumps({**ASK, "n": 2**53 + 1}).encode(),
        json.dumps({**ASK, "base": -1}).encode(),
        json.dumps({**ASK, "client": "short"}).encode(),
        json.dumps({**ASK, "client": ID + "\n"}).encode(),
        json.dumps({**ASK, "stream": "board"}).encode(),
        json.dumps({**ASK, "stream": "board:" + "x" * 23}).encode(),
        json.dumps({**ASK, "op": []}).encode(),
        json.dumps({**ASK, "more": None}).encode(),
        json.dumps({**HELLO, "clients": {}}).encode(),
        json.dumps({**HELLO, "clients": {an_id(f"c{i}"): 1 for i in range(65)}}).encode(),
        json.dumps({**HELLO, "protocol": "1"}).encode(),
        json.dumps({"type": "presence", "stream": BOARD_STREAM, "cursor": [1]}).encode(),
        json.dumps({"type": "presence", "stream": BOARD_STREAM, "cursor": [1, 2.5]}).encode(),
        json.dumps({"type": "presence", "stream": BOARD_STREAM, "cursor": [0, 10**9]}).encode(),
        json.dumps({"type": "presence", "stream": BOARD_STREAM, "selection": ["x"]}).encode(),
    ],
    ids=range(38),
)
def test_anything_else_is_a_bad_message(frame: bytes) -> None:
    with pytest.raises(BadMessage):
        read_message(frame)


def test_sixteen_deep_is_not_too_deep() -> None:
    deep = "[" * 14 + "]" * 14
    frame = json.dumps(ASK).replace('"text": ""', f'"text": {deep}')
    assert isinstance(read_message(frame), AskOp)


def test_braces_in_words_are_not_depth() -> None:
    asked = read_message(json.dumps({**ASK, "op": a_note("one", "[" * 500 + "{" * 500)}))
    assert isinstance(asked, AskOp)


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_be_refused(frame: bytes) -> None:
    with pytest.raises(BadMessage):
        read_message(frame)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(ASK)), _JSON)
def test_a_message_with_one_field_gone_wrong_is_read_or_refused(field: str, value: Any) -> None:
    try:
        message = read_message(json.dumps({**ASK, field: value}))
    except BadMessage:
        return
    assert isinstance(message, AskOp)
    read_op(message.op, message.stream)


@given(st.sampled_from(sorted(a_note("one"))), _JSON)
def test_an_op_with_one_field_gone_wrong_is_an_op_or_a_refusal(field: str, value: Any) -> None:
    op, digest = read_op({**a_note("one"), field: value}, BOARD_STREAM)
    assert len(digest) == 32
    if isinstance(op, Refused):
        assert op.code in ("bad_op", "limit")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"type": "dance"}, "bad_op"),
        ({"x": 100_000_001}, "bad_op"),
        ({"x": 2.5}, "bad_op"),
        ({"x": True}, "bad_op"),
        ({"more": 1}, "bad_op"),
        ({"text": "NUL \x00"}, "bad_op"),
        ({"text": "half \ud800"}, "bad_op"),
        ({"text": "x" * 20_000}, "limit"),
        ({"id": "../../etc/passwd"}, "bad_op"),
    ],
)
def test_an_op_that_makes_no_sense_is_refused_with_a_code(
    fields: dict[str, Any], code: str
) -> None:
    op, _digest = read_op({**a_note("one"), **fields}, BOARD_STREAM)
    assert isinstance(op, Refused)
    assert op.code == code


def test_a_refusal_never_repeats_what_was_said() -> None:
    op, _digest = read_op({**a_note("one"), "colour": "a secret", "a secret": 1}, BOARD_STREAM)
    assert isinstance(op, Refused)
    assert "a secret" not in json.dumps(op.data) or list(op.data) == ["where"]


def test_the_digest_knows_content_and_stream_but_not_the_order_of_keys() -> None:
    """P4.3."""
    op = a_note("one", "Buses")
    turned = dict(reversed(op.items()))
    assert read_op(op, BOARD_STREAM)[1] == read_op(turned, BOARD_STREAM)[1]
    assert read_op(op, BOARD_STREAM)[1] != read_op(op, "board:" + an_id("other"))[1]
    assert read_op(op, BOARD_STREAM)[1] != read_op(a_note("one", "Bikes"), BOARD_STREAM)[1]


def test_presence_tells_absent_from_taken_away() -> None:
    """P8.1."""
    frame = json.dumps({"type": "presence", "stream": BOARD_STREAM, "cursor": None})
    shown = read_message(frame)
    assert isinstance(shown, ShowPresence)
    assert shown.model_fields_set == {"type", "stream", "cursor"}
