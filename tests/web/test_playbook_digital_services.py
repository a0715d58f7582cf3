"""A dress rehearsal of the playbook for digital services: from its kick-off to the documents it ends in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codesign.core.ops import CreateCausalLink, CreateFactor, ReadPlace
from codesign.web.demo import FOLDER
from codesign.web.seats import make_id
from tests.web.browsing import walking
from tests.web.rehearsing_programme import Rehearsal
from tests.web.test_carrying import started

PEOPLE = ("Nino", "Besa", "Jelena")
DEMO = json.loads((FOLDER / "kutaisi.json").read_text("utf-8"))


@pytest.mark.long
async def test_three_people_go_from_what_hurts_to_an_action_plan(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        lead = await walk.facilitator()
        run = Rehearsal(await started(walk, lead, "digital-services-codesign"))
        assert await run.workshops() == 5
        await kick_off(run)
        await ideation(run)
        await consolidation(run)
        await solutions(run)
        await trying(run)
        await what_comes_out(run)


HURTS = ("Nobody knows when the bus comes", "Papers to three counters", "Each office its format")


async def kick_off(run: Rehearsal) -> None:
    await run.let_in("0.2", *PEOPLE)
    for name, text in zip(PEOPLE, HURTS, strict=True):
        await run.ours.write("0.2", text, by=run.people[name])
    assert await run.carry("0.2") == 3
    assert await run.ours.notes("0.3") == sorted(HURTS)
    await run.vote("0.3", dict(zip(HURTS, (5, 3, 1), strict=True)))
    assert await run.carry("0.3") == 3


async def ideation(run: Rehearsal) -> None:
    await run.let_in("I.1", *PEOPLE)
    await run.ours.write("I.1", "No timetable at stops", by=run.people["Nino"])
    assert await run.carry("I.1") >= 1
    fields = {"age_band": "30_44", "place_type": "suburb", "digital_skill": 7, "drawing": "long"}
    nino = await run.record("persona", "Nino", name="ნინო", quote="Taxi again", **fields)
    old = {"age_band": "65_74", "place_type": "centre", "digital_skill": 2}
    vakhtang = await run.record("persona", "Besa", name="ვახტანგი", quote="Three steps", **old)
    await run.place("I.2", "Nino", nino, vakhtang)
    assert await run.carry("I.2") == 2
    said = {"text": "How might we tell Nino when the bus comes?", "need": "to know the hour"}
    question = await run.record("question", "Jelena", persona=nino, **said)
    await run.place("I.4", "Jelena", question)
    assert await run.carry("I.4", "How might we") == 1
    await run.ours.write("I.5", *IDEAS, by=None)
    assert await run.carry("I.5", *IDEAS) == len(IDEAS)
    assert await run.ours.notes("II.1") == sorted(IDEAS)


IDEAS = ("Live bus times by text", "One request register", "Bin sensors")
#: Those that were voted first.
CHOSEN = IDEAS[:2]


async def consolidation(run: Rehearsal) -> None:
    await run.let_in("II.2", *PEOPLE)
    await run.vote("II.1", dict(zip(IDEAS, (5, 3, 1), strict=True)))
    assert await run.carry("II.1") == len(CHOSEN)
    assert {one["name"] for one in await run.of_kind("idea")} == {*CHOSEN}
    for about in DEMO["actors"]:
        keys = ("name", "sector", "class", "power", "interest", "role_in_topic", "level")
        actor = await run.record("stakeholder", "Nino", **{k: about[k] for k in keys if k in about})
        await run.place("II.2", "Nino", actor)
    assert await run.carry("II.2") == 8 + len(
        CHOSEN
    )  # the services that were chosen lie there, too
    await run.carry("II.3")
    assert len(await run.of_kind("engagement")) >= 1
    await draw_the_map(run)
    # Expected of this map: buses that come, and money for upkeep, can be moved and reach what is wanted.
    assert await run.carry("II.4") == 2


async def draw_the_map(run: Rehearsal) -> None:
    about, ids = DEMO["maps"][0], dict[str, str]()
    board = f"board:{run.ours.steps['II.4']['board']}"
    for one in about["factors"]:
        ids[one["key"]] = make_id()
        known = ("key", "label", "lang", "by", "x", "y")
        said = {key: value for key, value in one.items() if key not in known}
        spot = {"x": one["x"] * 100, "y": one["y"] * 100}
        factor = CreateFactor(
            id=ids[one["key"]], label=one["label"], lang=one["lang"], fields=said, **spot
        )
        await run.ours.ask(board, factor, run.people["Nino"])
    for one in about["links"]:
        said = {key: one[key] for key in ("delay", "strength", "why") if key in one}
        ends: dict[str, Any] = {"from": ids[one["from"]], "to": ids[one["to"]]}
        link = CreateCausalLink(id=make_id(), polarity=one["sign"], fields=said, **ends)
        await run.ours.ask(board, link, run.people["Nino"])


async def solutions(run: Rehearsal) -> None:
    await run.let_in("III.1", *PEOPLE)
    ideas = {one["name"]: one["id"] for one in await run.of_kind("idea")}
    assert await run.carry("III.1", *CHOSEN) == len(CHOSEN)
    (persona, *_) = await run.of_kind("persona")
    told = {"channel": "phone", "feeling": -1, "pain": "Nobody answers", "journey": "to_be"}
    doing = {"title": "Asks by text", "doing": "Sends the number of the stop", "number": 1}
    phase = await run.record("phase", "Besa", persona=persona["id"], **doing, **told)
    await run.place("III.2", "Besa", phase)
    await run.carry("III.2")
    test = await run.record(
        "test",
        "Jelena",
        assumption="People without a smartphone send texts",
        idea=ideas[IDEAS[0]],
        method="walk_along",
        number=8,
        involvement="work_together",
        when="2026-12-20",
        consent_and_care="Said aloud, nothing recorded",
        success_signal="Six of eight find their bus",
        **{f"who/{persona['id']}": True},
    )
    await run.place("III.3", "Jelena", test)
    assert await run.carry("III.3", "People without", line=1) == 1
    board = await run.ours.board("III.4")
    for one in [*board.of_kind("placement")]:
        for name in PEOPLE:
            seen = ReadPlace(id=one["id"], x=20, y=80)
            await run.ours.ask(f"board:{run.ours.steps['III.4']['board']}", seen, run.people[name])
    assert await run.carry("III.4", *CHOSEN) == len(CHOSEN)
    actions = await run.of_kind("action")
    assert {one["title"] for one in actions} == {*CHOSEN}
    assert await run.carry("III.5", CHOSEN[0]) == 2  # the idea, and the action that came of it


async def trying(run: Rehearsal) -> None:
    await run.let_in("F.1", *PEOPLE)
    beliefs = {one["assumption"] for one in await run.of_kind("test")}
    assert "Nobody answers" in beliefs  # a pain that nobody had an idea for
    assert await run.carry("III.3", "Nobody answers", "People without a smartphone") == 2
    await run.carry("F.1", line=2)


async def what_comes_out(run: Rehearsal) -> None:
    assert "ვახტანგი" in await run.document("persona-set")
    assert "Minibus operators" in await run.document("stakeholder-report")
    brief = await run.document("system-brief")
    assert [name for name in ("R1:", "R2:", "R3:", "B1:", "B2:") if name in brief] == [
        *("R1:", "R2:", "B1:")
    ]
    assert CHOSEN[1] in await run.document("ideas-register")
    assert "Six of eight find their bus" in await run.document("co-design-brief")
    plan = await run.document("action-plan")
    assert CHOSEN[0] in plan
    assert CHOSEN[1] not in plan  # it was not chosen
    action = next(one for one in await run.of_kind("action") if one["title"] == CHOSEN[0])
    await run.ours.lead.get(f"/programmes/{run.ours.id}/way?item={action['id']}")
    assert "Eight ideas in eight minutes" in run.ours.lead.text
