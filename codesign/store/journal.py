"""The journal: every entry of every stream, in order, on disk before anyone is told.

What the rooms need of it, and all that its three bodies (SQLite, PostgreSQL, memory) have in common.
tests/store/test_journal_contract.py holds the three to the same promises.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from codesign.core import limits
from codesign.core.changes import apply_changes
from codesign.core.effects import Due
from codesign.core.stream import State
from codesign.store.database import Database
from codesign.store.errors import Corrupt
from codesign.store.rows import Row


@dataclass(frozen=True, slots=True)
class Append:
    """What one room writes in one tick: all of it or nothing.

    `head` is the seq before the first of `entries`; with 0 the stream may come into being. `done` are ids of due
    effects that these entries carried out. `clients` are the askers: the person each belongs to and the highest `n`
    answered here, also of ops that changed nothing.
    """

    stream: str
    workshop: str
    head: int
    entries: Sequence[Row] = ()
    dues: Sequence[Due] = ()
    done: Sequence[str] = ()
    clients: Mapping[str, tuple[str | None, int]] = field(default_factory=dict)
    #: Milliseconds since 1970; when the dues were made and the done ones done.
    at: int = 0

    @property
    def new_head(self) -> int:
        return self.head + len(self.entries)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stream as it is on disk. `state` is the state at `head`; `tail` the entries before it, for history and undo."""

    head: int
    state: State
    tail: list[Row]
    #: The seq of the snapshot it was read from; 0 when there is none yet.
    snapshot: int = 0


class Journal(ABC):
    @abstractmethod
    async def append(self, appends: Sequence[Append]) -> list[Exception | None]:
        """Commit what the rooms of a tick write; for each None, or why nothing of it was written.

        It returns after the disk has it. An error that only one append has leaves the others alone.
        """

    @abstractmethod
    async def load(self, stream: str, *, tail: int = limits.TAIL_ENTRIES) -> Loaded | None:
        """None: there is no such stream. Raises Corrupt; the caller keeps nothing of that."""

    @abstractmethod
    async def entries(self, stream: str, after: int, to: int | None = None) -> list[Row]:
        """The entries after `after`, up to and with `to`; gapless."""

    @abstractmethod
    async def find(self, client: str, n: int) -> tuple[str, Row] | None:
        """The stream and the entry that (client, n) became."""

    @abstractmethod
    async def acks(
        self, clients: Mapping[str, int], *, limit: int = 2_000
    ) -> list[tuple[str, int, str, int]]:
        """(client, n, stream, seq) of the journalled ops of these clients from the given n on, by n (P6.3).

        The first `limit` of them: what is beyond is answered one by one when it is sent again.
        """

    @abstractmethod
    async def last(self, clients: Sequence[str]) -> dict[str, tuple[str | None, int]]:
        """The person each known client belongs to, and its highest n."""

    @abstractmethod
    async def save_snapshot(self, stream: str, seq: int, state: State) -> None:
        """Keep the state at `seq`, which must be committed. An older one never replaces a newer one."""

    @abstractmethod
    async def snapshot(self, stream: str) -> tuple[int, State] | None:
        """The newest snapshot by itself. Raises Corrupt."""

    @abstractmethod
    async def due(self, now: int, *, limit: int = 100) -> list[Due]:
        """What is due and not done, in the order of its time."""

    @abstractmethod
    async def next_due(self) -> int | None:
        """When the next thing is due; None: nothing waits."""

    @abstractmethod
    async def mark_done(self, ids: Sequence[str], now: int) -> None:
        """For dues that came to nothing (refused, or their stream is gone)."""

    @abstractmethod
    async def streams(self) -> list[tuple[str, str, int]]:
        """(stream, workshop, head) of all there are."""

    @abstractmethod
    async def heads(self, workshop: str) -> dict[str, int]:
        """The head of each stream of a workshop: what has changed since is seen without reading any of them."""

    @abstractmethod
    async def lanes(self, workshop: str) -> list[str]:
        """The lanes of a workshop that something was written in."""

    @abstractmethod
    async def forget(self, streams: Sequence[str]) -> None:
        """Erase these streams, the clients that asked of them, and what was due because of them: not a byte stays."""


def open_journal(database: Database) -> Journal:
    # PostgreSQL's driver is an extra: what needs it is imported only when it is there.
    if database.kind == "sqlite":
        from codesign.store.journal_sqlite import open_sqlite_journal as open_one
    else:
        from codesign.store.journal_postgres import open_postgres_journal as open_one
    return open_one(database)


def check_append(append: Append) -> None:
    """Entries count on from the head. A mistake of the room, caught before it reaches the disk."""
    for seq, row in enumerate(append.entries, append.head + 1):
        if row.entry.seq != seq:
            raise ValueError(f"{append.stream}: entry {row.entry.seq} where {seq} comes next")


def replay(state: State, rows: Sequence[Row]) -> State:
    for row in rows:
        apply_changes(state, row.entry.changes)
    return state


def put_together(
    stream: str, head: int, snapshot: tuple[int, State] | None, rows: list[Row], *, tail: int
) -> Loaded:
    """A snapshot and the rows around its seq, up to `head`, become the stream as it is."""
    seq, state = snapshot or (0, State())
    last = rows[-1].entry.seq if rows else seq
    if seq > head or (rows and last != head) or (not rows and seq != head):
        raise Corrupt(stream, f"the journal ends at {last}, the head is {head}")
    replay(state, [row for row in rows if row.entry.seq > seq])
    return Loaded(head, state, rows[-tail:] if tail else [], seq)
