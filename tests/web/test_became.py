"""What became of one's own notes: told to who wrote them, as far as they may read, and to nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from codesign.core.ops import EditStep
from codesign.web.opening import Opened
from tests.web.browsing import Browser, Walk, walking
from tests.web.test_carrying import Programme, started


@pytest.fixture(scope="module")
async def walk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    async with walking(Path(tmp_path_factory.mktemp("became"))) as found:
        yield found


async def joined(ours: Programme, key: str, name: str) -> tuple[Browser, str, str]:
    """A guest of the workshop of this step: browser, person, workshop."""
    board = await ours.board(key)
    workshop = str(board.fields["workshop"])
    state = await ours.state(f"workshop:{workshop}")
    cities = [city["id"] for city in state.of_kind("city")]
    opened = Opened(workshop, str(state.fields["board"]), [], cities)
    guest = await ours.walk.guest(opened, name)
    return guest, await ours.walk.person(opened, name), workshop


async def test_people_find_what_became_of_their_notes_as_far_as_they_may_read(walk: Walk) -> None:
    ours = await started(walk, await walk.facilitator(), "guided-project-development")
    tamar, person, workshop = await joined(ours, "1.1", "Tamar")
    marko, other, _ = await joined(ours, "1.1", "Marko")
    await ours.write("1.1", "Who pays the driver?", by=person)
    await ours.write("1.1", "MARKO-CANARY", by=other, region=1)
    await ours.write("1.1", "Nobody asked", by=person, region=1)
    carry = EditStep(id=ours.steps["1.1"]["id"], carry="prefill picked as action -> action")
    await ours.ask(f"desk:{workshop}", carry)
    await ours.carry("1.1", "Who pays the driver?")
    # A board of another workshop, in which nobody but those who lead is.
    await ours.ask(
        f"desk:{workshop}", EditStep(id=ours.steps["1.1"]["id"], carry="copy all -> 4.1")
    )
    await ours.carry("1.1", "Nobody asked")
    later = next(iter((await ours.board("4.1")).of_kind("note")))
    assert later["origin/board"] == ours.steps["1.1"]["board"]

    path = f"/w/{workshop}/became"
    await tamar.get(path)
    assert "2 notes are yours. 1 went on." in tamar.text
    assert "Action Who pays the driver?" in tamar.text
    assert "Nothing was made of it yet that you may see." in tamar.text
    assert "CANARY" not in tamar.page
    assert str(later["id"]) not in tamar.page
    await marko.get(path)
    assert "1 note is yours." in marko.text
    assert "driver" not in marko.text
    stranger = await walk.browser().http.get(path)
    assert stranger.status_code == 404


async def test_who_has_written_nothing_is_told_so(walk: Walk) -> None:
    lead = await walk.facilitator("Ilir")
    opened = await walk.workshop(lead)
    guest = await walk.guest(opened)
    await guest.get(f"/w/{opened.workshop}/became")
    assert "You have not written a note here yet" in guest.text
    board = await guest.get(f"/b/{opened.board}")
    assert f"/w/{opened.workshop}/became" in board.text
