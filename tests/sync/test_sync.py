"""A page's state machine by hand, where the simulator and the client's tests do not look."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.sync import Sync
from codesign.sync.queue import LEASE_MS, MemoryQueue, Shelf, Whose

BOARD = "board:B"
ANA = Whose("ana", "w")


class Clock:
    ms = 0

    def now(self) -> int:
        return self.ms


def page(clock: Clock, client: str = "C", **more: Any) -> Sync:
    sync = Sync(me="ana", client=client, now=clock.now, make_id=lambda: "anew", **more)
    state = {"fields": {"layout": "free"}, "items": []}
    sync.load(BOARD, {"epoch": "one", "seq": 0, "state": state})
    return sync


def a_note(text: str = "", note: str = "N") -> dict[str, Any]:
    return {"type": "create_note", "id": note, "text": text, "x": 0, "y": 0}


def test_what_no_message_can_carry_is_said_at_once() -> None:
    sync = page(Clock())
    sync.ask(BOARD, a_note())
    with pytest.raises(ValueError, match="64 KiB"):
        sync.ask(BOARD, a_note("x" * 70_000, "M"))
    with pytest.raises(ValueError, match="no text field"):
        sync.edit_text(BOARD, "N", "text", "x" * 20_000)
    assert sync.unsent == 1


def test_typing_that_nobody_was_sent_is_folded_into_one_edit() -> None:
    sent: list[dict[str, Any]] = []
    sync = page(Clock())
    sync.send = sent.append
    sync.ask(BOARD, a_note("Wa"))
    for text in ("Wat", "Wate", "Water"):
        sync.edit_text(BOARD, "N", "text", text)
    sync.opened()
    sync.receive({"type": "welcome", "epoch": "one", "now": 0, "person": "ana", "last": {}})
    assert [(m["n"], m["op"].get("splices")) for m in sent] == [(1, None), (2, [[2, "", "ter"]])]


def test_typing_taken_back_before_it_was_sent_is_never_asked() -> None:
    sync = page(Clock())
    sync.ask(BOARD, a_note("Wa"))
    sync.edit_text(BOARD, "N", "text", "Water")
    sync.edit_text(BOARD, "N", "text", "Wa")
    assert (sync.unsent, sync.view(BOARD).items["N"]["text"]) == (1, "Wa")


def test_at_most_so_many_ops_are_under_way() -> None:
    """P6.13: above 500 waiting the server would close."""
    sent: list[dict[str, Any]] = []
    sync = page(Clock())
    sync.send = sent.append
    for n in range(700):
        sync.ask(BOARD, a_note(note=f"N{n}"))
    sync.opened()
    sync.receive({"type": "welcome", "epoch": "one", "now": 0, "person": "ana", "last": {}})
    assert len(sent) == 200
    for n in range(1, 701):
        sync.receive({"type": "ack", "client": "C", "n": n, "stream": BOARD, "seq": n})
    assert [message["n"] for message in sent] == list(range(1, 701))


def test_what_could_not_be_saved_is_asked_again_in_order() -> None:
    sent: list[dict[str, Any]] = []
    clock = Clock()
    sync = page(clock)
    sync.opened()
    sync.receive({"type": "welcome", "epoch": "one", "now": 0, "person": "ana", "last": {}})
    sync.ask(BOARD, a_note("Wa"))
    sync.ask(BOARD, {"type": "recolour", "id": "N", "colour": "sea"})
    no = {"type": "refused", "client": "C", "stream": BOARD, "data": {}}
    sync.receive({**no, "n": 1, "code": "unavailable"})
    sync.receive({**no, "n": 2, "code": "unknown"})
    assert (sync.unsent, sync.view(BOARD).items["N"]["colour"]) == (2, "sea")
    sync.send = sent.append
    clock.ms += 1_000
    sync.beat()
    assert [(m["n"], m["op"]["type"]) for m in sent] == [(1, "create_note"), (3, "recolour")]


def test_a_page_goes_on_with_what_another_left() -> None:
    clock, shelf = Clock(), Shelf()
    queues = [MemoryQueue(clock.now, shelf) for _ in range(2)]
    first = page(clock, "one", queue=queues[0])
    assert queues[0].renew("one", ANA)
    first.ask(BOARD, a_note("Wa"))
    first.edit_text(BOARD, "N", "text", "Water")
    clock.ms += LEASE_MS
    second = page(clock, "two", queue=queues[1])
    assert queues[1].renew("two", ANA)
    second.adopt(queues[1].adopt("two", ANA))
    assert second.opened()["clients"] == {"two": 1, "one": 1}
    second.receive({"type": "welcome", "epoch": "one", "now": 0, "person": "ana", "last": {}})
    assert second.view(BOARD).items["N"]["text"] == "Water"
    assert not queues[0].renew("one", ANA)
    first.dispossessed()
    assert (first.client, first.unsent, first.view(BOARD).items) == ("anew", 0, {})


def test_words_that_came_after_the_lease_had_run_out_are_given_back() -> None:
    clock = Clock()
    sync = page(clock, "one")
    back: list[tuple[str, str]] = []
    sync.on("refused", lambda event: back.append((event["code"], event["text"])))
    sync.held(clock.ms + LEASE_MS)
    sync.ask(BOARD, a_note("Kept in time"))
    clock.ms += LEASE_MS
    sync.edit_text(BOARD, "N", "text", "Kept in time, and on")
    sync.dispossessed()
    assert back == [("unavailable", "Kept in time, and on")]
    assert (sync.unsent, sync.view(BOARD).items) == (0, {})


def test_an_edit_that_waited_for_an_entry_of_another_life_is_asked_in_this_one() -> None:
    """P5.6, then a restored backup: the entry that the answer named may never come."""
    sent: list[dict[str, Any]] = []
    sync = page(Clock())
    sync.send = sent.append
    welcome = {"type": "welcome", "epoch": "one", "now": 0, "person": "ana", "last": {}}
    note = {"id": "N", "kind": "note", "text": "Wa"}
    sync.load(BOARD, {"epoch": "one", "seq": 1, "state": {"fields": {}, "items": [note]}})
    sync.opened()
    sync.receive(welcome)
    sync.edit_text(BOARD, "N", "text", "Water")
    too_old = {"code": "too_old", "data": {"seq": 31, "text": "Wa"}}
    sync.receive({"type": "refused", "client": "C", "n": 1, "stream": BOARD, **too_old})
    sync.closed()
    sent.clear()
    sync.opened()
    sync.receive({**welcome, "epoch": "two"})
    sync.load(BOARD, {"epoch": "two", "seq": 1, "state": {"fields": {}, "items": [note]}})
    assert [m["op"]["splices"] for m in sent if m["type"] == "op"] == [[[2, "", "ter"]]]
