"""Ops of a register and its closed side, and of the placements by which boards show its records."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from codesign.core.ops.base import Id, Line, OpModel
from codesign.core.ops.board import Removed

#: `name`, or `name/member` where a field holds several.
FieldKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}(/[A-Za-z0-9_-]{1,40})?$")]
#: Flat as items are (P2.1); null takes a field away. What fits which field, core/records.py says.
Value = Removed | int | bool | None
Fields = Annotated[dict[FieldKey, Value], Field(max_length=120)]
DeclaredKey = Annotated[
    str, Field(pattern=r"^kind/[a-z][a-z0-9_-]{0,39}/[a-z0-9][a-z0-9_-]{0,39}$")
]
#: Lines as core/kinds.py reads them.
Declared = Annotated[str, Field(max_length=20_000)]
Percent = Annotated[int, Field(ge=0, le=100)]


class CreateRecord(OpModel):
    type: Literal["create_record"] = "create_record"
    id: Id
    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
    fields: Fields = Field(default_factory=dict)


class EditRecord(OpModel):
    """The fields that are given are set; texts that several people write in change by splices as well."""

    type: Literal["edit_record"] = "edit_record"
    id: Id
    fields: Fields


class MergeRecords(OpModel):
    """Two entries were the same: `id` is shown as `into` from now on, wherever it is placed."""

    type: Literal["merge_records"] = "merge_records"
    id: Id
    into: Id
    #: Of the closed side, asked by the product: a merge was undone, and what it took along goes back.
    back: bool = False


class DeleteRecord(OpModel):
    """Refused with where it is used, unless `force`."""

    type: Literal["delete_record"] = "delete_record"
    id: Id
    force: bool = False


class SetUpRegister(OpModel):
    """A workshop of the programme uses its records. Of the register and of its closed side."""

    type: Literal["set_up_register"] = "set_up_register"
    workshop: Id
    #: What methods declare, by `kind/<name>/<method>`: the fields of kinds of their own, and more fields of others.
    kinds: Annotated[dict[DeclaredKey, Declared], Field(max_length=100)] = Field(
        default_factory=dict
    )


class MarkUse(OpModel):
    """A board places the record, or no longer does."""

    type: Literal["mark_use"] = "mark_use"
    record: Id
    board: Id
    on: bool


class CreatePlacement(OpModel):
    """The record is shown on this board. What it says stays in the register."""

    type: Literal["create_placement"] = "create_placement"
    id: Id
    record: Id


#: Where a record stood, as the plane of its board says it: `key.state`, `pl`, `85.70`.
Stood = Annotated[str, Field(pattern=r"^([a-z_]{1,20}(\.[a-z_]{1,20})?|-?\d{1,6}\.-?\d{1,6})$")]


class KeepArrangement(OpModel):
    """How the board's records stand now, under a title, to be laid beneath what comes."""

    type: Literal["keep_arrangement"] = "keep_arrangement"
    id: Id
    title: Line
    stood: Annotated[dict[Id, Stood], Field(min_length=1, max_length=500)]


class ReadPlace(OpModel):
    """Where I would put it myself, from 0 to 100 on each axis; null takes it back."""

    type: Literal["read_place"] = "read_place"
    id: Id
    x: Percent | None
    y: Percent | None


RecordOp = (
    CreateRecord
    | EditRecord
    | MergeRecords
    | DeleteRecord
    | SetUpRegister
    | MarkUse
    | CreatePlacement
    | KeepArrangement
    | ReadPlace
)
