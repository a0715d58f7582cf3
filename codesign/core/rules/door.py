"""The door: who knocks waits on the desk, where only those who lead see it. Nobody is a person before they are let in.

Who was sent away stays on the desk, so that a mistake can be mended; who was let in goes from it.
"""

from __future__ import annotations

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import Change, DropItem, PatchItem, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.ops import AdmitPeople, Knock, TurnAway
from codesign.core.stream import Draft, Item, Readable, id_of


def knock(op: Knock, ask: Ask, draft: Draft) -> Decision:
    """Asked by the join page. Whoever waits, was let in or was sent away already, does not knock again."""
    if ask.role != "product":
        return Refused("forbidden")
    if draft.get(op.person) is not None or draft.was_dropped(op.person):
        return NOTHING
    if draft.count_of("knock") >= limits.KNOCKS_PER_WORKSHOP:
        return Refused("limit", {"limit": "knocks", "most": limits.KNOCKS_PER_WORKSHOP})
    given = {"city": op.city, "lang": op.lang, "table": op.table, "shared": op.shared}
    item: Item = {"id": op.person, "kind": "knock", "name": op.name, "role": op.role, "at": ask.now}
    return Accepted((PutItem(item | {k: v for k, v in given.items() if v is not None}),))


def admit_people(op: AdmitPeople, ask: Ask, draft: Draft) -> Decision:
    """Of those whom somebody else has let in meanwhile, nothing more is said."""
    if no := ask.refuse("people"):
        return no
    waiting = _knocks(op.people, draft)
    here = 0 if ask.workshop is None else ask.workshop.count_of("person")
    if here + len(waiting) > limits.PEOPLE_PER_WORKSHOP:
        return Refused("limit", {"limit": "people", "most": limits.PEOPLE_PER_WORKSHOP})
    if not waiting:
        return NOTHING
    stream = f"workshop:{id_of(ask.stream)}"
    effects = tuple(Effect(stream, _joining(item, ask.workshop)) for item in waiting)
    return Accepted(tuple(DropItem(item["id"]) for item in waiting), effects)


def turn_away(op: TurnAway, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("people"):
        return no
    changes: list[Change] = [
        PatchItem(item["id"], {"refused": True})
        for item in _knocks(op.people, draft)
        if not item.get("refused", False)
    ]
    return Accepted(tuple(changes)) if changes else NOTHING


def waiting(desk: Readable) -> list[Item]:
    """Those at the door, who came first first."""
    found = [item for item in desk.of_kind("knock") if not item.get("refused", False)]
    return sorted(found, key=lambda item: (item["at"], item["id"]))


def sent_away(desk: Readable) -> list[Item]:
    found = [item for item in desk.of_kind("knock") if item.get("refused", False)]
    return sorted(found, key=lambda item: (item["at"], item["id"]))


def _knocks(people: tuple[str, ...], draft: Draft) -> list[Item]:
    items = (draft.get(person) for person in dict.fromkeys(people))
    return [item for item in items if item is not None and item["kind"] == "knock"]


def _joining(item: Item, workshop: Readable | None) -> dict[str, object]:
    """A city that was taken away meanwhile keeps nobody outside."""
    kept = ("name", "role", "city", "lang", "table", "shared")
    op: dict[str, object] = {key: item[key] for key in kept if key in item}
    city = None if workshop is None else workshop.get(str(item.get("city", "")))
    if city is None or city["kind"] != "city":
        op.pop("city", None)
    return {"type": "join_workshop", "person": item["id"], **op}
