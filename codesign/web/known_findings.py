"""What boards of records come to, worked out once while nothing changes for all who read it in the same words.

Pages ask when a board has been quiet for a moment, so a room full of people asks the same thing within a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary, ref

from codesign.core.stream import State

#: A stream's seq and state, as the rooms give them.
Read = tuple[int, State]
#: From copies of all that was read, in its order; called in a thread.
Make = Callable[..., bytes]


@dataclass(frozen=True, slots=True)
class Sources:
    """All that an answer is made of: the board, and what it is read with."""

    board: Read
    #: Of records the register, and its closed side where the reader may see it; of notes the workshop.
    beside: tuple[Read | None, ...]
    #: Those who lead are told more.
    leads: bool
    #: Day, language and methods: everything else the sentences depend on.
    day: str
    tag: str
    catalog: object

    @property
    def stamp(self) -> tuple[object, ...]:
        """Differs when an answer may. A state is another one when it was read anew, even if no seq has passed:
        somebody may have been forgotten."""
        read = (None if one is None else (one[0], ref(one[1])) for one in self._read)
        return (self.day, *read)

    @property
    def _read(self) -> tuple[Read | None, ...]:
        return self.board, *self.beside

    def copied(self) -> tuple[State | None, ...]:
        return tuple(one[1].copied() if one else None for one in self._read)


@dataclass(frozen=True, slots=True)
class _Known:
    stamp: tuple[object, ...]
    catalog: object
    body: asyncio.Future[bytes]

    def answers(self, sources: Sources) -> bool:
        failed = self.body.done() and (self.body.cancelled() or self.body.exception() is not None)
        return not failed and self.catalog is sources.catalog and self.stamp == sources.stamp


class KnownFindings:
    """One for the process. A board's are let go of with its state: when its room closes, or is read anew."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[State, dict[tuple[str, bool], _Known]] = WeakKeyDictionary()

    async def told(self, sources: Sources, make: Make) -> bytes:
        of_board = self._known.setdefault(sources.board[1], {})
        key = (sources.tag, sources.leads)
        known = of_board.get(key)
        if known is None or not known.answers(sources):
            work = asyncio.ensure_future(asyncio.to_thread(make, *sources.copied()))
            work.add_done_callback(_looked_at)
            known = of_board[key] = _Known(sources.stamp, sources.catalog, work)
        # Whoever hangs up takes it away from nobody else.
        return await asyncio.shield(known.body)


def _looked_at(work: asyncio.Future[Any]) -> None:
    """Its error is told to those who wait for it, if anybody still does."""
    if not work.cancelled():
        work.exception()
