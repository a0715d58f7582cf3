"""Who sits where: one key per person, `sits/<person>`, on the seating. By hand, by choice, by rule, and on arrival."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from codesign.core import limits, seating
from codesign.core.ask import Ask
from codesign.core.changes import Change, DropItem, PatchItem, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.items import SITS, sits_key
from codesign.core.ops import DealSeats, ExpectPeople, JoinWorkshop, SeatPeople, TakeSeat
from codesign.core.permissions import WRITERS
from codesign.core.rules import people
from codesign.core.rules.making import patched
from codesign.core.rules.tables import UNKNOWN, table_of, tables_of
from codesign.core.stream import Draft, Item

#: Those who get a seat by a rule. Experts go from table to table, and are seated by hand.
SEATED = frozenset({"host", "participant"})


def seat_people(op: SeatPeople, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("tables"):
        return no
    held = _seating(op.id, draft)
    if held is None:
        return UNKNOWN
    for person, table in op.sits.items():
        if not _is_here(person, draft):
            return Refused("unknown", {"field": "person", "id": person})
        if table is not None and not _has(held, table, draft):
            return Refused("unknown", {"field": "table", "id": table})
    return patched(held, {sits_key(person): table for person, table in op.sits.items()}, ask)


def take_seat(op: TakeSeat, ask: Ask, draft: Draft) -> Decision:
    """Two who want the last chair: who asks first has it."""
    if ask.role not in WRITERS or ask.person is None:
        return Refused("forbidden", {"action": "tables"})
    held = _seating(op.id, draft)
    if held is None or (op.table is not None and not _has(held, op.table, draft)):
        return UNKNOWN
    if not held.get("choose", False) or held["state"] == "closed":
        return Refused("stage", {"action": "tables"})
    sits = sitting(held)
    if sits.get(ask.person) == op.table:
        return NOTHING
    cap = held.get("cap", limits.PEOPLE_PER_WORKSHOP)
    if op.table is not None and Counter(sits.values())[op.table] >= cap:
        return Refused("limit", {"limit": "seats", "most": cap})
    return Accepted((PatchItem(op.id, {sits_key(ask.person): op.table}),))


def deal_seats(op: DealSeats, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("tables"):
        return no
    held = _seating(op.id, draft)
    like = None if op.like is None else _seating(op.like, draft)
    if held is None or (like is None and op.rule == "before"):
        return UNKNOWN
    tables = [str(table["id"]) for table in tables_of(op.id, draft)]
    sits = {one: table for one, table in sitting(held).items() if _is_here(one, draft)}
    kept = sits if op.rest else {}
    people = [one for one in taking_part(draft) if one not in kept]
    found = _dealt(op, like, people, tables, kept, draft)
    wanted = {sits_key(person): table for person, table in found.items()}
    fields = {key: table for key, table in wanted.items() if held.get(key) != table}
    return Accepted((PatchItem(op.id, fields),)) if fields else NOTHING


def expect_people(op: ExpectPeople, ask: Ask, draft: Draft) -> Decision:
    """Names from a list. Those without a table are expected no longer."""
    if no := ask.refuse("tables"):
        return no
    held = _seating(op.id, draft)
    if held is None:
        return UNKNOWN
    changes: list[Change] = []
    for spec in op.people:
        if spec.table is not None and not _has(held, spec.table, draft):
            return Refused("unknown", {"field": "table", "id": spec.table})
        known = draft.get(spec.id)
        if known is not None and known["kind"] != "expected":
            return Refused("conflict", {"id": spec.id, "reason": "taken"})
        item = {"id": spec.id, "kind": "expected", "name": spec.name}
        if spec.table is None:
            changes += [DropItem(spec.id)] if known is not None else []
        elif known is None and draft.was_dropped(spec.id):
            return Refused("conflict", {"id": spec.id, "reason": "taken"})
        elif known != (put := {**item, "seating": op.id, "table": spec.table}):
            changes.append(PutItem(put))
    if draft.count_of("expected") + len(changes) > limits.PEOPLE_PER_WORKSHOP:
        return Refused("limit", {"limit": "people", "most": limits.PEOPLE_PER_WORKSHOP})
    return Accepted(tuple(changes)) if changes else NOTHING


def join_workshop(op: JoinWorkshop, ask: Ask, draft: Draft) -> Decision:
    """Who comes finds the seat that was kept for them, or one by the rule for those who come late."""
    decision = people.join_workshop(op, ask, draft)
    if isinstance(decision, Refused) or not decision.changes:
        return decision
    return Accepted((*decision.changes, *_arriving(op, draft)), decision.effects)


# What pages and rules read


def sitting(held: Item) -> dict[str, str]:
    """Person -> table."""
    start = len(SITS)
    return {key[start:]: str(table) for key, table in held.items() if key.startswith(SITS)}


def taking_part(draft: Draft) -> list[str]:
    return sorted(
        str(person["id"])
        for person in draft.of_kind("person")
        if person["role"] in SEATED and not person.get("gone", False)
    )


def traits(by: str | None, draft: Draft) -> dict[str, str]:
    """What each person has in common with others. The country is what the time zone of their city says."""
    found = {}
    for person in draft.of_kind("person"):
        city = draft.get(person.get("city", "")) or {}
        match by:
            case "language":
                found[str(person["id"])] = str(person.get("lang", ""))
            case "country":
                found[str(person["id"])] = str(city.get("zone", city.get("id", "")))
            case _:
                found[str(person["id"])] = str(city.get("id", ""))
    return found


# Inside


def _dealt(
    op: DealSeats,
    like: Item | None,
    people: list[str],
    tables: list[str],
    kept: Mapping[str, str],
    draft: Draft,
) -> seating.Seating:
    match op.rule:
        case "balanced":
            return seating.deal_balanced(people, tables, traits(op.by, draft), op.seed, kept)
        case "together":
            return seating.deal_together(people, tables, traits(op.by, draft), op.seed, kept)
        case "before" if like is not None:
            there = seating.tables_of(sitting(like))
            before = [there.get(table["id"], []) for table in tables_of(like["id"], draft)]
            return seating.deal_like(people, tables, before, op.seed)
        case "new":
            others = [one for one in draft.of_kind("seating") if one["id"] != op.id]
            return seating.deal_new(people, tables, seating.met_at(map(sitting, others)), op.seed)
    return seating.deal(people, tables, op.seed, kept)


def _arriving(op: JoinWorkshop, draft: Draft) -> list[Change]:
    changes: list[Change] = []
    seated: set[str] = set()
    for expected in list(draft.of_kind("expected")):
        if people.folded(expected["name"]) == people.folded(op.name):
            seat = {sits_key(op.person): expected["table"]}
            changes += [PatchItem(expected["seating"], seat), DropItem(expected["id"])]
            seated.add(expected["seating"])
    if op.table is not None and (at := table_of(op.table, draft)) is not None:
        changes.append(PatchItem(at["seating"], {sits_key(op.person): op.table}))
        seated.add(at["seating"])
    held = _seating(str(draft.fields.get("tables", "")), draft)
    if held is None or held["id"] in seated or op.role not in SEATED:
        return changes
    if (table := _table_for(op, held, draft)) is not None:
        changes.append(PatchItem(held["id"], {sits_key(op.person): table}))
    return changes


def _table_for(op: JoinWorkshop, held: Item, draft: Draft) -> str | None:
    """By the rule for those who come late: nobody is moved for it."""
    if held["late"] == "wait" or held["state"] != "open":
        return None
    tables = [str(table["id"]) for table in tables_of(held["id"], draft)]
    sits = sitting(held)
    size = Counter(sits.values())
    alike: Counter[str] = Counter()
    mine = {"city": op.city, "language": op.lang}.get(held["late"])
    if mine:
        theirs = traits(held["late"], draft)
        alike.update(table for person, table in sits.items() if theirs.get(person) == mine)
    return min(tables, key=lambda t: (-alike[t], size[t], tables.index(t)), default=None)


def _seating(seating_id: str, draft: Draft) -> Item | None:
    item: Any = draft.get(seating_id)
    return item if item is not None and item["kind"] == "seating" else None


def _has(held: Item, table: str, draft: Draft) -> bool:
    item = table_of(table, draft)
    return item is not None and item["seating"] == held["id"]


def _is_here(person: str, draft: Draft) -> bool:
    item = draft.get(person)
    return item is not None and item["kind"] == "person" and not item.get("gone", False)
