"""A journal in memory, with the same promises and failures to order: for tests and the simulator.

It keeps rows as text, as the others do, so that nothing a room holds is shared with what is "on disk".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from codesign.core import limits
from codesign.core.effects import Due
from codesign.core.stream import State, kind_of
from codesign.store.errors import HeadMoved, OpKnown, Unavailable
from codesign.store.journal import Append, Journal, Loaded, check_append, put_together
from codesign.store.rows import (
    Row,
    copy_of,
    dump_copy,
    dump_op,
    read_op,
    read_state,
    row_of,
    rows_of,
    values_of,
)

_SEQ, _CLIENT, _N = 0, 3, 4


@dataclass(slots=True)
class _Stream:
    workshop: str
    head: int = 0
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    snapshot: tuple[int, str, str] | None = None


class MemoryJournal(Journal):
    """The `fail_next` next appends answer Unavailable and write nothing."""

    def __init__(self) -> None:
        self.fail_next = 0
        self._streams: dict[str, _Stream] = {}
        self._ops: dict[tuple[str, int], tuple[str, int]] = {}
        self._clients: dict[str, tuple[str | None, int]] = {}
        self._dues: dict[str, tuple[Due, str, int | None]] = {}

    async def append(self, appends: Sequence[Append]) -> list[Exception | None]:
        if self.fail_next:
            self.fail_next -= 1
            return [Unavailable("made to fail")] * len(appends)
        return [self._append(append) for append in appends]

    async def load(self, stream: str, *, tail: int = limits.TAIL_ENTRIES) -> Loaded | None:
        kept = self._streams.get(stream)
        if kept is None:
            return None
        snapshot = kept.snapshot and (kept.snapshot[0], read_state(stream, *kept.snapshot[1:]))
        after = min(snapshot[0] if snapshot else 0, max(kept.head - tail, 0))
        rows = rows_of(stream, kept.entries[after:], after=after)
        return put_together(stream, kept.head, snapshot, rows, tail=tail)

    async def entries(self, stream: str, after: int, to: int | None = None) -> list[Row]:
        kept = self._streams.get(stream)
        return rows_of(stream, kept.entries[after:to], after=after) if kept else []

    async def find(self, client: str, n: int) -> tuple[str, Row] | None:
        if (found := self._ops.get((client, n))) is None:
            return None
        stream, seq = found
        return stream, row_of(stream, self._streams[stream].entries[seq - 1])

    async def acks(
        self, clients: Mapping[str, int], *, limit: int = 2_000
    ) -> list[tuple[str, int, str, int]]:
        return sorted(
            (client, n, stream, seq)
            for (client, n), (stream, seq) in self._ops.items()
            if client in clients and n >= clients[client]
        )[:limit]

    async def last(self, clients: Sequence[str]) -> dict[str, tuple[str | None, int]]:
        return {client: self._clients[client] for client in clients if client in self._clients}

    async def save_snapshot(self, stream: str, seq: int, state: State) -> None:
        kept = self._streams.get(stream)
        if kept and kept.head >= seq > (kept.snapshot[0] if kept.snapshot else -1):
            kept.snapshot = (seq, *dump_copy(copy_of(state)))

    async def snapshot(self, stream: str) -> tuple[int, State] | None:
        kept = self._streams.get(stream)
        if kept is None or kept.snapshot is None:
            return None
        return kept.snapshot[0], read_state(stream, *kept.snapshot[1:])

    async def due(self, now: int, *, limit: int = 100) -> list[Due]:
        waiting = [
            replace(due, op=read_op(due.stream, op))
            for due, op, done in self._dues.values()
            if done is None and due.at <= now
        ]
        return sorted(waiting, key=lambda due: (due.at, due.id))[:limit]

    async def next_due(self) -> int | None:
        return min((due.at for due, _, done in self._dues.values() if done is None), default=None)

    async def mark_done(self, ids: Sequence[str], now: int) -> None:
        for due_id in ids:
            if (kept := self._dues.get(due_id)) and kept[2] is None:
                self._dues[due_id] = (kept[0], kept[1], now)

    async def streams(self) -> list[tuple[str, str, int]]:
        return sorted((name, kept.workshop, kept.head) for name, kept in self._streams.items())

    async def heads(self, workshop: str) -> dict[str, int]:
        return {name: head for name, of, head in await self.streams() if of == workshop}

    async def lanes(self, workshop: str) -> list[str]:
        found = [(name, kept) for name, kept in self._streams.items() if kind_of(name) == "lane"]
        return sorted(name for name, kept in found if kept.workshop == workshop)

    async def forget(self, streams: Sequence[str]) -> None:
        for stream in streams:
            self._streams.pop(stream, None)
        gone = {client for (client, _), (stream, _) in self._ops.items() if stream in streams}
        self._ops = {op: at for op, at in self._ops.items() if at[0] not in streams}
        for client in gone - {client for client, _ in self._ops}:
            self._clients.pop(client, None)
        for due_id in [due_id for due_id in self._dues if due_id.partition("/")[0] in streams]:
            del self._dues[due_id]

    def _append(self, append: Append) -> Exception | None:
        """Whatever can fail fails before the first line that writes."""
        try:
            check_append(append)
            values = [values_of(row) for row in append.entries]
            dues = [(due, dump_op(due.op)) for due in append.dues]
        except Exception as error:
            return error
        kept = self._streams.get(append.stream)
        if append.head != (kept.head if kept else 0):
            return HeadMoved(append.stream, append.head)
        ops = [(row[_CLIENT], row[_N]) for row in values if row[_CLIENT] is not None]
        if len(set(ops)) < len(ops) or any(op in self._ops for op in ops):
            return OpKnown(append.stream)
        self._write(append, values, dues)
        return None

    def _write(
        self, append: Append, values: list[tuple[Any, ...]], dues: list[tuple[Due, str]]
    ) -> None:
        kept = self._streams.setdefault(append.stream, _Stream(append.workshop))
        kept.head = append.new_head
        kept.entries += values
        for row in values:
            if row[_CLIENT] is not None:
                self._ops[row[_CLIENT], row[_N]] = (append.stream, row[_SEQ])
        for due, op in dues:
            self._dues.setdefault(due.id, (due, op, None))
        for due_id in append.done:
            if due_id in self._dues:
                self._dues[due_id] = (*self._dues[due_id][:2], append.at)
        for client, (person, n) in append.clients.items():
            owner, last = self._clients.get(client, (person, n))
            self._clients[client] = (owner, max(last, n))
