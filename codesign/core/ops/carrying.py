"""Ops by which results go on to a later step. Only the product asks them, for somebody who saw what will happen."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from codesign.core import limits
from codesign.core.ops.base import Id, Line, OpModel


class CarriedRecord(OpModel):
    id: Id
    kind: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    fields: dict[str, Any]
    #: Where it comes from.
    board: Id
    item: Id


class CarryRecords(OpModel):
    """New records made of items elsewhere; one that is there, or was and is gone, is not made again."""

    type: Literal["carry_records"] = "carry_records"
    records: Annotated[tuple[CarriedRecord, ...], Field(max_length=limits.OPS_PER_BATCH)]


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


class UndoCarry(OpModel):
    """The carry was taken back."""

    type: Literal["undo_carry"] = "undo_carry"
    id: Id


CarryOp = CarryRecords | TakeBack | NoteCarry | UndoCarry
