"""The one guarded decoder: what a browser may say over the socket, read strictly (protocol 6).

Whatever comes in here is hostile; whatever comes out is frozen, with values in range. There are two ways
through: `_read_plain` for what pages say all day, `_read_guarded` for all else. Both read the same into the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Annotated, Any, Literal, NamedTuple, NoReturn

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import to_json

from codesign.core import limits
from codesign.core.clean import Unclean
from codesign.core.decision import Refused
from codesign.core.items import Reaction
from codesign.core.ops import OPS, Coordinate, Id, Op
from codesign.core.ops.base import Side

Number = Annotated[int, Field(ge=0, le=2**53)]
#: A lane is named after its board, its silence and its key.
Stream = Annotated[
    str, Field(pattern=r"^[a-z]{1,16}:[A-Za-z0-9_-]{22}(:([1-9][0-9]{0,8}:)?[A-Za-z0-9_-]{22})?$")
]
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


class AskOp(NamedTuple):
    """An op as it is asked, read or refused already. The digest tells a resend from a reuse (P4.3)."""

    client: str
    n: int
    stream: str
    base: int
    op: Op | Refused
    digest: str


class AskedOp(Message):
    """What stands around an op on the wire."""

    type: Literal["op"]
    client: Id
    n: Annotated[int, Field(ge=1, le=2**53)]
    stream: Stream
    base: Number


class PlainOp(AskedOp):
    op: Annotated[Op, Field(discriminator="type")]


class AnyOp(AskedOp):
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


class View(Message):
    """What somebody sees of a board, the zone in the middle of it, and the item they point at."""

    x: Coordinate
    y: Coordinate
    w: Side
    h: Side
    region: Id | None = None
    item: Id | None = None


class Cheer(Message):
    """A reaction to the room, and how many this page has sent: one that is merged away is counted all the same."""

    reaction: Reaction
    n: Number


class ShowPresence(Message):
    """A field that is absent is unchanged; None takes it away (P8.1)."""

    type: Literal["presence"]
    stream: Stream
    cursor: Annotated[list[Coordinate], Field(min_length=2, max_length=2)] | None = None
    selection: Annotated[list[Id], Field(max_length=limits.OPS_PER_BATCH)] | None = None
    writing: Writing | None = None
    drag: Drag | None = None
    view: View | None = None
    cheer: Cheer | None = None
    #: To a workshop (P8.4): since when this person leads everybody's view, the board they are on, whom they follow.
    leads: Number | None = None
    at: Id | None = None
    follows: Id | None = None

    def without(self, fields: frozenset[str]) -> ShowPresence:
        """The same, saying nothing of these fields."""
        given = {key: getattr(self, key) for key in self.model_fields_set - fields}
        return ShowPresence.model_construct(set(given), **given)


class CastBallot(Message):
    """All the dots of one person, in place of their last ballot (P13). It belongs to no stream."""

    type: Literal["ballot"]
    client: Id
    n: Annotated[int, Field(ge=1, le=2**53)]
    stream: Stream
    vote: Id
    dots: Annotated[dict[Id, Number], Field(max_length=limits.OPTIONS_PER_VOTE)]
    #: Somebody without a device, for whom one who leads votes.
    voter: Id | None = None


class Ping(Message):
    type: Literal["ping"]


ClientMessage = Hello | AskOp | Follow | Unfollow | ShowPresence | CastBallot | Ping
_PLAIN: TypeAdapter[PlainOp | ShowPresence] = TypeAdapter(
    Annotated[PlainOp | ShowPresence, Field(discriminator="type")]
)
_ANY: TypeAdapter[Hello | AnyOp | Follow | Unfollow | ShowPresence | CastBallot | Ping] = (
    TypeAdapter(
        Annotated[
            Hello | AnyOp | Follow | Unfollow | ShowPresence | CastBallot | Ping,
            Field(discriminator="type"),
        ]
    )
)


def read_message(frame: bytes | str) -> ClientMessage:
    """The message in a frame. Raises `BadMessage`, whatever was sent."""
    try:
        data = frame.encode() if isinstance(frame, str) else frame
        return _read_plain(data) or _read_guarded(data)
    except (
        ValueError,
        RecursionError,
    ) as error:  # ValidationError and decode errors are ValueErrors
        raise BadMessage(type(error).__name__) from None


def _read_plain(data: bytes) -> AskOp | ShowPresence | None:
    """An op or presence with nothing odd about it, in one go and a third of the time; else None.

    pydantic's parser does not mind a key that stands twice. Here that shows in the colons: each key has one, and
    the words have theirs; what was read must account for all that were sent. An escape could hide one, so what
    has escapes is not plain. How deep a message can be is bounded by the models.
    """
    if b"\\" in data:
        return None
    try:
        message = _PLAIN.validator.validate_json(data)
    except ValueError:
        return None  # the other way says what is wrong
    if isinstance(message, ShowPresence):
        return message if data.count(b":") == _colons_of(message) else None
    op = _as_read(message.op)
    # Six keys around it, and its own.
    if data.count(b":") != op.count(b":") + 6 + message.stream.count(":"):
        return None
    digest = _digest(message.stream, op)
    return AskOp(message.client, message.n, message.stream, message.base, message.op, digest)


#: What most messages are: a cursor and nothing else, as our pages write it and in range.
_CURSOR = re.compile(
    rb'\{"type":"presence","stream":"(\w+:[\w-]+)","cursor":\[(-?(?:0|[1-9][0-9]{0,7}),-?(?:0|[1-9][0-9]{0,7}))\]\}',
    re.ASCII,
)


def plain_cursor(frame: bytes | str) -> tuple[str, bytes] | None:
    """Stream and `x,y` of a cursor that need not be read further before somebody is told of it; else None."""
    if isinstance(frame, str) or (found := _CURSOR.fullmatch(frame)) is None:
        return None
    return found[1].decode(), found[2]


def is_presence(frame: bytes | str) -> bool:
    """By its first letters, as our own pages write it; what looks otherwise is read as ever."""
    start = frame[:24]
    return "presence" in start if isinstance(start, str) else b"presence" in start


def is_op(frame: bytes | str) -> bool:
    """By its first letters as well."""
    start = frame[:16]
    return '"op"' in start if isinstance(start, str) else b'"op"' in start


def _colons_of(shown: ShowPresence) -> int:
    parts = (shown.writing, shown.drag, shown.view, shown.cheer)
    inner = sum(len(part.model_fields_set) for part in parts if part is not None)
    return len(shown.model_fields_set) + inner + shown.stream.count(":")


def _read_guarded(data: bytes) -> ClientMessage:
    value = _DECODER.decode(data.decode())
    if _may_be_deep(data) and _depth(value) > limits.MESSAGE_DEPTH:
        raise BadMessage("depth")
    message = _ANY.validate_python(value)
    if not isinstance(message, AnyOp):
        return message
    op, digest = read_op(message.op, message.stream)
    return AskOp(message.client, message.n, message.stream, message.base, op, digest)


def read_op(data: dict[str, Any], stream: str) -> tuple[Op | Refused, str]:
    """The op and its digest, or why it cannot be read. The digest tells a resend from a reuse (P4.3).

    It is taken of the op as read, so that the order of keys says nothing.
    """
    try:
        op = OPS.validate_json(to_json(data, inf_nan_mode="constants"))
        return op, _digest(stream, _as_read(op))
    except ValidationError as error:
        return _why_not(error), _digest(stream, repr(data).encode(errors="surrogatepass"))
    except ValueError:  # half a surrogate pair is not text
        return Refused("bad_op"), _digest(stream, repr(data).encode(errors="surrogatepass"))


def _as_read(op: Op) -> bytes:
    return OPS.serializer.to_json(op, exclude_unset=True, by_alias=True)


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


def _may_be_deep(frame: bytes) -> bool:
    """A cheap upper bound of the depth, so that ordinary messages are not walked."""
    return frame.count(b"{") + frame.count(b"[") > limits.MESSAGE_DEPTH


def _depth(value: Any) -> int:
    """How deep the value is nested; the decoder's own recursion limit keeps this one finite."""
    match value:
        case dict():
            return 1 + max((_depth(inner) for inner in value.values()), default=0)
        case list():
            return 1 + max((_depth(inner) for inner in value), default=0)
    return 0
