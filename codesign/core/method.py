"""What a method is: a declared way of working on a board. The methods themselves are folders of data in methods/."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from codesign.core.kinds import KINDS, Kind, kind

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

#: Kinds every board knows beside the records.
ON_BOARDS = frozenset({"note", "cluster"})
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
        own = [one.name for one in self.own]
        known = ON_BOARDS | KINDS.keys() | set(own)
        if strange := [one for one in self.kinds if one not in known]:
            raise ValueError(f"kinds: nobody knows {', '.join(strange)}")
        if taken := [one for one in own if one in KINDS or one in ON_BOARDS]:
            raise ValueError(f"own: {', '.join(taken)} is a kind of the house already")
        if self.layout == "grid2" and not (self.x and self.y):
            raise ValueError("a grid2 needs an x and a y")
        if self.layout in ("canvas", "rings", "zones") and not self.regions:
            raise ValueError(f"a {self.layout} needs regions")
        ids = [one.id for one in (*self.regions, *self.rows)]
        if len(set(ids)) < len(ids):
            raise ValueError("regions: an id is there twice")
        if lost := [one.region for one in self.samples if one.region and one.region not in ids]:
            raise ValueError(f"samples: there is no region {lost[0]}")
        self.own_kinds()
        return self

    def own_kinds(self) -> dict[str, Kind]:
        return {one.name: kind(one.name, *one.fields) for one in self.own}
