"""Setting a board up: its layout, question and regions, and the translations of their words."""

from __future__ import annotations

from codesign.core.ask import Ask
from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.forgetting import taken
from codesign.core.history import STREAM
from codesign.core.items import FLOWING, TEXT_FIELDS, question_keys, translation_key
from codesign.core.ops import (
    CreateRegion,
    FillBoard,
    MoveRegion,
    RestoreBoard,
    SetUpBoard,
    TakeWords,
    Translate,
)
from codesign.core.rules.making import patched, refuse_more, refuse_new, refuse_words
from codesign.core.stream import Draft, Item


def set_up_board(op: SetUpBoard, ask: Ask, draft: Draft) -> Decision:
    """The first op of a board, asked by the product. Asked again, it adds nothing."""
    if ask.role != "product":
        return Refused("forbidden")
    if draft.fields:
        return NOTHING
    fields: dict[str, str | int] = {
        "layout": op.layout,
        "workshop": op.workshop,
        "question": op.question,
    }
    if op.method is not None:
        fields["method"] = op.method
    fields |= op.about
    changes: list[Change] = [PatchStream(fields)]
    changes += [
        PutItem(_region(spec.id, spec.title, spec.order))
        for spec in op.regions
        if not draft.was_dropped(spec.id)
    ]
    return Accepted(tuple(changes))


def fill_board(op: FillBoard, ask: Ask, draft: Draft) -> Decision:
    """Items as they were elsewhere, asked by the product: nobody else may write in others' names."""
    if ask.role != "product":
        return Refused("forbidden")
    if not draft.fields:
        return Refused("unknown")
    trial = Draft(draft)
    trial.set_fields({**draft.fields, **op.fields})
    if no := refuse_more(draft, trial.words - draft.words):
        return no
    wrong = "x" if draft.fields["layout"] in FLOWING else "region"
    for item in op.items:
        if no := refuse_new(str(item["id"]), trial) or refuse_words(trial, item):
            return no
        if wrong in item:
            return Refused("bad_op", {"field": wrong})
        trial.put(item)
    fields = {key: words for key, words in op.fields.items() if draft.fields.get(key) != words}
    changes: list[Change] = [PatchStream(fields)] if fields else []
    return Accepted((*changes, *(PutItem(item) for item in op.items)))


def restore_board(op: RestoreBoard, ask: Ask, draft: Draft) -> Decision:
    """In one entry, whoever wrote meanwhile: what is there and was not then goes, and comes back by restoring again."""
    if ask.role != "product":
        return Refused("forbidden")
    if not draft.fields:
        return Refused("unknown")
    then = {str(item["id"]): item for item in op.items}
    changes: list[Change] = [DropItem(item["id"]) for item in draft.all() if item["id"] not in then]
    changes += [PutItem(item) for id, item in then.items() if draft.get(id) != item]
    words = {key: op.fields.get(key) for key in {*question_keys(draft.fields), *op.fields}}
    fields = {key: value for key, value in words.items() if draft.fields.get(key) != value}
    if fields:
        changes.append(PatchStream(fields))
    return Accepted(tuple(changes)) if changes else NOTHING


def create_region(op: CreateRegion, ask: Ask, draft: Draft) -> Decision:
    if (no := ask.refuse("set_up")) or (no := refuse_new(op.id, draft)):
        return no
    return Accepted((PutItem(_region(op.id, op.title, op.order)),))


def move_region(op: MoveRegion, ask: Ask, draft: Draft) -> Decision:
    """Among the other regions. What lies in it comes along: it only points at it."""
    region = draft.get(op.id)
    if region is None or region["kind"] != "region":
        return Refused("unknown", {"id": op.id})
    if no := ask.refuse("set_up"):
        return no
    return patched(region, {"order": op.order}, ask)


def translate(op: Translate, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("set_up"):
        return no
    if op.id is None:
        if op.field != "question":
            return Refused("bad_op", {"field": "field"})
        return _translated({**draft.fields, "id": STREAM}, op, ask, draft)
    item = draft.get(op.id)
    if item is None:
        return Refused("unknown", {"id": op.id})
    if item["kind"] == "note" or TEXT_FIELDS.get(item["kind"], ("",))[0] != op.field:
        return Refused("bad_op", {"field": "field"})
    return _translated(item, op, ask, draft)


def take_words(op: TakeWords, ask: Ask, draft: Draft) -> Decision:
    """Places, groups, votes and reactions stay as they are, so that the board stays whole."""
    if ask.role != "product":
        return Refused("forbidden")
    own = (item for kind in ("note", "comment") for item in draft.of_kind(kind))
    theirs = (item for item in own if item.get("by") == op.person)
    patches = ((str(note["id"]), *taken(note)) for note in theirs)
    changes = (PatchItem(id, fields, text) for id, fields, text in patches if fields or text)
    return Accepted(tuple(changes)) if draft.fields else NOTHING


def _translated(holder: Item, op: Translate, ask: Ask, draft: Draft) -> Decision:
    """Words like any others: guarded against a stale page (P4.8), and counted."""
    key = translation_key(op.field, op.lang)
    before = holder.get(key)
    fields = {key: op.words or None}
    if before == fields[key]:
        return NOTHING
    if no := ask.guarded(holder, fields):
        return no
    if no := refuse_more(draft, len(op.words.encode()) - len((before or "").encode())):
        return no
    return Accepted((PatchStream(fields) if op.id is None else PatchItem(op.id, fields),))


def _region(region: str, title: str, order: str) -> dict[str, object]:
    return {"id": region, "kind": "region", "title": title, "order": order, "protected": True}
