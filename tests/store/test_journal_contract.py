"""The promises of the journal, held by all three of its bodies: memory, SQLite, PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticSerializationError

from codesign.core.changes import DropItem, PatchItem, PatchStream, PutItem
from codesign.core.effects import Due
from codesign.core.stream import State
from codesign.store.database import Database
from codesign.store.errors import Corrupt, HeadMoved, OpKnown
from codesign.store.journal import Append, Journal, open_journal
from codesign.store.memory import MemoryJournal
from tests.store.builders import (
    BOARD,
    OTHER,
    append,
    damage_entry,
    damage_snapshot,
    lose_entry,
    note,
    parts,
    row,
    spoil,
    why,
)


async def test_what_was_appended_is_loaded_after_it(journal: Journal) -> None:
    rows = [
        row(1, PatchStream({"layout": "zones"})),
        row(2, PutItem(note("a", text="Buses")), client="c", n=1),
        row(
            3,
            PatchItem("a", {"colour": "blue"}, {"text": ((5, "", " at night"),)}),
            client="c",
            n=2,
        ),
        row(4, PutItem(note("b")), client="c", n=3),
        row(5, DropItem("b"), client="c", n=4),
    ]
    assert await journal.append([Append(BOARD, "w", 0, rows)]) == [None]
    loaded = await journal.load(BOARD)
    assert loaded is not None
    assert loaded.head == 5
    assert parts(loaded.state) == (
        {"layout": "zones"},
        {"a": note("a", text="Buses at night", colour="blue")},
        {"b"},
    )
    assert loaded.tail == rows
    assert loaded.snapshot == 0
    assert await journal.entries(BOARD, 2) == rows[2:]
    assert await journal.entries(BOARD, 2, 4) == rows[2:4]
    assert await journal.entries(BOARD, 5) == []


async def test_a_stream_that_nobody_made_is_not_there(journal: Journal) -> None:
    assert await journal.load(BOARD) is None
    assert await journal.entries(BOARD, 0) == []
    assert await journal.streams() == []


async def test_a_stream_comes_into_being_with_its_first_entry(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, 2), append("workshop:w", 0)])
    assert await journal.streams() == [(BOARD, "w", 2), ("workshop:w", "w", 1)]
    assert await journal.heads("w") == {BOARD: 2, "workshop:w": 1}
    assert await journal.heads("v") == {}


async def test_a_wrong_head_writes_nothing(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, 3)])
    for head in (0, 2, 4):
        moved = replace(append(BOARD, head, client="c"), dues=[Due("d", 5, OTHER, {})])
        assert why(await journal.append([moved])) == [HeadMoved]
    assert why(await journal.append([append(OTHER, 1)])) == [HeadMoved]
    assert await journal.streams() == [(BOARD, "w", 3)]
    assert await journal.last(["c"]) == {}
    assert await journal.next_due() is None
    assert await journal.append([append(BOARD, 3)]) == [None]


async def test_the_same_op_is_written_once(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, client="c", n=7)])
    again = replace(append(BOARD, 1, 2, client="c", n=6), dues=[Due("d", 5, OTHER, {})])
    assert why(await journal.append([again])) == [OpKnown]
    assert why(await journal.append([append(OTHER, 0, client="c", n=7)])) == [OpKnown]
    assert await journal.streams() == [(BOARD, "w", 1)]
    assert await journal.next_due() is None
    assert await journal.last(["c"]) == {"c": ("ana", 7)}


async def test_the_same_op_twice_in_one_append_is_refused(journal: Journal) -> None:
    twice = Append(BOARD, "w", 0, [row(1, client="c", n=1), row(2, client="c", n=1)])
    assert why(await journal.append([twice])) == [OpKnown]
    assert await journal.load(BOARD) is None


async def test_an_append_that_fails_leaves_the_others_of_its_tick_alone(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, client="c", n=1)])
    unwritable = Append("board:three", "w", 0, [row(1, PutItem(note("a", text=object())))])
    outcomes = await journal.append(
        [
            append(OTHER, 0, 2, client="d"),
            append(BOARD, 5),
            unwritable,
            append("board:four", 0, client="c", n=1),
            append(BOARD, 1, client="c", n=2),
        ]
    )
    assert why(outcomes) == [None, HeadMoved, PydanticSerializationError, OpKnown, None]
    assert await journal.streams() == [(BOARD, "w", 2), (OTHER, "w", 2)]


async def test_two_appends_of_one_stream_follow_each_other(journal: Journal) -> None:
    assert await journal.append([append(BOARD, 0, 2), append(BOARD, 2)]) == [None, None]
    assert [row.entry.seq for row in await journal.entries(BOARD, 0)] == [1, 2, 3]


async def test_entries_must_count_on_from_the_head(journal: Journal) -> None:
    gap = Append(BOARD, "w", 0, [row(1), row(3)])
    assert why(await journal.append([gap])) == [ValueError]
    assert await journal.load(BOARD) is None


async def test_an_op_that_changed_nothing_is_remembered_by_its_client(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, client="c", n=3)])
    assert await journal.append([Append(BOARD, "w", 1, clients={"c": ("ana", 4)})]) == [None]
    assert await journal.last(["c", "nobody"]) == {"c": ("ana", 4)}
    loaded = await journal.load(BOARD)
    assert loaded is not None
    assert loaded.head == 1


async def test_a_client_stays_with_its_first_person_and_its_highest_n(journal: Journal) -> None:
    for client, person, n in (("c", "ana", 5), ("c", "ben", 3), ("c", "ben", 6), ("p", None, 1)):
        await journal.append([Append(BOARD, "w", 0, clients={client: (person, n)})])
    assert await journal.last(["c", "p"]) == {"c": ("ana", 6), "p": (None, 1)}
    assert await journal.last([]) == {}


async def test_acks_name_every_journalled_op_from_an_n_on(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, 2, client="c", n=1), append(OTHER, 0, client="c", n=4)])
    await journal.append([append(BOARD, 2, client="d", n=1)])
    assert await journal.acks({"c": 2, "d": 1, "e": 1}) == [
        ("c", 2, BOARD, 2),
        ("c", 4, OTHER, 1),
        ("d", 1, BOARD, 3),
    ]
    assert await journal.acks({}) == []
    first = await journal.acks({"c": 1, "d": 1}, limit=2)
    assert [(client, n) for client, n, _, _ in first] == [("c", 1), ("c", 2)]


async def test_an_op_is_found_with_its_stream_and_entry(journal: Journal) -> None:
    made = row(1, client="c", n=1)
    await journal.append([Append(BOARD, "w", 0, [made])])
    assert await journal.find("c", 1) == (BOARD, made)
    assert await journal.find("c", 2) is None


async def test_dues_come_in_the_order_of_their_time_until_they_are_done(journal: Journal) -> None:
    late, soon, same = (
        Due("late", 30, OTHER, {"type": "b"}),
        Due("soon", 10, BOARD, {"type": "a"}),
        Due("also", 10, BOARD, {"type": "a"}),
    )
    await journal.append([replace(append(BOARD, 0), dues=[late, soon, same])])
    assert await journal.next_due() == 10
    assert await journal.due(9) == []
    assert await journal.due(29) == [same, soon]
    assert await journal.due(30, limit=1) == [same]
    await journal.append([replace(append(OTHER, 0), done=["soon", "unheard of"])])
    assert await journal.due(99) == [same, late]
    await journal.mark_done(["also"], 40)
    assert await journal.due(99) == [late]
    assert await journal.next_due() == 30


async def test_a_due_that_is_known_is_not_made_again(journal: Journal) -> None:
    first = Due("d", 10, OTHER, {"type": "a"})
    await journal.append([replace(append(BOARD, 0), dues=[first])])
    await journal.append([replace(append(BOARD, 1), dues=[replace(first, at=99)])])
    assert await journal.due(100) == [first]
    await journal.append([replace(append(OTHER, 0), done=["d"])])
    await journal.append([replace(append(BOARD, 2), dues=[first])])
    assert await journal.due(100) == []


async def test_a_due_that_cannot_be_read_holds_nobody_up(database: Database) -> None:
    journal = open_journal(database)
    lost, next_one = Due("a", 10, BOARD, {}), Due("b", 20, BOARD, {"type": "b"})
    await journal.append([replace(append(BOARD, 0), dues=[lost, next_one])])
    await spoil(journal, "UPDATE due SET effect = '{' WHERE stream = :stream AND at = 10", BOARD)
    assert await journal.due(30) == [next_one]
    assert await journal.next_due() == 20


async def test_words_that_no_text_can_hold_fail_alone(database: Database) -> None:
    journal = open_journal(database)
    half = Append(BOARD, "w", 0, [row(1, PutItem(note("a", text="\ud800")))])
    (failed, fine) = await journal.append([half, append(OTHER, 0)])
    assert failed is not None
    assert fine is None
    assert await journal.streams() == [(OTHER, "w", 1)]


async def test_a_stream_is_its_snapshot_and_what_came_after(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, 6)])
    loaded = await journal.load(BOARD)
    assert loaded is not None
    await journal.save_snapshot(BOARD, 6, loaded.state)
    await journal.append([Append(BOARD, "w", 6, [row(7, DropItem("note2")), row(8)])])
    again = await journal.load(BOARD)
    assert again is not None
    assert (again.head, again.snapshot) == (8, 6)
    assert list(again.state.items) == ["note1", "note3", "note4", "note5", "note6", "note8"]
    assert again.state.dropped == {"note2"}
    assert [row.entry.seq for row in again.tail] == [1, 2, 3, 4, 5, 6, 7, 8]


async def test_what_the_room_does_to_its_state_later_is_not_in_the_snapshot(
    journal: Journal,
) -> None:
    await journal.append([append(BOARD, 0)])
    state = State({}, {"note1": note("note1")})
    saving = asyncio.ensure_future(journal.save_snapshot(BOARD, 1, state))
    await asyncio.sleep(0)
    state.put(note("later"))
    await saving
    loaded = await journal.load(BOARD)
    assert loaded is not None
    assert list(loaded.state.items) == ["note1"]


async def test_opening_reads_no_more_of_the_journal_than_the_tail(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, 50)])
    loaded = await journal.load(BOARD)
    assert loaded is not None
    await journal.save_snapshot(BOARD, 50, loaded.state)
    await damage_entry(journal, BOARD, 40)
    short = await journal.load(BOARD, tail=10)
    assert short is not None
    assert parts(short.state) == parts(loaded.state)
    assert short.tail == loaded.tail[-10:]
    none = await journal.load(BOARD, tail=0)
    assert none is not None
    assert (none.head, none.tail) == (50, [])


async def test_an_old_snapshot_does_not_replace_a_new_one(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, 5)])
    await journal.save_snapshot(BOARD, 5, State({"at": 5}))
    await journal.save_snapshot(BOARD, 3, State({"at": 3}))
    loaded = await journal.load(BOARD)
    assert loaded is not None
    assert loaded.state.fields == {"at": 5}


async def test_no_snapshot_is_taken_of_what_is_not_on_disk(journal: Journal) -> None:
    await journal.append([append(BOARD, 0)])
    await journal.save_snapshot(BOARD, 2, State())
    await journal.save_snapshot("board:unmade", 0, State())
    loaded = await journal.load(BOARD)
    assert loaded is not None
    assert loaded.snapshot == 0


async def test_a_damaged_snapshot_is_said_to_be_damaged_each_time(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, 2), append(OTHER, 0)])
    await journal.save_snapshot(BOARD, 2, State())
    await damage_snapshot(journal, BOARD)
    for _ in range(2):
        with pytest.raises(Corrupt):
            await journal.load(BOARD)
    assert await journal.load(OTHER) is not None


async def test_a_damaged_entry_is_said_to_be_damaged(journal: Journal) -> None:
    await journal.append([append(BOARD, 0, 3)])
    await damage_entry(journal, BOARD, 2)
    with pytest.raises(Corrupt):
        await journal.load(BOARD)
    with pytest.raises(Corrupt):
        await journal.entries(BOARD, 0)


@pytest.mark.parametrize("seq", [1, 2, 3])
async def test_a_hole_in_the_journal_is_noticed(journal: Journal, seq: int) -> None:
    await journal.append([append(BOARD, 0, 3)])
    await lose_entry(journal, BOARD, seq)
    with pytest.raises(Corrupt):
        await journal.load(BOARD)


async def test_many_writers_leave_no_gap_and_write_nothing_twice(journal: Journal) -> None:
    async def write(client: str) -> None:
        for n in range(1, 9):
            while True:
                loaded = await journal.load(BOARD)
                head = loaded.head if loaded else 0
                if await journal.append([append(BOARD, head, client=client, n=n)]) == [None]:
                    break

    await asyncio.gather(*(write(f"c{i}") for i in range(6)))
    rows = await journal.entries(BOARD, 0)
    assert [row.entry.seq for row in rows] == list(range(1, 49))
    assert sorted((row.client, row.n) for row in rows) == [
        (f"c{i}", n) for i in range(6) for n in range(1, 9)
    ]


async def test_an_append_nobody_waits_for_any_more_is_still_whole(journal: Journal) -> None:
    waiting = asyncio.ensure_future(journal.append([append(BOARD, 0, 100)]))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await asyncio.gather(waiting, return_exceptions=True) is not None
    while (loaded := await journal.load(BOARD)) is None:
        pass
    assert loaded.head == 100


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.dictionaries(words.filter(str.isascii), words | st.integers() | st.booleans(), max_size=4)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
async def test_every_word_comes_back_as_it_was(journal: Journal, fields: dict[str, object]) -> None:
    loaded = await journal.load(BOARD)
    head = loaded.head if loaded else 0
    put = PutItem({**fields, "id": f"note{head}", "kind": "note"})
    assert await journal.append([Append(BOARD, "w", head, [row(head + 1, put)])]) == [None]
    (back,) = await journal.entries(BOARD, head)
    assert back.entry.changes == (put,)


asked = st.tuples(
    st.sampled_from(["board:x", "board:y", "workshop:z"]),
    st.integers(-1, 1),  # how far the head is off
    st.integers(0, 3),  # how many entries
    st.sampled_from(["c", "d", None]),
    st.integers(1, 6),  # the first n
)


@given(st.lists(st.lists(asked, max_size=4), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
async def test_every_body_answers_as_the_one_in_memory(
    journal: Journal, ticks: list[list[tuple[str, int, int, str | None, int]]]
) -> None:
    life = len(await journal.streams())  # each example has streams and clients of its own
    model, heads = MemoryJournal(), dict[str, int]()
    for tick in ticks:
        appends = []
        for stream, off, count, client, n in tick:
            name = f"{stream}{life}"
            head = max(heads.get(name, 0) + off * (n > 4), 0)
            appends.append(append(name, head, count, client=client and f"{client}{life}", n=n))
        # Within one call only streams are in a known order; ops that name the same client may take either turn.
        if len({client for *_, client, _ in tick if client}) < len([c for *_, c, _ in tick if c]):
            appends = appends[:1]
        outcomes = why(await journal.append(appends))
        assert outcomes == why(await model.append(appends))
        heads = {name: head for name, _, head in await model.streams()}
    for name in heads:
        ours, theirs = await journal.load(name), await model.load(name)
        assert ours is not None
        assert theirs is not None
        assert ours.tail == theirs.tail
        assert parts(ours.state) == parts(theirs.state)
