"""What is for one person, or one table, on the wire: a canary in each, and in nothing that anybody else is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from codesign.core import limits
from codesign.core.decision import Refused
from codesign.store.memory import MemoryJournal
from tests.builders import ANNA, BOARD, BORIS, OLGA, VERA, WORKSHOP, an_id
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM, Hall, Page

DESK = f"desk:{WORKSHOP}"
TABLE = f"board:{an_id('table board')}"
ALONE, AT_TABLE, TO_ALL = "canary-for-anna", "canary-for-the-table", "canary-for-all"


def inbox(person: str) -> str:
    return f"inbox:{WORKSHOP}:{person}"


async def a_hall_with_a_table() -> Hall:
    """Anna sits at it; Boris and Vera do not."""
    hall = await Hall.opened()
    tables = [{"id": an_id("table"), "board": an_id("table board")}]
    make = {"type": "make_tables", "id": an_id("tables"), "template": BOARD, "tables": tables}
    await hall.ask(WORKSHOP_STREAM, make, person=OLGA)
    sits = {"type": "seat_people", "id": an_id("tables"), "sits": {ANNA: an_id("table")}}
    await hall.ask(WORKSHOP_STREAM, sits, person=OLGA)
    await hall.ask(WORKSHOP_STREAM, {"type": "open_tables", "id": an_id("tables")}, person=OLGA)
    await hall.later(0)
    set_up = {"type": "set_up_board", "workshop": WORKSHOP, "layout": "free", "question": "Why?"}
    await hall.ask(TABLE, set_up, product=True)
    return hall


async def follows(page: Page, *streams: str) -> None:
    """Everything that anybody could think of; what may not be followed is answered `unknown`."""
    for stream in streams:
        page.say("follow", stream=stream, seq=0)
    await page.hall.quiet()


def told(page: Page) -> str:
    return "".join(json.dumps(message) for message in page.heard())


async def test_a_message_reaches_those_it_is_for_and_nobody_else() -> None:
    hall = await a_hall_with_a_table()
    pages = {person: await hall.joined(person) for person in (ANNA, BORIS, OLGA, VERA)}
    for page in pages.values():
        await follows(page, DESK, TABLE, *(inbox(person) for person in pages))
    before = {person: told(page) for person, page in pages.items()}
    assert "canary" not in "".join(before.values())
    say = {"type": "send_message"}
    await hall.ask(DESK, {**say, "words": ALONE, "to": ANNA}, person=OLGA)
    await hall.ask(TABLE, {**say, "words": AT_TABLE}, person=OLGA)
    await hall.ask(WORKSHOP_STREAM, {**say, "words": TO_ALL}, person=OLGA)
    await hall.later(0)
    heard = {person: told(page) for person, page in pages.items()}
    reached = {
        person: {canary for canary in (ALONE, AT_TABLE, TO_ALL) if canary in words}
        for person, words in heard.items()
    }
    assert reached == {
        ANNA: {ALONE, AT_TABLE, TO_ALL},
        BORIS: {TO_ALL},
        OLGA: {AT_TABLE, TO_ALL},  # not even those who lead: it was to Anna alone
        VERA: {TO_ALL},
    }
    assert ALONE not in json.dumps((await state(hall, DESK))["fields"])


async def test_that_somebody_wants_help_is_heard_by_them_and_those_who_lead() -> None:
    hall = await a_hall_with_a_table()
    pages = {person: await hall.joined(person) for person in (ANNA, BORIS, OLGA)}
    for page in pages.values():
        await follows(page, DESK, TABLE, *(inbox(person) for person in pages))
        page.heard()
    pages[ANNA].ask({"type": "ask_help", "on": True, "board": BOARD}, stream=inbox(ANNA))
    await hall.quiet()
    await hall.later(0)
    assert '"help"' in told(pages[ANNA])
    assert f'"{ANNA}"' in told(pages[OLGA])
    assert told(pages[BORIS]) == ""


async def test_who_was_away_through_a_restart_finds_what_was_sent_meanwhile() -> None:
    hall = await Hall.opened(MemoryJournal())
    for at in range(3):
        said = {"type": "send_message", "words": f"Message {at}", "to": ANNA}
        await hall.ask(DESK, said, person=OLGA)
    again = await hall.restarted()
    await again.meanwhile(again.rooms.effects.run_due())  # what was under way
    page = await again.joined(ANNA)
    await follows(page, inbox(ANNA))
    heard = told(page)
    assert all(f"Message {at}" in heard for at in range(3))


COMMANDS: list[tuple[str, dict[str, Any]]] = [
    (WORKSHOP_STREAM, {"type": "bring_people", "board": BOARD}),
    (WORKSHOP_STREAM, {"type": "bring_people", "board": None}),
    (WORKSHOP_STREAM, {"type": "send_message", "words": "I lead now."}),
    (WORKSHOP_STREAM, {"type": "raise_hand", "on": False, "person": BORIS}),
    (BOARD_STREAM, {"type": "send_message", "quick": "come_back"}),
    (BOARD_STREAM, {"type": "spotlight_item", "id": None}),
    (BOARD_STREAM, {"type": "end_spotlight", "at": 1}),
    (DESK, {"type": "send_message", "words": "To you.", "to": BORIS}),
    (DESK, {"type": "take_help", "person": BORIS}),
    (DESK, {"type": "queue_help", "person": ANNA, "since": 1, "on": True}),
    (inbox(ANNA), {"type": "end_help", "since": 1, "by": OLGA}),
    (inbox(ANNA), {"type": "deliver_message", "words": "From Olga.", "by": OLGA, "at": 1}),
    (inbox(BORIS), {"type": "deliver_message", "words": "From Olga.", "by": OLGA, "at": 1}),
    (inbox(BORIS), {"type": "ask_help", "on": True}),
]


@pytest.mark.parametrize(
    ("stream", "op"), COMMANDS, ids=[f"{s.split(':')[0]} {o['type']}" for s, o in COMMANDS]
)
async def test_a_participants_socket_that_sends_it_is_refused_and_nothing_changes(
    stream: str, op: dict[str, Any]
) -> None:
    hall = await Hall.opened()
    heads = {name: await hall.head(name) for name in (WORKSHOP_STREAM, BOARD_STREAM)}
    page = await hall.joined(ANNA)
    page.ask(op, stream=stream)
    await hall.quiet()
    await hall.later(0)
    (answer,) = page.heard()
    assert (answer["type"], answer["code"] in ("forbidden", "unknown")) == ("refused", True)
    assert {name: await hall.head(name) for name in heads} == heads
    assert await hall.head(stream) == heads.get(stream, 0)


@pytest.mark.parametrize(
    ("op", "refused"),
    [
        ({"words": "a" * (limits.MESSAGE_WORDS + 1)}, "limit"),
        ({"words": "Yes", "to": an_id("nobody")}, "unknown"),
        ({"words": " ", "to": ANNA}, "bad_op"),
        ({"quick": "look_up", "to": "me"}, "bad_op"),
    ],
    ids=["too long", "a stranger", "nothing said", "no id"],
)
async def test_a_message_that_makes_no_sense_ends_in_one_no(
    op: dict[str, Any], refused: str
) -> None:
    hall = await Hall.opened()
    page = await hall.joined(OLGA)
    page.ask({"type": "send_message", **op}, stream=DESK)
    await hall.quiet()
    (answer,) = page.heard()
    assert (answer["type"], answer["code"]) == ("refused", refused)
    assert await hall.head(DESK) == 0


async def test_whoever_was_removed_gets_nothing_any_more() -> None:
    hall = await Hall.opened()
    await hall.ask(WORKSHOP_STREAM, {"type": "remove_person", "person": ANNA}, person=OLGA)
    late = {"type": "send_message", "words": "Still there?", "to": ANNA}
    answer = await hall.answer(DESK, late, person=OLGA)
    assert answer == Refused("unknown", {"field": "to"})


async def test_nobody_opens_an_inbox_of_somebody_who_is_not_there() -> None:
    hall = await Hall.opened()
    assert await hall.rooms.open(inbox(an_id("nobody"))) is None
    assert await hall.rooms.open(inbox(ANNA)) is not None


async def state(hall: Hall, stream: str) -> dict[str, Any]:
    found = await hall.rooms.state(stream)
    assert found is not None
    return {"fields": dict(found[1].fields), "items": [dict(item) for item in found[1].all()]}
