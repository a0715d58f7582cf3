"""What ops are made of: strict frozen models, and the kinds of value their fields hold."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from codesign.core import limits
from codesign.core.clean import clean_line, clean_name, clean_text

Id = Annotated[str, Field(pattern=rf"^[A-Za-z0-9_-]{{{limits.ID_LETTERS}}}$")]
Order = Annotated[str, Field(pattern=rf"^[A-Za-z0-9]{{1,{limits.ORDER_LETTERS}}}$")]
Coordinate = Annotated[int, Field(ge=-limits.COORDINATE, le=limits.COORDINATE)]
Side = Annotated[int, Field(ge=limits.SIDE_LEAST, le=limits.SIDE_MOST)]
Text = Annotated[str, AfterValidator(clean_text)]
Line = Annotated[str, AfterValidator(clean_line)]
Name = Annotated[str, AfterValidator(clean_name)]
MethodId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Role = Literal[
    "owner", "facilitator", "co-facilitator", "host", "participant", "expert", "observer"
]


class OpModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Seat(OpModel):
    """Who somebody comes as; role and table their link says."""

    person: Id
    name: Name
    city: Id | None = None
    role: Role = "participant"
    lang: Language | None = None
    table: Id | None = None
    #: How many people are at this device, where it is more than one.
    shared: Annotated[int, Field(ge=limits.SHARING_LEAST, le=limits.SHARING_MOST)] | None = None


class Placed(OpModel):
    """Where an item goes: `region` and `order`, or `x` and `y` (1/100 px), as the layout wants."""

    region: Id | None = None
    order: Order | None = None
    x: Coordinate | None = None
    y: Coordinate | None = None

    def place(self) -> dict[str, Any]:
        """The place fields that were given."""
        given = {"region": self.region, "order": self.order, "x": self.x, "y": self.y}
        return {key: value for key, value in given.items() if value is not None}
