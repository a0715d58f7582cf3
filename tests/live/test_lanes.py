"""Silent writing on the wire: who hears what, and how everything hidden comes to the board once."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from codesign.core.decision import Refused
from codesign.core.lanes import silence_id
from codesign.live import keeping
from codesign.store.memory import MemoryJournal
from tests.builders import ANNA, BOARD, BORIS, OLGA, VERA, WORKSHOP, an_id, edit, note, undo
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM, Hall, Page

DESK = f"desk:{WORKSHOP}"
TOKEN = an_id("token")
CANARY = "tremulous-canary"


def lane(key: str = ANNA, silence: int = 1) -> str:
    return f"lane:{BOARD}:{silence}:{key}"


def translated(name: str, words: str) -> dict[str, Any]:
    return {"type": "translate_note", "id": an_id(name), "lang": "ka", "words": words}


def free(name: str, text: str = "", x: int = 0) -> dict[str, Any]:
    return note(name, text, x=x, y=0)


async def set_stage(hall: Hall, stage: str, **more: Any) -> None:
    await hall.ask(WORKSHOP_STREAM, {"type": "set_stage", "stage": stage, **more}, person=OLGA)
    hall.rooms.schedule.run_due()
    await hall.quiet()


async def in_silence(journal: MemoryJournal | None = None, **more: Any) -> Hall:
    hall = await Hall.opened(journal)
    await set_stage(hall, "silent", **more)
    return hall


async def following(hall: Hall, person: str, *streams: str) -> Page:
    page = await hall.joined(person)
    for stream in streams:
        page.say("follow", stream=stream, seq=0)
        await hall.quiet()
    page.heard()
    return page


async def notes(hall: Hall) -> dict[str, Any]:
    found = await hall.rooms.state(BOARD_STREAM)
    assert found is not None
    return {item["id"]: item for item in found[1].of_kind("note")}


# Who hears what


async def test_what_somebody_writes_in_silence_reaches_only_their_own_pages() -> None:
    hall = await in_silence()
    anna = await following(hall, ANNA, lane())
    second = await following(hall, ANNA, lane())
    others = [await following(hall, person) for person in (OLGA, BORIS, VERA)]
    anna.ask(free("bench", CANARY), stream=lane())
    await hall.quiet()
    assert anna.types() == ["ack", "changes"]
    assert second.types() == ["changes"]
    assert [page.heard() for page in others] == [[], [], []]


async def test_nobody_else_may_follow_or_ask_anything_of_a_lane() -> None:
    hall = await in_silence()
    anna = await following(hall, ANNA, lane())
    anna.ask(free("bench", CANARY), stream=lane())
    await hall.quiet()
    for person in (OLGA, BORIS, VERA):
        page = await hall.joined(person)
        page.say("follow", stream=lane(), seq=0)
        await hall.quiet()
        assert page.heard() == [{"type": "unfollowed", "stream": lane(), "code": "unknown"}]
        page.ask(edit("bench", (0, "", "x")), stream=lane())
        await hall.quiet()
        (heard,) = page.heard()
        assert (heard["type"], heard["code"]) == ("refused", "unknown")


async def test_an_empty_lane_can_be_followed_and_is_nowhere_on_disk() -> None:
    journal = MemoryJournal()
    hall = await in_silence(journal)
    page = await hall.joined(ANNA)
    page.say("follow", stream=lane(), seq=0)
    await hall.quiet()
    assert page.heard() == []
    assert await journal.lanes(WORKSHOP) == []
    snapshot = await hall.rooms.snapshot(lane())
    assert snapshot is not None
    told = json.loads(gzip.decompress(snapshot.body))
    assert (told["seq"], told["state"]) == (0, {"fields": {}, "items": []})


async def test_there_are_no_lanes_of_silences_to_come() -> None:
    hall = await in_silence()
    assert await hall.rooms.open(lane(silence=2)) is None
    assert await hall.rooms.open(f"lane:{an_id('elsewhere')}:1:{ANNA}") is None


async def test_the_board_takes_nothing_from_those_who_write_in_silence() -> None:
    hall = await in_silence()
    anna = await hall.joined(ANNA)
    anna.ask(free("bench"))
    await hall.quiet()
    (heard,) = anna.heard()
    assert (heard["type"], heard["code"]) == ("refused", "stage")
    assert await notes(hall) == {}


# Presence


async def test_presence_tells_nothing_of_those_who_write_in_silence() -> None:
    hall = await Hall.opened()
    anna, olga = await hall.joined(ANNA), await hall.joined(OLGA)
    await hall.later(1)
    anna.say("presence", stream=BOARD_STREAM, cursor=[1, 2], selection=[an_id("there")])
    await hall.later(1)
    assert olga.heard_presence()[-1]["people"] == {
        ANNA: {"cursor": [1, 2], "selection": [an_id("there")]}
    }
    await set_stage(hall, "silent")
    await hall.later(1)
    assert olga.heard_presence()[-1]["people"] == {ANNA: {}}
    anna.say("presence", stream=BOARD_STREAM, cursor=[5, 6], selection=[an_id("bench")])
    anna.say("follow", stream=lane(), seq=0)
    await hall.quiet()
    anna.say("presence", stream=lane(), writing={"id": an_id("bench"), "field": "text"})
    await hall.later(1)
    assert olga.heard_presence() == []


async def test_those_who_lead_are_seen_as_ever() -> None:
    hall = await in_silence()
    anna, olga = await hall.joined(ANNA), await hall.joined(OLGA)
    await hall.later(1)
    anna.heard_presence()
    olga.say("presence", stream=BOARD_STREAM, cursor=[1, 2])
    await hall.later(1)
    assert anna.heard_presence()[-1]["people"] == {OLGA: {"cursor": [1, 2]}}


# How many


async def test_those_who_lead_hear_of_every_fifth_who_has_written_and_nobody_else_of_any() -> None:
    hall = await Hall.opened()
    people = [an_id(f"person {at}") for at in range(11)]
    for person in people:
        join = {"type": "join_workshop", "person": person, "role": "participant"}
        await hall.ask(WORKSHOP_STREAM, {**join, "name": person}, product=True)
    await set_stage(hall, "silent")
    olga = await following(hall, OLGA, DESK)
    boris = await following(hall, BORIS)
    boris.say("follow", stream=DESK, seq=0)
    await hall.quiet()
    assert boris.heard() == [{"type": "unfollowed", "stream": DESK, "code": "unknown"}]
    told = []
    for at, person in enumerate(people):
        for name in ("first", "second"):
            await hall.ask(lane(person), free(f"{name} of {at}"), person=person)
            await hall.later(1)
        told += [e["changes"][0]["put"] for m in changes(olga) for e in m["entries"]]
    assert told == [
        {"id": silence_id(1), "kind": "silence", "written": 5},
        {"id": silence_id(1), "kind": "silence", "written": 10},
    ]
    assert changes(boris) == []


def changes(page: Page) -> list[dict[str, Any]]:
    return [message for message in page.heard() if message["type"] == "changes"]


# Places on a grid


def shown(name: str) -> dict[str, Any]:
    return {"type": "create_placement", "id": an_id(name), "record": an_id(f"{name} idea")}


def put(name: str, x: int, y: int) -> dict[str, Any]:
    return {"type": "read_place", "id": an_id(name), "x": x, "y": y}


async def said(hall: Hall, name: str) -> dict[str, tuple[int, int]]:
    """Who put it where, as the board tells it."""
    found = await hall.rooms.state(BOARD_STREAM)
    assert found is not None
    item = found[1].items[an_id(name)]
    return {key[2:]: (x, item[f"y/{key[2:]}"]) for key, x in item.items() if key[:2] == "x/"}


async def placing(**more: Any) -> Hall:
    hall = await Hall.opened()
    for name in ("first", "second"):
        await hall.ask(BOARD_STREAM, shown(name), person=OLGA)
    await set_stage(hall, "silent", **more)
    return hall


async def test_nobody_hears_where_somebody_puts_a_thing_until_it_is_revealed_to_all_at_once() -> (
    None
):
    hall = await placing()
    others = [await following(hall, person) for person in (OLGA, BORIS, VERA)]
    for person, x in ((ANNA, 20), (BORIS, 60)):
        await hall.ask(lane(person), put("first", x, 80), person=person)
    assert [page.heard() for page in others] == [[], [], []]
    assert await said(hall, "first") == {}
    head = await hall.head()
    await set_stage(hall, "open")
    assert await hall.head() == head + 1
    assert await said(hall, "first") == {ANNA: (20, 80), BORIS: (60, 80)}


async def test_without_names_two_places_of_one_person_cannot_be_told_to_be_theirs() -> None:
    hall = await placing(anonymous=True)
    anna = await hall.joined(ANNA)
    anna.say("follow", stream=lane(TOKEN), seq=0)
    await hall.quiet()
    for name in ("first", "second"):
        anna.ask(put(name, 20, 80), stream=lane(TOKEN), client=an_id("nameless"))
    await hall.quiet()
    await set_stage(hall, "open")
    first, second = await said(hall, "first"), await said(hall, "second")
    assert list(first.values()) == list(second.values()) == [(20, 80)]
    assert len({*first, *second, ANNA, TOKEN}) == 4


# Reveal


async def test_revealing_puts_everything_on_the_board_in_one_entry() -> None:
    hall = await in_silence()
    for person, name in ((ANNA, "bench"), (BORIS, "bus"), (ANNA, "shade")):
        await hall.ask(lane(person), free(name, name), person=person)
    head = await hall.head()
    vera = await hall.joined(VERA)
    await set_stage(hall, "open")
    assert await hall.head() == head + 1
    found = await notes(hall)
    authors = {item["text"]: item["by"] for item in found.values()}
    assert authors == {"bench": ANNA, "bus": BORIS, "shade": ANNA}
    assert {item["at"] % 60_000 for item in found.values()} == {0}
    (entry,) = [e for m in changes(vera) if m["stream"] == BOARD_STREAM for e in m["entries"]]
    assert "by" not in entry
    assert await hall.journal.due(2**53) == []


async def test_locking_keeps_what_is_hidden() -> None:
    hall = await in_silence()
    await hall.ask(lane(), free("bench"), person=ANNA)
    await set_stage(hall, "locked")
    assert await notes(hall) == {}
    no = await hall.answer(lane(), free("bus"), person=ANNA)
    assert (no.code, no.data) == ("stage", {"action": "add"})
    await set_stage(hall, "vote")
    assert set(await notes(hall)) == {an_id("bench")}


async def test_a_silence_in_which_everything_was_taken_back_reveals_nothing_at_all() -> None:
    hall = await in_silence()
    await hall.ask(lane(), free("bench"), person=ANNA)
    await hall.ask(lane(), {"type": "delete_item", "id": an_id("bench")}, person=ANNA)
    head = await hall.head()
    await set_stage(hall, "open")
    assert await hall.head() == head


async def test_a_page_that_comes_back_after_the_reveal_is_refused_what_it_still_asks_of_its_lane() -> (
    None
):
    hall = await in_silence()
    anna = await following(hall, ANNA, lane())
    anna.conversation.lost()
    await set_stage(hall, "open")
    anna = await following(hall, ANNA, lane())
    anna.ask(free("bench", "written on the train"), stream=lane())
    await hall.quiet()
    (heard,) = anna.heard()
    assert (heard["type"], heard["code"]) == ("refused", "stage")


async def test_a_silence_that_begins_at_once_again_is_not_revealed_with_the_last_one() -> None:
    hall = await in_silence()
    await hall.ask(lane(), free("bench"), person=ANNA)
    op = {"type": "set_stage", "stage": "open"}
    await hall.ask(WORKSHOP_STREAM, op, person=OLGA)
    await hall.ask(WORKSHOP_STREAM, {**op, "stage": "silent"}, person=OLGA)
    await hall.ask(lane(silence=2), free("bus"), person=ANNA)
    hall.rooms.schedule.run_due()
    await hall.quiet()
    assert set(await notes(hall)) == {an_id("bench")}
    await set_stage(hall, "open")
    assert set(await notes(hall)) == {an_id("bench"), an_id("bus")}


async def test_a_reveal_that_a_crash_cut_short_is_done_once_at_the_next_start() -> None:
    """Killed before each write of it in turn, until it goes through."""
    for writes in range(6):
        journal = FragileJournal()
        hall = await in_silence(journal)
        for person, name in ((ANNA, "bench"), (BORIS, "bus")):
            await hall.ask(lane(person), free(name, name), person=person)
        head = await hall.head()
        journal.writes_left = writes + 1
        await hall.ask(WORKSHOP_STREAM, {"type": "set_stage", "stage": "open"}, person=OLGA)
        hall.rooms.schedule.run_due()
        await hall.quiet()
        journal.writes_left = None
        hall = await hall.restarted()
        await hall.meanwhile(hall.rooms.effects.run_due())
        assert set(await notes(hall)) == {an_id("bench"), an_id("bus")}, writes
        assert await hall.head() == head + 1
        assert await journal.due(2**53) == []


class FragileJournal(MemoryJournal):
    """After so many writes nothing is written any more."""

    writes_left: int | None = None

    def _is_broken(self) -> bool:
        if self.writes_left is None:
            return False
        self.writes_left -= 1
        return self.writes_left < 0

    async def append(self, appends: Any) -> Any:
        if self._is_broken():
            raise OSError
        return await super().append(appends)

    async def mark_done(self, ids: Any, now: int) -> None:
        if self._is_broken():
            raise OSError
        await super().mark_done(ids, now)

    async def forget(self, streams: Any) -> None:
        if self._is_broken():
            raise OSError
        await super().forget(streams)


# Early


async def test_one_person_may_release_their_own_and_writes_on() -> None:
    hall = await in_silence()
    await hall.ask(lane(), free("bench"), person=ANNA)
    await hall.ask(lane(BORIS), free("bus"), person=BORIS)
    await hall.ask(lane(), {"type": "release_lane"}, person=ANNA)
    await hall.later(1)
    assert set(await notes(hall)) == {an_id("bench")}
    await hall.ask(lane(), free("shade"), person=ANNA)
    await set_stage(hall, "open")
    assert set(await notes(hall)) == {an_id("bench"), an_id("bus"), an_id("shade")}


# Undo goes on


async def test_what_was_done_in_silence_can_be_taken_back_after_it_was_revealed() -> None:
    hall = await in_silence()
    anna = await following(hall, ANNA, lane())
    created = anna.ask(free("bench", "No bench"), stream=lane())
    await hall.quiet()
    edited = anna.ask(edit("bench", (8, "", " at all")), stream=lane(), base=1)
    await hall.quiet()
    other = anna.ask(free("bus", x=10_000), stream=lane(), base=2)
    await set_stage(hall, "open")
    assert (await notes(hall))[an_id("bench")]["text"] == "No bench at all"
    anna.ask(undo(edited), base=await hall.head())
    await hall.quiet()
    assert (await notes(hall))[an_id("bench")]["text"] == "No bench"
    anna.ask(undo(created), base=await hall.head())
    await hall.quiet()
    assert set(await notes(hall)) == {an_id("bus")}
    anna.ask(undo(other), base=await hall.head(), n=90)
    await hall.quiet()
    assert await notes(hall) == {}


async def test_what_others_have_changed_since_is_not_taken_back() -> None:
    hall = await in_silence()
    anna = await following(hall, ANNA, lane())
    created = anna.ask(free("bench"), stream=lane())
    await set_stage(hall, "open")
    move = {"type": "move_item", "id": an_id("bench"), "x": 9_000, "y": 9_000}
    await hall.ask(BOARD_STREAM, move, person=BORIS)
    anna.ask(undo(created), base=await hall.head())
    await hall.quiet()
    assert set(await notes(hall)) == {an_id("bench")}


async def test_it_can_be_taken_back_on_a_board_that_was_closed_and_opened_since(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The reveal is further back than what opening reads."""
    monkeypatch.setattr(keeping, "READ_AT_FIRST", 2)
    hall = await in_silence()
    anna = await following(hall, ANNA, lane())
    created = anna.ask(free("bench"), stream=lane())
    await set_stage(hall, "open")
    for number in range(4):
        await hall.ask(BOARD_STREAM, free(f"bus {number}", x=10_000 * number), person=BORIS)
    hall = await hall.restarted()
    anna = await hall.joined(ANNA, anna.client_id)
    anna.ask(undo(created), base=await hall.head(), n=90)
    await hall.quiet()
    assert an_id("bench") not in await notes(hall)


# Without names


async def test_without_names_the_journal_never_holds_who_wrote() -> None:
    journal = MemoryJournal()
    hall = await in_silence(journal, anonymous=True)
    anna = await following(hall, ANNA, lane(TOKEN))
    client = an_id("made for it")
    anna.ask(free("bench", "No bench"), stream=lane(TOKEN), client=client, n=1)
    await hall.quiet()
    assert anna.types() == ["ack", "changes"]
    (row,) = await journal.entries(lane(TOKEN), 0)
    assert (row.entry.by, row.client) == (None, client)
    assert await journal.last([client]) == {client: (None, 1)}
    assert ANNA not in repr(row)


async def test_without_names_a_client_that_is_known_is_refused() -> None:
    hall = await in_silence(anonymous=True)
    anna = await following(hall, ANNA, lane(TOKEN))
    anna.ask({"type": "rename_person", "person": ANNA, "name": "Ana"}, stream=WORKSHOP_STREAM)
    await hall.quiet()
    anna.heard()
    anna.ask(free("bench"), stream=lane(TOKEN))
    await hall.quiet()
    (heard,) = anna.heard()
    assert (heard["type"], heard["code"]) == ("refused", "forbidden")


async def test_revealing_without_names_gives_new_ids_and_leaves_nothing_of_the_lane() -> None:
    journal = MemoryJournal()
    hall = await in_silence(journal, anonymous=True)
    anna = await following(hall, ANNA, lane(TOKEN))
    client = an_id("made for it")
    anna.ask(free("bench", "No bench"), stream=lane(TOKEN), client=client, n=1)
    await hall.quiet()
    anna.heard()
    await set_stage(hall, "open")
    (item,) = (await notes(hall)).values()
    assert item["id"] != an_id("bench")
    assert item["text"] == "No bench"
    assert "by" not in item
    assert {"type": "unfollowed", "stream": lane(TOKEN), "code": "unknown"} in anna.heard()
    assert await journal.lanes(WORKSHOP) == []
    assert await journal.load(lane(TOKEN)) is None
    assert await journal.last([client]) == {}
    assert TOKEN not in repr(vars(journal))
    assert client not in repr(vars(journal))


async def test_a_reveal_without_names_that_was_cut_short_is_done_once() -> None:
    for writes in range(7):
        journal = FragileJournal()
        hall = await in_silence(journal, anonymous=True)
        anna = await following(hall, ANNA, lane(TOKEN))
        anna.ask(free("bench", "No bench"), stream=lane(TOKEN), client=an_id("other"), n=1)
        await hall.quiet()
        journal.writes_left = writes + 1
        await hall.ask(WORKSHOP_STREAM, {"type": "set_stage", "stage": "open"}, person=OLGA)
        hall.rooms.schedule.run_due()
        await hall.quiet()
        journal.writes_left = None
        hall = await hall.restarted()
        await hall.meanwhile(hall.rooms.effects.run_due())
        assert [item["text"] for item in (await notes(hall)).values()] == ["No bench"], writes
        assert await journal.lanes(WORKSHOP) == []
        assert await journal.due(2**53) == []


# The same bytes for everyone else


@pytest.mark.parametrize("anonymous", [False, True])
async def test_two_runs_that_differ_only_in_what_is_hidden_are_the_same_bytes_to_everyone_else(
    anonymous: bool,
) -> None:
    one = await told_to_others(anonymous, CANARY, notes=1, deletes=False)
    other = await told_to_others(anonymous, "z" * 3_000, notes=7, deletes=True)
    assert one == other
    assert CANARY.encode() not in b"".join(one[VERA])


async def told_to_others(
    anonymous: bool, words: str, *, notes: int, deletes: bool
) -> dict[str, list[bytes]]:
    """All that Olga, Boris and Vera are sent while Anna writes in silence."""
    hall = await in_silence(anonymous=anonymous)
    stream = lane(TOKEN if anonymous else ANNA)
    anna = await following(hall, ANNA, stream)
    others = {
        OLGA: await following(hall, OLGA, DESK),
        BORIS: await following(hall, BORIS, lane(an_id("his") if anonymous else BORIS)),
        VERA: await following(hall, VERA),
    }
    more: dict[str, Any]
    for at in range(notes):
        more = {"stream": stream, "client": an_id("hidden client")}
        anna.ask(free(f"hidden {at}", words), **more, n=2 * at + 1)
        anna.ask(translated(f"hidden {at}", words), **more, n=2 * at + 2)
        anna.say("presence", stream=BOARD_STREAM, cursor=[at, at], selection=[an_id("hidden 0")])
        await hall.later(0.5 if notes == 7 else 3.5)
    if deletes:
        more = {"stream": stream, "client": an_id("hidden client"), "n": 100}
        anna.ask({"type": "delete_item", "id": an_id("hidden 0")}, **more)
        await hall.quiet()
    await hall.later(30)
    return {person: [frame.payload for frame in page.wire.sent] for person, page in others.items()}


async def test_nothing_hidden_is_in_a_refusal() -> None:
    hall = await in_silence()
    await hall.ask(lane(), free("bench", CANARY), person=ANNA)
    await hall.ask(lane(), translated("bench", CANARY), person=ANNA)
    boris = await following(hall, BORIS, lane(BORIS))
    asked = [
        (free("bench"), BOARD_STREAM),
        (free("bench"), lane(BORIS)),
        (edit("bench", (0, "", "x")), BOARD_STREAM),
        (edit("bench", (0, "", "x")), lane(BORIS)),
        ({"type": "delete_item", "id": an_id("bench")}, BOARD_STREAM),
        (translated("bench", "x"), BOARD_STREAM),
        (translated("bench", "x"), lane(BORIS)),
        ({"type": "set_language", "id": an_id("bench"), "lang": "ka"}, BOARD_STREAM),
    ]
    for op, stream in asked:
        boris.ask(op, stream=stream)
        await hall.quiet()
    told = b"".join(frame.payload for frame in boris.wire.sent)
    assert CANARY.encode() not in told
    codes = [message.get("code", "ack") for message in boris.heard()]
    assert codes.count("stage") == 1


async def test_the_product_is_refused_nothing_that_it_needs() -> None:
    hall = await in_silence()
    answer = await hall.answer(lane(), {"type": "close_lane"}, person=ANNA)
    assert answer == Refused("forbidden")
