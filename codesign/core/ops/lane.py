"""Ops of silent writing: of a lane, of the desk, and of the board that what was hidden comes to."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from codesign.core import limits
from codesign.core.ops.base import Id, OpModel
from codesign.core.ops.records import Percent
from codesign.core.whole import check_item

Silence = Annotated[int, Field(ge=1, le=999_999_999)]


def _check_note(item: Any) -> Any:
    checked = check_item(item)
    if checked["kind"] != "note":
        raise ValueError("kind")
    return checked


class HiddenPlace(BaseModel):
    """Where somebody put what a placement shows. `by`: who, or a name of no meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    placement: Id
    by: Id
    x: Percent
    y: Percent


HiddenNote = Annotated[dict[str, str | bool | int], AfterValidator(_check_note)]


class ReleaseLane(OpModel):
    """My own notes so far are for everyone, before the others'."""

    type: Literal["release_lane"] = "release_lane"


class CloseLane(OpModel):
    """Nothing more is written in it: it is about to be revealed."""

    type: Literal["close_lane"] = "close_lane"


class RevealNotes(OpModel):
    """Notes and places that were hidden are now on the board, in one entry.

    `seed` shuffles the notes, and tells nothing.
    """

    type: Literal["reveal_notes"] = "reveal_notes"
    notes: Annotated[tuple[HiddenNote, ...], Field(max_length=limits.NOTES_REVEALED)]
    places: Annotated[tuple[HiddenPlace, ...], Field(max_length=limits.NOTES_REVEALED)] = ()
    #: Which silence has ended; None: one person's own, early.
    silence: Silence | None = None
    seed: Id | None = None
    anonymous: bool = False


class CountWriters(OpModel):
    """How many people have written so far, in ticks."""

    type: Literal["count_writers"] = "count_writers"
    silence: Silence
    written: Annotated[int, Field(ge=0, le=limits.PEOPLE_PER_WORKSHOP)]


LaneOp = ReleaseLane | CloseLane | RevealNotes | CountWriters
