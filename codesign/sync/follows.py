"""The streams a page follows, their snapshots and beacons (P6.5, P6.8, P6.9, P7). Twin of follows.js."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from codesign.core.hashing import xor_of
from codesign.sync.replica import Replica

Message = dict[str, Any]
RETRY_MS = 1_000
MOST_RETRIES = 8
#: Answers to a snapshot that another try will not change.
NOT_FOR_US = frozenset({403, 404})


@dataclass(slots=True)
class Followed:
    replica: Replica = field(default_factory=Replica)
    is_loaded: bool = False
    #: A snapshot is on its way; what arrives meanwhile waits.
    is_loading: bool = False
    #: The server has been told.
    is_followed: bool = False
    waiting: list[Message] = field(default_factory=list)
    retry_at: int = 0
    tries: int = 0


class Follows:
    """`fetch` asks for a snapshot: sooner or later `Sync.load` or `Sync.fetch_failed` is called."""

    def __init__(
        self,
        fetch: Callable[[str], None],
        now: Callable[[], int],
        lost: Callable[[str], None],
        diverged: Callable[[str], None],
    ) -> None:
        self._fetch = fetch
        self._now = now
        self._lost = lost
        self._diverged = diverged
        self.streams: dict[str, Followed] = {}

    def get(self, stream: str) -> Followed:
        if stream not in self.streams:
            self.streams[stream] = Followed()
        return self.streams[stream]

    def positions(self) -> list[Message]:
        """What `hello` follows: also what is being fetched, for its tail can wait here."""
        for followed in self.streams.values():
            followed.is_followed = followed.is_loaded
        return [
            {"stream": stream, "seq": followed.replica.seq}
            for stream, followed in self.streams.items()
            if followed.is_loaded
        ]

    def closed(self) -> None:
        for followed in self.streams.values():
            followed.is_followed = False
            followed.waiting.clear()

    def reload(self, stream: str) -> None:
        """Fetches the stream again."""
        followed = self.get(stream)
        if followed.is_loading and not followed.retry_at:
            return
        followed.is_loading, followed.retry_at = True, 0
        self._fetch(stream)

    def loaded(self, followed: Followed) -> None:
        followed.is_loaded, followed.is_loading = True, False
        followed.retry_at = followed.tries = 0

    def failed(self, stream: str, status: int) -> None:
        followed = self.streams.get(stream)
        if followed is None:
            return
        if status in NOT_FOR_US:
            followed.is_loading = False
            return self._lost(stream)
        followed.tries += 1
        followed.retry_at = self._now() + RETRY_MS * min(followed.tries, MOST_RETRIES)

    def beat(self) -> None:
        for stream, followed in list(self.streams.items()):
            if followed.retry_at and followed.retry_at <= self._now():
                self.reload(stream)

    def beacon(self, message: Message) -> None:
        stream = str(message["stream"])
        followed = self.streams.get(stream)
        if followed is None or not followed.is_loaded or followed.is_loading:
            return
        replica = followed.replica
        if message["seq"] > replica.seq:
            return self.reload(stream)
        if message["seq"] < replica.seq or f"{xor_of(replica.confirmed):016x}" == message["xor"]:
            return
        self._diverged(stream)
        self.reload(stream)
