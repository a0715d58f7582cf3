"""Ops by which results go on to a later step. Only the product asks them, for somebody who saw what will happen."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from codesign.core import limits
from codesign.core.ops.base import Id, Line, OpModel
from codesign.core.ops.records import Fields


class CarriedRecord(OpModel):
    id: Id
    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
    fields: dict[str, Any]
    #: Where it comes from.
    board: Id
    item: Id
    #: What was put together with it: by item the board.
    also: Annotated[dict[Id, Id], Field(max_length=limits.OPS_PER_BATCH)] = Field(
        default_factory=dict
    )


class CarryRecords(OpModel):
    """New records made of items elsewhere; one that is there, or was and is gone, is not made again."""

    type: Literal["carry_records"] = "carry_records"
    records: Annotated[tuple[CarriedRecord, ...], Field(max_length=limits.OPS_PER_BATCH)]


class FilledRecord(OpModel):
    """A record that is there: what it is to say, and where that comes from."""

    id: Id
    fields: Fields = Field(default_factory=dict)
    #: By item the board.
    also: Annotated[dict[Id, Id], Field(max_length=limits.OPS_PER_BATCH)] = Field(
        default_factory=dict
    )


class FillRecords(OpModel):
    """Fields of records that are there, as somebody saw and chose them; what is gone meanwhile is passed over."""

    type: Literal["fill_records"] = "fill_records"
    records: Annotated[tuple[FilledRecord, ...], Field(max_length=limits.OPS_PER_BATCH)]


class CarriedTopic(OpModel):
    id: Id
    title: Line
    board: Id
    item: Id


class CarryTopics(OpModel):
    """On a desk: what groups of this workshop are about. The form that makes tables begins with them."""

    type: Literal["carry_topics"] = "carry_topics"
    topics: Annotated[tuple[CarriedTopic, ...], Field(max_length=limits.OPS_PER_BATCH)]


class TakeBack(OpModel):
    """Undoes what the product put here in one entry, but for what somebody has changed since."""

    type: Literal["take_back"] = "take_back"
    seq: Annotated[int, Field(ge=1)]


class NoteCarry(OpModel):
    """On the desk of the step that was carried from: what went where, so that it can be undone as one."""

    type: Literal["note_carry"] = "note_carry"
    id: Id
    step: Id
    line: Annotated[int, Field(ge=0, le=50)]
    #: What it was carried to, in words.
    to: Line
    count: Annotated[int, Field(ge=0)]
    by: Id
    #: `stream@seq`, with spaces between.
    entries: Annotated[str, Field(max_length=limits.TEXT_BYTES)]
    #: Of what went into a document: which one, and the ids of what it is to hold, with spaces between.
    document: Annotated[str, Field(pattern=r"^[a-z-]{1,60}$")] | None = None
    takes: Annotated[str, Field(max_length=limits.TEXT_BYTES)] | None = None


class UndoCarry(OpModel):
    """The carry was taken back."""

    type: Literal["undo_carry"] = "undo_carry"
    id: Id


CarryOp = CarryRecords | FillRecords | CarryTopics | TakeBack | NoteCarry | UndoCarry
