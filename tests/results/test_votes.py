"""Votes taken home: a sheet of their own, ties with one place, cities beside each other, too few ballots untold."""

from __future__ import annotations

import io
from typing import Any

from python_calamine import CalamineWorkbook

from codesign.i18n import Catalogues
from codesign.results import xlsx
from codesign.results.board_reading import read_board
from codesign.results.decided import decided
from codesign.results.votes import rows_of_votes
from tests.builders import BOARD, CITY, OLGA, REGION, Play, a_board, an_id

ENGLISH = Catalogues().words("en")
IDEAS = ("water", "buses", "parks")
TOTALS = {"water": 2, "buses": 4, "parks": 2}


def a_vote(board: Play, name: str, *, told: bool) -> None:
    assert board.workshop is not None
    vote = {"type": "open_vote", "id": an_id(name), "question": f"{name}?", "board": BOARD}
    options = [an_id(idea) for idea in IDEAS]
    board.workshop.do({**vote, "options": options, "dots": 3, "cap": 2}, OLGA)
    board.workshop.do({"type": "close_vote", "id": an_id(name)}, OLGA)
    totals = {an_id(idea): count for idea, count in TOTALS.items()} if told else {}
    count: dict[str, Any] = {"totals": totals, "supporters": dict.fromkeys(totals, 2)}
    if told:
        count["groups"] = [{"city": city, "ballots": 3, "totals": totals} for city in (None, CITY)]
    tally = {"type": "tally_vote", "vote": an_id(name), "given": 1, "voters": 9}
    board.workshop.do({**tally, "ballots": 6 if told else 2, **count}, None)


def rows(board: Play) -> list[tuple[str, ...]]:
    assert board.workshop is not None
    return list(rows_of_votes(board.state, board.workshop.state, BOARD, ENGLISH))


def a_board_with_ideas() -> Play:
    board = a_board()
    for idea in IDEAS:
        board.do(
            {
                "type": "create_note",
                "id": an_id(idea),
                "text": idea,
                "region": REGION,
                "order": "a0",
            },
            OLGA,
        )
    return board


def test_a_board_without_votes_has_no_sheet_for_them() -> None:
    assert rows(a_board()) == []


def test_ties_share_a_place_and_cities_stand_beside_each_other_the_merged_last() -> None:
    board = a_board_with_ideas()
    a_vote(board, "first", told=True)
    header, *told = rows(board)
    assert header[-1] == "All others together"
    assert [row[:5] for row in told] == [
        ("first?", "1", "buses", "4", "2"),
        ("first?", "2", "water", "2", "2"),
        ("first?", "2", "parks", "2", "2"),
    ]
    assert told[0][5:] == ("6", "1", "9", "", "", "4", "4")


def test_fewer_than_three_ballots_are_said_and_not_told() -> None:
    board = a_board_with_ideas()
    a_vote(board, "first", told=False)
    assert rows(board)[1:] == [
        ("first?", "", "Not told: fewer than 3 ballots", "", "", "2", "1", "9", "", "")
    ]


def test_other_software_reads_the_sheet() -> None:
    board = a_board_with_ideas()
    a_vote(board, "first", told=True)
    assert board.workshop is not None
    model = read_board(board.state, board.workshop.state)
    told = decided(board.state, board.workshop.state, BOARD, ENGLISH)
    book = CalamineWorkbook.from_object(io.BytesIO(xlsx.write(model, ENGLISH, told)))
    assert book.sheet_names[1] == "Votes"
    assert len(book.get_sheet_by_index(1).to_python()) == 4
