"""Consent rounds: who may answer what, what everyone sees when, and rounds that follow one another."""

from __future__ import annotations

from typing import Any

from codesign.core.decision import NOTHING, Accepted
from codesign.core.ops import read_op
from codesign.core.rules.consent import answers_in
from codesign.core.stream import Item
from tests.builders import (
    ANNA,
    BOARD,
    BORIS,
    OLGA,
    VERA,
    WORKSHOP,
    Play,
    a_board,
    an_id,
    an_inbox,
    refused,
)

CONSENT = an_id("consent")
OPEN = {
    "type": "open_consent",
    "id": CONSENT,
    "proposal": "A bus every ten minutes",
    "board": BOARD,
}


class Room:
    """Workshop, desk and inboxes, with effects carried by hand."""

    def __init__(self, **how: Any) -> None:
        workshop = a_board().workshop
        assert workshop is not None
        self.workshop = workshop
        self.desk = Play(f"desk:{WORKSHOP}", workshop)
        self.inboxes = {one: an_inbox(workshop, one) for one in (ANNA, BORIS, VERA, OLGA)}
        self.workshop.do({**OPEN, **how}, OLGA)

    def say(self, person: str, answer: str | None, words: str = "") -> Any:
        op = {"type": "answer_consent", "consent": CONSENT, "answer": answer, "words": words}
        return self.inboxes[person].ask(op, person)

    def carry(self) -> None:
        """Every effect, until there are none."""
        streams = {self.workshop.stream: self.workshop, self.desk.stream: self.desk}
        while True:
            due = [
                (one, e) for one in (*self.inboxes.values(), *streams.values()) for e in one.effects
            ]
            if not due:
                return
            for one, _ in due:
                one.effects = []
            for _, effect in due:
                streams[effect.stream].now += 1
                streams[effect.stream].do(read_op(effect.op))

    @property
    def consent(self) -> Item:
        return self.workshop.item("consent")


def test_everyone_sees_who_says_what_where_it_is_shown_at_once() -> None:
    room = Room()
    room.say(ANNA, "object", "Not at night")
    room.say(BORIS, "reserve", "Only in summer")
    room.carry()
    assert answers_in(room.consent) == {ANNA: "object", BORIS: "reserve"}
    assert room.consent[f"reason/{ANNA}"] == "Not at night"


def test_an_objection_says_why_and_observers_say_nothing() -> None:
    room = Room()
    assert room.say(ANNA, "object") == refused("bad_op", field="words")
    assert room.say(VERA, "agree") == refused("forbidden", action="consent")
    assert room.say(OLGA, "agree") == refused("forbidden", action="consent")
    assert isinstance(Room(leads=True).say(OLGA, "agree"), Accepted)


def test_an_answer_can_be_changed_and_taken_back_until_the_round_closes() -> None:
    room = Room()
    room.say(ANNA, "object", "Too dear")
    room.carry()
    for play in room.inboxes.values():
        play.now += 1
    room.say(ANNA, "agree")
    room.carry()
    assert (answers_in(room.consent), f"reason/{ANNA}" in room.consent) == ({ANNA: "agree"}, False)
    room.inboxes[ANNA].now += 1
    room.say(ANNA, None)
    room.carry()
    assert answers_in(room.consent) == {}
    room.workshop.do({"type": "close_consent", "id": CONSENT}, OLGA)
    assert room.say(ANNA, "agree") == refused("stage", action="consent")


def test_what_is_shown_at_the_close_is_nowhere_but_on_the_desk_before() -> None:
    room = Room(shown="at_close")
    before = room.workshop.head
    room.say(ANNA, "object", "Not at night")
    room.carry()
    assert (room.workshop.head, answers_in(room.consent)) == (before, {})
    assert room.desk.item("consent")[f"reason/{ANNA}"] == "Not at night"
    room.workshop.do({"type": "close_consent", "id": CONSENT}, OLGA)
    room.carry()
    assert answers_in(room.consent) == {ANNA: "object"}
    assert (room.consent["count/object"], room.consent["voters"]) == (1, 2)


def test_what_was_on_its_way_at_the_close_is_told_like_the_others() -> None:
    room = Room(shown="at_close")
    room.say(ANNA, "agree")
    late = room.inboxes[ANNA].effects
    room.inboxes[ANNA].effects = []
    room.workshop.do({"type": "close_consent", "id": CONSENT}, OLGA)
    room.carry()
    room.inboxes[ANNA].effects = late
    room.carry()
    assert (answers_in(room.consent), room.consent["count/agree"]) == ({ANNA: "agree"}, 1)


def test_a_changed_proposal_is_a_new_round_and_the_old_one_is_kept() -> None:
    room = Room()
    room.say(ANNA, "object", "Not at night")
    room.carry()
    other = {**OPEN, "id": an_id("other")}
    assert room.workshop.ask(other, OLGA) == refused("conflict", reason="consent_open")
    again = {**other, "proposal": "A bus every ten minutes by day", "after": CONSENT}
    room.workshop.do(again, OLGA)
    assert (room.consent["state"], room.consent["count/object"]) == ("closed", 1)
    second = room.workshop.item("other")
    assert (second["state"], second["round"], second["after"]) == ("open", 2, CONSENT)
    assert answers_in(second) == {}


def test_what_is_entered_for_somebody_is_marked_and_never_replaces_their_own() -> None:
    room = Room()
    entered = {"type": "answer_for", "consent": CONSENT, "person": BORIS, "answer": "aside"}
    room.workshop.do(entered, OLGA)
    assert (answers_in(room.consent), room.consent[f"entered/{BORIS}"]) == ({BORIS: "aside"}, OLGA)
    room.inboxes[BORIS].now += 1
    room.say(BORIS, "agree")
    room.carry()
    assert (answers_in(room.consent), f"entered/{BORIS}" in room.consent) == (
        {BORIS: "agree"},
        False,
    )
    assert room.workshop.ask(entered, OLGA) == refused("conflict", reason="voted_already")
    assert room.workshop.ask({**entered, "person": VERA}, OLGA) == refused(
        "forbidden", action="consent"
    )


def test_an_answer_that_comes_twice_or_late_changes_nothing() -> None:
    room = Room()
    old = {"person": ANNA, "answer": "object", "words": "No", "at": 1}
    new = {"person": ANNA, "answer": "agree", "at": 2}
    tell = {"type": "tell_answers", "consent": CONSENT}
    room.workshop.do({**tell, "answers": [new]})
    assert room.workshop.do({**tell, "answers": [old]}) == NOTHING
    assert room.workshop.do({**tell, "answers": [new]}) == NOTHING
    assert answers_in(room.consent) == {ANNA: "agree"}


def test_who_is_forgotten_with_their_words_keeps_their_answer_without_the_reason() -> None:
    room = Room()
    room.say(ANNA, "object", "Because of my knees")
    room.carry()
    room.workshop.do({"type": "forget_person", "person": ANNA, "words": True}, OLGA)
    assert (answers_in(room.consent), room.consent[f"reason/{ANNA}"]) == ({ANNA: "object"}, "…")
