"""A board brought in from its archive: equal, open to the workshop's people, all or nothing."""

from __future__ import annotations

import json

import httpx2 as httpx

from codesign.core.hashing import state_hash
from codesign.core.limits import UPLOADS_BYTES
from codesign.core.stream import State
from codesign.web.csrf import form_token
from codesign.web.demo import load_demo
from codesign.web.pages import imports
from tests.web.browsing import SECRET, Browser, Walk, path_of


async def bring_in(
    browser: Browser, workshop: str, archive: bytes, **fields: str
) -> httpx.Response:
    token = form_token(SECRET.encode(), browser.http.cookies.get("codesign_session") or "")
    return await browser.http.post(
        f"/workshops/{workshop}/import",
        data={"form_token": token} | fields,
        files={"archive": ("board.json", archive, "application/json")},
        headers={"origin": "http://board.test"},
    )


async def the_demo(walk: Walk) -> tuple[str, str, bytes]:
    """The demo's workshop, its board and the board's archive."""
    workshop = await load_demo(walk.house)
    state = await state_of(walk, f"workshop:{workshop}")
    board = str(state.fields["board"])
    guest = await walk.guest(await opened(walk, workshop))
    return workshop, board, (await guest.get(f"/b/{board}/export.json")).content


async def opened(walk: Walk, workshop: str):  # type: ignore[no-untyped-def]
    from codesign.web.opening import Opened

    state = await state_of(walk, f"workshop:{workshop}")
    cities = [city["id"] for city in state.of_kind("city")]
    return Opened(workshop, str(state.fields["board"]), [], cities)


async def state_of(walk: Walk, stream: str) -> State:
    found = await walk.house.rooms.state(stream)
    assert found is not None
    return found[1]


async def test_a_board_comes_into_another_workshop_with_its_authors(walk: Walk) -> None:
    walk.start_processes()
    _, board, archive = await the_demo(walk)
    owner = await walk.facilitator()
    there = await walk.workshop(owner)
    new = path_of(await bring_in(owner, there.workshop, archive)).removeprefix("/b/")
    state, workshop = await state_of(walk, f"board:{new}"), await walk.state(there)
    old = await state_of(walk, f"board:{board}")
    texts = {item["id"]: item["text"] for item in old.of_kind("note")}
    assert {item["id"]: item["text"] for item in state.of_kind("note")} == texts
    assert state.fields == {**old.fields, "workshop": there.workshop}
    author = workshop.items[next(state.of_kind("note"))["by"]]
    assert (author["gone"], workshop.items[author["city"]]["kind"]) == (True, "city")
    assert workshop.items[new]["kind"] == "board"
    journal = await walk.house.journal.entries(f"workshop:{there.workshop}", 0)
    assert journal[-1].entry.by == await walk.person(there, "Elira Hoxha")
    assert (await (await walk.guest(there)).get(f"/b/{new}")).status_code == 200


async def test_a_board_comes_back_into_its_own_workshop_equal_to_the_last_byte(walk: Walk) -> None:
    owner = await walk.facilitator()
    here = await walk.workshop(owner)
    guest = await walk.guest(here)
    person = await walk.person(here, "Tamar")
    for at in range(5):
        op = {"type": "create_note", "id": f"{at}" * 22, "text": f"წერილი {at}"}
        place = {"region": here.regions[at % 2], "order": f"a{at}"}
        await walk.house.rooms.ask(f"board:{here.board}", op | place, person=person)
    archive = (await guest.get(f"/b/{here.board}/export.json")).content
    new = path_of(await bring_in(owner, here.workshop, archive)).removeprefix("/b/")
    old_state, new_state = [await state_of(walk, f"board:{b}") for b in (here.board, new)]
    assert state_hash(new_state) == state_hash(old_state) == json.loads(archive)["state_hash"]
    again = json.loads((await guest.get(f"/b/{new}/export.json")).content)
    assert again["state_hash"] == state_hash(old_state)


async def test_what_is_no_archive_changes_nothing(walk: Walk) -> None:
    owner = await walk.facilitator()
    here = await walk.workshop(owner)
    before = state_hash(await walk.state(here))
    for data in (b"{}", b"", b"\x89PNG", b'{"format": "codesign-board", "version": 9}'):
        answer = await bring_in(owner, here.workshop, data)
        assert answer.status_code == 422
        assert "This board could not be brought in" in answer.text
    assert state_hash(await walk.state(here)) == before


async def test_only_those_who_lead_bring_boards_in(walk: Walk) -> None:
    _, _, archive = await the_demo(walk)
    owner = await walk.facilitator()
    here = await walk.workshop(owner)
    before = state_hash(await walk.state(here))
    stranger = await walk.facilitator("Besa")
    assert (await bring_in(stranger, here.workshop, archive)).status_code == 404
    assert (await bring_in(owner, here.workshop, archive, form_token="0" * 32)).status_code == 403
    assert state_hash(await walk.state(here)) == before
    guest = await walk.guest(here)
    assert (await bring_in(guest, here.workshop, archive)).status_code == 303  # to signing in
    assert len([*(await walk.state(here)).of_kind("board")]) == 1


async def test_newcomers_come_a_few_at_a_time(walk: Walk) -> None:
    """For each all names are looked through: hundreds in one op would hold up everybody on the server."""
    _workshop, _board, archive = await the_demo(walk)
    here = await walk.workshop(lead := await walk.facilitator())
    assert (await bring_in(lead, here.workshop, archive)).status_code == 303
    entries = await walk.house.journal.entries(f"workshop:{here.workshop}", 0)
    assert max(len(row.entry.changes) for row in entries[2:]) <= imports.NAMED_AT_ONCE + 1
    assert len(await people_of(walk, here.workshop)) > imports.NAMED_AT_ONCE / 2


async def people_of(walk: Walk, workshop: str) -> list[str]:
    return [one["id"] for one in (await state_of(walk, f"workshop:{workshop}")).of_kind("person")]


async def test_an_archive_waits_outside_when_there_is_no_room(walk: Walk) -> None:
    owner = await walk.facilitator()
    there = await walk.workshop(owner)
    walk.house.uploads.in_flight = UPLOADS_BYTES - 100
    answer = await bring_in(owner, there.workshop, b"{}" * 100)
    assert answer.status_code == 429
    assert "The server is busy." in answer.text
    assert walk.house.uploads.in_flight == UPLOADS_BYTES - 100
