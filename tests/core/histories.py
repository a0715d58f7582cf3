"""Random histories: several people at one board, with stale bases, batches, undo and redo.

Hypothesis draws the seed and the length; the people are drawn from the seed, so a shorter history
begins like the longer one.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st

from codesign.core.changes import apply_changes
from codesign.core.items import COLOURS, FLOWING, REACTIONS, TEXT_FIELDS
from codesign.core.stream import State
from codesign.core.text import splices_between
from tests.builders import ANNA, BORIS, OLGA, REGION, SECOND_REGION, VERA, Play, a_board, an_id

THIRD_REGION = an_id("third region")
NAMES = [an_id(f"thing {number}") for number in range(40)]
SIZE = {"w": 10_000, "h": 8_000}

Op = dict[str, Any]
Make = Callable[["Table"], Op]


def histories(most: int = 60) -> st.SearchStrategy[Play]:
    """A board on which people have been at work."""
    layouts = st.sampled_from(["zones", "columns", "free"])
    return st.builds(played, layouts, st.integers(0, 2**32), st.integers(0, most))


def played(layout: str, seed: int, length: int) -> Play:
    table = Table(a_board(layout), Random(seed))
    for _ in range(length):
        table.turn()
    return table.board


class Table:
    """The people at one board. A turn is one op, asked with what its asker may have known."""

    def __init__(self, board: Play, random: Random) -> None:
        self.board = board
        self.random = random
        self.known: State = board.state

    def turn(self) -> None:
        who, op, base = self.next_op()
        self.board.ask(op, who, base=base)

    def next_op(self) -> tuple[str, Op, int]:
        """Who asks what, knowing which entry. Time goes on by itself."""
        pick = self.random
        who = pick.choice([ANNA, ANNA, BORIS, BORIS, OLGA, VERA])
        self.board.now += pick.choice([0, 1_000, 20_000])
        base = max(self.board.head - pick.choice([0, 0, 0, 1, 2, 5]), 0)
        self.known = state_at(self.board, base)
        match pick.randrange(10):
            case 0 | 1:
                return who, self.undo(who), base
            case 2:
                ops = [self.single() for _ in range(pick.randint(1, 4))]
                return who, {"type": "all", "ops": ops}, base
        return who, self.single(), base

    def single(self) -> Op:
        return self.random.choice(MAKERS)(self)

    def undo(self, who: str) -> Op:
        mine = [entry.seq for entry in self.board.entries if entry.by == who][-4:]
        return {"type": "undo", "n": self.random.choice(mine or [1_000])}

    def some(self, *kinds: str) -> str:
        """The id of an item the asker may know of; now and then of any, or of none."""
        if self.random.random() < 0.1:
            return self.random.choice(NAMES)
        fitting = [item["id"] for item in self.known.all() if not kinds or item["kind"] in kinds]
        return self.random.choice(fitting or NAMES)

    def fresh(self) -> str:
        return self.random.choice(NAMES)

    def place(self) -> Op:
        if self.board.state.fields["layout"] in FLOWING:
            regions = [REGION, SECOND_REGION, self.some("region")]
            order = self.random.choice(["a0", "a0V", "a1"])
            return {"region": self.random.choice(regions), "order": order}
        spots = [-2_400, 0, 2_400]
        return {"x": self.random.choice(spots), "y": self.random.choice(spots)}

    def words(self, letters: str = "abщ😀 ") -> str:
        return "".join(self.random.choices(letters, k=self.random.randrange(7)))

    def edit(self) -> Op:
        """Some letters stay, so that edits overlap rather than replace each other whole."""
        item_id = self.some()
        item = self.known.get(item_id) or {"kind": "note"}
        field, _ = TEXT_FIELDS[item["kind"]]
        before = item.get(field, "")
        cut = self.random.randint(0, len(before))
        after = before[:cut] + self.words() + before[cut + self.random.randrange(3) :]
        splices = splices_between(before, after) or ((0, "", "x"),)
        made = [list(splice) for splice in splices]
        return {"type": "edit_text", "id": item_id, "field": field, "splices": made}


def state_at(board: Play, base: int) -> State:
    """The board as someone knew it at `base`."""
    if base == board.head:
        return board.state
    state = State()
    for entry in board.entries[:base]:
        apply_changes(state, entry.changes)
    return state


def _new(kind: str, fields: Make) -> Make:
    return lambda t: {"type": f"create_{kind}", "id": t.fresh(), **fields(t)}


def _existing(kind: str, fields: Make, *kinds: str) -> Make:
    return lambda t: {"type": kind, "id": t.some(*kinds), **fields(t)}


def _ends(t: Table) -> Op:
    return {"from": t.some("note", "cluster"), "to": t.some("note", "image"), "label": t.words()}


def _region(t: Table) -> Op:
    return {"type": "create_region", "id": THIRD_REGION, "title": t.words(), "order": "a2"}


def _frame(t: Table) -> Op:
    return {"title": t.words(), "x": 0, "y": 2_400, **SIZE}


MAKERS: list[Make] = [
    *[_new("note", lambda t: {"text": t.words(), **t.place()})] * 3,
    _new("note", lambda t: {"text": t.words(), "cluster": t.some("cluster"), **t.place()}),
    *[_new("cluster", lambda t: {"name": t.words(), **t.place()})] * 2,
    *[_new("connector", _ends)] * 2,
    _new("heading", lambda t: {"text": t.words(), **t.place()}),
    _new("image", lambda t: {"file": an_id("file"), "alt": t.words(), **SIZE, **t.place()}),
    _new("frame", _frame),
    _region,
    *[_existing("move_item", lambda t: t.place())] * 2,
    *[_existing("move_item", lambda t: {"cluster": t.some("cluster")}, "note")] * 2,
    _existing("move_item", lambda t: {"cluster": None}, "note"),
    _existing("recolour", lambda t: {"colour": t.random.choice(COLOURS)}, "note"),
    _existing("react", lambda t: {"reaction": t.random.choice(REACTIONS), "on": True}),
    _existing("react", lambda t: {"reaction": t.random.choice(REACTIONS), "on": False}),
    _existing("protect_item", lambda t: {"on": t.random.random() < 0.4}),
    _existing("move_region", lambda t: {"order": t.random.choice(["Zz", "a0V", "a3"])}, "region"),
    *[_existing("delete_item", lambda t: {})] * 3,
    lambda t: {
        **{"type": "translate", "id": None, "field": "question", "lang": "ka"},
        "words": t.words(),
    },
    *[_existing("translate_note", lambda t: {"lang": "ka", "words": t.words()}, "note")] * 2,
    _existing("set_language", lambda t: {"lang": t.random.choice(["ka", "sq"])}, "note"),
    *[Table.edit] * 5,
]
