"""Consent rounds: a proposal stands where nobody objects. Answers carry names, and objections come first.

Who answers says so in their inbox. From there it goes to the workshop, where everyone sees it, or, where answers are
shown at the close, to the desk until then.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.ballots import electorate, may_vote
from codesign.core.changes import Change, PatchItem, PatchStream, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.inbox import inbox_of
from codesign.core.ops import (
    AnswerConsent,
    Answered,
    AnswerFor,
    CloseConsent,
    HandOverAnswers,
    KeepAnswers,
    OpenConsent,
    TellAnswers,
)
from codesign.core.rules.making import refuse_new
from codesign.core.stream import Draft, Fields, Item, Readable, id_of

UNKNOWN = Refused("unknown", {"field": "consent"})
CLOSED = Refused("stage", {"action": "consent"})
#: In the order they are read.
ANSWERS = ("object", "reserve", "aside", "agree")


def open_consent(op: OpenConsent, ask: Ask, draft: Draft) -> Decision:
    """One at a time; another round of it ends the one before, whose answers stay with it."""
    if no := ask.refuse("votes") or refuse_new(op.id, draft):
        return no
    if draft.count_of("consent") >= limits.CONSENTS_PER_WORKSHOP:
        return Refused("limit", {"limit": "consents", "most": limits.CONSENTS_PER_WORKSHOP})
    board, before = draft.get(op.board), _consent(draft, op.after)
    if board is None or board["kind"] != "board":
        return Refused("unknown", {"field": "board"})
    if not op.proposal.strip():
        return Refused("bad_op", {"field": "proposal"})
    if op.after is not None and before is None:
        return UNKNOWN
    under_way = [one for one in draft.of_kind("consent") if one["state"] == "open"]
    if any(one["id"] != op.after for one in under_way):
        return Refused("conflict", {"reason": "consent_open"})
    changes: list[Change] = []
    effects: tuple[Effect, ...] = ()
    if before is not None and before["state"] == "open":
        changes, effects = _closing(before, ask, draft)
    item: Item = {"id": op.id, "kind": "consent", "proposal": op.proposal, "board": op.board}
    item |= {"shown": op.shown, "state": "open", "opened": ask.now, "round": _round(before) + 1}
    item |= ({"leads": True} if op.leads else {}) | ({"after": op.after} if op.after else {})
    return Accepted((*changes, PutItem(item)), effects)


def close_consent(op: CloseConsent, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("votes"):
        return no
    consent = _consent(draft, op.id)
    if consent is None:
        return UNKNOWN
    if consent["state"] != "open":
        return NOTHING  # two screens closed it
    changes, effects = _closing(consent, ask, draft)
    return Accepted(tuple(changes), effects)


def answer_consent(op: AnswerConsent, ask: Ask, draft: Draft) -> Decision:
    inbox, consent = inbox_of(ask.stream), _consent(ask.workshop, op.consent)
    if inbox is None or ask.person != inbox.person:
        return Refused("forbidden", {"action": "consent"})
    if consent is None:
        return UNKNOWN
    if no := _refuse(consent, ask.role, op):
        return no
    said = {f"answer/{op.consent}": op.answer, f"reason/{op.consent}": op.words or None}
    fields = {key: value for key, value in said.items() if draft.fields.get(key) != value}
    if not fields:
        return NOTHING
    answer = _said(inbox.person, op, ask.now)
    return Accepted((PatchStream(fields),), (_sent(consent, answer, inbox.workshop),))


def answer_for(op: AnswerFor, ask: Ask, draft: Draft) -> Decision:
    """It never replaces what that person said themselves."""
    if no := ask.refuse("votes"):
        return no
    consent, person = _consent(draft, op.consent), draft.get(op.person)
    if consent is None:
        return UNKNOWN
    if person is None or person["kind"] != "person" or person.get("gone", False):
        return Refused("unknown", {"field": "person"})
    if no := _refuse(consent, str(person["role"]), op):
        return no
    answered, entered = f"answer/{op.person}" in consent, f"entered/{op.person}" in consent
    if answered and not entered:
        return Refused("conflict", {"reason": "voted_already"})
    answer = _said(op.person, op, ask.now) | ({"by": ask.person} if ask.person else {})
    if consent["shown"] == "at_once":
        return _patched(consent, _merged((Answered(**answer),), consent))
    return Accepted((), (_sent(consent, answer, id_of(ask.stream)),))


def tell_answers(op: TellAnswers, ask: Ask, draft: Draft) -> Decision:
    consent = _consent(draft, op.consent)
    if ask.role != "product":
        return Refused("forbidden")
    if consent is None:
        return NOTHING
    fields = _merged(op.answers, consent)
    if consent["state"] == "closed":
        fields |= _counts({**consent, **fields})
    return _patched(consent, fields)


def keep_answers(op: KeepAnswers, ask: Ask, draft: Draft) -> Decision:
    """What was on its way when the round closed is told like the others."""
    if ask.role != "product":
        return Refused("forbidden")
    known = draft.get(op.consent)
    if known is not None and known["kind"] != "answers":
        return NOTHING
    item = known or {"id": op.consent, "kind": "answers"}
    fields = _merged(op.answers, item)
    if not fields:
        return NOTHING
    effects: tuple[Effect, ...] = ()
    if item.get("over", False):
        effects = (_telling(op.consent, _answers_of({**item, **fields}), id_of(ask.stream)),)
    if known is not None:
        return Accepted((PatchItem(op.consent, fields),), effects)
    made = {key: value for key, value in {**item, **fields}.items() if value is not None}
    return Accepted((PutItem(made),), effects)


def hand_over_answers(op: HandOverAnswers, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    known = draft.get(op.consent)
    if known is None:
        return Accepted((PutItem({"id": op.consent, "kind": "answers", "over": True}),))
    if known["kind"] != "answers" or known.get("over", False):
        return NOTHING
    told = _telling(op.consent, _answers_of(known), id_of(ask.stream))
    return Accepted((PatchItem(op.consent, {"over": True}),), (told,))


# What pages, reports and rules read


def answers_in(consent: Item) -> dict[str, str]:
    """Person -> answer."""
    start = "answer/"
    return {
        key[len(start) :]: str(value) for key, value in consent.items() if key.startswith(start)
    }


# Inside


def _refuse(consent: Item, role: str, op: AnswerConsent | AnswerFor) -> Refused | None:
    if not may_vote(consent, role):
        return Refused("forbidden", {"action": "consent"})
    if consent["state"] != "open":
        return CLOSED
    if op.answer == "object" and not op.words.strip():
        return Refused("bad_op", {"field": "words"})
    return None


def _closing(consent: Item, ask: Ask, draft: Draft) -> tuple[list[Change], tuple[Effect, ...]]:
    fields: Fields = {"state": "closed", "closed": ask.now}
    fields |= {"voters": len(electorate(consent, draft)), **_counts(consent)}
    kept = consent["shown"] == "at_close"
    op = {"type": "hand_over_answers", "consent": consent["id"]}
    effects = (Effect(f"desk:{id_of(ask.stream)}", op),) if kept else ()
    return [PatchItem(consent["id"], fields)], effects


def _counts(consent: Item) -> Fields:
    counted = Counter(value for value in answers_in(consent).values() if value in ANSWERS)
    return {f"count/{answer}": counted[answer] for answer in ANSWERS}


def _said(person: str, op: AnswerConsent | AnswerFor, now: int) -> dict[str, Any]:
    return {"person": person, "answer": op.answer, "words": op.words, "at": now}


def _sent(consent: Item, answer: dict[str, Any], workshop: str) -> Effect:
    at_once = consent["shown"] == "at_once"
    op = {"type": "tell_answers" if at_once else "keep_answers", "consent": consent["id"]}
    stream = f"workshop:{workshop}" if at_once else f"desk:{workshop}"
    return Effect(stream, {**op, "answers": [answer]})


def _telling(consent: str, answers: list[dict[str, Any]], workshop: str) -> Effect:
    op = {"type": "tell_answers", "consent": consent, "answers": answers}
    return Effect(f"workshop:{workshop}", op)


def _merged(answers: tuple[Answered, ...], item: Item) -> Fields:
    """The newest of each person; what somebody entered never stands in place of their own."""
    fields: Fields = {}
    for said in answers:
        person, own = said.person, {**item, **fields}
        is_own = own.get(f"answer/{person}") is not None and own.get(f"entered/{person}") is None
        if own.get(f"at/{person}", -1) >= said.at or (said.by is not None and is_own):
            continue
        told = said.answer is not None
        fields[f"answer/{person}"] = said.answer
        fields[f"reason/{person}"] = said.words if told and said.words else None
        fields[f"entered/{person}"] = said.by if told else None
        fields[f"at/{person}"] = said.at
    return {key: value for key, value in fields.items() if item.get(key) != value}


def _answers_of(kept: Item) -> list[dict[str, Any]]:
    return [
        {
            "person": person,
            "answer": answer,
            "words": kept.get(f"reason/{person}", ""),
            "at": kept[f"at/{person}"],
            **({"by": kept[f"entered/{person}"]} if kept.get(f"entered/{person}") else {}),
        }
        for person, answer in answers_in(kept).items()
        if answer in ANSWERS
    ]


def _round(consent: Item | None) -> int:
    return 0 if consent is None else int(consent["round"])


def _consent(state: Readable | None, consent_id: str | None) -> Item | None:
    item = state.get(consent_id) if state is not None and consent_id is not None else None
    return item if item is not None and item["kind"] == "consent" else None


def _patched(consent: Item, fields: Fields) -> Decision:
    patch = {key: value for key, value in fields.items() if consent.get(key) != value}
    return Accepted((PatchItem(consent["id"], patch),)) if patch else NOTHING
