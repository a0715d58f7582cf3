"""What must be read from the journal before some ops can be decided: old answers, and entries to undo."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from codesign.core import limits
from codesign.core.ask import UndoSource
from codesign.core.changes import PatchStream, PutItem
from codesign.core.decision import Refused
from codesign.core.history import touched_by
from codesign.core.lanes import Lane, lane_of
from codesign.core.ops import All, Op, ShowPlan, StartStep, TakeBack, Undo
from codesign.core.stream import Entry
from codesign.live.asked import Asked, Done, Memory, Remembered
from codesign.live.batch import Lookups
from codesign.live.room import Room
from codesign.store.journal import Journal

log = logging.getLogger(__name__)

OpenRoom = Callable[[str], Awaitable[Room | None]]


async def look_up(
    journal: Journal, room: Room, taken: Sequence[Asked], open_room: OpenRoom
) -> Lookups:
    """Most ticks read nothing: then this returns without a pause."""
    lookups = Lookups()
    for asked in taken:
        try:
            if asked.base is not None:
                await _remember(journal, room, asked.base)
            if asked.may_be_known:
                await _find_answer(journal, asked, lookups)
            if isinstance(asked.op, Undo):
                await _find_source(journal, room, asked, asked.op.n, lookups)
            if isinstance(asked.op, TakeBack):
                lookups.sources[asked] = await _entry_at(journal, room, asked.op.seq)
            if _reads_desk(asked.op):
                desk = await open_room(f"desk:{room.workshop_id}")
                lookups.desk = None if desk is None else desk.state
        except Exception as error:
            log.warning("a lookup failed: %s", type(error).__name__)
            lookups.failed.add(asked)
    return lookups


async def _remember(journal: Journal, room: Room, base: int) -> None:
    """Reads what the room's history lacks to judge this base, where it was opened with less."""
    history = room.history
    if (unread := history.unread(base)) is None:
        return
    rows = await journal.entries(room.stream, *unread)
    if room.history is history:  # else the room was read again meanwhile
        history.recall([row.entry for row in rows])


async def _find_answer(journal: Journal, asked: Asked, lookups: Lookups) -> None:
    """An op this client may have asked before it was forgotten here (P4.3)."""
    if asked.client is None:
        return
    found = await journal.find(asked.client, asked.n)
    if found is not None:
        stream, row = found
        lookups.known[asked] = Remembered(row.digest, stream, Done(row.entry.seq, row.entry))


async def _find_source(
    journal: Journal, room: Room, asked: Asked, n: int, lookups: Lookups
) -> None:
    if asked.memory is None or _is_at_hand(room, asked.memory, n):
        return
    found = await journal.find(asked.memory.client, n)
    if found is None:
        return
    if (lane := lane_of(found[0])) is not None and room.stream == f"board:{lane.board}":
        lookups.sources[asked] = await _revealed(journal, room, lane, found[1].entry)
        return
    if found[0] != room.stream:
        return
    entry = found[1].entry
    if room.seq - entry.seq > limits.UNDO_ENTRIES:
        return
    since = room.history.since
    later = await journal.entries(room.stream, entry.seq, since) if entry.seq < since else []
    lookups.sources[asked] = UndoSource(entry, tuple(row.entry for row in later))


async def _entry_at(journal: Journal, room: Room, seq: int) -> UndoSource | None:
    """An entry of the product's own, with all that came after it up to what the room remembers."""
    if seq > room.seq:
        return None
    rows = await journal.entries(room.stream, seq - 1, max(seq, room.history.since))
    if not rows or rows[0].entry.seq != seq or rows[0].entry.by is not None:
        return None
    return UndoSource(rows[0].entry, tuple(row.entry for row in rows[1:]))


def _reads_desk(op: Op | Refused | None) -> bool:
    """Ops of a workshop that show what is on its desk."""
    ops = op.ops if isinstance(op, All) else (op,)
    return any(isinstance(one, StartStep | ShowPlan) for one in ops)


async def _revealed(journal: Journal, room: Room, lane: Lane, entry: Entry) -> UndoSource | None:
    """What somebody did while writing was silent, told as if it had been done just before it was revealed.

    None where that is further back than the room remembers.
    """
    await _remember(journal, room, 0)
    revealed = _seq_of_reveal(room, lane, {item_id for item_id, _, _ in touched_by(entry.changes)})
    if revealed is None:
        return None
    later = [row.entry for row in await journal.entries(lane.stream, entry.seq)]
    first = revealed - len(later)
    moved = [replace(one, seq=first + 1 + at) for at, one in enumerate(later)]
    return UndoSource(replace(entry, seq=first), tuple(moved), is_revealed=True)


def _seq_of_reveal(room: Room, lane: Lane, ids: set[str]) -> int | None:
    """The entry that brought the items, or that ended the silence."""
    for entry in room.history.entries:
        for change in entry.changes:
            match change:
                case PutItem(item) if item["id"] in ids and entry.by is None:
                    return entry.seq
                case PatchStream(fields) if fields.get("revealed") == lane.silence:
                    return entry.seq
    return None


def _is_at_hand(room: Room, memory: Memory, n: int) -> bool:
    if n in memory.pending:
        return True
    known = memory.answers.get(n)
    if known is None or known.stream != room.stream or not isinstance(known.answer, Done):
        return False
    return not known.changed or room.entry(known.answer.seq) is not None
