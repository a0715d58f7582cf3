"""The rows of the permission table that are about keeping a room together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.builders import ANNA, BOARD, BORIS, OLGA, START, an_id

Op = dict[str, Any]


def together_rows(op: Callable[..., Op]) -> dict[tuple[str, str], Op]:
    nowhere = an_id("nowhere")
    return {
        ("send_message", "own"): op("send_message", words="Two minutes left."),
        ("send_message", "to a board"): op("send_message", quick="two_minutes"),
        ("send_message", "on a desk"): op("send_message", words="Well done.", to=BORIS),
        ("send_message", "to a stranger"): op("send_message", words="Well done.", to=nowhere),
        ("ask_help", "in an inbox"): op("ask_help", on=True, board=BOARD),
        ("end_help", "in an inbox"): op("end_help", since=START, by=OLGA),
        ("deliver_message", "in an inbox"): op("deliver_message", words="Yes", by=OLGA, at=START),
        ("queue_help", "on a desk"): op("queue_help", person=ANNA, since=START, on=True),
        ("take_help", "on a desk"): op("take_help", person=BORIS),
        ("take_help", "nobody waits"): op("take_help", person=nowhere),
        ("bring_people", "own"): op("bring_people", board=BOARD, x=0, y=0, w=500_000, h=400_000),
        ("bring_people", "board unknown"): op("bring_people", board=nowhere),
        ("bring_people", "a table gone"): op("bring_people", board=BOARD, table=nowhere),
        ("spotlight_item", "own"): op("spotlight_item", "mine"),
        ("spotlight_item", "unknown"): op("spotlight_item", "nowhere"),
        ("spotlight_item", "dropped"): op("spotlight_item", "gone"),
        ("allow_cheers", "own"): op("allow_cheers", on=False),
        ("end_spotlight", "own"): op("end_spotlight", at=START),
        ("say_finished", "own"): op("say_finished", on=True),
        ("raise_hand", "own"): op("raise_hand", on=True),
        ("raise_hand", "of another"): op("raise_hand", on=True, person=BORIS),
        ("raise_hand", "taken down"): op("raise_hand", on=False, person=BORIS),
    }
