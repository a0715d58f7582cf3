"""Who may follow what: the one question that decides what leaves the server."""

from __future__ import annotations

import pytest

from codesign.core.stream import State
from codesign.core.visibility import is_in, may_follow, role_of
from tests.builders import (
    ANNA,
    BOARD,
    BORIS,
    CITY,
    OLGA,
    PROGRAMME,
    VERA,
    WORKSHOP,
    a_board,
    an_id,
)

BOARD_STREAM, WORKSHOP_STREAM = f"board:{BOARD}", f"workshop:{WORKSHOP}"


@pytest.fixture
def workshop() -> State:
    """With a board; Boris has been removed."""
    played = a_board().workshop
    assert played is not None
    played.do({"type": "remove_person", "person": BORIS}, OLGA)
    return played.state


@pytest.mark.parametrize(
    ("person", "stream", "may"),
    [
        (ANNA, BOARD_STREAM, True),
        (ANNA, WORKSHOP_STREAM, True),
        (BORIS, BOARD_STREAM, False),
        (BORIS, WORKSHOP_STREAM, False),
        (an_id("stranger"), BOARD_STREAM, False),
        (CITY, BOARD_STREAM, False),
        (None, WORKSHOP_STREAM, False),
        (ANNA, f"board:{an_id('of another workshop')}", False),
        (ANNA, f"register:{PROGRAMME}", True),
        (VERA, f"register:{PROGRAMME}", True),
        (BORIS, f"register:{PROGRAMME}", False),
        (ANNA, f"register:{an_id('another programme')}", False),
        (OLGA, f"closed:{PROGRAMME}", True),
        (ANNA, f"closed:{PROGRAMME}", False),
        (VERA, f"closed:{PROGRAMME}", False),
        (OLGA, f"closed:{an_id('another programme')}", False),
        (ANNA, f"lane:{BOARD}", False),
        (ANNA, BOARD, False),
    ],
)
def test_who_is_in_the_workshop_follows_it_and_its_boards(
    workshop: State, person: str | None, stream: str, may: bool
) -> None:
    assert may_follow(person, stream, workshop) is may


def test_without_a_workshop_nobody_follows_anything() -> None:
    assert not may_follow(ANNA, BOARD_STREAM, None)
    assert (is_in(ANNA, State()), role_of(ANNA, None)) == (False, None)


def test_who_was_removed_has_no_role_until_readmitted(workshop: State) -> None:
    assert [role_of(person, workshop) for person in (ANNA, BORIS, CITY, OLGA, None)] == [
        *("participant", None, None, "owner", None)
    ]


def test_only_a_board_is_followed_as_a_board(workshop: State) -> None:
    """The id of a person or city names no board, though the workshop knows it."""
    assert not may_follow(ANNA, f"board:{ANNA}", workshop)
