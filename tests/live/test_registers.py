"""Registers on the wire: everyone in the workshop hears of them, and of their closed side only those who lead."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from codesign.core.decision import Refused
from codesign.store.memory import MemoryJournal
from tests.builders import ANNA, BORIS, OLGA, PROGRAMME, VERA, an_id, record, relation
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM, Hall, Page

REGISTER, CLOSED = f"register:{PROGRAMME}", f"closed:{PROGRAMME}"
COUNCIL, DRIVERS = an_id("council"), an_id("drivers")
CANARY = "tremulous-canary"


async def a_hall(journal: MemoryJournal | None = None) -> Hall:
    """With a grid; the council and the drivers are in the register."""
    hall = await Hall.opened(journal, layout="grid2")
    for name in ("council", "drivers"):
        await asked(hall, REGISTER, record(name), ANNA)
    return hall


async def asked(hall: Hall, stream: str, op: dict[str, Any], person: str) -> None:
    answer = await hall.ask(stream, op, person=person)
    assert not isinstance(answer, Refused), answer
    hall.rooms.schedule.run_due()
    await hall.quiet()


async def following(hall: Hall, person: str, *streams: str) -> Page:
    page = await hall.joined(person)
    for stream in streams:
        page.say("follow", stream=stream, seq=0)
        await hall.quiet()
    return page


async def item(hall: Hall, stream: str, id: str) -> Any:
    found = await hall.rooms.state(stream)
    assert found is not None
    return found[1].get(id)


async def test_everyone_in_the_workshop_hears_of_a_record_at_once() -> None:
    hall = await a_hall()
    pages = [await following(hall, person, REGISTER) for person in (BORIS, VERA)]
    for page in pages:
        page.heard()
    change = {"type": "edit_record", "id": COUNCIL, "fields": {"power": 90}}
    await asked(hall, REGISTER, change, ANNA)
    for page in pages:
        (told,) = page.heard()
        assert told["entries"][0]["changes"] == [{"patch": COUNCIL, "fields": {"power": 90}}]


async def test_what_is_closed_reaches_those_who_lead_and_nobody_else() -> None:
    """A canary in each closed field and in a tension; every byte that the others were sent is searched."""
    hall = await a_hall()
    others = [await following(hall, person, REGISTER, CLOSED) for person in (ANNA, BORIS, VERA)]
    leads = await following(hall, OLGA, REGISTER, CLOSED)
    contact = {"contact": CANARY, "stance": -2, "veto": True}
    await asked(hall, CLOSED, {"type": "edit_record", "id": COUNCIL, "fields": contact}, OLGA)
    tense = relation("quarrel", "council", "drivers", type="tension", note=CANARY)
    await asked(hall, CLOSED, tense, OLGA)
    assert CANARY in json.dumps(leads.heard())
    for page in others:
        frames = b"".join(
            f.payload if isinstance(f.payload, bytes) else f.payload.encode()
            for f in page.wire.sent
        )
        said = frames.decode()
        for word in (CANARY, "tension", "stance", "veto", an_id("quarrel")):
            assert word not in said
        codes = [m["code"] for m in page.heard() if m["type"] == "unfollowed"]
        assert codes == ["unknown"]  # as for a stream there is not
    for stream in (REGISTER, BOARD_STREAM, WORKSHOP_STREAM):
        snapshot = await hall.rooms.snapshot(stream)
        assert snapshot is not None
        assert CANARY.encode() not in gzip.decompress(snapshot.body)


async def test_what_is_closed_stays_closed_when_records_are_merged_and_of_a_plan_as_well() -> None:
    hall = await a_hall()
    other = await following(hall, ANNA, REGISTER, CLOSED)
    kept = {"type": "edit_record", "id": COUNCIL, "fields": {"contact": CANARY, "veto": True}}
    await asked(hall, CLOSED, kept, OLGA)
    await asked(hall, REGISTER, record("talk", "engagement", stakeholder=COUNCIL), ANNA)
    stance = {"type": "edit_record", "id": an_id("talk"), "fields": {"stance_wanted": 2}}
    await asked(hall, CLOSED, stance, OLGA)
    merge = {"type": "merge_records", "id": COUNCIL, "into": DRIVERS}
    await asked(hall, REGISTER, merge, ANNA)
    kept_now = await item(hall, CLOSED, DRIVERS)
    assert (kept_now["contact"], kept_now["veto"]) == (CANARY, True)
    assert (await item(hall, REGISTER, an_id("talk")))["stakeholder"] == DRIVERS
    said = json.dumps(other.heard())
    for word in (CANARY, "veto", "stance"):
        assert word not in said


@pytest.mark.parametrize("person", [ANNA, VERA])
async def test_nobody_else_writes_on_the_closed_side(person: str) -> None:
    hall = await a_hall()
    page = await following(hall, person)
    page.heard()
    op = {"type": "edit_record", "id": COUNCIL, "fields": {"stance": 2}}
    page.ask(op, stream=CLOSED)
    await hall.quiet()
    (told,) = page.heard()
    assert (told["type"], told["code"]) == ("refused", "unknown")


async def test_who_no_longer_leads_hears_no_more_of_the_closed_side() -> None:
    hall = await a_hall()
    lead = {"type": "set_role", "person": ANNA, "role": "facilitator"}
    await asked(hall, WORKSHOP_STREAM, lead, OLGA)
    page = await following(hall, ANNA, CLOSED)
    page.heard()
    await asked(hall, WORKSHOP_STREAM, {**lead, "role": "participant"}, OLGA)
    told = [m for m in page.heard() if m["type"] == "unfollowed"]
    assert told == [{"type": "unfollowed", "stream": CLOSED, "code": "unknown"}]


async def test_the_register_knows_which_boards_place_its_records() -> None:
    hall = await a_hall()
    place = {"type": "create_placement", "id": an_id("p"), "record": COUNCIL}
    await asked(hall, BOARD_STREAM, place, ANNA)
    on = "on/" + BOARD_STREAM.removeprefix("board:")
    assert (await item(hall, REGISTER, COUNCIL))[on] is True
    await asked(hall, BOARD_STREAM, {"type": "delete_item", "id": an_id("p")}, BORIS)
    assert on not in await item(hall, REGISTER, COUNCIL)


async def test_a_register_and_its_closed_side_come_back_after_a_restart() -> None:
    hall = await a_hall(MemoryJournal())
    change = {"type": "edit_record", "id": COUNCIL, "fields": {"stance": -1}}
    await asked(hall, CLOSED, change, OLGA)
    again = await hall.restarted()
    assert (await item(again, REGISTER, COUNCIL))["name"] == "Council"
    assert (await item(again, CLOSED, COUNCIL))["stance"] == -1
    room = await again.rooms.open(CLOSED)
    assert room is not None
    assert [room.may_follow(person) for person in (OLGA, ANNA)] == [True, False]


async def test_there_is_no_register_of_a_programme_nobody_opened() -> None:
    hall = await Hall.opened()
    assert await hall.rooms.open(REGISTER) is None
    assert await hall.rooms.open(f"closed:{an_id('nowhere')}") is None
