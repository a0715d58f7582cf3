"""The rows of the permission table that are about tables, and a workshop that has some."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.builders import ANNA, BOARD, BORIS, OLGA, START, Play, an_id

Op = dict[str, Any]
FIRST, SECOND = an_id("first table"), an_id("second table")


def a_workshop_with_tables(board: Play, state: str = "open") -> Play:
    """Two tables like the board, and a pair that is closed. Anna sits nowhere."""
    workshop = board.workshop
    assert workshop is not None
    workshop.do(make("old tables", "old table", choose=True), OLGA)
    workshop.do(make("tables", "first table", "second table", choose=True), OLGA)
    for name in ("old tables", "tables") if state == "open" else ():
        workshop.do({"type": "open_tables", "id": an_id(name)}, OLGA)
    return workshop


def make(name: str, *tables: str, **more: Any) -> Op:
    made = [{"id": an_id(table), "board": an_id(f"{table} b")} for table in tables]
    return {"type": "make_tables", "id": an_id(name), "template": BOARD, "tables": made, **more}


def table_rows(op: Callable[..., Op]) -> dict[tuple[str, str], Op]:
    expected = {"id": an_id("expected"), "name": "Nino", "table": FIRST}
    five_hundred = make("more tables", *(f"t{at}" for at in range(500)))
    asked: dict[str, Op] = {
        "set_seating": {"late": "smallest"},
        "seat_people": {"sits": {ANNA: FIRST, BORIS: SECOND}},
        "deal_seats": {"rule": "random", "seed": 7},
        "expect_people": {"people": [expected]},
        "open_tables": {},
        "recall_tables": {"at": START + 60_000},
        "close_tables": {},
        "gather_tables": {"board": BOARD},
    }
    about = {
        (kind, whose): op(kind, name, **fields)
        for kind, fields in asked.items()
        for whose, name in (("own", "tables"), ("unknown", "nowhere"))
    }
    return about | {
        ("make_tables", "own"): make("more tables", "third table"),
        ("make_tables", "five hundred"): five_hundred,
        ("make_tables", "unknown"): make("more tables", "third") | {"template": an_id("nowhere")},
        ("edit_table", "own"): op("edit_table", "first table", title="Buses"),
        ("edit_table", "unknown"): op("edit_table", "nowhere", title="Buses"),
        ("recall_tables", "a week"): op("recall_tables", "tables", at=START + 7 * 86_400_000),
        ("gather_tables", "its own table"): op(
            "gather_tables", "tables", board=an_id("first table b")
        ),
        ("take_seat", "own"): op("take_seat", "tables", table=FIRST),
        ("take_seat", "closed"): op("take_seat", "old tables", table=an_id("old table")),
        ("take_seat", "unknown"): op("take_seat", "nowhere", table=FIRST),
        ("set_call", "own"): op("set_call", call="https://call.example/room"),
        ("set_call", "to a board"): op("set_call", call="https://call.example/room"),
        ("copy_items", "own"): op("copy_items", items=[]),
    }
