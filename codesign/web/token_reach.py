"""Which workshops a token reads, asked anew each time: what its maker no longer leads it opens no more."""

from __future__ import annotations

from dataclasses import dataclass

from codesign.core.permissions import LEADS
from codesign.core.stream import State
from codesign.core.visibility import role_of
from codesign.store import people, workshops
from codesign.store.tokens import Token
from codesign.store.workshops import Workshop
from codesign.web.access import state_of
from codesign.web.house import House


@dataclass(frozen=True, slots=True)
class Reached:
    workshop: str
    state: State


async def reached(house: House, token: Token) -> list[Reached]:
    """In the order in which the programme goes."""
    if token.workshop:
        state = await state_of(house, f"workshop:{token.workshop}")
        return [] if state is None else [Reached(token.workshop, state)]
    found = []
    for row in await workshops.workshops_in(house.database, token.programme):
        state = await state_of(house, f"workshop:{row.id}")
        if state and "board" in state.fields and await _leads(house, row, state, token.account):
            found.append((int(state.fields.get("turn", 0)), row.created, row.id, state))
    found.sort(key=lambda one: one[:3])
    return [Reached(id, state) for _, _, id, state in found]


async def _leads(house: House, row: Workshop, state: State, account: str) -> bool:
    """An owner who has not come in yet leads as well."""
    person = await people.person_of_account(house.database, account, row.id)
    if person is None:
        return row.owner_account == account
    return role_of(person, state) in LEADS
