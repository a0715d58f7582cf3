"""Whether a playbook holds together: what is wrong, each with the place in the file it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from codesign.core.carry import Carry, Pick, Target
from codesign.core.kinds import EVIDENCED, KINDS, REGISTERED
from codesign.core.method import Method
from codesign.core.outputs import LEADS_TO, OUTPUTS
from codesign.core.playbook import PAUSES, STRETCH_MINUTES, Gathering, Playbook, Step

#: Where in the file, as pydantic says it: ("workshops", 1, "steps", 0, "carry").
Loc = tuple[int | str, ...]
Wrong = tuple[Loc, str]

#: What a carry may call by name, and the computed of a method that works it out (core/computed/table.py).
WORKED_OUT: Mapping[str, frozenset[str]] = {
    "pairs": frozenset({"pairs", "doors_for_challenges"}),
    "objective tree": frozenset({"causes_without_aim"}),
    "key": frozenset({"class_from_place"}),
    "veto": frozenset({"no_veto_named"}),
    "lever candidates": frozenset({"levers"}),
    "quadrant": frozenset({"quadrant"}),
    "pains": frozenset({"pains_without_opportunity"}),
    "pains without opportunity": frozenset({"pains_without_opportunity"}),
    "lowest point": frozenset({"feeling_curve"}),
    "shared challenges": frozenset({"shared_challenges"}),
    "gaps": frozenset({"domains", "dimension_gaps"}),
    "limits": frozenset({"limits"}),
    "maturity": frozenset({"maturity"}),
    "synergies": frozenset({"integrated"}),
    "clashes": frozenset({"clashes"}),
}
#: Fields of a grid have names, too.
QUADRANTS: Mapping[str, tuple[str, ...]] = {
    "impact_effort": ("quick_wins", "big_projects", "fill_ins", "think_again"),
    "quadrant": ("manage-closely", "keep-satisfied", "keep-informed", "monitor"),
}
#: Parts of a project that a carry fills as a whole (core/kinds.py has their fields one by one).
PARTS: Mapping[str, tuple[str, ...]] = {
    "project": (
        *("identity", "reason", "content", "roles", "legal", "money", "effects", "readiness"),
        *("road", "sharing"),
    )
}
CLOSE = "CLOSE"


def faults_of(playbook: Playbook, methods: Mapping[str, Method]) -> list[Wrong]:
    return [
        *_ids(playbook),
        *_outputs(playbook),
        *(wrong for at, one in enumerate(playbook.workshops) for wrong in _gathering(at, one)),
        *(wrong for loc, step in _places(playbook) for wrong in _methods(loc, step, methods)),
        *(
            wrong
            for loc, step in _places(playbook)
            for wrong in _carries(loc, step, playbook, methods)
        ),
        *_circles(playbook),
    ]


def place_of(name: str, step: Step, methods: Mapping[str, Method]) -> str | None:
    """What a filter means by a region: the id of a region, a zone of the step, a field; None where there is none."""
    wanted = _plain(name)
    if wanted in map(_plain, step.zones):
        return next(zone for zone in step.zones if _plain(zone) == wanted)
    for method in (methods[id] for id in step.methods if id in methods):
        for region in method.places:
            if wanted in (_plain(region.id), _plain(region.title)):
                return region.id
        fields = [field.name for kind in method.own_kinds.values() for field in kind.fields]
        named = [one for code in method.computed for one in QUADRANTS.get(code, ())]
        for one in (*fields, *named):
            if _plain(one) == wanted:
                return one
    return None


def targets_of(carry: Carry, playbook: Playbook) -> tuple[str, ...]:
    """The steps a carry leads to."""
    found: list[str] = []
    for one in carry.targets:
        found += (
            playbook.range(one.name, one.to)
            if one.to
            else [one.name] * (one.name in playbook.steps)
        )
    return tuple(found)


def called(word: str, methods: Sequence[Method]) -> list[Method]:
    """Of a step's methods those that have this in their name: what goes on `as problem` is of the problem tree."""
    return [one for one in methods if word in _plain(one.title) or word in _plain(one.id)]


def _places(playbook: Playbook) -> Iterator[tuple[Loc, Step]]:
    for at, one in enumerate(playbook.workshops):
        for number, step in enumerate(one.steps):
            yield ("workshops", at, "steps", number), step


def _ids(playbook: Playbook) -> Iterator[Wrong]:
    seen: set[str] = set()
    for at, one in enumerate(playbook.workshops):
        if one.id in seen:
            yield ("workshops", at, "id"), f"{one.id} is there twice"
        seen.add(one.id)
    seen = set()
    for loc, step in _places(playbook):
        if step.id in seen:
            yield (*loc, "id"), f"{step.id} is there twice"
        seen.add(step.id)


def _outputs(playbook: Playbook) -> Iterator[Wrong]:
    for name in playbook.outputs:
        if name not in OUTPUTS:
            yield ("outputs",), f"there is no document {name}"


def _gathering(at: int, one: Gathering) -> Iterator[Wrong]:
    loc: Loc = ("workshops", at)
    named = [slot.step for slot in one.slots if slot.step]
    for name in named:
        if one.step(name) is None:
            yield (*loc, "order"), f"there is no step {name}"
        elif named.count(name) > 1 and named.index(name) == named.index(name):
            yield (*loc, "order"), f"{name} is there {named.count(name)} times"
            break
    for step in one.steps:
        if step.id not in named:
            yield (*loc, "order"), f"{step.id} has no place in it"
    yield from _times(loc, one) if one.minutes else _days(loc, one)


def _times(loc: Loc, one: Gathering) -> Iterator[Wrong]:
    total = stretch = 0
    for slot in one.slots:
        step = one.step(slot.step) if slot.step else None
        minutes = (step.minutes or 0) if step else slot.minutes
        total += minutes
        stretch = 0 if slot.standing in PAUSES else stretch + minutes
        if stretch > STRETCH_MINUTES:
            said = f"{stretch} minutes without a pause at {slot.step or slot.standing}; {STRETCH_MINUTES} at most"
            yield (*loc, "order"), said
            return
    if total != one.minutes:
        yield (*loc, "minutes"), f"its steps add up to {total}, not to {one.minutes}"


def _days(loc: Loc, one: Gathering) -> Iterator[Wrong]:
    for number, step in enumerate(one.steps):
        if step.days is None:
            yield (*loc, "steps", number, "minutes"), "in a workshop of days a step has days"
        elif step.days > (one.days or 0):
            yield (*loc, "steps", number, "days"), f"the workshop is open for {one.days}"


def _methods(loc: Loc, step: Step, methods: Mapping[str, Method]) -> Iterator[Wrong]:
    for name in step.methods:
        if name not in methods:
            yield (*loc, "methods"), f"there is no method {name}"
    for name in step.how:
        if name not in step.methods:
            yield (*loc, "how"), f"{name} is not a method of this step"


def _carries(
    loc: Loc, step: Step, playbook: Playbook, methods: Mapping[str, Method]
) -> Iterator[Wrong]:
    for number, carry in enumerate(step.carries):
        at = (*loc, "carry", number)
        for said in (
            *_pick(carry.pick, step, methods),
            *_kind(carry, step, playbook, methods),
            *(said for one in carry.targets for said in _target(carry, one, playbook, methods)),
        ):
            yield at, said


def _pick(pick: Pick, step: Step, methods: Mapping[str, Method]) -> Iterator[str]:
    mine = {code for id in step.methods if id in methods for code in methods[id].computed}
    for name in pick.names:
        if pick.which == "region" and place_of(name, step, methods) is None:
            yield f"there is no region {name} in {' or '.join(step.methods)}"
        if pick.which == "computed" and not WORKED_OUT.get(name, frozenset()) & mine:
            yield f"{' and '.join(step.methods)} cannot work out {name}"


def _kind(
    carry: Carry, step: Step, playbook: Playbook, methods: Mapping[str, Method]
) -> Iterator[str]:
    """A kind of record, or what a table of the step it goes to has of its own."""
    if not carry.kind or carry.kind in KINDS:
        return
    if carry.kind == "evidence" and any(one.name in EVIDENCED for one in carry.targets):
        return
    steps = [playbook.steps[id] for id in targets_of(carry, playbook)]
    ids = [id for one in steps for id in one.methods if id in methods]
    own = {
        name
        for id in ids
        for kind in methods[id].own_kinds.values()
        for name in (kind.name, *(field.name for field in kind.fields))
    }
    regions = {_plain(region.id) for id in ids for region in methods[id].places}
    if carry.kind not in own | regions and not called(carry.kind, [methods[id] for id in ids]):
        yield f"nobody knows {carry.kind}"


def _target(
    carry: Carry, one: Target, playbook: Playbook, methods: Mapping[str, Method]
) -> Iterator[str]:
    if carry.verb == "output":
        if one.name not in OUTPUTS and one.name != "answer-sheet":
            yield f"there is no document {one.name}"
        return
    if one.to:
        if not playbook.range(one.name, one.to):
            yield f"there are no steps from {one.name} to {one.to}"
        return
    kind, dot, field = one.name.partition(".")
    if one.name == CLOSE or one.name in playbook.steps or playbook.gathering(one.name):
        return
    if one.name in LEADS_TO or one.name in methods or one.name in REGISTERED:
        return
    if dot and kind in KINDS:
        if KINDS[kind].field(field) is None and field not in PARTS.get(kind, ()):
            yield f"{kind} has no {field}"
        return
    yield f"there is no step, register or document {one.name}"


def _circles(playbook: Playbook) -> Iterator[Wrong]:
    """Results that come back to where they were would be carried for ever."""
    leads = {
        step.id: [to for carry in step.carries for to in targets_of(carry, playbook)]
        for _, step in _places(playbook)
    }
    for loc, step in _places(playbook):
        path = way_back(step.id, leads)
        if path and step.id == min(path):  # each circle once
            yield (*loc, "carry"), f"what is carried goes round: {' -> '.join((*path, path[0]))}"


def way_back(start: str, leads: Mapping[str, list[str]]) -> tuple[str, ...]:
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        for to in leads.get(path[-1], ()):
            if to == start:
                return path
            if to not in seen:
                seen.add(to)
                waiting.append((*path, to))
    return ()


def _plain(name: Any) -> str:
    return str(name).casefold().replace("_", " ").replace("-", " ").strip()
