"""Every op a person or the product can ask, as strict frozen models. What each does: rules/*.py.

A new op is a model here, a rule, a line in decide.py, a builder in static/js/board/ops.js, a test.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from codesign.core import limits
from codesign.core.clean import clean_line, clean_name, clean_text
from codesign.core.items import Colour, Layout, Reaction
from codesign.core.whole import check_fields, check_item

Id = Annotated[str, Field(pattern=rf"^[A-Za-z0-9_-]{{{limits.ID_LETTERS}}}$")]
Order = Annotated[str, Field(pattern=rf"^[A-Za-z0-9]{{1,{limits.ORDER_LETTERS}}}$")]
Coordinate = Annotated[int, Field(ge=-limits.COORDINATE, le=limits.COORDINATE)]
Side = Annotated[int, Field(ge=limits.SIDE_LEAST, le=limits.SIDE_MOST)]
Text = Annotated[str, AfterValidator(clean_text)]
Line = Annotated[str, AfterValidator(clean_line)]
Name = Annotated[str, AfterValidator(clean_name)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Role = Literal["owner", "facilitator", "co-facilitator", "participant", "expert", "observer"]
Offset = Annotated[int, Field(ge=0, le=limits.TEXT_BYTES)]
Removed = Annotated[str, Field(max_length=limits.TEXT_BYTES)]
OneSplice = tuple[Offset, Removed, Text]
WholeItem = Annotated[dict[str, str | bool | int], AfterValidator(check_item)]


class OpModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Placed(OpModel):
    """Where an item goes: `region` and `order`, or `x` and `y` (1/100 px), as the layout wants."""

    region: Id | None = None
    order: Order | None = None
    x: Coordinate | None = None
    y: Coordinate | None = None

    def place(self) -> dict[str, Any]:
        """The place fields that were given."""
        given = {"region": self.region, "order": self.order, "x": self.x, "y": self.y}
        return {key: value for key, value in given.items() if value is not None}


# Items


class CreateNote(Placed):
    type: Literal["create_note"] = "create_note"
    id: Id
    text: Text
    colour: Colour | None = None
    lang: Language | None = None
    cluster: Id | None = None


class CreateCluster(Placed):
    type: Literal["create_cluster"] = "create_cluster"
    id: Id
    name: Line = ""


class CreateRegion(OpModel):
    type: Literal["create_region"] = "create_region"
    id: Id
    title: Line
    order: Order


class CreateFrame(OpModel):
    type: Literal["create_frame"] = "create_frame"
    id: Id
    title: Line
    x: Coordinate
    y: Coordinate
    w: Side
    h: Side


class CreateHeading(Placed):
    type: Literal["create_heading"] = "create_heading"
    id: Id
    text: Line


class CreateConnector(OpModel):
    type: Literal["create_connector"] = "create_connector"
    id: Id
    source: Id = Field(alias="from")
    target: Id = Field(alias="to")
    label: Line = ""


class CreateImage(Placed):
    type: Literal["create_image"] = "create_image"
    id: Id
    file: Id
    alt: Line = ""
    w: Side
    h: Side


class MoveItem(Placed):
    """The fields that are given are set; `cluster: null` takes the note out of its cluster."""

    type: Literal["move_item"] = "move_item"
    id: Id
    w: Side | None = None
    h: Side | None = None
    cluster: Id | None = None


class EditText(OpModel):
    """Splices (P5.1) in a text field of an item, or of the board itself when `id` is null."""

    type: Literal["edit_text"] = "edit_text"
    id: Id | None
    field: Literal["text", "title", "name", "label", "alt", "question"]
    splices: Annotated[
        tuple[OneSplice, ...], Field(min_length=1, max_length=limits.SPLICES_PER_EDIT)
    ]


class Recolour(OpModel):
    type: Literal["recolour"] = "recolour"
    id: Id
    colour: Colour


class React(OpModel):
    type: Literal["react"] = "react"
    id: Id
    reaction: Reaction
    on: bool


class ProtectItem(OpModel):
    type: Literal["protect_item"] = "protect_item"
    id: Id
    on: bool


class DeleteItem(OpModel):
    type: Literal["delete_item"] = "delete_item"
    id: Id


# The board itself


class RegionSpec(OpModel):
    id: Id
    title: Line
    order: Order


class SetUpBoard(OpModel):
    type: Literal["set_up_board"] = "set_up_board"
    workshop: Id
    layout: Layout
    question: Line
    regions: Annotated[tuple[RegionSpec, ...], Field(max_length=50)] = ()


class FillBoard(OpModel):
    """Whole items, with the authors and reactions they had: how an archive comes back."""

    type: Literal["fill_board"] = "fill_board"
    #: Of the board itself: its question and the translations of it.
    fields: Annotated[dict[str, str], AfterValidator(check_fields)] = Field(default_factory=dict)
    items: Annotated[tuple[WholeItem, ...], Field(max_length=limits.OPS_PER_BATCH)]


# The workshop


class CitySpec(OpModel):
    id: Id
    name: Name
    colour: Colour
    order: Order


class SetUpWorkshop(OpModel):
    type: Literal["set_up_workshop"] = "set_up_workshop"
    title: Line
    question: Line
    programme: Id
    cities: Annotated[tuple[CitySpec, ...], Field(max_length=limits.CITIES_PER_WORKSHOP)] = ()


class AddBoard(OpModel):
    type: Literal["add_board"] = "add_board"
    board: Id
    title: Line
    layout: Layout
    question: Line
    regions: Annotated[tuple[RegionSpec, ...], Field(max_length=50)] = ()
    land: bool = False


class JoinWorkshop(OpModel):
    type: Literal["join_workshop"] = "join_workshop"
    person: Id
    name: Name
    city: Id | None = None
    role: Role = "participant"
    lang: Language | None = None


class RenamePerson(OpModel):
    type: Literal["rename_person"] = "rename_person"
    person: Id
    name: Name


class ChangeCity(OpModel):
    type: Literal["change_city"] = "change_city"
    person: Id
    city: Id | None


class SetRole(OpModel):
    type: Literal["set_role"] = "set_role"
    person: Id
    role: Role


class RemovePerson(OpModel):
    type: Literal["remove_person"] = "remove_person"
    person: Id


class ReadmitPerson(OpModel):
    type: Literal["readmit_person"] = "readmit_person"
    person: Id


class SetDoor(OpModel):
    type: Literal["set_door"] = "set_door"
    door: Literal["open", "closed"]


class SetStage(OpModel):
    type: Literal["set_stage"] = "set_stage"
    stage: Literal["open", "locked"]


class SetWorkshop(OpModel):
    type: Literal["set_workshop"] = "set_workshop"
    title: Line | None = None
    question: Line | None = None


class AddCity(CitySpec):
    type: Literal["add_city"] = "add_city"


class EditCity(OpModel):
    type: Literal["edit_city"] = "edit_city"
    id: Id
    name: Name | None = None
    colour: Colour | None = None


class DropCity(OpModel):
    type: Literal["drop_city"] = "drop_city"
    id: Id


# Translations of what the facilitator set up


class Translate(OpModel):
    """A translation of a question or title, one key per language (P2.2). Empty takes it away."""

    type: Literal["translate"] = "translate"
    id: Id | None
    field: Literal["title", "question", "text"]
    lang: Language
    words: Line


# Several, and back


class Undo(OpModel):
    type: Literal["undo"] = "undo"
    n: Annotated[int, Field(ge=1)]


BoardOp = (
    CreateNote
    | CreateCluster
    | CreateRegion
    | CreateFrame
    | CreateHeading
    | CreateConnector
    | CreateImage
    | MoveItem
    | EditText
    | Recolour
    | React
    | ProtectItem
    | DeleteItem
    | SetUpBoard
    | FillBoard
    | Translate
)
WorkshopOp = (
    SetUpWorkshop
    | AddBoard
    | JoinWorkshop
    | RenamePerson
    | ChangeCity
    | SetRole
    | RemovePerson
    | ReadmitPerson
    | SetDoor
    | SetStage
    | SetWorkshop
    | AddCity
    | EditCity
    | DropCity
)
SingleOp = BoardOp | WorkshopOp


class All(OpModel):
    """Several ops as one: all or nothing, one n, one entry, one undo (P4.5)."""

    type: Literal["all"] = "all"
    ops: Annotated[
        tuple[Annotated[SingleOp, Field(discriminator="type")], ...],
        Field(min_length=1, max_length=limits.OPS_PER_BATCH),
    ]


Op = SingleOp | All | Undo

#: Reads an op. Use `validate_json`: only there are arrays tuples and is everything else strict.
OPS: TypeAdapter[Op] = TypeAdapter(Annotated[Op, Field(discriminator="type")])


def read_op(data: Any) -> Op:
    """The op in JSON values already decoded. Raises pydantic's ValidationError."""
    return OPS.validate_json(json.dumps(data))


def dump_op(op: Op) -> dict[str, Any]:
    """The op as JSON values: only what was given."""
    return op.model_dump(mode="json", by_alias=True, exclude_unset=True) | {"type": op.type}
