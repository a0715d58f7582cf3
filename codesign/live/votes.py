"""Votes under way: ballots are taken past the streams, and a vote that closes is counted once.

A ballot is answered when it is on disk. What everyone hears meanwhile is how many have voted, in steps of five.
"""

from __future__ import annotations

from codesign.core.ballots import cast_only, in_steps, refuse_ballot, tally, totals
from codesign.core.decision import Refused
from codesign.core.effects import Due
from codesign.core.ops import CountBallots
from codesign.core.permissions import LEADS
from codesign.core.stream import Item
from codesign.live.asked import UNAVAILABLE, Answer
from codesign.live.errands import DONE
from codesign.live.messages import CastBallot
from codesign.live.room import Room
from codesign.live.rooms import Rooms
from codesign.store import ballots
from codesign.store.database import Database
from codesign.store.errors import Unavailable

#: Seconds between two counts of a vote under way: what is told is never about one ballot alone.
COUNT_EVERY = 1.0
UNKNOWN = Refused("unknown", {"field": "vote"})


class Votes:
    """One for the process; its errands are run from due rows, as those of silent writing are."""

    def __init__(self, database: Database, rooms: Rooms) -> None:
        self._database = database
        self._rooms = rooms
        self._counting: set[str] = set()
        rooms.errands.learn("count_vote", self._close)
        rooms.errands.learn("forget_vote", self._forget)
        rooms.votes = self

    async def cast(self, room: Room, person: str, ballot: CastBallot) -> Refused | None:
        """None once it is on disk. `ballot.voter`: somebody without a device, for whom one who leads votes."""
        vote = room.state.get(ballot.vote)
        voter = ballot.voter or person
        given = voter != person
        if given and _role(room, person) not in LEADS:
            return Refused("forbidden", {"action": "vote"})
        if no := refuse_ballot(vote, _role(room, voter), ballot.dots):
            return no
        found = await ballots.cast(
            self._database,
            ballot.vote,
            voter,
            ballot.dots,
            page=ballot.client,
            n=ballot.n,
            given=given,
        )
        if found == "closed":
            return Refused("stage", {"action": "vote"})
        if found == "own":
            return Refused("conflict", {"reason": "voted_already"})
        self._count_later(room.stream, ballot.vote)
        return None

    # How many so far

    def _count_later(self, stream: str, vote: str) -> None:
        if vote not in self._counting:
            self._counting.add(vote)
            rooms = self._rooms
            rooms.schedule.after(COUNT_EVERY, lambda: rooms.spawn(self._count(stream, vote)))

    async def _count(self, stream: str, vote_id: str) -> None:
        self._counting.discard(vote_id)
        try:
            vote = await self._vote(stream, vote_id)
            cast = cast_only(await ballots.cast_so_far(self._database, vote_id))
        except Unavailable:
            return  # the next ballot counts again, and so does the close
        if vote is not None:
            secret = bool(vote["secret"])
            op = CountBallots(
                vote=vote_id,
                cast=in_steps(len(cast)) if secret else len(cast),
                totals={} if secret else totals(vote, cast),
            )
            await self._rooms.ask(stream, op, product=True)

    # Errands: each may be run again after a crash, and then finds what it did before

    async def _close(self, due: Due) -> Answer:
        vote_id = str(due.op["vote"])
        key, cast = await ballots.close(self._database, vote_id, self._rooms.clock.now())
        room = await self._rooms.open(due.stream)
        vote = None if room is None else room.state.get(vote_id)
        if room is None or vote is None:
            return UNKNOWN
        if vote["state"] == "counting":
            result = tally(vote, room.state, cast, key)
            answer = await self._rooms.ask(due.stream, result, product=True)
            if isinstance(answer, Refused):
                return answer
        return await self._forget(due)

    async def _forget(self, due: Due) -> Answer:
        vote_id = str(due.op["vote"])
        try:
            await ballots.close(self._database, vote_id, self._rooms.clock.now())
            await ballots.forget(self._database, vote_id)
        except Unavailable:
            return UNAVAILABLE
        return DONE

    async def _vote(self, stream: str, vote_id: str) -> Item | None:
        room = await self._rooms.open(stream)
        vote = None if room is None else room.state.get(vote_id)
        return vote if vote is not None and vote["state"] == "open" else None


def _role(room: Room, person: str) -> str:
    """Somebody who has gone may do nothing, as somebody who only looks on."""
    item = room.state.get(person)
    if item is None or item["kind"] != "person" or item.get("gone", False):
        return "observer"
    return str(item["role"])
