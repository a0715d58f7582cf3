"""What is told by the clock rather than by an op: presence, thinned, and beacons (P6.9, P8.2)."""

from __future__ import annotations

from codesign.live import frames
from codesign.live.clock import Appointment, Schedule
from codesign.live.gauges import Gauges
from codesign.live.room import Room

#: So long presence that is due waits for its room's tick: told together, they cost each reader one packet.
TICK_SECONDS = 0.05
#: Seconds between beacons while a stream changes; after the last change one more follows.
BEACON_EVERY = 20.0


class Bells:
    def __init__(self, schedule: Schedule, gauges: Gauges) -> None:
        self._schedule = schedule
        self._gauges = gauges
        self._showing: set[Room] = set()
        #: Rooms whose presence is due and goes out with their tick, or without it when that does not come.
        self._with_tick: dict[Room, Appointment] = {}
        self._beacons: set[Room] = set()

    def presence_later(self, room: Room) -> None:
        """Presence changed: a frame follows, unless one is on its way."""
        if room not in self._showing:
            self._showing.add(room)
            self._schedule.after(room.presence.interval, lambda: self._presence_due(room))

    def ticked(self, room: Room) -> None:
        """The room has told its tick in this very turn of the loop."""
        if (waiting := self._with_tick.get(room)) is not None:
            waiting.cancel()
            self._tell_presence(room)

    def beacon_later(self, room: Room) -> None:
        """The stream changed: a beacon follows, unless one is on its way."""
        if room not in self._beacons:
            self._beacons.add(room)
            self._schedule.after(BEACON_EVERY, lambda: self._beacon(room))

    def _presence_due(self, room: Room) -> None:
        if not room.inbox:
            return self._tell_presence(room)
        late = self._schedule.after(TICK_SECONDS, lambda: self._tell_presence(room))
        self._with_tick[room] = late

    def _tell_presence(self, room: Room) -> None:
        self._with_tick.pop(room, None)
        self._showing.discard(room)
        if dropped := room.tell_presence():
            self._gauges.presence_dropped.inc(dropped)
        if room.presence.has_news:
            self.presence_later(room)

    def _beacon(self, room: Room) -> None:
        if room.followers and not room.encoded.hash_some():
            # More to hash than fits between two ticks: the rest in the next turn of the loop.
            self._schedule.after(0.001, lambda: self._beacon(room))
            return
        self._beacons.discard(room)
        if room.followers and not room.stale:
            xor = room.encoded.xor
            room.tell(frames.beacon(room.stream, room.seq, len(room.state), xor))
