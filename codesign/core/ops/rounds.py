"""Ops of boards that people work on in rounds: which one is on, and a sheet of one's own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from codesign.core import limits
from codesign.core.ops.base import OpModel

Round = Annotated[int, Field(ge=1, le=limits.ROUNDS)]


class SetRound(OpModel):
    """This round is on from now; 0: none yet, one more than there are: all are over. Sheets go on with the next."""

    type: Literal["set_round"] = "set_round"
    round: Annotated[int, Field(ge=0, le=limits.ROUNDS + 1)]
    #: Of the product alone: when the round before was to end. Where it was moved meanwhile, nothing happens.
    ends_at: int | None = None


class TakeSheet(OpModel):
    """A sheet of one's own, for who came late or leads and writes all the same."""

    type: Literal["take_sheet"] = "take_sheet"


RoundOp = SetRound | TakeSheet
