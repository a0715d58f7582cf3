"""Tokens as the pages of a workshop and of a programme ask for them and list them. Each is shown once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request

from codesign.core import limits
from codesign.core.clean import Unclean, clean_line
from codesign.i18n import N_
from codesign.store.tokens import Token
from codesign.web.forms import Form
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
DAY_MS = 24 * 60 * 60_000
#: At once, of one workshop, and of one programme by one account.
MOST = 20
LABEL_LETTERS = limits.DEED_LETTERS
NOTHING_CHOSEN = N_("Say what the token may read.")
UNNAMED = N_("Say what the token is for.")
TOO_MANY = N_("These would be too many tokens. End some of the old ones first.")


@dataclass(frozen=True, slots=True)
class TokenForm:
    """As it was filled, so that nothing is typed twice when it is refused."""

    label: str = ""
    rights: tuple[str, ...] = ()
    names: bool = False
    days: int = 30


BLANK = TokenForm()


@dataclass(frozen=True, slots=True)
class ShownToken:
    id: str
    label: str
    rights: str
    names: bool
    #: The day on which it ends, as spreadsheets and programs write it.
    until: str
    is_over: bool


def read_form(form: Form) -> TokenForm:
    try:
        label = clean_line(form.text("label"))[:LABEL_LETTERS]
    except Unclean:
        label = ""
    rights = tuple(right for right in RIGHTS if right in form.all("right"))
    days = next((one for one in DAYS if str(one) == form.text("days")), BLANK.days)
    return TokenForm(label, rights, form.text("names") == "on", days)


def fault(filled: TokenForm, there: int) -> str:
    """What is wrong with it, where there are so many already."""
    if not filled.label:
        return UNNAMED
    if not filled.rights:
        return NOTHING_CHOSEN
    return TOO_MANY if there >= MOST else ""


def new_secret() -> str:
    return f"cs_{secrets.token_urlsafe(32)}"


def shown_tokens(request: Request, found: Iterable[Token]) -> list[ShownToken]:
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
        for one in found
    ]


def right_words(request: Request) -> tuple[tuple[str, str], ...]:
    gettext = known_visitor(request).words.gettext
    return tuple((right, gettext(RIGHT_WORDS[right])) for right in RIGHTS)
