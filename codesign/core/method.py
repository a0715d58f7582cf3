"""What a method is: a declared way of working on a board. The methods themselves are folders of data in methods/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from codesign.core.kinds import (
    DECLARED,
    KINDS,
    ON_BOARDS,
    FieldType,
    Kind,
    kind,
    kind_in,
    read_field,
)

# fmt: off
Layout = Literal[
    "free", "zones", "columns", "grid2", "rings", "canvas",
    "graph", "tree", "table", "cards", "rounds", "image",
]
#: What a session is at when a method helps; the library is browsed by it.
Purpose = Literal[
    "opening", "ideas", "people", "stakeholders", "systems", "choosing", "finance", "planning",
]
# fmt: on

REFERS = ("ref", "refs")
Word = Annotated[str, Field(min_length=1, max_length=120)]
Sentence = Annotated[str, Field(min_length=1, max_length=400)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
#: The least and the most, both included.
Range = Annotated[tuple[int, int], Field()]


class Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Region(Declared):
    """A zone, column, block, ring or sector; `minutes` where it is a phase of its own."""

    id: Code
    title: Word
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    #: What is added here first, where it is not the first of the method's kinds.
    kind: Code | None = None
    #: Of a criterion: what it counts among the others, of 100 in all.
    weight: Annotated[int, Field(ge=1, le=100)] | None = None


class Axis(Declared):
    """What a place on a grid says: 0 at `low`, 100 at `high`; `field` is written on the record that is moved."""

    title: Word
    low: Word
    high: Word
    field: Code | None = None


class OwnKind(Declared):
    """A kind of item that only this method uses; fields as in core/kinds.py."""

    name: Code
    fields: Annotated[tuple[str, ...], Field(min_length=1, max_length=40)]


class Sample(Declared):
    """A thing somebody might write here, for the preview."""

    text: Sentence
    region: Code | None = None
    #: Where regions have a second direction.
    row: Code | None = None
    #: Where it lies on a grid, 0 to 100 each.
    x: Annotated[int, Field(ge=0, le=100)] | None = None
    y: Annotated[int, Field(ge=0, le=100)] | None = None


class Method(Declared):
    id: Code
    title: Word
    purpose: Purpose
    #: One sentence: what it is for.
    aim: Sentence
    when: Sentence
    minutes: Range
    people: Range
    layout: Layout
    #: What people add here: note, cluster, records of registers, and `own` kinds.
    kinds: Annotated[tuple[Code, ...], Field(min_length=1)]
    own: tuple[OwnKind, ...] = ()
    #: More fields of kinds of the house, one kind at a time.
    more: tuple[OwnKind, ...] = ()
    #: By kind: which of its fields stand on the board, in this order; all others are one press away.
    shown: dict[Code, tuple[str, ...]] = Field(default_factory=dict)
    #: What anything here may hold beside its own fields, such as an effort; lines as in core/kinds.py.
    fields: Annotated[tuple[Annotated[str, Field(max_length=400)], ...], Field(max_length=20)] = ()
    #: Of a scale: what each of its numbers means, the least first.
    labels: dict[Code, tuple[Word, ...]] = Field(default_factory=dict)
    regions: tuple[Region, ...] = ()
    #: Where regions have a second direction: the rows of columns, the sectors of rings, the rows of a table.
    rows: tuple[Region, ...] = ()
    x: Axis | None = None
    y: Axis | None = None
    prompts: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=12)]
    #: Names of what is worked out while people work (core/computed).
    computed: tuple[Code, ...] = ()
    #: Methods, outputs or registers this one leads on to.
    feeds: tuple[Code, ...] = ()
    samples: tuple[Sample, ...] = ()

    @field_validator("minutes", "people")
    @classmethod
    def _least_first(cls, given: tuple[int, int], info: ValidationInfo) -> tuple[int, int]:
        if not 1 <= given[0] <= given[1]:
            raise ValueError(f"{info.field_name}: the least first, and none below one")
        return given

    @model_validator(mode="after")
    def _fits_together(self) -> Method:
        for check in (_kinds_are_known, _fields_are_known, _regions_fit, _samples_fit, _labels_fit):
            check(self)
        return self

    @property
    def own_kinds(self) -> dict[str, Kind]:
        return {one.name: kind(one.name, *one.fields) for one in self.own}

    def kind(self, name: str) -> Kind | None:
        """The kind with all that this method adds to it; nothing for what is no record."""
        return kind_in(name, self.declares())

    def declares(self) -> dict[str, str]:
        """What a register is told of the kinds of this method (core/kinds.py)."""
        records = [name for name in self.kinds if name not in ON_BOARDS]
        found = {one.name: list(one.fields) for one in (*self.own, *self.more)}
        for name in records if self.fields else ():
            found.setdefault(name, []).extend(self.fields)
        return {f"{DECLARED}{name}/{self.id}": "\n".join(lines) for name, lines in found.items()}

    @property
    def extra_fields(self) -> tuple[FieldType, ...]:
        return tuple(map(read_field, self.fields))

    @property
    def places(self) -> tuple[Region, ...]:
        return (*self.regions, *self.rows)


def _kinds_are_known(method: Method) -> None:
    try:
        own = method.own_kinds
    except ValueError as error:
        raise ValueError(f"own: {error}") from None
    known = ON_BOARDS | KINDS.keys() | own.keys()
    said = (*method.kinds, *(one.kind for one in method.places if one.kind))
    if strange := [one for one in said if one not in known]:
        raise ValueError(f"kinds: nobody knows {', '.join(strange)}")
    if taken := [one for one in own if one in KINDS or one in ON_BOARDS]:
        raise ValueError(f"own: {', '.join(taken)} is a kind of the house already")
    for one in own.values():
        asked = {option for field in one.fields if field.type in REFERS for option in field.options}
        if lost := sorted(asked - known):
            raise ValueError(f"own: {one.name} points at {lost[0]}, which nobody knows")
    if circle := _circle(own):
        raise ValueError(
            f"own: {' and '.join(circle)} need each other, so neither can be the first"
        )
    try:
        _ = method.extra_fields
    except ValueError as error:
        raise ValueError(f"fields: {error}") from None


def _fields_are_known(method: Method) -> None:
    for one in method.more:
        if one.name not in KINDS or one.name not in method.kinds:
            raise ValueError(f"more: {one.name} is no kind of the house that this method has")
        try:
            kind(one.name, *one.fields)
        except ValueError as error:
            raise ValueError(f"more: {error}") from None
    for name, fields in method.shown.items():
        known = method.kind(name)
        if known is None or name not in method.kinds:
            raise ValueError(f"shown: this method has no {name}")
        if lost := [one for one in fields if known.field(one) is None]:
            raise ValueError(f"shown: {name} has no {lost[0]}")


def _circle(own: Mapping[str, Kind]) -> tuple[str, ...]:
    """Kinds each of which cannot be made before another of them is there."""
    needs = {
        one.name: {field.options[0] for field in one.fields if _is_needed(field)} & own.keys()
        for one in own.values()
    }
    # Whatever needs nothing more, or is needed by nothing more, is in no circle.
    while True:
        needed = set().union(*needs.values()) if needs else set()
        free = {name for name, others in needs.items() if not others or name not in needed}
        if not free:
            return tuple(needs)
        needs = {name: others - free for name, others in needs.items() if name not in free}


def _is_needed(field: FieldType) -> bool:
    return field.type == "ref" and field.required and len(field.options) == 1


def _regions_fit(method: Method) -> None:
    if method.layout == "grid2" and not (method.x and method.y):
        raise ValueError("a grid2 needs an x and a y")
    if method.layout in ("canvas", "rings", "zones", "columns", "rounds") and not method.regions:
        raise ValueError(f"a {method.layout} needs regions")
    ids = [one.id for one in method.places]
    if len(set(ids)) < len(ids):
        raise ValueError("regions: an id is there twice")
    weights = [one.weight for one in method.places if one.weight]
    if weights and sum(weights) != 100:
        raise ValueError(f"regions: the weights add up to {sum(weights)}, not to 100")


def _samples_fit(method: Method) -> None:
    ids = {one.id for one in method.places}
    for sample in method.samples:
        if lost := [one for one in (sample.region, sample.row) if one and one not in ids]:
            raise ValueError(f"samples: there is no region {lost[0]}")


def _labels_fit(method: Method) -> None:
    kinds = [method.own_kinds.get(name) or KINDS.get(name) for name in method.kinds]
    there = [*method.extra_fields, *(field for one in kinds if one for field in one.fields)]
    for name, words in method.labels.items():
        field = next((one for one in there if one.name == name), None)
        if field is None or field.least is None or field.most is None:
            raise ValueError(f"labels: there is no scale {name}")
        if len(words) != field.most - field.least + 1:
            raise ValueError(f"labels: {name} goes from {field.least} to {field.most}")
