"""Opening a board reads little of its journal; what is older is read when somebody comes back with an older base."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from codesign.live import keeping
from codesign.store import rows
from codesign.store.memory import MemoryJournal
from codesign.store.rows import Row
from tests.builders import ANNA, BORIS, an_id, edit
from tests.live.hall import BOARD_STREAM, Hall, a_note

MINE = an_id("my page")


class Reading:
    """Counts the entries of the board that are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._read: list[int] = []
        read_one = rows.row_of

        def counted(stream: str, values: Sequence[Any]) -> Row:
            if stream == BOARD_STREAM:
                self._read.append(values[0])
            return read_one(stream, values)

        monkeypatch.setattr(rows, "row_of", counted)

    def taken(self) -> int:
        taken = len(self._read)
        self._read.clear()
        return taken


def a_move(name: str, x: int) -> dict[str, Any]:
    return {"type": "move_item", "id": an_id(name), "x": x, "y": 0}


async def a_long_journal(hall: Hall, moves: int) -> int:
    """Two notes of Anna's; then she types into one and Boris moves the other, again and again, a while ago.

    The seq before the typing.
    """
    anna = await hall.joined(ANNA, MINE)
    anna.ask(a_note("mine", "Buses"))
    anna.ask(a_note("other"))
    await hall.quiet()
    then = await hall.head()
    anna.ask(edit("mine", (0, "", "Night b"), (0, "B", "")), base=then)
    await hall.quiet()
    boris = await hall.joined(BORIS)
    for at in range(moves):
        boris.ask(a_move("other", 1_000 * at + 1_000), base=then + 1 + at)
        await hall.later(1)
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    await hall.rooms.keeping.save(room)
    await hall.later(60)
    return then


@pytest.fixture(autouse=True)
def little_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "READ_AT_FIRST", 20)


@pytest.mark.parametrize("moves", [30, 120])
async def test_opening_reads_as_much_after_many_entries_as_after_few(
    moves: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = await Hall.opened()
    await a_long_journal(hall, moves)
    hall = await hall.restarted()
    reading = Reading(monkeypatch)
    boris = await hall.joined(BORIS)
    assert reading.taken() == 20
    boris.ask(a_note("new"), base=await hall.head())
    boris.ask(a_move("mine", 500), base=await hall.head() - 15)
    await hall.quiet()
    assert [m["type"] for m in boris.heard()] == ["ack", "ack", "changes"]
    assert reading.taken() == 0


async def test_who_comes_back_with_an_old_base_is_judged_as_if_the_board_had_never_closed() -> None:
    """P4.8 and P5.3: nobody's move is overwritten, none is refused without a reason, every letter stays."""
    heard = []
    for restarts in (False, True):
        hall = await Hall.opened()
        then = await a_long_journal(hall, 40)
        hall = await hall.restarted() if restarts else hall
        anna = await hall.joined(ANNA, an_id("her other page"))
        anna.ask(a_move("mine", 500), base=then)
        anna.ask(a_move("other", 500), base=then)
        anna.ask(edit("mine", (5, "", "!")), base=then)
        await hall.quiet()
        heard.append(anna.heard())
        found = await hall.rooms.state(BOARD_STREAM)
        assert found is not None
        assert found[1].items[an_id("mine")]["text"] == "Night buses!"
    closed, opened = heard
    assert closed == opened
    said = [(m["type"], m.get("code"), m.get("data", {}).get("by")) for m in opened[:3]]
    assert said == [("ack", None, None), ("refused", "conflict", BORIS), ("ack", None, None)]


async def test_undo_still_knows_what_others_did_before_the_board_was_opened() -> None:
    hall = await Hall.opened()
    await a_long_journal(hall, 40)
    hall = await hall.restarted()
    anna = await hall.joined(ANNA, MINE)
    anna.ask({"type": "undo", "n": 3}, n=4, base=await hall.head())
    anna.ask({"type": "undo", "n": 2}, n=5, base=await hall.head())
    await hall.quiet()
    found = await hall.rooms.state(BOARD_STREAM)
    assert found is not None
    assert found[1].items[an_id("mine")]["text"] == "Buses"
    assert an_id("other") in found[1].items


async def test_what_cannot_be_read_now_is_asked_again_and_nothing_is_judged_without_it() -> None:
    class Torn(MemoryJournal):
        is_torn = False

        async def entries(self, stream: str, after: int, to: int | None = None) -> list[Row]:
            if self.is_torn:
                raise OSError("the disk is gone")
            return await super().entries(stream, after, to)

    journal = Torn()
    hall = await Hall.opened(journal)
    then = await a_long_journal(hall, 40)
    hall = await hall.restarted()
    anna = await hall.joined(ANNA)
    journal.is_torn = True
    anna.ask(a_move("mine", 500), base=then)
    await hall.quiet()
    assert [m.get("code") for m in anna.heard()] == ["unavailable"]
    journal.is_torn = False
    anna.ask(a_move("mine", 500), n=1, base=then)
    await hall.quiet()
    assert anna.types() == ["ack", "changes"]


async def test_what_was_read_is_dropped_when_the_room_was_read_again_meanwhile() -> None:
    """A room is never set back: what is read beside it is older than what it now has."""

    class Slow(MemoryJournal):
        then: Callable[[], Awaitable[object]] | None = None

        async def entries(self, stream: str, after: int, to: int | None = None) -> list[Row]:
            found = await super().entries(stream, after, to)
            if self.then is not None:
                await self.then()
            return found

    journal = Slow()
    hall = await Hall.opened(journal)
    then = await a_long_journal(hall, 40)
    hall = await hall.restarted()
    anna = await hall.joined(ANNA)
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    begun = room.history

    async def read_again() -> None:
        room.stale = True
        assert await hall.rooms.keeping.reload(room)

    journal.then = read_again
    anna.ask(a_move("mine", 500), base=then)
    await hall.quiet()
    assert anna.types() == ["ack", "changes"]
    assert room.history is not begun
    assert begun.touched_since > then
