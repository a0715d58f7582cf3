"""An archive comes back as an equal board (json_archive.py says what equal means), and nothing else comes in by it."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from codesign.core.hashing import state_hash
from codesign.core.ops import OPS, All, FillBoard
from codesign.results import json_archive
from codesign.results.board_reading import read_board
from codesign.results.worker import WorkError
from tests.builders import OLGA, WORKSHOP, Play, an_id, content
from tests.results.demo import a_board_on, a_gathering, grouped, the_demo, write

NEW_BOARD, ELSEWHERE = an_id("new board"), an_id("elsewhere")


def saved(board: Play, **files: tuple[str, str]) -> bytes:
    assert board.workshop is not None
    about = {"day": "2026-11-22", "title": "Write ideas", "board": an_id("board")}
    return json_archive.write(
        board.state, board.workshop.state, {**about, "workshop": WORKSHOP, "files": files}
    )


def known(
    workshop: Play, workshop_id: str = WORKSHOP, files: tuple[str, ...] = ()
) -> dict[str, Any]:
    cities = sorted(workshop.state.of_kind("city"), key=lambda city: str(city["order"]))
    return {
        "board": NEW_BOARD,
        "workshop": workshop_id,
        "people": [person["id"] for person in workshop.state.of_kind("person")],
        "files": list(files),
        "cities": {city["name"].casefold(): city["id"] for city in cities},
        "papers": {city["id"]: city["colour"] for city in cities},
        "order": cities[-1]["order"] if cities else None,
    }


def brought_in(archive: bytes, workshop: Play, workshop_id: str = WORKSHOP) -> tuple[Play, Any]:
    """What web/pages/imports.py does, by hand."""
    made = json_archive.run(known(workshop, workshop_id), [archive])
    values = made.values
    board = Play(f"board:{NEW_BOARD}", workshop)
    lay_out = {"layout": values["layout"], "question": values["question"]}
    board.do({"type": "set_up_board", "workshop": workshop_id, **lay_out})
    for part in made.parts[len(values["files"]) :]:
        op = OPS.validate_json(part)
        assert isinstance(op, FillBoard)
        board.do(op)
    for city in values["cities"]:
        workshop.do({"type": "add_city", **city})
    for person in values["people"]:
        workshop.do({"type": "join_workshop", **person})
        workshop.do({"type": "remove_person", "person": person["person"]})
    return board, made


def elsewhere() -> Play:
    """Another workshop, which has one of the cities under another id and none of the people."""
    workshop = Play(f"workshop:{ELSEWHERE}")
    city = {"id": an_id("our lviv"), "name": "ЛЬВІВ", "colour": "rose", "order": "a5"}
    workshop.do(
        {
            "type": "set_up_workshop",
            "title": "Elsewhere",
            "question": "?",
            "programme": an_id("programme"),
            "cities": [city],
        }
    )
    workshop.do({"type": "join_workshop", "person": OLGA, "name": "Olga", "role": "owner"})
    return workshop


def test_in_its_own_workshop_a_board_comes_back_equal_to_the_last_byte() -> None:
    old = grouped()
    assert old.workshop is not None
    new, made = brought_in(saved(old), old.workshop)
    assert state_hash(new.state) == state_hash(old.state) == made.values["state_hash"]
    assert content(new.state)[:2] == content(old.state)[:2]
    assert (made.values["people"], made.values["cities"], made.values["files"]) == ([], [], [])


@pytest.mark.parametrize("layout", ["zones", "columns", "free"])
def test_every_layout_comes_back_equal_with_edited_words_and_translations(layout: str) -> None:
    old = a_board_on(a_gathering(), layout)
    assert old.workshop is not None
    for at in range(3):
        write(old, at, **({"x": at * 30_000, "y": 0} if layout == "free" else {}))
    edit = {"type": "edit_text", "field": "text", "splices": [[0, "", " spaces stay  "]]}
    old.do({**edit, "id": an_id("note 0")}, an_id("nino"))
    old.do({**edit, "id": None, "field": "question"})
    old.do({"type": "translate", "id": None, "field": "question", "lang": "ka", "words": "რა?"})
    said = {"type": "translate_note", "id": an_id("note 1"), "lang": "ka", "words": "რა?"}
    old.do({**said, "by_machine": True, "made_of": "0123456789abcdef"}, an_id("tamar"))
    new, _ = brought_in(saved(old), old.workshop)
    assert state_hash(new.state) == state_hash(old.state)


def test_what_was_going_on_at_the_board_stays_there() -> None:
    board = the_demo()
    quiet = json.loads(saved(board))
    going_on = {"revealed": 2, "help": 1_700_000_000_000, f"finished/{an_id('nino')}": True}
    board.state.set_fields({**board.state.fields, **going_on})
    archive = json.loads(saved(board))
    assert archive == quiet
    assert board.workshop is not None
    back, _ = brought_in(json.dumps(archive).encode(), board.workshop)
    assert not going_on.keys() & back.state.fields.keys()


def test_elsewhere_people_get_new_ids_and_all_else_is_equal() -> None:
    old, there = grouped(), elsewhere()
    new, made = brought_in(saved(old), there, ELSEWHERE)
    assert state_hash(new.state) == made.values["state_hash"]
    here = {person["name"]: person["person"] for person in made.values["people"]}
    assert old.workshop is not None
    names = {person["id"]: person["name"] for person in old.workshop.state.of_kind("person")}
    lviv = {an_id(person): ("leaf", "rose") for person in ("olena", "andrij")}
    balti = {an_id(person): ("rose", "leaf") for person in ("ioana", "mihai")}
    renaming = json_archive.Renaming(
        {old_id: here[name] for old_id, name in names.items() if name in here},
        papers=lviv | balti,
    )
    expected = {item["id"]: renaming.item(item) for item in old.state.all()}
    assert {item["id"]: item for item in new.state.all()} == expected
    assert new.state.fields == {**old.state.fields, "workshop": ELSEWHERE}
    assert not set(here.values()) & set(names)


def test_elsewhere_who_translated_is_somebody_there_too() -> None:
    old, there = grouped(), elsewhere()
    said = {"type": "translate_note", "id": an_id("note 0"), "lang": "en", "words": "Cars"}
    old.do(said, an_id("marko"))
    new, _ = brought_in(saved(old), there, ELSEWHERE)
    note = new.state.items[an_id("note 0")]
    assert (note["text/en"], there.state.items[note["translator/en"]]["name"]) == (
        "Cars",
        "Марко П.",
    )


def test_elsewhere_authors_are_known_by_name_and_city_and_are_not_here() -> None:
    there = elsewhere()
    new, _ = brought_in(saved(grouped()), there, ELSEWHERE)
    author = there.state.items[new.state.items[an_id("note 3")]["by"]]
    assert (author["name"], author["city"], author["gone"]) == ("Олена К.", an_id("our lviv"), True)
    other = there.state.items[new.state.items[an_id("note 1")]["by"]]
    assert there.state.items[other["city"]]["name"] == "Bălți"


def test_elsewhere_a_paper_says_the_city_of_its_author_or_none() -> None:
    """What was Bălți's rose would be Lviv's there: notes take the paper that their author's city has."""
    there, old = elsewhere(), the_demo()
    by_hand = {"type": "recolour", "id": an_id("note 4"), "colour": "rose"}
    old.do(by_hand, an_id("tamar"))
    new, _ = brought_in(saved(old), there, ELSEWHERE)
    board = read_board(new.state, there.state)
    shown = {entry.id: (entry.city, entry.colour) for _, _, entry in board.entries()}
    assert (shown[an_id("note 1")], shown[an_id("note 3")]) == (
        ("Bălți", "leaf"),
        ("ЛЬВІВ", "rose"),
    )
    assert shown[an_id("note 4")] == ("ქუთაისი", "rose")
    legend = {paper.colour: (paper.cities, paper.others) for paper in board.legend}
    assert (legend["rose"], legend["leaf"]) == ((("ЛЬВІВ",), True), (("Bălți",), False))


def test_only_those_who_wrote_or_reacted_are_in_the_file() -> None:
    board = a_board_on(a_gathering())
    write(board, 1)
    archive = json.loads(saved(board))
    assert sorted(person["name"] for person in archive["workshop"]["people"]) == sorted(
        ["Ioana M.", "ნინო კ.", "თამარ მ."]
    )


def test_pictures_go_along_and_are_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    Image.new("RGB", (40, 20), (10, 200, 10)).save(path, "PNG")
    old = a_board_on(a_gathering())
    image = {"type": "create_image", "id": an_id("image"), "file": an_id("file"), "alt": "green"}
    old.do({**image, "w": 4_000, "h": 2_000, "region": an_id("foot"), "order": "a0"}, an_id("nino"))
    elsewhere_in_it = {an_id("on another board"): (str(path), "image/png")}
    archive = saved(old, **{an_id("file"): (str(path), "image/png"), **elsewhere_in_it})
    assert list(json.loads(archive)["files"]) == [an_id("file")]
    new, made = brought_in(archive, elsewhere(), ELSEWHERE)
    (about,) = made.values["files"]
    assert new.state.items[an_id("image")]["file"] == about["id"] != an_id("file")
    with Image.open(io.BytesIO(made.parts[0])) as picture:
        assert (picture.format, picture.size) == ("WEBP", (40, 20))


def test_a_large_board_comes_in_batches_that_a_room_takes_in_one_go() -> None:
    archive = json.loads(saved(grouped()))
    note = next(item for item in archive["board"]["items"] if item["kind"] == "note")
    archive["board"]["items"] += [{**note, "id": an_id(f"more {at}")} for at in range(1_200)]
    made = json_archive.run(known(a_gathering()), [json.dumps(archive).encode()])
    fillings = [OPS.validate_json(part) for part in made.parts]
    assert [len(op.items) for op in fillings if isinstance(op, FillBoard)] == [0, 500, 500, 222]
    assert not any(isinstance(op, All) for op in fillings)


def spoilt(**changes: Any) -> bytes:
    archive = json.loads(saved(grouped()))
    for path, value in changes.items():
        at = archive
        *way, last = path.split("__")
        for step in way:
            at = at[step] if isinstance(at, dict) else at[int(step)]
        at[last if isinstance(at, dict) else int(last)] = value
    return json.dumps(archive).encode()


WRONG = {
    "nothing": (b"", "bad_op"),
    "not JSON": (b"\xff\xd8\xff", "bad_op"),
    "another file": (b'{"format": "excalidraw"}', "bad_op"),
    "a list": (b"[1, 2]", "bad_op"),
    "deep": (b"[" * 100_000, "bad_op"),
    "no number": (b'{"format": NaN}', "bad_op"),
    "another version": (spoilt(version=2), "bad_op"),
    "no layout": (spoilt(board__fields__layout="spiral"), "bad_op"),
    "a field of its own": (spoilt(board__fields__stage="open"), "bad_op"),
    "an item of its own": (spoilt(board__items__0__kind="person"), "bad_op"),
    "an id twice": (
        spoilt(board__items__0=json.loads(saved(grouped()))["board"]["items"][1]),
        "bad_op",
    ),
    "words with a NUL": (spoilt(board__fields__question="a\x00"), "bad_op"),
    "a long question": (spoilt(board__fields__question="a" * 5_000), "limit"),
    "a name that is none": (spoilt(workshop__people__0__name="\u200b"), "bad_op"),
    "items that are text": (spoilt(board__items="abc"), "bad_op"),
}


@pytest.mark.parametrize(("data", "code"), WRONG.values(), ids=WRONG)
def test_what_is_no_archive_gets_a_code(data: bytes, code: str) -> None:
    with pytest.raises(WorkError) as caught:
        json_archive.run(known(elsewhere(), ELSEWHERE), [data])
    assert caught.value.code == code


@pytest.mark.parametrize("pointer", ["region", "cluster", "from", "to"])
def test_what_points_at_nothing_spoils_the_whole(pointer: str) -> None:
    """A note in a region that is not there would be on the board, and nobody would see it."""
    archive = json.loads(saved(grouped()))
    pointing = [item for item in archive["board"]["items"] if pointer in item]
    pointing[0][pointer] = an_id("nowhere")
    with pytest.raises(WorkError) as caught:
        json_archive.run(known(a_gathering()), [json.dumps(archive).encode()])
    assert caught.value.code == "bad_op"


def test_too_many_items_are_refused() -> None:
    archive = json.loads(saved(grouped()))
    note = next(item for item in archive["board"]["items"] if item["kind"] == "note")
    archive["board"]["items"] = [{**note, "id": an_id(f"more {at}")} for at in range(20_001)]
    with pytest.raises(WorkError) as caught:
        json_archive.run(known(a_gathering()), [json.dumps(archive).encode()])
    assert (caught.value.code, caught.value.reason) == ("limit", "items")


def test_a_picture_in_it_that_is_none_spoils_the_whole() -> None:
    board = a_board_on(a_gathering())
    image = {"type": "create_image", "id": an_id("image"), "file": an_id("file"), "alt": ""}
    board.do({**image, "w": 400, "h": 200, "region": an_id("foot"), "order": "a0"}, an_id("nino"))
    archive = json.loads(saved(board))
    data = base64.b64encode(b"<svg onload='alert(1)'/>").decode()
    archive["files"] = {an_id("file"): {"media_type": "image/svg+xml", "data": data}}
    with pytest.raises(WorkError) as caught:
        json_archive.run(known(elsewhere(), ELSEWHERE), [json.dumps(archive).encode()])
    assert (caught.value.code, caught.value.reason) == ("bad_op", "image")
