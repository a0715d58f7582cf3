"""A ticket opens the socket for one browser session, from one origin, for a minute (P6.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.web.tickets import LASTS_MS, Tickets

NOW = 1_700_000_000_000
TICKETS = Tickets(b"a secret of thirty-two bytes and more")
TICKET = TICKETS.issue("session", "https://board.example", NOW)


def test_it_is_good_for_a_minute() -> None:
    for now in (NOW, NOW + LASTS_MS):
        assert TICKETS.is_good(TICKET, "session", "https://board.example", now)
    assert not TICKETS.is_good(TICKET, "session", "https://board.example", NOW + LASTS_MS + 1)


@pytest.mark.parametrize(
    ("session", "origin"),
    [
        ("another session", "https://board.example"),
        ("session", "https://evil.example"),
        ("session", ""),
        ("session|https://board.example", ""),
    ],
)
def test_it_is_bound_to_session_and_origin(session: str, origin: str) -> None:
    assert not TICKETS.is_good(TICKET, session, origin, NOW)


def test_another_secret_makes_other_tickets() -> None:
    other = Tickets(b"another secret of thirty-two bytes")
    assert not other.is_good(TICKET, "session", "https://board.example", NOW)


def test_its_time_cannot_be_written_anew() -> None:
    later = f"{NOW + 2 * LASTS_MS}.{TICKET.partition('.')[2]}"
    assert not TICKETS.is_good(later, "session", "https://board.example", NOW + LASTS_MS + 1)


@given(st.text(max_size=80))
def test_nothing_made_up_is_good(made_up: str) -> None:
    assert not TICKETS.is_good(made_up, "session", "https://board.example", NOW)
