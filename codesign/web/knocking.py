"""At the door: who knocks, how that stands, and what they are shown meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from codesign.core.decision import Refused
from codesign.core.ops import Knock
from codesign.core.rules.door import sent_away, waiting
from codesign.core.rules.steps import in_order
from codesign.core.stream import Item, State
from codesign.core.visibility import is_in
from codesign.i18n import Words
from codesign.store import people
from codesign.store.people import Person
from codesign.web.access import state_of
from codesign.web.given import table_title
from codesign.web.house import House
from codesign.web.links import Door, hash_token

Standing = Literal["in", "gone", "waits", "refused", "unknown"]
#: Shown at once to those who lead; the others come up as these are let in.
AT_ONCE = 100
#: A workshop that nobody began is over when its planned end is so long past.
LONG_AGO_MS = 12 * 60 * 60_000


@dataclass(frozen=True, slots=True)
class Knocker:
    """Somebody at the door, as those who lead see them."""

    id: str
    name: str
    city: str
    paper: str
    role: str
    table: str
    at: int
    refused: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A step as everybody may know it: what it is called and how long it lasts."""

    title: str
    minutes: int
    #: When it begins by the plan (ms); 0 without a plan of hours.
    at: int
    pause: bool


async def knock(
    house: House,
    door: Door,
    name: str,
    *,
    person: str,
    city: str | None,
    lang: str,
    shared: int | None = None,
) -> Refused | None:
    """They wait from now on. Asked again for the same person, it does nothing."""
    # The row first, as for who joins. Without their account: who was not let in has no place there.
    row = Person(person, door.workshop, None)
    await people.add_person(house.database, row, house.now(), hash_token(house.links.back(person)))
    op = Knock(
        person=person,
        name=name,
        city=city,
        role=door.role,
        lang=lang,
        table=door.table,
        shared=shared,
    )
    answer = await house.rooms.ask(f"desk:{door.workshop}", op, product=True)
    return answer if isinstance(answer, Refused) else None


async def standing_of(house: House, workshop: str, person: str) -> tuple[Standing, Item | None]:
    """How it stands with somebody who has knocked, and their knock."""
    state = await state_of(house, f"workshop:{workshop}")
    if state is None:
        return "unknown", None
    if state.get(person) is not None:
        return ("in" if is_in(person, state) else "gone"), None
    desk = await state_of(house, f"desk:{workshop}")
    if desk is None:
        return "unknown", None
    item = desk.get(person)
    if item is not None and item["kind"] == "knock":
        return ("refused" if item.get("refused", False) else "waits"), item
    # Let in a moment ago: they join by an effect, which is on its way.
    return ("waits" if desk.was_dropped(person) else "unknown"), None


def knockers(
    desk: State | None, state: State, roles: dict[str, str], words: Words
) -> list[Knocker]:
    """Those who wait, who came first first; then those who were sent away."""
    if desk is None:
        return []
    found = [*waiting(desk), *sent_away(desk)]
    return [_knocker(item, state, roles, words) for item in found if state.get(item["id"]) is None][
        :AT_ONCE
    ]


async def plan_of(house: House, workshop: str, words: Words) -> list[PlanLine]:
    """Titles and minutes, and nothing else that is on the desk; nothing of a day that is past."""
    desk = await state_of(house, f"desk:{workshop}")
    if desk is None:
        return []
    at = desk.fields.get("starts", 0)
    lines: list[PlanLine] = []
    for step in in_order(desk):
        if step.get("skipped", False):
            continue
        title = str(step.get(f"title/{words.tag}") or step["title"])
        lines.append(PlanLine(title, step["minutes"], at, bool(step.get("pause", False))))
        at = at + step["minutes"] * 60_000 if at else 0
    is_past = at and max(at, desk.fields.get("ends", 0)) + LONG_AGO_MS < house.now()
    return [] if is_past else lines


def _knocker(item: Item, state: State, roles: dict[str, str], words: Words) -> Knocker:
    city = state.get(str(item.get("city", "")))
    return Knocker(
        id=str(item["id"]),
        name=str(item["name"]),
        city=str(city["name"]) if city else "",
        paper=str(city["colour"]) if city else "",
        role="" if item["role"] == "participant" else roles[item["role"]],
        table=table_title(item.get("table"), state, words),
        at=int(item["at"]),
        refused=bool(item.get("refused", False)),
    )
