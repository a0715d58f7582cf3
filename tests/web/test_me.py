"""What is kept about somebody, taken along; and somebody forgotten, down to the bytes on the disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from codesign.core.effects import Due
from codesign.core.forgetting import NOBODY, TAKEN
from codesign.core.hashing import state_hash
from codesign.live.errands import DONE
from codesign.store.checking import faults_of, replay_stream
from codesign.store.tables import metadata
from codesign.web.opening import Opened
from tests.web.browsing import Browser, Walk, walking
from tests.web.test_images import a_picture, send

NAME, LATER = "Canary-Nino", "Canary-Ninutsa"
WORDS, EDITED, HIDDEN, TOLD = "Canary-words", "Canary-edited", "Canary-hidden", "Canary-told"


async def ask(walk: Walk, stream: str, op: dict[str, Any], person: str | None = None) -> None:
    answer = await walk.house.rooms.ask(stream, op, person=person, product=person is None)
    assert getattr(answer, "code", None) is None, (op, answer)


async def nino(walk: Walk, here: Opened) -> tuple[Browser, str]:
    """She was expected, came, was renamed, wrote, edited, deleted, brought a picture, reacted, and was written to."""
    workshop, board = f"workshop:{here.workshop}", f"board:{here.board}"
    tables = [{"id": "t" * 22, "board": "b" * 22}]
    await ask(
        walk,
        workshop,
        {"type": "make_tables", "id": "s" * 22, "template": here.board, "tables": tables},
    )
    expected = [{"id": "x" * 22, "name": NAME, "table": "t" * 22}]
    await ask(walk, workshop, {"type": "expect_people", "id": "s" * 22, "people": expected})
    browser = await walk.guest(here, NAME)
    me = await walk.person(here, NAME)
    await ask(walk, workshop, {"type": "rename_person", "person": me, "name": LATER}, me)
    at = {"region": here.regions[0]}
    for n, words in enumerate((WORDS, "Canary-deleted")):
        note = {"type": "create_note", "id": f"{n}" * 22, "text": words, "order": f"a{n}"}
        await ask(walk, board, note | at, me)
    splice = {"type": "edit_text", "id": "0" * 22, "field": "text", "splices": [[0, WORDS, EDITED]]}
    await ask(walk, board, splice, me)
    await ask(walk, board, {"type": "delete_item", "id": "1" * 22}, me)
    picture = (await send(browser, here.board, a_picture())).json()["file"]
    image = {
        "type": "create_image",
        "id": "i" * 22,
        "file": picture,
        "alt": "Canary-alt",
        "order": "a5",
    }
    await ask(walk, board, image | at | {"w": 20_000, "h": 10_000}, me)
    other = {"type": "create_note", "id": "9" * 22, "text": "Somebody else's", "order": "a9"}
    await ask(walk, board, other | at, await walk.person(here, "Ana"))
    ours = {"type": "translate_note", "id": "0" * 22, "lang": "sq", "words": "Canary-translated"}
    await ask(walk, board, ours, await walk.person(here, "Ana"))
    theirs = {"type": "translate_note", "id": "9" * 22, "lang": "sq", "words": "Dikush tjetër"}
    await ask(walk, board, theirs, me)
    await ask(walk, board, {"type": "react", "id": "9" * 22, "reaction": "heart", "on": True}, me)
    told = {"type": "deliver_message", "by": me, "at": 5, "words": TOLD}
    await ask(walk, f"inbox:{here.workshop}:{me}", told)
    await ask(walk, workshop, {"type": "set_stage", "stage": "silent"})
    lane = {"type": "create_note", "id": "h" * 22, "text": HIDDEN, "order": "a0"}
    await ask(walk, f"lane:{here.board}:1:{me}", lane | at, me)
    await walk.house.rooms.settle()
    return browser, me


async def a_workshop(walk: Walk) -> tuple[Browser, Opened, Browser, str]:
    owner = await walk.facilitator()
    here = await walk.workshop(owner)
    await owner.get(f"/workshops/{here.workshop}")
    await walk.guest(here, "Ana", 1)
    browser, me = await nino(walk, here)
    return owner, here, browser, me


async def forgotten(browser: Browser, here: Opened, **fields: str) -> None:
    await browser.get(f"/w/{here.workshop}/me")
    answer = await browser.post(f"/w/{here.workshop}/forget-me", sure="on", **fields)
    assert answer.status_code == 200, answer.text
    assert "You are forgotten" in answer.text


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_guest_takes_along_what_they_gave_and_nothing_of_anybody_else(walk: Walk) -> None:
    _, here, browser, me = await a_workshop(walk)
    page = await browser.get(f"/w/{here.workshop}/me")
    assert LATER in page.text
    data = json.loads((await browser.get(f"/w/{here.workshop}/me.json")).content)
    assert data["person"] == {
        "id": me,
        "name": LATER,
        "city": "Kutaisi",
        "role": "participant",
        "language": "en",
    }
    assert [one["text"] for one in data["written"]] == [
        EDITED,
        "Canary-alt",
        HIDDEN,
    ]
    (made,) = data["translated"]
    assert (made["lang"], made["text"]) == ("sq", "Dikush tjetër")
    assert data["reactions"] == [{"board": "Getting around", "item": "9" * 22, "reaction": "heart"}]
    assert [one["text"] for one in data["messages_to_you"]] == [TOLD]
    assert [one[:22] for one in data["pictures"].values()] == ["data:image/webp;base64"]
    assert (data["corrected"], data["answered"]) == ([], [])
    file = await browser.get(f"/w/{here.workshop}/me.html")
    assert "attachment" in file.headers["content-disposition"]
    for words in (EDITED, HIDDEN, TOLD):
        assert words in file.text
    assert "Somebody else" not in file.text
    assert "Somebody else" not in json.dumps(data)


async def test_what_was_corrected_and_what_they_answered_is_theirs_to_see(walk: Walk) -> None:
    owner = await walk.facilitator()
    here = await walk.workshop(owner)
    ana, nino = await walk.guest(here, "Ana"), await walk.guest(here, "Nino", 1)
    me, lead = await walk.person(here, "Nino"), await walk.person(here, "Elira Hoxha")
    others = await walk.person(here, "Ana")
    for n, (person, came) in enumerate(((me, 60_000), (others, 120_000))):
        op = {"type": "correct_attendance", "id": f"{n}" * 22, "person": person, "there": True}
        await ask(walk, f"desk:{here.workshop}", op | {"came": came, "city": here.cities[0]}, lead)
    opens = {"type": "open_consent", "id": "c" * 22, "proposal": "Close the square on Sundays"}
    opens |= {"board": here.board, "shown": "at_close"}
    await ask(walk, f"workshop:{here.workshop}", opens, lead)
    for person, why in ((me, "The market"), (others, "Canary-of-Ana")):
        said = {"type": "answer_consent", "consent": "c" * 22, "answer": "object", "words": why}
        await ask(walk, f"inbox:{here.workshop}:{person}", said, person)
    data = json.loads((await nino.get(f"/w/{here.workshop}/me.json")).content)
    at = walk.clock.now()
    assert data["corrected"] == [{"there": True, "came": 60_000, "at": at, "city": "Kutaisi"}]
    proposal = "Close the square on Sundays"
    assert data["answered"] == [{"proposal": proposal, "answer": "object", "reason": "The market"}]
    file = await nino.get(f"/w/{here.workshop}/me.html")
    assert ("1970-01-01 00:01 UTC – …" in file.text, "The market" in file.text) == (True, True)
    assert ("00:02" in file.text, "Canary" in file.text) == (False, False)
    assert "1970-01-01 00:02" in (await ana.get(f"/w/{here.workshop}/me.html")).text


@pytest.mark.parametrize("words", ["on", ""], ids=["with words", "name alone"])
async def test_whoever_is_forgotten_is_gone_from_every_byte_and_every_number_stays(
    tmp_path: Path, words: str
) -> None:
    gone = [NAME, LATER, TOLD] + (
        [WORDS, EDITED, "Canary-deleted", "Canary-alt", "Canary-translated", HIDDEN]
        if words
        else []
    )
    async with walking(tmp_path) as walk:
        owner, here, browser, me = await a_workshop(walk)
        assert NAME.encode() in on_disk(tmp_path)  # the search finds what there is to find
        await owner.get(f"/w/{here.workshop}/report")
        before = owner.text
        await forgotten(browser, here, words=words)
        await owner.get(f"/w/{here.workshop}/report")
        assert _counts(owner.text) == _counts(before)
        person = (await walk.state(here)).items[me]
        assert (person["name"], person["gone"], "lang" in person) == (NOBODY, True, False)
        board = await walk.house.rooms.state(f"board:{here.board}")
        assert board is not None
        note = board[1].items["0" * 22]
        assert (note["by"], note["text"]) == (me, TAKEN if words else EDITED)
        assert board[1].items["9" * 22][f"reaction/heart/{me}"] is True
        for stream, _, _ in await walk.house.journal.streams():
            live, replayed = (
                await walk.house.rooms.state(stream),
                await replay_stream(walk.house.journal, stream),
            )
            assert live is not None
            assert replayed is not None
            assert state_hash(live[1]) == replayed.hash, stream
        assert [one async for one in faults_of(walk.house.database, walk.house.journal)] == []
        assert (await browser.get(f"/b/{here.board}")).status_code in (303, 404)
    left = on_disk(tmp_path)
    assert [canary for canary in gone if canary.encode() in left] == []
    if not words:
        assert EDITED.encode() in left
    files = [path for path in (tmp_path / "files").iterdir()]
    assert len(files) == (0 if words else 1)


async def rows_of(walk: Walk) -> str:
    """Every row of every table, as text."""
    async with walk.house.database.read() as connection:
        found = [
            [tuple(row) for row in await connection.execute(sa.select(table))]
            for table in metadata.sorted_tables
        ]
    return repr(found)


async def test_on_postgresql_no_row_says_who_was_forgotten(tmp_path: Path, pg_url: str) -> None:
    gone = (NAME, LATER, TOLD, WORDS, EDITED, "Canary-deleted", "Canary-alt", HIDDEN)
    async with walking(tmp_path, database_url=pg_url) as walk:
        _, here, browser, me = await a_workshop(walk)
        before = await rows_of(walk)
        assert [words for words in gone if words in before] == list(gone)
        await forgotten(browser, here, words="on")
        after = await rows_of(walk)
        assert [words for words in gone if words in after] == []
        assert me in after  # an id that says nothing any more
        assert [one async for one in faults_of(walk.house.database, walk.house.journal)] == []
        assert list((tmp_path / "files").iterdir()) == []


def _counts(report: str) -> list[str]:
    """People and cities, as the first paragraph has them."""
    return [word for word in report.split() if word.isdecimal()][:2]


async def test_what_was_left_the_first_time_is_taken_out_the_second(tmp_path: Path) -> None:
    """And an errand that was cut short, and runs again, does no harm."""
    async with walking(tmp_path) as walk:
        _, here, browser, me = await a_workshop(walk)
        await forgotten(browser, here)
        op = {"type": "forget_person", "person": me, "words": True}
        await ask(walk, f"workshop:{here.workshop}", op)
        await walk.house.rooms.effects.run_due()
        again = Due("again", 0, f"workshop:{here.workshop}", op)
        assert await walk.house.rooms.errands.run(again) == DONE
        faults = [one async for one in faults_of(walk.house.database, walk.house.journal)]
        assert faults == []
    assert b"Canary-" not in on_disk(tmp_path)


async def test_an_undo_brings_nothing_back(walk: Walk) -> None:
    owner, here, browser, _ = await a_workshop(walk)
    await forgotten(browser, here, words="on")
    room = await walk.house.rooms.open(f"board:{here.board}")
    assert room is not None
    kept = repr([(entry.changes, entry.inverse) for entry in room.history.entries])
    assert "Canary-" not in kept
    assert "Canary-" not in repr(room.tail.since(0))
    report = await owner.get(f"/w/{here.workshop}/report")
    assert "Canary-" not in report.text


async def test_it_takes_a_tick_and_whoever_leads_hands_over_first(walk: Walk) -> None:
    owner, here, browser, me = await a_workshop(walk)
    await browser.get(f"/w/{here.workshop}/me")
    assert (await browser.post(f"/w/{here.workshop}/forget-me")).status_code == 422
    assert (await walk.state(here)).items[me]["name"] == LATER
    page = await owner.get(f"/w/{here.workshop}/me")
    assert "hand it over first" in page.text
    await owner.get(f"/w/{here.workshop}/report-plan")
    assert (await owner.post(f"/w/{here.workshop}/forget-me", sure="on")).status_code == 409


async def test_those_who_lead_forget_somebody_who_cannot_ask_any_more(walk: Walk) -> None:
    owner, here, browser, me = await a_workshop(walk)
    path = f"/workshops/{here.workshop}/people/{me}"
    await owner.get(f"/workshops/{here.workshop}")
    await owner.post(path, do="remove")
    await owner.get(f"/workshops/{here.workshop}")
    assert f"Forget {LATER}" in owner.text
    await owner.post(path, do="forget")
    assert (await walk.state(here)).items[me]["name"] == NOBODY
    await owner.get(f"/workshops/{here.workshop}")
    assert LATER not in owner.text
    assert (await owner.post(path, do="readmit")).status_code == 409
    assert (await browser.get(f"/b/{here.board}")).status_code in (303, 404)
