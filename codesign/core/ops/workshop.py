"""Ops of a workshop: its boards, its people and cities, its door."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from codesign.core import limits
from codesign.core.items import Colour, Layout
from codesign.core.ops.base import Id, Language, Line, MethodId, Name, OpModel, Order, Role, Seat
from codesign.core.ops.board import About, RegionSpec
from codesign.core.permissions import Stage

#: What the time zone database calls it; whether there is such a zone only browsers know.
Zone = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_+/-]{0,63}$")]


Gathering = Annotated[str, Field(pattern=r"^[A-Za-z0-9.]{1,12}$")]


class CitySpec(OpModel):
    id: Id
    name: Name
    colour: Colour
    order: Order
    zone: Zone | None = None


class SetUpWorkshop(OpModel):
    type: Literal["set_up_workshop"] = "set_up_workshop"
    title: Line
    question: Line
    programme: Id
    #: Of a programme that follows a playbook: which one, which gathering of it this is, and which of all in order.
    playbook: MethodId | None = None
    gathering: Gathering | None = None
    turn: Annotated[int, Field(ge=0, le=1_000)] | None = None
    #: A copy to rehearse on: every page of it says so, and nothing of it is kept.
    rehearsal: bool = False
    cities: Annotated[tuple[CitySpec, ...], Field(max_length=limits.CITIES_PER_WORKSHOP)] = ()
    #: The language people work in together.
    lang: Language | None = None


class AddBoard(OpModel):
    type: Literal["add_board"] = "add_board"
    board: Id
    title: Line
    layout: Layout
    question: Line
    regions: Annotated[tuple[RegionSpec, ...], Field(max_length=50)] = ()
    #: Where several methods share a layout, whose board it is.
    method: MethodId | None = None
    about: About = Field(default_factory=dict)
    land: bool = False


class JoinWorkshop(Seat):
    type: Literal["join_workshop"] = "join_workshop"


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


class ForgetPerson(OpModel):
    """For good: there is no way back from this one."""

    type: Literal["forget_person"] = "forget_person"
    person: Id
    #: Whether the words of their notes go as well.
    words: bool = False


class SetDoor(OpModel):
    type: Literal["set_door"] = "set_door"
    #: `passphrase`: by a word that only pages know; `approve`: somebody who leads lets each one in.
    door: Literal["open", "closed", "passphrase", "approve"]


class SetStage(OpModel):
    type: Literal["set_stage"] = "set_stage"
    stage: Stage
    #: Of `silent`: no name is kept with what is written. None: as the silence that was locked.
    anonymous: bool | None = None


class SetWorkshop(OpModel):
    type: Literal["set_workshop"] = "set_workshop"
    title: Line | None = None
    question: Line | None = None
    lang: Language | None = None


class AddCity(CitySpec):
    type: Literal["add_city"] = "add_city"


class EditCity(OpModel):
    type: Literal["edit_city"] = "edit_city"
    id: Id
    name: Name | None = None
    colour: Colour | None = None
    zone: Zone | None = None


class DropCity(OpModel):
    type: Literal["drop_city"] = "drop_city"
    id: Id


WorkshopOp = (
    SetUpWorkshop
    | AddBoard
    | JoinWorkshop
    | RenamePerson
    | ChangeCity
    | SetRole
    | RemovePerson
    | ReadmitPerson
    | ForgetPerson
    | SetDoor
    | SetStage
    | SetWorkshop
    | AddCity
    | EditCity
    | DropCity
)
