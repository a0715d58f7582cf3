"""People without a device, devices that several share, and notes entered for somebody else."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.ballots import Ballot, tally, voter_name
from codesign.core.decision import NOTHING, Accepted
from codesign.core.stream import Item
from codesign.results.archive_names import without_names
from tests.builders import (
    ANNA,
    BOARD,
    BORIS,
    CITY,
    OLGA,
    START,
    Play,
    a_board,
    a_lane,
    a_workshop,
    an_id,
    note,
    refused,
)

NANA = an_id("nana")
KEY = b"k" * 32
ADD = {"type": "add_person", "person": NANA, "name": "Nana", "city": CITY}


def share(person: str, people: int | None) -> dict[str, Any]:
    return {"type": "share_device", "person": person, "people": people}


def entered(name: str, author: str | None = None) -> dict[str, Any]:
    return {**note(name, name), "entered": True, **({"author": author} if author else {})}


def test_somebody_without_a_device_is_a_person_who_says_so() -> None:
    workshop = a_workshop()
    workshop.do(ADD, OLGA)
    assert workshop.state.get(NANA) == {
        **{"id": NANA, "kind": "person", "name": "Nana", "role": "participant"},
        **{"city": CITY, "deviceless": START},
    }
    assert workshop.ask(ADD, OLGA) == refused("conflict", id=NANA, reason="taken")
    second = {**ADD, "person": an_id("second"), "city": an_id("nowhere")}
    assert workshop.ask(second, OLGA) == refused("unknown", field="city")


def test_who_shares_a_device_says_how_many_they_are_and_takes_it_back() -> None:
    workshop = a_workshop()
    workshop.do(share(ANNA, 3), ANNA)
    assert workshop.item("anna")["shared"] == 3
    assert workshop.do(share(ANNA, 3), ANNA) == NOTHING
    workshop.do(share(ANNA, None), ANNA)
    assert "shared" not in workshop.item("anna")


def test_joining_says_how_many_are_at_the_device() -> None:
    workshop = a_workshop()
    join = {"type": "join_workshop", "person": NANA, "name": "Nana", "shared": 4}
    workshop.do(join)
    assert workshop.item("nana")["shared"] == 4


def test_a_note_for_somebody_is_theirs_and_says_who_entered_it() -> None:
    board = a_board()
    assert board.workshop is not None
    board.workshop.do(ADD, OLGA)
    board.do(entered("water", NANA), OLGA)
    assert _whose(board.item("water")) == (NANA, OLGA, None)
    assert board.item("water")["colour"] == "sea"  # the paper of her city, not of who typed
    board.do(entered("buses"), OLGA)
    assert _whose(board.item("buses")) == (None, OLGA, None)


def test_a_note_from_a_shared_device_says_how_many_were_at_it() -> None:
    board = a_board()
    assert board.workshop is not None
    board.workshop.do(share(ANNA, 3), ANNA)
    board.do(note("water"), ANNA)
    board.workshop.do(share(ANNA, None), ANNA)
    board.do(note("buses"), ANNA)
    assert _whose(board.item("water")) == (ANNA, None, 3)
    assert _whose(board.item("buses")) == (ANNA, None, None)


def test_who_entered_a_note_at_a_table_may_mend_it() -> None:
    board = a_board()
    board.do(entered("water", BORIS), ANNA, role="host")
    gone = {"type": "delete_item", "id": an_id("water")}
    assert board.ask(gone, an_id("another"), role="host") == refused("forbidden", action="delete")
    assert isinstance(board.ask(gone, ANNA, role="host"), Accepted)


@pytest.mark.parametrize("author", [an_id("nobody"), BOARD])
def test_a_note_is_entered_for_nobody_who_is_not_there(author: str) -> None:
    board = a_board()
    assert board.ask(entered("water", author), OLGA) == refused("unknown", field="author")
    alone = {**note("water"), "author": BORIS}
    assert board.ask(alone, OLGA) == refused("bad_op", field="author")


def test_without_names_no_note_is_entered_for_anybody_and_no_device_is_told() -> None:
    lane = a_lane(None, an_id("token"), anonymous=True)
    assert lane.workshop is not None
    assert lane.board is not None
    no = refused("stage", action="add", reason="nameless")
    assert lane.board.ask(entered("water", BORIS), OLGA) == no
    assert lane.ask(entered("water", BORIS), None, role="host") == no
    lane.workshop.do(share(ANNA, 3), ANNA)
    lane.do(note("water"), None, role="participant")
    assert _whose(lane.item("water")) == (None, None, None)


def test_what_is_revealed_without_names_says_nothing_of_devices() -> None:
    board = a_board()
    hidden = {**_hidden("water"), "entered": OLGA, "shared": 3}
    reveal = {"type": "reveal_notes", "silence": 1, "seed": an_id("seed"), "notes": [hidden]}
    board.do({**reveal, "anonymous": True})
    assert _whose(board.item("water")) == (None, None, None)


def test_shared_devices_are_counted_apart_in_a_vote_and_never_tell_who_voted() -> None:
    workshop = a_board().workshop
    assert workshop is not None
    vote = {"question": "Which?", "board": BOARD, "dots": 3, "cap": 2}
    options = [an_id("water"), an_id("buses")]
    workshop.do({"type": "open_vote", "id": an_id("vote"), **vote, "options": options}, OLGA)
    cast = [Ballot(voter_name(KEY, one), {an_id("water"): 1}) for one in (ANNA, BORIS)]
    workshop.do(share(ANNA, 3), ANNA)
    workshop.do(share(BORIS, 2), BORIS)
    counted = tally(workshop.item("vote"), workshop.state, cast, KEY)
    assert (counted.shared, counted.sharing, counted.shared_cast) == (2, 5, None)
    join = {"type": "join_workshop", "person": NANA, "name": "Nana", "shared": 4}
    workshop.do(join)
    counted = tally(workshop.item("vote"), workshop.state, cast, KEY)
    assert (counted.shared, counted.sharing, counted.shared_cast) == (3, 9, 2)


def test_an_archive_without_names_keeps_that_a_note_was_entered_and_not_by_whom() -> None:
    board = a_board()
    assert board.workshop is not None
    board.workshop.do(share(ANNA, 3), ANNA)
    board.do(entered("water", BORIS), OLGA)
    board.do(note("buses"), ANNA)
    found = without_names({board.workshop.stream: board.workshop.state, board.stream: board.state})
    kept = found[board.stream]
    assert (kept.items[an_id("water")]["entered"], "by" in kept.items[an_id("water")]) == (
        "N. N.",
        False,
    )
    assert "shared" not in kept.items[an_id("buses")]


def _whose(item: Item) -> tuple[str | None, str | None, int | None]:
    return item.get("by"), item.get("entered"), item.get("shared")


def _hidden(name: str) -> dict[str, Any]:
    play: Play = a_lane()
    play.do(note(name), ANNA)
    return dict(play.item(name))
