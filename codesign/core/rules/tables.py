"""Tables: made from a board, opened, called back, closed and gathered. Who sits at them: seats.py.

A `seating` is one making of tables, `prepared`, `open` or `closed`; a `table` is one of them and has a board. Which
seating is open is the workshop's field `tables`. Nothing of a table is lost when it closes.
"""

from __future__ import annotations

from typing import Any

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import Change, PatchItem, PatchStream, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.ops import (
    CloseTables,
    EditTable,
    GatherTables,
    MakeTables,
    OpenTables,
    RecallTables,
    SetSeating,
)
from codesign.core.rules.making import patched, refuse_new
from codesign.core.rules.together import not_brought
from codesign.core.stream import Draft, Item

UNKNOWN = Refused("unknown", {"field": "tables"})


def make_tables(op: MakeTables, ask: Ask, draft: Draft) -> Decision:
    """What is on their boards is copied from the template by an errand (live/tables.py).

    A table without a name of its own has a number, and each reader is told it in their own words.
    """
    if no := ask.refuse("tables") or _refuse_making(op, draft):
        return no
    template = draft.get(op.template)
    if template is None or template["kind"] != "board":
        return Refused("unknown", {"field": "template"})
    seating: Item = {
        "id": op.id,
        "kind": "seating",
        "template": op.template,
        "state": "prepared",
        "late": op.late,
        "made": ask.now,
    }
    seating |= {"choose": True} if op.choose else {}
    seating |= {} if op.cap is None else {"cap": op.cap}
    changes: list[Change] = [PutItem(seating)]
    effects = []
    for number, spec in enumerate(op.tables, 1):
        table = {"id": spec.id, "kind": "table", "seating": op.id, "number": number}
        table |= {"board": spec.board} | ({"title": spec.title} if spec.title else {})
        title = spec.title or template["title"]
        board = {"id": spec.board, "kind": "board", "title": title, "table": spec.id}
        changes += [PutItem(table), PutItem(board)]
        errand = {"type": "set_up_table", "board": spec.board, "template": op.template}
        effects.append(Effect(ask.stream, errand))
    return Accepted(tuple(changes), tuple(effects))


def set_seating(op: SetSeating, ask: Ask, draft: Draft) -> Decision:
    seating = _tables(op.id, draft)
    if no := ask.refuse("tables"):
        return no
    if seating is None:
        return UNKNOWN
    given = op.model_dump(include=op.model_fields_set - {"id", "type"})
    if "choose" in given:
        given["choose"] = True if op.choose else None
    if given.get("late", "") is None:
        given["late"] = "wait"
    return patched(seating, given, ask)


def edit_table(op: EditTable, ask: Ask, draft: Draft) -> Decision:
    table = table_of(op.id, draft)
    if no := ask.refuse("tables"):
        return no
    if table is None:
        return UNKNOWN
    fields: dict[str, Any] = {}
    if op.title is not None:
        fields["title"] = op.title or None
    if op.shown is not None:
        fields["shown"] = True if op.shown else None
    decision = patched(table, fields, ask)
    board = draft.get(table["board"])
    if isinstance(decision, Refused) or board is None or op.title is None:
        return decision
    title = op.title or _made_from(table, draft).get("title", board["title"])
    if board["title"] == title:
        return decision
    return Accepted((*decision.changes, PatchItem(board["id"], {"title": title})))


def open_tables(op: OpenTables, ask: Ask, draft: Draft) -> Decision:
    """Others that are open close: people are in one place."""
    if no := ask.refuse("tables"):
        return no
    seating = _tables(op.id, draft)
    if seating is None:
        return UNKNOWN
    if seating["state"] == "open":
        return NOTHING
    changes = [] if _open(draft) == op.id else closing(draft)
    fields = {"state": "open", "recall": None, "opened": ask.now}
    changes.append(PatchItem(op.id, _news(seating, fields)))
    return Accepted((*changes, PatchStream({"tables": op.id, **not_brought(draft)})))


def recall_tables(op: RecallTables, ask: Ask, draft: Draft) -> Decision:
    """Told to everyone; at its time the tables close (`close_tables`), unless it was moved or taken back."""
    if no := ask.refuse("tables"):
        return no
    seating = _tables(op.id, draft)
    if seating is None:
        return UNKNOWN
    if seating["state"] != "open" or seating.get("recall") == op.at:
        return NOTHING
    if op.at is None:
        return Accepted((PatchItem(op.id, {"recall": None}),))
    if not ask.now - limits.TIMER_LATE_MS <= op.at <= ask.now + limits.RECALL_MS:
        return Refused("limit", {"limit": "timer", "most": limits.RECALL_MS})
    close = {"type": "close_tables", "id": op.id, "at": op.at}
    later = Effect(ask.stream, close, max(0, op.at - ask.now))
    return Accepted((PatchItem(op.id, {"recall": op.at}),), (later,))


def close_tables(op: CloseTables, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("tables"):
        return no
    seating = _tables(op.id, draft)
    if seating is None:
        return UNKNOWN
    if seating["state"] != "open" or (op.at is not None and seating.get("recall") != op.at):
        return NOTHING
    return Accepted((*closing(draft), PatchStream({"tables": None, **not_brought(draft)})))


def gather_tables(op: GatherTables, ask: Ask, draft: Draft) -> Decision:
    """By an errand: no stream sees all the tables. Asked again it adds what is new."""
    if no := ask.refuse("tables"):
        return no
    seating, board = _tables(op.id, draft), draft.get(op.board)
    if seating is None:
        return UNKNOWN
    if board is None or board["kind"] != "board":
        return Refused("unknown", {"field": "board"})
    if "table" in board and _is_of(board["table"], op.id, draft):
        return Refused("bad_op", {"field": "board"})
    gathered = {"gathered": ask.now, "gathered_to": op.board}
    errand = {"type": "gather_tables", "id": op.id, "board": op.board}
    return Accepted((PatchItem(op.id, gathered),), (Effect(ask.stream, errand),))


def closing(draft: Draft) -> list[Change]:
    """What closes the tables that are open, if any are."""
    seating = _tables(_open(draft), draft)
    if seating is None or seating["state"] != "open":
        return []
    fields = {"state": "closed"} | ({"recall": None} if "recall" in seating else {})
    return [PatchItem(seating["id"], fields)]


def tables_of(seating: str, draft: Draft) -> list[Item]:
    found = [table for table in draft.of_kind("table") if table["seating"] == seating]
    return sorted(found, key=lambda table: table["number"])


def table_of(table: str, draft: Draft) -> Item | None:
    item = draft.get(table)
    return item if item is not None and item["kind"] == "table" else None


def _refuse_making(op: MakeTables, draft: Draft) -> Refused | None:
    if not op.tables:
        return Refused("bad_op", {"field": "tables"})
    if len(op.tables) > limits.TABLES_AT_ONCE:
        return Refused("limit", {"limit": "tables", "most": limits.TABLES_AT_ONCE})
    if draft.count_of("table") + len(op.tables) > limits.TABLES_PER_WORKSHOP:
        return Refused("limit", {"limit": "tables", "most": limits.TABLES_PER_WORKSHOP})
    ids = [op.id, *(one for spec in op.tables for one in (spec.id, spec.board))]
    if len(set(ids)) < len(ids):
        return Refused("bad_op", {"field": "tables"})
    return next((no for one in ids if (no := refuse_new(one, draft))), None)


def _tables(seating: str, draft: Draft) -> Item | None:
    item = draft.get(seating)
    return item if item is not None and item["kind"] == "seating" else None


def _made_from(table: Item, draft: Draft) -> Item:
    seating = draft.get(table["seating"]) or {}
    return draft.get(str(seating.get("template", ""))) or {}


def _open(draft: Draft) -> str:
    return str(draft.fields.get("tables", ""))


def _is_of(table: str, seating: str, draft: Draft) -> bool:
    item = table_of(table, draft)
    return item is not None and item["seating"] == seating


def _news(item: Item, fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if item.get(key) != value}
