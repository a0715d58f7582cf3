"""Ops by which a room stays together: bringing people, a note that is shown, who is finished, hands, help, messages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from codesign.core import limits
from codesign.core.clean import clean_text
from codesign.core.ops.base import Coordinate, Id, OpModel, Side

Words = Annotated[str, AfterValidator(lambda words: clean_text(words, most=limits.MESSAGE_WORDS))]
#: Messages that everyone reads in their own language.
Quick = Literal["two_minutes", "finish_sentence", "look_up", "come_back"]
Moment = Annotated[int, Field(ge=0, le=2**53)]


class BringPeople(OpModel):
    """Everyone, or those of one table, comes to this board and view. Without a board: nobody is held there."""

    type: Literal["bring_people"] = "bring_people"
    board: Id | None
    table: Id | None = None
    #: What is in view there (1/100 px), and the zone in the middle of it, for those who see one at a time.
    x: Coordinate | None = None
    y: Coordinate | None = None
    w: Side | None = None
    h: Side | None = None
    region: Id | None = None


class SpotlightItem(OpModel):
    """Everyone at this board is shown the item; without one, nothing is shown any more."""

    type: Literal["spotlight_item"] = "spotlight_item"
    id: Id | None


class EndSpotlight(OpModel):
    """It was shown long enough, unless another one is by now."""

    type: Literal["end_spotlight"] = "end_spotlight"
    at: Moment


class AllowCheers(OpModel):
    """Whether people may react to the room, for everyone to see."""

    type: Literal["allow_cheers"] = "allow_cheers"
    on: bool


class SayFinished(OpModel):
    """With what `step` asks; said of a step that is over it means nothing."""

    type: Literal["say_finished"] = "say_finished"
    on: bool
    step: Id | None = None


class RaiseHand(OpModel):
    """To speak next. `person`: whose hand those who lead take down."""

    type: Literal["raise_hand"] = "raise_hand"
    on: bool
    step: Id | None = None
    person: Id | None = None


class AskHelp(OpModel):
    """Of one's own inbox: help is wanted at `board`, or no longer."""

    type: Literal["ask_help"] = "ask_help"
    on: bool
    board: Id | None = None


class QueueHelp(OpModel):
    """Of the desk: somebody waits since then, or no longer."""

    type: Literal["queue_help"] = "queue_help"
    person: Id
    since: Moment
    on: bool
    board: Id | None = None


class TakeHelp(OpModel):
    """Of the desk: I go there. It ends the waiting of all at that table."""

    type: Literal["take_help"] = "take_help"
    person: Id


class EndHelp(OpModel):
    """Of an inbox: `by` comes, to who has waited since then."""

    type: Literal["end_help"] = "end_help"
    since: Moment
    by: Id


class SendMessage(OpModel):
    """Words of those who lead to everyone there; of the desk, to one person. With neither all are taken away."""

    type: Literal["send_message"] = "send_message"
    words: Words = ""
    quick: Quick | None = None
    to: Id | None = None


class DeliverMessage(OpModel):
    """Of an inbox: what was sent to its person."""

    type: Literal["deliver_message"] = "deliver_message"
    words: Words = ""
    quick: Quick | None = None
    by: Id
    at: Moment
    #: Of a comment in which its person is named: where it stands.
    board: Id | None = None
    about: Id | None = None


TogetherOp = (
    BringPeople
    | SpotlightItem
    | EndSpotlight
    | AllowCheers
    | SayFinished
    | RaiseHand
    | AskHelp
    | QueueHelp
    | TakeHelp
    | EndHelp
    | SendMessage
    | DeliverMessage
)
