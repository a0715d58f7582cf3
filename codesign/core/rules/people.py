"""People in a workshop: joining, names and cities, roles, leaving for good and coming back."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import PatchItem, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.forgetting import NOBODY, TAKEN, TELLING
from codesign.core.ops import (
    ChangeCity,
    ForgetPerson,
    JoinWorkshop,
    ReadmitPerson,
    RemovePerson,
    RenamePerson,
    SetRole,
)
from codesign.core.permissions import LEADS
from codesign.core.stream import Draft, Fields, Item

UNKNOWN = Refused("unknown", {"field": "person"})


def join_workshop(op: JoinWorkshop, ask: Ask, draft: Draft) -> Decision:
    """Asked by the join page on behalf of the newcomer. Joining again with the same id is nothing."""
    if ask.role != "product":
        return Refused("forbidden")
    if not draft.fields:
        return Refused("unknown")
    known = draft.get(op.person)
    if known is not None:
        return NOTHING if known["kind"] == "person" else Refused("conflict", {"id": op.person})
    if op.city is not None and not _is(draft, op.city, "city"):
        return Refused("unknown", {"field": "city"})
    if draft.count_of("person") >= limits.PEOPLE_PER_WORKSHOP:
        return Refused("limit", {"limit": "people", "most": limits.PEOPLE_PER_WORKSHOP})
    person: Item = {"id": op.person, "kind": "person", "name": op.name, "role": op.role}
    optional = {"city": op.city, "lang": op.lang, "shared": op.shared}
    optional["suffix"] = suffix(op.name, op.person, draft)
    person |= {key: value for key, value in optional.items() if value is not None}
    return Accepted((PutItem(person),))


def rename_person(op: RenamePerson, ask: Ask, draft: Draft) -> Decision:
    person = _person(draft, op.person)
    if person is None:
        return UNKNOWN
    own = ask.person == op.person
    if no := ask.refuse("rename_self" if own else "people"):
        return no
    if person["name"] == op.name:
        return NOTHING
    fields = {"name": op.name, "suffix": suffix(op.name, op.person, draft)}
    if "suffix" not in person and fields["suffix"] is None:
        del fields["suffix"]
    return Accepted((PatchItem(op.person, fields),))


def change_city(op: ChangeCity, ask: Ask, draft: Draft) -> Decision:
    person = _person(draft, op.person)
    if person is None:
        return UNKNOWN
    if no := ask.refuse("rename_self" if ask.person == op.person else "people"):
        return no
    if op.city is not None and not _is(draft, op.city, "city"):
        return Refused("unknown", {"field": "city"})
    if person.get("city") == op.city:
        return NOTHING
    return Accepted((PatchItem(op.person, {"city": op.city}),))


def set_role(op: SetRole, ask: Ask, draft: Draft) -> Decision:
    """The last one who leads cannot become something else (F2), nor the last owner."""
    person = _person(draft, op.person)
    if person is None:
        return UNKNOWN
    if no := ask.refuse("owners" if "owner" in (person["role"], op.role) else "people"):
        return no
    if person["role"] == op.role:
        return NOTHING
    if no := _refuse_last(person, draft, op.role):
        return no
    return Accepted((PatchItem(op.person, {"role": op.role}),))


def remove_person(op: RemovePerson, ask: Ask, draft: Draft) -> Decision:
    """The person may no longer follow anything here; their name stays on what they wrote."""
    person = _person(draft, op.person)
    if person is None:
        return UNKNOWN
    if no := ask.refuse(_about(person)):
        return no
    if person.get("gone", False):
        return NOTHING
    if no := _refuse_last(person, draft):
        return no
    return Accepted((PatchItem(op.person, {"gone": True}),))


def readmit_person(op: ReadmitPerson, ask: Ask, draft: Draft) -> Decision:
    person = _person(draft, op.person)
    if person is None:
        return UNKNOWN
    if no := ask.refuse(_about(person)):
        return no
    if not person.get("gone", False):
        return NOTHING
    return Accepted((PatchItem(op.person, {"gone": None}),))


def forget_person(op: ForgetPerson, ask: Ask, draft: Draft) -> Decision:
    """Gone, without a name. What the journal still holds is rewritten by an errand (live/forgetting.py).

    They stay counted where they were, so that no total changes. Asked again, with `words`, more is taken out.
    """
    person = draft.get(op.person)
    if person is None or person["kind"] != "person":
        return UNKNOWN
    own = ask.person == op.person
    if no := ask.refuse("rename_self" if own and person["role"] not in LEADS else _about(person)):
        return no
    if no := _refuse_last(person, draft):
        return no
    fields = _forgotten(person, draft)
    if op.words and not person.get("wordless", False):
        fields["wordless"] = True
    if not fields:
        return NOTHING
    errand = Effect(ask.stream, {"type": "forget_person", "person": op.person, "words": op.words})
    reasons = _without_reasons(op.person, draft) if op.words else ()
    return Accepted((PatchItem(op.person, fields), *reasons), (errand,))


def _without_reasons(person: str, draft: Draft) -> tuple[PatchItem, ...]:
    """Why they answered a proposal as they did are words of theirs, too; the answer stays, and stays counted."""
    key = f"reason/{person}"
    said = (one for one in draft.of_kind("consent") if one.get(key))
    return tuple(PatchItem(one["id"], {key: TAKEN}) for one in said)


def suffix(name: str, person: str, draft: Draft) -> int | None:
    """The smallest number from 2 on that tells this name from the same name of others (J3)."""
    same = {
        other.get("suffix", 1)
        for other in draft.of_kind("person")
        if other["id"] != person and folded(other["name"]) == folded(name)
    }
    if 1 not in same:
        return None
    return next(number for number in range(2, len(same) + 3) if number not in same)


def _forgotten(person: Item, draft: Draft) -> Fields:
    if person.get("forgotten", False):
        return {}
    fields: Fields = {"name": NOBODY, "suffix": suffix(NOBODY, person["id"], draft)}
    fields |= dict.fromkeys(TELLING & person.keys()) | {"forgotten": True, "gone": True}
    return fields if person.get("gone", False) else {**fields, "counted": True}


def _person(draft: Draft, person: str) -> Item | None:
    """Nobody can be made of somebody who was forgotten."""
    item = draft.get(person)
    if item is None or item["kind"] != "person" or item.get("forgotten", False):
        return None
    return item


def _is(draft: Draft, item_id: str, kind: str) -> bool:
    item = draft.get(item_id)
    return item is not None and item["kind"] == kind


def _about(person: Item) -> str:
    """What somebody must be allowed in order to let this person go or come back."""
    return "owners" if person["role"] == "owner" else "people"


def _refuse_last(person: Item, draft: Draft, role: str = "") -> Refused | None:
    """`conflict` when nobody would lead, or own, the workshop after this person has become `role`, or gone."""
    for reason, roles in (("last_lead", LEADS), ("last_owner", frozenset({"owner"}))):
        if role not in roles and _is_last(person, roles, draft):
            return Refused("conflict", {"id": person["id"], "reason": reason})
    return None


def _is_last(person: Item, roles: frozenset[str], draft: Draft) -> bool:
    if person["role"] not in roles or person.get("gone", False):
        return False
    return not any(
        other["role"] in roles and not other.get("gone", False) and other["id"] != person["id"]
        for other in draft.of_kind("person")
    )


@lru_cache(maxsize=2 * limits.PEOPLE_PER_WORKSHOP)
def folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
