"""A workshop: what it is called, where people land, who is in it, its cities and its door."""

from __future__ import annotations

from typing import Any

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.ops import (
    AddBoard,
    AddCity,
    CitySpec,
    DropCity,
    EditCity,
    SetDoor,
    SetStage,
    SetUpWorkshop,
    SetWorkshop,
)
from codesign.core.record_boards import shows_records
from codesign.core.rules.making import refuse_new
from codesign.core.rules.records import set_up_effects
from codesign.core.rules.stages import enter_stage
from codesign.core.rules.timer import NO_NOTICE, rest_of_step
from codesign.core.stream import Draft, id_of


def set_up_workshop(op: SetUpWorkshop, ask: Ask, draft: Draft) -> Decision:
    """The first op of a workshop, asked by the product. Asked again, it adds nothing."""
    if ask.role != "product":
        return Refused("forbidden")
    if draft.fields:
        return NOTHING
    fields: dict[str, Any] = {
        "title": op.title,
        "question": op.question,
        "programme": op.programme,
        "door": "open",
        "stage": "open",
    }
    if op.rehearsal:
        fields["rehearsal"] = True
    whence = {"playbook": op.playbook, "gathering": op.gathering, "turn": op.turn}
    fields |= {key: value for key, value in whence.items() if value is not None}
    if op.lang is not None:
        fields["lang"] = op.lang
    cities = [PutItem(_city(spec)) for spec in op.cities]
    return Accepted((PatchStream(fields), *cities))


def add_board(op: AddBoard, ask: Ask, draft: Draft) -> Decision:
    """Names the board here; what is on it is set up by an effect on the board's own stream."""
    if (no := ask.refuse("workshop")) or (no := refuse_new(op.board, draft)):
        return no
    if draft.count_of("board") - draft.count_of("table") >= limits.BOARDS_PER_WORKSHOP:
        return Refused("limit", {"limit": "boards", "most": limits.BOARDS_PER_WORKSHOP})
    changes: list[Change] = [PutItem({"id": op.board, "kind": "board", "title": op.title})]
    if op.land or "board" not in draft.fields:
        changes.append(PatchStream({"board": op.board}))
    set_up: dict[str, Any] = {
        "type": "set_up_board",
        "workshop": id_of(ask.stream),
        "layout": op.layout,
        "question": op.question,
        "regions": [spec.model_dump() for spec in op.regions],
    }
    if op.method is not None:
        set_up["method"] = op.method
    if op.about:
        set_up["about"] = op.about
    register: tuple[Effect, ...] = ()
    if shows_records(op.layout, op.method) and "programme" in draft.fields:
        register = set_up_effects(draft.fields["programme"], id_of(ask.stream))
    return Accepted(tuple(changes), (*register, Effect(f"board:{op.board}", set_up)))


def set_door(op: SetDoor, ask: Ask, draft: Draft) -> Decision:
    return ask.refuse("door") or _set(draft, {"door": op.door})


def set_stage(op: SetStage, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("stage"):
        return no
    as_before = draft.fields.get("hidden") == "anonymous"
    anonymous = as_before if op.anonymous is None else op.anonymous
    fields, effects = enter_stage(op.stage, ask, draft, anonymous=anonymous)
    if op.stage == "open" and "hidden" in draft.fields:
        # As when its time is up: a first stage that ends early leaves the rest of the step.
        rest, more = rest_of_step(ask, draft)
        fields, effects = fields | rest, (*effects, *more)
        if draft.fields.get("notice") == "reveal":
            fields |= NO_NOTICE
    decision = _set(draft, fields)
    return Accepted(decision.changes, effects) if isinstance(decision, Accepted) else decision


def set_workshop(op: SetWorkshop, ask: Ask, draft: Draft) -> Decision:
    given = {"title": op.title, "question": op.question, "lang": op.lang}
    wanted = {key: value for key, value in given.items() if value is not None}
    return ask.refuse("workshop") or _set(draft, wanted)


def add_city(op: AddCity, ask: Ask, draft: Draft) -> Decision:
    if (no := ask.refuse("workshop")) or (no := refuse_new(op.id, draft)):
        return no
    if draft.count_of("city") >= limits.CITIES_PER_WORKSHOP:
        return Refused("limit", {"limit": "cities", "most": limits.CITIES_PER_WORKSHOP})
    return Accepted((PutItem(_city(op)),))


def edit_city(op: EditCity, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("workshop"):
        return no
    city = draft.get(op.id)
    if city is None or city["kind"] != "city":
        return Refused("unknown")
    given = {"name": op.name, "colour": op.colour, "zone": op.zone}
    fields = {k: v for k, v in given.items() if v is not None and city.get(k) != v}
    return Accepted((PatchItem(op.id, fields),)) if fields else NOTHING


def drop_city(op: DropCity, ask: Ask, draft: Draft) -> Decision:
    """A city nobody belongs to any more. Its name would be missing from people's notes else."""
    if no := ask.refuse("workshop"):
        return no
    city = draft.get(op.id)
    if city is None or city["kind"] != "city":
        return Refused("unknown")
    if any(person.get("city") == op.id for person in draft.of_kind("person")):
        return Refused("conflict", {"id": op.id, "reason": "not_empty"})
    return Accepted((DropItem(op.id),))


def _set(draft: Draft, wanted: dict[str, Any]) -> Decision:
    fields = {key: value for key, value in wanted.items() if draft.fields.get(key) != value}
    return Accepted((PatchStream(fields),)) if fields else NOTHING


def _city(spec: CitySpec) -> dict[str, Any]:
    named = {"name": spec.name, "colour": spec.colour, "order": spec.order}
    zone = {} if spec.zone is None else {"zone": spec.zone}
    return {"id": spec.id, "kind": "city", **named, **zone}
