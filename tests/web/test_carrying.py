"""Results go on to where the playbook sends them: seen beforehand, once, with their origin, and back as one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from codesign.core.decision import Refused
from codesign.core.forgetting import TAKEN
from codesign.core.ops import CreateNote
from codesign.core.stream import State
from codesign.store import workshops
from codesign.web.seats import make_id
from tests.web.browsing import Browser, Walk, path_of, walking


@pytest.fixture(scope="module")
async def walk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    async with walking(tmp_path_factory.mktemp("carrying")) as found:
        yield found


@pytest.fixture(scope="module")
async def elira(walk: Walk) -> Browser:
    return await walk.facilitator()


class Programme:
    """A programme of its own for each test, with its steps by what the playbook calls them."""

    def __init__(self, walk: Walk, lead: Browser, id: str) -> None:
        self.walk, self.lead, self.id = walk, lead, id
        self.steps: dict[str, Any] = {}

    async def state(self, stream: str) -> State:
        found = await self.walk.house.rooms.state(stream)
        assert found is not None
        return found[1]

    async def board(self, key: str) -> State:
        return await self.state(f"board:{self.steps[key]['board']}")

    async def write(self, key: str, *texts: str, region: int = 0, by: str | None = None) -> None:
        board = await self.board(key)
        regions = sorted(board.of_kind("region"), key=lambda one: one["order"])
        for at, text in enumerate(texts):
            where = (
                {"region": regions[region]["id"], "order": f"a{at}"}
                if board.fields["layout"] in ("zones", "columns", "rounds")
                else {"x": at * 30_000, "y": 0}
            )
            await self.ask(
                f"board:{self.steps[key]['board']}",
                CreateNote(id=make_id(), text=text, **where),
                by,
            )

    async def ask(self, stream: str, op: Any, by: str | None = None) -> None:
        answer = await self.walk.house.rooms.ask(stream, op, person=by, product=by is None)
        assert not isinstance(answer, Refused), answer

    async def look(self, key: str, line: int = 0) -> str:
        await self.lead.get(f"/programmes/{self.id}/carry?step={self.steps[key]['id']}&line={line}")
        return self.lead.text

    async def carry(self, key: str, *texts: str, line: int = 0, do: str = "run") -> Any:
        """Ticks what has these words."""
        await self.look(key, line)
        source = self.steps[key]["board"]
        board = await self.board(key)
        ids = [one["id"] for one in board.all() if one.get("text") in texts]
        fields = {"step": self.steps[key]["id"], "line": str(line), "do": do}
        return await self.lead.http.post(
            f"/programmes/{self.id}/carry",
            data=self.lead.hidden() | fields | {"item": [f"{source}.{id}" for id in ids]},
            headers={"origin": "http://board.test"},
        )

    async def notes(self, key: str) -> list[str]:
        return sorted(one["text"] for one in (await self.board(key)).of_kind("note"))


async def started(walk: Walk, lead: Browser, book: str) -> Programme:
    await lead.get(f"/playbooks/{book}")
    answer = await lead.post(f"/playbooks/{book}/start", title="Ours", cities="Kutaisi")
    made = Programme(walk, lead, path_of(answer).removeprefix("/programmes/"))
    for row in await workshops.workshops_in(walk.house.database, made.id):
        for step in (await made.state(f"desk:{row.id}")).of_kind("step"):
            if step.get("key", "")[-1:].isdigit():
                made.steps[step["key"]] = step
    return made


async def test_what_a_region_holds_is_copied_with_its_origin_and_only_once(
    walk: Walk, elira: Browser
) -> None:
    """`copy region(doubts) -> 1.3`"""
    ours = await started(walk, elira, "guided-project-development")
    await ours.write("1.1", "New to me", region=0)
    await ours.write("1.1", "Who pays?", "For how long?", region=1)
    assert "Who pays?" in await ours.look("1.1")
    assert elira.page.count(" checked") == 2
    await ours.carry("1.1", "Who pays?", "For how long?")
    assert await ours.notes("1.3") == ["For how long?", "Who pays?"]
    (first, _) = (await ours.board("1.3")).of_kind("note")
    assert first["origin/board"] == ours.steps["1.1"]["board"]
    before = (await walk.house.rooms.state(f"board:{ours.steps['1.3']['board']}") or (0,))[0]
    await ours.carry("1.1", "Who pays?", "For how long?")
    after = (await walk.house.rooms.state(f"board:{ours.steps['1.3']['board']}") or (0,))[0]
    assert after == before
    assert "There already" in await ours.look("1.1")


async def test_it_is_taken_back_as_one_but_for_what_somebody_changed_and_can_go_again(
    walk: Walk, elira: Browser
) -> None:
    ours = await started(walk, elira, "guided-project-development")
    await ours.write("1.1", "Who pays?", "For how long?", region=1)
    await ours.carry("1.1", "Who pays?", "For how long?")
    board = await ours.board("1.3")
    kept = next(one for one in board.of_kind("note") if one["text"] == "Who pays?")
    state = await ours.state(f"workshop:{board.fields['workshop']}")
    (owner,) = [one["id"] for one in state.of_kind("person")]
    stream = f"board:{ours.steps['1.3']['board']}"
    await ours.ask(stream, {"type": "recolour", "id": kept["id"], "colour": "rose"}, owner)
    await ours.carry("1.1", do="undo")
    assert await ours.notes("1.3") == ["Who pays?"]
    desk = f"desk:{board.fields['workshop']}"
    assert (await walk.house.journal.entries(desk, 0))[-1].entry.by == owner
    assert "Take it back" not in await ours.look("1.1")
    await ours.carry("1.1", "For how long?")
    assert await ours.notes("1.3") == ["For how long?", "Who pays?"]


async def test_notes_become_records_that_remember_where_they_are_from(
    walk: Walk, elira: Browser
) -> None:
    """`copy picked as idea -> 3.6`: a grid shows records, so each note becomes an idea and is placed."""
    ours = await started(walk, elira, "guided-project-development")
    await ours.write("3.4", "Night buses")
    assert " checked" not in (await ours.look("3.4"), elira.page)[1]
    await ours.carry("3.4", "Night buses")
    register = await ours.state(f"register:{ours.id}")
    (idea,) = register.of_kind("idea")
    assert (idea["name"], idea["origin/board"]) == ("Night buses", ours.steps["3.4"]["board"])
    (place,) = (await ours.board("3.6")).of_kind("placement")
    assert place["record"] == idea["id"]
    await ours.carry("3.4", do="undo")
    assert [*(await ours.state(f"register:{ours.id}")).of_kind("idea")] == []
    assert [*(await ours.board("3.6")).of_kind("placement")] == []


async def test_what_goes_on_as_a_problem_is_of_the_tree_and_no_objective(
    walk: Walk, elira: Browser
) -> None:
    """`copy region(weaknesses) -> 2.1 as problem`: the step has a tree of problems beside a vision."""
    ours = await started(walk, elira, "integrated-urban-agenda")
    await ours.write("1.2", "Nobody counts the empty flats", region=1)
    await ours.carry("1.2", "Nobody counts the empty flats")
    (place,) = (await ours.board("2.1")).of_kind("placement")
    made = (await ours.state(f"register:{ours.id}")).get(place["record"])
    assert made is not None
    assert (made["kind"], made["text"]) == ("tree_node", "Nobody counts the empty flats")


async def test_nobody_carries_in_a_programme_they_do_not_lead(walk: Walk, elira: Browser) -> None:
    ours = await started(walk, elira, "climate-action-to-finance")
    other = await walk.facilitator("Ilir")
    await other.get("/")
    assert (await other.get(f"/programmes/{ours.id}/carry")).status_code == 404


async def test_whoever_is_forgotten_is_so_wherever_their_words_were_carried(
    walk: Walk, elira: Browser
) -> None:
    """Two workshops: the second has never seen the person, only a copy of what they wrote."""
    ours = await started(walk, elira, "guided-project-development")
    first = (await ours.board("1.3")).fields["workshop"]
    assert (await ours.board("2.1")).fields["workshop"] != first
    row = await workshops.workshop(walk.house.database, first)
    assert row is not None
    guest, path = walk.browser(), f"/join/{walk.house.links.join(row)}"
    await guest.get(path)
    (city,) = (await ours.state(f"workshop:{first}")).of_kind("city")
    await guest.post(path, name="Tamar", city=city["id"])
    people = (await ours.state(f"workshop:{first}")).of_kind("person")
    tamar = next(one["id"] for one in people if one["name"] == "Tamar")
    await ours.write("1.3", "vermilion-canary", region=3, by=tamar)
    await ours.carry("1.3", "vermilion-canary")
    assert await ours.notes("2.1") == ["vermilion-canary"]
    forget = {"type": "forget_person", "person": tamar, "words": True}
    await ours.ask(f"workshop:{first}", forget, tamar)
    await walk.house.rooms.effects.run_due()
    assert await ours.notes("2.1") == [TAKEN]
    journal = await walk.house.journal.entries(f"board:{ours.steps['2.1']['board']}", 0)
    assert "vermilion-canary" not in str(journal)
