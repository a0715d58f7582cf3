"""How people and cities look on pages: names with their suffix, initials, papers, order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from codesign.core.permissions import LEADS
from codesign.core.stream import Item, State


@dataclass(frozen=True, slots=True)
class Face:
    id: str
    #: With the number that tells two alike apart; `bare_name` is without.
    name: str
    bare_name: str
    initials: str
    #: Paper of the city; empty for those who lead and for people without a city.
    paper: str
    city: str
    city_id: str
    role: str
    leads: bool
    gone: bool
    #: Taken out for good: nothing more can be done with them.
    forgotten: bool = False
    #: In the room without a device; how many are at theirs, where several are.
    deviceless: bool = False
    shared: int = 0


def face(person: Item, state: State) -> Face:
    city = state.get(str(person.get("city", "")))
    return Face(
        id=person["id"],
        name=name_of(person),
        bare_name=str(person["name"]),
        initials=initials(person["name"]),
        paper=str(city["colour"]) if city else "",
        city=str(city["name"]) if city else "",
        city_id=str(person.get("city", "")),
        role=str(person["role"]),
        leads=person["role"] in LEADS,
        gone=bool(person.get("gone")),
        forgotten=bool(person.get("forgotten")),
        deviceless=bool(person.get("deviceless")),
        shared=int(person.get("shared", 0)),
    )


def name_of(person: Item) -> str:
    """The name, with the number that tells two alike apart."""
    suffix = person.get("suffix")
    return f"{person['name']} {suffix}" if suffix else str(person["name"])


def initials(name: str) -> str:
    """First letters of the first two words, in their own script; an emoji stays whole enough."""
    letters = [word[0] for word in name.split() if unicodedata.category(word[0])[0] in "LNS"]
    return "".join(letters[:2]).upper() if not _is_georgian(name) else "".join(letters[:2])


def in_order(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item["order"], item["id"]))


def lead_name(state: State) -> str:
    """Whoever leads, by first name: "Elira", not "the host"."""
    leads = [p for p in state.of_kind("person") if p["role"] in LEADS and not p.get("gone")]
    return str(leads[0]["name"]).split()[0] if leads else ""


def _is_georgian(name: str) -> bool:
    """Georgian has no capitals in running text; upper() would make headline letters."""
    return any("\u10d0" <= letter <= "\u10ff" for letter in name)
