"""Ops of the door: who knocks stands on the desk until they are let in or sent away."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from codesign.core import limits
from codesign.core.ops.base import Id, OpModel, Seat

People = Annotated[tuple[Id, ...], Field(min_length=1, max_length=limits.KNOCKS_AT_ONCE)]


class Knock(Seat):
    """Somebody waits to join as this person. What they would be and where they would sit, their link says."""

    type: Literal["knock"] = "knock"


class AdmitPeople(OpModel):
    type: Literal["admit_people"] = "admit_people"
    people: People


class TurnAway(OpModel):
    type: Literal["turn_away"] = "turn_away"
    people: People


DoorOp = Knock | AdmitPeople | TurnAway
