"""Ops of a workshop about votes. Ballots are none of them: they are in no stream (core/ballots.py)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from codesign.core import limits
from codesign.core.ops.base import Id, Line, OpModel

Count = Annotated[int, Field(ge=0, le=2**31)]


class OpenVote(OpModel):
    """A question over items of one board. What it offers stays as it was opened."""

    type: Literal["open_vote"] = "open_vote"
    id: Id
    question: Line
    board: Id
    options: Annotated[tuple[Id, ...], Field(min_length=2, max_length=limits.OPTIONS_PER_VOTE)]
    #: Dots each person has, and how many of them may lie on one option.
    dots: Annotated[int, Field(ge=1, le=limits.DOTS)]
    cap: Annotated[int, Field(ge=1, le=limits.DOTS)]
    #: Nobody sees what others chose, and no counts, until it closes.
    secret: bool = True
    #: Those who lead vote, too.
    leads: bool = False
    #: The vote whose best this one is about.
    after: Id | None = None


class CloseVote(OpModel):
    type: Literal["close_vote"] = "close_vote"
    id: Id


class CancelVote(OpModel):
    """It ends without a result, and its ballots are forgotten."""

    type: Literal["cancel_vote"] = "cancel_vote"
    id: Id


class CountBallots(OpModel):
    """How many have voted: in ticks of five while a vote is secret. Of an open one, where the dots lie."""

    type: Literal["count_ballots"] = "count_ballots"
    vote: Id
    cast: Count
    totals: dict[Id, Count] = Field(default_factory=dict)


class GroupTally(OpModel):
    """One city's votes; without a city, those of all who are merged."""

    city: Id | None
    ballots: Count
    totals: dict[Id, Count]


class TallyVote(OpModel):
    """The result. After it there are no ballots any more."""

    type: Literal["tally_vote"] = "tally_vote"
    vote: Id
    ballots: Count
    #: Ballots among them that were given for somebody without a device.
    given: Count
    #: How many could have voted.
    voters: Count
    #: Devices among them that several share, and by how many people in all.
    shared: Count = 0
    sharing: Count = 0
    #: Ballots from those; None where there are so few that it would tell whose they are.
    shared_cast: Count | None = None
    totals: dict[Id, Count]
    supporters: dict[Id, Count]
    groups: tuple[GroupTally, ...] = ()


VotingOp = OpenVote | CloseVote | CancelVote | CountBallots | TallyVote
