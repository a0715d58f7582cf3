"""Without names: what the closed database file and its log hold of who wrote what. Bytes, not rows."""

from __future__ import annotations

from pathlib import Path

from codesign.store.database import Database
from codesign.store.journal import open_journal
from tests.builders import ANNA, OLGA, an_id, edit
from tests.live.hall import WORKSHOP_STREAM, Hall
from tests.live.test_lanes import TOKEN, following, free, lane, notes
from tests.store.builders import At
from tests.store.prepared import lay_sqlite


async def test_after_a_reveal_no_byte_on_disk_leads_from_a_note_to_its_author(
    sqlite_url: str, tmp_path: Path
) -> None:
    lay_sqlite(tmp_path / "codesign.db")
    database = await Database.open(At(sqlite_url))
    hall = await Hall.opened(open_journal(database))
    silent = {"type": "set_stage", "stage": "silent", "anonymous": True}
    await hall.ask(WORKSHOP_STREAM, silent, person=OLGA)
    anna = await following(hall, ANNA, lane(TOKEN))
    client = an_id("made for the step")
    anna.ask(free("first id", "The mayor"), stream=lane(TOKEN), client=client, n=1)
    await hall.later(1)
    word = edit("first id", (9, "", " walks"))
    anna.ask(word, stream=lane(TOKEN), client=client, n=2, base=1)
    await hall.later(1)
    assert TOKEN.encode() in on_disk(tmp_path)  # so that the search can find something
    await hall.ask(WORKSHOP_STREAM, {**silent, "stage": "open", "anonymous": None}, person=OLGA)
    await until_revealed(hall)
    assert [note["text"] for note in (await notes(hall)).values()] == ["The mayor walks"]
    left = on_disk(tmp_path)
    for secret in (TOKEN, client, an_id("first id")):
        assert secret.encode() not in left, secret
    await database.close()
    left = on_disk(tmp_path)
    for secret in (TOKEN, client, an_id("first id")):
        assert secret.encode() not in left, secret
    assert b"The mayor walks" in left


async def until_revealed(hall: Hall) -> None:
    """The disk takes its time."""
    for _ in range(40):
        await hall.later(1)
        if not await hall.journal.due(2**53):
            return
    raise AssertionError("it is never revealed")


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
