"""The one guarded decoder: what a browser may say over the socket, read strictly (protocol 6).

Whatever comes in here is hostile; whatever comes out is a frozen model with values in range.
What an op itself says is read by codesign.core.ops, once, in `read_op` below.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import to_json

from codesign.core import limits
from codesign.core.clean import Unclean
from codesign.core.decision import Refused
from codesign.core.ops import OPS, Coordinate, Id, Op

Number = Annotated[int, Field(ge=0, le=2**53)]
Stream = Annotated[str, Field(pattern=r"^[a-z]{1,16}:[A-Za-z0-9_-]{22}$")]
#: A page names its own client and the queues it took over; more than this is no page of ours.
CLIENTS_PER_HELLO = 64
STREAMS_PER_HELLO = 16


class BadMessage(Exception):
    """Not a message of this protocol. The socket closes with `bad_message`."""


class Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Position(Message):
    stream: Stream
    seq: Number


class Hello(Message):
    type: Literal["hello"]
    protocol: Number
    epoch: Annotated[str, Field(max_length=64)] | None
    clients: Annotated[
        dict[Id, Number], Field(min_length=1, max_length=CLIENTS_PER_HELLO)
    ]  # the page's own first
    follow: Annotated[list[Position], Field(max_length=STREAMS_PER_HELLO)]


class AskOp(Message):
    type: Literal["op"]
    client: Id
    n: Annotated[int, Field(ge=1, le=2**53)]
    stream: Stream
    base: Number
    op: dict[str, Any]


class Follow(Message):
    type: Literal["follow"]
    stream: Stream
    seq: Number


class Unfollow(Message):
    type: Literal["unfollow"]
    stream: Stream


class Writing(Message):
    id: Id | None  # None: the board's own question
    field: Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")]


class Drag(Message):
    ids: Annotated[list[Id], Field(max_length=limits.OPS_PER_BATCH)]
    x: Coordinate
    y: Coordinate


class ShowPresence(Message):
    """A field that is absent is unchanged; None takes it away (P8.1)."""

    type: Literal["presence"]
    stream: Stream
    cursor: Annotated[list[Coordinate], Field(min_length=2, max_length=2)] | None = None
    selection: Annotated[list[Id], Field(max_length=limits.OPS_PER_BATCH)] | None = None
    writing: Writing | None = None
    drag: Drag | None = None


class Ping(Message):
    type: Literal["ping"]


ClientMessage = Hello | AskOp | Follow | Unfollow | ShowPresence | Ping
_AS_READ = OPS.dump_json
_MESSAGES: TypeAdapter[ClientMessage] = TypeAdapter(
    Annotated[ClientMessage, Field(discriminator="type")]
)


def read_message(frame: bytes | str) -> ClientMessage:
    """The message in a frame. Raises `BadMessage`, whatever was sent."""
    try:
        value = _DECODER.decode(frame if isinstance(frame, str) else frame.decode())
        if _may_be_deep(frame) and _depth(value) > limits.MESSAGE_DEPTH:
            raise BadMessage("depth")
        return _MESSAGES.validate_python(value)
    except (
        ValueError,
        RecursionError,
    ) as error:  # ValidationError and decode errors are ValueErrors
        raise BadMessage(type(error).__name__) from None


def read_op(data: dict[str, Any], stream: str) -> tuple[Op | Refused, str]:
    """The op and its digest, or why it cannot be read. The digest tells a resend from a reuse (P4.3).

    It is taken of the op as read, so that the order of keys says nothing.
    """
    try:
        op = OPS.validate_json(to_json(data, inf_nan_mode="constants"))
        return op, _digest(stream, _AS_READ(op, exclude_unset=True, by_alias=True))
    except ValidationError as error:
        return _why_not(error), _digest(stream, repr(data).encode(errors="surrogatepass"))
    except ValueError:  # half a surrogate pair is not text
        return Refused("bad_op"), _digest(stream, repr(data).encode(errors="surrogatepass"))


def _digest(stream: str, op: bytes) -> str:
    return hashlib.blake2b(stream.encode() + b" " + op, digest_size=16).hexdigest()


def _why_not(error: ValidationError) -> Refused:
    """`limit` when the words are too long, else `bad_op` with the place that is wrong."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"][:4])[:100]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, Unclean):
        return Refused(cause.code, {"where": where, "limit": cause.reason})
    return Refused("bad_op", {"where": where})


def _one_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


# Floats are read here and refused by the models: 2.5 in an op is a bad op, not a broken client.
_DECODER = json.JSONDecoder(object_pairs_hook=_one_of_each, parse_constant=_refuse_constant)


def _may_be_deep(frame: bytes | str) -> bool:
    """A cheap upper bound of the depth, so that ordinary messages are not walked."""
    if isinstance(frame, str):
        return frame.count("{") + frame.count("[") > limits.MESSAGE_DEPTH
    return frame.count(b"{") + frame.count(b"[") > limits.MESSAGE_DEPTH


def _depth(value: Any) -> int:
    """How deep the value is nested; the decoder's own recursion limit keeps this one finite."""
    match value:
        case dict():
            return 1 + max((_depth(inner) for inner in value.values()), default=0)
        case list():
            return 1 + max((_depth(inner) for inner in value), default=0)
    return 0
