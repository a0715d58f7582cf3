"""Consent rounds as people take them home: the proposal, what was answered, objections first, and what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codesign.core.stream import Item, Readable
from codesign.i18n import N_, Words
from codesign.results.board_model import name_of

#: In the order they are told.
ANSWERS = {
    "object": N_("Object"),
    "reserve": N_("Agree with a reservation"),
    "aside": N_("Stand aside"),
    "agree": N_("Agree"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    answer: str
    #: Nobody's where names are hidden.
    name: str
    city: str
    reason: str
    #: Entered by somebody who leads.
    is_entered: bool


@dataclass(frozen=True, slots=True)
class Round:
    proposal: str
    number: int
    is_open: bool
    voters: int
    answers: tuple[Answer, ...]

    def count(self, answer: str) -> int:
        return sum(one.answer == answer for one in self.answers)

    @property
    def entered(self) -> int:
        return sum(one.is_entered for one in self.answers)


def rounds_of(workshop: Readable) -> Iterator[Round]:
    """In the order they were opened; of one whose answers are shown at its close, what is everybody's."""
    found = sorted(workshop.of_kind("consent"), key=lambda one: (one["opened"], one["id"]))
    for item in found:
        yield Round(
            proposal=str(item["proposal"]),
            number=int(item["round"]),
            is_open=item["state"] == "open",
            voters=int(item.get("voters", 0)),
            answers=tuple(sorted(_answers(item, workshop), key=_order)),
        )


def result_words(one: Round, words: Words) -> str:
    if one.is_open:
        return words.gettext("Still open")
    if n := one.count("object"):
        return words.ngettext(
            "No consent yet: {n} objection.", "No consent yet: {n} objections.", n
        )
    if not one.answers:
        return words.gettext("Nobody has answered.")
    return words.gettext("Consent: nobody objects.")


def answer_words(one: Answer, words: Words) -> str:
    """One line: what, whose, and why."""
    who = ", ".join(filter(None, (one.name, one.city)))
    what = words.gettext(ANSWERS[one.answer])
    entered = words.gettext("entered for somebody without a device") if one.is_entered else ""
    told = " – ".join(filter(None, (what, who, entered)))
    return f"{told}: {one.reason}" if one.reason else told


def _answers(item: Item, workshop: Readable) -> Iterator[Answer]:
    for key, answer in item.items():
        head, _, person = key.partition("/")
        if head == "answer" and answer in ANSWERS:
            who = workshop.get(person) or {}
            city = workshop.get(str(who.get("city", ""))) or {}
            yield Answer(
                answer=str(answer),
                name=name_of(who),
                city=str(city.get("name", "")),
                reason=str(item.get(f"reason/{person}", "")),
                is_entered=f"entered/{person}" in item,
            )


def _order(one: Answer) -> tuple[int, str, str]:
    return list(ANSWERS).index(one.answer), one.name, one.reason
