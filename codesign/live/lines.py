"""Lines: what stands for a socket where none opens (protocol 12). Numbered messages in, frames kept until they arrived.

No HTTP in here; web/line.py answers the requests.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from codesign.core import limits
from codesign.core.stream import new_id
from codesign.live.conversation import Conversation, PersonFor
from codesign.live.held import HeldWire
from codesign.live.rooms import Rooms


class Line:
    """One page's. Its conversation is that of a socket; only the way of the frames is another."""

    def __init__(
        self,
        rooms: Rooms,
        session: str,
        person_for: PersonFor,
        forget: Callable[[Line], None],
    ) -> None:
        self.id = new_id(secrets.token_bytes(16))
        self.session = session
        self._forget = forget
        self.wire = HeldWire(rooms.schedule, self.end)
        self.conversation = Conversation(rooms, session, self.wire, person_for)
        #: The number of the last message that was taken.
        self.taken = 0

    def take(self, first: int, messages: Sequence[bytes]) -> int:
        """Messages by number from `first` on: each is taken once, and none before its turn (P12.3)."""
        self.wire.heard()
        for n, message in enumerate(messages, first):
            if n == self.taken + 1:
                self.taken = n
                self.conversation.receive(message)
        return self.taken

    def end(self) -> None:
        """Nobody asked for too long, or what was closed has been told."""
        self.conversation.lost()
        self._forget(self)


class Lines:
    """All lines of a process, by id. Nothing of them lasts: a page whose line is gone opens another."""

    def __init__(self) -> None:
        self._all: dict[str, Line] = {}

    def __len__(self) -> int:
        return len(self._all)

    def open(self, rooms: Rooms, session: str, person_for: PersonFor) -> Line | None:
        """None: this browser has too many."""
        own = sum(line.session == session for line in self._all.values())
        if own >= limits.CONNECTIONS_PER_PERSON:
            return None
        line = Line(rooms, session, person_for, self._drop)
        self._all[line.id] = line
        return line

    def find(self, id: str) -> Line | None:
        return self._all.get(id)

    def _drop(self, line: Line) -> None:
        self._all.pop(line.id, None)
