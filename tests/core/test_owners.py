"""Somebody owns every workshop that ever had an owner, and somebody leads it (F2)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ANNA, OLGA, Play, a_workshop, refused

DEMOTE: dict[str, Any] = {"type": "set_role", "person": OLGA, "role": "facilitator"}
LET_GO: dict[str, Any] = {"type": "remove_person", "person": OLGA}


@pytest.fixture
def workshop() -> Play:
    """Olga owns it, Anna leads as well."""
    workshop = a_workshop()
    workshop.do({"type": "set_role", "person": ANNA, "role": "facilitator"}, OLGA)
    return workshop


@pytest.mark.parametrize("op", [DEMOTE, LET_GO])
def test_the_last_owner_stays_one(workshop: Play, op: dict[str, Any]) -> None:
    assert workshop.ask(op, OLGA) == refused("conflict", id=OLGA, reason="last_owner")
    workshop.do({"type": "set_role", "person": ANNA, "role": "owner"}, OLGA)
    workshop.do(op, OLGA)


def test_an_owner_who_was_removed_does_not_count(workshop: Play) -> None:
    workshop.do({"type": "set_role", "person": ANNA, "role": "owner"}, OLGA)
    workshop.do({"type": "remove_person", "person": ANNA}, OLGA)
    assert workshop.ask(DEMOTE, OLGA) == refused("conflict", id=OLGA, reason="last_owner")
    workshop.do({"type": "set_role", "person": ANNA, "role": "participant"}, OLGA)
