"""Consent rounds taken home with their board: a sheet of their own, and beneath the notes of a CSV."""

from __future__ import annotations

import csv as plain_csv
import io

from python_calamine import CalamineWorkbook

from codesign.i18n import Catalogues
from codesign.results import csv, xlsx
from codesign.results.board_reading import read_board
from codesign.results.decided import decided
from tests.builders import ANNA, BOARD, BORIS, OLGA, Play, a_board, an_id, note

ENGLISH = Catalogues().words("en")
REASON = "Not at night"
HEADERS = (
    *("Proposal", "Round", "Result", "Have answered", "Could answer"),
    *("Answer", "Name", "City", "Why", "Entered"),
)


def asked(board: Play, name: str, answers: dict[str, str], *, shown: str = "at_once") -> None:
    assert board.workshop is not None
    board.workshop.now += 1
    opened = {"type": "open_consent", "id": an_id(name), "proposal": name, "board": BOARD}
    board.workshop.do({**opened, "shown": shown}, OLGA)
    for person, answer in answers.items():
        words = {"words": REASON} if answer == "object" else {}
        said = {"type": "answer_for", "consent": an_id(name), "person": person, "answer": answer}
        board.workshop.do({**said, **words}, OLGA)


def told(board: Play) -> list[list[str]]:
    assert board.workshop is not None
    tables = decided(board.state, board.workshop.state, BOARD, ENGLISH)
    return [[*row] for _, _, rows in tables for row in rows]


def test_a_board_where_nobody_was_asked_has_no_table_of_it() -> None:
    assert told(a_board()) == []


def test_objections_come_first_with_their_reasons_and_a_round_without_answers_is_told_as_well() -> (
    None
):
    board = a_board()
    asked(board, "A bus at six", {ANNA: "agree", BORIS: "object"})
    assert board.workshop is not None
    board.workshop.do({"type": "close_consent", "id": an_id("A bus at six")}, OLGA)
    asked(board, "A bus at eight", {})
    head, *rows = told(board)
    assert tuple(head) == HEADERS
    entered = "for somebody without a device"
    assert [(row[0], row[2], row[5], row[8], row[9]) for row in rows] == [
        ("A bus at six", "No consent yet: 1 objection.", "Object", REASON, entered),
        ("A bus at six", "No consent yet: 1 objection.", "Agree", "", entered),
        ("A bus at eight", "Still open", "", "", ""),
    ]


def test_a_round_on_another_board_is_not_in_this_ones_file() -> None:
    board = a_board()
    asked(board, "A bus at six", {ANNA: "agree"})
    assert board.workshop is not None
    assert decided(board.state, board.workshop.state, an_id("another"), ENGLISH) == []


def test_the_files_have_it_beside_and_beneath_the_notes() -> None:
    board = a_board()
    board.do(note("bus", "Bus"), ANNA)
    asked(board, "A bus at six", {BORIS: "object"})
    assert board.workshop is not None
    model = read_board(board.state, board.workshop.state)
    tables = decided(board.state, board.workshop.state, BOARD, ENGLISH)
    book = CalamineWorkbook.from_object(io.BytesIO(xlsx.write(model, ENGLISH, tables)))
    assert book.sheet_names[1:] == ["Consent rounds"]
    assert book.get_sheet_by_index(1).to_python()[1][8] == REASON
    text = csv.write(model, ENGLISH, (), tables).decode("utf-8-sig")
    lines = list(plain_csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert [line[0] for line in lines[2:5] if line] == ["Consent rounds", "Proposal"]
    assert lines[-1][8] == REASON
