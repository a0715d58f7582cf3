"""A board and the lane in which this person writes in silence, as one. Twin of static/js/board/lanes.js."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from codesign.core.lanes import Lane
from codesign.core.permissions import LEADS
from codesign.core.stream import Item, id_of
from codesign.sync.pending import Op, Pending
from codesign.sync.replica import View
from codesign.sync.sync import Listener, Sync

Message = dict[str, Any]


class Lanes(Sync):
    """`token` gives the key of a lane without a name, by board and silence."""

    def __init__(
        self,
        *,
        board: str,
        workshop: str,
        token: Callable[[str], str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._board = board
        self._workshop = workshop
        self._token = token or (lambda silence: self.me)
        self._own: dict[str, list[Listener]] = {"change": [], "unfollowed": []}
        #: The lane of the silence that is on, or was last.
        self._lane = ""
        self._silence = 0
        #: Items of the lane that have been on the board: what becomes of them is the board's matter.
        self._arrived: set[str] = set()
        self._carried: set[str] = set()
        super().on("change", self._hear)
        super().on("unfollowed", self._lose)

    # What is seen

    def view(self, stream: str) -> View:
        seen = super().view(stream)
        if stream != self._board or not (hidden := self.hidden):
            return seen
        return View(seen.seq, seen.fields, {**seen.items, **hidden})

    @property
    def hidden(self) -> dict[str, Item]:
        """The notes that only this person sees."""
        if not self._lane:
            return {}
        board = super().view(self._board)
        confirmed = self.confirmed(self._lane).items
        revealed = self._is_revealed(board)
        return {
            item_id: item
            for item_id, item in super().view(self._lane).items.items()
            if not item.get("released")
            and item_id not in board.items
            and item_id not in self._arrived
            and not (revealed and item_id in confirmed)
        }

    @property
    def hides(self) -> bool:
        """Whether what this person writes now goes to their lane."""
        workshop = super().view(self._workshop)
        leads = workshop.items.get(self.me, {}).get("role") in LEADS
        return workshop.fields.get("stage") == "silent" and not leads and self._lane != ""

    # What the person does

    def ask(self, stream: str, op: Op) -> int:
        if stream != self._board:
            return super().ask(stream, op)
        ops = op["ops"] if op["type"] == "all" else [op]
        targets = [self._target_of(one) for one in ops]
        if len(set(targets)) == 1:
            return super().ask(targets[0], op)
        ns = []
        for target in dict.fromkeys(targets):
            own = [one for one, other in zip(ops, targets, strict=True) if other == target]
            ns.append(super().ask(target, own[0] if len(own) == 1 else {"type": "all", "ops": own}))
        return ns[0]

    def edit_text(self, stream: str, item_id: str | None, field: str, text: str) -> int | None:
        return super().edit_text(self._stream_of(stream, item_id), item_id, field, text)

    def composing(self, stream: str, item_id: str | None, field: str, on: bool) -> None:
        super().composing(self._stream_of(stream, item_id), item_id, field, on)

    def show(self, stream: str, shown: Message) -> bool:
        """Where somebody points would tell what they write."""
        return False if stream == self._board and self.hides else super().show(stream, shown)

    def release(self) -> None:
        """My notes so far are for everyone, before the others'."""
        if self.hidden:
            super().ask(self._lane, {"type": "release_lane"})

    def on(self, kind: str, listener: Listener) -> None:
        """As in Sync; the lane's changes are told as the board's."""
        if kind in self._own:
            self._own[kind].append(listener)
        else:
            super().on(kind, listener)

    def holds(self, pending: Pending) -> bool:
        """The reveal is under way: what was typed meanwhile goes on on the board."""
        if pending.stream != self._lane or pending.spot is None:
            return False
        item = self.confirmed(self._lane).items.get(pending.spot[0] or "")
        hidden = super().view(self._workshop).fields.get("hidden")
        return item is not None and (hidden is None or bool(item.get("released")))

    # Inside

    def _target_of(self, op: Op) -> str:
        if op.get("id") in self.hidden:
            return self._lane
        return self._lane if op["type"] == "create_note" and self.hides else self._board

    def _stream_of(self, stream: str, item_id: str | None) -> str:
        return self._lane if stream == self._board and item_id in self.hidden else stream

    def _is_revealed(self, board: View) -> bool:
        return bool(board.fields.get("revealed", 0) >= self._silence)

    def _hear(self, event: Message) -> None:
        stream = event["stream"]
        if stream == self._workshop:
            self._choose()
        if stream in (self._board, self._lane):
            self._arrive()
        if stream == self._lane:
            self._pass("change", {**event, "stream": self._board, "ids": None, "entries": None})
        elif not stream.startswith("lane:"):
            self._pass("change", event)
        if stream in (self._board, self._lane):
            self._go_on()

    def _pass(self, kind: str, event: Message) -> None:
        for listener in self._own[kind]:
            listener(event)

    def _choose(self) -> None:
        """Follows the lane of the silence that is on."""
        fields = super().view(self._workshop).fields
        hidden, silence = fields.get("hidden"), fields.get("silence")
        if hidden is None or silence is None:
            return
        board = id_of(self._board)
        key = self._token(f"{self.me}:{board}:{silence}") if hidden == "anonymous" else self.me
        lane = Lane(board, silence, key).stream
        if lane == self._lane:
            return
        self._lane, self._silence = lane, silence
        self._arrived, self._carried = set(), set()
        if hidden == "anonymous":
            self.ask_nameless(lane)
        self.follow(lane)

    def _arrive(self) -> None:
        if self._lane:
            there = super().view(self._board).items
            self._arrived |= super().view(self._lane).items.keys() & there.keys()

    def _go_on(self) -> None:
        """What is written in a note that is on the board now, and undo, goes on there."""
        lane = self.confirmed(self._lane)
        closed = bool(lane.fields.get("closed"))
        for item_id in sorted(self._arrived - self._carried):
            if closed or lane.items.get(item_id, {}).get("released"):
                self._carried.add(item_id)
                self.carry(self._lane, self._board, item_id)
        if closed and self._is_revealed(super().view(self._board)):
            self.carry_undo(self._lane, self._board)
            self.rest(self._lane)

    def _lose(self, event: Message) -> None:
        if not event["stream"].startswith("lane:"):
            self._pass("unfollowed", event)
        elif event["code"] == "unknown":
            self.give_up(event["stream"])
            self.unfollow(event["stream"])
            self._lane = "" if event["stream"] == self._lane else self._lane
