"""What a page can take back and do again (P4.9). Twin of static/js/board/undo.js."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem, inverse_of
from codesign.core.stream import State
from codesign.sync.replica import View, touched

#: A pause longer than this begins a new step.
BURST_MS = 2_000
MOST_STEPS = 200


@dataclass(slots=True, eq=False)
class Step:
    """Ops that go together: their numbers in the order asked, what they did, what takes it back."""

    stream: str
    ns: list[int]
    #: The text a burst of typing goes into.
    burst: str | None = None
    at: int = 0
    changes: Sequence[Change] = ()
    inverse: Sequence[Change] = field(default=())


class Undo:
    """`ask` asks the undo of an n; `is_typing` tells whether a text has typing without a number."""

    def __init__(
        self,
        ask: Callable[[str, int, Sequence[Change]], int],
        view_of: Callable[[str], View],
        is_typing: Callable[[str, str], bool],
    ) -> None:
        self._ask = ask
        self._view_of = view_of
        self._is_typing = is_typing
        self._done: list[Step] = []
        self._undone: list[Step] = []
        #: Steps to take back once their typing has got its number.
        self._soon: dict[str, Step] = {}

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def inverse(self, stream: str, changes: Sequence[Change]) -> tuple[Change, ...]:
        """What would take these changes back, to be found before they are laid."""
        view = self._view_of(stream)
        ids = [item_id for item_id in map(touched, changes) if item_id is not None]
        near = {item_id: view.items[item_id] for item_id in ids if item_id in view.items}
        return inverse_of(State(view.fields, near), changes)

    def did(self, step: Step) -> None:
        """A new op. What was undone before can no longer be done again."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        is_burst = last is not None and last.burst is not None and last.burst == step.burst
        if last is not None and is_burst and step.at - last.at < BURST_MS:
            last.ns += step.ns
            last.at = step.at
            return
        self._done.append(step)
        del self._done[:-MOST_STEPS]

    def typed(self, burst: str, step: Step) -> None:
        """Typing got its number."""
        waiting = self._soon.pop(burst, None)
        if waiting is None:
            return self.did(step)
        waiting.ns += step.ns
        self._undone.append(self._take_back(waiting))

    def undo(self) -> bool:
        """Takes back the last step. Whether there was any."""
        if not self._done:
            return False
        step = self._done.pop()
        if step.burst is not None and self._is_typing(step.stream, step.burst):
            self._soon[step.burst] = step
        else:
            self._undone.append(self._take_back(step))
        return True

    def redo(self) -> bool:
        """Does it again: takes the undo back."""
        if not self._undone:
            return False
        self._done.append(self._take_back(self._undone.pop()))
        return True

    def renumber(self, n: int, now: int) -> None:
        """The op has another number now."""
        for step in [*self._done, *self._undone]:
            step.ns = [now if other == n else other for other in step.ns]

    def forget(self, n: int) -> None:
        """An op that was refused changed nothing that could be taken back."""
        for stack in (self._done, self._undone):
            for step in reversed(stack):
                if n in step.ns:
                    step.ns.remove(n)
                    if not step.ns:
                        stack.remove(step)
                    break

    def carry(self, stream: str, to: str) -> None:
        """What was done in one stream is in another now, and is taken back there."""

        def carried(burst: str) -> str:
            return burst.replace(f"text {stream} ", f"text {to} ")

        for step in [*self._done, *self._undone, *self._soon.values()]:
            if step.stream == stream:
                step.stream = to
                step.burst = None if step.burst is None else carried(step.burst)
        self._soon = {carried(burst): step for burst, step in self._soon.items()}

    def clear(self) -> None:
        self._done.clear()
        self._undone.clear()
        self._soon.clear()

    def _take_back(self, step: Step) -> Step:
        expected = _still_mine(self._view_of(step.stream), step.changes, step.inverse)
        back = self.inverse(step.stream, expected)
        undos = [
            self._ask(step.stream, n, expected if n == step.ns[0] else ())
            for n in reversed(step.ns)
        ]
        return Step(step.stream, undos, step.burst, 0, expected, back)


def _still_mine(view: View, changes: Sequence[Change], inverse: Sequence[Change]) -> list[Change]:
    """Of what would take an op back, what stands as the op left it; the server skips the rest."""
    left = _left_by(changes)
    mine: list[Change] = []
    for change in inverse:
        item_id = touched(change)
        now = view.fields if item_id is None else view.items.get(item_id)
        match change:
            case PutItem():
                mine += [change] if now is None else []
            case DropItem():
                mine += [] if now is None else [change]
            case PatchItem(fields=fields) | PatchStream(fields=fields) if now is not None:
                was = left.get(item_id, {})
                same = {k: v for k, v in fields.items() if now.get(k) == was.get(k)}
                if same:
                    mine.append(PatchStream(same) if item_id is None else PatchItem(item_id, same))
    return mine


def _left_by(changes: Sequence[Change]) -> dict[str | None, dict[str, Any]]:
    """The fields as the changes left them, by item."""
    left: dict[str | None, dict[str, Any]] = {}
    for change in changes:
        match change:
            case PutItem(item):
                left.setdefault(touched(change), {}).update(item)
            case PatchItem(fields=fields) | PatchStream(fields=fields):
                left.setdefault(touched(change), {}).update(fields)
    return left
