"""Becoming a person in a workshop: by joining, or by owning it."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from codesign.core.decision import Refused
from codesign.core.ops import JoinWorkshop, Role
from codesign.core.stream import new_id
from codesign.store import people
from codesign.store.people import Account, Person
from codesign.web.house import House
from codesign.web.links import hash_token


async def join(
    house: House,
    workshop: str,
    name: str,
    *,
    person: str,
    city: str | None,
    role: Role,
    lang: str,
    account: str | None = None,
    table: str | None = None,
    shared: int | None = None,
) -> Refused | None:
    """Make somebody a person of the workshop. With an id that is in it already this does nothing."""
    # The row first: a person without a row could never come back, a row without a person is only a row.
    row = Person(person, workshop, account)
    await people.add_person(house.database, row, house.now(), hash_token(house.links.back(person)))
    op = JoinWorkshop(
        person=person, name=name, city=city, role=role, lang=lang, table=table, shared=shared
    )
    answer = await house.rooms.ask(f"workshop:{workshop}", op, product=True)
    return answer if isinstance(answer, Refused) else None


async def seat_owner(house: House, workshop: str, account: Account, lang: str) -> str | None:
    """The owner's own person, made when they first come in."""
    person = derived_id(house, f"owner|{workshop}|{account.id}")
    refused = await join(
        house,
        workshop,
        account.name,
        person=person,
        city=None,
        role="owner",
        lang=lang,
        account=account.id,
    )
    return None if refused else person


def derived_id(house: House, of: str) -> str:
    """The same id for the same cause: a form sent twice, or two tabs at once, make one person."""
    return new_id(hmac.digest(house.secret, f"person|{of}".encode(), hashlib.sha256)[:16])


def make_id() -> str:
    return new_id(secrets.token_bytes(16))
