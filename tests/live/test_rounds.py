"""Rounds in real rooms: the next begins when its time comes, also after a restart, and sheets find who is there."""

from __future__ import annotations

from typing import Any

from tests.builders import ANNA, BORIS, OLGA, WORKSHOP, an_id
from tests.live.hall import WORKSHOP_STREAM, Hall

BOARD = an_id("sheets")
STREAM = f"board:{BOARD}"
ZORA = an_id("zora")
ROUNDS = {"rounds": 2, "round_ms": 60_000, "cells": 3, "card/idea": "name: text!"}


async def a_board_of_sheets() -> Hall:
    hall = await Hall.opened()
    join = {"type": "join_workshop", "person": ZORA, "name": "Zora"}
    await hall.ask(WORKSHOP_STREAM, join, product=True)
    board = {"type": "add_board", "board": BOARD, "title": "Sheets", "question": "?"}
    await hall.ask(WORKSHOP_STREAM, {**board, "layout": "rounds", "about": ROUNDS}, person=OLGA)
    await hall.later(0)
    return hall


async def fields(hall: Hall) -> dict[str, Any]:
    found = await hall.rooms.state(STREAM)
    assert found is not None
    return dict(found[1].fields)


async def holders(hall: Hall) -> dict[str, str]:
    """Who holds the sheet that each person began."""
    found = await hall.rooms.state(STREAM)
    assert found is not None
    return {str(one["sheet_of"]): str(one["holder"]) for one in found[1].of_kind("region")}


async def comes(hall: Hall, person: str) -> Any:
    page = hall.page(person)
    follow = [{"stream": STREAM, "seq": await hall.head(STREAM)}]
    page.say("hello", protocol=1, epoch=None, clients={page.client_id: 1}, follow=follow)
    await hall.quiet()
    return page


async def test_adding_a_board_sets_up_its_rounds_and_cards() -> None:
    hall = await a_board_of_sheets()
    said = await fields(hall)
    assert {key: said[key] for key in ROUNDS} == ROUNDS
    assert said["workshop"] == WORKSHOP


async def test_a_round_goes_on_after_a_restart_with_nobody_there() -> None:
    hall = await a_board_of_sheets()
    await hall.ask(STREAM, {"type": "set_round", "round": 1}, person=OLGA)
    before = await holders(hall)
    assert before == {person: person for person in (ANNA, BORIS, ZORA)}
    hall = await hall.restarted()
    hall.rooms.effects.wake(0)
    await hall.later(30)
    assert (await fields(hall))["round"] == 1
    await hall.later(30)
    assert (await fields(hall))["round"] == 2
    passed = await holders(hall)
    assert set(passed.values()) == set(before)
    assert all(passed[one] != one for one in passed)
    await hall.later(60)
    over = await fields(hall)
    assert over["round"] == 3
    assert "round_ends" not in over
    assert await holders(hall) == passed


async def test_sheets_skip_who_closed_the_board() -> None:
    hall = await a_board_of_sheets()
    pages = {person: await comes(hall, person) for person in (ANNA, BORIS, ZORA)}
    await hall.ask(STREAM, {"type": "set_round", "round": 1}, person=OLGA)
    pages[ZORA].conversation.lost()
    await hall.quiet()
    await hall.later(60)
    assert ZORA not in (await holders(hall)).values()
    assert set(await holders(hall)) == {ANNA, BORIS, ZORA}


async def test_who_is_not_there_when_the_rounds_begin_is_dealt_none() -> None:
    hall = await a_board_of_sheets()
    await comes(hall, ANNA)
    await hall.ask(STREAM, {"type": "set_round", "round": 1}, person=OLGA)
    assert set(await holders(hall)) == {ANNA}
