"""When another page took this one's queue over: beginning anew, late words given back.

Twin of takeover.js.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from codesign.sync.follows import Follows
from codesign.sync.outbox import Outbox
from codesign.sync.replica import Touched
from codesign.sync.texts import Texts
from codesign.sync.undo import Undo
from codesign.sync.withdrawals import Withdrawals

Event = dict[str, Any]


class Takeover:
    def __init__(
        self,
        outbox: Outbox,
        follows: Follows,
        texts: Texts,
        undo: Undo,
        show: Callable[[str, Touched], None],
    ) -> None:
        self._outbox = outbox
        self._follows = follows
        self._texts = texts
        self._undo = undo
        self._show = show
        self._withdrawals = Withdrawals(outbox, follows, texts, undo)
        #: Until when (ms) the queue was certainly ours. Without a lease it always is.
        self.held_until: float = math.inf

    def happened(self, client: str) -> list[Event]:
        """Begins anew as `client`. What came too late to be kept is given back ("refused")."""
        late = self._late()
        left = [pending for pending in self._outbox.all if pending.is_laid]
        self._outbox.begin_anew(client)
        self._texts.begin_anew()
        self._undo.clear()
        for stream, followed in self._follows.streams.items():
            touch = Touched()
            for pending in left:
                if pending.stream == stream:
                    followed.replica.lift(pending.layers, touch)
            for spot, _ in list(followed.replica.writings()):
                self._texts.abandon(stream, spot, touch)
            self._show(stream, touch)
        return late

    def _late(self) -> list[Event]:
        words: list[tuple[str, str, str | None]] = []
        made: set[str | None] = set()
        for pending in self._outbox.all:
            is_late = pending.acked is None and pending.kept_at >= self.held_until
            if pending.spot is None and is_late:
                words.append((pending.stream, self._withdrawals.words_of(pending), None))
                made |= pending.made
        for stream, spot, text in self._texts.typed_since(self.held_until):
            if spot[0] not in made:
                words.append((stream, text, spot[0]))
        back: Event = {"n": 0, "op": None, "code": "unavailable"}
        return [
            {"stream": stream, **back, "data": {} if id is None else {"id": id}, "text": text}
            for stream, text, id in words
            if text
        ]
