"""Ballots on their way: sent until they are counted or refused (P13). Twin of static/js/board/ballots.js.

They are in no stream and no outbox: one ballot for each vote and voter, the newest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from codesign.sync.sync import Sync

Message = dict[str, Any]
Dots = Mapping[str, int]
RETRY_MS = 2_000


@dataclass(slots=True)
class Ballot:
    vote: str
    voter: str
    dots: Dots = field(default_factory=dict)
    counted: Dots | None = None
    sent: Dots = field(default_factory=dict)
    #: The number under which it was sent and is not answered; 0: none is.
    out: int = 0
    unsent: bool = False
    retry_at: int = 0


class Ballots:
    def __init__(self, sync: Sync, stream: str, *, client: str, now: Callable[[], int]) -> None:
        self._sync = sync
        self._stream = stream
        #: A client of its own, so that no answer is taken for that of an op.
        self._client = client
        self._now = now
        self._ballots: dict[tuple[str, str], Ballot] = {}
        self._n = 0
        #: As they came, newest last; `dots` holds what was not counted.
        self.refused: list[Message] = []
        sync.on("counted", self._counted)
        sync.on("unasked", self._was_refused)

    @property
    def unsent(self) -> int:
        return sum(ballot.unsent for ballot in self._ballots.values())

    def dots(self, vote: str, voter: str | None = None) -> Dots:
        ballot = self._ballots.get((vote, voter or self._sync.me))
        return {} if ballot is None else ballot.dots

    def put(self, vote: str, dots: Dots, voter: str | None = None) -> None:
        """All the dots, in place of those before."""
        whose = voter or self._sync.me
        ballot = self._ballots.setdefault((vote, whose), Ballot(vote, whose))
        ballot.dots = {item: count for item, count in dots.items() if count > 0}
        ballot.unsent = True
        self.flush()

    def beat(self) -> None:
        """Once a second or so: sends again what could not be counted."""
        for ballot in self._ballots.values():
            if ballot.retry_at <= self._now():
                ballot.retry_at = 0
        self.flush()

    def lost(self) -> None:
        """The connection is gone: what was under way may never have come, and is sent again."""
        for ballot in self._ballots.values():
            ballot.out = 0

    def flush(self) -> None:
        if not self._sync.is_online:
            return
        for ballot in self._ballots.values():
            if ballot.unsent and not ballot.out and not ballot.retry_at:
                self._send(ballot)

    def _send(self, ballot: Ballot) -> None:
        self._n += 1
        ballot.out, ballot.sent = self._n, ballot.dots
        message: Message = {"type": "ballot", "client": self._client, "n": ballot.out}
        message |= {"stream": self._stream, "vote": ballot.vote, "dots": dict(ballot.dots)}
        if ballot.voter != self._sync.me:
            message["voter"] = ballot.voter
        self._sync.send(message)

    def _counted(self, message: Message) -> None:
        if (ballot := self._answered(message)) is not None:
            ballot.counted = ballot.sent
            ballot.unsent = ballot.dots is not ballot.sent
            self.flush()

    def _was_refused(self, message: Message) -> None:
        if (ballot := self._answered(message)) is None:
            return
        if message["code"] in ("unavailable", "rate"):
            ballot.retry_at = self._now() + RETRY_MS
            return
        lost, ballot.dots, ballot.unsent = ballot.dots, ballot.counted or {}, False
        self.refused.append({**message, "vote": ballot.vote, "voter": ballot.voter, "dots": lost})

    def _answered(self, message: Message) -> Ballot | None:
        if message["client"] != self._client:
            return None
        for ballot in self._ballots.values():
            if ballot.out == message["n"]:
                ballot.out = 0
                return ballot
        return None  # an earlier one, sent again since
