"""A workshop's streams without who anybody is: people become so many from a city, and nothing leads back to them.

What people wrote about each other in their own words stays, and so do invented names of personas.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from codesign.core.forgetting import NOBODY
from codesign.core.permissions import LEADS, WRITERS
from codesign.core.stream import Item, State, kind_of, new_id
from codesign.results.report_names import RESPONSIBLE, hide

MINUTE_MS = 60_000
#: Where a person's own mark stays, as somebody's: sets that are counted, and readings whose middle is shown.
COUNTED = ("reaction/", "x/", "y/")
#: By stream, kinds that are nothing but a person's name, or where one sits or was.
LEFT_OUT = {"workshop": frozenset({"person", "expected"}), "desk": frozenset({"correction"})}


def without_names(found: Mapping[str, State]) -> dict[str, State]:
    """The same streams, with everyone's ids, names, seats and times of writing taken out."""
    workshop = next(state for name, state in found.items() if kind_of(name) == "workshop")
    boards = {name: state for name, state in found.items() if kind_of(name) == "board"}
    plain, hidden = hide(workshop, boards)
    people = {str(one["id"]) for one in workshop.of_kind("person")}
    shown = {name: _state(name, hidden.get(name, state), people) for name, state in found.items()}
    for name, state in shown.items():
        if kind_of(name) == "workshop":
            for person in sorted(plain.of_kind("person"), key=lambda one: _shuffled(one["id"])):
                state.put(_somebody(person))
    return {name: state for name, state in shown.items() if kind_of(name) != "closed"}


def _state(stream: str, state: State, people: set[str]) -> State:
    kind = kind_of(stream)
    left_out = LEFT_OUT.get(kind, frozenset())
    items = [item for item in state.all() if item["kind"] not in left_out]
    made = State(_plain(kind, state.fields, people), dropped=state.dropped)
    for item in items:
        made.put(_plain(kind, item, people))
    return made


def _plain(stream: str, holder: Mapping[str, Any], people: set[str]) -> Item:
    """Fields that name a person are gone, whatever they are called; a mark that counts is anybody's."""
    plain: Item = {}
    for key, value in holder.items():
        if key.startswith(("message", "told/", "call")):
            continue
        if people & set(key.split("/")):
            if key.startswith(COUNTED):
                plain[f"{key.rpartition('/')[0]}/{new_id(secrets.token_bytes(16))}"] = value
            continue
        if key == "entered":
            plain[key] = NOBODY  # that it was entered for somebody, not by whom
            continue
        if key == "shared" and stream == "board":
            continue  # so many at one device may be only theirs
        if value in people or (stream == "desk" and key == "note"):
            continue
        if stream == "register" and key in RESPONSIBLE:
            value = NOBODY
        if key == "at" and isinstance(value, int):
            value -= value % MINUTE_MS
        plain[key] = value
    return plain


def _somebody(person: Item) -> Item:
    """One of so many from there. Who led and who hosted is nobody's business here."""
    role = "participant" if person["role"] in LEADS | WRITERS else "observer"
    kept: Item = {
        key: person[key]
        for key in ("kind", "city", "gone", "deviceless", "shared")
        if key in person
    }
    return {**kept, "id": new_id(secrets.token_bytes(16)), "name": NOBODY, "role": role}


def _shuffled(id: str) -> str:
    """An order that says nothing about who came first."""
    return hashlib.sha256(f"{_SALT}{id}".encode()).hexdigest()


_SALT = secrets.token_hex(16)
