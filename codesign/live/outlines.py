"""Pictures of the tables for those who lead: of each board one small outline, drawn anew at most every two seconds.

An outline says how much is where and in which paper, never what is written. It is encoded once, whoever asks.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from codesign.core.items import FLOWING
from codesign.core.stream import Item, State
from codesign.live.room import Room
from codesign.live.rooms import Rooms

#: Milliseconds between two outlines of one board.
EVERY_MS = 2_000
#: Marks of one outline, and minutes of its activity.
MARKS, MINUTES = 150, 12
_COLOURS = ["sun", "apricot", "rose", "lilac", "sky", "sea", "leaf", "stone"]


@dataclass(slots=True)
class Outline:
    seq: int
    made: int
    #: Grows over all boards: a page that has seen it needs no outline up to it again.
    version: int
    body: str


class Outlines:
    """One for the process."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._known: dict[str, Outline] = {}
        # From the clock: after a restart all outlines are newer than any that a page has.
        self._version = rooms.clock.now()

    async def since(self, boards: list[str], version: int) -> str:
        """JSON: the outlines of these boards that are newer than `version`, and the newest version there is."""
        found = {board: await self._outline(board) for board in boards}
        newer = [
            f"{json.dumps(board)}:{outline.body}"
            for board, outline in found.items()
            if outline is not None and outline.version > version
        ]
        newest = max((o.version for o in found.values() if o is not None), default=0)
        now = self._rooms.clock.now()
        return f'{{"version":{newest},"now":{now},"boards":{{{",".join(newer)}}}}}'

    def forget(self) -> None:
        """All of them are drawn anew when somebody looks."""
        self._known.clear()

    async def _outline(self, board: str) -> Outline | None:
        room = await self._rooms.open(f"board:{board}")
        if room is None:
            return None
        known, now = self._known.get(board), self._rooms.clock.now()
        if known is not None and (known.seq == room.seq or now - known.made < EVERY_MS):
            return known
        self._version += 1
        body = json.dumps(outlined(room.state, _last_at(room), now), separators=(",", ":"))
        outline = Outline(room.seq, now, self._version, body)
        self._known[board] = outline
        return outline


def outlined(state: State, last: int | None, now: int) -> dict[str, Any]:
    notes = list(state.of_kind("note"))
    fields = state.fields
    said: dict[str, Any] = {
        "notes": len(notes),
        "activity": _activity(notes, now),
    }
    if "call" in fields:
        said["call"] = fields["call"]
    if last is not None:
        said["last"] = last
    if fields.get("layout") in FLOWING:
        return said | {"zones": _zones(state, notes)}
    return said | {"marks": [_mark(item) for item in notes[:MARKS]]}


def _zones(state: State, notes: list[Item]) -> list[list[int]]:
    """The papers of each zone, in their order: a number for each note."""
    regions = sorted(state.of_kind("region"), key=lambda region: (region["order"], region["id"]))
    lying: dict[str, list[Item]] = {str(region["id"]): [] for region in regions}
    for note in notes:
        cluster = state.get(note.get("cluster", "")) or note
        lying.get(str(cluster.get("region", note.get("region", ""))), []).append(note)
    most = max(1, MARKS // max(1, len(regions)))
    return [
        [_colour(one) for one in sorted(there, key=lambda n: n.get("order", ""))[:most]]
        for there in lying.values()
    ]


def _mark(item: Item) -> list[int]:
    """Place in whole pixels, and paper."""
    return [item.get("x", 0) // 100, item.get("y", 0) // 100, _colour(item)]


def _colour(item: Item) -> int:
    colour = item.get("colour", "stone")
    return _COLOURS.index(colour) if colour in _COLOURS else 7


def _activity(notes: list[Item], now: int) -> list[int]:
    """Notes a minute, the newest last."""
    counts = [0] * MINUTES
    for note in notes:
        ago = (now - int(note.get("at", 0))) // 60_000
        if 0 <= ago < MINUTES:
            counts[MINUTES - 1 - ago] += 1
    return counts


def _last_at(room: Room) -> int | None:
    """When somebody last did something there."""
    entries = room.history.entries
    done = next((entry.at for entry in reversed(entries) if entry.by is not None), None)
    return done if done is not None else (entries[-1].at if entries else None)
