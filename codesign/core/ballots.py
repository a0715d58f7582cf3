"""Ballots: who may give one, what one may hold, and what they add up to. They are in no stream.

Until a vote closes a ballot is kept under a name that only the vote's key makes of a person; its close writes the
tally, and ballots and key are gone (store/ballots.py). Whoever reads the database afterwards finds numbers.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codesign.core.computed.ranking import LEAST_VOTERS, merged_groups, options_of, ranked
from codesign.core.decision import Refused
from codesign.core.ops.voting import GroupTally, TallyVote
from codesign.core.permissions import LEADS
from codesign.core.stream import Item, Readable

#: While a vote is secret, how many have voted is told in steps of this: one more must not say who.
STEP = 5
VOTERS = frozenset({"participant", "host"})


@dataclass(frozen=True, slots=True)
class Ballot:
    """As stored: under whose hidden name, and where the dots lie. `given`: by somebody who leads, for them."""

    voter: str
    dots: Mapping[str, int]
    given: bool = False


def voter_name(key: bytes, person: str) -> str:
    """Whom a ballot is kept under while the vote is open."""
    return hmac.new(key, person.encode(), hashlib.sha256).hexdigest()


def may_vote(vote: Item, role: str) -> bool:
    return role in VOTERS or (role in LEADS and bool(vote.get("leads", False)))


def refuse_ballot(vote: Item | None, role: str, dots: Mapping[str, int]) -> Refused | None:
    """An empty ballot is one, too: it takes back the one before."""
    if vote is None or vote["kind"] != "vote":
        return Refused("unknown", {"field": "vote"})
    if not may_vote(vote, role):
        return Refused("forbidden", {"action": "vote"})
    if vote["state"] != "open":
        return Refused("stage", {"action": "vote"})
    if strange := [option for option in dots if f"option/{option}" not in vote]:
        return Refused("unknown", {"id": strange[0]})
    if any(not 1 <= count <= vote["cap"] for count in dots.values()):
        return Refused("limit", {"limit": "dots_on_one", "most": vote["cap"]})
    if sum(dots.values()) > vote["dots"]:
        return Refused("limit", {"limit": "dots", "most": vote["dots"]})
    return None


def electorate(vote: Item, workshop: Readable) -> dict[str, str | None]:
    """Everyone who could vote, and their city."""
    people = workshop.of_kind("person")
    return {
        one["id"]: one.get("city")
        for one in people
        if may_vote(vote, one["role"]) and not one.get("gone", False)
    }


def tally(vote: Item, workshop: Readable, ballots: Sequence[Ballot], key: bytes) -> TallyVote:
    """The result. Of a secret vote with under three ballots only how many there were is told.

    Cities are told apart only where three or more voted; the others are merged, for facilitators too.
    """
    cast = cast_only(ballots)
    told = cast if len(cast) >= LEAST_VOTERS or not vote["secret"] else []
    options = options_of(vote)
    results = ranked(options, [ballot.dots for ballot in told]) if told else []
    people = electorate(vote, workshop)
    sharing = {one: int((workshop.get(one) or {}).get("shared", 0)) for one in people}
    shared = [one for one, several in sharing.items() if several]
    cities = {voter_name(key, person): city for person, city in people.items()}
    return TallyVote(
        vote=vote["id"],
        ballots=len(cast),
        given=sum(ballot.given for ballot in cast),
        # Somebody may have left after voting: their voice counts, and so do they.
        voters=max(len(people), len(cast)),
        shared=len(shared),
        sharing=sum(sharing.values()),
        shared_cast=_cast_by(shared, cast, key) if len(shared) >= LEAST_VOTERS else None,
        totals={one.id: one.total for one in results},
        supporters={one.id: one.voters for one in results},
        groups=_by_city(options, told, cities),
    )


def _cast_by(people: Sequence[str], cast: Sequence[Ballot], key: bytes) -> int:
    names = {voter_name(key, person) for person in people}
    return sum(ballot.voter in names for ballot in cast)


def cast_only(ballots: Sequence[Ballot]) -> list[Ballot]:
    """Without those that were taken back."""
    return [ballot for ballot in ballots if ballot.dots]


def totals(vote: Item, ballots: Sequence[Ballot]) -> dict[str, int]:
    return {one.id: one.total for one in ranked(options_of(vote), [b.dots for b in ballots])}


def in_steps(count: int) -> int:
    return count - count % STEP


def _by_city(
    options: Sequence[str], ballots: Sequence[Ballot], cities: Mapping[str, str | None]
) -> tuple[GroupTally, ...]:
    of = [cities.get(ballot.voter) or "" for ballot in ballots]
    shown = merged_groups(Counter(of))
    groups: dict[str | None, list[Ballot]] = {}
    for city, ballot in zip(of, ballots, strict=True):
        groups.setdefault(shown[city] or None, []).append(ballot)
    if len(groups) < 2:
        return ()  # one group is everybody
    return tuple(
        GroupTally(
            city=city,
            ballots=len(members),
            totals={one.id: one.total for one in ranked(options, [b.dots for b in members])},
        )
        for city, members in sorted(groups.items(), key=lambda group: (group[0] is None, group[0]))
    )
