"""The way of an op through a room: decided, journalled, told, in this order and no other."""

from __future__ import annotations

import asyncio

from codesign.core import limits
from codesign.live.room import SHARE
from codesign.store.memory import MemoryJournal
from tests.builders import ANNA, BORIS, an_id
from tests.live.hall import BOARD_STREAM, Hall, HeldJournal, a_note


async def test_an_op_is_acked_to_its_asker_before_everyone_is_told_of_it() -> None:
    """P6.6."""
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    anna.ask(a_note("one", "Buses"))
    await hall.quiet()
    ack, told = anna.heard()
    assert ack == {
        "type": "ack",
        "client": anna.client_id,
        "n": 1,
        "stream": BOARD_STREAM,
        "seq": 2,
    }
    assert (told["type"], told["from"], told["to"]) == ("changes", 2, 2)
    assert boris.heard() == [told]
    (entry,) = told["entries"]
    assert entry["by"] == ANNA
    assert set(entry) == {"seq", "by", "at", "changes"}


async def test_nobody_is_told_before_the_disk_has_it() -> None:
    journal = HeldJournal()
    hall = await Hall.opened(journal)
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    journal.hold()
    anna.ask(a_note("one"))
    beat = asyncio.create_task(hall.rooms.ticker.flush_once())
    await journal.waiting.wait()
    assert anna.heard() == boris.heard() == []
    assert await hall.rooms.state(BOARD_STREAM) is not None
    assert await hall.head() == 1
    journal.let_go()
    await beat
    assert anna.types() == ["ack", "changes"]
    assert boris.types() == ["changes"]


async def test_ops_that_come_while_a_commit_is_awaited_gather_for_the_next_tick() -> None:
    journal = HeldJournal()
    hall = await Hall.opened(journal)
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    journal.hold()
    anna.ask(a_note("one"))
    beat = asyncio.create_task(hall.rooms.ticker.flush_once())
    await journal.waiting.wait()
    for name in ("two", "three", "four"):
        anna.ask(a_note(name))
    journal.let_go()
    await beat
    await hall.quiet()
    told = [(m["from"], m["to"]) for m in boris.heard()]
    assert told == [(2, 2), (3, 5)]


async def test_a_refusal_is_heard_by_the_asker_and_by_nobody_else() -> None:
    """P4.10."""
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    anna.ask({"type": "delete_item", "id": an_id("nothing")})
    await hall.quiet()
    (refused,) = anna.heard()
    assert (refused["type"], refused["code"], refused["n"]) == ("refused", "unknown", 1)
    assert boris.heard() == []


async def test_refusals_are_counted_by_code_wherever_they_are_made() -> None:
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    anna.ask({"type": "delete_item", "id": an_id("nothing")})  # by the room
    boris.ask(a_note("one"), client=anna.client_id)  # before it gets there
    await hall.quiet()
    count = hall.rooms.gauges.registry.get_sample_value
    assert count("codesign_refused_total", {"code": "unknown"}) == 1
    assert count("codesign_refused_total", {"code": "forbidden"}) == 1


async def test_a_commit_that_fails_acks_nothing_and_changes_nothing() -> None:
    journal = MemoryJournal()
    hall = await Hall.opened(journal)
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    journal.fail_next = 1
    anna.ask(a_note("one"))
    await hall.quiet()
    assert [(m["type"], m.get("code")) for m in anna.heard()] == [("refused", "unavailable")]
    assert boris.heard() == []
    assert await hall.head() == 1
    anna.ask(a_note("one"), n=1)
    await hall.quiet()
    assert anna.types() == ["ack", "changes"]
    assert boris.types() == ["changes"]


async def test_no_page_takes_more_than_its_share_of_a_tick_while_others_wait() -> None:
    """P7. Its own order stays; who is alone takes all."""
    journal = HeldJournal()
    hall = await Hall.opened(journal)
    many, anna = [await hall.joined(BORIS) for _ in range(5)], await hall.joined(ANNA)
    journal.hold()
    anna.ask(a_note("one"))
    beat = asyncio.create_task(hall.rooms.ticker.flush_once())
    await journal.waiting.wait()
    for page in many:
        for number in range(50):
            page.ask(a_note(f"{page.client_id[7:10]} {number}"))
    anna.ask(a_note("two"))
    journal.let_go()
    await beat
    await hall.rooms.ticker.flush_once()
    acks = [[m["n"] for m in page.heard() if m["type"] == "ack"] for page in (*many, anna)]
    assert acks[-1] == [1, 2]
    assert sum(map(len, acks[:-1])) == limits.OPS_PER_TICK - 1
    await hall.quiet()
    for page, begun in zip(many, acks, strict=False):
        assert min(len(begun), SHARE) == SHARE
        more = [m["n"] for m in page.heard() if m["type"] == "ack"]
        assert begun + more == list(range(1, 51))
