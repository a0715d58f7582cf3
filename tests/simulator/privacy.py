"""What people keep to themselves in a world: ballots, and notes while writing is silent, with a name or without one.

A chance of its own, so that worlds without it stay the worlds they were. What must hold is looked at while it turns
(what is told to whom) and at rest (what the votes came to, and what is left of who chose what).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

from codesign.core.ballots import STEP, voter_name
from codesign.core.computed.ranking import LEAST_VOTERS
from codesign.core.lanes import is_named, lane_of
from codesign.live.votes import Votes
from codesign.store import ballots as store
from codesign.store.journal import Append
from tests.builders import OLGA, PEOPLE, WORKSHOP, an_id
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM
from tests.simulator.ballot_box import BallotBox, FlakyBox

if TYPE_CHECKING:
    from codesign.store.database import Database
    from tests.simulator.network import Link
    from tests.simulator.pages import Page
    from tests.simulator.server import Server
    from tests.simulator.world import World

Message = dict[str, Any]
#: Every letter that somebody types in a world is its own (people.py); as JSON writes them.
LETTERS = re.compile(r"\\u[4-9a-f][0-9a-f]{3}")
MOST_VOTES = 4


class Privacy:
    def __init__(self, world: World, *, nameless: bool) -> None:
        self.world = world
        self.has_nameless = nameless
        self.random = Random(f"private {world.seed}")
        self.box = BallotBox()
        self.fails = self.random.choice([0, 0, 30])
        self.opened = 0
        #: By (client, n): whose ballot it was, in which vote, and the dots; those that were counted, newest last.
        self.sent: dict[tuple[str, int], tuple[str, str, dict[str, int]]] = {}
        self.counted: dict[tuple[str, str], list[tuple[str, int]]] = {}
        #: What lay in the box when a vote closed: key, and dots by hidden name.
        self.closed: dict[str, tuple[bytes, dict[str, dict[str, int]]]] = {}
        #: Letters that lie in a lane and nowhere else, by whose page wrote them.
        self.hidden: dict[str, str] = {}
        self.nameless: set[str] = set()
        self.dropped: set[str] = set()

    def join(self, server: Server) -> None:
        """The server takes ballots."""
        faults = self.world.faults
        database = FlakyBox(self.box, server, self.random, self.fails, lambda: faults.quiet)
        RecordedVotes(database, server, self)

    # What happens

    def turn(self) -> None:
        """Now and then, beside whatever else happens."""
        drawn = self.random.random()
        if drawn < 0.12 and self._votes("open"):
            self.someone_votes()
        elif drawn < 0.17:
            self.a_vote_opens()
        elif drawn < 0.175:
            self.a_vote_ends(self.random.choice(["close_vote", "close_vote", "cancel_vote"]))
        elif drawn < 0.2 and self.has_nameless:
            self._ask({"type": "set_stage", "stage": "silent", "anonymous": True})

    def someone_votes(self) -> None:
        pages = [p for p in self.world.pages if not p.is_over and not p.is_asleep]
        page = self.random.choice(pages) if pages else None
        votes = [] if page is None else self._open_votes(page.look(WORKSHOP_STREAM)["items"])
        if page is None or not votes:
            return
        vote = self.random.choice(votes)
        options = sorted(key.removeprefix("option/") for key in vote if key.startswith("option/"))
        dots = Counter(
            self.random.choice(options) for _ in range(self.random.randint(0, vote["dots"]))
        )
        page.do("vote", vote["id"], {option: min(n, vote["cap"]) for option, n in dots.items()})
        self.world.note(f"{page.client[:8]} votes in {vote['id'][:8]}")

    def a_vote_opens(self) -> None:
        room = self.world.server.rooms.keeping.get(BOARD_STREAM)
        notes = [] if room is None else sorted(str(n["id"]) for n in room.state.of_kind("note"))
        if len(notes) < 2 or self.opened == MOST_VOTES:
            return
        self.opened += 1
        dots = self.random.randint(1, 5)
        options = self.random.sample(notes, min(len(notes), self.random.randint(2, 5)))
        op = {"type": "open_vote", "id": an_id(f"vote {self.opened}"), "question": "Which?"}
        who = {"secret": self.random.random() < 0.6, "leads": self.random.random() < 0.5}
        cap = self.random.randint(1, dots)
        self._ask(
            {
                **op,
                **who,
                "board": BOARD_STREAM.removeprefix("board:"),
                "options": options,
                "dots": dots,
                "cap": cap,
            }
        )

    def a_vote_ends(self, how: str) -> None:
        for vote in self._votes("open")[:1]:
            self._ask({"type": how, "id": vote["id"]})

    def _ask(self, op: Message) -> None:
        self.world.ask_soon(WORKSHOP_STREAM, op, person=OLGA)

    def _votes(self, *states: str) -> list[Message]:
        room = self.world.server.rooms.keeping.get(WORKSHOP_STREAM)
        found = [] if room is None else list(room.state.of_kind("vote"))
        return sorted((v for v in found if v["state"] in states), key=lambda v: str(v["id"]))

    def _open_votes(self, items: list[Message]) -> list[Message]:
        return [item for item in items if item["kind"] == "vote" and item["state"] == "open"]

    # What is noticed

    def said(self, page: Page, message: Message) -> None:
        if message["type"] == "ballot":
            name = message["client"], message["n"]
            self.sent[name] = (page.person, message["vote"], dict(message["dots"]))

    def written(self, append: Append) -> None:
        """Called before anybody can be told: what enters a lane is hidden, what enters the board no more."""
        rooms = self.world.server.rooms
        lane = lane_of(append.stream)
        for row in append.entries:
            words = json.dumps([str(change) for change in row.entry.changes])
            for letter in LETTERS.findall(words):
                if lane is None:
                    self.hidden.pop(letter, None)
                else:
                    page, _ = self.world.checks.letters[json.loads(f'"{letter}"')]
                    self.hidden.setdefault(letter, page.person)
        workshop = rooms.keeping.get(WORKSHOP_STREAM)
        if lane is not None and workshop is not None and lane.key not in PEOPLE:
            self.nameless.add(append.stream)
            assert not is_named(lane, workshop.state) or append.entries == []
            for row in append.entries:
                assert row.entry.by is None, "an entry without a name says who wrote it"
            for client, (person, _) in append.clients.items():
                assert person is None, f"{client} of a lane without a name is known"

    def forgotten(self, dropped: set[str]) -> None:
        self.dropped |= dropped

    def told(self, link: Link, message: Message, said: str) -> None:
        """The server hands a message to a socket."""
        if self.hidden:
            for letter in LETTERS.findall(said):
                owner = self.hidden.get(letter)
                assert owner in (None, link.page.person), (
                    f"{letter} is hidden from {link.page.person}"
                )
        if message["type"] == "counted":
            person, vote, _ = self.sent[message["client"], message["n"]]
            assert person == link.page.person, "somebody hears of another's ballot"
            self.counted.setdefault((vote, person), []).append((message["client"], message["n"]))
        assert '"voter"' not in said, message
        if message["type"] == "changes" and message["stream"] == WORKSHOP_STREAM:
            self._counts_in_steps(message["entries"])

    def _counts_in_steps(self, entries: list[Message]) -> None:
        """While a secret vote is open, nothing of where dots lie, and how many only in fives."""
        secret = {vote["id"] for vote in self._votes("open") if vote["secret"]}
        for change in [change for entry in entries for change in entry["changes"]]:
            fields = change.get("fields", {})
            if change.get("patch") in secret and "state" not in fields:
                assert not any(key.startswith(("total/", "supporters/")) for key in fields), change
                assert fields.get("cast", 0) % STEP == 0, change

    def restored(self) -> None:
        """No backup holds ballots: votes that were under way begin anew."""
        self.box = BallotBox()
        self.counted.clear()
        self.closed.clear()
        self.hidden.clear()

    # At rest

    async def end_votes(self) -> None:
        for vote in self._votes("open"):
            await self.world.ask(
                WORKSHOP_STREAM, {"type": "close_vote", "id": vote["id"]}, person=OLGA
            )

    async def at_rest(self) -> None:
        assert self._votes("open", "counting") == []
        for vote in self._votes("closed", "cancelled"):
            assert self.box.rows(vote["id"]) == (None, []), (
                "ballots or key are left after the close"
            )
        for vote in self._votes("closed"):
            was_counted = any(of == vote["id"] for of, _ in self.counted)
            assert vote["id"] in self.closed or not was_counted, "a ballot that was counted is lost"
            if vote["id"] in self.closed:
                self._is_the_sum(vote)
        left = [lane for lane in await self.world.disk.lanes(WORKSHOP) if lane in self.nameless]
        assert left == [], "a lane without a name is left"

    def _is_the_sum(self, vote: Message) -> None:
        key, rows = self.closed[vote["id"]]
        cast = [dots for dots in rows.values() if dots]
        assert vote["cast"] == len(cast), f"{vote} is told, {rows} were cast"
        totals: Counter[str] = Counter()
        for dots in cast:
            totals.update(dots)
        told = {k.removeprefix("total/"): n for k, n in vote.items() if k.startswith("total/")}
        if vote["secret"] and len(cast) < LEAST_VOTERS:
            assert told == {}, "so few ballots say who chose what"
        else:
            assert {option: n for option, n in told.items() if n} == dict(totals)
        for (of, person), names in self.counted.items():
            if of == vote["id"]:
                self._is_kept(person, of, names, rows.get(voter_name(key, person)))

    def _is_kept(
        self, person: str, vote: str, names: list[tuple[str, int]], dots: dict[str, int] | None
    ) -> None:
        """A ballot that was counted lies there at the close, or one that this person sent after it."""
        mine = {name: sent for name, sent in self.sent.items() if sent[:2] == (person, vote)}
        newest = {client: max(n for c, n in names if c == client) for client, _ in names}
        possible = [sent[2] for (client, n), sent in mine.items() if n >= newest.get(client, 0)]
        assert dots in possible, f"{person} has {dots} in {vote}, not one of {possible}"


class RecordedVotes(Votes):
    """Keeps beside it what it counts at a close, for the checks to count again."""

    def __init__(self, database: Database, server: Server, privacy: Privacy) -> None:
        super().__init__(database, server.rooms)
        self._privacy = privacy

    async def _close(self, due: Any) -> Any:
        vote = str(due.op["vote"])
        key, _ = await store.close(self._database, vote, self._rooms.clock.now())
        if key:
            rows = self._privacy.box.rows(vote)[1]
            dots = {row.voter: dict(json.loads(row.dots)) for row in rows}
            self._privacy.closed.setdefault(vote, (key, dots))
        return await super()._close(due)
