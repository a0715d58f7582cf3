"""Ops of consent rounds: a proposal, what each person answers to it, and what becomes of the answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from codesign.core import limits
from codesign.core.clean import clean_text
from codesign.core.ops.base import Id, OpModel

Proposal = Annotated[
    str, AfterValidator(lambda words: clean_text(words, most=limits.PROPOSAL_BYTES))
]
Reason = Annotated[str, AfterValidator(lambda words: clean_text(words, most=limits.REASON_BYTES))]
#: Agree; agree with a reservation; object, with a reason; stand aside. None takes an answer back.
Said = Literal["agree", "reserve", "object", "aside"]
Moment = Annotated[int, Field(ge=0, le=2**53)]


class OpenConsent(OpModel):
    """A proposal is put to everyone; with `after`, as the next round of that one, which ends."""

    type: Literal["open_consent"] = "open_consent"
    id: Id
    proposal: Proposal
    board: Id
    #: Answers are seen as they come, or when the round closes; those who lead see them as they come.
    shown: Literal["at_once", "at_close"] = "at_once"
    leads: bool = False
    after: Id | None = None


class CloseConsent(OpModel):
    type: Literal["close_consent"] = "close_consent"
    id: Id


class AnswerConsent(OpModel):
    """Of one's inbox: what I say to the proposal; it can be changed until the round closes."""

    type: Literal["answer_consent"] = "answer_consent"
    consent: Id
    answer: Said | None
    words: Reason = ""


class AnswerFor(OpModel):
    """For somebody without a device, by who leads. It is marked, and counted apart."""

    type: Literal["answer_for"] = "answer_for"
    consent: Id
    person: Id
    answer: Said | None
    words: Reason = ""


class Answered(OpModel):
    """One person's answer on its way. `by`: who entered it for them."""

    person: Id
    answer: Said | None
    words: Reason = ""
    at: Moment
    by: Id | None = None


Answers = Annotated[tuple[Answered, ...], Field(max_length=limits.PEOPLE_PER_WORKSHOP)]


class KeepAnswers(OpModel):
    """Of the desk, while a round shows its answers only at its close."""

    type: Literal["keep_answers"] = "keep_answers"
    consent: Id
    answers: Answers


class HandOverAnswers(OpModel):
    """Of the desk: the round is closed, and everyone may see what was kept here."""

    type: Literal["hand_over_answers"] = "hand_over_answers"
    consent: Id


class TellAnswers(OpModel):
    """Of the workshop: these answers are everyone's to see."""

    type: Literal["tell_answers"] = "tell_answers"
    consent: Id
    answers: Answers


ConsentOp = (
    OpenConsent
    | CloseConsent
    | AnswerConsent
    | AnswerFor
    | KeepAnswers
    | HandOverAnswers
    | TellAnswers
)
