"""What boards on which people meet come to: who is here, whose turn it is, how a vote went, what became of input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from codesign.core.computed import follow_up, ranking, rooms, sharing
from codesign.core.stream import Item
from codesign.results import option_words
from codesign.results.note_facts import NoteFacts, Said

MINUTE = 60_000


def _present(facts: NoteFacts) -> Said:
    _ = facts.words.gettext
    cities, languages = rooms.present(facts.people)
    yield _("Where people are from"), facts.counted(cities)
    named = {facts.language(tag): n for tag, n in languages.items()}
    yield _("Languages people read here"), facts.counted(named)


def _phones(facts: NoteFacts) -> Said:
    _ = facts.words.gettext
    found = rooms.phone_share(facts.of_card("participant_card"))
    if found is None:
        return
    share, many = found
    said = [_("{share} of those who said it", share=f"{round(share * 100)} %")]
    if many:
        said.append(_("The list is the easier way to begin: propose it."))
    yield _("On a phone"), tuple(said)


def _silent(facts: NoteFacts) -> Said:
    """For those who lead, to ask kindly. Where a card has no name on it, nobody can be called silent.

    Neither while notes are private: then who has written lies where nothing is read.
    """
    if not facts.leads or not facts.cards or any(not one["author"] for one in facts.everything):
        return
    if "hidden" in facts.workshop.fields:
        return
    minutes = (facts.now - min(one["at"] for one in facts.cards)) // MINUTE
    writers = [one for one in facts.people if one["writes"]]
    found = set(rooms.silent(writers, facts.everything, minutes))
    title = facts.words.gettext(
        "Has written nothing yet: ask kindly. Only those who lead see this."
    )
    yield title, *facts.some([one["name"] for one in writers if one["id"] in found])


def _marked(facts: NoteFacts) -> Said:
    """A card is marked by a reaction; those with the most marks first."""
    marks = {one["id"]: len(one["marked_by"]) for one in facts.cards if one["marked_by"]}
    order = sorted(marks, key=lambda id: -marks[id])
    said = [f"{facts.called(id)}: {marks[id]}" for id in order]
    yield facts.words.gettext("Marked by people"), *facts.some(said, order)


def _turn(facts: NoteFacts) -> Said:
    """A round is a phase. Whose case it is: who wrote its card, or whom the card names."""
    _, round = facts.words.gettext, facts.board.fields.get("round", 0)
    phases = [one.id for one in facts.method.regions]
    case = next(iter(facts.of_card("case")), None)
    if case is None or not 1 <= round <= len(phases):
        return
    name = str(case.get("owner") or facts.person(case["author"])) or _("Whose case it is")
    writes = sharing.may_write(phases[round - 1], "owner", "owner")
    said = _("{name} writes, and the others listen.") if writes else ""
    said = said or _("The others write. {name} listens.")
    yield _("Whose turn it is"), (said.format(name=name),)


# Keeping going


def _ratings(facts: NoteFacts) -> Said:
    words, given = facts.words, facts.of_card("rating")
    langs = {one["id"]: one["languages"] for one in facts.people}
    rated = [{**one, "lang": next(iter(langs.get(one["author"], ())), "")} for one in given]
    asked = {
        "useful": words.gettext("How useful it was"),
        "heard": words.gettext("How much I was heard"),
    }
    for field, title in asked.items():
        all_of = [one[field] for one in rated if one.get(field)]
        if not all_of:
            continue
        said = [words.gettext("all: {mean} of 5", mean=f"{sum(all_of) / len(all_of):.1f}")]
        for by in ("city", "lang"):
            for group, mean in follow_up.means(rated, field, by).items():
                name = group and (facts.language(group) if by == "lang" else group)
                if name:
                    said.append(words.gettext("{name}: {mean} of 5", name=name, mean=f"{mean:.1f}"))
        yield title, tuple(said)


def _answered(facts: NoteFacts) -> Said:
    """An answer is to the card whose words it has, or with which it is connected."""
    answers = facts.of_card("answer")
    inputs = [one for one in facts.cards if one["card"] not in ("answer", "rating")]
    by_words = {_plain(one["text"]): one["id"] for one in inputs}
    known = {one["id"] for one in inputs}
    given = []
    for one in answers:
        to = [by_words.get(_plain(one["text"])), *facts.joined(one["id"])]
        given += [{"input": id, "because": one.get("reason")} for id in to if id in known]
    share = follow_up.answered_share([one["id"] for one in inputs], given)
    if answers and share is not None:
        answered = {one["input"] for one in given if one["because"]}
        said = f"{round(share * 100)} %"
        yield facts.words.gettext("Inputs with an answer and its reason"), (said,)
        left = [one["id"] for one in inputs if one["id"] not in answered]
        yield from facts.named(facts.words.gettext("No answer yet"), left)
        became = Counter(str(one["what_we_did"]) for one in answers if one.get("what_we_did"))
        told = {
            facts.words.gettext(option_words.OPTIONS.get(one, one)): n for one, n in became.items()
        }
        yield facts.words.gettext("What became of it"), facts.counted(told)


def _plain(text: object) -> str:
    return " ".join(str(text).split()).casefold()


# Votes


def _votes(facts: NoteFacts) -> list[Item]:
    """Those of this board that were counted, the latest first. Fewer than three ballots are told to nobody."""
    found = (one for one in facts.workshop.of_kind("vote") if one["board"] == facts.id)
    closed = [one for one in found if one["state"] == "closed"]
    return sorted(closed, key=lambda one: (-one["opened"], one["id"]))


def _ranks(facts: NoteFacts) -> Said:
    """Equals share a place; nobody breaks a tie in silence."""
    _ = facts.words.gettext
    for vote in _votes(facts):
        options = [one for one in ranking.options_of(vote) if f"total/{one}" in vote]
        totals = {one: int(vote[f"total/{one}"]) for one in options}
        places = ranking.ranks(totals)
        order = sorted(options, key=lambda one: places[one])
        said = [
            _(
                "{rank}. {name}: {n}",
                rank=places[one] if totals[one] else "–",
                name=facts.called(one),
                n=facts.words.ngettext("{n} dot", "{n} dots", totals[one]),
            )
            for one in order
        ]
        yield vote["question"] or _("Vote"), *facts.some(said, order)


def _turnout(facts: NoteFacts) -> Said:
    for vote in _votes(facts):
        cast, voters = int(vote.get("cast", 0)), int(vote.get("voters", 0))
        share = ranking.turnout(cast, voters)
        if share is not None:
            values = {"n": cast, "all": voters, "share": f"{round(share * 100)} %"}
            said = facts.words.gettext("{n} of {all} voted ({share})", **values)
            yield facts.words.gettext("Who took part in the vote"), (said,)


def _by_city(facts: NoteFacts) -> Said:
    """Cities with fewer than three voters are counted together."""
    for vote in _votes(facts):
        said = []
        for key in sorted(one for one in vote if one.startswith("ballots/")):
            city = key.removeprefix("ballots/")
            name = str((facts.workshop.get(city) or {}).get("name", ""))
            given = {one: vote.get(f"of/{city}/{one}", 0) for one in ranking.options_of(vote)}
            best = [facts.called(one) for one, n in given.items() if n and n == max(given.values())]
            name = name or facts.words.gettext("All others together")
            said.append(f"{name}: {'; '.join(best)}")
        yield facts.words.gettext("Most chosen, by city"), tuple(said)


FINDINGS: dict[str, Callable[[NoteFacts], Said]] = {
    "present": _present,
    "phone_share": _phones,
    "silent_people": _silent,
    "starred": _marked,
    "turn_to_write": _turn,
    "rank_with_ties": _ranks,
    "by_city_and_role": _by_city,
    "turnout": _turnout,
    "ratings": _ratings,
    "answered": _answered,
}
