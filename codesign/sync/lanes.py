"""A board and the lane in which this person writes in silence, as one. Twin of static/js/board/lanes.js."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from codesign.core.lanes import Lane
from codesign.core.permissions import LEADS
from codesign.core.stream import Item, id_of
from codesign.sync.pending import Op, Pending
from codesign.sync.replica import View
from codesign.sync.sync import Listener, Sync

Message = dict[str, Any]
#: What goes to the lane while writing is silent.
HIDDEN_OPS = ("create_note", "read_place")


@dataclass(slots=True)
class Own:
    """A lane of this person."""

    silence: int = 0
    #: Items of it that have been on the board: what becomes of them is the board's matter.
    arrived: set[str] = field(default_factory=set)


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
        self._told: dict[str, list[Listener]] = {"change": [], "unfollowed": []}
        #: The lane of the silence that is on, or was last.
        self._lane = ""
        #: All that this page has followed: the next silence may begin before the last is on the board.
        self._lanes: dict[str, Own] = {}
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
        board, own = super().view(self._board), self._lanes[self._lane]
        confirmed = self.confirmed(self._lane).items
        revealed = self._is_revealed(own)
        return {
            item_id: item
            for item_id, item in super().view(self._lane).items.items()
            if not item.get("released")
            and item_id not in board.items
            and item_id not in own.arrived
            and not (revealed and item_id in confirmed)
        }

    @property
    def hidden_places(self) -> dict[str, tuple[int, int]]:
        """Where this person put what the board shows, by placement, while nobody else knows."""
        if not self._lane or self._is_revealed(self._lanes[self._lane]):
            return {}
        fields = super().view(self._lane).fields
        return {
            key[2:]: (x, fields[f"y/{key[2:]}"])
            for key, x in fields.items()
            if key.startswith("x/") and x is not None
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
        if kind in self._told:
            self._told[kind].append(listener)
        else:
            super().on(kind, listener)

    def holds(self, pending: Pending) -> bool:
        """The reveal is under way: what was typed meanwhile goes on on the board."""
        if pending.stream not in self._lanes or pending.spot is None:
            return False
        item = self.confirmed(pending.stream).items.get(pending.spot[0] or "")
        is_hidden = super().view(self._workshop).fields.get("hidden") is not None
        is_over = pending.stream != self._lane or not is_hidden
        return item is not None and (is_over or bool(item.get("released")))

    # Inside

    def _target_of(self, op: Op) -> str:
        if op.get("id") in self.hidden:
            return self._lane
        return self._lane if op["type"] in HIDDEN_OPS and self.hides else self._board

    def _stream_of(self, stream: str, item_id: str | None) -> str:
        return self._lane if stream == self._board and item_id in self.hidden else stream

    def _is_revealed(self, own: Own) -> bool:
        return bool(super().view(self._board).fields.get("revealed", 0) >= own.silence)

    def _hear(self, event: Message) -> None:
        stream = event["stream"]
        if stream == self._workshop:
            self._choose()
        is_about_notes = stream == self._board or stream in self._lanes
        if is_about_notes:
            self._arrive()
        if stream == self._lane:
            self._pass("change", {**event, "stream": self._board, "ids": None, "entries": None})
        elif not stream.startswith("lane:"):
            self._pass("change", event)
        if is_about_notes:
            for lane, own in list(self._lanes.items()):
                self._go_on(lane, own)

    def _pass(self, kind: str, event: Message) -> None:
        for listener in self._told[kind]:
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
        self._lane = lane
        self._lanes.setdefault(lane, Own(silence))
        if hidden == "anonymous":
            self.ask_nameless(lane)
        self.follow(lane)

    def _arrive(self) -> None:
        there = super().view(self._board).items
        for lane, own in self._lanes.items():
            own.arrived |= super().view(lane).items.keys() & there.keys()

    def _go_on(self, lane: str, own: Own) -> None:
        """What is written in a note that is on the board now, and undo, goes on there.

        Of a note that was taken away there before we saw it, the board refuses the words, so that they are given back.
        """
        known = self.confirmed(lane)
        closed = bool(known.fields.get("closed"))
        is_over = closed and lane not in self._nameless and self._is_revealed(own)
        for item_id in sorted(own.arrived | (known.items.keys() if is_over else set())):
            if closed or known.items.get(item_id, {}).get("released"):
                self.carry(lane, self._board, item_id)
        if closed and self._is_revealed(own):
            self.carry_undo(lane, self._board)
            self.rest(lane)

    def _lose(self, event: Message) -> None:
        if not event["stream"].startswith("lane:"):
            self._pass("unfollowed", event)
        elif event["code"] == "unknown":
            self.give_up(event["stream"])
            self.unfollow(event["stream"])
            self._lanes.pop(event["stream"], None)
            self._lane = "" if event["stream"] == self._lane else self._lane
