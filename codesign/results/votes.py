"""The votes of a board as a table: a row for each option of each vote that was counted. Who chose what is nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from codesign.core.computed.ranking import options_of, ranks
from codesign.core.stream import Item, Readable
from codesign.i18n import N_, Words

HEADERS = (
    N_("Question"),
    N_("Place"),
    N_("Option"),
    N_("Dots"),
    N_("People"),
    N_("Ballots"),
    N_("Ballots given by a facilitator"),
    N_("Voters"),
    N_("Shared devices"),
    N_("People at them"),
)
#: Of the first columns of their table; one for each city follows.
WIDTHS = (40, 8, 60, 8, 8, 10, 16, 10)
#: Cities that are counted together.
REST = "rest"


def rows_of_votes(
    board: Readable, workshop: Readable, board_id: str, words: Words
) -> Iterator[tuple[str, ...]]:
    """Nothing at all where there was no vote; else the headers, then the votes in the order they were opened."""
    votes = [
        vote
        for vote in workshop.of_kind("vote")
        if vote["board"] == board_id and vote["state"] == "closed"
    ]
    votes.sort(key=lambda vote: vote["opened"])
    if not votes:
        return
    groups = _groups(votes)
    yield (*map(words.gettext, HEADERS), *(_name(group, workshop, words) for group in groups))
    for vote in votes:
        yield from _rows(vote, groups, board, words)


def _rows(
    vote: Item, groups: list[str], board: Readable, words: Words
) -> Iterator[tuple[str, ...]]:
    options = options_of(vote)
    about = tuple(
        str(vote.get(key, "")) for key in ("cast", "given", "voters", "shared", "sharing")
    )
    totals = {option: vote[f"total/{option}"] for option in options if f"total/{option}" in vote}
    if not totals:
        untold = words.gettext(N_("Not told: fewer than 3 ballots"))
        yield (vote["question"], "", untold, "", "", *about, *("" for _ in groups))
        return
    places = ranks(totals)
    for option in sorted(totals, key=lambda one: places[one]):
        told = (str(totals[option]), str(vote.get(f"supporters/{option}", 0)))
        place = str(places[option]) if totals[option] else ""
        of = (str(vote.get(f"of/{group}/{option}", "")) for group in groups)
        yield (vote["question"], place, _words(board.get(option)), *told, *about, *of)


def _groups(votes: list[Item]) -> list[str]:
    start = "ballots/"
    found = {
        key.removeprefix(start): None for vote in votes for key in vote if key.startswith(start)
    }
    return sorted(found, key=lambda group: group == REST)


def _name(group: str, workshop: Readable, words: Words) -> str:
    if group == REST:
        return words.gettext(N_("All others together"))
    return str((workshop.get(group) or {}).get("name", ""))


def _words(item: Item | None) -> str:
    if item is None:
        return ""
    return str(item.get("text") or item.get("name") or item.get("alt") or "")
