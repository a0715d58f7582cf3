"""Registers: records that come, change, are merged and go; their closed side; and placements of them on boards.

What a place on a board says of a record is asked of the register itself, where everybody sees it at once. A board
keeps that it shows the record, and where single people would put it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.kinds import KINDS, kind_in
from codesign.core.ops import (
    CreatePlacement,
    CreateRecord,
    DeleteRecord,
    EditRecord,
    MarkUse,
    MergeRecords,
    ReadPlace,
    SetUpRegister,
)
from codesign.core.records import BETWEEN, checked, kind_of_record, refs_of
from codesign.core.rules.making import patched, refuse_new
from codesign.core.stream import Draft, Fields, Item, Readable, id_of

#: Relations of this type are told to those who lead, and to nobody else.
CLOSED_TYPES = frozenset({"tension"})
UNKNOWN = Refused("unknown", {"field": "id"})
NO_KIND = Refused("bad_op", {"field": "kind", "reason": "no_kind"})
#: What a merge took along on the closed side, should it be undone: `copied/<other>/<field>`, `moved/<other>/<end>`.
COPIED, MOVED = "copied/", "moved/"
#: A record says on which boards it is placed: `on/<board>: true`.
ON = "on/"

# The register


def set_up_register(op: SetUpRegister, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    wanted = {f"workshop/{op.workshop}": True, **op.kinds}
    fields = {key: value for key, value in wanted.items() if draft.fields.get(key) != value}
    return Accepted((PatchStream(fields),)) if fields else NOTHING


def create_record(op: CreateRecord, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("add") or _refuse_new(op.id, draft):
        return no
    if no := _refuse_closed(op.kind, {"kind": op.kind, **op.fields}):
        return no
    return _created(op, ask, draft)


def edit_record(op: EditRecord, ask: Ask, draft: Draft) -> Decision:
    record = _record(op.id, draft)
    if record is None:
        return UNKNOWN
    if no := ask.refuse("edit_text", "shared") or _refuse_closed(record["kind"], op.fields):
        return no
    kind = kind_of_record(record, draft)
    fields = checked(kind, op.fields, record, draft) if kind else NO_KIND
    return fields if isinstance(fields, Refused) else patched(record, fields, ask)


def merge_records(op: MergeRecords, ask: Ask, draft: Draft) -> Decision:
    """What `into` does not say yet, it takes over; whoever points at the other one points at it."""
    gone, into = _record(op.id, draft), _record(op.into, draft)
    if gone is None or into is None:
        return UNKNOWN
    if no := ask.refuse("edit_text", "shared"):
        return no
    if op.back:  # of the closed side alone
        return Refused("bad_op", {"field": "back"})
    if op.id == op.into or gone["kind"] != into["kind"]:
        return Refused("bad_op", {"field": "into", "reason": "itself"})
    own = {"id", "kind", "by", "at"}
    fields = {key: value for key, value in gone.items() if key not in into and key not in own}
    changes: list[Change] = [PatchItem(op.into, fields)] if fields else []
    for record, keys in _pointing(op.id, draft):
        changes.append(_pointed_at(record, keys, op.into))
    also = {"type": "merge_records", "id": op.id, "into": op.into}
    effect = Effect(f"closed:{id_of(ask.stream)}", also)
    return Accepted((*changes, PatchItem(op.id, {"merged": op.into})), (effect,))


def delete_record(op: DeleteRecord, ask: Ask, draft: Draft) -> Decision:
    """With whatever cannot be without it, such as its relations; others let go of it."""
    record = _record(op.id, draft)
    if record is None:
        return UNKNOWN
    if no := ask.refuse("delete", "shared"):
        return no
    pointing = list(_pointing(op.id, draft))
    boards = sorted(key.removeprefix(ON) for key in record if key.startswith(ON))
    used_by = [(one, keys) for one, keys in pointing if one["kind"] != "line"]
    if (used_by or boards) and not op.force:
        records = [str(one["id"]) for one, _ in used_by[:50]]
        used = {"boards": boards, "records": records}
        return Refused("conflict", {"id": op.id, "reason": "in_use", **used})
    changes: list[Change] = [_let_go(one, keys) for one, keys in pointing]
    return Accepted((*changes, DropItem(op.id)))


def mark_use(op: MarkUse, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    record = draft.get(op.record)
    key, value = f"{ON}{op.board}", True if op.on else None
    if record is None or record.get(key) == value:
        return NOTHING
    return Accepted((PatchItem(op.record, {key: value}),))


# Its closed side


def create_closed(op: CreateRecord, ask: Ask, draft: Draft) -> Decision:
    """A relation that only those who lead know of. Its ends are in the open."""
    if no := ask.refuse("set_up") or _refuse_new(op.id, draft):
        return no
    if op.kind != "relation" or op.fields.get("type") not in CLOSED_TYPES:
        return Refused("bad_op", {"field": "type", "reason": "open"})
    return _created(op, ask, ask.board) if ask.board else UNKNOWN


def edit_closed(op: EditRecord, ask: Ask, draft: Draft) -> Decision:
    """The closed fields of a record, under its own id; or a relation that is here."""
    if no := ask.refuse("set_up"):
        return no
    register = ask.board
    if register is None:
        return UNKNOWN
    there = draft.get(op.id)
    if there is not None and there["kind"] == "relation":
        if op.fields.get("type", "tension") not in CLOSED_TYPES:
            return Refused("bad_op", {"field": "type", "reason": "open"})
        fields = checked(KINDS["relation"], op.fields, there, register)
        return fields if isinstance(fields, Refused) else patched(there, fields, ask)
    record = register.get(op.id)
    kind = kind_of_record(record, register) if record else None
    if record is None or kind is None:
        return UNKNOWN
    fields = checked(kind, op.fields, record, register, closed=True)
    if isinstance(fields, Refused):
        return fields
    if there is not None:
        return patched(there, fields, ask)
    given = {key: value for key, value in fields.items() if value is not None}
    new = {"id": op.id, "kind": record["kind"], **given}
    return Accepted((PutItem(new),)) if given else NOTHING


def merge_closed(op: MergeRecords, ask: Ask, draft: Draft) -> Decision:
    """Follows from a merge in the open. What was said of the other one stays under its id, should that be undone."""
    if ask.role != "product":
        return Refused("forbidden")
    changes = _parted(op, draft) if op.back else _taken_along(op, draft)
    return Accepted(tuple(changes)) if changes else NOTHING


def _taken_along(op: MergeRecords, draft: Draft) -> list[Change]:
    gone, into = draft.get(op.id), draft.get(op.into)
    own = {"id", "kind", "by", "at"}
    fields = {k: v for k, v in (gone or {}).items() if _is_said(k, own) and k not in (into or {})}
    marks: Fields = {f"{COPIED}{op.id}/{key}": True for key in fields}
    changes: list[Change] = []
    if into is not None and fields:
        changes.append(PatchItem(op.into, {**fields, **marks}))
    elif gone is not None and into is None and not draft.was_dropped(op.into):
        about = {key: value for key, value in gone.items() if key in own}
        changes.append(PutItem({**about, **fields, **marks, "id": op.into}))
    for record, keys in _pointing(op.id, draft):
        change = _pointed_at(record, keys, op.into)
        if isinstance(change, PatchItem):
            moved = {f"{MOVED}{op.id}/{key}": True for key in keys}
            change = PatchItem(change.id, {**change.fields, **moved})
        changes.append(change)
    return changes


def _is_said(key: str, own: set[str]) -> bool:
    return key not in own and not key.startswith((COPIED, MOVED))


def _parted(op: MergeRecords, draft: Draft) -> list[Change]:
    """What somebody has changed since stays where it is now."""
    gone, into = draft.get(op.id) or {}, draft.get(op.into) or {}
    fields: Fields = {}
    for mark in (key for key in into if key.startswith(f"{COPIED}{op.id}/")):
        key = mark.removeprefix(f"{COPIED}{op.id}/")
        fields[mark] = None
        if key in into and into[key] == gone.get(key):
            fields[key] = None
    changes: list[Change] = [PatchItem(op.into, fields)] if fields else []
    start = f"{MOVED}{op.id}/"
    for relation in sorted(draft.all(), key=lambda one: str(one["id"])):
        back: Fields = {}
        for mark in (key for key in relation if key.startswith(start)):
            back[mark] = None
            if relation.get(end := mark.removeprefix(start)) == op.into:
                back[end] = op.id
        changes += [PatchItem(relation["id"], back)] if back else []
    return changes


def follow_merges(decision: Decision, ask: Ask, draft: Draft) -> Decision:
    """After an undo in the open: where records part again, or are one again, their closed side does as well."""
    if not isinstance(decision, Accepted):
        return decision
    effects = tuple(
        Effect(f"closed:{id_of(ask.stream)}", {"type": "merge_records", "id": id, **where})
        for id, where in _merges(decision.changes, draft)
    )
    return replace(decision, effects=(*decision.effects, *effects)) if effects else decision


def _merges(changes: tuple[Change, ...], draft: Draft) -> Iterator[tuple[str, Fields]]:
    for change in changes:
        if isinstance(change, PatchItem) and "merged" in change.fields:
            into, was = change.fields["merged"], (draft.get(change.id) or {}).get("merged")
            if was:
                yield change.id, {"into": was, "back": True}
            if into:
                yield change.id, {"into": into}


def delete_closed(op: DeleteRecord, ask: Ask, draft: Draft) -> Decision:
    there = draft.get(op.id)
    if no := ask.refuse("set_up"):
        return no
    return UNKNOWN if there is None else Accepted((DropItem(op.id),))


# On boards


def create_placement(op: CreatePlacement, ask: Ask, draft: Draft) -> Decision:
    """Once on a board: a second one would be the same thing in two places."""
    if no := ask.refuse("add") or refuse_new(op.id, draft):
        return no
    if next(iter(draft.pointing_at(op.record)), None) is not None:
        return Refused("conflict", {"id": op.record, "reason": "taken"})
    placement = {"id": op.id, "kind": "placement", "record": op.record, "at": ask.now}
    if ask.person is not None:
        placement["by"] = ask.person
    return Accepted((PutItem(placement),))


def read_place(op: ReadPlace, ask: Ask, draft: Draft) -> Decision:
    placement = draft.get(op.id)
    if placement is None or placement["kind"] != "placement":
        return UNKNOWN
    if no := ask.refuse("move", "shared"):
        return no
    if ask.person is None:
        return Refused("forbidden")
    if (op.x is None) != (op.y is None):
        return Refused("bad_op", {"field": "y"})
    return patched(placement, {f"x/{ask.person}": op.x, f"y/{ask.person}": op.y}, ask)


def follow_placements(decision: Decision, ask: Ask, draft: Draft) -> Decision:
    """The register hears which boards place its records, so that it can tell where one is used."""
    if isinstance(decision, Refused) or ask.workshop is None:
        return decision
    programme = ask.workshop.fields.get("programme")
    effects = [
        Effect(f"register:{programme}", {"type": "mark_use", "record": r, "board": b, "on": on})
        for r, on in _placed(decision.changes, draft)
        for b in (id_of(ask.stream),)
    ]
    return Accepted(decision.changes, (*decision.effects, *effects)) if effects else decision


def set_up_effects(programme: str, workshop: str) -> tuple[Effect, ...]:
    """Both sides of a register, before the first board that places records is there."""
    op = {"type": "set_up_register", "workshop": workshop}
    return tuple(Effect(f"{side}:{programme}", op) for side in ("register", "closed"))


# Inside


def _created(op: CreateRecord, ask: Ask, register: Readable) -> Decision:
    kind = kind_in(op.kind, register.fields)
    fields = checked(kind, op.fields, {}, register) if kind else NO_KIND
    if isinstance(fields, Refused):
        return fields
    given = {key: value for key, value in fields.items() if value is not None}
    record = {"id": op.id, "kind": op.kind, **given, "at": ask.now}
    if ask.person is not None:
        record["by"] = ask.person
    return Accepted((PutItem(record),))


def _record(record_id: str, draft: Draft) -> Item | None:
    """A record that is there and was not merged into another one."""
    record = draft.get(record_id)
    return None if record is None or "merged" in record else record


def _refuse_new(record_id: str, draft: Draft) -> Refused | None:
    if len(draft) >= limits.RECORDS_PER_REGISTER:
        return Refused("limit", {"limit": "records", "most": limits.RECORDS_PER_REGISTER})
    return refuse_new(record_id, draft)


def _refuse_closed(kind: str, fields: Fields) -> Refused | None:
    if kind == "relation" and fields.get("type") in CLOSED_TYPES:
        return Refused("bad_op", {"field": "type", "reason": "closed"})
    return None


def _pointing(target: str, draft: Draft) -> Iterator[tuple[Item, list[str]]]:
    """Records that point at it, each with the keys by which it does."""
    for record in draft.all():
        found = refs_of(record, kind_of_record(record, draft))
        keys = [key for key, id in found if id == target]
        if keys and "merged" not in record:
            yield record, keys


def _pointed_at(record: Item, keys: list[str], into: str) -> Change:
    fields: Fields = {}
    for key in keys:
        name, slash, _ = key.partition("/")
        fields |= {key: None, f"{name}/{into}": True} if slash else {key: into}
    after = {**record, **fields}
    return (
        DropItem(record["id"])
        if "from" in after and after["from"] == after.get("to")
        else PatchItem(record["id"], fields)
    )


def _let_go(record: Item, keys: list[str]) -> Change:
    if record["kind"] in BETWEEN and any(key in KINDS[record["kind"]].required for key in keys):
        return DropItem(record["id"])
    return PatchItem(record["id"], dict.fromkeys(keys))


def _placed(changes: tuple[Change, ...], draft: Draft) -> Iterator[tuple[str, bool]]:
    for change in changes:
        match change:
            case PutItem(item) if item["kind"] == "placement":
                yield str(item["record"]), True
            case DropItem(item_id) if (there := draft.get(item_id)) is not None:
                if there["kind"] == "placement":
                    yield str(there["record"]), False
