"""Ops of a workshop while it runs: which step is on, and the timer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from codesign.core.ops.base import Id, OpModel


class StartStep(OpModel):
    """One act: board, stage, rights, question and timer. `from` is the step it takes people from."""

    type: Literal["start_step"] = "start_step"
    step: Id
    source: Id | None = Field(alias="from")
    #: Back to a step that was left: its timer goes on where it would be by now.
    back: bool = False


class ShowPlan(OpModel):
    """What people see of the agenda follows the desk."""

    type: Literal["show_plan"] = "show_plan"


class SetTimer(OpModel):
    """Where the timer ends up (ms): when it runs out, or how much is left while it rests; neither: there is none.

    The limits are kept by the rule, so that a time out of bounds is refused with its code.
    """

    type: Literal["set_timer"] = "set_timer"
    ends_at: int | None = None
    left: int | None = None
    #: How long it was set for in all.
    of: int | None = None
    #: Of one table; else of the whole room.
    table: Id | None = None


class EndTimer(OpModel):
    type: Literal["end_timer"] = "end_timer"
    ends_at: int
    table: Id | None = None


class StopNotice(OpModel):
    """What the timer announced does not happen."""

    type: Literal["stop_notice"] = "stop_notice"
    notice_at: int


class CarryOut(OpModel):
    """What the timer announced happens."""

    type: Literal["carry_out"] = "carry_out"
    notice_at: int


class EndWorkshop(OpModel):
    """It is over for everyone: nobody writes, everything stays to be read. Any stage that is set opens it again."""

    type: Literal["end_workshop"] = "end_workshop"


RunningOp = StartStep | ShowPlan | SetTimer | EndTimer | StopNotice | CarryOut | EndWorkshop
