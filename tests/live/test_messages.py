"""The guarded decoder holds for every input (protocol 6)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.core.decision import Refused
from codesign.live import messages
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
    assert (asked.op, asked.digest) == read_op(a_note("one"), BOARD_STREAM)


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


#: Ways of writing the same, and of writing what is not the same any more.
_SPELLINGS = [
    lambda text: text,
    lambda text: text.replace(": ", ":").replace(", ", ","),
    lambda text: text.replace(":", " : "),
    lambda text: text.replace(":", "\\u003a"),
    lambda text: text.replace("}", ',"type":"op"}', 1),
    lambda text: text.replace("{", '{"n":"::",'),
    lambda text: text.replace('"x"', '"x":1,"x"'),
    lambda text: text.replace('"text"', '"text":"\\u003a","text"'),
    lambda text: text.replace('"cursor"', '"cursor":[0,0],"cursor"'),
    lambda text: text.replace('"id"', '"id":"x","id"'),
]
_WORDS = st.text(max_size=8) | st.sampled_from(["", ":", "a: b", '"x":1', "\n", "\x85", "\u2028"])
_OPS = st.one_of(
    st.builds(lambda words: a_note("one", words), _WORDS),
    st.builds(lambda field, value: {**a_note("one"), field: value}, _WORDS, _JSON),
    st.builds(
        lambda words: {"type": "all", "ops": [a_note("one", words), a_note("two", words)]}, _WORDS
    ),
    st.builds(
        lambda words: {
            "type": "edit_text",
            "id": ID,
            "field": "text",
            "splices": [[0, "", words], [3, words, ""]],
        },
        _WORDS,
    ),
)
_SHOWN = st.fixed_dictionaries(
    {"type": st.just("presence"), "stream": st.just(BOARD_STREAM)},
    optional={
        "cursor": st.none() | st.lists(st.integers(), max_size=3),
        "selection": st.none() | st.lists(st.just(ID), max_size=2),
        "writing": st.none() | st.just({"id": ID, "field": "text"}),
        "drag": st.none() | st.just({"ids": [ID], "x": 1, "y": 2}),
        "view": st.none() | st.just({"x": 1, "y": 2, "w": 500, "h": 400, "item": ID}),
        "cheer": st.none() | st.just({"reaction": "heart", "n": 2}),
        "leads": st.none() | st.integers(),
        "follows": st.none() | st.just(ID),
        "more": _JSON,
    },
)


@given(
    st.builds(lambda op: {**ASK, "op": op}, _OPS) | _SHOWN,
    st.sampled_from(_SPELLINGS),
    st.booleans(),
)
def test_the_quick_way_reads_what_the_guarded_one_does(
    message: dict[str, Any], spelling: Callable[[str], str], is_ascii: bool
) -> None:
    frame = spelling(json.dumps(message, ensure_ascii=is_ascii)).encode(errors="surrogatepass")
    plain = messages._read_plain(frame)
    if plain is not None:
        assert plain == messages._read_guarded(frame)


def test_what_pages_say_all_day_takes_the_quick_way() -> None:
    shown = {"type": "presence", "stream": BOARD_STREAM, "cursor": [1, 2], "writing": None}
    asked = {**ASK, "op": a_note("one", "When: now")}
    view = {"view": {"x": 1, "y": 2, "w": 500, "h": 400, "region": ID}}
    for message in (asked, shown, {**shown, "drag": {"ids": [ID], "x": 1, "y": 2}}, shown | view):
        assert messages._read_plain(json.dumps(message).encode()) is not None


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
