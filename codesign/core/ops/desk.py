"""Ops of a desk: the agenda of a workshop, as those who lead it see and change it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from codesign.core import limits
from codesign.core.ops.base import Id, Language, Line, OpModel, Order, Text
from codesign.core.permissions import Capability, Stage

Minutes = Annotated[int, Field(ge=0, le=limits.STEP_MINUTES)]
#: As core/playbook.py has them.
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9.]{1,12}$")]
MethodIds = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_+-]{0,129}$")]
Time = Annotated[int, Field(ge=0, le=2**53)]


class SetDesk(OpModel):
    """When the workshop begins and ends, in which language questions are written first, and which others they need.

    Null takes a time away.
    """

    type: Literal["set_desk"] = "set_desk"
    starts: Time | None = None
    ends: Time | None = None
    lang: Language | None = None
    languages: dict[Language, bool] = Field(default_factory=dict)


class StepFields(OpModel):
    """What a step can hold. What is not given stays as it is; null takes it away."""

    title: Line | None = None
    question: Line | None = None
    minutes: Minutes | None = None
    mode: Literal["plenary", "breakout", "individual", "async"] | None = None
    #: Where people work; without it they stay where they are.
    board: Id | None = None
    stage: Stage | None = None
    #: How long the first stage lasts, when that is less than the step.
    stage_minutes: Minutes | None = None
    at_zero: Literal["nothing", "lock", "reveal"] | None = None
    anonymous: bool | None = None
    pause: bool | None = None
    skipped: bool | None = None
    #: For those who lead; it never leaves the desk.
    note: Text | None = None
    #: Of a playbook's step: what it is called there, its methods (`affinity+dot-vote`), and what goes on to where,
    #: one line of core/carry.py on each line. The last never leaves the desk.
    key: Key | None = None
    methods: MethodIds | None = None
    carry: Text | None = None
    #: What the step lets people who write do, where it differs from its stage.
    may: dict[Capability, bool] = Field(default_factory=dict)


class AddStep(StepFields):
    type: Literal["add_step"] = "add_step"
    id: Id
    order: Order


class EditStep(StepFields):
    type: Literal["edit_step"] = "edit_step"
    id: Id


class MoveStep(OpModel):
    type: Literal["move_step"] = "move_step"
    id: Id
    order: Order


class CopyStep(OpModel):
    """A step like another one, with all its translations."""

    type: Literal["copy_step"] = "copy_step"
    id: Id
    of: Id
    order: Order


class DeleteStep(OpModel):
    type: Literal["delete_step"] = "delete_step"
    id: Id


DeskOp = SetDesk | AddStep | EditStep | MoveStep | CopyStep | DeleteStep
