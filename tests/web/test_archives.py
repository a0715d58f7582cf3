"""A workshop as one file: equal on another server, a copy on its own, refused when it is anything else."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from codesign.core.hashing import state_hash
from codesign.core.stream import State, new_id
from codesign.results.archive import ABOUT, VERSION
from codesign.store import reports
from codesign.store.checking import faults_of
from codesign.web.csrf import form_token
from codesign.web.opening import Opened
from tests.web.browsing import SECRET, Browser, Walk, path_of, walking
from tests.web.test_images import a_picture, send

Members = dict[str, bytes]


async def bring_in(browser: Browser, archive: bytes, **fields: str) -> httpx.Response:
    token = form_token(SECRET.encode(), browser.http.cookies.get("codesign_session") or "")
    return await browser.http.post(
        "/workshops/bring-in",
        data={"form_token": token} | fields,
        files={"archive": ("a.zip", archive, "application/zip")},
        headers={"origin": "http://board.test"},
    )


async def taken_home(browser: Browser, workshop: str, query: str = "") -> bytes:
    answer = await browser.get(f"/workshops/{workshop}/archive.zip{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return answer.content


async def hashes(walk: Walk, workshop: str) -> dict[str, str]:
    """Of every stream the workshop has here, by the kind and the rest of its name."""
    found = {}
    for stream, of, _ in await walk.house.journal.streams():
        if of == workshop:
            state = await walk.house.rooms.state(stream)
            assert state is not None
            found[stream] = state_hash(state[1])
    return found


async def a_workshop(walk: Walk) -> tuple[Browser, Opened]:
    """Notes, a picture, a reaction, a vote that is open, a table, an agenda, actors, and something private of each."""
    owner = await walk.facilitator()
    here = await walk.workshop(owner)
    tamar = await walk.guest(here)
    person = await walk.person(here, "Tamar")
    await walk.guest(here, "Ana", 1)
    ask = walk.house.rooms.ask
    board, workshop = f"board:{here.board}", f"workshop:{here.workshop}"
    for at in range(3):
        op = {"type": "create_note", "id": f"{at}" * 22, "text": f"წერილი {at} 🚌"}
        await ask(board, op | {"region": here.regions[0], "order": f"a{at}"}, person=person)
    react = {"type": "react", "id": "0" * 22, "reaction": "heart", "on": True}
    await ask(board, react, person=await walk.person(here, "Ana"))
    picture = (await send(tamar, here.board, a_picture())).json()
    image = {"type": "create_image", "id": "i" * 22, "file": picture["file"], "alt": "A stop"}
    image |= {"region": here.regions[1], "order": "a0", "w": 20_000, "h": 10_000}
    await ask(board, image, person=person)
    await ask(board, {"type": "delete_item", "id": "2" * 22}, person=person)
    plan = {"logos": [{"file": picture["file"], "name": "City"}]}
    assert await reports.keep_plan(walk.house.database, here.workshop, plan, 0)
    vote: dict[str, object] = {
        "type": "open_vote",
        "id": "v" * 22,
        "question": "Which?",
        "board": here.board,
    }
    vote |= {"options": ["0" * 22, "1" * 22], "dots": 3, "cap": 3, "secret": True}
    await ask(workshop, vote, product=True)
    await ask(workshop, {"type": "close_vote", "id": "v" * 22}, product=True)
    await walk.house.rooms.settle()
    tables = [{"id": "t" * 22, "board": "b" * 22, "title": "Bus"}]
    make = {"type": "make_tables", "id": "s" * 22, "template": here.board, "tables": tables}
    await ask(workshop, make, product=True)
    await ask(
        workshop, {"type": "seat_people", "id": "s" * 22, "sits": {person: "t" * 22}}, product=True
    )
    step = {
        "type": "add_step",
        "id": "p" * 22,
        "order": "a0",
        "title": "Look",
        "note": "Ana is shy",
    }
    await ask(f"desk:{here.workshop}", step, product=True)
    knock = {"type": "knock", "person": "k" * 22, "name": "Knocker-canary", "role": "participant"}
    await ask(f"desk:{here.workshop}", knock, product=True)
    told = {"type": "deliver_message", "by": person, "at": 5, "words": "Inbox-canary"}
    await ask(f"inbox:{here.workshop}:{person}", told, product=True)
    await walk.house.rooms.settle()
    return owner, here


@pytest.fixture(scope="module")
async def made_once(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An archive for the tests that only spoil it."""
    async with walking(tmp_path_factory.mktemp("archive")) as walk:
        owner, here = await a_workshop(walk)
        return await taken_home(owner, here.workshop)


def told(archive: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return dict(json.loads(file.read(ABOUT)))


def members_of(archive: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(members: Members, *, sealed: bool = True) -> bytes:
    """A zip of these members; `sealed`: with the hashes that a careful forger would give them."""
    if sealed:
        about = json.loads(members[ABOUT])
        rest = {name: data for name, data in members.items() if name != ABOUT}
        about["sha256"] = {name: hashlib.sha256(data).hexdigest() for name, data in rest.items()}
        members = {ABOUT: json.dumps(about).encode(), **rest}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


async def test_on_another_server_every_stream_has_the_state_it_had(
    walk: Walk, tmp_path: Path
) -> None:
    walk.start_processes()
    owner, here = await a_workshop(walk)
    before = await hashes(walk, here.workshop)
    archive = await taken_home(owner, here.workshop)
    async with walking(tmp_path / "elsewhere") as elsewhere:
        elsewhere.start_processes()
        besa = await elsewhere.facilitator("Besa")
        assert path_of(await bring_in(besa, archive)) == f"/workshops/{here.workshop}"
        after = await hashes(elsewhere, here.workshop)
        private = {f"desk:{here.workshop}"} | {one for one in before if one.startswith("inbox:")}
        assert {k: v for k, v in after.items() if k not in private} == {
            k: v for k, v in before.items() if k not in private
        }
        assert after == {one["stream"]: one["state_hash"] for one in told(archive)["streams"]}
        assert [
            one async for one in faults_of(elsewhere.house.database, elsewhere.house.journal)
        ] == []
        page = await besa.get(f"/workshops/{here.workshop}?came=new")
        assert "All of the workshop has been brought in." in page.text
        board = await besa.get(f"/b/{here.board}")
        assert board.status_code == 200
        picture = told(archive)["files"][0]["id"]
        assert (await besa.get(f"/files/{picture}")).headers["content-type"] == "image/webp"
        report = await besa.get(f"/w/{here.workshop}/report")
        assert "წერილი 1" in report.text
        again = told(await taken_home(besa, here.workshop))
        same = {one["stream"]: one["state_hash"] for one in again["streams"]}
        assert {k: v for k, v in same.items() if "board" in k} == {
            k: v for k, v in before.items() if "board" in k
        }


async def test_what_is_deleted_stays_deleted_there(walk: Walk, tmp_path: Path) -> None:
    owner, here = await a_workshop(walk)
    archive = await taken_home(owner, here.workshop)
    async with walking(tmp_path / "elsewhere") as elsewhere:
        await bring_in(await elsewhere.facilitator("Besa"), archive)
        state = await elsewhere.house.rooms.state(f"board:{here.board}")
        assert state is not None
        assert state[1].was_dropped("2" * 22)
        assert state[1].get("2" * 22) is None


async def test_what_is_private_is_in_no_archive(walk: Walk) -> None:
    owner, here = await a_workshop(walk)
    person = await walk.person(here, "Tamar")
    silent = {"type": "set_stage", "stage": "silent"}
    await walk.house.rooms.ask(f"workshop:{here.workshop}", silent, product=True)
    note = {"type": "create_note", "id": "h" * 22, "text": "Lane-canary"}
    lane = f"lane:{here.board}:1:{person}"
    answer = await walk.house.rooms.ask(
        lane, note | {"region": here.regions[0], "order": "a9"}, person=person
    )
    assert getattr(answer, "code", None) is None
    for query in ("", "?closed=yes", "?names=no"):
        inside = b"".join(members_of(await taken_home(owner, here.workshop, query)).values())
        for canary in (b"Lane-canary", b"Inbox-canary", b"Knocker-canary", b"k" * 22):
            assert canary not in inside, (query, canary)


async def test_without_names_nobody_is_in_it_and_every_number_is(
    walk: Walk, tmp_path: Path
) -> None:
    owner, here = await a_workshop(walk)
    people = [str(one["id"]) for one in (await walk.state(here)).of_kind("person")]
    archive = await taken_home(owner, here.workshop, "?names=no")
    inside = b"".join(members_of(archive).values()).decode(errors="replace")
    for word in ("Tamar", "Ana", "Elira", *people):
        assert word not in inside, word
    async with walking(tmp_path / "elsewhere") as elsewhere:
        besa = await elsewhere.facilitator("Besa")
        assert (await bring_in(besa, archive)).status_code == 303
        state = await elsewhere.state(here)
        assert state.count_of("person") == len(people)
        board = await elsewhere.house.rooms.state(f"board:{here.board}")
        assert board is not None
        notes = [*board[1].of_kind("note")]
        assert len(notes) == 2
        assert sum(key.startswith("reaction/heart/") for key in notes[0] | notes[1]) == 1
        assert not any("by" in note for note in notes)
        assert (await besa.get(f"/w/{here.workshop}/report")).status_code == 200


async def test_on_its_own_server_it_becomes_a_copy_that_says_so_and_leaves_the_other_alone(
    walk: Walk,
) -> None:
    owner, here = await a_workshop(walk)
    before = await hashes(walk, here.workshop)
    archive = await taken_home(owner, here.workshop)
    answer = await bring_in(owner, archive)
    copy = path_of(answer).removeprefix("/workshops/")
    assert copy != here.workshop
    assert "This is a copy" in (await owner.get(answer.headers["location"])).text
    assert await hashes(walk, here.workshop) == before
    state = await walk.house.rooms.state(f"workshop:{copy}")
    assert state is not None
    old = await walk.state(here)
    assert state[1].fields["title"] == old.fields["title"]
    assert not state[1].items.keys() & {
        one["id"] for one in old.all() if one["kind"] in ("person", "board")
    }
    board = await walk.house.rooms.state(f"board:{state[1].fields['board']}")
    assert board is not None
    assert board[1].fields["workshop"] == copy
    assert {note["text"] for note in board[1].of_kind("note")} == {"წერილი 0 🚌", "წერილი 1 🚌"}
    authors = {note["by"] for note in board[1].of_kind("note")}
    assert all(state[1].items[one]["name"] == "Tamar" for one in authors)
    (logo,) = (await reports.report(walk.house.database, copy)).plan["logos"]
    (image,) = board[1].of_kind("image")
    assert logo == {"file": image["file"], "name": "City"}
    third = path_of(await bring_in(owner, archive)).removeprefix("/workshops/")
    assert third not in (copy, here.workshop)


async def test_a_vote_under_way_is_over_in_the_archive_since_its_ballots_stay(walk: Walk) -> None:
    owner, here = await a_workshop(walk)
    vote: dict[str, object] = {
        "type": "open_vote",
        "id": "w" * 22,
        "question": "Again?",
        "board": here.board,
    }
    vote |= {"options": ["0" * 22, "1" * 22], "dots": 3, "cap": 3, "secret": True}
    await walk.house.rooms.ask(f"workshop:{here.workshop}", vote, product=True)
    members = members_of(await taken_home(owner, here.workshop))
    name = f"streams/workshop-{here.workshop}.json"
    state = json.loads(members[name])
    states = {item["id"]: item["state"] for item in state["items"] if item["kind"] == "vote"}
    assert states == {"v" * 22: "closed", "w" * 22: "cancelled"}
    for item in state["items"]:
        if item["id"] == "w" * 22:
            item["state"] = "open"  # a forger's: it would share keys with the one here
    assert (await bring_in(owner, resealed(members, name, state))).status_code == 422


async def test_nothing_that_comes_in_points_at_what_is_here(walk: Walk, tmp_path: Path) -> None:
    """A forged archive whose workshop names somebody else's board as its own would let its owner read that board."""
    _, secret = await a_workshop(walk)
    async with walking(tmp_path / "elsewhere") as elsewhere:
        besa = await elsewhere.facilitator("Besa")
        theirs = await elsewhere.workshop(besa)
        members = members_of(await taken_home(besa, theirs.workshop))
    name = f"streams/workshop-{theirs.workshop}.json"
    state = json.loads(members[name])
    state["items"].append({"id": secret.board, "kind": "board", "title": "Mine, honestly"})
    forged = resealed(members, name, state)
    ilir = await walk.facilitator("Ilir")
    workshop = path_of(await bring_in(ilir, forged)).removeprefix("/workshops/")
    found = await walk.house.rooms.state(f"workshop:{workshop}")
    assert found is not None
    assert found[1].get(secret.board) is None
    report = await ilir.get(f"/w/{workshop}/report")
    assert "წერილი" not in report.text
    assert (await ilir.get(f"/b/{secret.board}")).status_code == 404


def resealed(members: Members, name: str, state: dict[str, Any]) -> bytes:
    """With one stream's state changed, and every hash made right for it."""
    about = json.loads(members[ABOUT])
    items = {item["id"]: item for item in state["items"]}
    for one in about["streams"]:
        if one["file"] == name:
            one["state_hash"] = state_hash(State(state["fields"], items))
    changed = {**members, ABOUT: json.dumps(about).encode(), name: json.dumps(state).encode()}
    return zipped(changed)


def cut(archive: bytes) -> bytes:
    return archive[: len(archive) * 2 // 3]


def newer(archive: bytes) -> bytes:
    members = members_of(archive)
    about = json.loads(members[ABOUT]) | {"version": VERSION + 1}
    return zipped({**members, ABOUT: json.dumps(about).encode()})


def climbing(archive: bytes) -> bytes:
    return zipped({**members_of(archive), "../../etc/cron.d/codesign": b"* * * * * root true"})


def swapped(archive: bytes) -> bytes:
    """A board's words changed after the fact."""
    members = members_of(archive)
    name = next(name for name in members if name.startswith("streams/board-"))
    return zipped(
        {**members, name: members[name].replace(b'"text": "', b'"text": "Forged: ')}, sealed=False
    )


def swapped_carefully(archive: bytes) -> bytes:
    members = members_of(archive)
    name = next(name for name in members if name.startswith("streams/board-"))
    return zipped({**members, name: members[name].replace(b'"text": "', b'"text": "Forged: ')})


def without_a_board(archive: bytes) -> bytes:
    members = members_of(archive)
    name = next(name for name in members if name.startswith("streams/board-"))
    return zipped({other: data for other, data in members.items() if other != name})


def bomb(archive: bytes) -> bytes:
    return zipped({**members_of(archive), "READ-ME.txt": bytes(210 * 1024 * 1024)}, sealed=False)


def twice(archive: bytes) -> bytes:
    out = io.BytesIO(archive)
    with zipfile.ZipFile(out, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr(ABOUT, b"{}")
    return out.getvalue()


def no_zip(_archive: bytes) -> bytes:
    return b"\x89PNG and so on"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut, "not a workshop that Codesign has saved"),
        (newer, "made by a newer Codesign"),
        (climbing, "not a workshop that Codesign has saved"),
        (swapped, "not a workshop that Codesign has saved"),
        (swapped_carefully, "not a workshop that Codesign has saved"),
        (without_a_board, "not a workshop that Codesign has saved"),
        (bomb, "holds more than fits"),
        (twice, "not a workshop that Codesign has saved"),
        (no_zip, "not a workshop that Codesign has saved"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
async def test_what_is_no_archive_is_refused_plainly_and_leaves_nothing(
    walk: Walk, made_once: bytes, spoil: Callable[[bytes], bytes], said: str
) -> None:
    owner = await walk.facilitator()
    archive = spoil(made_once)
    before = (await walk.house.journal.streams(), sorted(files_in(walk)))
    answer = await bring_in(owner, archive)
    assert answer.status_code in (413, 422)
    assert said in answer.text
    assert (await walk.house.journal.streams(), sorted(files_in(walk))) == before


def files_in(walk: Walk) -> Iterable[str]:
    folder = walk.house.settings.data / "files"
    return (path.name for path in folder.iterdir()) if folder.is_dir() else ()


async def test_only_those_who_lead_take_it_home_and_only_accounts_bring_it_in(walk: Walk) -> None:
    owner, here = await a_workshop(walk)
    archive = await taken_home(owner, here.workshop)
    guest = await walk.guest(here, "Nino")
    assert (await guest.get(f"/workshops/{here.workshop}/archive.zip")).status_code == 303
    other = await walk.facilitator("Ilir")
    assert (await other.get(f"/workshops/{here.workshop}/archive.zip")).status_code == 404
    assert (await bring_in(guest, archive)).status_code == 303  # to signing in
    assert (await bring_in(owner, archive, form_token="0" * 32)).status_code == 403


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4, 25))
async def test_a_forged_archive_is_refused_or_does_nobody_harm(
    walk: Walk, made_once: bytes, seed: int
) -> None:
    """One field of one item is another thing; every hash is right. No page may break over it (P15)."""
    chance = random.Random(seed)
    owner = await walk.facilitator()
    members = members_of(made_once)
    for _ in range(8):
        name = chance.choice([one for one in members if one.startswith("streams/")])
        state = json.loads(members[name])
        holder = chance.choice([state["fields"], *state["items"]])
        key = chance.choice([one for one in holder if one not in ("id",)] or ["kind"])
        odd = [7, -1, True, "", "x" * 200, "x" * 22, [], None, 1.5, new_id(bytes(16))]
        if chance.random() < 0.3:
            holder.pop(key, None)
        else:
            holder[key] = chance.choice(odd)
        try:
            forged = resealed(members, name, state)
        except (TypeError, ValueError, AttributeError, KeyError):
            continue  # not even we can hash it
        answer = await bring_in(owner, forged)
        assert answer.status_code in (303, 413, 422), (name, key, holder)
        if answer.status_code != 303:
            continue
        workshop = path_of(answer).removeprefix("/workshops/")
        found = await walk.house.rooms.state(f"workshop:{workshop}")
        assert found is not None
        for page in (
            f"/workshops/{workshop}",
            f"/workshops/{workshop}/agenda",
            f"/w/{workshop}/report",
            f"/b/{found[1].fields['board']}",
            f"/b/{found[1].fields['board']}/export.csv",
            f"/workshops/{workshop}/attendance",
        ):
            shown = await owner.get(page)
            assert shown.status_code < 500, (page, name, key, holder)
