"""What a board of records is drawn from: the form of its method, and what its records come to so far."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from codesign.catalog import HOUSE, read
from codesign.core.decision import Refused
from codesign.core.ops import CreatePlacement, CreateRecord, EditRecord
from codesign.results.facts import Facts
from codesign.results.findings import Finding, findings
from codesign.store import workshops
from codesign.store.workshops import Workshop
from codesign.web.opening import Look, Opened, look_of, open_board
from codesign.web.pages import records
from codesign.web.seats import make_id
from tests.web.browsing import Walk

METHODS = read(HOUSE).methods


async def opened_for(walk: Walk, method: str) -> tuple[Opened, Workshop, str]:
    opened = await walk.workshop(await walk.facilitator())
    row = await workshops.workshop(walk.house.database, opened.workshop)
    look = look_of(METHODS[method], "Ours", "What is it?")
    assert row is not None
    assert look is not None
    return opened, row, await open_board(walk.house, row, look)


async def put(walk: Walk, row: Workshop, board: str, kind: str, **fields: Any) -> str:
    id = make_id()
    made = CreateRecord(id=id, kind=kind, fields=fields)
    placed = CreatePlacement(id=make_id(), record=id)
    for stream, op in ((f"register:{row.programme}", made), (f"board:{board}", placed)):
        answer = await walk.house.rooms.ask(stream, op, product=True)
        assert not isinstance(answer, Refused)
    return id


async def test_a_guest_gets_the_form_in_their_language(walk: Walk) -> None:
    opened, _row, board = await opened_for(walk, "commitments")
    guest = await walk.guest(opened)
    form = (await guest.get(f"/b/{board}/form")).json()
    assert (form["layout"], [one["name"] for one in form["kinds"]]) == ("table", ["commitment"])
    fields = {one["name"]: one for one in form["kinds"][0]["fields"]}
    assert fields["by_when"]["required"]
    await guest.post("/language", lang="sq")
    form = (await guest.get(f"/b/{board}/form")).json()
    assert form["kinds"][0]["label"] == "Premtim"


async def test_what_records_come_to_is_told_by_who_asks_now(walk: Walk) -> None:
    opened, row, board = await opened_for(walk, "commitments")
    guest = await walk.guest(opened)
    assert (await guest.get(f"/b/{board}/findings")).json() == {"findings": []}
    id = await put(walk, row, board, "commitment", what="Send the tender", by_when="2020-01-01")
    late, *_ = (await guest.get(f"/b/{board}/findings")).json()["findings"]
    assert late == {"title": "Late", "words": ["Send the tender"], "ids": [id]}


async def test_what_nothing_has_changed_is_worked_out_once_for_all_who_ask(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(facts: Facts) -> list[Finding]:
        made.append(facts.words.tag)
        return findings(facts)

    monkeypatch.setattr(records, "findings", counted)
    opened, row, board = await opened_for(walk, "commitments")
    guests = [await walk.guest(opened) for _ in range(3)]

    async def ask() -> set[str]:
        answers = await asyncio.gather(*(one.get(f"/b/{board}/findings") for one in guests))
        return {one.text for one in answers}

    id = await put(walk, row, board, "commitment", what="Send the tender", by_when="2020-01-01")
    (said,) = await ask()
    assert await ask() == {said}
    assert made == ["en"]
    renamed = EditRecord(id=id, fields={"what": "Send it at last"})
    await walk.house.rooms.ask(f"register:{row.programme}", renamed, product=True)
    (said,) = await ask()
    assert "Send it at last" in said
    assert "Send the tender" not in said
    await guests[0].post("/language", lang="sq")
    assert len(await ask()) == 2
    assert made == ["en", "en", "sq"]


async def test_what_is_rewritten_where_it_stands_is_worked_out_anew(walk: Walk) -> None:
    opened, row, board = await opened_for(walk, "commitments")
    guest = await walk.guest(opened)
    id = await put(walk, row, board, "commitment", what="Dora sends it", by_when="2020-01-01")
    assert "Dora" in (await guest.get(f"/b/{board}/findings")).text
    room = await walk.house.rooms.open(f"register:{row.programme}")
    assert room is not None
    # As when somebody is forgotten: another state, of the same seq.
    room.state = room.state.copied()
    room.state.put({**room.state.items[id], "what": "sends it"})
    assert "Dora" not in (await guest.get(f"/b/{board}/findings")).text


async def test_the_closed_side_counts_for_who_leads_and_is_told_to_nobody(walk: Walk) -> None:
    elira = await walk.facilitator()
    opened = await walk.workshop(elira)
    row = await workshops.workshop(walk.house.database, opened.workshop)
    look = look_of(METHODS["intake-request"], "Ours", "Ready?")
    assert row is not None
    assert look is not None
    board = await open_board(walk.house, row, look)
    id = await put(walk, row, board, "project", title="Schools")
    kept = EditRecord(id=id, fields={"contact": "closed-canary"})
    await elira.get(f"/b/{opened.board}")  # takes her seat
    people = (await walk.state(opened)).of_kind("person")
    (leader,) = [str(one["id"]) for one in people if one["role"] == "owner"]
    answer = await walk.house.rooms.ask(f"closed:{row.programme}", kept, person=leader)
    assert not isinstance(answer, Refused)
    guest = await walk.guest(opened)
    told = (await guest.get(f"/b/{board}/findings")).text
    led = (await elira.get(f"/b/{board}/findings")).text
    assert "canary" not in told + led
    assert "Contact" not in told + led  # filled for her, unknown to him
    assert "Schools" in led


async def test_whoever_is_in_another_workshop_gets_neither(walk: Walk) -> None:
    _opened, _row, board = await opened_for(walk, "commitments")
    stranger = await walk.guest(await walk.workshop(None))
    for what in ("form", "findings"):
        assert (await stranger.get(f"/b/{board}/{what}")).status_code == 404


async def test_a_register_learns_the_kinds_of_a_board_that_was_brought_in(walk: Walk) -> None:
    opened, row, _board = await opened_for(walk, "commitments")
    look = Look("Brought", "Which?", "table", (), "test-plan")  # nobody told the register
    board = await open_board(walk.house, row, look)
    register = await walk.house.rooms.state(f"register:{row.programme}")
    assert register is not None
    assert "kind/test/test-plan" not in register[1].fields
    await (await walk.guest(opened)).get(f"/b/{board}/form")
    await put(walk, row, board, "test", assumption="They read it")


@pytest.mark.parametrize("method", ["persona", "no-such-method"])
async def test_a_board_without_a_form_says_so_and_breaks_nothing(walk: Walk, method: str) -> None:
    opened, row, _board = await opened_for(walk, "commitments")
    look = Look("Other", "Which?", "cards", (), method)
    board = await open_board(walk.house, row, look)
    guest = await walk.guest(opened)
    assert (await guest.get(f"/b/{board}/form")).json() == {}
    assert (await guest.get(f"/b/{board}/findings")).json() == {"findings": []}


@pytest.mark.parametrize(
    ("method", "layout"), [("moscow", "canvas"), ("problem-tree", "tree"), ("nuf", "table")]
)
async def test_the_library_opens_it_as_its_data_says_and_asks_for_no_zones(
    walk: Walk, method: str, layout: str
) -> None:
    elira = await walk.facilitator()
    opened = await walk.workshop(elira)
    page = await elira.get(f"/workshops/{opened.workshop}/boards?method={method}")
    assert 'id="zones"' not in page.text
    answer = await elira.post(
        f"/workshops/{opened.workshop}/boards", method=method, title="Ours", question="What?"
    )
    board = answer.headers["location"].rsplit("/", 1)[-1]
    state = await walk.house.rooms.state(f"board:{board}")
    assert state is not None
    assert (state[1].fields["layout"], state[1].fields["method"]) == (layout, method)
    csv = await elira.get(f"/b/{board}/export.csv")
    assert csv.status_code == 200
