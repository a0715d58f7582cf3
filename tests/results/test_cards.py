"""Cards taken home: what they say, what is drawn on them, and where they lie on a map."""

from __future__ import annotations

import base64
import csv as reading
import io
import re
from pathlib import Path
from typing import Any

from codesign.core.cards import lines_of
from codesign.core.kinds import KINDS
from codesign.core.stream import State
from codesign.i18n import Catalogues
from codesign.results import cards, csv
from codesign.results.board_model import Entry
from codesign.results.board_reading import read_board
from codesign.results.picture import Extras, draw
from tests.builders import an_id

ENGLISH = Catalogues().words("en")
PIN = "text: text!\ntype: enum(problem|idea)!\nplace: place"


def a_board(layout: str, *items: dict[str, Any], **fields: Any) -> State:
    about = {"card/pin": PIN, "card/idea": lines_of(KINDS["idea"])}
    state = State(
        {"layout": layout, "workshop": an_id("w"), "question": "Where?", **about, **fields}
    )
    for item in items:
        state.put(
            {"kind": "note", "colour": "sun", "at": 1, "text": "", **item, "id": an_id(item["id"])}
        )
    return state


def rows(state: State) -> list[list[str]]:
    text = csv.write(read_board(state, State()), ENGLISH).decode("utf-8-sig")
    return list(reading.reader(io.StringIO(text), delimiter=";"))


def a_map() -> State:
    ground = {
        "id": "plan",
        "kind": "image",
        "file": an_id("f"),
        "alt": "The plan",
        "protected": True,
    }
    pin = {"id": "crossing", "card": "pin", "text": "The crossing", "x": 45_000, "y": 1_000}
    return a_board(
        "image",
        {**pin, "said/type": "problem", "said/place": "at the school"},
        {"id": "far", "x": -5_000, "y": 0, "text": "Elsewhere"},
        {**ground, "x": 0, "y": 0, "w": 80_000, "h": 60_000},
    )


def test_a_pin_is_a_row_with_its_kind_its_words_and_its_field_of_the_map() -> None:
    head, *body = rows(a_map())
    assert head[-5:] == ["Card", "What it says", "Drawing", "Round", "Field of the map"]
    said = {row[3]: row[-5:] for row in body}
    assert said["The crossing"] == [
        *("Pin · Problem", "Kind: Problem\nPlace in words: at the school", "", "", "E1")
    ]
    assert said["Elsewhere"] == ["", "", "", "", ""]


def test_the_ground_lies_under_the_pins() -> None:
    first = read_board(a_map(), State()).loose[0]
    assert isinstance(first, Entry)
    assert first.kind == "image"


def test_a_board_without_cards_has_the_columns_it_had() -> None:
    head = rows(a_board("free", {"id": "a", "x": 0, "y": 0, "text": "Plain"}))[0]
    assert not {"Card", "What it says", "Drawing", "Round", "Field of the map"} & {*head}


def a_frame() -> State:
    region = {"id": "one", "kind": "region", "title": "1", "order": "a0"}
    sketch = {"id": "sketch", "card": "idea", "round": 1, "region": an_id("one"), "order": "a0"}
    return a_board("rounds", region, {**sketch, "ink/1": "0,0 500,750", "ink/2": "7,8"})


def test_a_drawing_is_a_row_that_says_so_and_a_picture_in_the_picture(tmp_path: Path) -> None:
    assert rows(a_frame())[1][-5:] == ["Idea", "", "drawing of 2 strokes", "1", ""]
    board = read_board(a_frame(), State())
    made = draw(board, "svg", ENGLISH, Extras("today", {}), tmp_path).decode()
    inside = [
        base64.b64decode(one).decode() for one in re.findall(r"base64,([A-Za-z0-9+/=]+)", made)
    ]
    assert any("M0,0L500,750" in one for one in inside)


def test_a_report_tells_a_drawing_without_words() -> None:
    entry = next(entry for _, _, entry in read_board(a_frame(), State()).entries())
    assert cards.told(entry, ENGLISH).text == "drawing of 2 strokes"


def test_a_sheet_is_called_by_its_number_and_by_who_began_it() -> None:
    people = State()
    people.put({"id": an_id("anna"), "kind": "person", "name": "Anna"})
    sheet = {"id": "sheet", "kind": "region", "title": "3", "order": "a0"}
    board = a_board("rounds", {**sheet, "sheet_of": an_id("anna"), "holder": an_id("anna")})
    assert [one.title for one in read_board(board, people).regions] == ["3 · Anna"]
