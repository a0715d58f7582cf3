"""Each kind of carry on one programme: topics, fields, write-backs, doubles, documents; and what is refused, whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from codesign.core.decision import Refused
from codesign.core.ops import read_op
from codesign.store import workshops
from codesign.web.seats import make_id
from tests.web.browsing import Browser, Walk, walking
from tests.web.test_carrying import Programme, started


@pytest.fixture(scope="module")
async def walk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    async with walking(tmp_path_factory.mktemp("kinds")) as found:
        yield found


@pytest.fixture(scope="module")
async def ours(walk: Walk) -> Programme:
    return await started(walk, await walk.facilitator(), "guided-project-development")


async def post(ours: Programme, key: str, **more: Any) -> Any:
    await ours.look(key)
    fields = {"step": ours.steps[key]["id"], "line": "0", "do": "run"} | more
    return await ours.lead.http.post(
        f"/programmes/{ours.id}/carry",
        data=ours.lead.hidden() | fields,
        headers={"origin": "http://board.test"},
    )


async def made(ours: Programme, kind: str, **fields: Any) -> str:
    state = await ours.state(f"workshop:{(await ours.board('1.1')).fields['workshop']}")
    (owner,) = [one["id"] for one in state.of_kind("person")]
    id = make_id()
    op = read_op({"type": "create_record", "id": id, "kind": kind, "fields": fields})
    await ours.ask(f"register:{ours.id}", op, owner)
    return id


async def place(ours: Programme, key: str, record: str) -> None:
    op = read_op({"type": "create_placement", "id": make_id(), "record": record})
    await ours.ask(f"board:{ours.steps[key]['board']}", op)


async def key_of(ours: Programme, key: str, text: str) -> str:
    (id,) = [one["id"] for one in (await ours.board(key)).all() if one.get("text") == text]
    return f"{ours.steps[key]['board']}.{id}"


async def desk_of(ours: Programme, key: str) -> Any:
    return await ours.state(f"desk:{(await ours.board(key)).fields['workshop']}")


async def edit(ours: Programme, of: str, **fields: Any) -> None:
    op = read_op({"type": "edit_step", "id": ours.steps[of]["id"], **fields})
    await ours.ask(f"desk:{(await ours.board(of)).fields['workshop']}", op)


async def test_topics_wait_on_the_desk_of_the_workshop_and_go_with_an_undo(ours: Programme) -> None:
    """`link top(3) -> W1 group topics`"""
    await ours.write("0.2", "Buses", "Bins")
    await ours.carry("0.2", "Buses", "Bins")
    topics = [one["title"] for one in (await desk_of(ours, "1.1")).of_kind("topic")]
    assert sorted(topics) == ["Bins", "Buses"]
    await ours.carry("0.2", do="undo")
    assert [*(await desk_of(ours, "1.1")).of_kind("topic")] == []


async def test_doubles_are_proposed_and_become_one_on_the_facilitators_word(
    ours: Programme,
) -> None:
    """In two scripts; nothing is merged that nobody ticked."""
    await ours.write("1.1", "Žitelji Čačka čekaju", "Житељи Чачка чекају", region=1)
    assert "The same as “Žitelji Čačka čekaju”" in await ours.look("1.1")
    keys = [
        await key_of(ours, "1.1", text) for text in ("Žitelji Čačka čekaju", "Житељи Чачка чекају")
    ]
    await post(ours, "1.1", item=keys, same=[f"{keys[1]}>{keys[0]}"])
    lead, other = sorted((await ours.board("1.3")).of_kind("note"), key=lambda one: "within" in one)
    assert (other["within"], other["text"]) == (lead["id"], "Житељи Чачка чекају")


async def test_a_project_is_told_who_does_what_and_only_what_is_empty(ours: Programme) -> None:
    """`prefill all -> project.money, project.roles`"""
    project = await made(ours, "project", title="Night buses", city="Kutaisi", owner="The city")
    said = await made(ours, "canvas_entry", text="The utility", block="partners")
    await place(ours, "5.1", said)
    page = await ours.look("5.1")
    assert "Goes to" in page
    assert "filled already" in page
    row = f"{ours.steps['5.1']['board']}.{said}.{project}"
    await post(ours, "5.1", into=project, item=[row], **{f"field.{row}": "owner"})
    register = await ours.state(f"register:{ours.id}")
    assert register.get(project)["owner"] == "The city"  # type: ignore[index]
    await post(ours, "5.1", into=project, item=[row], **{f"field.{row}": "operator"})
    told = (await ours.state(f"register:{ours.id}")).get(project)
    assert told is not None
    assert told["operator"] == "The utility"
    assert told[f"origin/also/{said}"] == ours.steps["5.1"]["board"]
    await ours.carry("5.1", do="undo")
    told = (await ours.state(f"register:{ours.id}")).get(project)
    assert "operator" not in told  # type: ignore[operator]


async def test_what_a_status_round_says_is_written_back_as_it_was_shown(ours: Programme) -> None:
    """`update action`"""
    action = await made(ours, "action", title="Buy buses")
    told = {
        "what": "Signed with the bank",
        "who": "Nino",
        "by_when": "2027-01-31",
        "status": "done",
    }
    promise = await made(ours, "commitment", linked=action, **told)
    assert "Nothing to write back" in await ours.look("6.1")
    await place(ours, "6.1", promise)
    assert "Signed with the bank" in await ours.look("6.1")
    await post(ours, "6.1", item=[f"{action}.status.{promise}"])
    register = await ours.state(f"register:{ours.id}")
    assert register.get(action)["status"] == "done"  # type: ignore[index]
    assert "Nothing to write back" in await ours.look("6.1")


async def test_a_document_is_told_what_it_is_to_hold_once(ours: Programme) -> None:
    """`output project-fiche, business-sheet`"""
    project = await made(ours, "project", title="Cool schools", city="Tirana")
    await place(ours, "5.3", project)
    item = [f"{ours.steps['5.3']['board']}.{project}"]
    for _ in range(2):
        await post(ours, "5.3", item=item)
    desk, step = await desk_of(ours, "5.3"), ours.steps["5.3"]["id"]
    notes = [one for one in desk.of_kind("carried") if one["step"] == step]
    told = sorted((note["document"], note["takes"]) for note in notes)
    assert told == [("business-sheet", project), ("project-fiche", project)]
    assert "There already" in await ours.look("5.3")


async def test_what_is_chosen_for_a_document_shapes_it_and_can_be_chosen_anew(
    ours: Programme,
) -> None:
    await edit(ours, "6.1", carry="output action-plan")
    first = await made(ours, "action", title="Paint the lanes")
    second = await made(ours, "action", title="Buy two buses")
    board = ours.steps["6.1"]["board"]
    path = f"/programmes/{ours.id}/documents/action-plan"

    async def plan() -> str:
        await ours.lead.get(path)
        return ours.lead.text

    assert "Buy two buses" in await plan()
    await post(ours, "6.1", item=[f"{board}.{first}"])
    assert "Buy two buses" not in await plan()
    assert "Paint the lanes" in ours.lead.text
    assert "1 was chosen" in ours.lead.text
    await post(ours, "6.1", item=[f"{board}.{first}", f"{board}.{second}"])
    assert "Buy two buses" in await plan()
    await post(ours, "6.1", item=[f"{board}.{first}"])
    assert "Buy two buses" not in await plan()
    await post(ours, "6.1", do="undo")
    assert "Buy two buses" in await plan()


async def test_notes_that_are_chosen_for_a_document_are_a_chapter_of_it(ours: Programme) -> None:
    await edit(ours, "4.1", carry="output strategic-agenda")
    await ours.write("4.1", "Ask the schools first")
    await post(ours, "4.1", item=[await key_of(ours, "4.1", "Ask the schools first")])
    await ours.lead.get(f"/programmes/{ours.id}/documents/strategic-agenda")
    assert "Taken up from the workshops" in ours.lead.text
    assert "Ask the schools first" in ours.lead.text


async def test_a_line_that_cannot_be_carried_says_why_and_carries_nothing(ours: Programme) -> None:
    await ours.write("3.4", "Seen elsewhere")
    item = [await key_of(ours, "3.4", "Seen elsewhere")]
    for carry, said in (
        ("copy region(hopes) -> 3.6", "asks for hopes"),
        ("copy all -> 3.4", "goes round: 3.4 → 3.4"),
        ("copy whatever", "Nobody can read this line"),
    ):
        await edit(ours, "3.4", carry=carry)
        assert said in await ours.look("3.4")
        await post(ours, "3.4", item=item)
    assert [*(await desk_of(ours, "3.4")).of_kind("carried")] == []


async def test_a_target_that_is_gone_or_over_stops_all_the_others_too(
    walk: Walk, ours: Programme
) -> None:
    await edit(ours, "3.4", carry="copy all -> 3.6, 3.5")
    await edit(ours, "3.5", key="gone")
    item = [await key_of(ours, "3.4", "Seen elsewhere")]
    assert "is not there any more" in await ours.look("3.4")
    await post(ours, "3.4", item=item)
    assert [*(await ours.board("3.6")).of_kind("placement")] == []
    await edit(ours, "3.5", key="3.5")
    began = {"type": "set_desk", "starts": walk.clock.ms - 9 * 3_600_000, "ends": walk.clock.ms - 1}
    await ours.ask(f"desk:{(await ours.board('3.5')).fields['workshop']}", read_op(began))
    assert "is over" in await ours.look("3.4")


async def test_what_is_refused_on_the_way_is_taken_back_where_it_went_before(
    walk: Walk, ours: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ours.write("1.1", "Half a carry", region=1)
    item = [await key_of(ours, "1.1", "Half a carry")]
    await edit(ours, "1.1", carry="copy all -> 1.3, 2.1")
    before = await ours.notes("1.3")
    ask, boards = walk.house.rooms.ask, f"board:{ours.steps['2.1']['board']}"

    async def refusing(stream: str, op: Any, **more: Any) -> Any:
        return Refused("unavailable") if stream == boards else await ask(stream, op, **more)

    monkeypatch.setattr(walk.house.rooms, "ask", refusing)
    answer = await post(ours, "1.1", item=item)
    assert answer.status_code == 409
    assert await ours.notes("1.3") == before


async def test_the_way_of_an_idea_shows_each_leader_what_they_may_read_and_nothing_else(
    walk: Walk, ours: Programme
) -> None:
    """Somebody who leads one workshop follows its results back to another's: there is a gap, and not a word."""
    await edit(ours, "1.1", carry="copy all -> idea")
    await ours.write("1.1", "vermilion-canary", region=1)
    await post(ours, "1.1", item=[await key_of(ours, "1.1", "vermilion-canary")])
    register = await ours.state(f"register:{ours.id}")
    (idea,) = [one["id"] for one in register.of_kind("idea") if one["name"] == "vermilion-canary"]
    renamed = {"type": "edit_record", "id": idea, "fields": {"name": "Night buses"}}
    await ours.ask(f"register:{ours.id}", read_op(renamed))
    way = f"/programmes/{ours.id}/way"
    await ours.lead.get(way)
    assert "Night buses" in ours.lead.text
    await ours.lead.get(f"{way}?item={idea}")
    assert "vermilion-canary" in ours.lead.text
    id = (await key_of(ours, "1.1", "vermilion-canary")).partition(".")[2]
    await ours.lead.get(f"{way}?item={id}&board={ours.steps['1.1']['board']}")
    assert "Night buses" in ours.lead.text
    tamar = await leads_one(walk, ours, "2.1")
    assert (await tamar.get(f"{way}?item={idea}")).status_code == 200
    assert "may not look into" in tamar.text
    assert "vermilion" not in tamar.page
    other = await tamar.get(f"{way}?item={id}&board={ours.steps['1.1']['board']}")
    assert other.status_code == 404


async def leads_one(walk: Walk, ours: Programme, key: str) -> Browser:
    """Somebody who leads the workshop of this step, and no other."""
    workshop = (await ours.board(key)).fields["workshop"]
    row = await workshops.workshop(walk.house.database, workshop)
    assert row is not None
    guest, path = walk.browser(), f"/join/{walk.house.links.join(row)}"
    await guest.get(path)
    (city,) = (await ours.state(f"workshop:{workshop}")).of_kind("city")
    await guest.post(path, name="Tamar", city=city["id"])
    people = (await ours.state(f"workshop:{workshop}")).of_kind("person")
    id = next(one["id"] for one in people if one["name"] == "Tamar")
    lead = {"type": "set_role", "person": id, "role": "co-facilitator"}
    await ours.ask(f"workshop:{workshop}", read_op(lead))
    return guest
