"""What a room decides in one tick. Nothing in here is true until the journal has it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from codesign.core.ask import Ask, UndoSource
from codesign.core.changes import apply_changes, inverse_of
from codesign.core.decide import decide
from codesign.core.decision import Accepted, Decision, Refused
from codesign.core.effects import Due, dues_of
from codesign.core.ops import Op, TakeBack, Undo
from codesign.core.permissions import step_of
from codesign.core.stream import Draft, Entry, State
from codesign.core.visibility import role_of
from codesign.live.asked import Answer, Asked, Done, Remembered
from codesign.live.frames import encode_changes, encode_entry
from codesign.store.journal import Append
from codesign.store.rows import Row

if TYPE_CHECKING:
    from codesign.live.room import Room

log = logging.getLogger(__name__)


class Lookups:
    """What had to be read from the journal before these ops could be decided."""

    def __init__(self) -> None:
        #: The answer an op had before, or None: it is new.
        self.known: dict[Asked, Remembered] = {}
        self.sources: dict[Asked, UndoSource | None] = {}
        #: Those whose lookup failed: nothing can be said to them now.
        self.failed: set[Asked] = set()
        #: The workshop's desk as committed, when one of these ops shows what is on it.
        self.desk: State | None = None


class Batch:
    """One room's ops of one tick, decided in order on a draft that holds the earlier ones."""

    def __init__(self, room: Room, now: int) -> None:
        self.room = room
        self.asked: list[Asked] = []
        self.answers: list[tuple[Asked, Answer]] = []
        self.entries: list[Entry] = []
        self.encoded: list[bytes] = []
        self.dues: list[Due] = []
        #: Committed, and those who asked were answered.
        self.is_told = False
        self._now = now
        self._draft = Draft(room.state)
        self._rows: list[Row] = []
        self._done: list[str] = []
        self._clients: dict[str, tuple[str | None, int]] = {}
        self._decided: dict[tuple[str, int], Answer] = {}

    @property
    def head(self) -> int:
        return self.room.seq + len(self.entries)

    @property
    def append(self) -> Append | None:
        """What is to be written; None when the tick changed nothing."""
        if not self._rows:
            return None
        room = self.room
        return Append(
            stream=room.stream,
            workshop=room.workshop_id,
            head=room.seq,
            entries=self._rows,
            dues=self.dues,
            done=self._done,
            clients=self._clients,
            at=self._now,
        )

    def decide(self, asked: Asked, lookups: Lookups) -> None:
        self.asked.append(asked)
        answer = self._answer(asked, lookups)
        if asked.client is not None:
            self._decided[asked.client, asked.n] = answer
        if asked.due is not None and isinstance(answer, Done) and answer.entry is not None:
            self._done.append(asked.due)
        self.answers.append((asked, answer))

    def _answer(self, asked: Asked, lookups: Lookups) -> Answer:
        if asked in lookups.failed:
            return Refused("unavailable")
        if (known := lookups.known.get(asked)) is not None:
            return known.answer if known.digest == asked.digest else Refused("bad_op")
        if isinstance(asked.op, Refused):
            return asked.op
        decision = self._decision(asked, asked.op, lookups)
        if isinstance(decision, Refused):
            return decision
        if not decision.changes and asked.client is None:
            return Done(self.head)
        # A page's op that changes nothing is an entry, too: sent again after a restart, it must not take effect late.
        return self._enter(asked, decision)

    def _decision(self, asked: Asked, op: Op, lookups: Lookups) -> Decision:
        room = self.room
        base = self.head if asked.base is None else asked.base
        if base > room.seq and asked.base is not None:
            return Refused("bad_op", {"where": "base"})
        workshop = self._draft if room.kind == "workshop" else room.workshop_state_of(asked.person)
        role = "product" if asked.product else role_of(asked.person, workshop)
        if role is None:
            return Refused("unknown")
        undo: UndoSource | None = None
        if isinstance(op, Undo):
            source = self._source(asked, op, lookups)
            if isinstance(source, Accepted):
                return source
            undo = source
        if isinstance(op, TakeBack):
            undo = lookups.sources.get(asked)
        ask = Ask(
            stream=room.stream,
            person=asked.author,
            role=role,
            now=self._now,
            base=base,
            stage=str(workshop.fields.get("stage", "open")) if workshop is not None else "open",
            history=room.history,
            workshop=workshop,
            board=None if room.board is None else room.board.state,
            undo=undo,
            step=None if workshop is None else step_of(workshop.fields),
            desk=lookups.desk,
            here=room.presence.people if room.kind == "board" else None,
        )
        try:
            return decide(op, ask, self._draft)
        except Exception as error:
            # A mistake of ours in one rule must not cost the other ops of the tick. No content here.
            log.error("deciding %s failed: %s", op.type, type(error).__name__)
            return Refused("bad_op")

    def _source(self, asked: Asked, op: Undo, lookups: Lookups) -> UndoSource | Accepted | None:
        """The entry an undo is about: decided in this very tick, remembered, or looked up."""
        if asked.memory is None:
            return None
        answer = self._decided.get((asked.memory.client, op.n))
        if isinstance(answer, Done):
            return Accepted() if answer.entry is None else UndoSource(answer.entry)
        known = asked.memory.answers.get(op.n)
        if known is not None and known.stream == asked.stream and isinstance(known.answer, Done):
            if not known.changed:
                return Accepted()
            if (entry := self.room.entry(known.answer.seq)) is not None:
                return UndoSource(entry)
        return lookups.sources.get(asked)

    def _enter(self, asked: Asked, decision: Accepted) -> Done:
        room = self.room
        seq = self.head + 1
        inverse = inverse_of(self._draft, decision.changes)
        entry = Entry(seq, asked.author, self._now, decision.changes, inverse)
        apply_changes(self._draft, decision.changes)
        room.history.add(entry)
        self.entries.append(entry)
        changes = encode_changes(entry)
        self.encoded.append(encode_entry(entry, changes))
        self.dues += dues_of(decision.effects, stream=room.stream, seq=seq, now=self._now)
        seen = None if room.workshop is None else room.workshop.seq
        n = asked.n if asked.client is not None else None
        self._rows.append(Row(entry, asked.client, n, asked.digest, asked.base, seen, changes))
        if asked.client is not None:
            _, last = self._clients.get(asked.client, (None, 0))
            self._clients[asked.client] = (asked.author, max(last, asked.n))
        return Done(seq, entry)
