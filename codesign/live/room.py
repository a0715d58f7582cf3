"""A stream while it is open: its state, who follows it, what is asked of it. Its only writer.

Three things in order: decide (batch.py), journal (tick.py), tell (`commit` here). Never tell first.
No timer, no socket and no await in here: the ticker turns it, by hand in tests.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from codesign.core import limits
from codesign.core.changes import apply_changes
from codesign.core.history import History
from codesign.core.lanes import is_named, lane_of
from codesign.core.permissions import LEADS
from codesign.core.stream import Entry, State, kind_of
from codesign.core.visibility import is_in, may_follow, role_of
from codesign.live import frames
from codesign.live.asked import UNAVAILABLE, Answer, Asked, Done
from codesign.live.batch import Batch, Lookups
from codesign.live.client import Client
from codesign.live.encoded import Encoded
from codesign.live.frames import Frame
from codesign.live.messages import ShowPresence
from codesign.live.presence import Presence, not_told
from codesign.live.tail import Tail, frames_of
from codesign.store.journal import Loaded

#: Bytes of ops that enter one tick, beside their number: what one frame to everybody can carry.
BYTES_PER_TICK = 256 * 1024
#: What one page has of that while others wait.
SHARE = limits.OPS_PER_TICK // 10
BYTES_SHARE = BYTES_PER_TICK // 10


class Room:
    """One open stream. `wake` is called when ops wait, `wake_presence` when there is something to show."""

    state: State
    history: History
    tail: Tail
    encoded: Encoded

    def __init__(
        self,
        stream: str,
        workshop_id: str,
        loaded: Loaded | None,
        *,
        workshop: Room | None,
        board: Room | None = None,
        wake: Callable[[Room], None],
        wake_presence: Callable[[Room], None],
    ) -> None:
        self.stream = stream
        self.kind = kind_of(stream)
        self.workshop_id = workshop_id
        #: The workshop's own room, open as long as this one is; and, of a lane, its board's.
        self.workshop = workshop
        #: Of a register: the further workshops of its programme, whose people are in it as well.
        self.others: dict[str, Room] = {}
        self.board = board
        self.seq = 0
        self.followers: dict[Client, None] = {}
        self.inbox: deque[Asked] = deque()
        self.presence = Presence(stream, lambda: wake_presence(self))
        #: A commit failed: what is in memory is not to be trusted until it is loaded again.
        self.stale = False
        self.snapshot_seq = 0
        #: Rooms that read this one: boards their workshop, lanes their board.
        self.readers = 0
        self.used_at = 0.0
        self.uses = 0
        self._wake = wake
        self._take_over(loaded)

    @property
    def workshop_state(self) -> State | None:
        """The workshop's committed state, by which this stream judges."""
        if self.kind == "workshop":
            return self.state
        return None if self.workshop is None else self.workshop.state

    def workshop_state_of(self, person: str | None) -> State | None:
        """The state of the workshop that this person is in; of most streams there is but one."""
        if person is not None and self.others:
            for room in self.others.values():
                if is_in(person, room.state):
                    return room.state
        return self.workshop_state

    @property
    def workshop_ids(self) -> tuple[str, ...]:
        return (self.workshop_id, *self.others)

    def person_of(self, client: Client) -> str | None:
        """Who the page is here: a person of a workshop this stream belongs to."""
        if not self.others:
            return client.people.get(self.workshop_id)
        there = (client.people.get(one) for one in self.workshop_ids)
        return next((person for person in there if person is not None), None)

    @property
    def reads(self) -> list[Room]:
        """The rooms by whose states this one judges."""
        near = [room for room in (self.workshop, self.board) if room is not None]
        return [*near, *self.others.values()]

    def read_also(self, id: str, workshop: Room) -> bool:
        """One more workshop of the programme; whether it is new here."""
        if id in self.workshop_ids:
            return False
        self.others[id] = workshop
        return True

    @property
    def is_nameless(self) -> bool:
        """A lane of an anonymous step: nothing that is kept of it may say who asked."""
        lane, workshop = lane_of(self.stream), self.workshop_state
        return lane is not None and (workshop is None or not is_named(lane, workshop))

    @property
    def is_idle(self) -> bool:
        return not (self.followers or self.inbox or self.readers)

    def may_follow(self, person: str | None) -> bool:
        return may_follow(person, self.stream, self.workshop_state_of(person))

    def put(self, asked: Asked) -> None:
        """An op enters the inbox; the next tick decides it."""
        self.inbox.append(asked)
        self._wake(self)

    def take(self) -> list[Asked]:
        """The ops of this tick, in order; what is too much stays for the next."""
        waiting = len(self.inbox)
        if waiting > limits.OPS_PER_TICK or sum(op.size for op in self.inbox) > BYTES_PER_TICK:
            self._share_out()
        taken: list[Asked] = []
        size = 0
        while self.inbox and len(taken) < limits.OPS_PER_TICK and size < BYTES_PER_TICK:
            taken.append(self.inbox.popleft())
            size += taken[-1].size
        return taken

    def _share_out(self) -> None:
        """What one page asked beyond its share goes behind the others'; each page's own order stays."""
        had: dict[Client, tuple[int, int]] = {}
        first: deque[Asked] = deque()
        later: list[Asked] = []
        for asked in self.inbox:
            page = asked.to
            if page is None:  # our own code's
                first.append(asked)
                continue
            ops, size = had.get(page, (0, 0))
            within = ops < SHARE and size < BYTES_SHARE
            (first if within else later).append(asked)
            had[page] = (ops + 1, size + asked.size)
        first.extend(later)
        self.inbox = first

    def decide(self, taken: Iterable[Asked], lookups: Lookups, now: int) -> Batch:
        batch = Batch(self, now)
        for asked in taken:
            batch.decide(asked, lookups)
        return batch

    def commit(self, batch: Batch) -> None:
        """The batch is on disk: it becomes the state, and everyone is told."""
        first = self.seq + 1
        for entry, encoded in zip(batch.entries, batch.encoded, strict=True):
            apply_changes(self.state, entry.changes)
            self.encoded.note(entry.changes, entry.seq)
            self.tail.add(encoded)
        self.seq += len(batch.entries)
        self._tell(batch.answers, frames_of(self.stream, first, batch.encoded))

    def refuse(self, taken: Iterable[Asked]) -> None:
        """Nothing can be decided or saved now."""
        self._tell([(asked, UNAVAILABLE) for asked in taken], ())

    def reload(self, loaded: Loaded | None, failed: Iterable[Asked] = ()) -> None:
        """After a commit that failed, or seemed to: the journal's word replaces ours.

        Ops that are in it after all are acked, the others were not saved; entries that nobody was
        told of are told now (P6.5, P6.6). A room that is not stale any more has heard that word already.
        """
        told = self.seq
        if self.stale:
            self._take_over(loaded)
            self.stale = False
        rows = () if loaded is None else loaded.tail
        saved = {(row.client, row.n, row.digest): row.entry for row in rows if row.client}
        answers: list[tuple[Asked, Answer]] = []
        for asked in failed:
            entry = saved.get((asked.client or "", asked.n, asked.digest))
            answers.append((asked, UNAVAILABLE if entry is None else Done(entry.seq, entry)))
        missed = self.tail.since(told)
        self._tell(answers, frames_of(self.stream, told + 1, missed or ()))
        if missed is None:
            for client in list(self.followers):
                self.unfollow(client, "too_old")

    def follow(self, client: Client, seq: int, person: str) -> list[Frame] | None:
        """From now on the client is told; returned is what it has missed. None: too far back.

        One step without an await, so that nothing is missing between tail and live (P7.2).
        """
        missed = self.tail.since(seq)
        if missed is None:
            return None
        if client not in self.followers:
            self.followers[client] = None
            client.follows[self.stream] = self
            self.presence.come(person)
        return [*frames_of(self.stream, seq + 1, missed), self.presence.everyone()]

    def unfollow(self, client: Client, code: str | None = None) -> None:
        """The client is told no more; with a code it hears why (P6.8)."""
        if client not in self.followers:
            return
        del self.followers[client]
        client.follows.pop(self.stream, None)
        if (person := self.person_of(client)) is not None:
            self.presence.leave(person, client)
        if code is not None:
            client.send(frames.unfollowed(self.stream, code))

    def show_presence(self, person: str, message: ShowPresence, page: Client | None = None) -> None:
        """Where somebody points and what they have selected would tell what they write in silence."""
        if self._is_hushed(person):
            return
        state = self.workshop_state_of(person)
        fields = {} if state is None else state.fields
        away = not_told(self.kind, role_of(person, state) or "", fields)
        if away & message.model_fields_set:
            message = message.without(away)
        self.presence.show(person, message, page)

    def show_cursor(self, person: str, cursor: bytes, page: Client | None = None) -> None:
        if self.kind != "workshop" and not self._is_hushed(person):
            self.presence.point(person, cursor, page)

    def hush(self) -> None:
        """Silent writing begins: what is still seen of those who write is taken back."""
        self.presence.hide(self._is_hushed)

    def _is_hushed(self, person: str) -> bool:
        state = self.workshop_state_of(person)
        if self.kind == "lane":
            return True
        silent = state is not None and state.fields.get("stage") == "silent"
        return silent and role_of(person, state) not in LEADS

    def tell_presence(self) -> int:
        """Sends what is new of presence; the number of those too far behind to get it."""
        frame = self.presence.take_frame()
        if frame is None:
            return 0
        return sum(not client.send_presence(frame) for client in list(self.followers))

    def tell(self, frame: Frame) -> None:
        for client in list(self.followers):
            client.send(frame)

    def entry(self, seq: int) -> Entry | None:
        """The entry, if it is among those remembered."""
        known = self.history
        if not known.since < seq <= known.head:
            return None
        return known.entries[seq - known.since - 1]

    def _tell(self, answers: Iterable[tuple[Asked, Answer]], told: Iterable[Frame]) -> None:
        """Answers to those who asked, before the frame all followers share (P6.6)."""
        own: dict[Client, list[Frame]] = {}
        for asked, answer in answers:
            asker = asked.to
            frame = asked.answer(answer)
            if frame is not None and asker is not None:
                own.setdefault(asker, []).append(frame)
        shared = tuple(told)
        if shared:
            for client in list(self.followers):
                answered = own.pop(client, None)
                client.send(*shared) if answered is None else client.send(*answered, *shared)
        for client, answered in own.items():
            client.send(*answered)

    def _take_over(self, loaded: Loaded | None) -> None:
        known = [] if loaded is None else [row.entry for row in loaded.tail]
        self.seq = 0 if loaded is None else loaded.head
        self.snapshot_seq = 0 if loaded is None else loaded.snapshot
        self.state = State() if loaded is None else loaded.state
        reach = max(0, self.seq - limits.TAIL_ENTRIES)
        self.history = History(since=self.seq - len(known), reach=reach)
        for entry in known:
            self.history.add(entry)
        self.tail = Tail(self.seq - len(known), known)
        self.encoded = Encoded(self.state, self.seq)
