"""People without a device, devices that several share, and notes that somebody enters for somebody else.

Ballots have `given` for the same (core/ballots.py). In a silence without names nothing of this is kept.
"""

from __future__ import annotations

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import PatchItem, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.ops import AddPerson, CreateNote, ShareDevice
from codesign.core.permissions import LEADS
from codesign.core.rules.people import UNKNOWN, suffix
from codesign.core.stream import Draft, Fields, Item, Readable

#: Who enters notes for others: those who lead, and hosts at their tables.
ENTER = LEADS | {"host"}


def add_person(op: AddPerson, ask: Ask, draft: Draft) -> Decision:
    """`deviceless` is since when: who never connects was there from then on, as far as anybody knows."""
    if no := ask.refuse("people"):
        return no
    if draft.get(op.person) is not None or draft.was_dropped(op.person):
        return Refused("conflict", {"id": op.person, "reason": "taken"})
    city = draft.get(op.city) if op.city is not None else None
    if op.city is not None and (city is None or city["kind"] != "city"):
        return Refused("unknown", {"field": "city"})
    if draft.count_of("person") >= limits.PEOPLE_PER_WORKSHOP:
        return Refused("limit", {"limit": "people", "most": limits.PEOPLE_PER_WORKSHOP})
    person: Item = {"id": op.person, "kind": "person", "name": op.name, "role": "participant"}
    told = {"city": op.city, "lang": op.lang, "suffix": suffix(op.name, op.person, draft)}
    person |= {key: value for key, value in told.items() if value is not None}
    return Accepted((PutItem(person | {"deviceless": ask.now}),))


def share_device(op: ShareDevice, ask: Ask, draft: Draft) -> Decision:
    person = draft.get(op.person)
    if person is None or person["kind"] != "person" or person.get("forgotten", False):
        return UNKNOWN
    if no := ask.refuse("rename_self" if ask.person == op.person else "people"):
        return no
    if person.get("shared") == op.people:
        return NOTHING
    return Accepted((PatchItem(op.person, {"shared": op.people}),))


def written_by(op: CreateNote, ask: Ask) -> Fields | Refused:
    """`by`, who entered it for them (`entered`), and how many shared the device (`shared`), as far as it is kept."""
    if not op.entered:
        if op.author is not None:
            return Refused("bad_op", {"field": "author"})
        me = _person(ask.person, ask.workshop)
        return {"by": ask.person, "shared": me.get("shared") if me else None}
    if ask.role not in ENTER and ask.role != "product":
        return Refused("forbidden", {"action": "add"})
    if ask.person is None or _is_nameless(ask.workshop):
        return Refused("stage", {"action": "add", "reason": "nameless"})
    if op.author is not None:
        author = _person(op.author, ask.workshop)
        if author is None or author.get("gone", False):
            return Refused("unknown", {"field": "author"})
    return {"by": op.author, "entered": ask.person}


def _is_nameless(workshop: Readable | None) -> bool:
    return workshop is not None and workshop.fields.get("hidden") == "anonymous"


def _person(person: str | None, workshop: Readable | None) -> Item | None:
    item = workshop.get(person) if workshop is not None and person is not None else None
    return item if item is not None and item["kind"] == "person" else None
