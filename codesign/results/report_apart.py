"""Of a report: what is counted apart (who led, who has no device or shares one, their notes), and consent rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codesign.i18n import Words
from codesign.results.consents import Round, answer_words, result_words
from codesign.results.entered import apart_words, entered_words
from codesign.results.report import Report, Voice, Vote
from codesign.results.report_booklet import Block, Bullets, Head, Text
from codesign.results.report_names import Beside


def rounds(consents: Iterable[Round], words: Words) -> Iterator[Block]:
    """Each round of a proposal with its answers, objections first."""
    for one in consents:
        yield Head(
            words.gettext("Consent round {n}: {proposal}", n=one.number, proposal=one.proposal)
        )
        counts = words.gettext("{n} of {all} have answered", n=len(one.answers), all=one.voters)
        yield Text(f"{result_words(one, words)} {counts}", is_quiet=True)
        if one.answers:
            yield Bullets(tuple(answer_words(answer, words) for answer in one.answers))


def counted_apart(report: Report, words: Words) -> Iterator[str]:
    """People and notes that are counted apart: without a device, at one that several share."""
    if people := apart_words(report.apart, words):
        yield words.gettext("Counted apart: {people}.", people=people)
    if n := report.entered:
        yield words.ngettext(
            "{n} note was entered for somebody without a device.",
            "{n} notes were entered for people without a device.",
            n,
        )
    if n := report.from_shared:
        yield words.ngettext(
            "{n} note came from a shared device.", "{n} notes came from shared devices.", n
        )


def not_counted(beside: Beside, words: Words) -> Iterator[str]:
    """Who led and who observed: they are no participants."""
    if n := beside.leading:
        yield words.ngettext(
            "{n} person who led is not counted here{names}.",
            "{n} people who led are not counted here{names}.",
            n,
            names=_listed(beside.leaders),
        )
    if n := beside.observing:
        yield words.ngettext(
            "{n} observer is not counted here{names}.",
            "{n} observers are not counted here{names}.",
            n,
            names=_listed(beside.observers),
        )


def _listed(names: tuple[str, ...]) -> str:
    return f" ({', '.join(names)})" if names else ""


def turnout(vote: Vote, words: Words) -> str:
    votes = words.ngettext("{n} vote", "{n} votes", vote.dots)
    text = words.gettext(
        "{votes}; {n} of {all} took part.", votes=votes, n=vote.ballots, all=vote.voters
    )
    if vote.given:
        more = words.ngettext(
            "{n} ballot was given by a facilitator for somebody.",
            "{n} ballots were given by a facilitator for somebody.",
            vote.given,
        )
        text = f"{text} {more}"
    if vote.shared:
        shared = words.ngettext(
            "{n} of the devices is shared, by {people} people.",
            "{n} of the devices are shared, by {people} people.",
            vote.shared,
            people=vote.sharing,
        )
        text = f"{text} {shared}"
    return text


def author_of(voice: Voice, words: Words) -> str:
    """The name, and how it was entered if not by themselves."""
    return "\n".join(filter(None, (voice.entry.author, entered_words(voice.entry.entered, words))))
