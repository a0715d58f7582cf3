"""Who took part, and a workshop without names: taken out of the streams, before anything is made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from codesign.core.computed.ranking import merged_groups
from codesign.core.permissions import LEADS, WRITERS
from codesign.core.stream import Item, Readable, State
from codesign.results.board_reading import name_of

#: Of a person, what says who they are.
TELLING = ("name", "suffix", "lang")
#: Of a record, what may be somebody's name.
RESPONSIBLE = frozenset({"responsible", "who", "contact_role"})


@dataclass(frozen=True, slots=True)
class City:
    """People from one city; without a name: everybody else."""

    name: str
    colour: str
    count: int
    #: Nobody, where names are hidden.
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """Who was there and is not counted as a participant; with names where people are named."""

    leading: int = 0
    observing: int = 0
    leaders: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()


def people_beside(workshop: Readable, *, named: bool) -> Beside:
    there = [one for one in workshop.of_kind("person") if _was_there(one)]
    leading = [one for one in there if one["role"] in LEADS]
    observing = [one for one in there if one["role"] == "observer"]
    if not named:
        return Beside(len(leading), len(observing))
    return Beside(len(leading), len(observing), _names(leading), _names(observing))


def cities_of(workshop: Readable, *, named: bool) -> tuple[City, ...]:
    """The largest first, those without a city last. Without names small cities are one, as results of votes are."""
    people = [one for one in workshop.of_kind("person") if took_part(one)]
    homes = Counter(_home(person, workshop) for person in people)
    shown: Mapping[str, str | None] = {home: home for home in homes}
    if not named:
        shown = merged_groups(homes)
    found: dict[str, list[Item]] = {}
    for person in people:
        found.setdefault(shown[_home(person, workshop)] or "", []).append(person)
    cities = [_city(workshop.get(home) or {}, members, named) for home, members in found.items()]
    return tuple(sorted(cities, key=lambda one: (not one.name, -one.count, one.name)))


def took_part(person: Item) -> bool:
    """As a participant: those who lead and those who observe are told apart."""
    return person["role"] in WRITERS and _was_there(person)


def hide(workshop: Readable, boards: Mapping[str, Readable]) -> tuple[State, dict[str, State]]:
    """The same streams, where nothing says who wrote what: no name, no city that has but one or two people.

    The paper goes with the city. What people wrote about each other in their own words stays.
    """
    small = _in_small_cities(workshop)
    plain = State(dict(workshop.fields))
    for item in workshop.all():
        plain.put(_without(item, small) if item["kind"] == "person" else item)
    hidden = {}
    for id, board in boards.items():
        hidden[id] = State(dict(board.fields))
        for item in board.all():
            hidden[id].put(_bleached(item, small))
    return plain, hidden


def hide_responsible(register: Readable | None) -> State | None:
    """The register without those who are to do something."""
    if register is None:
        return None
    plain = State(dict(register.fields))
    for item in register.all():
        kept = {key: value for key, value in item.items() if key not in RESPONSIBLE}
        if item["kind"] == "member":
            kept["name"] = str(item.get("organisation", ""))
        plain.put(kept)
    return plain


def _city(city: Item, members: list[Item], named: bool) -> City:
    names = _names(members) if named else ()
    return City(str(city.get("name", "")), str(city.get("colour", "")), len(members), names)


def _names(people: list[Item]) -> tuple[str, ...]:
    return tuple(name_of(one) for one in sorted(people, key=lambda one: str(one["name"])))


def _was_there(person: Item) -> bool:
    """Whoever was removed was not; whoever wished to be forgotten was, and is still counted."""
    return not person.get("gone", False) or bool(person.get("counted", False))


def _home(person: Item, workshop: Readable) -> str:
    home = str(person.get("city", ""))
    return home if workshop.get(home) is not None else ""


def _in_small_cities(workshop: Readable) -> dict[str, str]:
    """People whose city would name them, with that city's paper."""
    people = [*workshop.of_kind("person")]
    shown = merged_groups(Counter(_home(one, workshop) for one in people if took_part(one)))
    return {
        str(one["id"]): str((workshop.get(_home(one, workshop)) or {}).get("colour", ""))
        for one in people
        if not shown.get(_home(one, workshop))
    }


def _without(person: Item, small: Mapping[str, str]) -> Item:
    left = (*TELLING, "city") if person["id"] in small else TELLING
    return {key: value for key, value in person.items() if key not in left} | {"name": ""}


def _bleached(item: Item, small: Mapping[str, str]) -> Item:
    paper = small.get(str(item.get("by", "")))
    return {**item, "colour": "stone"} if paper and item.get("colour") == paper else item
