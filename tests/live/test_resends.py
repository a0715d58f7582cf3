"""An op takes effect once, however often it is sent (P4.2, P4.3, promise P2)."""

from __future__ import annotations

import asyncio

import pytest

from codesign.live import asked
from codesign.store.memory import MemoryJournal
from tests.builders import ANNA, BORIS, OLGA, an_id, edit
from tests.live.hall import BOARD_STREAM, Hall, Torn, a_note

MINE = an_id("my page")


async def test_a_resend_is_answered_as_before_and_adds_nothing() -> None:
    hall = await Hall.opened()
    anna = await hall.joined()
    anna.ask(a_note("one"))
    await hall.quiet()
    ack, _told = anna.heard()
    anna.ask(a_note("one"), n=1)
    await hall.quiet()
    assert anna.heard() == [ack]
    assert await hall.head() == 2


async def test_the_highest_number_of_a_client_is_kept_in_whatever_order_its_ops_come() -> None:
    hall = await Hall.opened()
    anna = await hall.joined(ANNA, MINE)
    anna.ask(a_note("five"), n=5)
    anna.ask(a_note("three"), n=3)
    await hall.quiet()
    assert await hall.journal.last([MINE]) == {MINE: (ANNA, 5)}


async def test_a_refused_op_is_refused_again() -> None:
    hall = await Hall.opened()
    anna = await hall.joined()
    anna.ask({"type": "delete_item", "id": an_id("nothing")})
    await hall.quiet()
    first = anna.heard()
    anna.ask({"type": "delete_item", "id": an_id("nothing")}, n=1)
    await hall.quiet()
    assert anna.heard() == first


async def test_the_same_name_with_other_content_is_a_bad_op() -> None:
    hall = await Hall.opened()
    anna = await hall.joined()
    anna.ask(a_note("one"))
    await hall.quiet()
    anna.heard()
    anna.ask(a_note("two"), n=1)
    await hall.quiet()
    (refused,) = anna.heard()
    assert (refused["type"], refused.get("code")) == ("refused", "bad_op")
    assert await hall.head() == 2


async def test_a_resend_from_another_socket_is_answered_as_before() -> None:
    hall = await Hall.opened()
    anna = await hall.joined(ANNA, MINE)
    anna.ask(a_note("one"))
    await hall.quiet()
    ack, _told = anna.heard()
    anna.conversation.lost()
    again = await hall.joined(ANNA, MINE)
    again.ask(a_note("one"), n=1)
    await hall.quiet()
    assert again.heard() == [ack]
    assert await hall.head() == 2


async def test_a_resend_after_a_restart_is_answered_from_the_journal() -> None:
    hall = await Hall.opened()
    anna = await hall.joined(ANNA, MINE)
    anna.ask(a_note("one"))
    await hall.quiet()
    ack, _told = anna.heard()
    hall = await hall.restarted()
    again = await hall.joined(ANNA, MINE)
    again.ask(a_note("one"), n=1)
    await hall.quiet()
    assert again.heard() == [ack]
    again.ask(a_note("two"), n=1)
    await hall.quiet()
    (refused,) = again.heard()
    assert refused["code"] == "bad_op"
    assert await hall.head() == 2


async def test_a_resend_that_is_no_longer_remembered_is_found_in_the_journal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asked, "ANSWERS_KEPT", 2)
    hall = await Hall.opened()
    anna = await hall.joined()
    for name in ("one", "two", "three", "four"):
        anna.ask(a_note(name))
    await hall.quiet()
    anna.heard()
    anna.ask(a_note("one"), n=1)
    await hall.quiet()
    assert [(m["type"], m["n"], m["seq"]) for m in anna.heard()] == [("ack", 1, 2)]
    assert await hall.head() == 5


async def test_an_op_sent_again_while_it_is_being_written_is_written_once() -> None:
    torn = await Torn.at(1, MINE)
    torn.again.ask(a_note("one"), n=1)
    await torn.mended()
    assert torn.anna.code == 1000
    assert torn.again.types() == ["welcome", "ack", "changes"]
    assert await torn.hall.head() == 2


async def test_gaps_in_n_are_fine_and_an_n_that_was_jumped_over_may_still_come() -> None:
    hall = await Hall.opened()
    anna = await hall.joined()
    anna.ask(a_note("seven"), n=7)
    anna.ask(a_note("three"), n=3)
    await hall.quiet()
    assert [m["n"] for m in anna.heard() if m["type"] == "ack"] == [7, 3]
    assert await hall.head() == 3


async def test_what_could_not_be_saved_may_be_asked_again_under_its_name() -> None:
    journal = MemoryJournal()
    hall = await Hall.opened(journal)
    anna = await hall.joined()
    journal.fail_next = 1
    anna.ask(a_note("one"))
    await hall.quiet()
    assert [m["code"] for m in anna.heard()] == ["unavailable"]
    anna.ask(a_note("two"))
    anna.ask(a_note("one"), n=1)
    await hall.quiet()
    assert [m["n"] for m in anna.heard() if m["type"] == "ack"] == [2, 1]


async def test_a_client_belongs_to_the_person_who_first_used_it() -> None:
    hall = await Hall.opened()
    anna = await hall.joined(ANNA, MINE)
    anna.ask(a_note("one"))
    await hall.quiet()
    thief = hall.page(BORIS, MINE)
    await thief.hello()
    assert thief.code == 4403
    assert "welcome" not in thief.types()
    assert anna.code is None
    boris = await hall.joined(BORIS)
    boris.ask(a_note("two"), client=MINE, n=2)
    await hall.quiet()
    assert [m["code"] for m in boris.heard()] == ["forbidden"]
    hall = await hall.restarted()
    thief = hall.page(BORIS, MINE)
    await thief.hello()
    assert thief.code == 4403


async def test_a_page_may_send_what_another_page_of_the_same_person_left() -> None:
    """A tab adopts the queue of one that was closed, and sends it under its own client."""
    hall = await Hall.opened()
    old = await hall.joined(ANNA, MINE)
    old.ask(a_note("one"))
    await hall.quiet()
    old.conversation.lost()
    anna = hall.page(ANNA)
    await anna.hello(await hall.head(), also={MINE: 1})
    welcome, ack = anna.heard()[:2]
    assert welcome["last"] == {MINE: 1}
    assert (ack["client"], ack["n"]) == (MINE, 1)
    anna.ask(a_note("two"), client=MINE, n=2)
    await hall.quiet()
    assert [(m["client"], m["n"]) for m in anna.heard() if m["type"] == "ack"] == [(MINE, 2)]


async def test_an_op_that_changes_nothing_is_an_entry_without_changes() -> None:
    """P3.5, P6.6: on disk like any other."""
    hall = await Hall.opened()
    anna = await hall.joined()
    anna.ask(a_note("one", "Buses"))
    anna.ask({"type": "recolour", "id": an_id("one"), "colour": "sea"})
    anna.ask({"type": "recolour", "id": an_id("one"), "colour": "sea"})
    await hall.quiet()
    acks = [(m["n"], m["seq"]) for m in anna.heard() if m["type"] == "ack"]
    assert acks == [(1, 2), (2, 3), (3, 4)]
    row = (await hall.journal.entries(BOARD_STREAM, 3))[0]
    assert (row.client, row.n, row.entry.changes, row.entry.inverse) == (anna.client_id, 3, (), ())


async def test_an_op_that_changed_nothing_does_not_take_effect_when_it_is_sent_again_later() -> (
    None
):
    """P4.3: nor after a restart, when somebody else has changed what it was about."""
    hall = await Hall.opened()
    anna = await hall.joined()
    anna.ask({**a_note("one"), "colour": "sea"})
    same = {"type": "recolour", "id": an_id("one"), "colour": "sea"}
    anna.ask(same)
    await hall.quiet()
    *_, told = [m for m in anna.heard() if m["type"] == "ack"]
    await hall.ask(
        BOARD_STREAM, {"type": "recolour", "id": an_id("one"), "colour": "rose"}, person=OLGA
    )
    hall = await hall.restarted()
    again = await hall.joined(ANNA, anna.client_id)
    again.ask(same, n=2)
    await hall.quiet()
    assert again.heard() == [told]
    found = await hall.rooms.state(BOARD_STREAM)
    assert found is not None
    assert found[1].items[an_id("one")]["colour"] == "rose"


async def test_undo_finds_its_op_in_this_tick_in_memory_and_in_the_journal() -> None:
    """P4.9."""
    hall = await Hall.opened()
    anna = await hall.joined(ANNA, MINE)
    anna.ask(a_note("one"))
    anna.ask({"type": "undo", "n": 1})
    await hall.quiet()
    assert await _notes(hall) == set()
    anna.ask({"type": "undo", "n": 2})
    await hall.quiet()
    assert await _notes(hall) == {an_id("one")}
    hall = await hall.restarted()
    anna = await hall.joined(ANNA, MINE)
    anna.ask({"type": "undo", "n": 3}, n=4)
    await hall.quiet()
    assert await _notes(hall) == set()
    anna.ask({"type": "undo", "n": 99}, n=5)
    await hall.quiet()
    assert anna.heard()[-1]["code"] == "unknown"


async def test_undo_reaches_back_beyond_what_the_room_remembers() -> None:
    hall = await Hall.opened()
    anna = await hall.joined(ANNA, MINE)
    anna.ask(a_note("one", "Buses"))
    anna.ask(edit("one", (5, "", " at night")))
    await hall.quiet()
    boris = await hall.joined(BORIS)
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    room.history._keep = 3
    for number in range(10):
        boris.ask(a_note(f"other {number}"))
    await hall.quiet()
    assert room.history.since > 3
    hall.rooms.memories.get(MINE).answers.clear()  # type: ignore[union-attr]
    anna.heard()
    anna.ask({"type": "undo", "n": 2})
    await hall.quiet()
    assert anna.types() == ["ack", "changes"]
    note = room.state.get(an_id("one"))
    assert note is not None
    assert note["text"] == "Buses"


async def _notes(hall: Hall) -> set[str]:
    found = await hall.rooms.state(BOARD_STREAM)
    assert found is not None
    return {item["id"] for item in found[1].all() if item["kind"] == "note"}


async def test_a_page_that_follows_nothing_yet_is_known_once_it_follows() -> None:
    """Its snapshots are still on their way: nothing is told of its client, and nobody is shown out."""
    hall = await Hall.opened()
    old = await hall.joined(ANNA, MINE)
    old.ask(a_note("one"))
    await hall.quiet()
    for person, code in ((ANNA, None), (BORIS, 4403)):
        page = hall.page(person, MINE)
        page.say("hello", protocol=1, epoch=None, clients={MINE: 1}, follow=[])
        await hall.quiet()
        assert page.types() == ["welcome"]
        page.say("follow", stream=BOARD_STREAM, seq=2)
        await hall.quiet()
        assert page.code == code
    assert old.code == 1000


async def test_a_page_whose_ops_another_one_waits_for_is_not_thought_to_wait_itself() -> None:
    """Else it is closed as flooding after some turns, though it has asked for nothing."""
    hall = await Hall.opened()
    first, second = await hall.joined(), await hall.joined()
    first.ask(a_note("one"))
    waiting = first.conversation.client
    assert (waiting.undecided, waiting.undecided_bytes > 0) == (1, True)
    note = {"client": first.client_id, "n": 1, "stream": BOARD_STREAM, "base": 0}
    second.say("op", **note, op=a_note("one"))
    await asyncio.sleep(0)
    await hall.quiet()
    other = second.conversation.client
    counts = [(page.undecided, page.undecided_bytes) for page in (waiting, other)]
    assert counts == [(0, 0), (0, 0)]
    assert "ack" in second.types()
