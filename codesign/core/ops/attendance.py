"""Ops about who was there, where what was measured is wrong. They are of the desk: those who lead see them."""

from __future__ import annotations

from typing import Literal

from codesign.core.ops.base import Id, OpModel
from codesign.core.ops.desk import Time


class CorrectAttendance(OpModel):
    """What somebody who leads knows better. It stands beside what was measured; the newest of a person counts."""

    type: Literal["correct_attendance"] = "correct_attendance"
    id: Id
    person: Id
    there: bool
    #: Absent where what was measured is right.
    came: Time | None = None
    went: Time | None = None
    city: Id | None = None


class TakeBackCorrection(OpModel):
    type: Literal["take_back_correction"] = "take_back_correction"
    id: Id


AttendanceOp = CorrectAttendance | TakeBackCorrection
