"""Playbooks in the library, and programmes made from them: their workshops, agendas, boards and page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from codesign.core.declared_boards import board_layout
from codesign.core.stream import State
from codesign.store import workshops
from codesign.web.pages.new_workshop import can_open
from tests.web.browsing import Browser, Walk, path_of, walking

START = "/playbooks/digital-services-codesign/start"


@pytest.fixture(scope="module")
async def walk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    """One for all these tests: each makes programmes of its own."""
    async with walking(tmp_path_factory.mktemp("playbooks")) as found:
        yield found


@pytest.fixture(scope="module")
async def elira(walk: Walk) -> Browser:
    return await walk.facilitator()


@pytest.fixture(scope="module")
async def made(walk: Walk, elira: Browser) -> str:
    """The programme of all five gatherings; its id."""
    await elira.get("/playbooks/digital-services-codesign")
    answer = await elira.post(START, title="Counters without queues", cities="Kutaisi\nNiš")
    return path_of(answer).removeprefix("/programmes/")


async def state(walk: Walk, stream: str) -> State:
    found = await walk.house.rooms.state(stream)
    assert found is not None
    return found[1]


async def steps(walk: Walk, workshop: str) -> list[Any]:
    desk = await state(walk, f"desk:{workshop}")
    return sorted(desk.of_kind("step"), key=lambda step: step["order"])


async def gatherings(walk: Walk, programme: str) -> dict[str, str]:
    rows = await workshops.workshops_in(walk.house.database, programme)
    fields = [((await state(walk, f"workshop:{row.id}")).fields, row.id) for row in rows]
    return {of["gathering"]: id for of, id in sorted(fields, key=lambda one: one[0]["turn"])}


async def test_the_library_leads_to_every_playbook(walk: Walk, elira: Browser) -> None:
    await elira.get("/library")
    assert "Guided project development" in elira.text
    library = elira.page
    for id in walk.house.shelf.catalog().books.playbooks:
        assert f"/playbooks/{id}" in library
        assert (await elira.get(f"/playbooks/{id}")).status_code == 200


async def test_a_playbook_says_what_it_is_for_what_happens_and_what_comes_out(
    elira: Browser,
) -> None:
    await elira.get("/playbooks/climate-action-to-finance")
    for said in (
        "A day that ends with requests for project support.",
        "360 minutes",
        "Vote as a city: one ballot per delegation.",
        "City service canvas",
        "Request for support",
    ):
        assert said in elira.text
    assert (await elira.get("/playbooks/nowhere")).status_code == 404


async def test_all_gatherings_are_made_with_their_agendas_word_for_word(
    walk: Walk, made: str
) -> None:
    there = await gatherings(walk, made)
    assert list(there) == ["W0", "I", "II", "III", "F"]
    found = await steps(walk, there["I"])
    assert [(s["title"], s["minutes"], s["mode"], s.get("key")) for s in found] == [
        ("Opening", 10, "plenary", "OPEN"),
        ("Challenges and running initiatives", 25, "breakout", "I.1"),
        ("Persona sprint", 45, "breakout", "I.2"),
        ("Break", 10, "plenary", "BREAK"),
        ("Walk in their shoes", 25, "breakout", "I.3"),
        ("From need to question", 15, "breakout", "I.4"),
        ("Eight ideas in eight minutes", 20, "individual", "I.5"),
        ("Break", 5, "plenary", "BREAK"),
        ("Harvest", 15, "plenary", "HARVEST"),
        ("Closing", 10, "plenary", "CLOSE"),
    ]
    persona = found[2]
    assert persona["question"].startswith(
        "Make two people: one typical, one likely to be left out."
    )
    assert (persona["methods"], persona["carry"]) == ("persona", "link all -> I.3, I.4, III.2")
    assert [step.get("pause", False) for step in found].count(True) == 2
    (log,) = await steps(walk, there["F"])
    assert (log["mode"], log["minutes"], "42 days" in log["note"]) == ("async", 0, True)


async def test_steps_have_the_board_of_their_method_where_there_is_one_and_an_open_one_else(
    walk: Walk, made: str
) -> None:
    methods = walk.house.shelf.catalog().methods
    for workshop in (await gatherings(walk, made)).values():
        for step in await steps(walk, workshop):
            if "methods" not in step:
                continue
            board = await state(walk, f"board:{step['board']}")
            opens = [one for one in step["methods"].split("+") if one != "dot-vote"]
            first = next((one for one in opens if can_open(methods[one])), None)
            method = methods[first] if first else None
            layout = (board_layout(method) or method.layout) if method else "free"
            if step["key"] == "I.1":
                layout = "zones"  # the step names them
                titles = [one["title"] for one in board.of_kind("region")]
                assert sorted(titles) == ["challenge", "what is planned", "what we already do"]
            assert board.fields["layout"] == layout, step["key"]
            assert ("no board of its own" in step["note"]) == (
                first is None and step["key"] != "I.1" and bool(opens)
            ), step["key"]


async def test_what_is_for_those_who_lead_stays_on_the_desk(walk: Walk, made: str) -> None:
    workshop = (await gatherings(walk, made))["I"]
    first = (await steps(walk, workshop))[1]
    start = {"type": "start_step", "step": first["id"], "from": None}
    await walk.house.rooms.ask(f"workshop:{workshop}", start, product=True)
    shown = (await state(walk, f"workshop:{workshop}")).get(first["id"])
    assert shown is not None
    assert (shown["title"], "note" in shown, "carry" in shown) == (first["title"], False, False)


async def test_the_programmes_page_shows_its_workshops_in_order_and_what_it_ends_in(
    walk: Walk, elira: Browser, made: str
) -> None:
    await elira.get(f"/programmes/{made}")
    text = elira.text
    assert "Counters without queues" in text
    assert "<bdi>Kutaisi</bdi>, <bdi>Niš</bdi>" in elira.page
    places = [text.index(title) for title in ("Kick-off", "Ideation", "Consolidation")]
    assert places == sorted(places)
    for said in ("Co-design brief", "Prepare the agenda", "Date not set", "No action yet."):
        assert said in text
    assert elira.page.count('aria-current="step"') == 1


async def test_one_gathering_can_be_made_alone_and_the_others_later(
    walk: Walk, elira: Browser
) -> None:
    await elira.get("/playbooks/digital-services-codesign")
    answer = await elira.post(START, title="One at a time", gathering="II", cities="Tirana")
    programme = path_of(answer).removeprefix("/programmes/")
    assert list(await gatherings(walk, programme)) == ["II"]
    for wanted in ("I", "II", "nowhere"):
        await elira.get(f"/programmes/{programme}")
        await elira.post(f"/programmes/{programme}/workshops", gathering=wanted)
    rows = await workshops.workshops_in(walk.house.database, programme)
    assert len(rows) == 3
    cities = [
        city["name"]
        for row in rows
        for city in (await state(walk, f"workshop:{row.id}")).of_kind("city")
    ]
    assert cities == ["Tirana", "Tirana", "Tirana"]
    await elira.get(f"/programmes/{programme}")
    assert elira.text.index("Ideation") < elira.text.index("Consolidation")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "Please give the programme a name."),
        ({"title": "x" * 1500}, "This is too long."),
        ({"title": "A", "cities": "\n".join(map(str, range(20)))}, "At most 12 cities fit."),
    ],
)
async def test_what_is_wrong_with_the_form_is_said_and_nothing_is_made(
    walk: Walk, elira: Browser, fields: dict[str, str], said: str
) -> None:
    before = len(await workshops.every_workshop(walk.house.database))
    await elira.get("/playbooks/digital-services-codesign")
    answer = await elira.post(START, **fields)
    assert (answer.status_code, said in elira.text) == (422, True)
    assert len(await workshops.every_workshop(walk.house.database)) == before


async def test_a_record_of_one_workshop_is_in_the_others_and_actions_are_on_the_page(
    walk: Walk, elira: Browser, made: str
) -> None:
    there = await gatherings(walk, made)
    state_of_third = await state(walk, f"workshop:{there['III']}")
    (owner,) = [one["id"] for one in state_of_third.of_kind("person")]
    action = {"type": "create_record", "id": "a" * 22, "kind": "action"}
    fields = {"title": "Print timetables", "end": "2020-05", "status": "on_track"}
    answer = await walk.house.rooms.ask(
        f"register:{made}", {**action, "fields": fields}, person=owner
    )
    assert not hasattr(answer, "code"), answer
    await elira.get(f"/programmes/{made}")
    for said in ("Print timetables", "May 2020", "late", "1 action is late.", "nobody yet"):
        assert said in elira.text
    room = await walk.house.rooms.open(f"register:{made}")
    assert room is not None
    assert {*room.workshop_ids} == {*there.values()}


async def test_nobody_else_sees_the_programme_and_a_guest_who_leads_one_workshop_sees_that(
    walk: Walk, made: str
) -> None:
    other = await walk.facilitator("Ilir")
    assert (await other.get(f"/programmes/{made}")).status_code == 404
    there = await gatherings(walk, made)
    row = await workshops.workshop(walk.house.database, there["II"])
    assert row is not None
    from codesign.web.given import make_links

    (link,) = await make_links(walk.house, row.id, "co-facilitator", [None])
    helper = walk.browser()
    join = f"/join/{walk.house.links.given(link.id)}"
    await helper.get(join)
    city = next(iter((await state(walk, f"workshop:{row.id}")).of_kind("city")))["id"]
    await helper.post(join, name="Davit", city=city)
    await helper.get(f"/programmes/{made}")
    assert ("Consolidation" in helper.text, "Ideation" in helper.text) == (True, False)
    assert "Make one more workshop" not in helper.text


async def test_home_leads_to_the_programme_and_does_not_list_its_workshops_beside_it(
    walk: Walk, elira: Browser, made: str
) -> None:
    await elira.get("/")
    assert f"/programmes/{made}" in elira.page
    assert "Other workshops" not in elira.text


async def test_a_playbook_of_the_hosts_own_can_be_started_without_a_restart(
    walk: Walk, elira: Browser
) -> None:
    from tests.test_catalog_playbooks import GOOD

    folder = walk.house.settings.playbooks
    assert isinstance(folder, Path)
    (folder / "street-week").mkdir(parents=True)
    (folder / "street-week" / "playbook.toml").write_text(GOOD, "utf-8")
    (folder / "street-week" / "guide.en.md").write_text("# Street\n\n<script>x</script>\n", "utf-8")
    await elira.get("/playbooks/street-week")
    assert "<script>x" not in elira.page
    answer = await elira.post("/playbooks/street-week/start", title="Our street")
    await elira.get(path_of(answer))
    assert "Our street" in elira.text
