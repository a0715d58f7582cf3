"""What the product asks by itself happens once, whatever comes between (architecture 3, step 10)."""

from __future__ import annotations

from codesign.core.effects import Due
from codesign.core.limits import TAIL_ENTRIES
from codesign.store.errors import Corrupt
from codesign.store.journal import Append, Loaded
from codesign.store.memory import MemoryJournal
from codesign.store.rows import Row
from tests.builders import OLGA, WORKSHOP, an_id
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM, Hall, StillClock, add_board

SECOND = an_id("second board")


async def test_a_board_is_set_up_on_its_own_stream_by_the_effect_of_adding_it() -> None:
    hall = await Hall.opened()
    found = await hall.rooms.state(BOARD_STREAM)
    assert found is not None
    seq, state = found
    assert (seq, state.fields["workshop"], state.fields["layout"]) == (1, WORKSHOP, "free")
    assert await hall.journal.due(hall.clock.now() + 10**9) == []


async def test_what_was_left_undone_when_the_process_died_is_done_at_the_next_start() -> None:
    hall = await Hall.opened()
    await hall.ask(WORKSHOP_STREAM, add_board(name=SECOND), person=OLGA)
    assert len(await hall.journal.due(hall.clock.now())) == 1
    hall = await hall.restarted()
    assert await hall.rooms.state(f"board:{SECOND}") is None
    await hall.meanwhile(hall.rooms.effects.run_due())
    assert await hall.head(f"board:{SECOND}") == 1
    assert await hall.journal.due(hall.clock.now()) == []


async def test_whoever_comes_to_a_board_that_is_only_being_made_waits_for_it() -> None:
    hall = await Hall.opened()
    await hall.ask(WORKSHOP_STREAM, add_board(name=SECOND), person=OLGA)
    assert await hall.rooms.open(f"board:{SECOND}") is None
    room = await hall.meanwhile(hall.rooms.open_made(f"board:{SECOND}"))
    assert room is not None
    assert room.state.fields["layout"] == "free"


async def test_whoever_comes_to_a_board_that_never_was_makes_nobody_look_for_it() -> None:
    hall = await Hall.opened()
    looked: list[int] = []

    async def due(now: int, *, limit: int = 100) -> list[Due]:
        looked.append(now)
        return []

    hall.journal.due = due  # type: ignore[method-assign]
    assert await hall.meanwhile(hall.rooms.open_made(f"board:{an_id('never')}")) is None
    assert looked == []


async def test_starting_does_what_was_left_undone() -> None:
    hall = await Hall.opened()
    await hall.ask(WORKSHOP_STREAM, add_board(name=SECOND), person=OLGA)
    hall = await hall.restarted()
    await hall.rooms.start()
    for _ in range(200):
        await hall.quiet()
    await hall.rooms.stop()
    assert await hall.journal.due(hall.clock.now()) == []


async def test_an_effect_that_is_run_again_adds_nothing() -> None:
    hall = await Hall.opened()
    before = [row.entry for row in await hall.journal.entries(BOARD_STREAM, 0)]
    op = {"type": "set_up_board", "workshop": WORKSHOP, "layout": "free", "question": "What if?"}
    await leave_due(hall, Due("again", 0, BOARD_STREAM, op))
    await hall.meanwhile(hall.rooms.effects.run_due())
    assert [row.entry for row in await hall.journal.entries(BOARD_STREAM, 0)] == before
    assert await hall.journal.due(hall.clock.now()) == []


async def test_an_effect_that_cannot_be_saved_is_tried_again_later() -> None:
    journal = MemoryJournal()
    hall = await Hall.opened(journal)
    await hall.ask(WORKSHOP_STREAM, add_board(name=SECOND), person=OLGA)
    journal.fail_next = 1
    await hall.later(0)
    assert await hall.rooms.state(f"board:{SECOND}") is None
    await hall.later(5)
    assert await hall.head(f"board:{SECOND}") == 1


async def test_an_effect_on_a_stream_that_cannot_be_read_holds_up_no_other() -> None:
    journal = OneDamaged()
    hall = await Hall.opened(journal)
    journal.damaged = f"board:{an_id('damaged')}"
    await leave_due(hall, Due("a", 0, journal.damaged, {"type": "set_stage", "stage": "open"}))
    await leave_due(hall, Due("b", 1, WORKSHOP_STREAM, {"type": "set_stage", "stage": "locked"}))
    await hall.meanwhile(hall.rooms.effects.run_due())
    assert await stage(hall) == "locked"
    assert [due.id for due in await journal.due(hall.clock.now())] == ["a"]


class OneDamaged(MemoryJournal):
    """One of its streams cannot be read."""

    damaged = ""

    async def load(self, stream: str, *, tail: int = TAIL_ENTRIES) -> Loaded | None:
        if stream == self.damaged:
            raise Corrupt(stream, "made so")
        return await super().load(stream, tail=tail)


async def test_an_effect_for_later_happens_with_nobody_connected() -> None:
    hall = await Hall.opened()
    op = {"type": "set_stage", "stage": "locked"}
    await leave_due(hall, Due("timer", hall.clock.now() + 60_000, WORKSHOP_STREAM, op))
    hall = await hall.restarted()
    hall.rooms.effects.wake(0)
    await hall.later(1)
    assert await stage(hall) == "open"
    await hall.later(30)
    assert await stage(hall) == "open"
    await hall.later(30)
    assert await stage(hall) == "locked"


async def test_an_effect_that_is_refused_is_done_with() -> None:
    hall = await Hall.opened()
    await leave_due(hall, Due("odd", 0, BOARD_STREAM, {"type": "dance"}))
    await hall.meanwhile(hall.rooms.effects.run_due())
    assert await hall.journal.due(hall.clock.now()) == []


async def stage(hall: Hall) -> str:
    found = await hall.rooms.state(WORKSHOP_STREAM)
    assert found is not None
    return str(found[1].fields["stage"])


async def leave_due(hall: Hall, due: Due) -> None:
    """As an entry of another stream would have left it."""
    from codesign.core.changes import PatchStream
    from codesign.core.stream import Entry

    entry = Entry(1, None, 0, (PatchStream({"layout": "free"}),), ())
    source = f"board:{an_id('source of ' + due.id)}"
    append = Append(source, WORKSHOP, 0, [Row(entry)], [due], at=StillClock().now())
    assert await hall.journal.append([append]) == [None]
