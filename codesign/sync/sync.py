"""What a person asked and what the server answered (docs/protocol.md 4 to 7). Twin of sync.js."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from codesign.core.changes import Change, from_wire
from codesign.core.stream import State
from codesign.core.text import BadSplice, apply_splices
from codesign.sync.expected import Author, expected_of
from codesign.sync.follows import Followed, Follows
from codesign.sync.outbox import Message, Outbox
from codesign.sync.pending import BASE_AT_SENDING, Op, Pending
from codesign.sync.queue import MemoryQueue, Queue, Record
from codesign.sync.replica import Spot, Touched, View
from codesign.sync.texts import Texts
from codesign.sync.undo import Step, Undo

PROTOCOL = 1
#: What may come between `welcome` and the end of the acks.
BEFORE_TAILS = frozenset({"welcome", "ack", "refused", "presence"})
Listener = Callable[[Message], None]


class Sync:
    """A page's state machine: `send` is called with messages, `fetch` when a snapshot is wanted.

    Events (`on`): "change" {stream, ids (None: everything), entries}, "refused" {stream, n, op,
    code, data, text?}, "diverged" {stream}, and as the server sent them "presence", "unfollowed",
    "bye".
    """

    def __init__(
        self,
        *,
        me: str,
        client: str,
        now: Callable[[], int],
        fetch: Callable[[str], None] = lambda stream: None,
        make_id: Callable[[], str] = lambda: "",
        queue: Queue | None = None,
    ) -> None:
        self.me = me
        self.epoch: str | None = None
        #: The paper of this person's city, which new notes are expected to get.
        self.paper = "stone"
        #: Set by whoever has a socket.
        self.send: Listener = lambda message: None
        self._now = now
        self._make_id = make_id
        self._listeners: dict[str, list[Listener]] = {}
        #: Acked ops, by the entry that will bring them.
        self._coming: dict[tuple[str, int], list[Pending]] = {}
        self._is_welcome = self._is_live = self._is_new_epoch = False
        queue = queue or MemoryQueue(now)
        self._follows = Follows(fetch, now, self._lost, self._diverged)
        self._outbox = Outbox(client, queue, now, self._send, self._seq_for_sending)
        self._undo = Undo(self._ask_undo, self.view, self._is_typing)
        self._texts = Texts(self._outbox, self._follows, queue, self._typed, self._undo.forget)

    # What is seen

    @property
    def client(self) -> str:
        return self._outbox.client

    @property
    def is_online(self) -> bool:
        return self._is_welcome

    def view(self, stream: str) -> View:
        followed = self._follows.streams.get(stream)
        return View() if followed is None else followed.replica.view

    def confirmed(self, stream: str) -> State:
        """The state as confirmed, for tests and hashes."""
        followed = self._follows.streams.get(stream)
        return State() if followed is None else followed.replica.confirmed

    @property
    def unsent(self) -> int:
        """How many things this person did that are not on disk yet."""
        return self._outbox.unanswered + self._texts.waiting

    @property
    def can_undo(self) -> bool:
        return self._undo.can_undo

    @property
    def can_redo(self) -> bool:
        return self._undo.can_redo

    def is_loaded(self, stream: str) -> bool:
        followed = self._follows.streams.get(stream)
        return followed is not None and followed.is_loaded

    def on(self, kind: str, listener: Listener) -> None:
        self._listeners.setdefault(kind, []).append(listener)

    # What the person does

    def ask(self, stream: str, op: Op) -> int:
        """Asks an op. The view shows what is expected of it at once."""
        if op["type"] == "edit_text":
            return self._ask_splices(stream, op)
        changes = expected_of(op, self.view(stream), Author(self.me, self._now(), self.paper))
        inverse = self._undo.inverse(stream, changes)
        pending = self._ask(stream, op, changes)
        self._undo.did(Step(stream, [pending.n], None, self._now(), changes, inverse))
        return pending.n

    def edit_text(self, stream: str, item_id: str | None, field: str, text: str) -> int | None:
        """What a text field holds now. Goes out at once, or after the edit that is unanswered."""
        return self._texts.type(stream, (item_id, field), text)

    def composing(self, stream: str, item_id: str | None, field: str, on: bool) -> None:
        """An input method begins or ends to compose in a field. Others' words wait meanwhile."""
        self._texts.compose(stream, (item_id, field), on=on)

    def undo(self) -> bool:
        """Takes back the last thing this person did here. Whether there was anything."""
        return self._undo.undo()

    def redo(self) -> bool:
        return self._undo.redo()

    def show(self, stream: str, shown: Message) -> bool:
        """Tells others what this person is about (P8.1). Whether it could be told."""
        followed = self._follows.streams.get(stream)
        if not self._is_welcome or followed is None or not followed.is_followed:
            return False
        self.send({"type": "presence", "stream": stream, **shown})
        return True

    # What the server tells

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
        self._is_welcome = self._is_live = False
        self._outbox.close()
        self._follows.closed()

    def receive(self, message: Message) -> None:
        kind = message["type"]
        if self._is_welcome and not self._is_live and kind not in BEFORE_TAILS:
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
                self._unfollowed(message)
            case "beacon":
                self._follows.beacon(message)
            case _:
                self._tell(kind, message)

    def load(self, stream: str, snapshot: Message) -> None:
        """A snapshot (P7.1). From then on the stream is followed; expectations stay laid over it."""
        followed = self._follows.get(stream)
        followed.is_loading = False
        if self.epoch is not None and snapshot["epoch"] != self.epoch:
            if self._is_welcome:
                return self._follows.reload(stream)
            self._new_epoch()
        self.epoch = snapshot["epoch"]
        known = followed.replica.seq
        state = snapshot["state"]
        items = {item["id"]: item for item in state["items"]}
        settled = self._settle_up_to(stream, snapshot["seq"])
        followed.replica.reset(snapshot["seq"], State(state["fields"], items), settled)
        self._follows.loaded(followed)
        self._tell("change", {"stream": stream, "ids": None, "entries": None})
        self._catch_up(stream, followed, known)
        if self._is_live:
            self._go_on(stream)

    def fetch_failed(self, stream: str, status: int = 0) -> None:
        """The snapshot did not come; `status` is that of HTTP, 0 when there was no answer."""
        self._follows.failed(stream, status)

    def follow(self, stream: str) -> None:
        """Follows a stream: fetches its snapshot, and goes on from there."""
        followed = self._follows.get(stream)
        if not followed.is_loaded and not followed.is_loading:
            self._follows.reload(stream)

    def unfollow(self, stream: str) -> None:
        followed = self._follows.streams.pop(stream, None)
        if followed is not None and followed.is_followed:
            self.send({"type": "unfollow", "stream": stream})

    def adopt(self, queues: Iterable[tuple[str, Sequence[Record]]]) -> None:
        """Queues that other pages left; before `opened`, for the acks tell what is on disk (P6.3)."""
        for client, records in queues:
            for record in sorted(records, key=lambda each: each.n):
                if record.kind == "text":
                    self._texts.adopt(client, record)
                else:
                    self._outbox.adopt(client, record)
                self.follow(record.stream)

    def dispossessed(self) -> None:
        """Another page took our queue while we slept: it sends what was in it, we begin anew."""
        left = [pending for pending in self._outbox.all if pending.is_laid]
        self._outbox.begin_anew(self._make_id())
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

    def beat(self) -> None:
        """Once a second or so: asks again what could not be saved, fetches what did not come."""
        self._outbox.beat()
        self._follows.beat()

    # Asking

    def _ask(self, stream: str, op: Op, changes: Sequence[Change]) -> Pending:
        pending = self._outbox.add(stream, op, self._follows.get(stream).replica.seq, changes)
        self._lay(pending)
        self._outbox.offer(pending)
        return pending

    def _ask_undo(self, stream: str, n: int, changes: Sequence[Change]) -> int:
        return self._ask(stream, {"type": "undo", "n": n}, changes).n

    def _ask_splices(self, stream: str, op: Op) -> int:
        shown = self._follows.get(stream).replica.write((op["id"], op["field"])).shown
        splices = [(at, removed, inserted) for at, removed, inserted in op["splices"]]
        text = apply_splices(shown, splices)
        return self.edit_text(stream, op["id"], op["field"], text) or 0

    def _typed(self, pending: Pending, burst: str) -> None:
        self._undo.typed(burst, Step(pending.stream, [pending.n], burst, self._now()))

    def _is_typing(self, stream: str, burst: str) -> bool:
        return self._texts.is_typing(stream, burst)

    def _lay(self, pending: Pending) -> None:
        if not pending.is_laid:
            pending.is_laid = True
            touch = Touched()
            self._follows.get(pending.stream).replica.lay(pending.layers, touch)
            self._show(pending.stream, touch)

    def _send(self, message: Message) -> None:
        self.send(message)

    def _seq_for_sending(self, stream: str) -> int | None:
        followed = self._follows.streams.get(stream)
        if followed is None:
            return 0
        return None if followed.is_loading else followed.replica.seq

    # Answers

    def _welcome(self, message: Message) -> None:
        self._is_welcome = True
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
            self.send({"type": "ping"})
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
            self._coming.setdefault((stream, seq), []).append(pending)
        else:
            touch = Touched()
            self._forget(pending, touch)
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
            return followed.waiting.append(message)
        replica = followed.replica
        if message["to"] <= replica.seq:
            return
        touch = Touched()
        try:
            if message["from"] > replica.seq + 1:
                raise BadSplice
            for entry in message["entries"]:
                if entry["seq"] > replica.seq:
                    self._apply(stream, followed, entry, touch)
        except BadSplice:
            return self._follows.reload(stream)
        self._show(stream, touch, message["entries"])
        self._texts.flush_all(stream)

    def _apply(self, stream: str, followed: Followed, entry: Message, touch: Touched) -> None:
        replica = followed.replica
        if entry["seq"] != replica.seq + 1:
            raise BadSplice
        own = self._coming.pop((stream, entry["seq"]), [])
        text = next((pending.spot for pending in own if pending.spot is not None), None)
        replica.apply(entry["seq"], map(from_wire, entry["changes"]), text, touch)
        for pending in own:
            self._forget(pending, touch)
            if pending.spot is not None:
                replica.settle(pending.spot, touch)

    def _refused(self, message: Message) -> None:
        n, code, data = message["n"], message["code"], message.get("data") or {}
        pending = self._outbox.find(message["client"], n)
        if pending is None or pending.acked is not None:
            return
        if code in ("rate", "unavailable"):
            self._outbox.retry_later(pending)
        elif code == "unknown" and self._waits_for_create(pending):
            # The answer to this number is settled; the item may still come to be.
            self._outbox.renumber(pending)
            self._undo.renumber(n, pending.n)
            self._outbox.retry_later(pending)
        elif code == "too_old" and pending.spot is not None:
            self._too_old(pending, pending.spot, data)
        else:
            text = self._words_of(pending)
            self._give_up(pending)
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

    def _unfollowed(self, message: Message) -> None:
        followed = self._follows.streams.get(message["stream"])
        if followed is not None:
            followed.is_followed = False
        if followed is not None and message["code"] == "too_old":
            self._follows.reload(message["stream"])
        else:
            self._tell("unfollowed", message)

    def _lost(self, stream: str) -> None:
        self._unfollowed({"type": "unfollowed", "stream": stream, "code": "unknown"})

    def _diverged(self, stream: str) -> None:
        self._tell("diverged", {"stream": stream})

    # Snapshots and epochs

    def _settle_up_to(self, stream: str, seq: int) -> list[Spot]:
        """What is in a snapshot of `seq` needs no expectation. The texts it settles."""
        settled: list[Spot] = []
        for pending in self._outbox.all:
            if pending.stream != stream or pending.acked is None or pending.acked > seq:
                continue
            self._forget(pending, Touched())
            self._coming.pop((stream, pending.acked), None)
            if pending.spot is not None and pending.is_laid:
                settled.append(pending.spot)
        return settled

    def _catch_up(self, stream: str, followed: Followed, known: int) -> None:
        """What came while the snapshot was on its way."""
        waiting, followed.waiting = followed.waiting, []
        seq = followed.replica.seq
        following = next((message for message in waiting if message["to"] > seq), None)
        has_hole = seq < known or (following is not None and following["from"] > seq + 1)
        if self._is_welcome and (not followed.is_followed or has_hole):
            self._tell_follow(stream, followed)
        if not has_hole:
            for message in waiting:
                self._changes(message)

    def _tell_follow(self, stream: str, followed: Followed) -> None:
        followed.is_followed = True
        self.send({"type": "follow", "stream": stream, "seq": followed.replica.seq})

    def _new_epoch(self) -> None:
        """Another life of the database: nothing that was known counts.

        What was acked but not seen may be lost with the old one. What is unanswered is asked anew
        once the acks are in.
        """
        self._is_new_epoch = True
        self._undo.clear()
        self._coming.clear()
        for pending in self._outbox.all:
            if pending.acked is not None:
                self._forget(pending, Touched())
                self._texts.withdraw(pending, Touched())
        for stream, followed in list(self._follows.streams.items()):
            followed.waiting.clear()
            if followed.is_loaded:
                self._follows.reload(stream)

    def _ask_anew(self, pending: Pending) -> None:
        """Under a new number: what stood under the old one may speak of entries that never were."""
        if pending.acked is not None:
            return
        if pending.spot is not None and pending.is_laid:
            self._texts.untake(pending, pending.spot, 0)
        else:
            pending.base = BASE_AT_SENDING
            self._outbox.renumber(pending)

    # Taking back

    def _forget(self, pending: Pending, touch: Touched) -> None:
        """An op is answered: its expectation goes."""
        self._outbox.remove(pending)
        self._texts.forget(pending)
        followed = self._follows.streams.get(pending.stream)
        if pending.is_laid and followed is not None:
            followed.replica.lift(pending.layers, touch)

    def _give_up(self, pending: Pending) -> None:
        """Takes back what a refused op expected, and what was asked of items that will never be."""
        stream, never, touch = pending.stream, pending.made, Touched()
        self._undo.forget(pending.n)
        self._forget(pending, touch)
        if pending.spot is not None and pending.is_laid:
            self._texts.abandon(stream, pending.spot, touch)
        for other in self._outbox.all if never else []:
            if other.stream == stream and other.acked is None and other.is_only_of(never):
                self._undo.forget(other.n)
                self._forget(other, touch)
        for spot, _ in list(self._follows.get(stream).replica.writings()):
            if spot[0] in never:
                self._texts.abandon(stream, spot, touch)
        self._show(stream, touch)

    def _words_of(self, pending: Pending) -> str:
        """The latest words of what was refused, to be offered back."""
        replica = self._follows.get(pending.stream).replica
        if pending.spot is not None:
            writing = replica.writing(pending.spot) if pending.is_laid else None
            if writing is not None:
                return writing.shown
            return "".join(inserted for _, _, inserted in pending.op["splices"])
        items = [replica.view.items.get(item_id, {}) for item_id in pending.made]
        fields = ("text", "title", "name", "label")
        words = [next((str(i[f]) for f in fields if f in i), "") for i in items]
        return "\n".join(filter(None, words))

    def _waits_for_create(self, pending: Pending) -> bool:
        """Its item was asked before it, and is unanswered too."""
        for other in self._outbox.all:
            if other is pending:
                return False
            is_same = other.stream == pending.stream and other.acked is None
            if is_same and pending.is_only_of(other.made):
                return True
        return False

    # Telling

    def _show(self, stream: str, touch: Touched, entries: list[Message] | None = None) -> None:
        if touch.ids or entries:
            self._follows.get(stream).replica.refresh(touch)
            self._tell("change", {"stream": stream, "ids": touch.ids, "entries": entries})

    def _tell(self, kind: str, event: Message) -> None:
        for listener in self._listeners.get(kind, ()):
            listener(event)
