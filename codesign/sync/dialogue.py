"""What the server tells a page, and what the page does about it (protocol 5 to 7). Twin of dialogue.js."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from codesign.core.stream import State
from codesign.core.text import BadSplice
from codesign.sync.arrivals import Arrivals
from codesign.sync.follows import Followed, Follows
from codesign.sync.outbox import Outbox
from codesign.sync.pending import BASE_AT_SENDING, Pending
from codesign.sync.replica import Spot, Touched
from codesign.sync.texts import Texts
from codesign.sync.undo import Undo
from codesign.sync.withdrawals import Withdrawals

Message = dict[str, Any]
PROTOCOL = 1
#: What may come between `welcome` and the end of the acks.
BEFORE_TAILS = frozenset({"welcome", "ack", "refused", "presence"})
#: Frames kept while a snapshot is on its way; beyond it the tail is asked for again.
MOST_WAITING = 5_000
#: An entry that never comes.
HELD = 2**53


class Show(Protocol):
    def __call__(
        self, stream: str, touch: Touched, entries: list[Message] | None = None
    ) -> None: ...


class Dialogue:
    """Hello and welcome, acks and refusals, entries, snapshots, another life of the database."""

    def __init__(
        self,
        outbox: Outbox,
        follows: Follows,
        texts: Texts,
        undo: Undo,
        *,
        send: Callable[[Message], None],
        tell: Callable[[str, Message], None],
        show: Show,
        lay: Callable[[Pending], None],
        holds: Callable[[Pending], bool],
    ) -> None:
        self._outbox = outbox
        self._follows = follows
        self._texts = texts
        self._undo = undo
        self._withdrawals = Withdrawals(outbox, follows, texts, undo)
        self._arrivals = Arrivals(self._withdrawals.forget)
        self._send = send
        self._tell = tell
        self._show = show
        self._lay = lay
        #: Whether an edit that comes too late for its stream goes on in another one soon.
        self._holds = holds
        self._is_live = False
        #: The database has begun another life; unanswered ops that are not in it are asked anew.
        self._is_new_epoch = False
        self.is_welcome = False
        self.epoch: str | None = None

    def opened(self) -> Message:
        """The first message of a new socket (P6.2)."""
        return {
            "type": "hello",
            "protocol": PROTOCOL,
            "epoch": self.epoch,
            "clients": self._outbox.lowest(),
            "follow": self._follows.positions(),
        }

    def closed(self) -> None:
        """The socket is gone."""
        self.is_welcome = self._is_live = False
        self._outbox.close()
        self._follows.closed()

    def receive(self, message: Message) -> None:
        kind = message["type"]
        if self.is_welcome and not self._is_live and kind not in BEFORE_TAILS:
            self._go_live()
        match kind:
            case "welcome":
                self._welcome(message)
            case "changes":
                self._changes(message)
            case "ack":
                self._acked(message)
            case "refused":
                self._refused(message)
            case "unfollowed":
                self.unfollowed(message)
            case "beacon":
                self._follows.beacon(message)
            case _:
                self._tell(kind, message)

    def load(self, stream: str, snapshot: Message) -> None:
        """A snapshot (P7.1). From then on the stream is followed; expectations stay laid over it."""
        followed = self._follows.get(stream)
        followed.is_loading = False
        if self.epoch is not None and snapshot["epoch"] != self.epoch:
            if self.is_welcome:
                return self._follows.reload(stream)
            self._new_epoch(fresh=stream)
        self.epoch = snapshot["epoch"]
        known = followed.replica.seq
        state = snapshot["state"]
        items = {item["id"]: item for item in state["items"]}
        settled = self._arrivals.settle_up_to(stream, snapshot["seq"], self._outbox.all)
        followed.replica.reset(snapshot["seq"], State(state["fields"], items), settled)
        self._follows.loaded(followed)
        self._tell("change", {"stream": stream, "ids": None, "entries": None})
        self._catch_up(stream, followed, known)
        if self._is_live:
            self._go_on(stream)

    # Answers

    def _welcome(self, message: Message) -> None:
        self.is_welcome = True
        if self.epoch is not None and message["epoch"] != self.epoch:
            self._new_epoch()
        self.epoch = message["epoch"]
        last = message["last"]
        self._outbox.welcomed(last)
        for stream, followed in list(self._follows.streams.items()):
            if followed.is_loaded and not followed.is_followed:
                self._tell_follow(stream, followed)
        if self._outbox.expects_acks(last):
            # The end of the acks has no mark of its own; the answer to a ping comes after it.
            self._send({"type": "ping"})
        else:
            self._go_live()

    def _go_live(self) -> None:
        """All acks are in: what is still unanswered is asked again, in order."""
        self._is_live = True
        if self._is_new_epoch:
            for pending in self._outbox.all:
                self._ask_anew(pending)
        self._is_new_epoch = False
        self._outbox.open()
        for stream in list(self._follows.streams):
            self._go_on(stream)

    def _go_on(self, stream: str) -> None:
        followed = self._follows.get(stream)
        if not followed.is_loaded or followed.is_loading:
            return
        for pending in self._outbox.all:
            if pending.stream != stream or pending.acked is not None:
                continue
            if not pending.is_laid:
                self._resume(pending)
            self._outbox.offer(pending)
        self._texts.resume_found(stream)
        self._texts.flush_all(stream)

    def _resume(self, pending: Pending) -> None:
        """Adopted, and now known not to be on disk."""
        if pending.spot is None:
            self._lay(pending)
        else:
            self._texts.resume(pending, pending.spot)

    def _acked(self, message: Message) -> None:
        stream, seq = message["stream"], message["seq"]
        pending = self._outbox.find(message["client"], message["n"])
        if pending is None or pending.acked is not None:
            return
        self._outbox.acked(pending, seq)
        followed = self._follows.get(stream)
        is_in = followed.is_loaded and not followed.is_loading and seq <= followed.replica.seq
        if pending.is_laid and not is_in:
            self._arrivals.expect(pending, seq)
        else:
            touch = Touched()
            self._withdrawals.forget(pending, touch)
            self._texts.withdraw(pending, touch)
            self._show(stream, touch)
        if pending.spot is not None:
            self._texts.flush(stream, pending.spot)

    def _changes(self, message: Message) -> None:
        stream = message["stream"]
        followed = self._follows.streams.get(stream)
        if followed is None:
            return
        if followed.is_loading or not followed.is_loaded:
            return _keep_waiting(followed, message)
        replica = followed.replica
        if message["to"] <= replica.seq:
            return
        touch = Touched()
        try:
            self._arrivals.apply(stream, replica, message, touch)
        except BadSplice:
            return self._follows.reload(stream)
        self._show(stream, touch, message["entries"])
        self._texts.flush_all(stream)

    def _refused(self, message: Message) -> None:
        n, code, data = message["n"], message["code"], message.get("data") or {}
        pending = self._outbox.find(message["client"], n)
        if pending is None:
            return self._tell("unasked", message)  # a ballot's, perhaps
        if pending.acked is not None:
            return
        if code in ("rate", "unavailable"):
            self._outbox.retry_later(pending)
        elif code == "unknown" and self._withdrawals.waits_for_create(pending):
            # The answer to this number is settled; the item may still come to be.
            self._outbox.renumber(pending)
            self._undo.renumber(n, pending.n)
            self._outbox.retry_later(pending)
        elif code == "too_old" and pending.spot is not None:
            self._too_old(pending, pending.spot, data)
        elif code == "stage" and pending.spot and pending.is_laid and self._holds(pending):
            self._undo.forget(n)
            self._texts.untake(pending, pending.spot, HELD)
            self._show(pending.stream, Touched(pending.spot[0]))  # it may go on already
        else:
            text = self._withdrawals.words_of(pending)
            self._show(pending.stream, self._withdrawals.give_up(pending))
            event = {"stream": pending.stream, "n": n, "op": pending.op, "code": code, "data": data}
            self._tell("refused", event | ({"text": text} if text else {}))

    def _too_old(self, pending: Pending, spot: Spot, data: Message) -> None:
        """P5.6: the words are asked again, in terms of the text as it stands."""
        stream = pending.stream
        self._undo.forget(pending.n)
        if not pending.is_laid:
            return self._texts.take_up(pending, spot)
        writing = self._texts.untake(pending, spot, data["seq"])
        is_here = data["seq"] == self._follows.get(stream).replica.seq
        if is_here and data["text"] != writing.confirmed:
            self._follows.reload(stream)
        self._texts.flush(stream, spot)

    def unfollowed(self, message: Message) -> None:
        followed = self._follows.streams.get(message["stream"])
        if followed is not None:
            followed.is_followed = False
        if followed is not None and message["code"] == "too_old":
            self._follows.reload(message["stream"])
        else:
            self._tell("unfollowed", message)

    def give_up(self, stream: str) -> None:
        """The stream takes nothing any more: what was asked of it is given back."""
        told = {"stream": stream, "code": "stage", "data": {}}
        for pending in self._outbox.all:
            is_open = pending.stream == stream and pending.acked is None
            if not is_open or self._outbox.find(*pending.name) is None:
                continue
            words = self._withdrawals
            text = words.words_of(pending) or words.words_asked(pending)
            self._show(stream, self._withdrawals.give_up(pending))
            event = {**told, "n": pending.n, "op": pending.op}
            self._tell("refused", event | ({"text": text} if text else {}))
        touch = Touched()
        given = [*self._texts.give_up_typed(stream, touch), *self._texts.give_up_found(stream)]
        self._show(stream, touch)
        for text in given:
            self._tell("refused", {**told, "n": 0, "op": None, "text": text})

    # Snapshots and epochs

    def _catch_up(self, stream: str, followed: Followed, known: int) -> None:
        """What came while the snapshot was on its way."""
        waiting, followed.waiting = followed.waiting, []
        seq = followed.replica.seq
        following = next((message for message in waiting if message["to"] > seq), None)
        has_hole = seq < known or (following is not None and following["from"] > seq + 1)
        if self.is_welcome and (not followed.is_followed or has_hole):
            self._tell_follow(stream, followed)
        if not has_hole:
            for message in waiting:
                self._changes(message)

    def _tell_follow(self, stream: str, followed: Followed) -> None:
        followed.is_followed = True
        self._send({"type": "follow", "stream": stream, "seq": followed.replica.seq})

    def _new_epoch(self, fresh: str | None = None) -> None:
        """Another life of the database: nothing that was known counts but `fresh`, just fetched.

        What was acked but not seen may be lost with the old one. What is unanswered is asked anew
        once the acks are in.
        """
        self._is_new_epoch = True
        self._undo.clear()
        self._arrivals.clear()
        for pending in self._outbox.all:
            if pending.acked is not None:
                touch = Touched()
                self._withdrawals.forget(pending, touch)
                self._texts.withdraw(pending, touch)
                self._show(pending.stream, touch)
        for stream, followed in list(self._follows.streams.items()):
            followed.waiting.clear()
            if followed.is_loaded and stream != fresh:
                self._follows.reload(stream)
        self._texts.wait_no_more()

    def _ask_anew(self, pending: Pending) -> None:
        """Under a new number: what stood under the old one may speak of entries that never were."""
        if pending.acked is not None:
            return
        if pending.spot is not None and pending.is_laid:
            self._texts.untake(pending, pending.spot, 0)
        else:
            pending.base = BASE_AT_SENDING
            self._outbox.renumber(pending)


def _keep_waiting(followed: Followed, message: Message) -> None:
    followed.waiting.append(message)
    if len(followed.waiting) > MOST_WAITING:
        followed.waiting.clear()
