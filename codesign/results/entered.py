"""How a note was entered, where not by its author on a device of their own; and people counted apart for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codesign.core.stream import Item
from codesign.i18n import Words


@dataclass(frozen=True, slots=True)
class Entered:
    """`by`: who entered it for somebody else, if they are named; `shared`: how many were at the device."""

    is_for: bool = False
    by: str = ""
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Apart:
    """People who have no device; devices that are shared, and by how many."""

    without: int = 0
    shared: int = 0
    sharing: int = 0


def entered_words(entered: Entered, words: Words) -> str:
    """For a cell; empty for what needs no word."""
    if entered.is_for:
        for_whom = words.gettext("for somebody without a device")
        by = words.gettext("by {name}", name=entered.by) if entered.by else ""
        return ", ".join(filter(None, (for_whom, by)))
    return _at_one(entered.shared, words) if entered.shared else ""


def device_words(person: Item, words: Words) -> str:
    """What stands by a person's name."""
    if person.get("deviceless"):
        return words.gettext("without a device")
    return _at_one(int(person["shared"]), words) if person.get("shared") else ""


def counted_apart(people: Iterable[Item]) -> Apart:
    everyone = list(people)
    without = sum(bool(person.get("deviceless")) for person in everyone)
    shared = [int(person["shared"]) for person in everyone if person.get("shared")]
    return Apart(without, len(shared), sum(shared))


def apart_words(apart: Apart, words: Words) -> str:
    """A sentence; empty where everybody has a device of their own."""
    said = []
    if apart.without:
        one = words.ngettext(
            "{n} of them without a device", "{n} of them without a device", apart.without
        )
        said.append(one)
    if apart.shared:
        devices = words.ngettext("{n} shared device", "{n} shared devices", apart.shared)
        at = words.ngettext("with {n} person", "with {n} people", apart.sharing)
        said.append(f"{devices} {at}")
    return ", ".join(said)


def _at_one(people: int, words: Words) -> str:
    return words.ngettext("{n} person at one device", "{n} people at one device", people)
