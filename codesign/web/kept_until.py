"""Until when a programme is kept, as pages say it; and the archives of those that ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from starlette.requests import Request

from codesign.i18n import Words
from codesign.results.dates import in_words
from codesign.store import retention, workshops
from codesign.store.retention import Kept
from codesign.web.access import Leads
from codesign.web.house import House, house_of
from codesign.web.retention import DAY_MS, LEAST_DAYS, WARNED_DAYS
from codesign.web.sessions import known_visitor

#: Who may end a programme: of each of its workshops one of these.
MAY_END = ("owner", "facilitator")


@dataclass(frozen=True, slots=True)
class ShownKept:
    """`day`: the last one, as forms have it; `in_words`: as people read it. `soon`: it is warned everywhere."""

    may_set: bool
    earliest: str
    day: str = ""
    in_words: str = ""
    days: int = 0
    soon: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class ShownEnding:
    id: str
    title: str
    workshops: int
    until: str


async def may_end(house: House, leads: Leads) -> bool:
    """It takes away what others lead as well, so whoever says so leads all of it."""
    rows = await workshops.workshops_in(house.database, leads.programme, limit=None)
    mine = {place.workshop.id for place in leads.places if place.role in MAY_END}
    return {row.id for row in rows} == mine


async def shown_kept(request: Request, leads: Leads) -> ShownKept:
    house = house_of(request)
    known = await retention.kept(house.database, leads.programme)
    earliest = (today(house) + timedelta(days=LEAST_DAYS)).isoformat()
    return _shown(known, house, known_visitor(request).words, earliest, await may_end(house, leads))


async def warning_of(request: Request, programme_id: str) -> ShownKept | None:
    """For pages of its workshops: only when it is soon."""
    house = house_of(request)
    known = await retention.kept(house.database, programme_id)
    shown = _shown(known, house, known_visitor(request).words, "", may_set=False)
    return shown if shown.soon else None


async def shown_endings(request: Request, account: str) -> list[ShownEnding]:
    words = known_visitor(request).words
    return [
        ShownEnding(
            id=one.id,
            title=one.title or "",
            workshops=one.totals.get("workshops", 0),
            until=in_words(day_of(one.kept_until or 0).isoformat(), words),
        )
        for one in await retention.endings_of(house_of(request).database, account)
    ]


def _shown(
    known: Kept | None, house: House, words: Words, earliest: str, may_set: bool
) -> ShownKept:
    if known is None:
        return ShownKept(may_set, earliest)
    day = day_of(known.until - DAY_MS)
    days = max(0, (day - today(house)).days)
    return ShownKept(
        may_set=may_set,
        earliest=earliest,
        day=day.isoformat(),
        in_words=in_words(day.isoformat(), words),
        days=days,
        soon=days <= WARNED_DAYS,
        failed=known.failed is not None,
    )


def today(house: House) -> date:
    return day_of(house.now())


def day_of(at: int) -> date:
    return datetime.fromtimestamp(at / 1000, UTC).date()
