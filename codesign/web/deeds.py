"""Deeds of those who lead that only write tables: told to the journal first, and listed where they were done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from codesign.core.decision import Refused
from codesign.core.ops import Deed, RecordDeed
from codesign.core.rules.deeds import newest_deeds
from codesign.core.stream import Item, State
from codesign.i18n import N_, Words
from codesign.store.errors import Unavailable
from codesign.web.access import Place, place_of
from codesign.web.given import table_title
from codesign.web.house import house_of
from codesign.web.roles import ROLE_WORDS
from codesign.web.seats import make_id

DEED_WORDS = {
    "new_code": N_("New link and code"),
    "make_link": N_("Link made"),
    "end_link": N_("Link ended"),
    "new_word": N_("New word for the door"),
    "make_token": N_("Token made"),
    "end_token": N_("Token ended"),
    "set_up_report": N_("Report set up anew"),
    "share_report": N_("Link to the report made"),
    "end_report_link": N_("Link to the report ended"),
    "set_retention": N_("How long the programme is kept"),
}


@dataclass(frozen=True, slots=True)
class ShownDeed:
    what: str
    #: Role and table of a link, how many were made, what a token is for.
    about: str
    who: str
    at: int
    #: For readers without scripts.
    said_at: str


async def record_deed(request: Request, deed: Deed, **about: Any) -> None:
    """Before it is done: what cannot be told to the journal is not done. Raises `Unavailable`."""
    await record_deeds(request, (place_of(request),), deed, **about)


async def record_deeds(request: Request, places: Iterable[Place], deed: Deed, **about: Any) -> None:
    """The same, of something that concerns several workshops: at each."""
    for place in places:
        op = RecordDeed(id=make_id(), deed=deed, **about)
        stream = f"desk:{place.workshop.id}"
        answer = await house_of(request).rooms.ask(stream, op, person=place.person, product=True)
        if isinstance(answer, Refused):
            raise Unavailable


def shown_deeds(desk: State | None, state: State, words: Words) -> list[ShownDeed]:
    """The newest first."""
    found = [] if desk is None else newest_deeds(desk)
    return [_shown(one, state, words) for one in found]


def _shown(deed: Item, state: State, words: Words) -> ShownDeed:
    who, at = state.get(str(deed.get("by", ""))), int(deed["at"])
    what, role = DEED_WORDS[deed["deed"]], ROLE_WORDS.get(str(deed.get("role", "")))
    count = int(deed.get("count", 1))
    about = (
        words.gettext(role) if role else "",
        table_title(deed.get("table"), state, words),
        words.gettext("{n} at once", n=count) if count > 1 else "",
        str(deed.get("label", "")),
    )
    return ShownDeed(
        what=words.gettext(what),
        about=" · ".join(filter(None, about)),
        who=str(who["name"]) if who else "",
        at=at,
        said_at=f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M} UTC",
    )
