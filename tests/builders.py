"""Streams played by hand: what a room does with ops, without journal, socket or clock.

State in tests is built by playing ops, never by filling structures.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from codesign.core.ask import Ask, UndoSource
from codesign.core.changes import apply_changes, inverse_of
from codesign.core.decide import decide
from codesign.core.decision import Accepted, Decision, Refused
from codesign.core.history import History
from codesign.core.ops import Op, Undo, read_op
from codesign.core.stream import Draft, Entry, Item, State
from codesign.core.visibility import role_of

START = 1_700_000_000_000
AGES = 60_000  # longer than the guard of stale writes looks back (P4.8)

Asked = Op | dict[str, Any]


def an_id(name: str) -> str:
    """A readable id of 22 letters."""
    return name.replace(" ", "-").ljust(22, "_")


REGION, SECOND_REGION = an_id("region"), an_id("second region")
CITY, WORKSHOP, BOARD = an_id("city"), an_id("workshop"), an_id("board")
OLGA, ANNA, BORIS, VERA = an_id("olga"), an_id("anna"), an_id("boris"), an_id("vera")
PEOPLE = {OLGA: "owner", ANNA: "participant", BORIS: "participant", VERA: "observer"}


class Play:
    """One stream being played. `by` None is the product; roles are those of the workshop."""

    def __init__(self, stream: str, workshop: Play | None = None) -> None:
        self.stream = stream
        self.workshop = workshop
        #: Of a lane, what its places are judged by.
        self.board: Play | None = None
        self.state = State()
        self.history = History()
        self.entries: list[Entry] = []
        self.effects: list[Any] = []
        self.now = START

    @property
    def head(self) -> int:
        return len(self.entries)

    def ask(self, op: Asked, by: str | None = None, **known: Any) -> Decision:
        """The decision; when it is yes with changes, they are now an entry of this stream."""
        decision = decide(
            read_op(op) if isinstance(op, dict) else op, self.asking(op, by, **known), self.draft()
        )
        if isinstance(decision, Accepted):
            self.keep(decision, by)
        return decision

    def do(self, op: Asked, by: str | None = None, **known: Any) -> Accepted:
        """`ask`, where only yes will do."""
        decision = self.ask(op, by, **known)
        assert isinstance(decision, Accepted), decision
        return decision

    def draft(self) -> Draft:
        return Draft(self.state)

    def asking(self, op: Asked, by: str | None = None, **known: Any) -> Ask:
        """What a room tells the rules. `known` says otherwise: role, base, stage, now.

        In an undo, `n` is the seq of the entry to take back.
        """
        workshop = self.workshop.state if self.workshop else self.state
        asked = Ask(
            stream=self.stream,
            person=by,
            role=(role_of(by, workshop) or "observer") if by else "product",
            now=self.now,
            base=self.head,
            stage=workshop.fields.get("stage", "open"),
            history=self.history,
            workshop=workshop,
            board=self.board.state if self.board else None,
            undo=self._undo(op),
        )
        return replace(asked, **known)

    def keep(self, decision: Accepted, by: str | None) -> None:
        self.effects += decision.effects
        if not decision.changes:
            return
        back = inverse_of(self.state, decision.changes)
        entry = Entry(self.head + 1, by, self.now, decision.changes, back)
        apply_changes(self.state, entry.changes)
        self.history.add(entry)
        self.entries.append(entry)

    def forget(self) -> None:
        """As a room does with entries that are too many."""
        self.history = History(self.head)

    def item(self, name: str) -> Item:
        item = self.state.get(an_id(name))
        assert item is not None, f"no {name}"
        return item

    def items(self) -> list[Item]:
        return sorted(self.state.all(), key=lambda item: str(item["id"]))

    def _undo(self, op: Asked) -> UndoSource | None:
        n = op.n if isinstance(op, Undo) else op.get("n") if isinstance(op, dict) else None
        return UndoSource(self.entries[n - 1]) if n and n <= self.head else None


def a_workshop() -> Play:
    """Set up, with one city, an owner, two participants and an observer."""
    workshop = Play(f"workshop:{WORKSHOP}")
    city = {"id": CITY, "name": "Sremski Karlovci", "colour": "sea", "order": "a0"}
    workshop.do(
        {
            "type": "set_up_workshop",
            "title": "Water",
            "question": "Whose river?",
            "programme": an_id("programme"),
            "cities": [city],
        }
    )
    for person, role in PEOPLE.items():
        join = {"type": "join_workshop", "person": person, "role": role}
        workshop.do({**join, "name": person.strip("_").title()})
    return workshop


def a_board(layout: str = "zones", method: str | None = None, workshop: Play | None = None) -> Play:
    """A board with two regions (none when free), set up by the effect of adding it."""
    workshop = workshop or a_workshop()
    regions = [
        {"id": REGION, "title": "Now", "order": "a0"},
        {"id": SECOND_REGION, "title": "Later", "order": "a1"},
    ]
    about = {"method": method} if method else {}
    return added_to(workshop, regions, title="Ideas", layout=layout, question="What if?", **about)


def a_board_with_rounds(rounds: int = 3, workshop: Play | None = None, **about: Any) -> Play:
    """A board that is worked on in rounds of a minute; with `cells`, in sheets that go round."""
    workshop = workshop or a_workshop()
    frames = [] if "cells" in about else [{"id": REGION, "title": "1", "order": "a0"}]
    said = {"rounds": rounds, "round_ms": 60_000, **about}
    return added_to(workshop, frames, title="Rounds", layout="rounds", question="?", about=said)


def added_to(workshop: Play, regions: list[dict[str, str]], **about: Any) -> Play:
    """The board that `add_board` and its effect make; a free one has no regions."""
    asked = {"type": "add_board", "board": BOARD, **about}
    workshop.do({**asked, "regions": [] if about["layout"] == "free" else regions}, OLGA)
    *_, effect = workshop.effects
    workshop.effects.clear()
    board = Play(effect.stream, workshop)
    board.do(effect.op)
    return board


def a_lane(board: Play | None = None, person: str = ANNA, **stage: Any) -> Play:
    """Somebody's lane of the board, in a silence that begins now."""
    board = board or a_board()
    assert board.workshop is not None
    board.workshop.do({"type": "set_stage", "stage": "silent", **stage}, OLGA)
    silence = board.workshop.state.fields["silence"]
    lane = Play(f"lane:{BOARD}:{silence}:{person}", board.workshop)
    lane.board = board
    return lane


def an_inbox(workshop: Play, person: str = ANNA) -> Play:
    return Play(f"inbox:{WORKSHOP}:{person}", workshop)


PROGRAMME = an_id("programme")


def a_register(workshop: Play | None = None, *stakeholders: str) -> Play:
    """The register of the workshop's programme, with a stakeholder for each name."""
    register = Play(f"register:{PROGRAMME}", workshop or a_workshop())
    register.do({"type": "set_up_register", "workshop": WORKSHOP})
    for name in stakeholders:
        register.do(record(name), OLGA)
    return register


def a_closed_side(register: Play) -> Play:
    closed = Play(f"closed:{PROGRAMME}", register.workshop)
    closed.board = register
    closed.do({"type": "set_up_register", "workshop": WORKSHOP})
    return closed


def record(name: str, kind: str = "stakeholder", /, **fields: Any) -> dict[str, Any]:
    """An op that makes a stakeholder, or what `fields` say."""
    known = {"name": name.title(), "sector": "state"} if kind == "stakeholder" else {}
    return {"type": "create_record", "id": an_id(name), "kind": kind, "fields": known | fields}


def relation(name: str, start: str, end: str, /, **fields: Any) -> dict[str, Any]:
    ends = {"from": an_id(start), "to": an_id(end), "type": "close"}
    return record(name, "relation", **{**ends, **fields})


def note(name: str, text: str = "", **more: Any) -> dict[str, Any]:
    """An op that makes a note in the first region, or where `x` and `y` say."""
    place = {} if "x" in more else {"region": REGION, "order": "a0"}
    return {"type": "create_note", "id": an_id(name), "text": text, **place, **more}


def edit(name: str | None, *splices: tuple[int, str, str], field: str = "text") -> dict[str, Any]:
    item = None if name is None else an_id(name)
    return {"type": "edit_text", "id": item, "field": field, "splices": [list(s) for s in splices]}


def undo(seq: int) -> dict[str, Any]:
    return {"type": "undo", "n": seq}


def refused(code: str, **data: Any) -> Refused:
    return Refused(code, data)


def replayed(play: Play) -> State:
    """What the entries add up to, from nothing."""
    state = State()
    for entry in play.entries:
        apply_changes(state, entry.changes)
    return state


def content(state: State) -> tuple[dict[str, Any], dict[str, Item], set[str]]:
    """A state as plain values, to compare whole with ==."""
    return state.fields, dict(state.items), set(state.dropped)


def a_desk(workshop: Play | None = None, *steps: str) -> Play:
    """The desk of a workshop, with a step of ten minutes for each name."""
    desk = Play(f"desk:{WORKSHOP}", workshop or a_workshop())
    for at, name in enumerate(steps):
        desk.do(add_step(name, order=f"a{at}", title=name.title()), OLGA)
    desk.effects.clear()
    return desk


def add_step(name: str, **fields: Any) -> dict[str, Any]:
    return {"type": "add_step", "id": an_id(name), "order": "a0", **fields}
