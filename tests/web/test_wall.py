"""The wall: how to get in, the step that is on, a vote and what it came to; and the plan, for who is early."""

from __future__ import annotations

from typing import Any

from codesign.core.decision import Refused
from codesign.web.opening import Opened, order
from codesign.web.seats import make_id
from tests.web.browsing import Browser, Walk

HTMX = {"hx-request": "true"}


async def ask(walk: Walk, stream: str, **op: Any) -> None:
    answer = await walk.house.rooms.ask(stream, op, product=True)
    assert not isinstance(answer, Refused), answer


async def planned(walk: Walk, opened: Opened) -> list[str]:
    """Two steps on the desk, the first at ten past; their ids."""
    desk = f"desk:{opened.workshop}"
    await ask(walk, desk, type="set_desk", starts=walk.clock.now() + 600_000)
    ids = [make_id(), make_id()]
    for at, (id, title, minutes) in enumerate(zip(ids, ("Welcome", "Vote"), (15, 20), strict=True)):
        step = {"id": id, "order": order(at), "title": title, "minutes": minutes}
        await ask(walk, desk, type="add_step", **step, question=f"{title}?", note="secret")
    return ids


async def on_the_wall(lead: Browser, opened: Opened) -> str:
    await lead.get(f"/workshops/{opened.workshop}/wall", **HTMX)
    return lead.text


async def test_before_the_first_step_the_wall_says_how_to_get_in_when_and_who_is_here(
    walk: Walk,
) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await walk.guest(opened)
    assert "0 here" in await on_the_wall(elira, opened)
    book = walk.house.rooms.pages.attendance
    assert book is not None
    book.come(opened.workshop, await walk.person(opened, "Tamar"))
    await planned(walk, opened)
    told = await on_the_wall(elira, opened)
    assert "1 here Kutaisi 1" in told
    assert "Starts at" in told
    assert await walk.code(opened) in elira.page


async def test_while_a_step_runs_the_wall_has_its_question_and_its_time(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    welcome, _ = await planned(walk, opened)
    stream = f"workshop:{opened.workshop}"
    await ask(walk, stream, type="start_step", step=welcome, **{"from": None})
    told = await on_the_wall(elira, opened)
    assert "Step 1 of 2 · Welcome" in told
    assert "Welcome?" in told
    assert f'data-ends="{walk.clock.now() + 15 * 60_000}"' in elira.page
    assert "secret" not in elira.page
    assert await walk.code(opened) in elira.page  # for whoever comes late
    await ask(walk, stream, type="set_timer", left=90_000)
    assert "paused" in await on_the_wall(elira, opened)
    assert 'data-left="90000"' in elira.page


async def test_a_vote_shows_its_turnout_and_then_its_result_until_the_next_step(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    welcome, second = await planned(walk, opened)
    stream, vote = f"workshop:{opened.workshop}", make_id()
    notes = {make_id(): words for words in ("A bench", "A tree", "A lamp")}
    for at, (id, words) in enumerate(notes.items()):
        place = {"region": opened.regions[0], "order": order(at)}
        await ask(walk, f"board:{opened.board}", type="create_note", id=id, text=words, **place)
    await ask(walk, stream, type="start_step", step=welcome, **{"from": None})
    asked = {"question": "Which first?", "dots": 3, "cap": 2, "options": list(notes)}
    await ask(walk, stream, type="open_vote", id=vote, board=opened.board, **asked)
    await ask(walk, stream, type="count_ballots", vote=vote, cast=5)
    told = await on_the_wall(elira, opened)
    assert "Which first?" in told
    assert "5 or more have voted" in told
    bench, tree, _ = notes
    await ask(walk, stream, type="close_vote", id=vote)
    tally = {"ballots": 6, "given": 0, "voters": 7, "supporters": {}}
    groups = [
        {"city": city, "ballots": 3, "totals": {id: 4}}
        for city, id in ((opened.cities[0], tree), (None, bench))
    ]
    totals = {tree: 4, bench: 4}
    await ask(walk, stream, type="tally_vote", vote=vote, totals=totals, groups=groups, **tally)
    told = await on_the_wall(elira, opened)
    assert "All others together 3" in told
    assert "6 of 7 have voted · 1 more on the board · 0 here" in told
    assert "A lamp" not in told
    # Whoever is counted together has a mark that is no city's.
    assert elira.page.count("#m-rest") == 4 + 1
    walk.clock.ms += 1_000
    await ask(walk, stream, type="start_step", step=second, **{"from": welcome})
    assert "Which first?" not in await on_the_wall(elira, opened)


async def test_a_secret_vote_without_a_result_says_why(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    stream, vote = f"workshop:{opened.workshop}", make_id()
    options = [make_id(), make_id()]
    asked = {"question": "Which first?", "dots": 3, "cap": 2, "options": options}
    await ask(walk, stream, type="open_vote", id=vote, board=opened.board, secret=True, **asked)
    await ask(walk, stream, type="close_vote", id=vote)
    tally = {"ballots": 2, "given": 0, "voters": 7, "totals": {}, "supporters": {}}
    await ask(walk, stream, type="tally_vote", vote=vote, **tally)
    assert "a secret vote has no result" in await on_the_wall(elira, opened)


async def test_who_comes_early_reads_titles_and_hours_and_nothing_else_of_the_desk(
    walk: Walk,
) -> None:
    opened = await walk.workshop(await walk.facilitator())
    tamar = await walk.guest(opened)
    welcome, _ = await planned(walk, opened)
    starts = walk.clock.now() + 600_000
    answer = await tamar.get(f"/workshops/{opened.workshop}/plan")
    assert answer.json() == {
        "steps": [
            {"title": "Welcome", "minutes": 15, "at": starts, "pause": False},
            {"title": "Vote", "minutes": 20, "at": starts + 15 * 60_000, "pause": False},
        ]
    }
    stream = f"workshop:{opened.workshop}"
    await ask(walk, stream, type="start_step", step=welcome, **{"from": None})
    assert (await tamar.get(f"/workshops/{opened.workshop}/plan")).json() == {"steps": []}


async def test_the_plan_of_a_day_that_is_past_is_told_to_nobody(walk: Walk) -> None:
    opened = await walk.workshop(await walk.facilitator())
    tamar = await walk.guest(opened)
    await planned(walk, opened)
    path = f"/workshops/{opened.workshop}/plan"
    now = walk.clock.ms
    try:
        walk.clock.ms = now + 2 * 60 * 60_000
        assert len((await tamar.get(path)).json()["steps"]) == 2  # late, and still to come
        walk.clock.ms = now + 24 * 60 * 60_000
        assert (await tamar.get(path)).json() == {"steps": []}
    finally:
        walk.clock.ms = now
