"""Rooms open, close, fail and come back without anybody losing anything."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from codesign.core.hashing import state_hash
from codesign.core.ops import SetUpBoard
from codesign.live import keeping
from codesign.live.asked import Done
from codesign.store.journal import Append, Loaded
from codesign.store.memory import MemoryJournal
from tests.builders import ANNA, BORIS, OLGA, an_id
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM, Hall, a_note, add_board

SECOND = an_id("second board")


class Fragile(MemoryJournal):
    """Fails to order: loads, and appends of one stream."""

    def __init__(self) -> None:
        super().__init__()
        self.loads = 0
        self.no_loads = False
        self.no_appends_of = ""

    async def load(self, stream: str, **more: Any) -> Loaded | None:
        self.loads += 1
        await asyncio.sleep(0)
        if self.no_loads:
            raise OSError("the disk is gone")
        return await super().load(stream, **more)

    async def append(self, appends: Any) -> list[Exception | None]:
        results = await super().append([a for a in appends if a.stream != self.no_appends_of])
        left = iter(results)
        return [OSError("full") if a.stream == self.no_appends_of else next(left) for a in appends]


async def test_an_empty_room_closes_after_a_while_and_opens_as_it_was() -> None:
    hall = await Hall.opened()
    anna = await hall.joined()
    anna.ask(a_note("one", "Buses"))
    await hall.quiet()
    found = await hall.rooms.state(BOARD_STREAM)
    assert found is not None
    before = found[0], state_hash(found[1])
    await hall.later(200)
    assert len(hall.rooms.keeping) == 2
    anna.conversation.lost()
    await hall.later(59)
    assert len(hall.rooms.keeping) == 2
    for _ in range(4):
        await hall.later(61)
    assert len(hall.rooms.keeping) == 0
    loaded = await hall.journal.load(BOARD_STREAM)
    assert loaded is not None
    assert loaded.snapshot == 2
    found = await hall.rooms.state(BOARD_STREAM)
    assert found is not None
    assert (found[0], state_hash(found[1])) == before
    anna = await hall.joined()
    anna.ask({"type": "recolour", "id": an_id("one"), "colour": "sea"})
    await hall.quiet()
    assert anna.types() == ["ack", "changes"]


async def test_many_who_open_a_room_at_once_load_it_once() -> None:
    journal = Fragile()
    hall = await (await Hall.opened(journal)).restarted()
    journal.loads = 0
    rooms = await asyncio.gather(*(hall.rooms.open(BOARD_STREAM) for _ in range(50)))
    assert len(set(rooms)) == 1
    assert journal.loads == 2  # the board and its workshop


async def test_a_failed_load_is_not_kept() -> None:
    journal = Fragile()
    hall = await (await Hall.opened(journal)).restarted()
    journal.no_loads = True
    with pytest.raises(OSError, match="gone"):
        await hall.rooms.open(BOARD_STREAM)
    assert (await hall.answer(BOARD_STREAM, a_note("one"), person=ANNA)).code == "unavailable"
    journal.no_loads = False
    assert type(await hall.answer(BOARD_STREAM, a_note("one"), person=ANNA)) is Done


async def test_a_stream_that_is_not_there_is_not_kept_either() -> None:
    hall = await Hall.opened()
    assert await hall.rooms.open(f"board:{SECOND}") is None
    await hall.ask(WORKSHOP_STREAM, add_board(name=SECOND), person=OLGA)
    await hall.later(0)
    assert await hall.head(f"board:{SECOND}") == 1


async def test_nobody_but_the_product_brings_a_stream_into_being() -> None:
    hall = await Hall.opened()
    op = {"type": "set_up_board", "workshop": an_id("w"), "layout": "free", "question": ""}
    answer = await hall.answer(f"board:{SECOND}", op, person=OLGA)
    assert answer.code == "unknown"
    assert await hall.rooms.open(f"board:{SECOND}") is None


async def test_when_one_room_cannot_be_saved_the_others_go_on() -> None:
    journal = Fragile()
    hall = await Hall.opened(journal)
    await hall.ask(WORKSHOP_STREAM, add_board(name=SECOND), person=OLGA)
    await hall.later(0)
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    journal.no_appends_of = f"board:{SECOND}"
    anna.ask(a_note("one"))
    boris.ask(a_note("two"), stream=f"board:{SECOND}")
    await hall.quiet()
    assert [m["type"] for m in anna.heard()] == ["ack", "changes"]
    assert boris.heard()[-1]["code"] == "unavailable"
    journal.no_appends_of = ""
    boris.ask(a_note("two"), n=1, stream=f"board:{SECOND}")
    await hall.quiet()
    assert boris.types() == ["ack"]
    assert await hall.head(f"board:{SECOND}") == 2


async def test_a_room_that_can_neither_save_nor_load_comes_back_when_the_disk_does() -> None:
    journal = Fragile()
    hall = await Hall.opened(journal)
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    journal.fail_next = 1
    journal.no_loads = True
    anna.ask(a_note("one"))
    await hall.quiet()
    assert [m["code"] for m in anna.heard()] == ["unavailable"]
    anna.ask(a_note("one"), n=1)
    await hall.quiet()
    assert [m["code"] for m in anna.heard()] == ["unavailable"]
    journal.no_loads = False
    anna.ask(a_note("one"), n=1)
    await hall.quiet()
    assert anna.types() == ["ack", "changes"]
    assert boris.types() == ["changes"]


async def test_a_commit_whose_answer_was_lost_is_told_after_all() -> None:
    """The disk has the entry, we heard of a failure: everyone still ends with the same board."""

    class Mumbling(MemoryJournal):
        mumble = False

        async def append(self, appends: Any) -> list[Exception | None]:
            results = await super().append(appends)
            return [OSError("what was that?")] * len(results) if self.mumble else results

    journal = Mumbling()
    hall = await Hall.opened(journal)
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    journal.mumble = True
    anna.ask(a_note("one"))
    await hall.quiet()
    journal.mumble = False
    assert anna.types() == ["ack", "changes"]
    assert [(m["from"], m["to"]) for m in boris.heard()] == [(2, 2)]
    anna.ask(a_note("one"), n=1)
    await hall.quiet()
    assert [(m["type"], m["seq"]) for m in anna.heard()] == [("ack", 2)]
    assert await hall.head() == 2


class Late(MemoryJournal):
    """Reads at once, and says what it read of some streams when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, asyncio.Event] = {}

    async def load(self, stream: str, **more: Any) -> Loaded | None:
        found = await super().load(stream, **more)
        if stream in self.held:
            await self.held[stream].wait()
        return found

    def hold(self, stream: str) -> asyncio.Event:
        return self.held.setdefault(stream, asyncio.Event())


async def test_a_room_made_while_somebody_looks_for_it_is_not_set_back() -> None:
    """What was read before a commit is never laid over what came after it."""
    journal = Late()
    hall = await Hall.opened(journal)
    stream = f"board:{SECOND}"
    looking = asyncio.create_task(hall.rooms.open(stream))
    await asyncio.sleep(0)  # it has looked among the open rooms, and is about to look on disk
    set_up = SetUpBoard(workshop=an_id("workshop"), layout="free", question="", regions=())
    room = await hall.rooms.keeping.found(stream, set_up)
    read = journal.hold(stream)
    await hall.ask(stream, set_up.model_dump(), product=True)
    await hall.ask(stream, a_note("one"), product=True)
    read.set()
    await looking
    assert room.seq == 2
    await hall.ask(stream, a_note("two"), product=True)


async def test_two_who_bring_a_room_in_line_do_not_set_it_back() -> None:
    journal = Late()
    hall = await Hall.opened(journal)
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    room.stale = True
    read = journal.hold(BOARD_STREAM)
    early = asyncio.create_task(hall.rooms.keeping.reload(room))
    await asyncio.sleep(0)
    journal.held.clear()
    await hall.ask(BOARD_STREAM, a_note("one"), product=True)
    read.set()
    assert await early
    assert room.seq == 2
    await hall.ask(BOARD_STREAM, a_note("two"), product=True)


async def test_who_asked_hears_of_a_failed_commit_though_another_brought_the_room_in_line() -> None:
    journal = Late()
    hall = await Hall.opened(journal)
    await hall.ask(WORKSHOP_STREAM, add_board(name=SECOND), person=OLGA)
    await hall.later(0)
    first, second = BOARD_STREAM, f"board:{SECOND}"
    asked = [
        asyncio.create_task(hall.rooms.ask(stream, a_note("one"), product=True))
        for stream in (first, second)
    ]
    await asyncio.sleep(0)
    journal.fail_next = 1
    read = journal.hold(first)
    beating = asyncio.create_task(hall.rooms.ticker.flush_once())
    await asyncio.sleep(0)
    await asyncio.sleep(0)  # both commits have failed, and the first of the rooms is read again
    await hall.rooms.open(second)
    read.set()
    await beating
    async with asyncio.timeout(5):
        answers = await asyncio.gather(*asked)
    assert [answer.code for answer in answers] == ["unavailable"] * 2


async def test_a_mistake_in_one_rule_costs_one_op_and_not_the_tick(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from codesign.live import batch

    decide = batch.decide  # type: ignore[attr-defined]

    def stumbling(op: Any, *rest: Any) -> Any:
        if op.type == "recolour":
            raise KeyError("somebody's words")
        return decide(op, *rest)

    monkeypatch.setattr(batch, "decide", stumbling)
    hall = await Hall.opened()
    anna = await hall.joined()
    anna.ask(a_note("one"))
    anna.ask({"type": "recolour", "id": an_id("one"), "colour": "sea"})
    anna.ask(a_note("two"))
    await hall.quiet()
    told = [(m["type"], m.get("n")) for m in anna.heard()]
    assert told == [("ack", 1), ("refused", 2), ("ack", 3), ("changes", None)]


async def test_a_snapshot_is_saved_every_so_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SNAPSHOT_EVERY", 10)
    hall = await Hall.opened()
    anna = await hall.joined()
    for number in range(25):
        anna.ask(a_note(f"note {number}"))
        await hall.quiet()
    loaded = await hall.journal.load(BOARD_STREAM)
    assert loaded is not None
    assert (loaded.head, loaded.snapshot) == (26, 20)


async def test_a_tick_takes_at_most_two_hundred_ops_of_one_room() -> None:
    appends: list[Append] = []

    class Counting(MemoryJournal):
        async def append(self, wanted: Any) -> list[Exception | None]:
            appends.extend(wanted)
            return await super().append(wanted)

    hall = await Hall.opened(Counting())
    pages = [await hall.joined(ANNA) for _ in range(10)]
    appends.clear()
    for number, page in enumerate(pages):
        for each in range(50):
            page.ask(a_note(f"note {number} {each}"))
    await hall.quiet()
    assert [len(append.entries) for append in appends] == [200, 200, 100]


async def test_rooms_of_one_tick_are_written_together() -> None:
    together: list[int] = []

    class Counting(MemoryJournal):
        async def append(self, wanted: Any) -> list[Exception | None]:
            together.append(len(wanted))
            return await super().append(wanted)

    hall = await Hall.opened(Counting())
    anna, olga = await hall.joined(ANNA), await hall.joined(OLGA)
    together.clear()
    anna.ask(a_note("one"))
    olga.ask({"type": "set_stage", "stage": "locked"}, stream=WORKSHOP_STREAM)
    await hall.quiet()
    assert together == [2]
