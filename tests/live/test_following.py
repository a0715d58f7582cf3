"""Hello, tails, following and being shown out (P6.2 to P6.12, P7.2)."""

from __future__ import annotations

import asyncio
import gc
import json
import warnings
from typing import Any

import pytest

from codesign.core import limits
from codesign.core.changes import apply_changes, from_wire
from codesign.core.hashing import state_hash
from codesign.core.stream import State
from codesign.live import conversation
from tests.builders import ANNA, BORIS, OLGA, VERA, an_id
from tests.live.hall import (
    BOARD_STREAM,
    EPOCH,
    SET_UP,
    WORKSHOP_STREAM,
    Hall,
    HeldJournal,
    Torn,
    a_note,
)

MINE = an_id("my page")


async def test_hello_is_answered_by_welcome_then_acks_then_tails() -> None:
    """P6.3."""
    hall = await Hall.opened()
    anna = await hall.joined(ANNA, MINE)
    for name in ("one", "two", "three"):
        anna.ask(a_note(name))
    await hall.quiet()
    anna.conversation.lost()
    again = hall.page(ANNA, MINE)
    follow = [{"stream": BOARD_STREAM, "seq": 2}]
    again.say("hello", protocol=1, epoch=EPOCH, clients={MINE: 2}, follow=follow)
    await hall.quiet()
    welcome, *acks, tail = again.heard()
    assert welcome == {
        "type": "welcome",
        "epoch": EPOCH,
        "now": hall.clock.now(),
        "person": ANNA,
        "last": {MINE: 3},
    }
    assert [(ack["type"], ack["n"], ack["seq"]) for ack in acks] == [("ack", 2, 3), ("ack", 3, 4)]
    assert (tail["type"], tail["from"], tail["to"]) == ("changes", 3, 4)


async def test_what_commits_while_hello_is_answered_comes_once_and_after_its_ack() -> None:
    """P6.6, P7.2: nothing is missing between tail and live, and nothing comes twice."""
    torn = await Torn.at(0, MINE)
    await torn.mended()
    told = [(m["type"], m.get("from"), m.get("to")) for m in torn.again.heard()]
    assert told == [
        ("welcome", None, None),
        ("changes", 1, 1),
        ("ack", None, None),
        ("changes", 2, 2),
    ]


async def test_a_tail_and_what_follows_add_up_to_the_state() -> None:
    hall = await Hall.opened()
    anna = await hall.joined()
    for number in range(300):
        anna.ask(a_note(f"note {number}", "Buses " * 20))
        if number % 50 == 0:
            await hall.later(60)
    await hall.later(60)
    boris = hall.page(BORIS)
    await boris.hello(0)
    anna.ask(a_note("last"))
    await hall.quiet()
    mirror, seq = State(), 0
    for message in boris.heard():
        if message["type"] == "changes" and message["stream"] == BOARD_STREAM:
            assert message["from"] == seq + 1
            seq = message["to"]
            for entry in message["entries"]:
                apply_changes(mirror, map(from_wire, entry["changes"]))
    found = await hall.rooms.state(BOARD_STREAM)
    assert found is not None
    assert (seq, state_hash(mirror)) == (found[0], state_hash(found[1]))


async def test_another_protocol_or_a_second_hello_or_none_at_all_ends_the_socket() -> None:
    hall = await Hall.opened()
    old = hall.page()
    old.say("hello", protocol=2, epoch=None, clients={MINE: 1}, follow=[])
    await hall.quiet()
    assert (old.heard(), old.code) == ([{"type": "bye", "code": "reload", "delay": 0}], 4410)
    twice = await hall.joined()
    await twice.hello()
    assert (twice.heard(), twice.code) == (
        [{"type": "bye", "code": "bad_message", "delay": 0}],
        4400,
    )
    rude = hall.page()
    rude.say("unfollow", stream=BOARD_STREAM)
    assert rude.code == 4400
    silent = hall.page()
    await hall.later(limits.HELLO_SECONDS - 1)
    assert silent.code is None
    await hall.later(1)
    assert silent.code == 4408


async def test_unknown_and_forbidden_streams_look_alike() -> None:
    hall = await Hall.opened()
    page = hall.page(an_id("stranger"))
    nowhere = f"board:{an_id('nowhere')}"
    follow = [{"stream": BOARD_STREAM, "seq": 0}, {"stream": nowhere, "seq": 0}]
    page.say("hello", protocol=1, epoch=None, clients={MINE: 1}, follow=follow)
    await hall.quiet()
    welcome, first, second = page.heard()
    assert welcome["person"] is None
    assert first == {"type": "unfollowed", "stream": BOARD_STREAM, "code": "unknown"}
    assert second == {"type": "unfollowed", "stream": nowhere, "code": "unknown"}
    for stream in (BOARD_STREAM, nowhere):
        page.ask(a_note("one"), stream=stream)
        await hall.quiet()
        (refused,) = page.heard()
        assert (refused["code"], refused["data"]) == ("unknown", {})


async def test_a_tail_that_is_too_old_says_so() -> None:
    """P6.8."""
    hall = await Hall.opened()
    anna = await hall.joined()
    anna.ask(a_note("one"))
    await hall.quiet()
    too_old = {"type": "unfollowed", "stream": BOARD_STREAM, "code": "too_old"}
    for seq, epoch in ((3, EPOCH), (2, "another life"), (0, "another life")):
        page = hall.page(BORIS)
        await page.hello(seq, epoch)
        assert page.heard()[-1] == too_old
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    room.tail.after = 1
    room.tail._entries.popleft()
    page = hall.page(BORIS)
    await page.hello(0)
    assert page.heard()[-1] == too_old
    page.say("follow", stream=BOARD_STREAM, seq=1)
    await hall.quiet()
    assert page.types() == ["changes"]


async def test_follow_and_unfollow_while_connected() -> None:
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    boris.say("unfollow", stream=BOARD_STREAM)
    anna.ask(a_note("one"))
    await hall.quiet()
    assert boris.heard() == []
    boris.say("follow", stream=BOARD_STREAM, seq=1)
    anna.ask(a_note("two"))
    await hall.quiet()
    told = [(m["from"], m["to"]) for m in boris.heard()]
    assert told in ([(2, 2), (3, 3)], [(2, 3)])


async def test_an_op_of_a_stream_that_is_not_followed_is_answered_all_the_same() -> None:
    hall = await Hall.opened()
    boris = await hall.joined(BORIS)
    boris.say("unfollow", stream=BOARD_STREAM)
    boris.ask(a_note("one"))
    boris.ask(a_note("two"))
    await hall.quiet()
    assert [(m["type"], m["n"]) for m in boris.heard()] == [("ack", 1), ("ack", 2)]


async def test_what_a_page_says_while_hello_is_handled_keeps_its_order() -> None:
    hall = await Hall.opened()
    page = hall.page()
    follow = [{"stream": BOARD_STREAM, "seq": 1}]
    page.say("hello", protocol=1, epoch=None, clients={page.client_id: 1}, follow=follow)
    page.ask(a_note("one"))
    page.say("follow", stream=WORKSHOP_STREAM, seq=await hall.head(WORKSHOP_STREAM))
    page.ask(a_note("two"))
    page.say("ping")
    await hall.quiet()
    heard = [m for m in page.heard() if m["type"] != "changes"]
    assert [(m["type"], m.get("n")) for m in heard if m["type"] != "pong"] == [
        ("welcome", None),
        ("ack", 1),
        ("ack", 2),
    ]


async def test_a_new_socket_replaces_the_old_and_the_old_ones_end_changes_nothing() -> None:
    """P6.12."""
    hall = await Hall.opened()
    old = await hall.joined(ANNA, MINE)
    new = await hall.joined(ANNA, MINE)
    assert (old.code, new.code) == (1000, None)
    old.conversation.lost()
    old.ask(a_note("late"))
    new.ask(a_note("one"))
    await hall.quiet()
    assert old.heard() == []
    assert new.types() == ["ack", "changes"]
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    assert list(room.followers) == [new.conversation.client]
    assert room.presence.here == 1


async def test_a_removed_person_is_shown_out_at_once() -> None:
    """P6.8, P13: sockets of removed people close within 2 s, with 4403."""
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    await hall.ask(WORKSHOP_STREAM, {"type": "remove_person", "person": BORIS}, person=OLGA)
    *told, bye = boris.heard()
    assert {"type": "unfollowed", "stream": BOARD_STREAM, "code": "unknown"} in told
    assert bye == {"type": "bye", "code": "forbidden", "delay": 0}
    assert (boris.code, anna.code) == (4403, None)
    anna.heard()
    anna.ask(a_note("one"))
    await hall.quiet()
    assert boris.heard() == []
    again = hall.page(BORIS)
    await again.hello()
    assert [m["type"] for m in again.heard()] == ["welcome", "unfollowed", "unfollowed"]
    await hall.ask(WORKSHOP_STREAM, {"type": "readmit_person", "person": BORIS}, person=OLGA)
    assert (await hall.joined(BORIS)).code is None


async def test_who_is_removed_from_one_workshop_goes_on_in_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall = await Hall.opened()
    there = f"workshop:{an_id('elsewhere')}"
    await hall.ask(there, SET_UP, product=True)
    for person in (BORIS, OLGA):
        join = {"type": "join_workshop", "person": person, "role": "owner", "name": "B"}
        await hall.ask(there, join, product=True)

    async def person_for(session: str, workshop: str) -> str:
        return session.removeprefix("session-of-")

    monkeypatch.setattr(hall, "person_for", person_for)
    boris = await hall.joined(BORIS)
    boris.say("follow", stream=there, seq=await hall.head(there))
    await hall.quiet()
    boris.heard()
    await hall.ask(WORKSHOP_STREAM, {"type": "remove_person", "person": BORIS}, person=OLGA)
    said = [(told["type"], told.get("stream")) for told in boris.heard()]
    streams = [WORKSHOP_STREAM, BOARD_STREAM]
    assert said == [("changes", WORKSHOP_STREAM), *(("unfollowed", one) for one in streams)]
    assert boris.code is None
    boris.ask(a_note("one"))
    await hall.quiet()
    assert [(m["type"], m["code"]) for m in boris.heard()] == [("refused", "unknown")]
    await hall.ask(there, {"type": "set_door", "door": "closed"}, person=OLGA)
    assert boris.types() == ["changes"]


async def test_an_op_of_someone_removed_that_still_waits_is_refused() -> None:
    hall = await Hall.opened()
    boris = await hall.joined(BORIS)
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    boris.ask(a_note("one"))
    removing = asyncio.create_task(
        hall.rooms.ask(WORKSHOP_STREAM, {"type": "remove_person", "person": BORIS}, person=OLGA)
    )
    taken, room.inbox = list(room.inbox), type(room.inbox)()
    await hall.quiet()
    await removing
    for asked in taken:
        room.put(asked)
    await hall.quiet()
    assert await hall.head() == 1


async def test_the_board_judges_by_the_workshops_committed_stage_and_role() -> None:
    hall = await Hall.opened()
    anna, vera = await hall.joined(ANNA), await hall.joined(VERA)
    vera.ask(a_note("one"))
    await hall.quiet()
    assert vera.heard()[-1]["code"] == "forbidden"
    await hall.ask(WORKSHOP_STREAM, {"type": "set_stage", "stage": "locked"}, person=OLGA)
    anna.heard()
    anna.ask(a_note("two"))
    await hall.quiet()
    assert anna.heard()[-1]["code"] == "stage"
    op = {"type": "set_role", "person": VERA, "role": "participant"}
    await hall.ask(WORKSHOP_STREAM, op, person=OLGA)
    await hall.ask(WORKSHOP_STREAM, {"type": "set_stage", "stage": "open"}, person=OLGA)
    vera.heard()
    vera.ask(a_note("three"))
    await hall.quiet()
    assert vera.types() == ["ack", "changes"]
    row = (await hall.journal.entries(BOARD_STREAM, 1))[-1]
    assert row.workshop_seq == await hall.head(WORKSHOP_STREAM)


async def test_a_person_may_have_twenty_pages_open_and_not_one_more() -> None:
    hall = await Hall.opened()
    pages = [await hall.joined(ANNA) for _ in range(limits.CONNECTIONS_PER_PERSON)]
    assert {page.code for page in pages} == {None}
    extra = hall.page(ANNA)
    await extra.hello()
    assert extra.code == 4429
    pages[0].conversation.lost()
    assert (await hall.joined(ANNA)).code is None


async def test_a_board_holds_only_so_many_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONNECTIONS_PER_STREAM", 1)
    hall = await Hall.opened()
    first = await hall.joined(ANNA)
    second = hall.page(BORIS)
    await second.hello()
    assert (first.code, second.code) == (None, 4429)


async def test_a_flood_of_ops_ends_only_its_own_socket() -> None:
    """P6.13: 20 a second, burst 60, and above 500 waiting 4429."""
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    for number in range(limits.OPS_BURST + 10):
        boris.ask(a_note(f"note {number}"))
    await hall.quiet()
    assert await hall.head() == 1 + limits.OPS_BURST
    await hall.later(0.1)
    assert await hall.head() == 1 + limits.OPS_BURST + 2
    await hall.later(1)
    assert await hall.head() == 1 + limits.OPS_BURST + 10
    for number in range(600):
        boris.ask(a_note(f"more {number}"))
    assert boris.code == 4429
    anna.heard()
    anna.ask(a_note("one"))
    await hall.quiet()
    assert [m["type"] for m in anna.heard()][-2:] == ["ack", "changes"]


async def test_ops_that_wait_keep_their_order() -> None:
    hall = await Hall.opened()
    anna = await hall.joined()
    for number in range(100):
        anna.ask(a_note(f"note {number}"))
    for _ in range(30):
        await hall.later(0.1)
    acks = [m for m in anna.heard() if m["type"] == "ack"]
    assert [m["n"] for m in acks] == list(range(1, 101))
    assert [m["seq"] for m in acks] == list(range(2, 102))


async def test_a_flood_of_other_messages_ends_the_socket_too() -> None:
    hall = await Hall.opened()
    page = await hall.joined()
    for _ in range(conversation.MESSAGES_BURST + 1):
        page.say("ping")
    assert page.code == 4429


@pytest.mark.parametrize(
    ("frame", "code"),
    [(b"nonsense", 4400), (b'{"type":"ping","x":NaN}', 4400), (b"x" * 65_537, 1009)],
)
async def test_a_bad_frame_ends_the_socket_and_nobody_else_feels_it(
    frame: bytes, code: int
) -> None:
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    boris.conversation.receive(frame)
    assert boris.code == code
    boris.conversation.receive(json.dumps({"type": "ping"}).encode())
    anna.ask(a_note("one"))
    await hall.quiet()
    assert anna.types() == ["ack", "changes"]


async def test_a_reader_that_is_too_slow_is_told_to_go_and_others_are_not_held_up() -> None:
    """P6.14."""
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    boris.wire.room = 3
    for number in range(5):
        anna.ask(a_note(f"note {number}"))
        await hall.quiet()
    assert boris.code == 4408
    assert anna.code is None
    assert [m["to"] for m in anna.heard() if m["type"] == "changes"] == [2, 3, 4, 5, 6]


async def test_stopping_answers_what_was_asked_and_tells_everyone_to_come_back() -> None:
    hall = await Hall.opened()
    anna = await hall.joined()
    anna.ask(a_note("one"))
    await hall.rooms.stop(delay=700)
    assert anna.heard()[-1] == {"type": "bye", "code": "restart", "delay": 700}
    assert anna.code == 1012
    late = hall.page(BORIS)
    assert late.code == 1012
    loaded = await hall.journal.load(BOARD_STREAM)
    assert loaded is not None
    assert (loaded.head, loaded.snapshot) == (2, 2)


async def test_a_page_whose_journal_cannot_be_read_is_told_to_come_back() -> None:
    class Broken(HeldJournal):
        broken = False

        async def last(self, clients: Any) -> Any:
            if self.broken:
                raise OSError("no such luck")
            return await super().last(clients)

    journal = Broken()
    hall = await Hall.opened(journal)
    anna = await hall.joined(ANNA)
    journal.broken = True
    page = hall.page(BORIS)
    await page.hello()
    assert page.code == 1012
    assert anna.code is None
    journal.broken = False
    assert (await hall.joined(BORIS)).code is None


async def test_a_socket_that_was_replaced_does_not_hide_the_one_that_replaced_it() -> None:
    """P6.12: leaving is keyed by the socket and not by its client, or a third one would not end the second."""
    hall = await Hall.opened()
    first, second, third = [await hall.joined(ANNA, MINE) for _ in range(3)]
    assert (first.code, second.code, third.code) == (1000, 1000, None)


async def test_a_message_that_is_not_handled_before_the_stop_leaves_nothing_behind() -> None:
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    boris.say("unfollow", stream=BOARD_STREAM)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        anna.say("follow", stream=BOARD_STREAM, seq=0)
        boris.ask(a_note("one"))
        await hall.rooms.stop()
        gc.collect()
    assert [str(one.message) for one in said] == []


async def test_a_mistake_in_a_message_that_stood_in_line_ends_the_socket_and_is_heard_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall = await Hall.opened()
    anna = await hall.joined(ANNA)
    forgotten: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: forgotten.append(told))

    def broken(*_: object) -> None:
        raise ValueError

    anna.say("follow", stream=BOARD_STREAM, seq=0)
    monkeypatch.setattr(anna.conversation, "_show", broken)
    anna.say("presence", stream=BOARD_STREAM, cursor=[0, 0])
    await hall.quiet()
    gc.collect()
    asyncio.get_running_loop().set_exception_handler(None)
    assert (anna.code, forgotten) == (1012, [])
