"""Beacons and snapshots say exactly what the state is (P6.9, P7.1)."""

from __future__ import annotations

import asyncio
import gzip
import json
import random

import pytest

from codesign.core.hashing import xor_of
from codesign.live import encoded
from codesign.live.encoded import Encoded
from tests.builders import ANNA, BORIS, an_id, edit
from tests.live.hall import BOARD_STREAM, EPOCH, Hall, a_note


async def test_a_beacon_follows_changes_and_one_more_comes_before_it_is_quiet() -> None:
    hall = await Hall.opened()
    anna, boris = await hall.joined(ANNA), await hall.joined(BORIS)
    await hall.later(100)
    boris.heard()
    anna.ask(a_note("one", "Buses"))
    await hall.quiet()
    await hall.later(19)
    assert boris.types() == ["changes"]
    anna.ask(edit("one", (5, "", " at night")))
    await hall.quiet()
    await hall.later(1.1)
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    _told, beacon = boris.heard()
    assert beacon == {
        "type": "beacon",
        "stream": BOARD_STREAM,
        "seq": 3,
        "count": 1,
        "xor": f"{xor_of(room.state):016x}",
    }
    anna.ask({"type": "delete_item", "id": an_id("one")})
    await hall.quiet()
    for _ in range(5):
        await hall.later(20)
    assert [(m["type"], m.get("seq"), m.get("count")) for m in boris.heard()] == [
        ("changes", None, None),
        ("beacon", 4, 0),
    ]


async def test_the_beacon_of_any_history_is_the_xor_of_the_state() -> None:
    hall = await Hall.opened()
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    chance = random.Random(7)
    names = [f"note {number}" for number in range(30)]
    for _ in range(300):
        name = chance.choice(names)
        op = chance.choice(
            [
                a_note(name, "Buses"),
                edit(name, (0, "", "x")),
                {"type": "recolour", "id": an_id(name), "colour": "sea"},
                {"type": "delete_item", "id": an_id(name)},
                edit(None, (0, "", "y"), field="question"),
            ]
        )
        await hall.answer(BOARD_STREAM, op, person=ANNA)
        if chance.random() < 0.1:
            while not room.encoded.hash_some():
                pass
            assert room.encoded.xor == xor_of(room.state)
    assert room.encoded.hash_some()
    assert room.encoded.xor == xor_of(room.state)


async def test_a_snapshot_holds_the_state_its_seq_and_the_epoch() -> None:
    hall = await Hall.opened()
    for name in ("one", "two"):
        await hall.ask(BOARD_STREAM, a_note(name, "ქართული"), person=ANNA)
    snapshot = await hall.rooms.snapshot(BOARD_STREAM)
    assert snapshot is not None
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    body = json.loads(gzip.decompress(snapshot.body))
    assert body["state"].pop("items") == list(room.state.items.values())
    assert body == {"epoch": EPOCH, "seq": 3, "state": {"fields": room.state.fields}}
    assert snapshot.etag == f'"{EPOCH}.3"'
    await hall.ask(BOARD_STREAM, {"type": "delete_item", "id": an_id("one")}, person=ANNA)
    after = await hall.rooms.snapshot(BOARD_STREAM)
    assert after is not None
    items = json.loads(gzip.decompress(after.body))["state"]["items"]
    assert [item["id"] for item in items] == [an_id("two")]


async def test_a_snapshot_is_made_once_however_many_ask() -> None:
    hall = await Hall.opened()
    made = await asyncio.gather(*(hall.rooms.snapshot(BOARD_STREAM) for _ in range(20)))
    assert len({id(snapshot) for snapshot in made}) == 1


async def test_one_who_goes_away_while_a_snapshot_is_made_does_not_spoil_it_for_others() -> None:
    hall = await Hall.opened()
    first = asyncio.create_task(hall.rooms.snapshot(BOARD_STREAM))
    second = asyncio.create_task(hall.rooms.snapshot(BOARD_STREAM))
    await asyncio.sleep(0)
    first.cancel()
    assert await second is not None


async def test_a_big_board_is_hashed_in_pieces() -> None:
    hall = await Hall.opened()
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    for number in range(2_500):
        room.state.put({"id": an_id(f"note {number}"), "kind": "note", "text": "x"})
    big = Encoded(room.state, room.seq)
    assert encoded.ITEMS_AT_ONCE == 1_000
    assert [big.hash_some(), big.hash_some(), big.hash_some()] == [False, False, True]
    assert big.xor == xor_of(room.state)


async def test_a_snapshot_of_a_big_board_leaves_room_for_others_and_is_of_one_seq() -> None:
    hall = await Hall.opened()
    for number in range(60):
        op = {"type": "all", "ops": [a_note(f"note {number} {n}", x=n) for n in range(50)]}
        await hall.ask(BOARD_STREAM, op, person=ANNA)
    hall = await hall.restarted()
    room = await hall.rooms.open(BOARD_STREAM)
    assert room is not None
    making = asyncio.create_task(hall.rooms.snapshot(BOARD_STREAM))
    await asyncio.sleep(0)
    await hall.ask(BOARD_STREAM, a_note("meanwhile"), person=ANNA)
    snapshot = await making
    assert snapshot is not None
    body = json.loads(gzip.decompress(snapshot.body))
    made = {item["id"] for item in body["state"]["items"]}
    assert (body["seq"], an_id("meanwhile") in made, len(made)) in (
        (62, True, 3_001),
        (61, False, 3_000),
    )


async def test_a_snapshot_that_could_not_be_made_is_made_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall = await Hall.opened()

    def full(body: bytes) -> bytes:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(encoded, "_pack", full)
        with pytest.raises(MemoryError):
            await hall.rooms.snapshot(BOARD_STREAM)
    assert await hall.rooms.snapshot(BOARD_STREAM) is not None
