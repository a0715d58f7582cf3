"""What a playbook is: a programme declared beforehand, gathering by gathering. The playbooks are data in playbooks/.

Whether it holds together, with the methods there are, is playbook_faults.py's business.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args

from pydantic import Field, field_validator, model_validator

from codesign.core.carry import Carry, read_carry
from codesign.core.method import Code, Declared, Sentence, Word

Mode = Literal["plenary", "breakout", "individual", "async"]
#: Steps that every agenda has; their words are in codesign/web/playbook_words.py.
Standing = Literal["OPEN", "BREAK", "LUNCH", "HARVEST", "CLOSE"]
PAUSES: tuple[Standing, ...] = ("BREAK", "LUNCH")
#: Nobody sits longer without a pause.
STRETCH_MINUTES = 80
Mark = Annotated[str, Field(pattern=r"^[A-Z]{0,4}[0-9]{0,2}[a-z]?(\.[0-9]{1,2})?$", min_length=1)]
Minutes = Annotated[int, Field(ge=1, le=600)]
Days = Annotated[int, Field(ge=1, le=365)]
_STANDING = re.compile(rf"({'|'.join(get_args(Standing))}) ([1-9]\d{{0,2}})")


class Step(Declared):
    id: Mark
    title: Word
    #: One of the two: on the day, or over days.
    minutes: Minutes | None = None
    days: Days | None = None
    mode: Mode
    #: How groups are made, where that matters: `by city`.
    groups: Word | None = None
    methods: Annotated[tuple[Code, ...], Field(min_length=1, max_length=3)]
    #: By method: a way of using it here, such as `read only`.
    how: dict[Code, Word] = Field(default_factory=dict)
    #: Of an open board: its zones.
    zones: tuple[Word, ...] = ()
    instruction: Sentence
    carry: tuple[str, ...] = ()

    @field_validator("carry")
    @classmethod
    def _is_read(cls, lines: tuple[str, ...]) -> tuple[str, ...]:
        for line in lines:
            read_carry(line)
        return lines

    @model_validator(mode="after")
    def _lasts(self) -> Step:
        if (self.minutes is None) == (self.days is None):
            raise ValueError("minutes: a step has minutes or days")
        if (self.mode == "async") != (self.days is not None):
            raise ValueError("mode: what lasts days is async, and nothing else is")
        return self

    @property
    def carries(self) -> tuple[Carry, ...]:
        return tuple(map(read_carry, self.carry))


class Slot(Declared):
    """One line of a running order: a standing step with its minutes, or a step of its own."""

    standing: Standing | None = None
    minutes: int = 0
    step: str = ""


class Gathering(Declared):
    """A workshop to be."""

    id: Mark
    title: Word
    #: One of the two: one gathering, or something open for days.
    minutes: Minutes | None = None
    days: Days | None = None
    #: The running order: `OPEN 15`, then the ids of steps as they follow.
    order: Annotated[tuple[str, ...], Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _lasts(self) -> Gathering:
        if (self.minutes is None) == (self.days is None):
            raise ValueError("minutes: a workshop has minutes or days")
        return self

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(map(_slot, self.order))

    def step(self, id: str) -> Step | None:
        return next((one for one in self.steps if one.id == id), None)


class Playbook(Declared):
    id: Code
    title: Word
    #: What it is for.
    aim: Sentence
    modelled_on: Sentence | None = None
    outputs: Annotated[tuple[Code, ...], Field(min_length=1)]
    workshops: Annotated[tuple[Gathering, ...], Field(min_length=1, max_length=24)]

    @property
    def steps(self) -> dict[str, Step]:
        return {step.id: step for one in self.workshops for step in one.steps}

    def gathering(self, id: str) -> Gathering | None:
        return next((one for one in self.workshops if one.id == id), None)

    def gathering_of(self, step: str) -> Gathering | None:
        return next((one for one in self.workshops if one.step(step)), None)

    def range(self, first: str, last: str) -> tuple[str, ...]:
        """The steps from one to another, both with it; nothing where they are not in this order."""
        ids = list(self.steps)
        if first not in ids or last not in ids:
            return ()
        return tuple(ids[ids.index(first) : ids.index(last) + 1])


def _slot(said: str) -> Slot:
    match = _STANDING.fullmatch(said)
    if match is None:
        return Slot(step=said)
    standing = next(one for one in get_args(Standing) if one == match[1])
    return Slot(standing=standing, minutes=int(match[2]))
