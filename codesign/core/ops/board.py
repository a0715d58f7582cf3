"""Ops of a board: its items, its words, and the board itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from codesign.core import limits
from codesign.core.clean import clean_text
from codesign.core.items import Colour, Layout, Reaction
from codesign.core.ops.base import (
    Coordinate,
    Id,
    Language,
    Line,
    MethodId,
    OpModel,
    Order,
    Placed,
    Side,
    Text,
)
from codesign.core.ops.rounds import Round
from codesign.core.whole import check_about, check_fields, check_item

Offset = Annotated[int, Field(ge=0, le=limits.TEXT_BYTES)]
Removed = Annotated[str, Field(max_length=limits.TEXT_BYTES)]
Comment = Annotated[str, AfterValidator(lambda words: clean_text(words, most=limits.COMMENT_BYTES))]
OneSplice = tuple[Offset, Removed, Text]
CardName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")]
#: What a method adds to a board: kinds of card, and rounds.
About = Annotated[dict[str, str | int], AfterValidator(check_about)]
WholeItem = Annotated[dict[str, str | bool | int], AfterValidator(check_item)]


class CreateNote(Placed):
    type: Literal["create_note"] = "create_note"
    id: Id
    text: Text
    colour: Colour | None = None
    lang: Language | None = None
    cluster: Id | None = None
    #: For somebody else, who has no device: `author`, or one whose name is not known.
    entered: bool = False
    author: Id | None = None
    #: What sort of card it is, of those that the board takes; and for which round it was written.
    card: CardName | None = None
    round: Round | None = None


class CreateCluster(Placed):
    type: Literal["create_cluster"] = "create_cluster"
    id: Id
    name: Line = ""


class CreateRegion(OpModel):
    type: Literal["create_region"] = "create_region"
    id: Id
    title: Line
    order: Order


class MoveRegion(OpModel):
    """To another place among the regions."""

    type: Literal["move_region"] = "move_region"
    id: Id
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
    field: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
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


class ServePersona(OpModel):
    """The note is for this persona of the programme, or no longer. One key for each persona: two may say so at once."""

    type: Literal["serve_persona"] = "serve_persona"
    id: Id
    persona: Id
    on: bool


class MergeNote(OpModel):
    """The note says the same as another, which stands for both from now on; `null`: it stands for itself again."""

    type: Literal["merge_note"] = "merge_note"
    id: Id
    into: Id | None


class AddComment(OpModel):
    """Something said of an item, beside it. `mentions`: people who are named, and are told."""

    type: Literal["add_comment"] = "add_comment"
    id: Id
    about: Id
    text: Comment
    mentions: Annotated[tuple[Id, ...], Field(max_length=limits.MENTIONS_PER_COMMENT)] = ()


class ProtectItem(OpModel):
    type: Literal["protect_item"] = "protect_item"
    id: Id
    on: bool


class OpenLayer(OpModel):
    """What is protected may be changed by everyone who writes, all of it at once; or again only by those who lead."""

    type: Literal["open_layer"] = "open_layer"
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
    method: MethodId | None = None
    about: About = Field(default_factory=dict)


class FillBoard(OpModel):
    """Whole items, with the authors and reactions they had: how an archive comes back."""

    type: Literal["fill_board"] = "fill_board"
    #: Of the board itself: its question and the translations of it.
    fields: Annotated[dict[str, str], AfterValidator(check_fields)] = Field(default_factory=dict)
    items: Annotated[tuple[WholeItem, ...], Field(max_length=limits.OPS_PER_BATCH)]


class RestoreBoard(OpModel):
    """The board is again what it was: these items and no others, and the question of then. From its own journal."""

    type: Literal["restore_board"] = "restore_board"
    fields: Annotated[dict[str, str], AfterValidator(check_fields)] = Field(default_factory=dict)
    items: Annotated[
        tuple[dict[str, str | bool | int], ...], Field(max_length=limits.ITEMS_PER_BOARD)
    ]


class Translate(OpModel):
    """A translation of a question or title, one key per language (P2.2). Empty takes it away."""

    type: Literal["translate"] = "translate"
    id: Id | None
    field: Literal["title", "question", "text"]
    lang: Language
    words: Line


class TakeWords(OpModel):
    """Somebody wants their words taken out: their notes stay, and say nothing."""

    type: Literal["take_words"] = "take_words"
    person: Id


BoardOp = (
    CreateNote
    | CreateCluster
    | CreateRegion
    | MoveRegion
    | CreateFrame
    | CreateHeading
    | CreateConnector
    | CreateImage
    | MoveItem
    | EditText
    | Recolour
    | MergeNote
    | AddComment
    | ServePersona
    | React
    | ProtectItem
    | OpenLayer
    | DeleteItem
    | SetUpBoard
    | FillBoard
    | RestoreBoard
    | Translate
    | TakeWords
)
