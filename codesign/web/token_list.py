"""The tokens of a workshop as its page lists them. What they are themselves, nobody can show any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request

from codesign.i18n import N_
from codesign.store import tokens
from codesign.web.house import house_of
from codesign.web.sessions import known_visitor

#: What a token may be given, in the order in which results/api.py writes it.
RIGHTS = ("report", "notes", "votes", "records", "actions")
RIGHT_WORDS = {
    "report": N_("the report"),
    "notes": N_("notes"),
    "votes": N_("votes"),
    "records": N_("lists of the programme"),
    "actions": N_("actions"),
}
#: For how many days a token can be made.
DAYS = (7, 30, 180, 365)


@dataclass(frozen=True, slots=True)
class TokenForm:
    """As it was filled, so that nothing is typed twice when it is refused."""

    label: str = ""
    rights: tuple[str, ...] = ()
    names: bool = False
    days: int = 30


@dataclass(frozen=True, slots=True)
class ShownToken:
    id: str
    label: str
    rights: str
    names: bool
    #: The day on which it ends, as spreadsheets and programs write it.
    until: str
    is_over: bool


async def shown_tokens(request: Request, workshop: str) -> list[ShownToken]:
    house, words = house_of(request), known_visitor(request).words
    now = house.now()
    return [
        ShownToken(
            id=one.id,
            label=one.label,
            rights=", ".join(words.gettext(RIGHT_WORDS[right]) for right in one.rights),
            names=one.names,
            until=datetime.fromtimestamp(one.expires / 1000, UTC).date().isoformat(),
            is_over=one.expires <= now,
        )
        for one in await tokens.tokens_of(house.database, workshop)
    ]
