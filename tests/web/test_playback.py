"""The journal of a board as pages play it back: nothing of what somebody may not see, and what was comes back whole."""

from __future__ import annotations

import json
from typing import Any

import httpx2 as httpx

from codesign.core.stream import State
from codesign.web.csrf import form_token
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from tests.web.browsing import SECRET, Browser, Walk, path_of

SECRET_WORDS = "my number is 555"


async def note(walk: Walk, opened: Opened, text: str, by: str) -> str:
    state = await board(walk, opened.board)
    (region, *_) = sorted(one["id"] for one in state.of_kind("region"))
    id = make_id()
    op = {"type": "create_note", "id": id, "text": text, "region": region, "order": "a1"}
    await walk.house.rooms.ask(f"board:{opened.board}", op, person=by)
    return id


async def board(walk: Walk, id: str) -> State:
    found = await walk.house.rooms.state(f"board:{id}")
    assert found is not None
    return found[1]


async def told(browser: Browser, board: str) -> dict[str, Any]:
    answer = await browser.get(f"/b/{board}/history")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def restored(browser: Browser, path: str, **fields: str) -> httpx.Response:
    key = browser.http.cookies.get("codesign_session") or ""
    fields |= {"form_token": form_token(SECRET.encode(), key)}
    return await browser.http.post(path, data=fields, headers={"origin": "http://board.test"})


async def test_what_was_taken_away_is_told_to_those_who_lead_and_to_nobody_else(walk: Walk) -> None:
    lead = await walk.facilitator()
    opened = await walk.workshop(lead)
    nino = await walk.guest(opened, "Nino")
    person = await walk.person(opened, "Nino")
    gone = await note(walk, opened, SECRET_WORDS, person)
    await note(walk, opened, "Buses come late", person)
    take = {"type": "delete_item", "id": gone}
    await walk.house.rooms.ask(f"board:{opened.board}", take, person=person)
    mine, theirs = await told(nino, opened.board), await told(lead, opened.board)
    assert SECRET_WORDS in repr(theirs)
    assert SECRET_WORDS not in repr(mine)
    assert gone not in repr(mine)
    assert len(mine["entries"]) == len(theirs["entries"]) - 2
    assert all("seq" not in entry for entry in mine["entries"])
    assert (mine["entries"][-1]["changes"][0]["put"]["text"], mine["next"]) == (
        "Buses come late",
        None,
    )


async def test_what_is_written_privately_is_no_part_of_it_nor_its_time(walk: Walk) -> None:
    lead = await walk.facilitator()
    opened = await walk.workshop(lead)
    await walk.guest(opened, "Nino")
    person = await walk.person(opened, "Nino")
    stage = {"type": "set_stage", "stage": "silent"}
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", stage, product=True)
    before = await told(lead, opened.board)
    lane = f"lane:{opened.board}:1:{person}"
    hidden = {"type": "create_note", "id": make_id(), "text": SECRET_WORDS}
    state = await board(walk, opened.board)
    place = {"region": next(iter(state.of_kind("region")))["id"], "order": "a1"}
    await walk.house.rooms.ask(lane, hidden | place, person=person)
    assert await told(lead, opened.board) == before


async def test_a_board_is_put_back_or_copied_as_it_was_by_those_who_lead(walk: Walk) -> None:
    lead = await walk.facilitator()
    opened = await walk.workshop(lead)
    nino = await walk.guest(opened, "Nino")
    person = await walk.person(opened, "Nino")
    first = await note(walk, opened, "Buses come late", person)
    then = await board(walk, opened.board)
    items, seq = dict(then.items), (await told(lead, opened.board))["head"]
    await walk.house.rooms.ask(
        f"board:{opened.board}", {"type": "delete_item", "id": first}, person=person
    )
    await note(walk, opened, "Trams", person)
    where = f"/b/{opened.board}/restore"
    assert "data-restore-url" in (await lead.get(f"/b/{opened.board}/playback")).text
    assert "data-restore-url" not in (await nino.get(f"/b/{opened.board}/playback")).text
    assert (await restored(nino, where, seq=str(seq), do="here")).status_code == 303  # to sign in
    assert (await restored(lead, where, seq="9999", do="here")).status_code == 400
    assert dict((await board(walk, opened.board)).items) != items
    moment = "22 Nov, 20:15"
    copied = await restored(lead, where, seq=str(seq), do="copy", moment=moment)
    copy = path_of(copied).removeprefix("/b/")
    made = await board(walk, copy)
    assert [one["text"] for one in made.of_kind("note")] == ["Buses come late"]
    assert [one["by"] for one in made.of_kind("note")] == [person]
    title = (await walk.state(opened)).items[copy]["title"]
    assert title.endswith(f", as of {moment}")
    answer = await restored(lead, where, seq=str(seq), do="here")
    assert path_of(answer) == f"/b/{opened.board}"
    assert dict((await board(walk, opened.board)).items) == items


async def test_the_course_of_a_workshop_tells_no_board_and_no_time_that_playback_would_not(
    walk: Walk,
) -> None:
    lead = await walk.facilitator()
    opened = await walk.workshop(lead)
    nino = await walk.guest(opened, "Nino")
    person = await walk.person(opened, "Nino")
    await note(walk, opened, "Buses come late", person)
    gone = await note(walk, opened, SECRET_WORDS, person)
    take = {"type": "delete_item", "id": gone}
    await walk.house.rooms.ask(f"board:{opened.board}", take, person=person)
    tables = [{"id": "t" * 22, "board": "b" * 22, "title": "Bus"}]
    make = {"type": "make_tables", "id": "s" * 22, "template": opened.board, "tables": tables}
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", make, product=True)
    await walk.house.rooms.settle()
    course = f"/w/{opened.workshop}/course"
    theirs = json.loads((await lead.get(course)).content)["spans"]
    mine = json.loads((await nino.get(course)).content)["spans"]
    assert {span["board"] for span in mine} == {opened.board}
    times = [entry["at"] for entry in (await told(nino, opened.board))["entries"]]
    assert (mine[0]["begin"], mine[-1]["end"]) == (times[0], times[-1])
    assert sum(span["played"] for span in mine) <= sum(span["played"] for span in theirs)
    assert f'data-course-url="{course}"' in (await nino.get(f"/b/{opened.board}/playback")).text


async def test_steps_are_told_with_their_time(walk: Walk) -> None:
    lead = await walk.facilitator()
    opened = await walk.workshop(lead)
    step = {"type": "add_step", "id": make_id(), "title": "Ideas", "minutes": 5, "order": "a1"}
    more = {"mode": "plenary", "stage": "open"}
    await walk.house.rooms.ask(f"desk:{opened.workshop}", step | more, product=True)
    start = {"type": "start_step", "step": step["id"], "from": None}
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", start, product=True)
    (began,) = (await told(lead, opened.board))["steps"]
    assert began["step"] == step["id"]
    assert began["at"] == walk.house.now()
