"""Where something came from, and what became of it: over the boards and the register that somebody may read.

What is not among them is only counted: no words, and nothing of where it lies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from codesign.core.arrivals import ALSO
from codesign.core.carrying import Whence
from codesign.core.stream import Item, Readable

#: Stops told at most, and how many steps from where one looks.
MOST, DEEP = 200, 12
#: Fields by which a record says what it rests on.
RESTS_ON = frozenset({"answers", "for", "personas", "beneficiaries", "idea", "persona", "serves"})


@dataclass(frozen=True, slots=True)
class Stop:
    """Something on the way, so many steps from where one looks; without an item, it lies where one may not read."""

    depth: int
    board: str
    item: Item | None
    is_record: bool = False


class Ways:
    def __init__(self, boards: Mapping[str, Readable], register: Readable) -> None:
        self.boards, self.register = boards, register
        self._became: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for item in register.all():
            self._index("", item)
        for board, state in boards.items():
            for item in state.all():
                self._index(board, item)

    def at(self, board: str, id: str) -> Stop | None:
        return self._stop(0, (board, id))

    def back(self, start: Stop) -> list[Stop]:
        """All it came from, each before what came before it."""
        return self._walk(start, forward=False)

    def forward(self, start: Stop) -> list[Stop]:
        return self._walk(start, forward=True)

    def _index(self, board: str, item: Item) -> None:
        # A line of a list is its record's.
        id = str(item["of"]) if item["kind"] == "line" else str(item["id"])
        for _, origin in origins_of(item):
            self._became[origin].append((board, id))
        for other in _rests_on(item):
            self._became[other].append((board, id))
        for field in ("within", "cluster"):
            if board and field in item:
                self._became[id].append((board, str(item[field])))

    def _walk(self, start: Stop, *, forward: bool) -> list[Stop]:
        assert start.item is not None  # noqa: S101  whoever looks has found it
        seen, found = {str(start.item["id"])}, list[Stop]()
        waiting = [start]
        while waiting and len(found) < MOST:
            here = waiting.pop()
            if here.item is None or here.depth >= DEEP:
                continue
            near = self._after(here) if forward else self._before(here)
            fresh = []
            for at in near:
                if at[1] in seen:
                    continue
                seen.add(at[1])
                stop = self._stop(here.depth + 1, at)
                fresh.append(stop or Stop(here.depth + 1, at[0], None))
            found += fresh
            waiting += reversed(fresh)
        return found[:MOST]

    def _before(self, here: Stop) -> Iterator[Whence]:
        assert here.item is not None  # noqa: S101
        yield from origins_of(here.item)
        id = str(here.item["id"])
        for other in _rests_on(here.item):
            yield "", other
        for line in self.register.of_kind("line") if here.is_record else ():
            if line["of"] == id:
                yield from origins_of(line)
        state = self.boards.get(here.board)
        for inside in state.pointing_at(id) if state is not None and not here.is_record else ():
            if id in (inside.get("within"), inside.get("cluster")):
                yield here.board, str(inside["id"])

    def _after(self, here: Stop) -> list[Whence]:
        assert here.item is not None  # noqa: S101
        return self._became.get(str(here.item["id"]), [])

    def _stop(self, depth: int, at: Whence) -> Stop | None:
        board, id = at
        state = self.boards.get(board)
        item = state.get(id) if state is not None else None
        if item is not None and item["kind"] != "placement":
            return Stop(depth, board, item)
        record = self.register.get(id)
        return None if record is None else Stop(depth, board, record, is_record=True)


def origins_of(item: Item) -> Iterator[Whence]:
    if "origin/item" in item:
        yield str(item.get("origin/board", "")), str(item["origin/item"])
    for key, board in item.items():
        if key.startswith(ALSO):
            yield str(board), key.removeprefix(ALSO)


def _rests_on(item: Item) -> Iterator[str]:
    for key, value in item.items():
        name, slash, id = key.partition("/")
        if name in RESTS_ON:
            yield id if slash else str(value)
