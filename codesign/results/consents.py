"""Consent rounds as people take them home: the proposal, what was answered, objections first, and what it came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codesign.core.stream import Item, Readable
from codesign.i18n import N_, Words
from codesign.results.board_reading import name_of

#: In the order they are told.
ANSWERS = {
    "object": N_("Object"),
    "reserve": N_("Agree with a reservation"),
    "aside": N_("Stand aside"),
    "agree": N_("Agree"),
}
#: Of the columns of their table.
CONSENT_WIDTHS = (60, 8, 30, 10, 10, 24, 20, 20, 60, 24)
HEADERS = (
    *(N_("Proposal"), N_("Round"), N_("Result"), N_("Have answered"), N_("Could answer")),
    *(N_("Answer"), N_("Name"), N_("City"), N_("Why"), N_("Entered")),
)


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


def rounds_of(workshop: Readable, board: str = "") -> Iterator[Round]:
    """In the order they were opened; of one whose answers are shown at its close, what is everybody's.

    `board`: only those of that board.
    """
    found = [one for one in workshop.of_kind("consent") if board in ("", one["board"])]
    for item in sorted(found, key=lambda one: (one["opened"], one["id"])):
        yield Round(
            proposal=str(item["proposal"]),
            number=int(item["round"]),
            is_open=item["state"] == "open",
            voters=int(item.get("voters", 0)),
            answers=tuple(sorted(_answers(item, workshop), key=_order)),
        )


def rows_of_consents(rounds: Iterable[Round], words: Words) -> list[tuple[str | int, ...]]:
    """Nothing at all where nobody was asked; else the headers, and a row for each answer of each round."""
    rows = [row for one in rounds for row in _rows(one, words)]
    return [tuple(map(words.gettext, HEADERS)), *rows] if rows else []


def _rows(one: Round, words: Words) -> Iterator[tuple[str | int, ...]]:
    """A round that nobody has answered is told as well."""
    told, all = len(one.answers), one.voters or ""
    about = (one.proposal, one.number, result_words(one, words), told, all)
    for said in one.answers:
        entered = words.gettext("for somebody without a device") if said.is_entered else ""
        answer = words.gettext(ANSWERS[said.answer])
        yield (*about, answer, said.name, said.city, said.reason, entered)
    if not one.answers:
        yield (*about, "", "", "", "", "")


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
