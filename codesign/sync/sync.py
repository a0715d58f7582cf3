"""What a person asks, laid over what is confirmed until the answer is there. Twin of sync.js."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from codesign.core.changes import Change
from codesign.core.limits import MESSAGE_BYTES, TEXT_BYTES
from codesign.core.stream import State
from codesign.core.text import apply_splices
from codesign.sync.dialogue import Dialogue
from codesign.sync.expected import Author, expected_of
from codesign.sync.follows import Follows
from codesign.sync.outbox import Message, Outbox
from codesign.sync.pending import Op, Pending
from codesign.sync.queue import MemoryQueue, Queue, Record
from codesign.sync.replica import Touched, View
from codesign.sync.takeover import Takeover
from codesign.sync.texts import Texts
from codesign.sync.undo import Step, Undo

#: Of the 64 KiB of a message, this much is for the op.
OP_BYTES = MESSAGE_BYTES - 512
#: What everyone has seen, or has acted on, is not taken back with a key.
FINAL = frozenset({"release_lane", "send_message", "spotlight_item", "take_help"})
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
        #: The paper of this person's city, which new notes are expected to get.
        self.paper = "stone"
        #: Set by whoever has a socket.
        self.send: Listener = lambda message: None
        self._now = now
        self._make_id = make_id
        self._listeners: dict[str, list[Listener]] = {}
        #: Streams in which nothing that is asked may say whose it is.
        self._nameless: set[str] = set()
        queue = queue or MemoryQueue(now)
        self._follows = Follows(fetch, now, self._lost, self._diverged)
        self._outbox = Outbox(client, queue, now, self._send, self._seq_for_sending)
        self._undo = Undo(self._ask_undo, self.view, self._is_typing)
        self._texts = Texts(self._outbox, self._follows, queue, self._typed, self._undo.forget, now)
        parts = (self._outbox, self._follows, self._texts, self._undo)
        self._takeover = Takeover(*parts, self._show)
        self._dialogue = Dialogue(
            *parts,
            send=self._send,
            tell=self._tell,
            show=self._show,
            lay=self._lay,
            holds=self.holds,
        )

    # What is seen

    @property
    def client(self) -> str:
        return self._outbox.client

    @property
    def epoch(self) -> str | None:
        return self._dialogue.epoch

    @property
    def is_online(self) -> bool:
        return self._dialogue.is_welcome

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
        """Asks an op. The view shows what is expected of it at once.

        Raises ValueError when no message can carry it; an `all` is for the asker to divide.
        """
        if len(json.dumps(op, ensure_ascii=False).encode()) > OP_BYTES:
            raise ValueError("the op does not fit a message of 64 KiB")
        if op["type"] == "edit_text":
            return self._ask_splices(stream, op)
        changes = expected_of(op, self.view(stream), Author(self.me, self._now(), self.paper))
        inverse = self._undo.inverse(stream, changes)
        pending = self._ask(stream, op, changes)
        # A workshop itself has no undo, nor has an inbox (core/decide.py).
        if op["type"] not in FINAL and not stream.startswith(("workshop:", "inbox:")):
            self._undo.did(Step(stream, [pending.n], None, self._now(), changes, inverse))
        return pending.n

    def edit_text(self, stream: str, item_id: str | None, field: str, text: str) -> int | None:
        """What a text field holds now. Goes out at once, or after the edit that is unanswered."""
        if len(text.encode()) > TEXT_BYTES:
            raise ValueError("no text field holds so much")
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
        if not self._dialogue.is_welcome or followed is None or not followed.is_followed:
            return False
        self.send({"type": "presence", "stream": stream, **shown})
        return True

    # What the server tells

    def opened(self) -> Message:
        """The first message of a new socket (P6.2)."""
        return self._dialogue.opened()

    def closed(self) -> None:
        """The socket is gone."""
        self._dialogue.closed()

    def receive(self, message: Message) -> None:
        self._dialogue.receive(message)

    def load(self, stream: str, snapshot: Message) -> None:
        """A snapshot (P7.1). From then on the stream is followed; expectations stay laid over it."""
        self._dialogue.load(stream, snapshot)

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

    def carry(self, stream: str, to: str, item_id: str) -> None:
        """An item is in another stream now, under the same id: what is written in it goes on there."""
        self._texts.carry(stream, to, item_id)

    def carry_undo(self, stream: str, to: str) -> None:
        """What was done in one stream is taken back in another from now on."""
        self._undo.carry(stream, to)

    def rest(self, stream: str) -> None:
        """Lets go of a stream once nothing of ours is under way in it."""
        is_busy = any(pending.stream == stream for pending in self._outbox.all)
        if stream in self._follows.streams and not is_busy and not self._texts.is_busy(stream):
            self.unfollow(stream)

    def give_up(self, stream: str) -> None:
        """The stream takes nothing any more: what was asked of it and is unanswered is given back."""
        self._dialogue.give_up(stream)

    def ask_nameless(self, stream: str) -> None:
        """What is asked of this stream goes under a client of its own."""
        self._nameless.add(stream)
        self._outbox.ask_nameless(stream, self._make_id())

    def adopt(self, queues: Iterable[tuple[str, Sequence[Record]]]) -> None:
        """Queues that other pages left; before `opened`, for the acks tell what is on disk (P6.3)."""
        for client, records in queues:
            for record in sorted(records, key=lambda each: each.n):
                if record.kind == "text":
                    self._texts.adopt(client, record)
                else:
                    self._outbox.adopt(client, record)
                self.follow(record.stream)

    def held(self, until: int) -> None:
        """The lease on this page's queue lasts until then (ms), at least."""
        self._takeover.held_until = until

    def dispossessed(self) -> None:
        """Another page took our queue while we slept: it sends what was in it, we begin anew."""
        late = self._takeover.happened(self._make_id())
        for stream in sorted(self._nameless):
            self._outbox.ask_nameless(stream, self._make_id())
        for words in late:
            self._tell("refused", words)

    def beat(self) -> None:
        """Once a second or so: asks again what could not be saved, fetches what did not come."""
        self._outbox.beat()
        self._follows.beat()

    def holds(self, pending: Pending) -> bool:
        """Whether an edit that came too late for its stream waits until its item is in another one."""
        return False

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

    # Telling

    def _lost(self, stream: str) -> None:
        self._dialogue.unfollowed({"type": "unfollowed", "stream": stream, "code": "unknown"})

    def _diverged(self, stream: str) -> None:
        self._tell("diverged", {"stream": stream})

    def _show(self, stream: str, touch: Touched, entries: list[Message] | None = None) -> None:
        if touch.ids or entries:
            self._follows.get(stream).replica.refresh(touch)
            self._tell("change", {"stream": stream, "ids": touch.ids, "entries": entries})

    def _tell(self, kind: str, event: Message) -> None:
        for listener in self._listeners.get(kind, ()):
            listener(event)
