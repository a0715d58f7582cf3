"""Ops of a system map: factors on a `graph` board, and the causal links between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from codesign.core import limits
from codesign.core.ops.base import Id, Language, Line, OpModel, Placed
from codesign.core.ops.records import Fields, Value

#: As of records, and of a card `said/<field>/<value>`.
CardKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}(/[A-Za-z0-9_-]{1,40}){0,2}$")]


class CreateFactor(Placed):
    """Something that can rise or fall. What it may say beside its label: kind `factor` in core/kinds.py."""

    type: Literal["create_factor"] = "create_factor"
    id: Id
    label: Line
    lang: Language | None = None
    fields: Fields = Field(default_factory=dict)


class CreateCausalLink(OpModel):
    """If `from` rises, `to` rises (`+`) or falls (`-`). One link from one factor to another."""

    type: Literal["create_causal_link"] = "create_causal_link"
    id: Id
    source: Id = Field(alias="from")
    target: Id = Field(alias="to")
    polarity: Literal["+", "-", "mixed", "unknown"]
    fields: Fields = Field(default_factory=dict)


class EditItem(OpModel):
    """The fields that are given are set, of a factor, a causal link or the card of a note; null takes one away."""

    type: Literal["edit_item"] = "edit_item"
    id: Id
    fields: Annotated[dict[CardKey, Value], Field(max_length=limits.STROKES)]


MapOp = CreateFactor | CreateCausalLink | EditItem
