"""When typing becomes an op, and what happens when the answer is late (P5.5, P5.6). Twin of texts.js."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from codesign.core.text import apply_splices, rebase, splices_between
from codesign.sync.follows import Follows
from codesign.sync.outbox import Outbox
from codesign.sync.pending import Pending, text_key
from codesign.sync.queue import Queue, Record
from codesign.sync.replica import Replica, Spot, Touched
from codesign.sync.writing import Writing


class Texts:
    """The texts this person writes in."""

    def __init__(
        self,
        outbox: Outbox,
        follows: Follows,
        queue: Queue,
        asked: Callable[[Pending, str], None],
        dropped: Callable[[int], None],
        now: Callable[[], int],
    ) -> None:
        self._outbox = outbox
        self._follows = follows
        self._queue = queue
        self._asked = asked
        self._dropped = dropped
        self._now = now
        #: When this person last typed in a text.
        self._typed_at: dict[str, int] = {}
        #: The unanswered edit of each text.
        self._edits: dict[str, Pending] = {}
        #: Texts of which the queue holds typing without a number.
        self._kept: set[str] = set()
        #: Such typing of other queues, to go on with.
        self._found: list[tuple[str, Record]] = []

    @property
    def waiting(self) -> int:
        """Texts with typing that has no number yet."""
        return len(self._found) + sum(
            writing.sent is None and bool(writing.later)
            for followed in self._follows.streams.values()
            for _, writing in followed.replica.writings()
        )

    def is_typing(self, stream: str, key: str) -> bool:
        replica = self._follows.get(stream).replica
        return any(
            bool(writing.later)
            for spot, writing in replica.writings()
            if text_key(stream, spot) == key
        )

    def typed_since(self, since: float) -> Iterator[tuple[str, Spot, str]]:
        """What was typed in since then and is not confirmed, as the person sees it."""
        for stream, followed in self._follows.streams.items():
            for spot, writing in followed.replica.writings():
                at = self._typed_at.get(text_key(stream, spot), -math.inf)
                if at >= since and not writing.is_idle:
                    yield stream, spot, writing.shown

    # Writing

    def type(self, stream: str, spot: Spot, text: str) -> int | None:
        replica = self._follows.get(stream).replica
        writing = replica.write(spot)
        if writing.shown != text:
            writing.type(text)
            self._typed_at[text_key(stream, spot)] = self._now()
        n = self.flush(stream, spot)
        self._keep_later(stream, spot)
        replica.rest(spot)
        replica.refresh(Touched(spot[0]))
        return n

    def compose(self, stream: str, spot: Spot, *, on: bool) -> None:
        replica = self._follows.get(stream).replica
        replica.write(spot).compose(on=on)
        if on:
            return
        self.flush(stream, spot)
        self._keep_later(stream, spot)
        replica.rest(spot)
        replica.refresh(Touched(spot[0]))

    def flush(self, stream: str, spot: Spot) -> int | None:
        """Asks what was typed, if nothing of the same text is unanswered."""
        followed = self._follows.get(stream)
        replica = followed.replica
        writing = replica.writing(spot)
        if writing is None or not writing.later:
            return None
        edit = self._edits.get(text_key(stream, spot))
        if edit is not None and not edit.is_sent:
            return self._fold(edit, replica, spot)
        waits = followed.is_loading or replica.seq < writing.wait_for
        if writing.sent is not None or waits:
            return None
        return self._ask(stream, spot, replica, writing)

    def flush_all(self, stream: str) -> None:
        """Everything that may be asked now."""
        for spot, _ in list(self._follows.get(stream).replica.writings()):
            self.flush(stream, spot)

    def _ask(self, stream: str, spot: Spot, replica: Replica, writing: Writing) -> int:
        text = writing.confirmed
        splices = [list(splice) for splice in writing.take() or ()]
        op = {"type": "edit_text", "id": spot[0], "field": spot[1], "splices": splices}
        pending = self._outbox.add(stream, op, replica.seq, spot=spot, text=text)
        pending.is_laid = True
        key = text_key(stream, spot)
        self._edits[key] = pending
        self._keep_later(stream, spot)
        self._outbox.offer(pending)
        self._asked(pending, key)
        return pending.n

    def _fold(self, pending: Pending, replica: Replica, spot: Spot) -> int | None:
        """Typing goes into an edit that nobody has been sent yet."""
        writing = replica.write(spot)
        writing.fold()
        self._keep_later(pending.stream, spot)
        if not writing.sent:
            writing.withdraw()
            self._drop(pending)
            return None
        pending.base, pending.text = replica.seq, writing.confirmed
        pending.op = {**pending.op, "splices": [list(splice) for splice in writing.sent]}
        self._outbox.keep(pending)
        return pending.n

    def _drop(self, pending: Pending) -> None:
        """Its number is not used after all."""
        self.forget(pending)
        self._outbox.remove(pending)
        self._dropped(pending.n)

    # Answers

    def forget(self, pending: Pending) -> None:
        """The edit is no longer under way."""
        if pending.spot is not None:
            key = text_key(pending.stream, pending.spot)
            if self._edits.get(key) is pending:
                del self._edits[key]

    def withdraw(self, pending: Pending, touch: Touched) -> None:
        """The edit is among what is confirmed already, or will never be."""
        replica = self._follows.get(pending.stream).replica
        if pending.spot is None or not pending.is_laid:
            return
        if (writing := replica.writing(pending.spot)) is not None:
            writing.withdraw()
            replica.rest(pending.spot)
            touch.ids.add(pending.spot[0])

    def abandon(self, stream: str, spot: Spot, touch: Touched) -> None:
        """Gives up all that is not confirmed of a text."""
        replica = self._follows.get(stream).replica
        if (writing := replica.writing(spot)) is not None:
            writing.abandon()
            replica.rest(spot)
            touch.ids.add(spot[0])
            self._keep_later(stream, spot)

    def untake(self, pending: Pending, spot: Spot, after: int) -> Writing:
        """The edit becomes typing again, to be asked anew once entry `after` is applied."""
        writing = self._follows.get(pending.stream).replica.write(spot)
        self.forget(pending)
        self._outbox.remove(pending)
        writing.untake()
        writing.wait_for = after
        self._keep_later(pending.stream, spot)
        return writing

    def wait_no_more(self) -> None:
        """The entries that edits waited for were of another life of the database, and may never come."""
        for followed in self._follows.streams.values():
            for _, writing in followed.replica.writings():
                writing.wait_for = 0

    def take_up(self, pending: Pending, spot: Spot) -> None:
        """The words of an edit that was never laid over the view are typed in."""
        splices = tuple((at, removed, put) for at, removed, put in pending.op["splices"])
        self._outbox.remove(pending)
        record = Record("text", pending.n, pending.stream, 0, {}, (), spot, pending.text, splices)
        self.adopt(pending.client, record)
        self.resume_found(pending.stream)
        self.flush(pending.stream, spot)

    def carry(self, stream: str, to: str, item_id: str) -> None:
        """An item is in another stream now: what is written in it and is not confirmed goes on there."""
        if (followed := self._follows.streams.get(stream)) is None:
            return
        replica = followed.replica
        for spot, writing in list(replica.writings()):
            if spot[0] != item_id:
                continue
            before, is_composing = writing.confirmed, writing.is_composing
            typed = splices_between(before, writing.shown)
            if (edit := self._edits.get(text_key(stream, spot))) is not None:
                self._drop(edit)
            touch = Touched()
            self.abandon(stream, spot, touch)
            replica.refresh(touch)
            now = self._follows.get(to).replica.write(spot).shown
            if is_composing:
                self.compose(to, spot, on=True)
            self.type(to, spot, apply_splices(now, rebase(typed, splices_between(before, now))))

    def is_busy(self, stream: str) -> bool:
        """Whether anything in it is not confirmed."""
        found = any(record.stream == stream for _, record in self._found)
        writings = self._follows.get(stream).replica.writings()
        return found or any(not writing.is_idle for _, writing in writings)

    def give_up_typed(self, stream: str, touch: Touched) -> list[str]:
        """Typing without a number in a stream that takes nothing any more, as the person sees it."""
        given = []
        for spot, writing in list(self._follows.get(stream).replica.writings()):
            if not writing.is_idle:
                given.append(writing.shown)
                self.abandon(stream, spot, touch)
        return given

    def give_up_found(self, stream: str) -> list[str]:
        """Typing that other pages left in a stream that takes nothing any more."""
        found = [each for each in self._found if each[1].stream == stream]
        self._found = [each for each in self._found if each[1].stream != stream]
        for client, record in found:
            if record.spot is not None:
                self._queue.remove(client, text_key(stream, record.spot))
        return [apply_splices(record.text, record.splices) for _, record in found]

    # Queues

    def adopt(self, client: str, record: Record) -> None:
        self._found.append((client, record))

    def resume(self, pending: Pending, spot: Spot) -> None:
        """Lays an adopted edit over the view.

        Where somebody here has an edit of the same text under way it is only sent, and comes back
        as anybody's.
        """
        replica = self._follows.get(pending.stream).replica
        writing = replica.write(spot)
        if writing.sent is not None:
            return
        splices = tuple((at, removed, put) for at, removed, put in pending.op["splices"])
        writing.resume((pending.text, splices))
        pending.is_laid = True
        self._edits[text_key(pending.stream, spot)] = pending
        replica.refresh(Touched(spot[0]))

    def resume_found(self, stream: str) -> None:
        """Goes on with typing that other pages left."""
        found = [each for each in self._found if each[1].stream == stream]
        self._found = [each for each in self._found if each[1].stream != stream]
        replica = self._follows.get(stream).replica
        for client, record in found:
            if record.spot is None:
                continue
            replica.write(record.spot).resume_later((record.text, record.splices))
            self._keep_later(stream, record.spot)
            self._queue.remove(client, text_key(stream, record.spot))
            replica.refresh(Touched(record.spot[0]))

    def begin_anew(self) -> None:
        """Another page has the queue now."""
        self._found.clear()
        self._typed_at.clear()
        self._kept.clear()
        self._edits.clear()

    def _keep_later(self, stream: str, spot: Spot) -> None:
        """Keeps what was typed and has no number yet."""
        key = text_key(stream, spot)
        writing = self._follows.get(stream).replica.writing(spot)
        kept = None if writing is None else writing.later_kept
        if kept is not None:
            record = Record("text", 2**53 - 1, stream, 0, {}, (), spot, *kept)
            self._queue.put(self._outbox.client, key, record)
            self._kept.add(key)
        elif key in self._kept:
            self._kept.discard(key)
            self._queue.remove(self._outbox.client, key)
