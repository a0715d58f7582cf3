"""Taking a board home: who may, what it is called, and what is said when it cannot be made."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from PIL import Image

from codesign.results.worker import WorkError
from codesign.web.pages.exports import attachment
from codesign.web.seats import make_id
from tests.web.browsing import Browser, Walk

FORMS = {
    "csv": b"\xef\xbb\xbf",
    "json": b"{",
    "png": b"\x89PNG",
    "svg": b"<svg",
    "pdf": b"%PDF",
    "xlsx": b"PK",
}


async def a_note(walk: Walk, text: str = "No bench") -> tuple[Browser, str]:
    """A guest who has written, and their board."""
    opened = await walk.workshop(None, title="გზა")
    guest = await walk.guest(opened)
    place = {"region": opened.regions[0], "order": "a0"}
    op = {"type": "create_note", "id": make_id(), "text": text, **place}
    person = await walk.person(opened, "Tamar")
    await walk.house.rooms.ask(f"board:{opened.board}", op, person=person)
    return guest, opened.board


@pytest.mark.parametrize("form", FORMS)
async def test_everyone_in_the_workshop_may_take_the_board_home(walk: Walk, form: str) -> None:
    guest, board = await a_note(walk)
    answer = await guest.get(f"/b/{board}/export.{form}")
    assert answer.status_code == 200
    assert answer.content.startswith(FORMS[form])
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith(f'attachment; filename="2026-09-21.{form}"; ')
    assert disposition.endswith(f"filename*=UTF-8''%E1%83%92%E1%83%96%E1%83%90%202026-09-21.{form}")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_the_files_hold_what_was_written(walk: Walk) -> None:
    walk.start_processes()
    guest, board = await a_note(walk, "No bench 🚲")
    csv = (await guest.get(f"/b/{board}/export.csv")).text
    assert '"No bench 🚲";"";"";"";"Tamar";"";"Kutaisi"' in csv
    archive = json.loads((await guest.get(f"/b/{board}/export.json")).content)
    assert [i["text"] for i in archive["board"]["items"] if i["kind"] == "note"] == ["No bench 🚲"]
    sheet = zipfile.ZipFile(io.BytesIO((await guest.get(f"/b/{board}/export.xlsx")).content))
    assert sheet.testzip() is None
    Image.open(io.BytesIO((await guest.get(f"/b/{board}/export.png")).content)).verify()


async def test_headers_come_in_the_readers_language_and_the_words_as_written(walk: Walk) -> None:
    guest, board = await a_note(walk)
    guest.http.cookies.set("codesign_lang", "en-XA", domain="board.test")
    answer = await guest.get(f"/b/{board}/export.csv")
    assert answer.text.startswith('\ufeff"⟦')
    assert '"No bench"' in answer.text


async def test_whoever_is_not_in_the_workshop_finds_nothing(walk: Walk) -> None:
    guest, board = await a_note(walk)
    other, other_board = await a_note(walk)
    assert (await walk.browser().get(f"/b/{board}/export.csv")).status_code == 404
    assert (await other.get(f"/b/{board}/export.csv")).status_code == 404
    assert (await guest.get(f"/b/{other_board}/export.json")).status_code == 404
    assert (await guest.get(f"/b/{make_id()}/export.json")).status_code == 404
    assert (await guest.get(f"/b/{board}/export.exe")).status_code == 404


async def test_a_board_too_large_for_a_picture_is_told_which_file_would_do(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, board = await a_note(walk)

    async def too_long(*_: object) -> None:
        raise WorkError("limit", "seconds")

    monkeypatch.setattr("codesign.results.worker.Workers.run", too_long)
    answer = await guest.get(f"/b/{board}/export.pdf")
    assert answer.status_code == 413
    assert "CSV and JSON hold boards of every size." in guest.text


@pytest.mark.parametrize(
    ("name", "plain", "starred"),
    [
        ("Ideas", "Ideas", "Ideas"),
        ('a/b\\c:"d"\r\nX-Evil: 1', "a-b-c-d-X-Evil-1", "a%20b%20c%20d%20X-Evil%201"),
        ("..", "codesign", "codesign"),
        ("გზა", "codesign", "%E1%83%92%E1%83%96%E1%83%90"),
        ("fdp\u202egnp", "fdpgnp", "fdpgnp"),
        ("x" * 300, "x" * 80, "x" * 80),
    ],
)
def test_a_file_name_holds_nothing_that_a_system_takes_amiss(
    name: str, plain: str, starred: str
) -> None:
    expected = f"attachment; filename=\"{plain}.csv\"; filename*=UTF-8''{starred}.csv"
    assert attachment(name, "csv") == expected
