"""What a server says when it starts: a one-time link for whoever it belongs to, and the demos if asked for."""

from __future__ import annotations

from dataclasses import dataclass

from codesign.store import people
from codesign.web import sign_in
from codesign.web.demo import load_demos
from codesign.web.house import House


@dataclass(frozen=True, slots=True)
class FirstRun:
    #: What the operator said people type; None when each request tells.
    address: str | None
    #: The one-time link; without an address only its path.
    link: str


async def first_run(house: House, *, demo: bool) -> FirstRun:
    """Safe to call at every start: there is one first account and one of each demo."""
    account = await people.first_account(house.database) or await sign_in.make_account(house)
    if demo:
        await load_demos(house)
    token = await sign_in.make_link(house, account.id)
    address = house.settings.public_url
    return FirstRun(address, f"{address or ''}/sign-in/{token}")
